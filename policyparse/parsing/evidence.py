"""The words that gave a statement its bound, its change and its deadline, found again for an explanation."""

from __future__ import annotations

from policyparse.lexicon import Lexicon
from policyparse.parsing.characters import Text
from policyparse.parsing.contexts import Context
from policyparse.parsing.records import Claim
from policyparse.parsing.words import WordSet

Said = tuple[str, tuple[tuple[int, int], ...]]
"""How something was read, and the stretches of the reading text that said it."""
_FAR = 18
_ORIGINS = "从由自"
"""Before the first value of a change whose verb stands behind it: 从30家增至50家."""


class EvidenceFinder:
    """Finds the words that gave what a claim says."""

    def __init__(self, lexicon: Lexicon) -> None:
        left = lexicon.group("quantities.bounds.left")
        self._floors = WordSet([*left["ge"], *left["le"]])
        change = lexicon.group("statements.change")
        self._signs = WordSet([*change["increase"], *change["decrease"]])
        self._arrival = WordSet(change["arrival"])

    def bound(self, text: Text, claim: Claim) -> Said:
        """Return what gave the bound: words that touch the quantity, a word further left, the numeral, a series."""
        measure, folded = claim.measure, text.folded
        sides = ((measure.reach_start, measure.start), (measure.end, measure.reach_end))
        words = tuple(side for start, end in sides if (side := _stripped(folded, start, end)))
        if measure.bound == "range":
            return "range", ()
        if words and measure.bound != "eq":
            if len(words) == 2:
                return "left and right", words
            return ("left" if words[0][0] < measure.start else "right"), words
        if measure.bound == "eq":
            return "plain", ()
        if measure.bound == "approx" and measure.approximate:
            return "numeral", ()
        place, word = self._floors.last(folded, max(0, measure.start - _FAR), measure.start)
        if word:
            return "far", ((place, place + len(word)),)
        return "series", ()

    def change(self, context: Context, claim: Claim) -> Said:
        """Return what gave the change: a verb on either side, the unit, the series, or that it arrives at a level."""
        text, measure = context.text, context.measure
        if measure.unit == "番":
            return "unit", ((measure.start, measure.end),)
        place, verb = self._signs.last(text, context.clause_start, measure.reach_start)
        if claim.change:
            if verb:
                return "verb", ((place, place + len(verb)),)
            place, verb = self._signs.first(text, measure.reach_end, context.clause_end)
            origin = any(sign in text[context.clause_start : measure.start] for sign in _ORIGINS)
            if verb and (origin or not context.joined):
                return "behind", ((place, place + len(verb)),)
            return "series", ()
        after = place + len(verb)
        if verb and (arrival := self._arrival.at(text, after + text.startswith("了", after), measure.reach_start)):
            return "arrival", ((place, text.index(arrival, after) + len(arrival)),)
        return "level", ()

    @staticmethod
    def deadline(claim: Claim) -> Said | None:
        """Return where the deadline stands, None where there is none."""
        due = claim.deadline
        if due is None:
            return None
        return ("sentence" if due.start >= claim.sentence[0] else "lead"), ((due.start, due.end),)


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return (start, end) if start < end else None
