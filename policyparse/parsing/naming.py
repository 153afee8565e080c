"""What a division is called: its heading, from the text after its label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policyparse.lexicon import Lexicon
from policyparse.parsing.records import Section
from policyparse.parsing.words import WordSet

_STOP = re.compile("[。!?]")
_LONGEST_SENTENCE = 45  # characters of a first sentence that is a heading
_SURE_SENTENCE = 10  # one of that length is a heading whatever its neighbours do
_PLAIN_SENTENCE = 18  # so is one of that length without a comma or a figure
_NOT_PLAIN = re.compile(r"[,:]|\d(?![^,。”\"]{0,6}[”\"])")
_CLEAR_LIST = 3  # items of a list that all open with a heading
_LONGEST_LINE = 60
_LONGEST_BARE = 30
_SHORT_LEAD = 20
_SHORT_LINE = 40  # a line of that length without a stop is a heading where text follows below
_COUNTS = re.compile(r"\d ?(?:余|多)?[万亿]?(?:[个家户所条座处名人项亩公里件元吨次台套%]|平方米|千米)")
_LINE_END = re.compile(r"\s{0,20}\n\s{0,20}")
_GAP = re.compile("[\u4e00-\u9fff”》)] {1,8}(?=[\u4e00-\u9fff“《])")
_TITLED = re.compile(r"(?:【([^】\n]{1,40})】|\(([^()\n]{1,30})\)(?=[  ]|$))")
_OWN_LINE = frozenset(("第N章", "第N编", "第N篇", "第N部分", "第N部", "第N节"))
_POINTS = frozenset(("1.", "1、"))
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_CLOSING = {"(": ")", "[": "]", "〔": "〕", "【": "】"}
_LONGEST_BRACKET = 200
_ANSWERS = re.compile("牵头|负责|配合|责任")
_EDGE = " 。.:;：；．!！\u3000\xa0"


@dataclass(slots=True)
class _Opening:
    """The first sentence of a section: whether text follows it on its line, and whether it may be a heading."""

    start: int
    stop: int
    goes_on: bool
    may_head: bool
    is_sure: bool  # whatever the rest of the list does
    gap: int = 0  # offset of a space that may part the heading from the text
    is_bare: bool = False  # a short line without a stop, and nothing below it: what its neighbours are


@dataclass(slots=True)
class _Votes:
    """What the items of a list say about each other."""

    support: int = 0
    against: int = 0
    heads: int = 0
    items: int = 0
    gaps: int = 0

    def count(self, opening: _Opening) -> None:
        """Add one item."""
        if opening.is_bare:
            return
        weight = 1 if opening.goes_on != opening.may_head else 2
        if opening.may_head:
            self.support += weight
        else:
            self.against += weight
        self.heads += opening.may_head
        self.items += opening.goes_on
        self.gaps += opening.gap > 0


class Naming:
    """Finds the headings of sections."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._duties = WordSet(lexicon.words("outline.duty_lines"))
        self._top = frozenset(lexicon.words("outline.top_headings"))

    def is_duty(self, folded: str, start: int, end: int) -> bool:
        """Tell whether a stretch only says who answers for the item: no text of it."""
        bracket = folded[start : start + 1] in _CLOSING and folded[end - 1] == _CLOSING[folded[start]]
        if bracket and end - start <= _LONGEST_BRACKET and _ANSWERS.search(folded, start, end):
            return True  # (某局牵头,某局配合)
        while start < end and folded[start] in "([〔【 ":
            start += 1
        return bool(self._duties.at(folded, start, end))

    def is_glossary(self, heading: str) -> bool:
        """Tell whether a heading stands over the explanation of terms (名词解释)."""
        return heading in self._top and any(word in heading for word in ("解释", "注", "说明"))

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
        follows on other lines. Items of a list are alike: where most first sentences cannot be headings, none is.
        """
        explained = [False] * len(sections)  # the section stands in a glossary, whose terms are no headings
        over = [at + 1 < len(sections) and sections[at + 1].parent == at for at in range(len(sections))]
        openings = [self._opening(folded, *span) for span in zip(sections, stretches, more, over, strict=True)]
        votes: dict[object, _Votes] = {}
        for section, opening in zip(sections, openings, strict=True):
            if opening is not None:
                for key in _lists(section):
                    votes.setdefault(key, _Votes()).count(opening)
        for index, (section, opening, stretch) in enumerate(zip(sections, openings, stretches, strict=True)):
            above = section.parent
            explained[index] = above >= 0 and (explained[above] or self.is_glossary(sections[above].heading))
            if section.style == "第N条":
                _title(folded, section, stretch[1])
            elif opening is not None and not explained[index]:
                whole, own = (votes[key] for key in _lists(section))
                section.heading_start = opening.start
                section.heading_end = _end_of_heading(section, opening, whole, own)
            heading = clean[section.heading_start : section.heading_end]
            section.heading = (_LINE_END.sub("", heading) if "\n" in heading else heading).strip(_EDGE)

    def _opening(
        self, folded: str, section: Section, stretch: tuple[int, int], more: bool, parts: bool
    ) -> _Opening | None:
        """Return the first sentence of a section whose heading is not known yet; ``parts`` tells that it has items."""
        start, end = section.body, stretch[1]
        if section.heading_end > section.heading_start or section.style in ("第N条", "附件N") or start >= end:
            return None
        stop = _first_stop(folded, start, end)
        length = stop - start
        gap = _gap(folded, start, stop, end)
        if gap or self._goes_on(folded, stop + 1, end):
            own = not section.inline or section.style in _POINTS
            plain = own and length <= _PLAIN_SENTENCE and not _NOT_PLAIN.search(folded, start, stop)
            sure = length <= _SURE_SENTENCE or plain
            return _Opening(start, stop, True, _reads_as_heading(folded, start, stop), sure, gap)
        if section.style in _OWN_LINE or section.style == "专栏N":
            return _Opening(start, stop, True, True, True)
        lead = folded[stop - 1] == ":" and length > _SHORT_LEAD  # (一)下列情形之一的:
        may_head = (
            more and not lead and not section.inline and length <= _LONGEST_LINE and folded.find(";", start, stop) < 0
        )
        if not may_head and stop == end and length <= _LONGEST_BARE and not section.inline:
            return _Opening(start, stop, False, False, False, 0, True)
        over_items = stop < end and folded[stop] == "。" and folded[end - 1] == "。" and parts
        short = length <= (_SHORT_LINE if stop == end or over_items else _SURE_SENTENCE)
        return _Opening(start, stop, False, may_head, short)

    def _goes_on(self, folded: str, start: int, end: int) -> bool:
        """Tell whether text follows the first sentence: more than brackets, or a name of who is responsible."""
        while start < end:
            if folded[start] in " ”』)":
                start += 1
                continue
            if self.is_duty(folded, start, end):
                return False
            closing = folded.find(_CLOSING[folded[start]], start, end) if folded[start] in _CLOSING else -1
            if folded[start] not in _CLOSING:
                return True
            if closing < 0:
                return False
            start = closing + 1
        return False


def _lists(section: Section) -> tuple[object, object]:
    """Return the keys of the lists that a section belongs to: all of its style and level, and its own."""
    return (section.style, section.level, section.inline), (section.style, section.parent, section.inline)


def _end_of_heading(section: Section, opening: _Opening, whole: _Votes, own: _Votes) -> int:
    """Return where the heading ends, its start if there is none.

    ``whole`` are the votes of all items of that style and level, ``own`` those of the section's own list.
    """
    if opening.gap and own.gaps * 5 >= own.items * 3:
        return opening.gap
    if opening.is_bare:
        return opening.stop if own.heads and not own.against else opening.start
    clear = own.heads >= _CLEAR_LIST and not own.against and section.label[0] not in _DIGITS
    mostly = whole.support >= 2 * whole.against or clear
    return opening.stop if opening.may_head and (mostly or opening.is_sure) else opening.start


def _gap(folded: str, start: int, stop: int, end: int) -> int:
    """Return the offset of a space between two words that may part a heading from its text, 0 if there is none."""
    found = _GAP.search(folded, start, min(stop, start + _LONGEST_SENTENCE + 2))
    if not found or found.start() - start < 4 or end - found.end() < 2 * (found.start() - start):
        return 0
    return found.start() + 1


def _first_stop(folded: str, start: int, end: int) -> int:
    """Return where the first sentence ends, ``end`` if it has no stop; a stop inside quotes or brackets does not count."""
    position, limit = start, min(end, start + 300)
    while found := _STOP.search(folded, position, limit):
        stop = found.start()
        closed = folded.count("”", start, stop) + folded.count('"', start, stop)  # “ may be closed by "
        quoted = folded.count("“", start, stop) > closed
        if not quoted and folded.count("(", start, stop) <= folded.count(")", start, stop):
            return stop
        position = stop + 1
    return end


def _reads_as_heading(folded: str, start: int, stop: int) -> bool:
    """Tell whether a first sentence reads as a heading: short, and no row of counted results."""
    if not 1 < stop - start <= _LONGEST_SENTENCE:
        return False
    return sum(1 for _ in _COUNTS.finditer(folded, start, stop)) < 2


def _title(folded: str, section: Section, end: int) -> None:
    """An article has a heading only where one stands in brackets after its label."""
    if found := _TITLED.match(folded, section.body, end):
        group = 1 if found[1] else 2
        section.heading_start, section.heading_end = found.span(group)
        section.body = found.end()
