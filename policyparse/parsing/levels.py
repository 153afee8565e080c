"""The stack of numbering styles: which division a label opens, from the labels before and after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from policyparse.parsing.labels import RANKS

HEADING = ""
BOX = "专栏N"
ANNEX = "附件N"
_KIN = frozenset(("1.", "1、", "1"))
PREAMBLE = "前言"
_ENUMERATED = 9  # rank of dashes and 一是
_LIST = 3  # items
_UPPER = 5  # rank of （一）: labels of this rank or above leave a box that does not number so itself


class Ahead(Protocol):
    """What comes after the label that is being placed."""

    def number(self, style: str) -> int | None:
        """Return the number of the next label of that style, None if there is none."""

    def style(self) -> str:
        """Return the style of the next label, of whatever style."""

    def resumes(self, style: str, number: int) -> bool:
        """Tell whether a list of that style, after the one that begins here, goes on with ``number``."""


@dataclass(slots=True)
class Frame:
    """An open division: style and number of its label, index of its section, level that the format gives it.

    ``items`` counts the items of its list so far, ``line`` is the line of the last, ``single`` tells that every item
    was one line.
    """

    style: str
    number: int | None
    section: int
    line: int
    mark: int = 0
    items: int = 1
    single: bool = True


@dataclass(slots=True)
class Placing:
    """Where a label stands: level and parent section; ``finding`` names what is odd about its number."""

    level: int
    parent: int
    finding: str = ""
    expected: int = 0


@dataclass(slots=True)
class Stack:
    """Open divisions from the top down."""

    frames: list[Frame] = field(default_factory=list)
    _aside: list[Frame] = field(default_factory=list)  # the divisions that an open box interrupts

    def find(self, style: str) -> int:
        """Return the index of the innermost frame of that style, -1 if there is none."""
        for index in range(len(self.frames) - 1, -1, -1):
            if self.frames[index].style == style:
                return index
        return -1

    def cut(self, depth: int) -> None:
        """Close all divisions below ``depth``."""
        del self.frames[depth:]
        if not depth:
            self._aside = []

    def place(self, style: str, number: int | None, section: int, line: int, ahead: Ahead) -> Placing:
        """Open the division ``section``, which begins on line ``line``, and return where it stands.

        A style that is open goes on at its level; another one begins inside the innermost division. ``ahead``
        tells whether the lists that are open go on after this label.
        """
        if style == ANNEX:
            self.cut(0)
        elif style == BOX:
            return self._box(number, section, line)
        elif self._aside:
            self._leave_box(style, number)
        index = self._continued(style, number)
        if index < 0 and number is not None and number > 1 and style in _KIN:
            index = next((i for i in range(len(self.frames) - 1, -1, -1) if self._is_kin(i, number)), -1)
        if index < 0:
            self.cut(self._depth(style, ahead, 0))
            return self._push(style, number, section, line)
        last = self.frames[index]
        before = last.number
        if number == 1 and before and ahead.resumes(style, before + 1):
            self.cut(self._depth(style, ahead, index + 1))  # a list inside a list of the same style
            return self._push(style, number, section, line)
        self.cut(index)
        placing = self._push(style, number, section, line)
        if number != 1:
            self.frames[-1].items = last.items + 1
            self.frames[-1].single = last.single and last.line == line - 1
        if number is None or before is None or number == before + 1:
            return placing
        placing.expected = before + 1
        placing.finding = "repeat" if number == before else "restart" if number < before else "gap"
        return placing

    def close_list(self, line: int, ahead: Ahead) -> None:
        """Close the innermost list before a line without a label, where its items had one line each and it is over.

        The paragraph after such a list goes on with the division above, not with the last item.
        """
        if not self.frames:
            return
        top = self.frames[-1]
        if top.items < _LIST or not top.single or top.line != line - 1 or top.style in (HEADING, BOX, ANNEX):
            return
        goes_on = ahead.style() == top.style if top.number is None else ahead.number(top.style) == top.number + 1
        if not goes_on:
            self.cut(len(self.frames) - 1)

    def mark(self, level: int, section: int, line: int) -> Placing:
        """Open a heading that the format itself marks, beside or below other marked ones."""
        index = next((i for i, frame in enumerate(self.frames) if frame.mark >= level), -1)
        if index >= 0:
            self.cut(index)
        elif (inner := self.find(HEADING)) >= 0 and not self.frames[inner].mark:
            self.cut(inner)
        placing = self._push(HEADING, None, section, line)
        self.frames[-1].mark = level
        return placing

    def _is_kin(self, index: int, number: int) -> bool:
        """Tell whether a list numbered 1. goes on as 2、: one hand, two keys."""
        return self.frames[index].style in _KIN and self.frames[index].number == number - 1

    def _continued(self, style: str, number: int | None) -> int:
        """Return the innermost frame of that style that the number goes on with; else the innermost one; else -1."""
        index = self.find(style)
        if number is not None and index >= 0 and self.frames[index].number != number - 1:
            for outer in range(index - 1, -1, -1):
                frame = self.frames[outer]
                if frame.style == style and frame.number == number - 1:
                    return outer
        return index

    def _depth(self, style: str, ahead: Ahead, least: int) -> int:
        """Return the depth below which a style that is not open begins.

        That is inside the innermost division; but where that division's style usually stands lower, and its list does
        not go on, the new style stands above it.
        """
        depth = len(self.frames)
        rank = RANKS.get(style)
        if rank is None:
            return depth
        while depth > least:
            top = self.frames[depth - 1]
            above = RANKS.get(top.style)
            if above is None or above <= rank:
                break
            goes_on = top.number is not None and ahead.number(top.style) == top.number + 1
            if goes_on and top.style != "第N条":  # articles are numbered through all chapters
                break
            depth -= 1
        return depth

    def _push(self, style: str, number: int | None, section: int, line: int) -> Placing:
        parent = self.frames[-1].section if self.frames else -1
        self.frames.append(Frame(style, number, section, line))
        return Placing(len(self.frames), parent)

    def _box(self, number: int | None, section: int, line: int) -> Placing:
        """A box stands beside the division that it interrupts, which goes on after it."""
        if self._aside:
            self.frames[:] = self._aside
        else:
            self._aside = list(self.frames)
        while self.frames and RANKS.get(self.frames[-1].style, 0) >= _ENUMERATED:
            self.frames.pop()  # a box stands in a division, not in an item of a list
        del self.frames[max(len(self.frames) - 1, 0) :]
        return self._push(BOX, number, section, line)

    def _leave_box(self, style: str, number: int | None) -> None:
        """Go back to the divisions that a box interrupted, where the label goes on with one of them."""
        box = self.find(BOX)
        inside = {frame.style for frame in self.frames[box:]} if box >= 0 else set()
        outside = next((frame for frame in reversed(self._aside) if frame.style == style), None)
        if any(
            frame.style == style and number is not None and frame.number == number - 1 for frame in self.frames[box:]
        ):
            return  # the box itself goes on
        goes_on = outside is not None and number is not None and number - 1 == (outside.number or 0)
        upper = RANKS.get(style, 9) <= _UPPER and style not in inside
        if goes_on or upper or box < 0:
            self.frames[:] = self._aside
            self._aside = []
