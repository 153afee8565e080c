"""A text cut at the edges of everything that is marked in it, so that nested and overlapping spans need no nesting.

Each piece knows all spans that cover it. Characters that a page would swallow or obey (controls, marks of direction)
become ones that can be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

_DIRECTION = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_VISIBLE = {
    **{code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n"},
    0x7F: "\u2421",
    **{code: f"[U+{code:04X}]" for code in (*range(0x80, 0xA0), 0x2028, 0x2029, *_DIRECTION)},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    0xFFFE: "\ufffd",
    0xFFFF: "\ufffd",
}
_HIDDEN = re.compile("[" + "".join(re.escape(chr(code)) for code in _VISIBLE) + "]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be marked: what it is (classes of the page), the finding that it belongs to, and where its row is."""

    start: int
    end: int
    sort: str
    key: str = ""
    row: str = ""


@dataclass(slots=True)
class Piece:
    """A piece of text under one set of marks. ``anchor`` names the mark that begins here, ``row`` where a click leads."""

    text: str
    classes: str = ""
    keys: str = ""
    sentences: str = ""
    anchor: str = ""
    more: list[str] = field(default_factory=list)
    row: str = ""


def visible(text: str) -> str:
    """Return ``text`` with pictures or numbers in place of characters that cannot be seen and would steer the page."""
    return _HIDDEN.sub(lambda match: _VISIBLE[ord(match.group())], text)


class MarkedText:
    """Cuts stretches of ``text`` by its ``marks``, ``sentences`` (start, end, key) and ``anchors`` (offset, name)."""

    def __init__(
        self,
        text: str,
        marks: Iterable[Mark],
        sentences: Iterable[tuple[int, int, str]],
        anchors: Iterable[tuple[int, str]],
    ) -> None:
        self._text = text
        spans = [*marks, *(Mark(start, end, "", key) for start, end, key in sentences)]
        self._spans = sorted(
            (span for span in spans if span.end > span.start), key=lambda span: (span.start, -span.end)
        )
        self._edges = sorted({edge for span in self._spans for edge in (span.start, span.end)})
        self._anchors = sorted(anchors)
        self._edges = sorted({*self._edges, *(offset for offset, _ in self._anchors)})
        self._next_span = self._next_edge = self._next_anchor = 0
        self._active: list[Mark] = []

    def pieces(self, start: int, end: int) -> list[Piece]:
        """Return the pieces of ``text[start:end]``. Stretches must be asked for in order."""
        return list(self._cut(start, end))

    def _cut(self, start: int, end: int) -> Iterator[Piece]:
        while self._next_edge < len(self._edges) and self._edges[self._next_edge] <= start:
            self._next_edge += 1
        position = start
        while position < end:
            following = self._edges[self._next_edge] if self._next_edge < len(self._edges) else end
            if following <= end:
                self._next_edge += 1
            stop = min(following, end)
            if stop > position:
                yield self._piece(position, stop)
            position = stop

    def _piece(self, start: int, end: int) -> Piece:
        self._active = [span for span in self._active if span.end > start]
        while self._next_span < len(self._spans) and self._spans[self._next_span].start <= start:
            span = self._spans[self._next_span]
            if span.end > start:
                self._active.append(span)
            self._next_span += 1
        marks = [span for span in self._active if span.sort]
        names = [span.row.replace("row-", "at-", 1) for span in marks if span.row and span.start == start]
        while self._next_anchor < len(self._anchors) and self._anchors[self._next_anchor][0] <= start:
            names.append(self._anchors[self._next_anchor][1])
            self._next_anchor += 1
        return Piece(
            text=visible(self._text[start:end]),
            classes=_joined(span.sort for span in marks),
            keys=_joined(span.key for span in marks),
            sentences=_joined(span.key for span in self._active if not span.sort),
            anchor=names[0] if names else "",
            more=names[1:],
            row=next((span.row for span in reversed(marks) if span.row), ""),
        )


def _joined(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(word for word in words if word))


def sentence_around(text: str, start: int, end: int, stops: Sequence[str] = "。！？!?\n") -> tuple[int, int]:
    """Return the sentence around a span, at most 600 characters to either side."""
    lowest, highest = max(0, start - 600), min(len(text), end + 600)
    first = max(text.rfind(stop, lowest, start) for stop in stops) + 1
    closing = [at for stop in stops if (at := text.find(stop, end, highest)) >= 0]
    last = min(closing) + 1 if closing else highest
    first, last = max(first, lowest), last - (text[last - 1 : last] == "\n")
    while first < start and text[first].isspace():
        first += 1
    return first, last
