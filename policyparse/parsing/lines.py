"""Soft line breaks: line ends inside a sentence, which are not the author's."""

from __future__ import annotations

import re
from collections import Counter

from policyparse.parsing.labels import LabelReader

_LINE = re.compile(r"[^\n\r\f\v\u2028\u2029]+")
_FURNITURE = re.compile(r"[-—·.]{0,2} {0,3}(?:第 {0,2})?\d{1,4}(?: {0,2}页)? {0,3}[-—·.]{0,2}$")
_STOPS = frozenset("。!?;:…")
_CLOSERS = frozenset("”’」』)》〉】〕]\"'")
_OPENERS = frozenset("“‘「『(《〈【〔[")
_JOINS_LEFT = frozenset("、,。;:!?”’」』)》〉】〕]%‰")
_NARROWEST, _WIDEST = 30, 130  # columns of a hard-wrapped line
_ASCII_WIDTH = re.compile("[\x00-\x7f]")


def soft_breaks(folded: str) -> list[tuple[int, int]]:
    """Return the stretches (line end, and white space around it) that break a sentence in two.

    A line end is soft where the next line opens with a sign that cannot open a line, or where the text is wrapped at
    a fixed width, the line is full, it ends in no stop and the next line opens no item.
    """
    lines = []
    for found in _LINE.finditer(folded):
        start, end = found.span()
        while start < end and folded[start] == " ":
            start += 1
        while end > start and folded[end - 1] == " ":
            end -= 1
        if start < end:
            lines.append((found.start(), start, end))
    widths = [
        min(end - start, 400) * 2 - len(_ASCII_WIDTH.findall(folded, start, min(end, start + 400)))
        for _, start, end in lines
    ]
    full = _wrap_width(widths)
    reader = LabelReader()
    breaks: list[tuple[int, int]] = []
    previous = -1
    for index, (left, start, end) in enumerate(lines):
        if previous >= 0:
            if (
                full
                and _FURNITURE.match(folded, start, end)
                and index + 1 < len(lines)
                and _open(folded, lines[previous])
            ):
                continue  # a page number between two halves of a sentence goes with the break, if there is one
            before = lines[previous][2]
            if _is_soft(folded, lines[previous], widths[previous], (left, start, end), full, reader):
                breaks.append((before, start))
        previous = index
    return breaks


def _wrap_width(widths: list[int]) -> int:
    """Return the width at which the text is wrapped, 0 where it is not.

    It is wrapped where no line is much wider than the most frequent widths, and these are those of many lines.
    """
    wide = [width for width in widths if width >= _NARROWEST]
    if len(wide) < 4:
        return 0
    counts = Counter(width // 2 for width in wide)
    common, _ = max(counts.items(), key=lambda item: (item[1] + counts[item[0] - 1] + counts[item[0] + 1], item[0]))
    near = sum(counts[common + delta] for delta in (-3, -2, -1, 0, 1, 2, 3))
    wider = sum(count for width, count in counts.items() if width > common + 6)
    if common * 2 > _WIDEST or near * 10 < len(wide) * 4 or wider * 10 > len(wide):
        return 0
    return common * 2


def _open(folded: str, line: tuple[int, int, int]) -> bool:
    _, start, end = line
    last = folded[end - 1]
    while end > start + 1 and last in _CLOSERS:
        end -= 1
        last = folded[end - 1]
    return last not in _STOPS


def _is_soft(
    folded: str,
    line: tuple[int, int, int],
    width: int,
    following: tuple[int, int, int],
    full: int,
    reader: LabelReader,
) -> bool:
    _, start, end = line
    left, begin, stop = following
    blank = folded.count("\n", end, left) > 1
    first, last = folded[begin], folded[end - 1]
    if first in _JOINS_LEFT and last not in _STOPS and folded[begin : begin + 2] != "——":
        return not blank or first in "、,。;)”》"
    if last in _OPENERS or (last in ",、" and not blank and not reader.read(folded, begin, stop)):
        return True
    if not full or blank or begin - left >= 2 or not _open(folded, line):
        return False
    if width < full - 8:
        return False
    if last in _CLOSERS and last != "”" and last != "》" and width < full - 4:
        return False
    tail = max(start, end - 8)
    if folded.rfind("(", tail, end) > folded.rfind(")", tail, end):
        return True  # the bracket of a label is broken: ( / 二)
    label = reader.read(folded, begin, stop)
    return label is None or label.weak
