"""Headings without a label: lines that stand alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from policyparse.lexicon import Lexicon
from policyparse.parsing.labels import Label
from policyparse.parsing.settling import Following
from policyparse.parsing.words import WordSet

Lines = Sequence[tuple[int, int]]

_SHORTEST, _LONGEST = 4, 50  # characters of a heading
_SHORT = 45  # a line below that without a stop is no paragraph
_INSIDE = re.compile(r"[。;:!?|]|\.{3}|https?:|\d{4} ?[年-] ?\d{1,2} ?[月-] ?\d{1,2}")
_STOPS = "。!?;:)”』〕]…"
_NO_SERIES = re.compile(r"[:;\d]")
_LONGEST_SENTENCE = 40
_BROKEN = frozenset(("一、", "（一）"))
_PARAGRAPH = 60  # characters of the text below a sentence that is a heading
_HALF = 8  # characters of the second half of a broken heading, at least
_PREFIX, _SERIES = 3, 3  # sentences on lines of their own are headings where that many begin alike


class Headings:
    """Tells headings from other short lines."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._no_headings = WordSet(lexicon.words("outline.no_headings"))
        self._top = frozenset(lexicon.words("outline.top_headings"))
        self._preambles = frozenset(lexicon.words("outline.preambles"))
        self._titles = WordSet(lexicon.words("outline.titles"))

    def is_top(self, folded: str, start: int, end: int) -> bool:
        """Tell whether a line heads a top division wherever it stands (名词解释)."""
        return end - start < 30 and folded[start:end].replace(" ", "").strip(":()") in self._top | self._preambles

    def is_preamble(self, folded: str, start: int, end: int) -> bool:
        """Tell whether a line heads what stands before the first division (序言)."""
        return end - start < 12 and folded[start:end].replace(" ", "") in self._preambles

    def is_title(self, folded: str, start: int, end: int) -> bool:
        """Tell whether a line may be the title of a document: it ends in a kind of document."""
        if folded[end - 1] == ")":
            end = max(folded.rfind("(", start, end), start)  # (2024—2026年), (试行)
        while end > start and folded[end - 1] in "》>]〕 ":
            end -= 1
        return bool(self._titles.before(folded, start, end))

    def may_head(self, folded: str, start: int, end: int) -> bool:
        """Tell whether a line may be a heading: short, words, no sentence, no furniture of the page."""
        if not _SHORTEST <= end - start <= _LONGEST or _INSIDE.search(folded, start, end):
            return False
        first = folded[start]
        if first in "《([〔【<!|*·•●■◆▲※_=~…，,、。;:)》”‘’\"'{" or first in "-—/\\":
            return False
        if self._no_headings.at(folded, start, end) or folded[end - 1] in ",、-—…":
            return False
        text = folded[start:end].replace(" ", "")
        if len(text) * 2 < end - start and len(text) > 6:
            return False  # columns
        chinese = sum("\u4e00" <= sign <= "\u9fff" for sign in text)
        return chinese >= 2 and chinese * 2 >= len(text)

    def lone(
        self, folded: str, lines: Lines, labels: Sequence[Label | None], skipped: Collection[int], following: Following
    ) -> list[bool]:
        """Tell for every line whether it is a heading without a label.

        It stands between a paragraph (or another heading) and the text that it heads; the lines before the first
        paragraph are the title and its company.
        """
        found = [False] * len(lines)
        shown = [index for index in range(len(lines)) if index not in skipped]
        begun = previous_is_text = False
        first: str | None = None  # style of the first division
        for at, index in enumerate(shown):
            start, end = lines[index]
            label = labels[index]
            if label is not None:
                begun = previous_is_text = True
                first = label.style if first is None else first
                continue
            if self.is_top(folded, start, end) and at + 1 < len(shown):
                found[index] = begun = previous_is_text = True
                continue
            is_text = end - start > _SHORT or folded[end - 1] in "。!?;"
            if begun and previous_is_text and not is_text and at + 1 < len(shown):
                below = shown[at + 1]
                if self.may_head(folded, start, end) and self._heads(
                    folded, lines, labels, index, below, following, first
                ):
                    found[index] = True
                    first = "" if first is None else first
            begun = begun or is_text
            previous_is_text = found[index] or folded[end - 1] in _STOPS
        for index in _sentence_series(folded, lines, labels, shown):
            found[index] = True
        return found

    def _heads(
        self,
        folded: str,
        lines: Lines,
        labels: Sequence[Label | None],
        index: int,
        below: int,
        following: Following,
        first: str | None,
    ) -> bool:
        start, end = lines[below]
        label = labels[below]
        if self.is_title(folded, *lines[index]) and (first is None or following.starts_again(index, first)):
            return False  # the title of the document, or of one that it carries
        if label is not None:
            return label.number in (1, None) and label.style not in ("附件N", "专栏N")
        if sum(sign > "\u2e7f" for sign in folded[start : start + 10]) < 4:
            return False
        return end - start > _SHORT or (end - start > 12 and folded[end - 1] in "。;:")


def broken_headings(folded: str, lines: Lines, labels: Sequence[Label | None], alone: Sequence[bool]) -> set[int]:
    """Return the lone lines that go on with the heading above: the only ones between two labels, below the first."""
    halves: set[int] = set()
    last = -1  # the last lone line or label
    for index in range(len(lines) + 1):
        if index < len(lines) and labels[index] is None and not alone[index]:
            continue
        if last > 0 and alone[last] and (index == len(lines) or not alone[index]):
            label = labels[last - 1]
            start, stop = lines[last - 1][0], lines[last - 1][1]
            width = lines[last][1] - lines[last][0]
            if (
                label is not None
                and label.style in _BROKEN
                and folded[stop - 1] not in _STOPS
                and width >= _HALF
                and stop - start + width <= _LONGEST_SENTENCE
            ):
                halves.add(last)
        last = index
    return halves


def _sentence_series(folded: str, lines: Lines, labels: Sequence[Label | None], shown: Sequence[int]) -> list[int]:
    """Return lines of one sentence that are headings all the same: a series that begins alike, each over a paragraph."""
    series: dict[str, list[int]] = {}
    for at in range(1, len(shown) - 1):
        index, below = shown[at], shown[at + 1]
        start, end = lines[index]
        if labels[index] is not None or labels[below] is not None or not 10 <= end - start <= _LONGEST_SENTENCE:
            continue
        if folded[end - 1] != "。" or folded.find("。", start, end - 1) >= 0 or _NO_SERIES.search(folded, start, end):
            continue
        if lines[below][1] - lines[below][0] > _PARAGRAPH:
            clauses = folded[start:end].split(",")
            if len(clauses) > 2 and len(clauses[0]) >= _PREFIX:
                series.setdefault(clauses[0], []).append(index)
    return [index for found in series.values() if len(found) >= _SERIES for index in found]
