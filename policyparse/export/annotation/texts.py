"""Texts as tools take them, and how they count.

Tools disagree about carriage returns, tabs and other control characters: brat's files have a line an annotation and columns
parted by tabs; Label Studio shows ``\\r\\n`` as two line ends (https://labelstud.io/tags/text); Python's own text files turn
``\\r\\n`` into ``\\n``. So each of them goes out as a blank (a lone carriage return as a line end), one character for one, and
comes back from the list of what was replaced: no offset changes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Any, Literal, TypeAlias

import regex

Count: TypeAlias = Literal["code-points", "utf-16", "graphemes"]
COUNTS: tuple[Count, ...] = ("code-points", "utf-16", "graphemes")

# Control characters, what str.splitlines takes for a line end beside \n, and halves of surrogate pairs.
_ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_GRAPHEME = regex.compile(r"\X")
_ALL = "before every line end"


def plain(text: str) -> tuple[str, dict[str, Any]]:
    """Return ``text`` without odd characters, of the same length, and what ``restored`` needs to put them back.

    >>> plain("一、\\r\\n1.\\t岗位")
    ('一、 \\n1. 岗位', {'0d': 'before every line end', '09': [6]})
    """
    found: dict[str, Any] = {}
    for match in _ODD.finditer(text):
        found.setdefault(format(ord(match[0]), "02x"), []).append(match.start())
    if not found:
        return text, {}
    returns = found.get("0d")
    if returns and len(returns) == text.count("\r\n") == text.count("\n"):
        found["0d"] = _ALL
    tidy = _ODD.sub(" ", text)
    if returns and found["0d"] is not _ALL:
        signs = list(tidy)
        for at in returns:
            if text[at + 1 : at + 2] != "\n":
                signs[at] = "\n"
        tidy = "".join(signs)
    return tidy, found


def restored(text: str, odd: dict[str, Any]) -> str:
    """Return the text that ``plain`` was given. Raises ``ValueError`` where ``odd`` does not fit ``text``."""
    signs = list(text)
    for code, places in odd.items():
        sign = chr(int(code, 16))
        where = [at - 1 for at, one in enumerate(signs) if one == "\n"] if places == _ALL else places
        for at in where:
            if not (isinstance(at, int) and 0 <= at < len(signs)):
                raise ValueError(f"no character {at} in a text of {len(signs)}")
            signs[at] = sign
    return "".join(signs)


class Counting:
    """Offsets of one text, counted as a tool counts them; without loss where each offset lies between characters.

    >>> count = Counting("办🎉好", "utf-16")
    >>> [count.out(at) for at in range(4)], count.back(3)
    ([0, 1, 3, 4], 2)
    """

    def __init__(self, text: str, count: Count = "code-points") -> None:
        self._starts: list[int] | None = None  # the tool's offset of each code point, and of the end
        self._length = len(text)
        if count == "utf-16" and not text.isascii() and max(text) > "\uffff":
            self._starts = [0, *accumulate(2 if sign > "\uffff" else 1 for sign in text)]
        elif count == "graphemes":
            starts: list[int] = []
            clusters = 0
            for clusters, match in enumerate(_GRAPHEME.finditer(text), 1):
                starts.extend([clusters - 1] * (match.end() - match.start()))
            starts.append(clusters)
            if clusters != len(text):
                self._starts = starts

    def out(self, offset: int) -> int:
        """Return what the tool calls the code point at ``offset``."""
        return offset if self._starts is None else self._starts[min(offset, self._length)]

    def back(self, offset: int) -> int:
        """Return the code point that the tool calls ``offset``; inside a character, that character."""
        if self._starts is None:
            return offset
        found = bisect_right(self._starts, offset) - 1
        # The first code point of a cluster, of which all have the same number.
        while found > 0 and self._starts[found - 1] == self._starts[found]:
            found -= 1
        return found if offset <= self._starts[-1] else offset
