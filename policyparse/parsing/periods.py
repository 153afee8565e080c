"""Time expressions: deadlines, past times, baselines, spans.

``time_cores`` finds what an expression is about (2025年底, 去年, 五年, “十四五”); here the words around it decide what it is
for. Whether a year lies behind or ahead is told from the document's own year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from policyparse.lexicon import Lexicon
from policyparse.parsing.records import TimePhrase
from policyparse.parsing.time_cores import Core, CoreFinder
from policyparse.parsing.words import WordSet

_WINDOW = 7
_SENTENCE = 150
_JOINS = frozenset("-—~至到")
_CHANGES = tuple("加高降减少升大展")  # the verb that owns a 到 (提高到2025年的30%)
_EVENTS = ("后", "起")
_PRICES = ("价格", "不变价", "可比价", "现行价", "的价格", "的不变价", "的可比价")
_MAKES = ("制订", "制定", "编制", "起草", "修订", "谋划", "研究", "启动", "开展")
# A bare number of years at the head of a clause of goals: 五年新增就业30万人.
_STARTS_GOAL = (
    "新增", "建设", "建成", "城镇", "累计", "共", "完成", "培养", "培训", "力争", "计划", "新建", "改造", "改建", "扩建", "实现",
    "解决", "培育", "引进", "投入", "安排", "安置", "转移", "节约", "治理", "整治", "造林", "绿化", "采伐", "营造", "更新", "垦",
    "推广", "创建", "打造", "竣工", "开工", "铺设", "搬迁", "开发",
)  # fmt: skip
_GOALS_ARE = re.compile(
    r"(?:国民)?(?:经济)?(?:和|与)?(?:社会)?(?:发展)?的?(?:主要|总体|具体|奋斗|预期|发展){1,2}目标(?:任务)?(?:就?是|为|:)"
)
_CENTURY_MARKS = {"中叶": 50, "初叶": 30, "末": 100, "内": 100, "初": 10}
_DECADE_MARKS = ("以来", "中期", "末", "初")


class _Roles:
    """Words by the role they give to a time; the longest word at a place decides."""

    __slots__ = ("_role", "_words")

    def __init__(self, groups: Mapping[str, tuple[str, ...]]) -> None:
        self._role = {word: role for role, words in groups.items() for word in words}
        self._words = WordSet(self._role)

    def before(self, folded: str, position: int) -> tuple[str, int]:
        """Return the role of the word that ends at ``position``, and where it begins."""
        word = self._words.before(folded, max(0, position - _WINDOW), position)
        return (self._role[word], position - len(word)) if word else ("", position)

    def at(self, folded: str, position: int) -> tuple[str, int]:
        """Return the role of the word that begins at ``position``, and where it ends."""
        word = self._words.at(folded, position, min(len(folded), position + _WINDOW))
        return (self._role[word], position + len(word)) if word else ("", position)


@dataclass(slots=True)
class _Place:
    """A core in its text, with the words that touch it: their roles, where the left begins and the right ends."""

    folded: str
    core: Core
    year: int | None
    left: str
    begin: int
    right: str
    finish: int

    @property
    def start(self) -> int:
        return self.core.start

    @property
    def end(self) -> int:
        return self.core.end

    def begin_with(self, *roles: str) -> int:
        """Return where the expression begins if words of these roles belong to it."""
        return self.begin if self.left in roles else self.core.start

    def sort(self, sort: str, last: date | None) -> str:
        """Return ``sort``, or ``past`` where the time was over when the document's year began."""
        over = last is not None and self.year is not None and last.year < self.year
        return "past" if over else sort


class TimeFinder:
    """Finds time expressions and their dates."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cores = CoreFinder(lexicon)
        self._before = _Roles(lexicon.group("times.before"))
        self._after = _Roles(lexicon.group("times.after"))
        self._plan = _Roles(lexicon.group("times.plan"))

    def find(self, folded: str, year: int | None) -> list[TimePhrase]:
        """Return the time expressions of ``folded`` in order; ``year`` is what 今年 and 年内 mean."""
        if year is not None and not 100 <= year <= 9000:
            year = None
        phrases: list[TimePhrase] = []
        spoken_of: TimePhrase | None = None
        for core in self._cores.find(folded, year):
            if core.kind == "word":
                phrases.append(TimePhrase(core.start, core.end, core.sort))
                continue
            if core.kind == "part":
                core.year = _year_spoken_of(folded, core, spoken_of, year)
            phrase = self._phrase(folded, core, year)
            if phrase is None or (phrases and _joined(folded, phrases[-1], phrase, year)):
                continue
            phrases.append(phrase)
            if core.kind == "year" and phrase.sort != "baseline":
                spoken_of = phrase
        return phrases

    def _phrase(self, folded: str, core: Core, year: int | None) -> TimePhrase | None:
        left, begin = self._before.before(folded, core.start - (folded[core.start - 1 : core.start] == " "))
        if not left:
            begin = core.start
        right, finish = (self._plan if core.kind == "plan" else self._after).at(folded, core.end)
        place = _Place(folded, core, year, left, begin, right, finish)
        if core.kind == "span":
            return self._of_span(place)
        if core.kind == "plan":
            return _of_plan(place)
        if core.kind in ("century", "decade"):
            return _of_age(place)
        return self._of_year(place)

    def _of_year(self, place: _Place) -> TimePhrase:
        """Read a year, a part of it or a day (到2025年底, 去年, 6月底前, 比2020年, 从今年7月1日起)."""
        first, last = place.core.reach(None)
        if place.right in ("same", "until"):  # 去年同期, 12月31日止
            place.core.end = place.finish
            place.right, place.finish = self._after.at(place.folded, place.end)
        phrase = self._measured_against(place, first, last) or self._bounded(place, first, last)
        if phrase is not None:
            return phrase
        if place.right in ("during", "within"):
            place.core.end = place.finish
        core = place.core
        if core.day or (core.part is not None and place.folded[core.end - 1] == "初"):
            sort = "span"  # a day or a beginning is when something happens, not by when
        elif core.year is None:
            sort = "past" if core.length < 0 else "deadline"
        else:
            sort = "span" if place.year is None and core.kind == "year" else "deadline"
        return TimePhrase(place.start, place.end, place.sort(sort, last), first, last)

    def _measured_against(self, place: _Place, first: date | None, last: date | None) -> TimePhrase | None:
        """Read a baseline (比2020年, 与上年相比, 在去年的基础上, 是2006年的2倍)."""
        if place.left == "than":
            return TimePhrase(place.begin, place.end, "baseline", first, last)
        if place.right == "base":
            return TimePhrase(place.start, place.end, "baseline", first, last)
        if place.left == "beside" and place.right == "compared":
            return TimePhrase(place.begin, place.finish, "baseline", first, last)
        if place.folded.startswith(_PRICES, place.end):  # 按2000年价格计算
            return TimePhrase(place.start, place.end, "baseline", first, last)
        following = place.folded[place.end : place.end + 2]
        if place.left == "of" and following[:1] == "的" and following[1:].isdecimal():
            return TimePhrase(place.start, place.end, "baseline", first, last)
        return None

    def _bounded(self, place: _Place, first: date | None, last: date | None) -> TimePhrase | None:
        """Read a time with one end (去年以来, 6月底前, 截至2020年, 到2025年, 从今年7月1日起)."""
        if place.right == "since":
            return TimePhrase(place.begin_with("since"), place.finish, "past", first, None)
        if place.right == "before":  # a day and the end of a time are included, a year or a month are not
            if first is not None and not place.core.edge:
                last = first - timedelta(days=1)
            return TimePhrase(place.begin_with("by", "until"), place.finish, place.sort("deadline", last), None, last)
        if place.left == "until":
            return TimePhrase(place.begin, place.end, place.sort("span", last), None, last)
        if place.left == "by":
            word = place.folded[place.begin : place.start]
            holds = self._before.before(place.folded, place.begin)[0] == "valid" or (word == "至" and place.core.day)
            begin = place.start if place.folded[place.begin - 1 : place.begin] in _CHANGES else place.begin
            return TimePhrase(begin, place.end, place.sort("span" if holds else "deadline", last), None, last)
        if place.right == "from":
            of_force = self._after.at(place.folded, place.finish)[0] == "force"
            promised = place.folded[place.begin : place.start] == "从" and place.core.edge
            sort = "deadline" if promised and not of_force else "span"
            return TimePhrase(place.begin_with("since"), place.finish, place.sort(sort, last), first, None)
        return None

    def _of_span(self, place: _Place) -> TimePhrase | None:
        """Read a number of years (三年内, 过去五年, 五年来, 今后三年, 用3年时间); a bare number of years is no time."""
        core, year, right, end = place.core, place.year, place.right, place.finish
        if place.folded[place.begin - 1 : place.begin] == "学" and place.left == "behind":
            return None  # 学前三年毛入园率
        if core.unit == "个月":
            counted = _counted_from(place)
            return TimePhrase(place.start, end, "span" if counted else "deadline") if right == "within" else None
        if right == "time":  # 3年左右时间内
            following, further = self._after.at(place.folded, end)
            if following in ("within", "time"):
                right, end = following, further
        if right not in ("within", "time", "during", "since"):
            end = place.end
        behind: tuple[date | None, date | None] = (None, None)
        ahead = behind
        if year is not None and core.length:
            behind = (date(year - core.length, 1, 1), date(year - 1, 12, 31))
            ahead = (date(year, 1, 1), date(year + core.length - 1, 12, 31))
        if place.left == "behind" or right == "since":
            return TimePhrase(place.begin_with("behind"), end, "past", *behind)
        if right == "within" and _counted_from(place):
            return TimePhrase(place.start, end, "span")
        if place.left == "ahead" or right == "within" or (place.left == "take" and end > place.end):
            return TimePhrase(place.begin_with("ahead", "take"), end, "deadline", *ahead)
        if place.left == "" and place.folded.startswith(_STARTS_GOAL, place.end) and _opens(place):
            return TimePhrase(place.start, place.end, "deadline", *ahead)
        if place.left == "held" or end > place.end:
            return TimePhrase(place.begin_with("held"), end, "span")
        return None


def _counted_from(place: _Place) -> bool:
    """Tell whether years or months are counted from an event (成交之日起1个月内, 毕业后3年内), not from the document."""
    return (
        place.folded[place.start - 1 : place.start] in _EVENTS or place.folded[place.start - 2 : place.start] == "毕业"
    )


def _opens(place: _Place) -> bool:
    """Tell whether an expression stands at the head of a clause."""
    return place.start == 0 or place.folded[place.start - 1] in ",;:。\n"


def _of_plan(place: _Place) -> TimePhrase | None:
    """Read a five-year plan as a time (“十四五”期间, 到“十一五”末, 比“十五”); its bare name is no time."""
    opening = place.core.year
    if opening is None:
        return None
    first, last, end = date(opening, 1, 1), date(opening + 4, 12, 31), place.finish
    if place.left == "than" and (place.right or place.folded[place.end - 1] in '”"'):
        return TimePhrase(place.begin, end, "baseline", first, last)
    if place.right == "since":
        return TimePhrase(place.start, end, "past", first, None)
    if place.right == "end":
        end += next((len(word) for word in ("之前", "前") if place.folded.startswith(word, end)), 0)
        first = date(opening + 4, 1, 1)
    elif place.right == "start":
        last = date(opening, 12, 31)
    elif place.right != "during":
        if not _GOALS_ARE.match(place.folded, place.end):
            return None
        end = place.end  # “十五五”发展的主要目标是
    named = place.folded.endswith(_MAKES, 0, place.start)  # 制订“十二五”期间学校布局规划
    return TimePhrase(
        place.begin_with("by", "until"), end, "span" if named else place.sort("deadline", last), first, last
    )


def _of_age(place: _Place) -> TimePhrase | None:
    """Read a century or a decade (到本世纪末, 本世纪中叶, 八十年代以来)."""
    core, opening = place.core, place.core.year
    if core.kind == "century":
        if opening is None and place.year is not None:
            opening = (place.year - 1) // 100 * 100 + {"本": 0, "上": -100, "下": 100}[core.unit]
        mark = next((word for word in _CENTURY_MARKS if place.folded.startswith(word, place.end)), "")
        if not mark:
            return None
        years = _CENTURY_MARKS[mark]
    else:
        mark = next((word for word in _DECADE_MARKS if place.folded.startswith(word, place.end)), "")
        years = 9
    last = date(opening + years, 12, 31) if opening is not None else None
    sort = "past" if mark == "以来" else "span" if place.year is None else "deadline"
    return TimePhrase(place.begin_with("by", "until"), place.end + len(mark), place.sort(sort, last), None, last)


def _year_spoken_of(folded: str, core: Core, spoken_of: TimePhrase | None, year: int | None) -> int | None:
    """Return the year of a bare month or quarter: that of the nearest year before it in the sentence."""
    if spoken_of is None or core.start - spoken_of.end > _SENTENCE:
        return year
    day = spoken_of.last or spoken_of.first
    between = folded[spoken_of.end : core.start]
    return day.year if day is not None and "。" not in between and "\n" not in between else year


def _joined(folded: str, left: TimePhrase, right: TimePhrase, year: int | None) -> bool:
    """Take ``right`` into ``left`` where both are ends of one stretch of time (2021—2025年, 1月1日至6月30日)."""
    gap = folded[left.end : right.start]
    touching = len(gap) <= 2 and (_JOINS.issuperset(gap) if gap else folded[right.start] in "至到")
    if not touching or "baseline" in (left.sort, right.sort):
        return False
    left.end, left.last = right.end, right.last
    if folded[right.end - 1] in "日号止":
        left.sort = "past" if right.sort == "past" else "span"  # days from which until which something holds
    elif right.sort != "past":
        began = left.first is not None and year is not None and left.first.year < year
        left.sort = "span" if began else right.sort
    return True
