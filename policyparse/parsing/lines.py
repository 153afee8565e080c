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
_NARROWEST = 30  # columns
_COLUMNS = 30, 130, 2  # narrowest and widest hard-wrapped line, and the step in which widths are compared
_CHARACTERS = 15, 65, 1
_INDENT = 2  # characters
_OWN_LINE = frozenset(("第N章", "第N编", "第N篇", "第N部分", "第N部", "第N节", "附件N", "专栏N"))
_LONGEST = 400  # characters: no need to measure further
_ASCII = re.compile("[\x00-\x7f]")
_HARD = re.compile(
    r"[<|*#!_~]|各位|[(〔\[【](?:责任|牵头|此件|本文)|https?:|(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日$"
    r"|\((?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日"
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
        self.full = _wrap_width(self.widths, *_COLUMNS)
        self.lengths = [end - start for _, start, end in self.lines]
        self.full_length = _wrap_width(self.lengths, *_CHARACTERS)
        self.indented = self._is_indented()

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

    def _is_indented(self) -> bool:
        """Tell whether the text is wrapped and the first line of every paragraph is indented."""
        if not self.full and not self.full_length:
            return False
        indented = sum(start - left >= _INDENT for left, start, _ in self.lines)
        return 0.1 < indented / len(self.lines) < 0.6

    def _is_full(self, index: int, slack: int) -> bool:
        """Tell whether a line reaches the width at which the text is wrapped."""
        wide = self.full and self.widths[index] >= self.full - slack
        return bool(wide or (self.full_length and self.lengths[index] >= self.full_length - 1))

    def _unclosed(self, start: int, end: int) -> bool:
        """Tell whether a quotation or bracket is open at the end of a line."""
        count, start = self.folded.count, max(start, end - _LONGEST)
        return count("“", start, end) > count("”", start, end) or count("(", start, end) > count(")", start, end)

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
        if last in _OPENERS or (last == "第" and not blank):
            return True
        if self.indented and not blank and begin == left and self._is_full(index, 8):
            label = self.reader.read(folded, begin, stop)
            return label is None or label.style not in _OWN_LINE
        if not self._open(index):
            return False
        full = self._is_full(index, 4 if last in _CLOSERS and last not in "”》" else 8)
        if full and self._unclosed(start, end):
            return True  # in the middle of a quotation or bracket, or of the bracket of a label
        label = self.reader.read(folded, begin, stop)
        if label is not None and (not label.weak or last in _CLOSERS) and not (last in ",、" and not blank):
            return False
        if _HARD.match(folded, begin, stop):
            return False
        if last in ",、" and not blank:
            return True
        if running and first not in _OPENERS and last not in _CLOSERS and not last.isascii():
            return True
        return bool(full) and not blank and begin - left < _INDENT


def _wrap_width(widths: list[int], narrowest: int, widest: int, unit: int) -> int:
    """Return the width at which the text is wrapped, 0 where it is not.

    It is wrapped where no line is much wider than the most frequent widths, and these are those of many lines.
    """
    wide = [width for width in widths if width >= narrowest]
    if len(wide) < 4:
        return 0
    counts = Counter(width // unit for width in wide)
    common, _ = max(counts.items(), key=lambda item: (item[1] + counts[item[0] - 1] + counts[item[0] + 1], item[0]))
    near = sum(counts[common + delta] for delta in range(-3, 4))
    wider = sum(count for width, count in counts.items() if width > common + 6 // unit)
    if common * unit > widest or near * 10 < len(wide) * 4 or wider * 10 > len(wide):
        return 0
    return common * unit
