"""The cores of time expressions: a year, a part of a year, a span of years, a five-year plan, a century.

A core is what a time expression is about, without the words that say what it is for (到…, …前, 比…, …以来).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import ahocorasick_rs

from policyparse.lexicon import Lexicon
from policyparse.parsing.dates import day, month_end, number, plan_years, year_number
from policyparse.parsing.words import WordSet

Part = tuple[int, int, int, int]
"""First month and day, last month and day; day 0 is the last of its month."""

_H = "一二三四五六七八九十"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_NUMERIC = re.compile(
    rf"""
    (?<![\d〔一二三四五六七八九十])
    (?P<year>(?:1[89]|20)\d\d|[一二][八九〇零][一二三四五六七八九〇零]{{2}})
        \ ?(?:年(?![代级版])度?|(?=(?:-|—{{1,2}}|~|至|到)\ ?(?:1[89]|20)\d\d\ ?年))
  | (?<![\d.{_H}个])(?P<month>{_MONTH})(?:[-—~至到](?P<month2>{_MONTH}))?
        \ ?月(?![均供度租薪嫂球收亮活饼报嘴湖市])份?
        (?:\ ?(?P<day>[0-3]?\d|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\ ?(?:日|号(?![召线楼院文]))
         |(?P<tenth>[上中下]旬)|(?P<edge>[底末初]))?
  | (?<![\d{_H}上下每])(?P<quarter>[第前]?(?:[一二三四两][、和至-])?(?P<nth>[一二三四1-4两]))季度
  | (?<![\d.第{_H}百千])(?P<count>\d{{1,2}}|[{_H}两几数多半]{{1,3}})(?:[-—~至到或](?P<count2>\d{{1,2}}|[{_H}两]{{1,3}}))?
        [多余来]?\ ?(?P<unit>个月|年)
  | [“"]?(?<![第{_H}百千万几数两])(?P<plan>十[一二三四五六七八九]?|[一二三四五六七八九])五[”"]?
  | 第(?P<ordinal>[{_H}]{{1,2}})个五年(?:计划|规划)
  | (?P<century>[本上下]|2[01]|二十一?)世纪
  | (?<![\d{_H}])(?P<decade>[2-9]0|[二三四五六七八九]十)年代
    """,
    re.VERBOSE,
)
_ANCHOR = re.compile("[年月季世五]")
_RUN = frozenset('0123456789〇零一二三四五六七八九十两几数多半余来第前本上下个-—~至到或、 “"')
_RUN_BACK, _RUN_AHEAD = 12, 16
_TENTHS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 0), "底": (0, 0), "末": (0, 0), "初": (1, 10)}
_QUARTERS = {c: q for q, cs in enumerate(("一1", "二2两", "三3", "四4"), 1) for c in cs}


@dataclass(slots=True)
class Core:
    """What a time expression is about.

    ``kind``: ``year`` (with or without a part), ``part`` (of a year that is not named), ``span`` (``length`` years or
    months), ``plan`` (``length`` is its number), ``century``, ``decade``, ``word`` (a fixed expression of ``sort``).
    ``year`` is the year that is named, None where it counts from an unknown one. ``edge``: it names a day or the
    end of something, so that 前 includes it; ``day``: it names a day.
    """

    start: int
    end: int
    kind: str
    year: int | None = None
    part: Part | None = None
    length: int = 0
    unit: str = ""
    sort: str = ""
    edge: bool = False
    day: bool = False

    def reach(self, year: int | None) -> tuple[date | None, date | None]:
        """Return first and last day of a year or part of a year, counted in ``year`` where none is named."""
        year = self.year or year
        if year is None or not 1 <= year <= 9998:
            return None, None
        month, first, month2, last = self.part or (1, 1, 12, 31)
        end = month_end(year, month2)
        return day(year, month, first or month_end(year, month).day), day(year, month2, last or end.day) or end


class CoreFinder:
    """Finds the cores of time expressions."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._relative = {word: int(offset) for word, offset in lexicon.pairs("times.relative").items()}
        self._parts = {word: _month_days(days) for word, days in lexicon.pairs("times.parts").items()}
        self._sorts = {word: sort for sort, words in lexicon.group("times.words").items() for word in words}
        ignored = lexicon.words("times.ignored.words")
        self._part_words = WordSet((*self._parts, *(word for word in ignored if word[0] == "年")))
        self._words = [*self._relative, *self._parts, *self._sorts, *ignored]
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
        )

    def find(self, folded: str, year: int | None) -> list[Core]:
        """Return the cores in order, without overlap; ``year`` is the year of 今年."""
        cores: list[Core] = []
        words = self._automaton.find_matches_as_indexes(folded)
        words.append((-1, len(folded) + 1, len(folded) + 1))
        numbers = _numbers(folded)
        number_hit = next(numbers, None)
        cursor = 0
        for index, start, end in words:
            while number_hit is not None and number_hit.start() <= start:
                if number_hit.start() >= cursor and (core := self._of_number(folded, number_hit)) is not None:
                    cores.append(core)
                    cursor = core.end
                number_hit = next(numbers, None)
            if start >= cursor and index >= 0 and (core := self._of_word(folded, start, end, index, year)) is not None:
                cores.append(core)
                cursor = core.end
        return cores

    def _of_word(self, folded: str, start: int, end: int, index: int, year: int | None) -> Core | None:
        word = self._words[index]
        if word in self._relative:
            core = Core(start, end, "year", None if year is None else year + self._relative[word])
            self._extend(folded, core)
            if core.year is None and core.part is None:
                core.length = self._relative[word]
            return core
        if word in self._parts:
            return Core(start, end, "part", part=self._parts[word], edge=word[-1] in "底末终")
        if word in self._sorts:
            return Core(start, end, "word", sort=self._sorts[word])
        return None

    def _of_number(self, folded: str, hit: re.Match[str]) -> Core | None:
        start, end = hit.span()
        match hit.lastgroup:
            case "year":
                core = Core(start, end, "year", year_number(hit["year"]))
                if core.year is None:
                    return None
                self._extend(folded, core)
                return core
            case "month" | "month2" | "day" | "tenth" | "edge":
                return _of_month(hit)
            case "quarter":
                return _of_quarter(hit)
            case "unit":
                count = hit["count2"] or hit["count"]
                length = number(count)
                if length is None and hit["unit"] == "年" and len(count) == 2 and (short := year_number(count)):
                    core = Core(start, end, "year", short)
                    self._extend(folded, core)
                    return core
                return Core(start, end, "span", length=length or 0, unit=hit["unit"])
            case "plan" | "ordinal":
                ordinal = number(hit[hit.lastgroup])
                if not ordinal or plan_years(ordinal)[1] > 2100:
                    return None
                return Core(start, end, "plan", plan_years(ordinal)[0], length=ordinal)
            case "century":
                first = {"本": None, "上": None, "下": None}.get(hit["century"], 2000)
                return Core(
                    start, end, "century", 1900 if hit["century"] in ("20", "二十") else first, unit=hit["century"]
                )
            case "decade":
                tens = number(hit["decade"])
                return Core(start, end, "decade", None if tens is None else 1900 + tens)
            case _:
                return None

    def _extend(self, folded: str, core: Core) -> None:
        """Take in a part of the year that follows (2025年底, 今年上半年, 2022年6月底)."""
        end = core.end
        if folded[end - 1] == "年" and (word := self._part_words.at(folded, end - 1, min(len(folded), end + 3))):
            if word not in self._parts:
                return
            core.part, core.end, core.edge = self._parts[word], end - 1 + len(word), word[-1] in "底末终"
            return
        if folded[end : end + 1] in (" ", "的"):
            end += 1
        if (word := self._part_words.at(folded, end, min(len(folded), end + 4))) in self._parts:
            core.part, core.end, core.edge = self._parts[word], end + len(word), word[-1] in "底末终"
            return
        hit = _NUMERIC.match(folded, end)
        if hit is not None and hit.lastgroup in ("month", "month2", "day", "tenth", "edge", "quarter"):
            part = _of_quarter(hit) if hit.lastgroup == "quarter" else _of_month(hit)
            if part is not None:
                core.part, core.end, core.edge, core.day = part.part, part.end, part.edge, part.day


def _numbers(folded: str) -> Iterator[re.Match[str]]:
    """Yield the cores that are written with numbers: go to the characters that close one, then back to its start."""
    cursor = 0
    for anchor in _ANCHOR.finditer(folded):
        at = anchor.start()
        if at < cursor:
            continue
        start, floor = at, max(cursor, at - _RUN_BACK)
        while start > floor and folded[start - 1] in _RUN:
            start -= 1
        while start < at or (start == at and folded[at] == "五"):
            hit = _NUMERIC.search(folded, start, at + _RUN_AHEAD)
            if hit is None or hit.start() > at:
                break
            start = cursor = hit.end()
            yield hit


def _of_month(hit: re.Match[str]) -> Core | None:
    first = number(hit["month"])
    last = number(hit["month2"]) if hit["month2"] else first
    if not first or not last or not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    start_day, last_day, edge = 1, 0, False
    if hit["day"]:
        start_day = last_day = number(hit["day"]) or 0
        edge = True
        if not 1 <= start_day <= 31:
            return None
    elif hit["tenth"] or hit["edge"]:
        start_day, last_day = _TENTHS[hit["tenth"] or hit["edge"]]
        edge = hit["edge"] in ("底", "末")
    return Core(
        hit.start(), hit.end(), "part", part=(first, start_day, last, last_day), edge=edge, day=bool(hit["day"])
    )


def _of_quarter(hit: re.Match[str]) -> Core | None:
    last = _QUARTERS[hit["nth"]]
    text = hit["quarter"]
    first = 1 if text[0] == "前" else last
    if len(text) > 2 and text[-2] in "、和至-" and text[-3] in _QUARTERS:
        first = _QUARTERS[text[-3]]
    return Core(hit.start(), hit.end(), "part", part=(first * 3 - 2, 1, last * 3, 0))


def _month_days(days: str) -> Part:
    first, last = days.split()
    return int(first[:2]), int(first[3:]), int(last[:2]), int(last[3:])
