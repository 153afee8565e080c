"""Regions of a report: the chapters that look back, those that look ahead, and its annexes.

Headings say most (2009年工作回顾, 今后五年的目标), then the first words of a chapter. Chapters of which neither says anything,
as in the reports of earlier decades, are told paragraph by paragraph from signs of tense.
"""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.parsing.dates import number, plan_years
from policyparse.parsing.numerals import parse_number
from policyparse.parsing.records import Outline, Region, Section
from policyparse.parsing.words import WordSet
from policyparse.parsing.year_patterns import FIVE_YEARS

_LONG_FRONT = 800
"""A longer text before the first division of a report is part of its body."""
_LEAD = 80
"""How far the first sentence of a chapter is looked at where its heading says nothing."""
_LABELLED = 4
"""So far into a paragraph stands the time that opens it."""
_CLEAR = 2
"""So many signs of tense make a paragraph look back or ahead,"""
_VERY_CLEAR = 5
"""and so many make one look ahead in the chapter that opens a report."""

_YEAR = re.compile(r"((?:19|20)\d\d)(?=年|[,，]|-|—|$)|((?:一九|二〇|二零)[零〇一二三四五六七八九]{2})年")
_OCCASION = re.compile(
    r"((?:19|20)\d\d) ?年 ?\d{1,2} ?月|((?:一九|二〇|二零)[零〇一二三四五六七八九]{2})年[一二三四五六七八九十]+月"
)
_NOT_TURNING = re.compile(r"完成|实现了|确定的|提出的|超额|圆满|围绕")
_TITLE_YEAR = re.compile(r"((?:19|20)\d\d)年[^\n,。;:!?《》]{0,20}政府工作报告", re.MULTILINE)
_TITLE_REACH = 60
_BARE = "bare"
"""The style of a chapter whose heading is a bare line before the first division,"""
_TITLES = ("报告", "会议上", "要点", "通知", "方案", "计划", "草案", "目录", "讲话")
"""and what ends a title, which is no heading."""
# Signs of what was, and of what is wanted, in running text; 水平进一步提高 at the end of a clause tells.
_PAST = re.compile(r"(?<![为除罢])了(?![解如])|已|去年|上年|过去|以来|先后|曾|由于|结果")
_AHEAD = re.compile(
    r"(?<![主重需必首只机])要(?![求素点闻件])|必须|应当|今年|明年|今后|未来|[将拟](?![军领近])|力争|争取|努力|继续|进一步(?![\u4e00-\u9fff]{2}[,;。])|计划|确保|切实|务必|抓紧"
)
# Titles of annexes that are no headings of the outline: 2017年十件民生实事完成情况, 2018年十件民生实事.
_RESULTS_TITLE = re.compile(
    r"^ {0,4}(?:19|20)\d\d年[^\n,。;]{0,12}(?:实事|工作|任务|项目)[^\n,。;]{0,4}(?:完成|落实|进展|办理)情况 {0,3}$",
    re.MULTILINE,
)
_TASKS_TITLE = re.compile(
    r"^ {0,4}(?:19|20)\d\d年[^\n,。;]{0,12}实事(?:项目|安排|工作|目标|建议){0,2} {0,3}$", re.MULTILINE
)
# A heading without label or number that names the time of what follows: 二〇〇一年工作回顾, 过去五年的工作, 2018年主要工作.
_BARE_HEADING = re.compile(
    r"^ {0,4}([【(■●◆]?(?:[一二三四五六ⅠⅡⅢⅣ][ 、]|关于|对)?"
    r"(?:(?:(?:19|20)\d\d年?(?:-|—{1,2}|~|至|到))?(?:(?:19|20)\d\d|[一二][九〇零][〇零一二三四五六七八九]{2})年"
    r"(?! ?[\d一二三四五六七八九十]{1,3} ?月)|“[一二三四五六七八九十]{1,3}五”|过去(?:的)?[一三五几]年|[去今明]年|上一?年|今后|未来|新的一年"
    r"|[一三五几]年来|本届政府|上届政府|(?:政府|主要)?工作的?(?:回顾|总结)):?[^\n,。;:!?《》]{0,24}[】)]?) {0,3}$",
    re.MULTILINE,
)
# A heading that says a task is done: 恢复国民经济的任务已经基本完成.
_DONE = re.compile(r"任务已经?(?:基本|全面|胜利|圆满|超额)?(?:完成|实现)")
# One that says what came about: 1997年经济工作实现了稳中求进.
_CAME_ABOUT = re.compile(r"(?<![为除罢])了(?![解如])")
# One that asks for achievements: 着力改善民生，推进城乡建设取得新成效.
_ASKS = re.compile(r"(?:^|[,，])(?:推进|推动|促进|力争|争取|着力|努力|确保|加快|力求)[^,，]{0,30}取得")
# A task is no list of terms: 统一编码和术语集, 规范文明用语.
_TERMS_AS_TASK = re.compile("^(?:统一|规范|推广|使用|完善|建立|制定|加强|推行|健全).*(?:术语|用语)")
# Something to be met with achievements: 以优异成绩迎接新世纪.
_GREETS = re.compile(r"以.{0,30}成[绩就]")


class Annexes:
    """Tells what an annex is for from its heading."""

    def __init__(self, lexicon: Lexicon) -> None:
        region = lexicon.group("setting.region")
        self._glossary, self._results = WordSet(region["glossary"]), WordSet(region["results"])

    def purpose(self, section: Section) -> str:
        """Return ``glossary`` or ``results``, or ``""``."""
        heading, length = section.heading, len(section.heading)
        if length <= 20 and self._glossary.within(heading, 0, length) and not _TERMS_AS_TASK.search(heading):
            return "glossary"
        if (is_annex(section) or length <= 30) and self._results.within(heading, 0, length) and section.level == 1:
            return "results" if is_annex(section) else ""
        return ""


class ReportRegions:
    """Finds the regions of a report."""

    def __init__(self, lexicon: Lexicon) -> None:
        region = lexicon.group("setting.region")
        self._review_words, self._plan_words = WordSet(region["review"]), WordSet(region["plan"])
        self._firm, self._weak = WordSet(region["firm_review"]), WordSet(region["weak_review"])
        self._turning, self._turning_time = WordSet(region["turning"]), WordSet(region["turning_time"])
        self._annexes = Annexes(lexicon)

    def find(self, folded: str, outline: Outline) -> list[Region]:
        """Return the regions of a report: its chapters by their headings, annexes by their names."""
        tops = self._with_bare(folded, [s for s in outline.sections if s.level == 1])
        year = _year_of(folded, tops)
        regions: list[Region] = []
        first = tops[0].start if tops else len(folded)
        purpose = ""
        if first > _LONG_FRONT or (tops and tops[0].style.startswith("（") and first > _LEAD):
            regions += self._turns(folded, 0, first, "review")
            purpose = regions[-1].purpose
        else:
            regions.append(Region(0, first, "front"))
        annexed = below = False
        for index, top in enumerate(tops):
            end = tops[index + 1].start if index + 1 < len(tops) else len(folded)
            named = self._annexes.purpose(top)
            annexed = annexed or bool(named) or is_annex(top)
            if named or annexed:
                regions.append(Region(top.start, end, named or "plan"))
                continue
            said = self._looks(top.heading, year)
            opened = "" if said and not self._is_weak(top.heading) else self._opens(folded, top, year)
            said = opened or said
            below = top.style == _BARE or (below and not said)
            if said == "review" and purpose == "plan" and not self._firm.within(top.heading, 0, len(top.heading)):
                said = ""
            if index == 0 and "形势" in top.heading and said == "plan":
                said = ""  # the present state and the tasks: each paragraph tells for itself
            if not said:
                # items of a chapter whose own heading the text lost go on with what it began
                item = purpose == "review" and (below or top.style.startswith("（"))
                said = purpose if purpose == "plan" or item else "review" if index == 0 and len(tops) > 1 else "plan"
                paragraphs = self._paragraphs(folded, (top.start, end), said, year, first=index == 0 or item)
                if len(paragraphs) > 1:
                    regions += paragraphs
                    purpose = paragraphs[-1].purpose
                    continue
                said = paragraphs[0].purpose
            inner = self._within(folded, outline, top, end, said, year)
            if said == "review" and (self._both(top.heading) or top.style.startswith("（")):
                inner = [
                    part for one in inner for part in self._turns(folded, one.start, one.end, one.purpose, top.heading)
                ]
            regions += inner
            purpose = inner[-1].purpose
        if not any(r.purpose == "plan" for r in regions):
            turned: list[Region] = []
            for region in regions:
                turned += (
                    self._turns(folded, region.start, region.end, region.purpose)
                    if region.purpose in ("review", "front")
                    else [region]
                )
            regions = turned
        return [part for region in regions for part in _with_results(folded, region)]

    def _with_bare(self, folded: str, tops: list[Section]) -> list[Section]:
        """Return the chapters with the bare lines before the first of them that name a time and a word of review or plan."""
        first = tops[0].start if tops else len(folded)
        bare: list[Section] = []
        for line in _BARE_HEADING.finditer(folded, 0, first):
            start, end = line.span(1)
            heading = folded[start:end]
            length = len(heading)
            told = self._review_words.within(heading, 0, length) or self._plan_words.within(heading, 0, length)
            if (told or "工作" in heading or heading.endswith("情况")) and not heading.endswith(_TITLES):
                bare.append(Section(start, "", _BARE, None, 1, heading, start, end, end))
        return [*bare, *tops] if bare else tops

    def _within(
        self, folded: str, outline: Outline, top: Section, end: int, said: str, year: int | None
    ) -> list[Region]:
        """Return the regions of one chapter: its second-level headings may look the other way (过去一年…, 今年…)."""
        regions = [Region(top.start, end, said)]
        for section in outline.sections:
            if section.level != 2 or not top.start < section.start < end or section.inline:
                continue
            heading = section.heading
            other = self._looks(heading, year, strict=True)
            if named := self._annexes.purpose(section):
                other = named
            if other and other != regions[-1].purpose:
                regions[-1].end = section.start
                regions.append(Region(section.start, end, other))
            elif not other and regions[-1].purpose != said and section.parent >= 0:
                regions[-1].end = section.start
                regions.append(Region(section.start, end, said))
        return regions

    def _looks(self, heading: str, year: int | None, *, strict: bool = False) -> str:
        """Return ``review`` or ``plan`` as the heading says, or ``""``."""
        length = len(heading)
        if strict and length > 16:
            return ""
        found = _YEAR.search(heading)
        when = _as_year(found) if found else _plan_end(heading)
        if _GREETS.search(heading) or (not strict and _ASKS.search(heading)):
            return "plan"
        if not strict and (_DONE.search(heading) or _CAME_ABOUT.search(heading)):
            return "review"
        if self._review_words.within(heading, 0, length) and not (
            strict and when is None and "回顾" not in heading and "过去" not in heading
        ):
            return "review"
        if strict:
            return ""
        if when is not None and year is not None and when < year:
            return "review"
        if self._plan_words.within(heading, 0, length) or (when is not None and year is not None and when >= year):
            return "plan"
        return ""

    def _is_weak(self, heading: str) -> bool:
        """Tell whether a heading looks back by a word alone that also stands in goals: 以优异成绩迎接新世纪."""
        return self._weak.within(heading, 0, len(heading)) and not self._firm.within(heading, 0, len(heading))

    def _paragraphs(
        self, folded: str, reach: tuple[int, int], said: str, year: int | None, *, first: bool
    ) -> list[Region]:
        """Return a chapter that neither heading nor first words place, told paragraph by paragraph.

        A paragraph without clear signs is what the chapter was taken for; in a later chapter that was taken to look back
        it goes on with the paragraph before.
        """
        start, end = reach
        regions = [Region(start, end, said)]
        position = start
        while position < end:
            line_end = folded.find("\n", position, end)
            line_end = end if line_end < 0 else line_end
            past = sum(1 for _ in _PAST.finditer(folded, position, line_end))
            ahead = sum(1 for _ in _AHEAD.finditer(folded, position, line_end))
            if year is not None:
                past += sum(_as_year(hit) < year for hit in _YEAR.finditer(folded, position, line_end))
            before = regions[-1].purpose
            purpose = before if said == "review" and not first else said
            if past >= _CLEAR and past >= ahead + ahead:
                purpose = "review"
            elif ahead >= (_VERY_CLEAR if first else _CLEAR) and ahead >= _CLEAR * past:
                purpose = "plan"
            elif past == ahead == 0:
                purpose = before
            if purpose != before:
                regions[-1].end = position
                regions.append(Region(position, end, purpose))
            position = line_end + 1
        return [region for region in regions if region.end > region.start]

    def _both(self, heading: str) -> bool:
        """Tell whether a chapter that looks back goes on to what is planned (1996年工作回顾和1997年工作要求)."""
        position, word = self._review_words.first(heading, 0, len(heading))
        return position >= 0 and self._plan_words.within(heading, position + len(word), len(heading))

    def _opens(self, folded: str, section: Section, year: int | None) -> str:
        """Return what the first words of a chapter say about its time: 一年来… looks back, 今年… ahead."""
        lead = folded[section.body : section.body + _LEAD].lstrip()
        if lead.startswith(("一年来", "过去", "五年来", "去年", "几年来")):
            return "review"
        found = _YEAR.match(lead)
        when = _as_year(found) if found else None
        if when is not None and year is not None:
            return "review" if when < year else "plan"
        if lead.startswith(("今年", "新的一年", "今后", "未来")):
            return "plan"
        return ""

    def _turns(self, folded: str, start: int, end: int, purpose: str, heading: str = "") -> list[Region]:
        """Return a stretch without telling headings as review and plan: it turns where a paragraph says what is to come."""
        position = start
        ahead = _later_time(heading)
        while 0 <= position < end:
            line_end = folded.find("\n", position, end)
            line_end = end if line_end < 0 else line_end
            stop = min(line_end, position + 60)
            if (
                ahead
                and folded.find(ahead, position, position + _LABELLED + len(ahead)) >= 0
                and not _NOT_TURNING.search(folded, position, stop)
            ):
                return [Region(start, position, purpose), Region(position, end, "plan")]
            time = self._turning_time.first(folded, position, stop)[0]
            if time >= 0:
                turn = self._turning.first(folded, time, stop)[0]
                if turn >= 0 and not _NOT_TURNING.search(folded, position, turn):
                    return [Region(start, position, purpose), Region(position, end, "plan")]
            position = line_end + 1
        return [Region(start, end, purpose)]


def _with_results(folded: str, region: Region) -> list[Region]:
    """Return a region that plans without the annex of results in it whose title is a bare line."""
    title = _RESULTS_TITLE.search(folded, region.start, region.end) if region.purpose == "plan" else None
    if title is None:
        return [region]
    tasks = _TASKS_TITLE.search(folded, title.end(), region.end)
    end = tasks.start() if tasks else region.end
    parts = [Region(region.start, title.start(), "plan"), Region(title.start(), end, "results")]
    return [*parts, Region(end, region.end, "plan")] if end < region.end else parts


def is_annex(section: Section) -> bool:
    """Tell whether a section is an annex (附件1)."""
    return section.label.startswith("附")


def _as_year(match: re.Match[str]) -> int:
    return int(match[1]) if match[1] else int(parse_number(match[2]))


def _plan_end(heading: str) -> int | None:
    """Return the last year of the only five-year plan that a heading names (“十五”计划…全面完成)."""
    plans = [plan_years(ordinal)[1] for hit in FIVE_YEARS.finditer(heading) if (ordinal := number(hit[1] or hit[2]))]
    return plans[0] if len(plans) == 1 else None


def _later_time(heading: str) -> str:
    """Return the later of the five-year plans or years that a heading names (“十四五”成就和“十五五”目标)."""
    for pattern in (FIVE_YEARS, _YEAR):
        times = [hit[0] for hit in pattern.finditer(heading)]
        if len(times) > 1 and times[-1] != times[0]:
            return times[-1]
    return ""


def _year_of(folded: str, tops: list[Section]) -> int | None:
    """Return the year of a report: that of its date line, else the latest that a chapter's heading names."""
    if found := _OCCASION.search(folded, 0, 400):
        return _as_year(found)
    if found := _TITLE_YEAR.search(folded, 0, _TITLE_REACH):
        return int(found[1])
    years = [
        _as_year(m)
        for top in tops
        for m in _YEAR.finditer(top.heading)
        if "规划" not in top.heading and "远景" not in top.heading
    ]
    return max(years, default=None)
