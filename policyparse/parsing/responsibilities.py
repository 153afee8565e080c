"""Responsibilities: who is given something to do, and in which role."""

from __future__ import annotations

from policyparse.lexicon import Lexicon
from policyparse.parsing.bodies import Bodies
from policyparse.parsing.characters import Text
from policyparse.parsing.duty_brackets import BracketFinder
from policyparse.parsing.records import Duty, Outline, Setting
from policyparse.parsing.sentences import Sentences

_SILENT = frozenset(("review", "results", "glossary"))


class DutyFinder:
    """Finds the bodies to which a text gives something to do."""

    def __init__(self, lexicon: Lexicon) -> None:
        bodies = Bodies(lexicon)
        self._brackets = BracketFinder(lexicon, bodies)

    def find(
        self, text: Text, outline: Outline, sentences: Sentences, setting: Setting, issuer: str | None
    ) -> list[Duty]:
        """Return the responsibilities in the order of the text; ``issuer`` tells whose bureaus they are."""
        folded = text.folded
        duties: list[Duty] = []
        for group in self._brackets.find(folded):
            if setting.purpose_at(group[0].start) not in _SILENT:
                scope = _scope(outline, group[0].start)
                for duty in group:
                    duty.scope = scope
                    duties.append(duty)
        return duties


def _scope(outline: Outline, offset: int) -> int:
    """Return the section that a bracket or label holds for: the item, not the last （1）…；（2）… inside it."""
    index = outline.at(offset)
    while index >= 0 and outline.sections[index].inline:
        index = outline.sections[index].parent
    return index
