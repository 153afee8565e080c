"""When: deadline of a target, period of an actual, baseline of a change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from policyparse.parsing.contexts import Context
from policyparse.parsing.records import Outline, TimePhrase

_LEAD = 200
_LOOK_BACK = 12


class TimeLine:
    """The time phrases of a document, for look-up around a measure."""

    def __init__(self, folded: str, outline: Outline, times: Sequence[TimePhrase]) -> None:
        self._folded = folded
        self._outline = outline
        self._times = times
        self._starts = [phrase.start for phrase in times]

    def deadline(self, context: Context) -> TimePhrase | None:
        """Return the nearest deadline before the measure in its sentence, else that of a lead sentence of goals."""
        found = self._before(context, ("deadline",), context.sentence_start)
        if found is not None:
            return found
        lead = max(0, context.sentence_start - _LEAD)
        paragraph = self._folded.rfind("\n", lead, context.sentence_start) + 1
        inherited = self._before(context, ("deadline",), max(lead, paragraph))
        if inherited is None:
            return None
        section = self._outline.at(context.measure.start)
        heading = self._outline.sections[section].heading if section >= 0 else ""
        if "目标" in heading or "目标" in self._folded[inherited.start : context.sentence_start]:
            return inherited
        return None

    def period(self, context: Context) -> TimePhrase | None:
        """Return the nearest time before the measure in its sentence, as far as it has dates or is past."""
        return self._before(context, ("past", "span", "deadline"), context.sentence_start)

    def baseline(self, context: Context) -> TimePhrase | None:
        """Return what the change is measured against, where the clause says it (比上年, 较2020年)."""
        return self._before(context, ("baseline",), context.clause_start)

    def _before(self, context: Context, sorts: tuple[str, ...], start: int) -> TimePhrase | None:
        index = bisect_right(self._starts, context.measure.start) - 1
        oldest = max(0, index - _LOOK_BACK)
        while index >= oldest and self._starts[index] >= start:
            if self._times[index].sort in sorts and self._times[index].end <= context.measure.start:
                return self._times[index]
            index -= 1
        return None
