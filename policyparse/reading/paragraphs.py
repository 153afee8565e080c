"""From printed lines to paragraphs: which line end is the author's, and which only the end of the paper."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from policyparse.reading.printed import Line

Paragraph = list[Line]

_STOPS = frozenset("。！？；：…!?;:")
_CLOSERS = frozenset("”’」』）)》〉】〕]\"'")
# 一、 （一） 1. 第一条 ① — and what never goes on a line begun before.
_LABEL = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、．)）]|\d{1,2}\.(?!\d)|[①-⑳]"
    r"|第[一二三四五六七八九十百零〇\d]{1,5}[编章节条款]|附件|附表|附录|专栏|表\d|图\d|——"
)
_NOTE = re.compile(r"[①-⑳*※]|\[\d{1,2}\]|〔\d{1,2}〕|注[:：\d]")
_SMALL = 0.92
"""Size of a note, as a share of that of the text."""
_INDENT = 0.8
"""Characters from which a line is indented."""
_CENTRED = 4.5
"""Characters from which a line is set in the middle or to the right, and no paragraph begins."""
_LARGER = 1.15
"""Size of a title, as a multiple of that of the text."""
_OTHER_SIZE = 0.12
_WIDER = 1.4
"""Distance to the line above, as a multiple of the usual one, that parts paragraphs."""
_RARE = 0.04
_FEW = 4
_WHOLE = 3
"""Parts of the name of a column of a page, which begins with the page's width; that of a frame has four."""
_LEAST_WIDTH = 0.6


def set_edges(lines: Iterable[Line]) -> None:
    """Note with every line the edges of its column: those of all columns in the same place of the document's pages."""
    columns: dict[tuple[int, ...], list[Line]] = defaultdict(list)
    for line in lines:
        if line.edges == (0.0, 0.0):
            columns[line.column].append(line)
    for column in columns.values():
        size = max(line.size for line in column)
        left = _edge([line.left for line in column], size)
        right = -_edge([-line.right for line in column], size)
        if len(column) < _FEW and len(column[0].column) == _WHOLE:  # too few to tell; the text is not that narrow
            right = max(right, _LEAST_WIDTH * column[0].column[0])
        for line in column:
            line.edges = left, right


def _edge(places: list[float], size: float) -> float:
    """Return the least place that is not that of an odd line."""
    places.sort()
    enough = max(2, int(_RARE * len(places)))
    for index in range(len(places) - enough + 1):
        if places[index + enough - 1] - places[index] < 0.6 * size:
            return places[index]
    return places[0]


def body_size(lines: Iterable[Line]) -> float:
    """Return the size in which most of the text is set."""
    sizes: dict[float, int] = defaultdict(int)
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def notes_of(lines: list[Line], body: float) -> tuple[list[Line], list[Line]]:
    """Part the lines of a page into text and the notes at its foot, which are set smaller."""
    begin = len(lines)
    while begin and lines[begin - 1].size < _SMALL * body:
        begin -= 1
    while begin < len(lines) and not _NOTE.match(lines[begin].bare):
        begin += 1
    return lines[:begin], lines[begin:]


class Joiner:
    """Tells for a line whether it goes on with the paragraph above."""

    def __init__(self, lines: list[Line]) -> None:
        """Take the usual distance between lines from ``lines``, which are all those of the text."""
        self._body = body_size(lines)
        self._leading: dict[float, float] = {}
        self._indents: dict[int, int] = defaultdict(int)
        steps: dict[float, list[float]] = defaultdict(list)
        for above, line in pairwise(lines):
            if above.page == line.page and above.column == line.column and _same_size(above, line):
                if _is_full(above, line) and _indent(line) <= _INDENT < _indent(above):
                    self._indents[round(_indent(above))] += 1
                step = line.base - above.base
                if 0.9 * line.size < step < 4 * line.size:
                    steps[round(line.size)].append(step)
        for size, found in steps.items():
            found.sort()
            self._leading[size] = found[len(found) // 4]

    def goes_on(self, paragraph: Paragraph, line: Line) -> bool:
        """Tell whether ``line`` goes on with ``paragraph``."""
        above = paragraph[-1]
        if not _same_size(above, line) or self._is_far(above, line) or not _same_frame(above, line):
            return False
        if above.gapped or _indent(above) > max(_CENTRED, _indent(line) + 1):
            return False
        if not _is_full(above, line):
            return False
        stopped = above.bare.rstrip("".join(_CLOSERS))[-1:] in _STOPS
        label = _LABEL.match(line.bare)
        if _indent(line) <= _INDENT:
            return not (label and stopped)
        if stopped or label:
            return False
        if line.size > _LARGER * self._body and _is_centred(line):
            return True  # a title of several lines
        # An indented block, or an item whose lines hang below its label; else the first line of a paragraph.
        hangs = _LABEL.match(paragraph[0].bare) and _indent(line) > _indent(paragraph[0]) + _INDENT
        same = abs(_indent(line) - _indent(above)) < 0.5 and not self._indents[round(_indent(line))]
        return bool(hangs or same)

    def _is_far(self, above: Line, line: Line) -> bool:
        if above.page != line.page or above.column != line.column:
            return False
        usual = self._leading.get(round(line.size))
        return usual is not None and line.base - above.base > _WIDER * usual


def _indent(line: Line) -> float:
    """Return by how many characters a line is indented."""
    return (line.left - line.edges[0]) / line.size


def _is_full(above: Line, line: Line) -> bool:
    """Tell whether what ``line`` begins with would not have fitted into the line above."""
    return line.opening > above.edges[1] - above.right - 0.3 * max(above.size, line.size)


def _is_centred(line: Line) -> bool:
    left, right = line.edges
    return abs((line.left - left) - (right - line.right)) < 1.5 * line.size


def _same_size(above: Line, line: Line) -> bool:
    return abs(above.size - line.size) <= _OTHER_SIZE * max(above.size, line.size)


def _same_frame(above: Line, line: Line) -> bool:
    """Tell whether both stand in the text, or in one frame, which may go on over the page."""
    if above.page == line.page:
        return above.framed == line.framed
    return bool(above.framed) == bool(line.framed)


def joint(above: str, below: str) -> str:
    """Return what stands between two lines of a paragraph: a space between two words of Latin letters, else nothing."""
    last, first = above[-1:], below[:1]
    if last == "-" and above[-2:-1].isalpha():
        return ""
    return " " if last.isascii() and first.isascii() and last.isalnum() and first.isalpha() else ""
