"""Soft line breaks: line ends inside a sentence, which are not the author's."""

from __future__ import annotations

import re
from collections import Counter

from policyparse.parsing.labels import LabelReader

LINE = re.compile(r"[^\n\r\f\v\u2028\u2029]+")
"""A line as it is printed."""

_FURNITURE = re.compile(r"[-—·.]{0,2} {0,3}(?:第 {0,2})?\d{1,4}(?: {0,2}页)? {0,3}[-—·.]{0,2}$")
_STOPS = frozenset("。!?;:…")
_CLOSERS = frozenset("”’」』)》〉】〕]\"'")
_OPENERS = frozenset("“‘「『(《〈【〔[")
_CONTINUES = frozenset("、,。;:!?”’」』)》〉】〕]%‰")  # signs that cannot open a line
_CONTINUES_PARAGRAPH = frozenset("、,。;)”》")
_NARROWEST, _WIDEST = 30, 130  # columns of a hard-wrapped line
_LONGEST = 400  # characters: no need to measure further
_ASCII = re.compile("[\x00-\x7f]")
_HARD = re.compile(
    r"[<|*#!_~]|各位|[(〔\[【](?:责任|牵头|此件|本文)|https?:|(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日$"
)


def soft_breaks(folded: str) -> list[tuple[int, int]]:
    """Return the stretches (line end, and white space around it) that break a sentence in two.

    A line end is soft where the next line opens with a sign that cannot open a line; where a paragraph of several
    sentences stops without a stop; or where the text is wrapped at a fixed width and the line is full. What opens an
    item is never joined to what stands before it.
    """
    return _Joiner(folded).breaks()


class _Joiner:
    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.reader = LabelReader()
        self.lines: list[tuple[int, int, int]] = []  # begin of the line, of its text, end of its text
        for found in LINE.finditer(folded):
            start, end = found.span()
            while start < end and folded[start] == " ":
                start += 1
            while end > start and folded[end - 1] == " ":
                end -= 1
            if start < end:
                self.lines.append((found.start(), start, end))
        self.widths = [
            min(end - start, _LONGEST) * 2 - len(_ASCII.findall(folded, start, min(end, start + _LONGEST)))
            for _, start, end in self.lines
        ]
        self.full = _wrap_width(self.widths)

    def breaks(self) -> list[tuple[int, int]]:
        """Walk over the lines once."""
        folded = self.folded
        found: list[tuple[int, int]] = []
        previous = -1
        running = False  # the paragraph so far holds a whole sentence, so that it is no heading
        for index, (_, start, end) in enumerate(self.lines):
            if (
                previous >= 0
                and index + 1 < len(self.lines)
                and _FURNITURE.match(folded, start, end)
                and self._open(previous)
            ):
                continue  # a page number between two halves of a sentence goes with the break
            if previous >= 0 and self._is_soft(previous, index, running):
                found.append((self.lines[previous][2], start))
                running = running or self.widths[previous] >= _NARROWEST
            else:
                running = False
            running = running or folded.find("。", start, end - 1) >= 0 or folded.find(";", start, end - 1) >= 0
            previous = index
        return found

    def _open(self, index: int) -> bool:
        """Tell whether a line ends without a stop."""
        _, start, end = self.lines[index]
        while end > start + 1 and self.folded[end - 1] in _CLOSERS:
            end -= 1
        return self.folded[end - 1] not in _STOPS

    def _is_soft(self, index: int, below: int, running: bool) -> bool:
        folded = self.folded
        _, start, end = self.lines[index]
        left, begin, stop = self.lines[below]
        blank = folded.count("\n", end, left) > 1
        first, last = folded[begin], folded[end - 1]
        if first in _CONTINUES and last not in _STOPS and not folded.startswith("——", begin):
            return not blank or first in _CONTINUES_PARAGRAPH
        if last in _OPENERS:
            return True
        if not self._open(index):
            return False
        label = self.reader.read(folded, begin, stop)
        opens = label is not None and not label.weak
        tail = max(start, end - 8)
        if self.full and folded.rfind("(", tail, end) > folded.rfind(")", tail, end):
            return True  # the bracket of a label is broken: (二 / 十三)
        if opens or _HARD.match(folded, begin, stop):
            return False
        if last in ",、" and not blank:
            return True
        if running and first not in _OPENERS and last not in _CLOSERS and not last.isascii():
            return True
        if not self.full or blank or begin - left >= 2:
            return False
        width = self.widths[index]
        return width >= self.full - (4 if last in _CLOSERS and last not in "”》" else 8)


def _wrap_width(widths: list[int]) -> int:
    """Return the width at which the text is wrapped, 0 where it is not.

    It is wrapped where no line is much wider than the most frequent widths, and these are those of many lines.
    """
    wide = [width for width in widths if width >= _NARROWEST]
    if len(wide) < 4:
        return 0
    counts = Counter(width // 2 for width in wide)
    common, _ = max(counts.items(), key=lambda item: (item[1] + counts[item[0] - 1] + counts[item[0] + 1], item[0]))
    near = sum(counts[common + delta] for delta in range(-3, 4))
    wider = sum(count for width, count in counts.items() if width > common + 6)
    if common * 2 > _WIDEST or near * 10 < len(wide) * 4 or wider * 10 > len(wide):
        return 0
    return common * 2
