"""Responsibilities: who is given something to do, and in which role."""

from __future__ import annotations

from policyparse.lexicon import Lexicon
from policyparse.parsing.characters import Text
from policyparse.parsing.records import Duty, Outline, Setting
from policyparse.parsing.sentences import Sentences


class DutyFinder:
    """Finds the bodies to which a text gives something to do."""

    def __init__(self, lexicon: Lexicon) -> None:
        pass

    def find(self, text: Text, outline: Outline, sentences: Sentences, setting: Setting, issuer: str | None) -> list[Duty]:
        """Return the responsibilities in the order of the text; ``issuer`` tells whose bureaus they are."""
        return []
