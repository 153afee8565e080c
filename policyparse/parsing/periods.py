"""Time expressions: deadlines, past times, baselines, spans."""

from __future__ import annotations

from policyparse.lexicon import Lexicon
from policyparse.parsing.records import TimePhrase


class TimeFinder:
    """Finds time expressions and their dates."""

    def __init__(self, lexicon: Lexicon) -> None:
        pass

    def find(self, folded: str, year: int | None) -> list[TimePhrase]:
        """Return the time expressions of ``folded`` in order; ``year`` is what 今年 and 年内 mean."""
        return []
