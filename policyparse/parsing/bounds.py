"""Bounds: whether a quantity is a floor, a ceiling, an approximation, from the words on either side of it."""

from __future__ import annotations

from policyparse.lexicon import Lexicon
from policyparse.model import Bound
from policyparse.parsing.words import WordSet

_BREAKS = ",。;:、!?\n()每"
_ORDER: tuple[Bound, ...] = ("ge", "gt", "le", "lt", "approx")


class BoundReader:
    """Reads the words of bound beside a stretch of text."""

    def __init__(self, lexicon: Lexicon) -> None:
        left, right = lexicon.group("quantities.bounds.left"), lexicon.group("quantities.bounds.right")
        self._left: dict[str, Bound] = {word: bound for bound in _ORDER for word in left.get(bound, ())}
        self._right: dict[str, Bound] = {word: bound for bound in _ORDER for word in right.get(bound, ())}
        # Words that only end like a word of bound (节约 like 约) win as the longer match, and say nothing.
        self._left_words = WordSet([*self._left, *lexicon.words("quantities.bounds.not_left.words")])
        self._right_words = WordSet(self._right)
        # 高于全国4.2个百分点 measures a gap; only what is worded as a floor or ceiling reaches over other words.
        self._far = {w: b for w, b in self._left.items() if b in ("ge", "le") and w[0] in "不至最" and len(w) > 1}
        self._far_words = WordSet(self._far)
        self._fillers = WordSet(lexicon.words("quantities.fillers"))

    def before(self, text: str, start: int, lowest: int) -> tuple[Bound, int]:
        """Return the bound that the words left of ``start`` give, and where they begin; ``("eq", start)`` if none."""
        position = start
        for _ in range(3):
            while position > lowest and text[position - 1] == " ":
                position -= 1
            word = self._left_words.before(text, lowest, position)
            if word:
                bound = self._left.get(word)
                return (bound, position - len(word)) if bound else ("eq", start)
            filler = self._fillers.before(text, lowest, position)
            if not filler:
                break
            position -= len(filler)
        return "eq", start

    def far_before(self, text: str, start: int, lowest: int, kind: str) -> Bound:
        """Return the floor or ceiling in the same phrase, with words between: 不低于当地标准的10%, 至少建设1所."""
        position = start
        while position > lowest and text[position - 1] not in _BREAKS:
            position -= 1
        place, word = self._far_words.last(text, position, start)
        if not word or (word.startswith("最高") and kind not in ("money", "percentage")):
            return "eq"
        return "eq" if text.startswith(("的", "以"), place + len(word)) else self._far[word]

    def after(self, text: str, end: int, highest: int) -> tuple[Bound, int]:
        """Return the bound that the words right of ``end`` give, and where they end; ``("eq", end)`` if none."""
        position = end
        while position < highest and text[position] in " ”":
            position += 1
        word = self._right_words.at(text, position, highest)
        return (self._right[word], position + len(word)) if word else ("eq", end)


def strongest(first: Bound, second: Bound) -> Bound:
    """Return which of two bounds holds: ge, gt, le and lt before approx, and that before none."""
    if first in ("eq", "approx") and second != "eq":
        return second
    return first
