"""Choosing among candidates by a linear score over features of structure.

The weights are data: one feature a row. A feature that the table lacks weighs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

from policyparse.parsing.candidates import Candidate

_SHARPNESS = 0.7
_FAINT = 0.01
_COMPARED = 8
_CLEAR = 0.9
_CLOSE = 1e-3
"""Of candidates with about the same support the likelier one stays."""


class Ranking:
    """Scores candidates with a table of weights."""

    def __init__(self, weights: Mapping[str, str]) -> None:
        self._weights = {feature: float(weight) for feature, weight in weights.items()}

    def score(self, candidate: Candidate) -> float:
        """Return the sum of the weights of the candidate's features."""
        return self._sum(candidate.base) + self._sum(candidate.own)

    def scores(self, candidates: Sequence[Candidate]) -> list[float]:
        """Return the score of each candidate; features that several share are summed once."""
        shared: dict[int, float] = {}
        found = []
        for candidate in candidates:
            base = shared.get(id(candidate.base))
            if base is None:
                base = shared[id(candidate.base)] = self._sum(candidate.base)
            found.append(base + self._sum(candidate.own))
        return found

    def _sum(self, features: Sequence[str]) -> float:
        get = self._weights.get
        return sum([get(feature, 0.0) for feature in features])

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
        if not candidates:
            return None
        likely = sorted(
            ((share, i) for i, share in enumerate(self.shares(candidates)) if share >= _FAINT), reverse=True
        )
        likely = likely[:_COMPARED]
        if likely[0][0] >= _CLEAR:
            return candidates[likely[0][1]], likely[0][0]
        grams = [_bigrams(candidates[i].name or text[candidates[i].start : candidates[i].end]) for _, i in likely]
        best, support = 0, -1.0
        for one, mine in enumerate(grams):
            agreed = sum([chance for (chance, _), other in zip(likely, grams, strict=True) if _alike(mine, other)])
            if agreed > support + _CLOSE:
                best, support = one, agreed
        return candidates[likely[best][1]], support


def _bigrams(name: str) -> frozenset[str]:
    return frozenset([name[i : i + 2] for i in range(len(name) - 1)] or [name])


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two names share half of their pairs of characters."""
    return 4 * len(one & other) >= len(one) + len(other)
