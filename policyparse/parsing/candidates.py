"""Candidates for what a quantity measures, each with the features of its structure that speak for or against it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from policyparse.lexicon import Lexicon
from policyparse.parsing.scenes import Scene, SceneReader

Verbs = list[tuple[int, int]]
Shape = tuple[str, str, str, str, str, int, str, str, bool, bool, bool]
MOST = 20_000
"""So many forms are remembered at most."""
_BOUNDS = (1, 2, 3, 4, 6, 8, 11, 15, 20, 30)
_SIZES = tuple(str(next(bound for bound in _BOUNDS if length <= bound)) for length in range(_BOUNDS[-1] + 1))
_DIGIT = re.compile(r"\d")
_GLOSS = re.compile(r"\([^()]{5,}\)")


@dataclass(slots=True)
class Candidate:
    """A phrase that may be the indicator: its span, its full name where that differs, and the features that speak for it.

    ``base`` are the features of its side, which the candidates of that side share as one tuple; ``shape`` and ``whole`` are
    those of its edges and of its name's form, which all candidates of the same form share; ``own`` are its own. ``head`` is
    the head that its name ends with, None where nobody has looked yet.
    """

    start: int
    end: int
    name: str
    base: tuple[str, ...]
    own: tuple[str, ...] = ()
    shape: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    head: str | None = None

    @property
    def features(self) -> tuple[str, ...]:
        """All features."""
        return (*self.base, *self.shape, *self.own, *self.whole)


@dataclass(slots=True)
class Base:
    """The features of a whole, and as those of each side; quantities in the same surroundings share them."""

    features: tuple[str, ...]
    sides: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def sided(self, side: str) -> tuple[str, ...]:
        """Return the features as those of one side."""
        found = self.sides[side] = tuple([f"{side}|{feature}" for feature in self.features])
        return found


@dataclass(slots=True)
class Frame:
    """What a quantity's candidates have in common.

    ``first`` to the scene's edge is the phrase before the value without what opens its clause, ``begins`` where a name in
    it may begin. ``rest`` tells what that phrase is (``none``, ``head``, ``verb``, ``char``, ``phrase``; ``bracket``: the
    value stands in a bracket), ``follow`` what comes behind the value, ``base`` the features of the whole.
    """

    scene: Scene
    first: int
    phrase: str
    rest: str
    follow: str
    kind: str
    stop: str
    base: Base
    begins: list[tuple[int, str]]

    def sided(self, side: str) -> tuple[str, ...]:
        """Return the features of the whole as those of one side."""
        return self.base.sides.get(side) or self.base.sided(side)


class Describer(SceneReader):
    """Describes phrases as candidates."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self._shapes: dict[Shape, tuple[str, ...]] = {}
        self._bases: dict[tuple[str, str, str, str, str, str], Base] = {}
        self._told: dict[tuple[str, str, str, str, bool, bool], tuple[str, ...]] = {}

    def _verbs(self, text: str, start: int, end: int) -> Verbs:
        """Return the verbs of doing in a stretch, as their extents."""
        found = []
        position = start
        while there := self._may_act.search(text, position, end):
            position = there.start()
            if verb := self._act_at(text, position, end):
                found.append((position, position + len(verb)))
                position += len(verb)
            else:
                position += 1
        return found

    def _phrase(
        self,
        side: str,
        base: tuple[str, ...],
        start: int,
        end: int,
        beginning: str,
        ending: str,
        text: str,
        kind: str,
        verbs: Verbs,
    ) -> Candidate:
        phrase = text[start:end]
        inner = min(3, sum([start <= first and last <= end for first, last in verbs])) if verbs else 0
        known = "known" if phrase in self._knowns else ("ends" if self._known.before(text, start, end) else "")
        word = self._head.before(text, start, end)
        head = "head" if word else ""
        size = size_class(end - start)
        key = (
            side,
            beginning,
            ending,
            kind,
            size,
            inner,
            known,
            head,
            "的" in phrase,
            "、" in phrase,
            _DIGIT.search(phrase) is not None,
        )
        before, behind = text[start - 1 : start], text[end : end + 1]
        own = (
            f"{side}.last:{phrase[-1]}",
            f"{side}.first:{phrase[0]}",
            f"{side}.before:{before if before.strip() else 'edge'}",
            f"{side}.behind:{behind if behind.strip() else 'edge'}",
        )
        shape = self._shapes.get(key) or self._shape(key)
        name = _GLOSS.sub("", phrase) if ")" in phrase else ""
        return Candidate(start, end, name, base, own, shape, head=None if name else word)

    def _shape(self, key: Shape) -> tuple[str, ...]:
        """Return the features of a phrase's edges; the same forms come again, so that each is put into words once."""
        side, beginning, ending, kind, size, inner, known, head, of, several, counted = key
        features = (
            f"{side}.s:{beginning}",
            f"{side}.e:{ending}",
            f"{side}.e:{ending}|{kind}",
            f"{side}.len:{size}",
            f"{side}.s:{beginning}|{inner}",
            f"{side}.de" if of else "",
            f"{side}.list|{kind}" if several else "",
            f"{side}.known:{known}",
            f"{side}.head:{head}|{kind}",
            f"{side}.num" if counted else "",
        )
        if len(self._shapes) >= MOST:
            self._shapes.clear()
        self._shapes[key] = features
        return features


def size_class(length: int) -> str:
    """Return a length as part of a feature's name: the bound of the class that it falls into."""
    return _SIZES[length] if length < len(_SIZES) else "long"
