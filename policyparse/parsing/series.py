"""Series: several values after several names (A、B分别增长5%和6%), and one value after several names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from policyparse.lexicon import Lexicon
from policyparse.parsing.candidates import Candidate, Surveyor
from policyparse.parsing.records import Measure, Named
from policyparse.parsing.scenes import Scene

_JOINT = re.compile(r"\s*(?:左右|以上|以内|以下)?\s*(?:[、,和与及]|以及)\s*(?:近|约|超|超过)?\s*")
_SPLIT = re.compile(r"、|和|与|及|以及")
_LONGEST = 12


class Series:
    """Gives the members of a series their own names."""

    def __init__(self, lexicon: Lexicon, surveyor: Surveyor) -> None:
        self._surveyor = surveyor
        self._heads = sorted(lexicon.words("naming.nouns.head"), key=len, reverse=True)

    def runs(self, text: str, measures: Sequence[Measure]) -> dict[int, int]:
        """Return the runs of values with nothing but joints between them: index of the first, number of values."""
        found: dict[int, int] = {}
        first = 0
        for index in range(1, len(measures) + 1):
            joined = False
            if index < len(measures) and index - first < _LONGEST:
                before, here = measures[index - 1], measures[index]
                if here.reach_start - before.end <= 8:
                    match = _JOINT.match(text, before.end, here.start)
                    joined = match is not None and match.end() >= here.reach_start
            if not joined:
                if index - first > 1:
                    found[first] = index - first
                first = index
        return found

    def decide(self, text: str, first: int, count: int, scene: Scene) -> Mapping[int, list[Named]]:
        """Return the names of the run's values, by index from ``first``, where its structure gives them."""
        phrase_start, phrase_end = self._surveyor.core(text, scene)
        phrase = text[phrase_start:phrase_end]
        members = self._split(text, phrase_start, phrase_end)
        if len(members) == count:
            return {first + i: [named] for i, named in enumerate(self._headed(text, members))}
        if not phrase:
            distinct: list[Named] = []
            for mention in reversed(scene.mentions):
                if all(mention.name != d.name for d in distinct):
                    distinct.append(Named(mention.start, mention.end, mention.name))
                if len(distinct) == count:
                    break
            if len(distinct) == count:
                return {first + i: [named] for i, named in enumerate(reversed(distinct))}
        return {}

    def sharing(self, text: str, best: Candidate, scene: Scene) -> list[Named]:
        """Return the choice, as several names where one value belongs to several."""
        phrase = text[best.start : best.end]
        if (not best.name and "、" in phrase) or "和" in phrase:
            members = self._split(text, best.start, best.end)
            if 1 < len(members) <= 4 and all(self._head(text[s:e]) for s, e in members):
                return self._headed(text, members)
        return [Named(best.start, best.end, best.name)]

    def _split(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        members, position = [], start
        for match in _SPLIT.finditer(text, start, end):
            if text.count("“", position, match.start()) != text.count("”", position, match.start()):
                continue
            if match.start() > position:
                members.append((position, match.start()))
            position = match.end()
        if position < end:
            members.append((position, end))
        return members

    def _head(self, name: str) -> str:
        for head in self._heads:
            if name.endswith(head) and len(name) > len(head):
                return head
        return ""

    def _headed(self, text: str, members: Sequence[tuple[int, int]]) -> list[Named]:
        """Return the members by name; the head of the last goes with those that have none of their own."""
        last = text[slice(*members[-1])]
        head = self._head(last)
        named = []
        for start, end in members:
            name = text[start:end]
            if head and not self._head(name):
                name += head
            named.append(Named(start, end, name))
        return named
