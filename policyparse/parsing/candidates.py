"""Candidates for what a quantity measures, each with the features of its structure that speak for or against it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policyparse.parsing.scenes import Scene, SceneReader

Verbs = list[tuple[int, int]]
_GLOSS = re.compile(r"\([^()]{7,}\)")


@dataclass(slots=True)
class Candidate:
    """A phrase that may be the indicator: its span, its full name where that differs, and the features that speak for it.

    ``base`` are the features of its side, which the candidates of that side share as one tuple; ``own`` are its own.
    """

    start: int
    end: int
    name: str
    base: tuple[str, ...]
    own: tuple[str, ...] = ()

    @property
    def features(self) -> tuple[str, ...]:
        """All features."""
        return (*self.base, *self.own)


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
    base: tuple[str, ...]
    begins: list[tuple[int, str]]

    def sided(self, side: str) -> tuple[str, ...]:
        """Return the features of the whole as those of one side."""
        return tuple([f"{side}|{feature}" for feature in self.base])


class Describer(SceneReader):
    """Describes phrases as candidates."""

    def _verbs(self, text: str, start: int, end: int) -> Verbs:
        """Return the verbs of doing in a stretch, as their extents."""
        found = []
        position = start
        while position < end:
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
        inner = min(3, sum([start <= first and last <= end for first, last in verbs]))
        known = "known" if phrase in self._knowns else ("ends" if self._known.before(text, start, end) else "")
        head = "head" if self._head.before(text, start, end) else ""
        size = size_class(end - start)
        own = (
            f"{side}.s:{beginning}",
            f"{side}.e:{ending}",
            f"{side}.e:{ending}|{kind}",
            f"{side}.len:{size}",
            f"{side}.s:{beginning}|{inner}",
            f"{side}.last:{phrase[-1]}",
            f"{side}.first:{phrase[0]}",
            f"{side}.before:{_sign(text[start - 1 : start])}",
            f"{side}.behind:{_sign(text[end : end + 1])}",
            f"{side}.in:{inner}|{size}",
            f"{side}.de" if "的" in phrase else "",
            f"{side}.list|{kind}" if "、" in phrase else "",
            f"{side}.known:{known}",
            f"{side}.head:{head}|{kind}",
            f"{side}.only" if phrase in self._heads else "",
            f"{side}.num" if any(c.isdigit() for c in phrase) else "",
        )
        name = _GLOSS.sub("", phrase) if ")" in phrase else ""
        return Candidate(start, end, name, base, own)


def _sign(character: str) -> str:
    """Return a character as part of a feature's name: white space and the edge of the text have names of their own."""
    return character if character.strip() else "edge"


def size_class(length: int) -> str:
    """Return a length as part of a feature's name: the bound of the class that it falls into."""
    for bound in (1, 2, 3, 4, 6, 8, 11, 15, 20, 30):
        if length <= bound:
            return str(bound)
    return "long"
