"""The surroundings of a quantity: its sentence, its clause, and the series that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policyparse.parsing.records import Measure
from policyparse.parsing.sentences import Sentences

WINDOW = 80
"""How far a clause is looked at on either side, in characters; wider windows changed no score."""

_OPENING = ",;:。!?\n("
_CLOSING = re.compile(r"[,;:。!?\n()]")
# What joins the members of a series: A5%、B6%和C7%.
_JOINT = re.compile(r"(?:左右|以上|以内|以下|上下)?(?:[、和及与或]|以及|,)")


@dataclass(slots=True)
class Context:
    """Where a measure stands. All offsets are of the reading text.

    ``clause_start`` to ``measure.reach_start`` is the text of its clause to the left, ``measure.reach_end`` to
    ``clause_end`` to the right. ``joined`` tells that the measure follows the one before it in a series, ``joint`` is
    the end of the sign that joins them.
    """

    text: str
    measure: Measure
    sentence_start: int
    sentence_end: int
    clause_start: int
    clause_end: int
    joined: bool = False
    joint: int = 0

    @property
    def left(self) -> str:
        """Text of the clause before the measure and its words of bound."""
        return self.text[self.clause_start : self.measure.reach_start]

    @property
    def right(self) -> str:
        """Text of the clause after the measure and its words of bound."""
        return self.text[self.measure.reach_end : self.clause_end]


def contexts(text: str, sentences: Sentences, measures: Sequence[Measure]) -> list[Context]:
    """Return the context of each measure, in the same order."""
    found: list[Context] = []
    previous: Measure | None = None
    for measure in measures:
        sentence_start, sentence_end = sentences.around(measure.start)
        low = max(sentence_start, measure.reach_start - WINDOW)
        clause_start = low
        for position in range(measure.reach_start - 1, low - 1, -1):
            if text[position] in _OPENING and not _inside_number(text, position):
                clause_start = position + 1
                break
        high = min(sentence_end, measure.reach_end + WINDOW)
        closing = _CLOSING.search(text, measure.reach_end, high)
        context = Context(
            text, measure, sentence_start, sentence_end, clause_start, closing.start() if closing else high
        )
        if previous is not None and previous.start >= sentence_start and measure.reach_start - previous.end <= WINDOW:
            joint = _JOINT.match(text, previous.end, measure.reach_start)
            if joint:
                context.joined, context.joint = True, joint.end()
        found.append(context)
        previous = measure
    return found


def _inside_number(text: str, position: int) -> bool:
    return (
        text[position] in ",:"
        and text[position - 1 : position].isdigit()
        and text[position + 1 : position + 2].isdigit()
    )
