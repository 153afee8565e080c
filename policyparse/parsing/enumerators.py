"""Enumerators inside running paragraphs: 一是…；二是…, 第一，…, （1）…；（2）…, 1.…；2.…, ①…②…"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from policyparse.parsing.labels import ordinal

# One class of first characters, so that the search runs over all other text at the speed of a class.
_SIGN = re.compile(
    "[一二三四五六七八九十第其(①-⑳⑴-⒇](?:"
    "(?<=[一二三四五六七八九十])(?P<serial>[一二三四五六七八九十]{0,2})(?P<word>是|要)"
    "|(?<=第)(?P<ordinal>[一二三四五六七八九十]{1,3})(?P<after>[,、:是要])"
    "|(?<=其)(?P<sequel>[一二三四五六七八九十])[,、:]"
    r"|(?<=\() ?(?:(?P<chinese>[一二三四五六七八九十]{1,3})|(?P<number>\d{1,2})) ?\)[、.,]?"
    "|(?<=[①-⑳⑴-⒇])(?P<circled>))"
)
# 1.…;2.… inside a line: a number with a stop after the end of a sentence or a lead, and words after it.
_POINT = re.compile(
    r"[。;:](?:(?P<number>\d{1,2}) ?(?P<stop>[.、]) ?|(?P<chinese>[一二三四五六七八九十]{1,3})、)(?=[\u4e00-\u9fff“《])"
)
_BEFORE = frozenset("。;:,!?、 )》”’】〕…\n")
SERIAL = frozenset(("一是", "一要", "第一，", "其一"))
"""Styles of enumerators that are words of the sentence."""

_LOOK_BACK = 30  # signs
_REFERENCE = frozenset("项款、至类级档")


@dataclass(slots=True)
class Enumerator:
    """An enumerator at ``start``; its text begins at ``stop``. ``following`` is the number of the next of its style."""

    start: int
    stop: int
    style: str
    number: int
    following: int = 0  # the number of the next enumerator of the same style in the same paragraph
    later: int = 0  # the same, in the whole document


class Enumerators:
    """All signs that may enumerate, by paragraph."""

    def __init__(self, folded: str, paragraphs: list[tuple[int, int]]) -> None:
        """Find them in ``folded``; the paragraphs are in order."""
        self._signs = [sign for found in _SIGN.finditer(folded) if (sign := _enumerator(folded, found))]
        points = [
            Enumerator(found.start() + 1, found.end(), style, number)
            for found in _POINT.finditer(folded)
            for style, number in [_point(found)]
        ]
        if points:
            self._signs = sorted([*self._signs, *points], key=lambda sign: sign.start)
        self._starts = [sign.start for sign in self._signs]
        bounds = [start for start, _ in paragraphs]
        nearest: dict[str, tuple[int, int]] = {}
        for sign in reversed(self._signs):
            paragraph = bisect_left(bounds, sign.start + 1)
            if sign.style in nearest:
                number, there = nearest[sign.style]
                sign.later = number
                if there == paragraph or (there == paragraph + 1 and sign.style in SERIAL):
                    sign.following = number
            nearest[sign.style] = sign.number, paragraph

    def within(self, start: int, end: int) -> list[Enumerator]:
        """Return the signs that begin between ``start`` and ``end``."""
        first = bisect_left(self._starts, start)
        last = first
        while last < len(self._signs) and self._starts[last] < end:
            last += 1
        return self._signs[first:last]

    def before(self, start: int, style: str) -> int:
        """Return the number of the last sign of ``style`` before ``start``, among the last few; 0 if there is none."""
        index = bisect_left(self._starts, start)
        for sign in reversed(self._signs[max(index - _LOOK_BACK, 0) : index]):
            if sign.style == style:
                return sign.number
        return 0

    def at(self, start: int) -> Enumerator | None:
        """Return the sign that begins at ``start``."""
        index = bisect_left(self._starts, start)
        return self._signs[index] if index < len(self._signs) and self._starts[index] == start else None


def _enumerator(folded: str, found: re.Match[str]) -> Enumerator | None:
    start, stop = found.span()
    kind = found.lastgroup
    if kind == "circled":
        sign = ord(folded[start])
        style, number = ("①", sign - 0x245F) if sign < 0x2474 else ("（1）", sign - 0x2473)
        return Enumerator(start, stop, style, number)
    if start and folded[start - 1] not in _BEFORE:
        return None
    value: int | None
    if kind == "word":
        style, value = "一" + found["word"], ordinal(folded[start : stop - 1])
    elif kind == "after":
        style, value = ("一" + found["after"] if found["after"] in "是要" else "第一，"), ordinal(found["ordinal"])
    elif kind == "sequel":
        style, value = "其一", ordinal(found["sequel"])
    else:
        if (start and folded[start - 1] == "、") or folded[stop : stop + 1] in _REFERENCE:
            return None
        style, value = ("（一）", ordinal(found["chinese"])) if found["chinese"] else ("（1）", int(found["number"]))
    return Enumerator(start, stop, style, value) if value else None


def _point(found: re.Match[str]) -> tuple[str, int]:
    if found["chinese"]:
        return "一、", ordinal(found["chinese"]) or 0
    return "1." if found["stop"] == "." else "1、", int(found["number"])


def sequences(signs: list[Enumerator], opened: dict[str, int]) -> list[tuple[Enumerator, int]]:
    """Return those signs of one paragraph that enumerate, each with its depth below the paragraph, from 1.

    A list begins with 1 and goes on with 2; lists of another style stand inside it. ``opened`` holds styles whose
    list the paragraph itself belongs to (its own label), with the last number; their depth is 0.
    """
    stack: list[tuple[str, int]] = list(opened.items())
    base = len(stack)
    found: list[tuple[Enumerator, int]] = []
    for sign in signs:
        depth = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][0] == sign.style), -1)
        if depth >= 0 and stack[depth][1] + 1 == sign.number:
            del stack[depth:]
        elif sign.number == 1 and sign.following == 2:
            if depth >= base:
                del stack[depth:]
        else:
            continue
        stack.append((sign.style, sign.number))
        found.append((sign, len(stack) - base))
    return found
