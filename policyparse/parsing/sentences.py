"""Sentences of the reading text."""

from __future__ import annotations

import re
from bisect import bisect_right

_STOP = re.compile(r"[。!?\n][”’」』)]?")


class Sentences:
    """Where sentences begin: after 。！？ and at line ends; look-up by offset in logarithmic time."""

    __slots__ = ("_length", "_starts")

    def __init__(self, folded: str) -> None:
        self._length = len(folded)
        self._starts = [0, *(match.end() for match in _STOP.finditer(folded))]

    def around(self, offset: int) -> tuple[int, int]:
        """Return start and end of the sentence that contains ``offset``; its closing sign belongs to it."""
        index = bisect_right(self._starts, offset) - 1
        end = self._starts[index + 1] if index + 1 < len(self._starts) else self._length
        return self._starts[index], end
