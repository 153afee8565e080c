"""Statements: each quantity with its role, change, modality, baseline, deadline and period."""

from __future__ import annotations

from collections.abc import Sequence

from policyparse.lexicon import Lexicon
from policyparse.parsing.characters import Text
from policyparse.parsing.records import Claim, Front, Measure, Named, Outline, Setting, TimePhrase
from policyparse.parsing.sentences import Sentences


class StatementFinder:
    """Turns measures into claims."""

    def __init__(self, lexicon: Lexicon) -> None:
        pass

    def find(
        self,
        text: Text,
        outline: Outline,
        sentences: Sentences,
        setting: Setting,
        front: Front,
        times: Sequence[TimePhrase],
        measures: Sequence[Measure],
        indicators: Sequence[list[Named]],
    ) -> list[Claim]:
        """Return one claim for each measure, in the same order."""
        return [
            Claim(measure, role="target", indicators=named, sentence=sentences.around(measure.start))
            for measure, named in zip(measures, indicators, strict=True)
        ]
