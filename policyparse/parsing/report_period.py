"""The planning period of a report: the year in which it is given; five years where a chapter is headed by them.

A report at a change of term has a chapter for the five years to come (今后五年的奋斗目标). One in the first year of a
five-year plan only takes up that plan's goals where the year has a chapter of its own (2021年工作安排).
"""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.parsing.dates import number, plan_years, year_number
from policyparse.parsing.letterhead import Letterhead
from policyparse.parsing.words import WordSet
from policyparse.parsing.year_clues import YearClues
from policyparse.parsing.year_patterns import FIVE_YEARS, YEAR_IN, FoundPeriod, Span

_HEADING = re.compile(r"^[^\n。;]{4,60}$", re.MULTILINE)
_LONGEST = 40
_OPENING = 800
_BEGINS = re.compile(r"[^,;]{0,6}(?:开局|开好局|起步|起好步|良好|第一年|普法|编制)")
_RUNS_ON = (",", ":", "、", "")
# At a change of term the first session hears of the years to come in running text too.
_FIRST_SESSION = re.compile(r"第?一次会议")
_TERM_PARAGRAPH = re.compile(
    r"^[ \t]*(?:各位代表[,!:])?((?:今后|未来)(?:五|5)年)[^。\n]{0,20}"
    r"(?:指导思想|总体要求|总的要求|目标|是[^。\n]{0,12}时期|是[^。\n]{0,30}五年)",
    re.MULTILINE,
)
_TERM = 5
_MOST_EVIDENCE = 4


class ReportPeriod:
    """Reads year and period of a report."""

    def __init__(self, lexicon: Lexicon, clues: YearClues) -> None:
        self._clues = clues
        self._ahead = WordSet(lexicon.words("metadata.plan.ahead"))
        self._behind = WordSet(lexicon.words("metadata.plan.behind"))
        self._term = WordSet(lexicon.words("metadata.plan.term"))

    def reviews(self, folded: str) -> bool:
        """Tell whether the text opens with the review of a year, as reports do."""
        return bool(self._heading_years(_headings(folded[:_OPENING]))[1])

    def find(self, folded: str, head: Letterhead) -> FoundPeriod | None:
        """Return the period: one year, or five where a chapter is headed by the years to come."""
        headings = _headings(folded)
        year, spans, inferred = self._year(folded, head, headings)
        if year is None:
            return None
        last = year
        for plan in FIVE_YEARS.finditer(head.title):
            first, end = plan_years(number(plan[1] or plan[2]) or 0)
            if first == year and head.title_span is not None:  # 关于“十一五”规划纲要的报告
                return FoundPeriod(year, end, [*spans, head.title_span][:_MOST_EVIDENCE], inferred)
        for heading in headings:
            text = heading.group().rstrip()
            if len(text) > _LONGEST or text[-1:] in _RUNS_ON:
                continue
            if self._behind.within(text, 0, len(text)) and not self._ahead.within(text, 0, len(text)):
                continue
            for plan in FIVE_YEARS.finditer(text):
                first, end = plan_years(number(plan[1] or plan[2]) or 0)
                if (
                    first == year
                    and not _BEGINS.match(text, plan.end())
                    and not self._own_chapter(headings, heading, year)
                ):
                    last = max(last, end)
                    spans.append((heading.start() + plan.start(), heading.start() + plan.end()))
            at, word = self._term.first(text, 0, len(text))
            if at >= 0:
                last = max(last, year + _TERM - 1)
                spans.append((heading.start() + at, heading.start() + at + len(word)))
        if last == year and _FIRST_SESSION.search(folded, 0, _OPENING) and (opening := _TERM_PARAGRAPH.search(folded)):
            last = year + _TERM - 1
            spans.append(opening.span(1))
        return FoundPeriod(year, last, spans[:_MOST_EVIDENCE], inferred)

    def _own_chapter(self, headings: list[re.Match[str]], plan: re.Match[str], year: int) -> bool:
        """Tell whether the year has a chapter of its own beside the one that is headed by the five-year plan."""
        ahead, _ = self._heading_years(headings)
        return any(told == year and not plan.start() <= span[0] < plan.end() for told, span in ahead)

    def _year(
        self, folded: str, head: Letterhead, headings: list[re.Match[str]]
    ) -> tuple[int | None, list[Span], bool]:
        """Return the year of the report's date, else of its title or headings, else the one that it lets infer."""
        ahead, behind = self._heading_years(headings)
        if head.issued_on is not None and head.issued_span is not None:
            year = head.issued_on.year
            for later, span in ahead:
                if later == year + 1 and head.issued_on.month >= 10:
                    return later, [span], False
            for earlier, span in behind:
                if earlier == year:  # it looks back on the year in whose last days it was given
                    return year + 1, [span], True
            return year, [head.issued_span], False
        named = [told for hit in YEAR_IN.finditer(head.title) if (told := year_number(hit[1]))]
        if named and head.title_span is not None:
            return max(named), [head.title_span], False
        if ahead:
            latest, span = max(ahead)
            return latest, [span], False
        if behind:
            latest, span = max(behind)
            return latest + 1, [span], True
        clue = self._clues.infer(folded)
        return (clue.year, clue.spans, True) if clue is not None else (None, [], False)

    def _heading_years(self, headings: list[re.Match[str]]) -> tuple[list[tuple[int, Span]], list[tuple[int, Span]]]:
        """Return the years of headings that look ahead (2022年工作安排), and of those that look back (2021年工作回顾)."""
        ahead: list[tuple[int, Span]] = []
        behind: list[tuple[int, Span]] = []
        for heading in headings:
            text = heading.group()
            if text.rstrip()[-1:] in _RUNS_ON or len(text.strip()) > _LONGEST:
                continue
            hits = list(YEAR_IN.finditer(text))
            for index, hit in enumerate(hits):
                year = year_number(hit[1])
                if year is None:
                    continue
                span = (heading.start() + hit.start(), heading.start() + hit.end())
                end = hits[index + 1].start() if index + 1 < len(hits) else len(text)
                looks_back = self._behind.within(text, 0 if len(hits) == 1 else hit.start(), end)
                if not looks_back and index + 1 < len(hits) and not self._ahead.within(text, hit.end(), end):
                    looks_back = self._behind.within(text, end, len(text))  # 2019年和2020年工作回顾
                if looks_back:
                    behind.append((year, span))
                elif self._ahead.within(text, hit.end(), end):
                    ahead.append((year, span))
        return ahead, behind


def _headings(folded: str) -> list[re.Match[str]]:
    """Return the short lines that may be headings with a year or a five-year plan."""
    return [hit for hit in _HEADING.finditer(folded) if "年" in hit.group() or "五" in hit.group()]
