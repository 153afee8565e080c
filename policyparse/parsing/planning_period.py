"""The planning period: from the year in which a document takes effect to the last year that it sets goals for.

A report plans for the year in which it is given, at a change of term or of plan for five years. Other documents say their
years in the title, in their goals (到2025年…) or in their closing words (有效期至…). Laws and rules plan for no period.
"""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.parsing.characters import fold
from policyparse.parsing.dates import number, plan_years, year_number
from policyparse.parsing.goal_years import GoalYears, last_due
from policyparse.parsing.letterhead import Letterhead
from policyparse.parsing.records import Front, Outline, Setting
from policyparse.parsing.report_period import ReportPeriod
from policyparse.parsing.validity import closing_sentences, force_year, recurring_window, valid_length, valid_window
from policyparse.parsing.words import WordSet
from policyparse.parsing.year_clues import YearClues
from policyparse.parsing.year_patterns import FIVE_YEARS, RANGE, YEAR, YEAR_IN, FoundPeriod, Span

_LENGTH = re.compile(r"([一二两三四五六七八九十]{1,2}|\d{1,2})年(?:行动|攻坚|提升|倍增|实施|发展|工作|滚动|重点|建设)")
_DISTANT = re.compile(rf"到{YEAR}年|{YEAR}年前|{YEAR}年远景")
_ARTICLE = re.compile(r"^[ \t]*第一条[ \t]", re.MULTILINE)
_CITED = re.compile(r"[〔\[](20\d\d)[〕\]]")
_SENDS = re.compile(r"(?:\([^()]*\))?》?(?:\([^()]*\))?的?(?:通知|函|决定|公告|命令)$")
_BRACKET = re.compile(r"\([^()]*\)$")
_LEGAL_EDUCATION = ("普法", "法治宣传", "法制宣传")
_REPLIES = ("批复", "复函", "答复", "通报", "公报", "令", "决议")
_ACCOUNTS = ("公报", "总结", "年报", "情况")


class PeriodFinder:
    """Finds the planning period, and the year that 今年 means."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._clues = YearClues(lexicon)
        self._reports = ReportPeriod(lexicon, self._clues)
        self._goals = GoalYears(lexicon)
        self._plans = WordSet(lexicon.words("metadata.plan.nouns"))
        self._dated = WordSet(lexicon.words("metadata.plan.dated"))
        self._laws = WordSet(lexicon.words("metadata.plan.law"))
        self._yearly = WordSet(lexicon.words("metadata.plan.yearly"))

    def find(self, folded: str, head: Letterhead, outline: Outline, setting: Setting, front: Front) -> None:
        """Set the period, its evidence and the year of ``front``."""
        is_report = head.is_report or self._reports.reviews(folded)
        found = self._reports.find(folded, head) if is_report else self._of_other(folded, head, setting)
        issued = head.issued_on.year if head.issued_on is not None else None
        if found is None:
            front.year = issued if is_report else _year_told(folded, head)
            return
        front.first_year, front.last_year = found.first, found.last
        front.evidence, front.inferred = found.spans, found.inferred
        front.year = found.first or issued
        if issued and found.first and found.last and found.first < issued <= found.last:
            front.year = issued  # 今年 of a plan that began before it was issued
        if front.year is None and not is_report:
            front.year = _year_told(folded, head)

    def _of_other(self, folded: str, head: Letterhead, setting: Setting) -> FoundPeriod | None:
        title = fold(re.sub(r"\s+", "", head.title))
        if head.title_span is not None and (named := _of_title(title, head.title_span)) is not None:
            return named
        if setting.kind == "law" or self._is_law(title) or (not title and _ARTICLE.search(folded, 0, 5_000)):
            return None
        closing = closing_sentences(folded)
        first, spans = _takes_effect(folded, head, closing)
        window = valid_window(folded, closing)
        goal = self._goals.last(folded, first)
        if window is not None:
            begun, last, span = window
            if goal is not None and last is not None and goal[0] > last:
                last, span = goal
            found = FoundPeriod(begun or first, last or first, [*spans, span] if first else [span])
            return found if found.first is not None else _with_year_told(folded, head, found)
        if goal is not None:
            return self._with_first(folded, FoundPeriod(first, goal[0], [*spans, goal[1]]))
        if first is not None and (length := _LENGTH.search(title)) and (years := number(length[1])):
            return FoundPeriod(first, first + years - 1, spans)
        if first is not None and (term := valid_length(folded, closing)) is not None:
            return FoundPeriod(first, first + term[0], [*spans, term[1]])
        if (often := recurring_window(folded)) is not None:
            begun, last, span = often
            told = _year_spoken_of(folded, head) or last
            since = told if told < last - 1 else last  # from now on until a day: within its year
            return FoundPeriod(begun or first or since, last, [*spans, span], begun is None and first is None)
        if self._dated.before(title, 0, len(_SENDS.sub("", title))) and (due := last_due(folded, first)) is not None:
            return self._with_first(folded, FoundPeriod(first, due[0], [*spans, due[1]]))
        if self._is_yearly(folded, title):
            found = self._with_first(folded, FoundPeriod(first, first, spans))
            found.last = found.first
            return found if found.first is not None else None
        return None

    def _with_first(self, folded: str, found: FoundPeriod) -> FoundPeriod:
        """Infer the first year where it is not known and something in the text tells it."""
        clue = self._clues.infer(folded) if found.first is None else None
        if clue is not None and (found.last is None or clue.year <= found.last):
            found.first, found.spans, found.inferred = clue.year, [*clue.spans, *found.spans], True
        return found

    def _is_law(self, title: str) -> bool:
        """Tell whether a title names rules that plan nothing (…办法, 关于印发…细则的通知, …的批复)."""
        inner = _BRACKET.sub("", _SENDS.sub("", title))
        return title.endswith(_REPLIES) or bool(self._laws.before(inner, 0, len(inner)))

    def _is_yearly(self, folded: str, title: str) -> bool:
        """Tell whether the document plans for one year (…工作要点; 全年, 年内 in its words)."""
        if self._yearly.within(title, 0, len(title)):
            return True
        return self._plans.within(title, 0, len(title)) and ("年内" in folded or "全年" in folded)


def _of_title(title: str, span: Span) -> FoundPeriod | None:
    """Read the years of a title (2021—2023年, “十四五”, 2022年…要点)."""
    if hit := RANGE.search(title):
        first, last = year_number(hit[1]), year_number(hit[2])
        if first is not None and last is not None and first <= last:
            return FoundPeriod(first, last, [span])
    if (hit := FIVE_YEARS.search(title)) and not title.startswith(_LEGAL_EDUCATION, hit.end()):
        return FoundPeriod(*plan_years(number(hit[1] or hit[2]) or 1), [span])
    if title.endswith(_REPLIES) or _DISTANT.search(title):
        return None
    years = {year for hit in YEAR_IN.finditer(title) if (year := year_number(hit[1]))}
    if len(years) != 1:
        return None
    year = years.pop()
    return FoundPeriod(year, year, [span])


def _takes_effect(folded: str, head: Letterhead, closing: list[re.Match[str]]) -> tuple[int | None, list[Span]]:
    """Return the year in which the document takes effect: as it says, else of its date, else of its number."""
    if (force := force_year(folded, closing)) is not None:
        return force[0], [force[1]]
    if head.issued_on is not None and head.issued_span is not None:
        return head.issued_on.year, [head.issued_span]
    if found := re.search(r"[〔\[(【](\d{4})", head.doc_number):
        at = folded.find(found[1], 0, 20_000)
        return int(found[1]), [(at, at + 4)] if at >= 0 else []
    return None, []


def _with_year_told(folded: str, head: Letterhead, found: FoundPeriod) -> FoundPeriod:
    """Infer the first year of a document that says only until when it holds.

    It is no earlier than what the document cites, and such documents hold for about a year; one that speaks of 全年 or
    今年 was given in the year in which it ends.
    """
    year = _year_spoken_of(folded, head)
    if year is not None and found.last is not None and year <= found.last:
        of_the_year = "全年" in folded or "今年" in folded
        found.first, found.inferred = max(year, found.last - (not of_the_year)), True
    return found


def _year_spoken_of(folded: str, head: Letterhead) -> int | None:
    """Return the year that title, date or citations tell, else the first year that the text speaks of."""
    year = _year_told(folded, head)
    if year is not None:
        return year
    return min((told for hit in YEAR_IN.finditer(folded) if (told := year_number(hit[1]))), default=None)


def _year_told(folded: str, head: Letterhead) -> int | None:
    """Return the year of a document that plans for no period, as far as title, date or citations tell it."""
    if head.title.endswith(_ACCOUNTS) and (hit := YEAR_IN.search(head.title)):
        return year_number(hit[1])
    if head.issued_on is not None:
        return head.issued_on.year
    return max((int(hit[1]) for hit in _CITED.finditer(folded, 0, 50_000)), default=None)
