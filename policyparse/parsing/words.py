"""Looking for words of a list in a short window, without a large alternation."""

from __future__ import annotations

import re
from collections.abc import Iterable


class WordSet:
    """A list of words that can be looked for from either end of a window; longer words win at the same place."""

    __slots__ = ("_by_first", "_by_last", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        # Lengths of the words by their first and last character, longest first: a step costs one look-up a length, so
        # that a list of thousands is as quick as a short one.
        by_first: dict[str, dict[int, None]] = {}
        by_last: dict[str, dict[int, None]] = {}
        for word in sorted(self._words, key=len, reverse=True):
            by_first.setdefault(word[0], {})[len(word)] = None
            by_last.setdefault(word[-1], {})[len(word)] = None
        self._by_first = {first: tuple(sizes) for first, sizes in by_first.items()}
        self._by_last = {last: tuple(sizes) for last, sizes in by_last.items()}

    def at(self, text: str, position: int, end: int) -> str:
        """Return the longest word that begins at ``position`` and ends by ``end``, or ``""``."""
        sizes = self._by_first.get(text[position : position + 1])
        if sizes is not None:
            words = self._words
            for size in sizes:
                stop = position + size
                if stop <= end and (word := text[position:stop]) in words:
                    return word
        return ""

    def before(self, text: str, start: int, position: int) -> str:
        """Return the longest word that ends at ``position`` and begins at ``start`` or later, or ``""``."""
        sizes = self._by_last.get(text[position - 1]) if position > start else None
        if sizes is not None:
            words = self._words
            for size in sizes:
                begin = position - size
                if begin >= start and (word := text[begin:position]) in words:
                    return word
        return ""

    def first(self, text: str, start: int, end: int) -> tuple[int, str]:
        """Return where the first word in the window begins, and the word; ``(-1, "")`` if there is none."""
        by_first = self._by_first
        for position in range(start, end):
            if text[position] in by_first and (word := self.at(text, position, end)):
                return position, word
        return -1, ""

    def last(self, text: str, start: int, end: int) -> tuple[int, str]:
        """Return where the last word in the window begins, and the word; ``(-1, "")`` if there is none.

        Last is the word whose end is nearest to ``end``; of those that end there the longest.
        """
        by_last = self._by_last
        for position in range(end, start, -1):
            if text[position - 1] in by_last and (word := self.before(text, start, position)):
                return position - len(word), word
        return -1, ""

    def within(self, text: str, start: int, end: int) -> bool:
        """Tell whether any word stands in the window."""
        return self.first(text, start, end)[0] >= 0


def openings(signs: str, *lists: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of one character: one of ``signs``, or the first of a word of the lists where a second may follow."""
    words = {word for words in lists for word in words}
    singles = {*signs, *(word for word in words if len(word) == 1)}
    longer = [word for word in words if len(word) > 1]
    first, alone, second = (
        _class(found) for found in ({*singles, *(w[0] for w in longer)}, singles, {w[1] for w in longer})
    )
    return re.compile(f"{first}(?:(?={second})|(?<={alone}))" if singles else f"{first}(?={second})")


def _class(signs: Iterable[str]) -> str:
    return "[" + re.escape("".join(sorted(signs))) + "]"
