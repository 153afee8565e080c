"""When: deadline of a target, period of an actual, baseline of a change."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from policyparse.parsing.contexts import Context
from policyparse.parsing.item_times import ItemTimes
from policyparse.parsing.records import Outline, TimePhrase

_LEAD = 800
"""How far a time that leads a paragraph of goals reaches, in characters,"""
_LIST = 3000
"""and how far one that leads a list of paragraphs."""
_LOOK_BACK = 16
_SINCE = "起始后"
_HEAD = 60
_GOALS = re.compile(r"目标|指标")
# What leads the goals of a paragraph: 今年的主要预期目标是:…。…
_GOALS_ARE = re.compile(r"(?:目标|指标|实事)[^,;。:\n]{0,10}?(?:[是为:]|如下)")
# A paragraph that leads a list of goals: 今后五年的奋斗目标是: …主要指标安排如下。
_LEADS = re.compile(r"(?:[::]|如下[。.]?)\s*$")
_LONGEST_LEAD = 200
# A time behind the measure by which it is done: 20所学校年内开工, 300个项目…,确保6月底前完成.
_DONE_BY = re.compile(
    r"(?:前|之前)?,?(?:全部|全面|全面实现|基本|全线|正式|建成|力争|实现|确保|陆续){0,3}"
    r"(?:完工|完成|竣工|投产|建成|开工|投用|投入使用|投入运[行营]|通车|开园|开业|复工|复产|达产|实质性|复绿|达标|整改|销号|清零|到位|"
    r"上线|交付|供水|供电|发电|投运|封顶|贯通|关停|拆除|落地|启用|使用|入住|出栏)"
)
# Another quantity stands between them; a size that belongs to what is counted (4个5万吨级泊位今年投产) is none.
_ANOTHER = re.compile(r"[0-9](?![0-9.]*[万亿]?(?:吨|千瓦|千?伏)?级)")
_AHEAD = 40
_YEARLY = re.compile(r"(?:平均每年|每年平均|年均|年平均)[^,;。、]{0,8}$")
_ONE_YEAR = re.compile(r"(?:\d{4}|[一二三四五六七八九〇零]{4}|[今明本])年")
# A goal that is named together with its own time.
_NAMES_GOAL = re.compile(r"(?:完成|实现|围绕|对照|落实|按照|确保完成)[^,;。、]{0,4}$")
_GOAL_NAMED = re.compile(r"[^,;。]{0,24}的(?:目标|任务|要求|指标)[,;]")
_NAMED = 16
_EXAMPLE = re.compile(r" ?(?:例如|比如|譬如|其中[,:]?“\d)")  # 其中,“20”是指…: the parts of a goal
_LINE = 240
# A sentence that gives the reasons for a goal is none of the goals: 提出增长8%,主要是考虑….
_EXPLAINS = re.compile(r" {0,4}(?:提出|确定|安排|之所以)[^。\n]{2,60}?主要是?(?:考虑|基于|为了)")
_WANTS = re.compile(r"要|必须|继续|坚持")
_COUNTS = re.compile(r"[0-9]|[一二三四五六七八九十百千万两][多余]?[个项条大件家户所座万亿人]|百分之")
_LABELLED = 8
_DASHES = ("—", "--")
_NUMBERED = re.compile(r"[ \n]{1,8}(?:1[.、]|\(1\)|一是|①)")
_DASHED = re.compile(r"[ \n]{1,8}(?:—|--)")
_FIRST = ("一是", "第一,", "一要", "首先")
# What may stand before a time that opens a paragraph: a label.
_BEFORE_TIME = " ()、.—在一二三四五六七八九十0123456789"


@dataclass(slots=True)
class Times:
    """The times that a measure hangs on.

    ``nearest`` is the nearest time before it in its sentence, ``due`` its deadline, ``opening`` the past time that opens
    its paragraph.
    """

    nearest: TimePhrase | None = None
    due: TimePhrase | None = None
    opening: TimePhrase | None = None


@dataclass(slots=True)
class _Opened:
    """A paragraph, the past time that opens it, and how far that time reaches."""

    start: int
    end: int
    phrase: TimePhrase | None = None
    until: int = 0


class TimeLine:
    """The time phrases of a document, for look-up around a measure."""

    def __init__(self, folded: str, outline: Outline, times: Sequence[TimePhrase]) -> None:
        self._folded = folded
        self._outline = outline
        self._times = times
        self._starts = [phrase.start for phrase in times]
        self._opened = _Opened(0, 0)
        self._items = ItemTimes(folded, outline, times)
        self._leads = self._find_leads()
        self._lead_starts = [start for start, _, _ in self._leads]

    def deadline(self, context: Context) -> TimePhrase | None:
        """Return the nearest deadline before the measure in its sentence, else behind it, else that of a lead."""
        found = self._before(context, ("deadline",), context.sentence_start)
        if found is not None and self._holds(found, context):
            return self._of_average(context, found) or self._around(context, found) or found
        return (
            self._behind(context)
            or self._items.at(context.measure.start)
            or self._of_paragraph(context)
            or self._of_list(context)
            or self._of_sentence_before(context)
        )

    def _of_average(self, context: Context, found: TimePhrase) -> TimePhrase | None:
        """Return the years over which a yearly average is reckoned: 五年内…,1990年达到…,其中出口平均每年增长8%."""
        if not _YEARLY.search(self._folded, context.clause_start, context.measure.reach_start):
            return None
        if found.start >= context.clause_start or not self._is_year(found):
            return None
        index = bisect_right(self._starts, found.start) - 2
        oldest = max(0, index - _LOOK_BACK)
        while index >= oldest and self._starts[index] >= context.sentence_start:
            phrase = self._times[index]
            if phrase.sort == "deadline" and not self._is_year(phrase):
                return phrase
            index -= 1
        return None

    def _is_year(self, phrase: TimePhrase) -> bool:
        return _ONE_YEAR.match(self._folded, phrase.start, phrase.end) is not None

    def _around(self, context: Context, found: TimePhrase) -> TimePhrase | None:
        """Return the time before one that only belongs to a goal that is named: 今年…完成“十四五”期间下降9%的目标,…."""
        start = max(context.sentence_start, found.start - _NAMED)
        if not _NAMES_GOAL.search(self._folded, start, found.start):
            return None
        if not _GOAL_NAMED.search(self._folded, found.end, context.clause_start):
            return None
        index = bisect_right(self._starts, found.start) - 2
        if index < 0 or self._starts[index] < context.sentence_start or self._times[index].sort != "deadline":
            return self._of_paragraph(context)
        return self._times[index]

    def _of_sentence_before(self, context: Context) -> TimePhrase | None:
        """Return the time of the line or sentence that this one goes on with: …;(line end)…, 例如:…."""
        folded, start = self._folded, context.sentence_start
        goes_on = start > 1 and folded[start - 1] == "\n" and folded[start - 2] in ";,"
        if not goes_on and not _EXAMPLE.match(folded, start):
            return None
        lowest = max(0, start - _LINE)
        before = max(folded.rfind("。", lowest, start - 2), folded.rfind("\n", lowest, start - 2)) + 1
        return self._before(context, ("deadline",), before) if before > lowest or not lowest else None

    def period(self, context: Context) -> TimePhrase | None:
        """Return the nearest time before the measure in its sentence, as far as it has dates or is past."""
        return self._before(context, ("past", "span", "deadline"), context.sentence_start)

    def opening(self, context: Context) -> TimePhrase | None:
        """Return the past time that opens the paragraph of the measure (过去一年，…。…), up to a time ahead."""
        if not self._opened.start <= context.sentence_start < self._opened.end:
            self._opened = self._open(context.sentence_start)
        opened = self._opened
        reached = opened.phrase is not None and opened.phrase.end <= context.measure.start < opened.until
        return opened.phrase if reached else None

    def _open(self, position: int) -> _Opened:
        folded = self._folded
        lowest = max(0, position - _LEAD)
        start = max(lowest, folded.rfind("\n", lowest, position) + 1)
        end = folded.find("\n", position, position + _LIST)
        end = position + _LIST if end < 0 else end
        opened = _Opened(start, max(end, position + 1))
        index = bisect_right(self._starts, start - 1)
        if index >= len(self._times) or self._times[index].sort != "past" or (start and folded[start - 1] != "\n"):
            return opened
        if folded[start : min(self._times[index].start, start + _HEAD)].strip(_BEFORE_TIME):
            return opened
        opened.phrase = self._times[index]
        ahead = (time.start for time in self._times[index + 1 : index + 1 + _LOOK_BACK] if time.sort == "deadline")
        opened.until = min(end, opened.phrase.end + _LEAD, next(ahead, end))
        return opened

    def baseline(self, context: Context) -> TimePhrase | None:
        """Return what the change is measured against, where the clause says it (比上年, 较2020年)."""
        return self._before(context, ("baseline",), context.clause_start)

    def _holds(self, phrase: TimePhrase, context: Context) -> bool:
        """Tell whether a deadline reaches the measure; a day from which something holds ends with its part (;)."""
        if self._folded[phrase.end - 1] not in _SINCE:
            return True
        return ";" not in self._folded[phrase.end : context.measure.start]

    def _behind(self, context: Context) -> TimePhrase | None:
        """Return a deadline behind the measure that says when it is done (20所学校年内开工)."""
        index = bisect_right(self._starts, context.measure.reach_end - 1)
        end = min(context.sentence_end, context.measure.reach_end + _AHEAD)
        if index >= len(self._times) or self._times[index].start >= end or self._times[index].sort != "deadline":
            return None
        phrase = self._times[index]
        between = self._folded[context.measure.reach_end : phrase.start]
        if ";" in between or ":" in between or _ANOTHER.search(between):
            return None
        return phrase if _DONE_BY.match(self._folded, phrase.end, context.sentence_end) else None

    def _of_paragraph(self, context: Context) -> TimePhrase | None:
        """Return the time that opens the goals of the paragraph: 今年的主要目标是…。其中…。

        A time from which something holds (从7月起) is passed over, any other ends the reach of those before it.
        """
        lowest = max(0, context.sentence_start - _LEAD)
        paragraph = max(lowest, self._folded.rfind("\n", lowest, context.sentence_start) + 1)
        index = bisect_right(self._starts, context.sentence_start) - 1
        oldest = max(0, index - _LOOK_BACK)
        while index >= oldest and self._starts[index] >= paragraph:
            found = self._times[index]
            if found.sort == "deadline":
                if self._opens_goals(context, found, paragraph):
                    return found
                if self._folded[found.end - 1] not in _SINCE:
                    return None
            index -= 1
        return None

    def _opens_goals(self, context: Context, found: TimePhrase, paragraph: int) -> bool:
        """Tell whether a time in an earlier sentence of the paragraph holds for the goals behind it."""
        sentence = max(paragraph, self._folded.rfind("。", paragraph, found.start) + 1)
        head = self._folded[sentence : min(context.sentence_start, found.end + _HEAD)]
        place, colon = found.start - sentence, head.find(":")
        if _EXPLAINS.match(self._folded, context.sentence_start, context.sentence_end):
            return False
        if place <= 1 and _GOALS.search(head):
            return True
        if sentence == paragraph and place <= _LABELLED and self._leads_on(context, found):
            return True
        if (mark := _GOALS_ARE.search(head)) and not (mark[0][0] == "实" and "。" in head[:colon]):
            opens = mark.end() <= colon + 1 >= place and self._folded.startswith(",", found.end)
            if colon < 0 or place < colon or opens:
                return True
        section = self._outline.at(context.measure.start)
        heading = self._outline.sections[section].heading if section >= 0 else ""
        return "目标" in heading and place <= 1

    def _leads_on(self, context: Context, phrase: TimePhrase) -> bool:
        """Tell whether the sentence before only leads to that of the measure: 今年,要以治水为重点,…。新建…。

        It leads to the whole of a list that begins behind it (今年,要…。一是…。二是…。).
        """
        between = self._folded[phrase.end : context.sentence_start]
        end = between.find("。") + 1
        if 0 < end < len(between) and between.startswith(_FIRST, end):
            between = between[:end]  # 今年,要…。一是…。二是…。
        return (
            between[:1] == ","
            and end == len(between)
            and _WANTS.search(between) is not None
            and _COUNTS.search(between) is None
        )

    def _of_list(self, context: Context) -> TimePhrase | None:
        """Return the time of the paragraph that leads the list of goals in which the measure stands."""
        index = bisect_right(self._lead_starts, context.measure.start) - 1
        if index < 0:
            return None
        _, end, phrase = self._leads[index]
        return phrase if context.measure.start < end else None

    def _find_leads(self) -> list[tuple[int, int, TimePhrase]]:
        """Return the reach of the times that lead lists of goals: from the lead's end to that of its division."""
        leads: list[tuple[int, int, TimePhrase]] = []
        folded = self._folded
        for phrase in self._times:
            if phrase.sort != "deadline":
                continue
            end = folded.find("\n", phrase.end, phrase.end + _LONGEST_LEAD)
            if end < 0:
                continue
            if not _LEADS.search(folded, max(phrase.end, end - 4), end):
                if self._opens_dashes(phrase, end):
                    leads.append((end, self._reach(end), phrase))
                continue
            start = max(folded.rfind("\n", 0, phrase.start), folded.rfind("。", 0, phrase.start)) + 1
            if _GOALS.search(folded, start, end):
                leads.append((end, self._reach(end), phrase))
            elif folded.find("实事", start, end) >= 0 and folded[end - 1] != "。":
                leads.append((end, self._reach_of_items(end), phrase))
        return leads

    def _opens_dashes(self, phrase: TimePhrase, end: int) -> bool:
        """Tell whether a time opens the paragraph over a list of dashes below a heading of goals: 到2025年,…。 ——…。"""
        folded = self._folded
        if not _DASHED.match(folded, end) and not (
            _NUMBERED.match(folded, end) and folded[phrase.start] in "到至今未"  # 到2025年, 今后五年
        ):
            return False
        start = folded.rfind("\n", 0, phrase.start) + 1
        if folded[start : phrase.start].strip(_BEFORE_TIME):
            return False
        section = self._outline.at(phrase.start)
        heading = self._outline.sections[section].heading if section >= 0 else ""
        return _GOALS.search(heading) is not None or _GOALS.search(folded, start, end) is not None

    def _reach(self, start: int) -> int:
        """Return where the list ends that begins at ``start``.

        It ends with its division, or at the next that is no dash and none of the items below a heading of goals.
        """
        end = min(len(self._folded), start + _LIST)
        here = self._outline.at(start - 1)
        if here >= 0:
            end = min(end, self._outline.sections[here].end)
        if here >= 0 and _GOALS.search(self._outline.sections[here].heading) and _NUMBERED.match(self._folded, start):
            return end
        for section in self._outline.sections[here + 1 :]:
            if section.start >= end:
                break
            if not section.inline and not section.label.startswith(_DASHES):
                return section.start
        return end

    def _reach_of_items(self, start: int) -> int:
        """Return where the numbered items end that begin at ``start``: what is promised for a year, (一)…(二)…."""
        end = min(len(self._folded), start + _LIST)
        level = last = 0
        for section in self._outline.sections[max(0, self._outline.at(start - 1) + 1) :]:
            if section.start >= end:
                break
            if section.start >= start:
                level = level or section.level
                if section.level < level:
                    return section.start
                last = section.start if section.level == level else last
        line = self._folded.find("\n", last, end) if level else start
        return line if line >= 0 else end

    def _before(self, context: Context, sorts: tuple[str, ...], start: int) -> TimePhrase | None:
        index = bisect_right(self._starts, context.measure.start) - 1
        oldest = max(0, index - _LOOK_BACK)
        while index >= oldest and self._starts[index] >= start:
            if self._times[index].sort in sorts and self._times[index].end <= context.measure.start:
                return self._times[index]
            index -= 1
        return None
