"""Choosing among candidates by a linear score over features of structure.

The weights are data: one feature a row. A feature that the table lacks weighs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import exp

from policyparse.parsing.candidates import MOST, Candidate

_NOTHING = repeat(0.0)
"""What a feature weighs that the table lacks."""
_SHARPNESS = 0.6
_FAINT = 0.01
_COMPARED = 8
_CLEAR = 0.9
_WORTH_MORE = 0.03
_CLOSE = 1e-3
"""Of candidates with about the same support the likelier one stays."""


@dataclass(slots=True)
class Decision:
    """The candidate chosen and its certainty; ``start`` and ``name`` where its span and full name differ from its own."""

    candidate: Candidate
    certainty: float
    start: int = -1
    name: str = ""

    @property
    def reading(self) -> Candidate:
        """The candidate with the span and the name that were decided on."""
        if self.start < 0:
            return self.candidate
        return Candidate(self.start, self.candidate.end, self.name, self.candidate.base)


class Ranking:
    """Scores candidates with a table of weights."""

    def __init__(self, weights: Mapping[str, str]) -> None:
        self._weights = {feature: float(weight) for feature, weight in weights.items()}
        self._forms: dict[tuple[str, ...], float] = {}

    def score(self, candidate: Candidate) -> float:
        """Return the sum of the weights of the candidate's features."""
        return self._sum(candidate.features)

    def scores(self, candidates: Sequence[Candidate]) -> list[float]:
        """Return the score of each candidate; features that several share are summed once."""
        found = []
        get, forms = self._weights.get, self._forms
        for candidate in candidates:
            base, shape, whole = forms.get(candidate.base), forms.get(candidate.shape), forms.get(candidate.whole)
            if base is None:
                base = self._form(candidate.base)
            if shape is None:
                shape = self._form(candidate.shape)
            if whole is None:
                whole = self._form(candidate.whole)
            found.append(base + shape + whole + sum(map(get, candidate.own, _NOTHING)))
        return found

    def _form(self, features: tuple[str, ...]) -> float:
        """Return the sum of features that many candidates have in common; it is reckoned once."""
        if len(self._forms) >= MOST:
            self._forms.clear()
        total = self._forms[features] = self._sum(features)
        return total

    def _sum(self, features: Sequence[str]) -> float:
        return sum(map(self._weights.get, features, _NOTHING))

    def shares(self, candidates: Sequence[Candidate]) -> list[float]:
        """Return the share of each candidate in the softmax over the scores of all; there is at least one."""
        scores = self.scores(candidates)
        top = max(scores)
        chances = [exp((score - top) / _SHARPNESS) for score in scores]
        total = sum(chances)
        return [chance / total for chance in chances]

    def best(self, candidates: Sequence[Candidate], text: str) -> tuple[Candidate, float] | None:
        """Return the candidate on which most of the likely ones agree, and its certainty; None of no candidates.

        The shares of the candidates in the softmax over their scores are taken as the chances that each is the name
        meant. The choice is the candidate with the largest chance that the name meant is nearly the same (half of the
        bigrams shared); that chance is its certainty.
        """
        decision = self.decide(candidates, text)
        return (decision.candidate, decision.certainty) if decision else None

    def decide(self, candidates: Sequence[Candidate], text: str) -> Decision | None:
        """Return the choice, and its span and full name where another likely candidate is shorter or fuller."""
        if not candidates:
            return None
        likely = sorted(
            ((share, i) for i, share in enumerate(self.shares(candidates)) if share >= _FAINT), reverse=True
        )
        likely = likely[:_COMPARED]
        if likely[0][0] >= _CLEAR:
            return Decision(candidates[likely[0][1]], likely[0][0])
        grams = [_bigrams(candidates[i].name or text[candidates[i].start : candidates[i].end]) for _, i in likely]
        best, support = 0, -1.0
        for one, mine in enumerate(grams):
            agreed = sum([chance for (chance, _), other in zip(likely, grams, strict=True) if _alike(mine, other)])
            if agreed > support + _CLOSE:
                best, support = one, agreed
        chosen = candidates[likely[best][1]]
        decision = Decision(chosen, support)
        if support + _WORTH_MORE < 1 and "、" not in text[chosen.start : chosen.end]:
            self._widen(decision, best, [(chance, candidates[i]) for chance, i in likely], grams, text)
        return decision

    def _widen(
        self,
        decision: Decision,
        chosen: int,
        likely: Sequence[tuple[float, Candidate]],
        grams: Sequence[frozenset[str]],
        text: str,
    ) -> None:
        """Let the span be a likely shorter end of the name, or the name a likely longer phrase with the same end.

        Of 完成地上主体结构层数 the span may be 层数 and the name the whole: both are kept where readers would divide.
        """
        one = decision.candidate
        name = one.name or text[one.start : one.end]
        own = _bigrams(text[one.start : one.end])
        limit = decision.certainty + _WORTH_MORE
        for place, (_, other) in enumerate(likely):
            if place == chosen or other.name or other.end != one.end or other.start == one.start:
                continue
            phrase = text[other.start : other.end]
            if other.start > one.start or one.name:
                if not name.endswith(phrase) or len(phrase) >= len(name):
                    continue
                pair, start, full = (grams[chosen], grams[place]), other.start, name
            else:
                pair, start, full = (own, grams[place]), one.start, phrase
            if "、" in full or "和" in full:
                continue
            support = sum(
                [
                    chance
                    for (chance, _), reading in zip(likely, grams, strict=True)
                    if _alike(pair[0], reading) or _alike(pair[1], reading)
                ]
            )
            if support > limit:
                limit, decision.certainty = support, support
                decision.start, decision.name = start, full


def _bigrams(name: str) -> frozenset[str]:
    return frozenset([name[i : i + 2] for i in range(len(name) - 1)] or [name])


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two names share half of their pairs of characters."""
    return one is other or 4 * len(one & other) >= len(one) + len(other)
