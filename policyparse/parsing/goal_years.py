"""The last year for which a document sets goals (到2025年…达到…, 用三年时间…, 到“十四五”末…)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyparse.lexicon import Lexicon
from policyparse.parsing.dates import number, plan_years, year_number
from policyparse.parsing.words import WordSet
from policyparse.parsing.year_patterns import FIVE_YEARS, YEAR, YEAR_IN, Span

_BY = re.compile(rf"(?<![\d年月日至])到\s?({YEAR})\s?年(?:底|末)?(?!\s?\d{{1,2}}\s?月)")
_STRIVE = re.compile(rf"(?:力争|争取|确保|计划|预计)(?:到|在|于)?\s?({YEAR})\s?年(?!\s?\d{{1,2}}\s?月\s?\d)")
_WITHIN = re.compile(
    r"(?:力争|争取|再?用|利用|经过|通过|计划)([一二两三四五六七八九十]|\d{1,2})(?:[-—~至到]([一二两三四五六七八九十]|\d{1,2}))?"
    r"年(?:左右)?(?:的)?(?:时间|内|努力|集中|持续)"
)
_GOALS = re.compile(r"(?:(?:总体|工作|主要|发展|行动|具体|阶段性?|任务|建设|奋斗)目标|目标任务)[。:\n]")
_DUE = re.compile(rf"({YEAR})\s?年\s?(?:\d{{1,2}}\s?月)?[底末]之?前")
_STOPS = frozenset("。;:\n ,)")
_FAR, _NEAR, _SECTION = 16, 80, 500
_SECTION_END = re.compile(r"\n\s*[一二三四五六七八九十]{1,3}、")


class GoalYears:
    """Finds the last year for which goals are set."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._goals = WordSet(lexicon.words("metadata.plan.goals"))

    def last(self, folded: str, first: int | None) -> tuple[int, Span] | None:
        """Return the last year, not before ``first`` nor absurdly far from it, and its words."""
        best: tuple[int, Span] | None = None
        for year, span in self._stated(folded):
            if (first is None or first <= year < first + _FAR) and (best is None or year > best[0]):
                best = (year, span)
        return best or (self._within(folded, first) if first is not None else None)

    def _stated(self, folded: str) -> Iterator[tuple[int, Span]]:
        for pattern in (_BY, _STRIVE):
            for hit in pattern.finditer(folded):
                year = year_number(hit[1])
                opens = hit.start() == 0 or folded[hit.start() - 1] in _STOPS
                if year is not None and (opens or self._promises(folded, hit.end())):
                    yield year, hit.span()
        for hit in FIVE_YEARS.finditer(folded):
            ordinal = number(hit[1] or hit[2])
            if ordinal and folded.startswith(("末", "期末", "时期末"), hit.end()) and folded[hit.start() - 1] == "到":
                yield plan_years(ordinal)[1], hit.span()
        yield from self._in_sections(folded)

    def _within(self, folded: str, first: int) -> tuple[int, Span] | None:
        """Return the year by which goals are due that are told in a number of years (用三年时间)."""
        for hit in _WITHIN.finditer(folded):
            length = number(hit[2] or hit[1])
            if length and self._promises(folded, hit.end()):
                return first + length - 1, hit.span()
        return None

    def _in_sections(self, folded: str) -> Iterator[tuple[int, Span]]:
        """Yield the years of sections that are headed 工作目标 and the like."""
        for label in _GOALS.finditer(folded):
            end = min(len(folded), label.end() + _SECTION)
            if stop := _SECTION_END.search(folded, label.end(), end):
                end = stop.start()
            for hit in YEAR_IN.finditer(folded, label.end(), end):
                if (year := year_number(hit[1])) is not None:
                    yield year, hit.span()

    def _promises(self, folded: str, position: int) -> bool:
        return self._goals.within(folded, position, min(len(folded), position + _NEAR))


def last_due(folded: str, first: int | None) -> tuple[int, Span] | None:
    """Return the last year by whose end something is due (2023年底前, 2023年6月底前)."""
    years = [(year, hit.span()) for hit in _DUE.finditer(folded) if (year := year_number(hit[1]))]
    return max((due for due in years if first is None or first <= due[0] < first + _FAR), default=None)
