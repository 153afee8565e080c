"""What XML allows in text, and inline marks over a text that is cut into pieces."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from policyparse.model import Diagnostic, Extent

# https://www.w3.org/TR/xml/#charsets: what is no Char. NEL and the like are allowed.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def forbidden_in_xml(text: str) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for each character of ``text`` that no XML document can hold.

    >>> [(one.code, one.start) for one in forbidden_in_xml("新增\\x0b岗位")]
    [('export.xml-character', 2)]
    """
    return tuple(
        Diagnostic(
            code="export.xml-character",
            message=f"XML has no character U+{ord(match[0]):04X}; written as U+FFFD",
            start=match.start(),
            end=match.end(),
        )
        for match in _FORBIDDEN.finditer(text)
    )


def for_xml(text: str) -> str:
    """Return ``text`` with U+FFFD, one for one, where XML allows no such character."""
    return _FORBIDDEN.sub("\ufffd", text)


@dataclass(slots=True)
class Mark:
    """An inline element over a stretch of the text. Where two cross, the one with the higher ``rank`` stays."""

    start: int
    end: int
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    rank: int = 0
    key: str = ""
    """The value of ``eId`` on its first piece."""


class MarkedText:
    """A text with inline marks, to be written piece by piece, from left to right, into XML elements."""

    def __init__(self, text: str, marks: Iterable[Mark], left_out: Sequence[Extent] = ()) -> None:
        self._text = for_xml(text)
        self._marks = _nested(marks)
        self._starts = [mark.start for mark in self._marks]
        self._reach = _reaches(self._marks)
        self._left_out = left_out
        self._written: set[int] = set()

    def write(self, parent: etree._Element, start: int, end: int) -> None:
        """Put the text from ``start`` to ``end`` into the empty element ``parent``, with the marks that it touches."""
        first = bisect_left(self._starts, start)
        touched = []
        # Marks that begin before the piece: those that reach into it stand without a gap before ``first``.
        index = first - 1
        while index >= 0 and self._reach[index] > start:
            if self._marks[index].end > start:
                touched.append(index)
            index -= 1
        touched.reverse()
        while first < len(self._marks) and self._starts[first] < end:
            touched.append(first)
            first += 1
        stack = [_Open(end, parent)]
        at = start
        for index in touched:
            mark = self._marks[index]
            begin, stop = max(mark.start, start), min(mark.end, end)
            if begin >= stop:
                continue
            while stack[-1].end <= begin:
                stack[-1].put(self.words(at, stack[-1].end))
                at = max(at, stack.pop().end)
            stack[-1].put(self.words(at, begin))
            at = begin
            attributes = {key: for_xml(value) for key, value in mark.attributes.items()}
            if mark.key and index not in self._written:
                attributes["eId"] = mark.key
            self._written.add(index)
            stack.append(_Open(stop, stack[-1].add(mark.tag, attributes)))
        while stack:
            innermost = stack.pop()
            innermost.put(self.words(at, innermost.end))
            at = max(at, innermost.end)

    def words(self, start: int, end: int) -> str:
        """Return the text between ``start`` and ``end`` without markup."""
        found = []
        index = bisect_left(self._left_out, start, key=lambda one: one.end)
        while start < end:
            gap = self._left_out[index] if index < len(self._left_out) else None
            if gap is None or gap.start >= end:
                found.append(self._text[start:end])
                break
            found.append(self._text[start : max(start, gap.start)])
            start = max(start, gap.end)
            index += 1
        return "".join(found)


class _Open:
    """An element that is being written, with its last child: to ask lxml for it takes time for each child."""

    def __init__(self, end: int, element: etree._Element) -> None:
        self.end = end
        self._element = element
        self._last: etree._Element | None = None

    def add(self, tag: str, attributes: dict[str, str]) -> etree._Element:
        self._last = etree.SubElement(self._element, tag, attributes)
        return self._last

    def put(self, words: str) -> None:
        if not words:
            return
        if self._last is None:
            self._element.text = (self._element.text or "") + words
        else:
            self._last.tail = (self._last.tail or "") + words


def _nested(marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks in order, without those that cross one of a higher rank."""
    kept: list[Mark | None] = []
    stack: list[int] = []
    for mark in sorted(marks, key=lambda one: (one.start, -one.end, -one.rank)):
        if mark.start >= mark.end:
            continue
        dropped = False
        while stack:
            top = kept[stack[-1]]
            if top is None or top.end <= mark.start:
                stack.pop()
            elif mark.end <= top.end:
                break
            elif mark.rank > top.rank:
                kept[stack.pop()] = None
            else:
                dropped = True
                break
        if not dropped:
            stack.append(len(kept))
            kept.append(mark)
    return [mark for mark in kept if mark is not None]


def _reaches(marks: Sequence[Mark]) -> list[int]:
    """Return for each mark how far it and those before it reach."""
    found: list[int] = []
    for mark in marks:
        found.append(max(mark.end, found[-1] if found else 0))
    return found
