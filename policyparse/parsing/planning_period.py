"""The planning period: from the year in which a document takes effect to the last year that it sets goals for.

A report plans for the year in which it is given, at a change of term or at the start of a five-year plan for five years.
Other documents say their years in the title, in their goals (到2025年…) or in their closing words (有效期至…). Laws and
rules plan for no period.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policyparse.lexicon import Lexicon
from policyparse.parsing.dates import number, plan_years, year_number
from policyparse.parsing.letterhead import Letterhead
from policyparse.parsing.records import Front, Outline, Setting
from policyparse.parsing.words import WordSet
from policyparse.parsing.year_clues import YearClues

_YEAR = r"(?:(?:1[89]|20)\d\d|[一二][八九〇零][〇零一二三四五六七八九十]{2})"
_HEADING = re.compile(r"^[^\n。;]{4,60}$", re.MULTILINE)
_YEAR_IN = re.compile(rf"(?<![\d-])({_YEAR})\s?年")
_RANGE = re.compile(rf"(?<!\d)({_YEAR})年?(?:-|—{{1,2}}|~|至|到)({_YEAR})年?")
_PLAN = re.compile(
    r"[“\"]?(十[一二三四五六七八九]?|[一二三四五六七八九])五(?:[”\"]|(?=时期|期间|计划|规划))|第([一二三四五六七八九十]{1,2})个五年"
)
_SPAN = re.compile(r"([一二两三四五六七八九十]{1,2}|\d{1,2})年(?:行动|攻坚|提升|倍增|实施|发展|工作|滚动|重点|建设)")
_GOAL = re.compile(rf"(?<![\d年月日至])到\s?({_YEAR})\s?年(?:底|末)?(?!\s?\d{{1,2}}\s?月)")
_DAY = rf"({_YEAR})\s?年\s?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?日"
_FORCE = re.compile(rf"自\s?{_DAY}\s?(?:之日)?起?(?:正式)?(?:开始)?(?:施行|实施|执行|生效)")
_WINDOW = re.compile(rf"{_DAY}\s?(?:起|\(含当日\))?\s?(?:-|—{{1,2}}|~|至|到)\s?{_DAY}")
_UNTIL = re.compile(rf"(?:至|到|截至|截止)\s?({_YEAR})\s?年")
_TERM = re.compile(r"(?:有效期|期限|施行期|执行期|试行期?)(?:限)?(?:暂定|暂|为|是|:)*([一二两三四五]|\d{1,2})年")
_SENTENCE = re.compile(r"[^。\n;]{4,300}")
_VALID = ("有效期", "执行", "实施", "施行", "适用于", "有效至", "期限")
_SUBJECT = re.compile(
    r"本(?:通知|措施|意见|政策|办法|方案|文件|规定|行动|若干|计划|规划|细则|项|实施|工作|暂行|试行)|以上(?:政策|措施|规定)|上述(?:政策|措施)|[该此](?:政策|措施|文件|通知)|^[\s\d一二三四五六七八九十、.()]*(?:政策|《)|政策(?:措施)?(?:执行|实施|有效)"
)
_REPLIES = ("批复", "复函", "答复", "通报", "公报", "令", "决议")
_TAIL, _FAR = 1_500, 16


_TERM_OPENING = re.compile(
    r"^\s*(?:各位代表[,!:])?((?:今后|未来)(?:五|5)年)[^。\n]{0,20}(?:指导思想|总体要求|总的要求|目标|是.{0,12}时期|是.{0,30}五年)",
    re.MULTILINE,
)
_OPENING = re.compile(r"[^,;]{0,6}(?:开局|开好局|起步|起好步|良好|第一年|普法|编制)")
_STOPS = ("", "。", ";", ":", "\n", " ", ",", ")")


@dataclass(slots=True)
class _Found:
    first: int | None
    last: int | None
    spans: list[tuple[int, int]]
    inferred: bool = False


class PeriodFinder:
    """Finds the planning period, and the year that 今年 means."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._clues = YearClues(lexicon)
        self._ahead = WordSet(lexicon.words("metadata.plan.ahead"))
        self._behind = WordSet(lexicon.words("metadata.plan.behind"))
        self._term = WordSet(lexicon.words("metadata.plan.term"))
        self._goals = WordSet(lexicon.words("metadata.plan.goals"))
        self._plans = WordSet(lexicon.words("metadata.plan.nouns"))
        self._laws = WordSet(lexicon.words("metadata.plan.law"))
        self._yearly = WordSet(lexicon.words("metadata.plan.yearly"))

    def find(self, folded: str, head: Letterhead, outline: Outline, setting: Setting, front: Front) -> None:
        """Set the period, its evidence and the year of ``front``."""
        is_report = head.is_report or setting.kind == "report" or self._reviews(folded)
        found = self._of_report(folded, head) if is_report else self._of_other(folded, head, setting)
        if found is not None:
            front.first_year, front.last_year = found.first, found.last
            front.evidence, front.inferred = found.spans, found.inferred
        front.year = front.first_year or (head.issued_on.year if head.issued_on else None)
        if front.year is None or (found is None and not is_report):
            front.year = self._year_told(folded, head) or front.year
        if found is not None and found.first is not None and head.issued_on is not None and found.last is not None:
            if found.first < head.issued_on.year <= found.last:
                front.year = head.issued_on.year  # 今年 of a plan that began before it was issued

    # ---- reports

    def _of_report(self, folded: str, head: Letterhead) -> _Found | None:
        year, spans, inferred = self._report_year(folded, head)
        if year is None:
            return None
        last = year
        for heading in self._headings(folded):
            text = heading.group()
            if self._behind.within(text, 0, len(text)) and not self._ahead.within(text, 0, len(text)):
                continue
            for plan in _PLAN.finditer(text):
                years = plan_years(number(plan[1] or plan[2]) or 0)
                if years[0] == year and not _OPENING.match(text, plan.end()):
                    last = max(last, years[1])
                    spans.append((heading.start() + plan.start(), heading.start() + plan.end()))
            at, word = self._term.first(text, 0, len(text))
            if at >= 0 and len(text) <= 40:
                last = max(last, year + 4)
                spans.append((heading.start() + at, heading.start() + at + len(word)))
        if last == year and (opening := _TERM_OPENING.search(folded)):
            last = year + 4
            spans.append(opening.span(1))
        return _Found(year, last, spans[:4], inferred)

    def _report_year(self, folded: str, head: Letterhead) -> tuple[int | None, list[tuple[int, int]], bool]:
        """Return the year that a report plans: that of its date, else that of its headings, else what it lets infer."""
        ahead, behind = self._heading_years(folded)
        if head.issued_on is not None and head.issued_span is not None:
            year = head.issued_on.year
            for later, span in ahead:
                if later == year + 1 and head.issued_on.month >= 10:
                    return later, [span], False
            for earlier, span in behind:
                if earlier == year:  # it looks back on the year in whose last days it was given
                    return year + 1, [span], True
            return year, [head.issued_span], False
        for title_year in _YEAR_IN.finditer(head.title):
            if (named := year_number(title_year[1])) is not None and head.title_span is not None:
                return named, [head.title_span], False
        if ahead:
            year, span = max(ahead)
            return year, [span], False
        if behind:
            year, span = max(behind)
            return year + 1, [span], True
        found = self._clues.infer(folded)
        return (found.year, found.spans, True) if found is not None else (None, [], False)

    def _reviews(self, folded: str) -> bool:
        """Tell whether the text opens with the review of a year, as reports do."""
        _, behind = self._heading_years(folded[:800])
        return bool(behind)

    def _headings(self, folded: str) -> list[re.Match[str]]:
        return [hit for hit in _HEADING.finditer(folded) if "年" in hit.group() or "五" in hit.group()]

    def _heading_years(
        self, folded: str
    ) -> tuple[list[tuple[int, tuple[int, int]]], list[tuple[int, tuple[int, int]]]]:
        """Return the years of headings that look ahead (2022年工作安排), and of those that look back (2021年工作回顾)."""
        ahead: list[tuple[int, tuple[int, int]]] = []
        behind: list[tuple[int, tuple[int, int]]] = []
        for heading in self._headings(folded):
            text = heading.group()
            if text.rstrip()[-1] in ",:、" or len(text.strip()) > 40:
                continue
            hits = list(_YEAR_IN.finditer(text))
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

    # ---- other documents

    def _of_other(self, folded: str, head: Letterhead, setting: Setting) -> _Found | None:
        named = self._of_title(folded, head)
        if named is not None:
            return named
        title = re.sub(r"\s+", "", head.title)
        if setting.kind == "law" or self._is_law(title) or (not title and folded.count("第一条", 0, 5_000)):
            return None
        closing = self._closing(folded)
        first, spans, inferred = self._takes_effect(folded, head, closing)
        window = self._window(closing)
        goal = self._goal_year(folded, first)
        if window is not None:
            begun, ends, span = window
            if goal is not None and ends is not None and goal[0] > ends:
                ends, span = goal
            return _Found(begun or first, ends or first, [*spans, span] if first else [span])
        if goal is not None:
            if first is None and (told := self._clues.infer(folded)) is not None and told.year <= goal[0]:
                first, spans, inferred = told.year, told.spans, True
            return _Found(first, goal[0], [*spans, goal[1]], inferred)
        if (length := _SPAN.search(title)) and first is not None and (years := number(length[1])):
            return _Found(first, first + years - 1, spans, inferred)
        if first is not None and (term := self._valid_years(closing, first)) is not None:
            return _Found(first, term[0], [*spans, term[1]], inferred)
        if self._is_yearly(folded, title):
            if first is None:
                told = self._clues.infer(folded)
                if told is None:
                    return None
                first, spans, inferred = told.year, told.spans, True
            return _Found(first, first, spans, inferred)
        return None

    def _of_title(self, folded: str, head: Letterhead) -> _Found | None:
        """Read the years of a title (2021—2023年, “十四五”, 2022年…要点)."""
        title = re.sub(r"\s+", "", head.title)
        if head.title_span is None:
            return None
        spans = [head.title_span]
        if hit := _RANGE.search(title):
            first, last = year_number(hit[1]), year_number(hit[2])
            if first is not None and last is not None and first <= last:
                return _Found(first, last, spans)
        if (hit := _PLAN.search(title)) and not re.match("普法|法治宣传", title[hit.end() : hit.end() + 4]):
            ordinal = number(hit[1] or hit[2])
            if ordinal:
                return _Found(*plan_years(ordinal), spans)
        if title.endswith(_REPLIES):
            return None
        years = [year for hit in _YEAR_IN.finditer(title) if (year := year_number(hit[1]))]
        if len(set(years)) == 1 and not self._to_year(title):
            return _Found(years[0], years[0], spans)
        return None

    @staticmethod
    def _to_year(title: str) -> bool:
        return bool(re.search(rf"到{_YEAR}年|{_YEAR}年前|{_YEAR}年远景", title))

    def _is_law(self, title: str) -> bool:
        """Tell whether a title names rules that plan nothing (…办法, 关于印发…细则的通知, …的批复)."""
        inner = re.sub(r"(?:\([^()]*\))?》?(?:\([^()]*\))?(?:的)?(?:通知|函|决定|公告|命令)$", "", title)
        inner = re.sub(r"\([^()]*\)$", "", inner)
        if title.endswith(_REPLIES):
            return True
        return bool(self._laws.before(inner, 0, len(inner))) and not inner.endswith(("目标", "任务"))

    def _takes_effect(
        self, folded: str, head: Letterhead, closing: list[re.Match[str]]
    ) -> tuple[int | None, list[tuple[int, int]], bool]:
        """Return the year in which the document takes effect: as it says, else of its date, else of its number."""
        for sentence in reversed(closing):
            if (hit := _FORCE.search(folded, sentence.start(), sentence.end())) and (year := year_number(hit[1])):
                return year, [hit.span()], False
        if head.issued_on is not None and head.issued_span is not None:
            return head.issued_on.year, [head.issued_span], False
        if (found := re.search(r"[〔\[(【](\d{4})", head.doc_number)) and head.lines:
            at = folded.find(found[1], 0, 20_000)
            return int(found[1]), [(at, at + 4)] if at >= 0 else [], False
        return None, [], False

    @staticmethod
    def _closing(folded: str) -> list[re.Match[str]]:
        """Return the closing sentences that say from when and until when the document itself holds."""
        sentences = _SENTENCE.finditer(folded, max(0, len(folded) - _TAIL))
        return [
            hit for hit in sentences if _SUBJECT.search(hit.group()) and any(word in hit.group() for word in _VALID)
        ]

    def _goal_year(self, folded: str, first: int | None) -> tuple[int, tuple[int, int]] | None:
        """Return the last year for which goals are set (到2025年,…达到…)."""
        best: tuple[int, tuple[int, int]] | None = None
        for hit in _GOAL.finditer(folded):
            year = year_number(hit[1])
            if year is None or (first is not None and not first <= year < first + _FAR):
                continue
            opens = folded[hit.start() - 1 : hit.start()] in _STOPS
            if (best is None or year > best[0]) and (
                opens or self._goals.within(folded, *_ahead_of(folded, hit.end()))
            ):
                best = (year, hit.span())
        return best

    @staticmethod
    def _window(closing: list[re.Match[str]]) -> tuple[int | None, int | None, tuple[int, int]] | None:
        """Return the years for which the closing words say that the document holds (有效期至…, 执行期限为…至…)."""
        for sentence in closing:
            if hit := _WINDOW.search(sentence.group()):
                span = (sentence.start() + hit.start(), sentence.start() + hit.end())
                return year_number(hit[1]), year_number(hit[4]), span
            if hit := _UNTIL.search(sentence.group()):
                span = (sentence.start() + hit.start(), sentence.start() + hit.end())
                return None, year_number(hit[1]), span
        return None

    @staticmethod
    def _valid_years(closing: list[re.Match[str]], first: int) -> tuple[int, tuple[int, int]] | None:
        """Return the last year of a validity that is told in years (有效期3年)."""
        for sentence in closing:
            hit = _TERM.search(sentence.group())
            if hit is not None and (length := number(hit[1])):
                return first + length, (sentence.start() + hit.start(), sentence.start() + hit.end())
        return None

    def _is_yearly(self, folded: str, title: str) -> bool:
        """Tell whether the document plans for one year (…工作要点; 全年, 年内 in its words)."""
        return self._yearly.within(title, 0, len(title)) or (
            self._plans.within(title, 0, len(title)) and ("年内" in folded or "全年" in folded)
        )

    def _year_told(self, folded: str, head: Letterhead) -> int | None:
        """Return the year of a document that plans for no period, as far as title, date or citations tell it."""
        if head.title.endswith(("公报", "总结", "年报", "情况")) and (hit := _YEAR_IN.search(head.title)):
            return year_number(hit[1])
        if head.issued_on is not None:
            return head.issued_on.year
        cited = [int(hit[1]) for hit in re.finditer(r"[〔\[](20\d\d)[〕\]]", folded[:50_000])]
        return max(cited, default=None)


def _ahead_of(folded: str, position: int) -> tuple[int, int]:
    return position, min(len(folded), position + 80)
