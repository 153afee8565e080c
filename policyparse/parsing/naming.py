"""What a division is called: its heading, from the text after its label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyparse.lexicon import Lexicon
from policyparse.parsing.records import Section
from policyparse.parsing.words import WordSet

_STOP = re.compile("[。!?]")
_LONGEST_SENTENCE = 45  # characters of a first sentence that is a heading
_SURE_SENTENCE = 14  # one of that length is a heading whatever its neighbours do
_LONGEST_LINE = 60
_COUNTS = re.compile(r"\d ?(?:余|多)?[万亿]?(?:[个家户所条座处名人项亩公里件元吨次台套%]|平方米|千米)")
_TITLED = re.compile(r"(?:【([^】\n]{1,40})】|\(([^()\n]{1,30})\)(?=[  ]|$))")
_OWN_LINE = frozenset(("第N章", "第N编", "第N篇", "第N部分", "第N部", "第N节"))
_EDGE = " 。.:;：；。!"


class Naming:
    """Finds the headings of sections."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._duties = WordSet(lexicon.words("outline.duty_lines"))

    def is_duty(self, folded: str, start: int, end: int) -> bool:
        """Tell whether a stretch only says who answers for the item: no text of it."""
        while start < end and folded[start] in "([〔【 ":
            start += 1
        return bool(self._duties.at(folded, start, end))

    def name(
        self,
        folded: str,
        clean: str,
        sections: Sequence[Section],
        stretches: Sequence[tuple[int, int]],
        more: Sequence[bool],
    ) -> None:
        """Fill the heading of every section that has none.

        ``stretches`` delimit each section's own line, or its part of a line; ``more`` tells whether text of the section
        follows on other lines. In a list whose first sentences are mostly no headings, only the shortest are.
        """
        sentences: list[int] = [0] * len(sections)
        tally: dict[tuple[str, int, bool], list[int]] = {}
        for index, section in enumerate(sections):
            if section.heading_end > section.heading_start or section.style in ("第N条", "附件N"):
                continue
            start, end = section.body, stretches[index][1]
            stop = _first_stop(folded, start, end)
            sentences[index] = stop
            if self._goes_on(folded, stop + 1, end):
                votes = tally.setdefault((section.style, section.level, section.inline), [0, 0])
                votes[_reads_as_heading(folded, start, stop)] += 1
        for index, section in enumerate(sections):
            start, end = section.body, stretches[index][1]
            if section.heading_end > section.heading_start:
                pass
            elif section.style == "第N条":
                _title(folded, section, end)
            elif start < end and section.style != "附件N":
                stop = sentences[index]
                if self._goes_on(folded, stop + 1, end):
                    votes = tally[section.style, section.level, section.inline]
                    sure = stop - start <= _SURE_SENTENCE or votes[1] >= votes[0]
                    is_heading = sure and _reads_as_heading(folded, start, stop)
                else:
                    is_heading = not section.inline and self._is_line_heading(folded, section, start, stop, more[index])
                if is_heading:
                    section.heading_start, section.heading_end = start, stop
            section.heading = clean[section.heading_start : section.heading_end].strip(_EDGE + "\u3000\xa0")

    def _goes_on(self, folded: str, start: int, end: int) -> bool:
        """Tell whether text follows the first sentence (who is responsible is not text)."""
        while start < end and folded[start] in " ”』)":
            start += 1
        if start >= end:
            return False
        if folded[start] in "([〔【":
            closing = folded.find({"(": ")", "[": "]", "〔": "〕", "【": "】"}[folded[start]], start, end)
            return (
                0 <= closing < end - 3
                and self._goes_on(folded, closing + 1, end)
                and not self.is_duty(folded, start, end)
            )
        return not self.is_duty(folded, start, end)

    @staticmethod
    def _is_line_heading(folded: str, section: Section, start: int, stop: int, more: bool) -> bool:
        if section.style in _OWN_LINE or section.style == "专栏N":
            return True
        return more and stop - start <= _LONGEST_LINE and folded.find(";", start, stop) < 0


def _first_stop(folded: str, start: int, end: int) -> int:
    """Return where the first sentence ends, ``end`` if it has no stop; a stop inside quotes or brackets does not count."""
    position, limit = start, min(end, start + 300)
    while found := _STOP.search(folded, position, limit):
        stop = found.start()
        quoted = folded.count("“", start, stop) > folded.count("”", start, stop)
        if not quoted and folded.count("(", start, stop) <= folded.count(")", start, stop):
            return stop
        position = stop + 1
    return end


def _reads_as_heading(folded: str, start: int, stop: int) -> bool:
    """Tell whether a first sentence reads as a heading: short, one clause or two, no counted results."""
    if not 1 < stop - start <= _LONGEST_SENTENCE or _COUNTS.search(folded, start, stop):
        return False
    return folded.find(";", start, stop) < 0 and folded.find(":", start, stop) < 0


def _title(folded: str, section: Section, end: int) -> None:
    """An article has a heading only where one stands in brackets after its label."""
    if found := _TITLED.match(folded, section.body, end):
        group = 1 if found[1] else 2
        section.heading_start, section.heading_end = found.span(group)
        section.body = found.end()
