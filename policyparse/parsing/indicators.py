"""Indicators: what each quantity measures."""

from __future__ import annotations

from collections.abc import Sequence

from policyparse.lexicon import Lexicon
from policyparse.parsing.characters import Text
from policyparse.parsing.records import Measure, Named, Outline, TimePhrase
from policyparse.parsing.sentences import Sentences


class IndicatorFinder:
    """Names what quantities measure."""

    def __init__(self, lexicon: Lexicon) -> None:
        pass

    def find(
        self,
        text: Text,
        outline: Outline,
        sentences: Sentences,
        times: Sequence[TimePhrase],
        measures: Sequence[Measure],
    ) -> list[list[Named]]:
        """Return the indicators of each measure, in the order of ``measures``."""
        return [[] for _ in measures]
