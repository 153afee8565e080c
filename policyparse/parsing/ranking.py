"""Choosing among candidates by a linear score over features of structure.

The weights are data: one feature a row. A feature that the table lacks weighs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

from policyparse.parsing.candidates import Candidate


class Ranking:
    """Scores candidates with a table of weights."""

    def __init__(self, weights: Mapping[str, str]) -> None:
        self._weights = {feature: float(weight) for feature, weight in weights.items()}

    def score(self, candidate: Candidate) -> float:
        """Return the sum of the weights of the candidate's features."""
        get = self._weights.get
        return sum([get(feature, 0.0) for feature in candidate.features])

    def best(self, candidates: Sequence[Candidate]) -> tuple[Candidate, float] | None:
        """Return the candidate with the highest score, of equals the first, and its certainty; None of no candidates.

        The certainty is the share in the softmax over all scores that falls on the best candidate and on those which
        begin or end where it does: these name the same thing in more or fewer words.
        """
        if not candidates:
            return None
        scores = [self.score(candidate) for candidate in candidates]
        top = max(scores)
        best = candidates[scores.index(top)]
        total = alike = 0.0
        for candidate, score in zip(candidates, scores, strict=True):
            share = exp(score - top)
            total += share
            if candidate.start == best.start or candidate.end == best.end:
                alike += share
        return best, alike / total
