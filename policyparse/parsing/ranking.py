"""Choosing among candidates by a linear score over features of structure.

The weights are data: one feature a row. A feature that the table lacks weighs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policyparse.parsing.candidates import Candidate


class Ranking:
    """Scores candidates with a table of weights."""

    def __init__(self, weights: Mapping[str, str]) -> None:
        self._weights = {feature: float(weight) for feature, weight in weights.items()}

    def score(self, candidate: Candidate) -> float:
        """Return the sum of the weights of the candidate's features."""
        get = self._weights.get
        return sum([get(feature, 0.0) for feature in candidate.features])

    def best(self, candidates: Sequence[Candidate]) -> Candidate | None:
        """Return the candidate with the highest score; of equals the first."""
        return max(candidates, key=self.score, default=None)
