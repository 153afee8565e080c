"""Time expressions: deadlines, past times, baselines, spans.

``time_cores`` finds what an expression is about (2025年底, 去年, 五年, “十四五”); here the words around it decide what it is
for. Whether a year lies behind or ahead is told from the document's own year.
"""

from __future__ import annotations

from datetime import date, timedelta

from policyparse.lexicon import Lexicon
from policyparse.parsing.records import TimePhrase
from policyparse.parsing.time_cores import Core, CoreFinder
from policyparse.parsing.words import WordSet

_BEFORE = 7
_AFTER = 7
_JOINS = frozenset("-—~至到")


class _Roles:
    """Words by the role they give to a time; the longest word at a place decides."""

    __slots__ = ("_role", "_words")

    def __init__(self, groups: dict[str, tuple[str, ...]]) -> None:
        self._role = {word: role for role, words in groups.items() for word in words}
        self._words = WordSet(self._role)

    def before(self, folded: str, position: int) -> tuple[str, int]:
        """Return the role of the word that ends at ``position`` and its length."""
        word = self._words.before(folded, max(0, position - _BEFORE), position)
        return (self._role[word], len(word)) if word else ("", 0)

    def at(self, folded: str, position: int) -> tuple[str, int]:
        """Return the role of the word that begins at ``position`` and its length."""
        word = self._words.at(folded, position, min(len(folded), position + _AFTER))
        return (self._role[word], len(word)) if word else ("", 0)


class TimeFinder:
    """Finds time expressions and their dates."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cores = CoreFinder(lexicon)
        self._before = _Roles(lexicon.group("times.before"))
        self._after = _Roles(lexicon.group("times.after"))
        self._plan = _Roles(lexicon.group("times.plan"))

    def find(self, folded: str, year: int | None) -> list[TimePhrase]:
        """Return the time expressions of ``folded`` in order; ``year`` is what 今年 and 年内 mean."""
        phrases: list[TimePhrase] = []
        spoken_of: TimePhrase | None = None
        for core in self._cores.find(folded, year):
            if core.kind == "year":
                phrase = self._of_year(folded, core, year, year)
            elif core.kind == "part":
                phrase = self._of_year(folded, core, year, self._year_spoken_of(folded, core, spoken_of, year))
            elif core.kind == "span":
                found = self._of_span(folded, core, year)
                if found is None:
                    continue
                phrase = found
            elif core.kind == "plan":
                found = self._of_plan(folded, core, year)
                if found is None:
                    continue
                phrase = found
            elif core.kind == "word":
                phrase = TimePhrase(core.start, core.end, core.sort)
            else:
                found = self._of_age(folded, core, year)
                if found is None:
                    continue
                phrase = found
            if phrases and self._joined(folded, phrases[-1], phrase, year):
                continue
            phrases.append(phrase)
            if core.kind == "year" and phrase.sort != "baseline":
                spoken_of = phrase
        return phrases

    def _year_spoken_of(self, folded: str, core: Core, spoken_of: TimePhrase | None, year: int | None) -> int | None:
        """Return the year of a bare month or quarter: that of the nearest year before it in the sentence."""
        if spoken_of is None or core.start - spoken_of.end > 150:
            return year
        day = spoken_of.last or spoken_of.first
        between = folded[spoken_of.end : core.start]
        return day.year if day is not None and "。" not in between and "\n" not in between else year

    def _of_year(self, folded: str, core: Core, year: int | None, own: int | None) -> TimePhrase:
        """Read a year, a part of it or a day (到2025年底, 去年, 6月底前, 比2020年, 从今年7月1日起)."""
        first, last = core.reach(own)
        before, taken = self._before.before(folded, core.start)
        after, length = self._after.at(folded, core.end)
        start, end = core.start, core.end
        now = date(year, 1, 1) if year is not None and 0 < year < 9999 else None
        if after in ("same", "until"):
            end += length
            following, further = self._after.at(folded, end)
            if following == "compared":
                after, length = following, further
        if before == "than":
            return TimePhrase(start - taken, end, "baseline", first, last)
        if after == "base":
            return TimePhrase(start, end, "baseline", first, last)
        if before == "beside" and after == "compared":
            return TimePhrase(start - taken, end + length, "baseline", first, last)
        if before == "of" and folded.startswith("的", end) and folded[end + 1 : end + 2].isdecimal():
            return TimePhrase(start, end, "baseline", first, last)
        if after == "since":
            return TimePhrase(start - (taken if before == "since" else 0), end + length, "past", first, None)
        if after == "before":
            end += length
            if last is not None:
                last = last if core.edge or first is None else first - timedelta(days=1)
            start -= taken if before in ("by", "until") else 0
            return TimePhrase(start, end, self._sorted("deadline", last, now), None, last)
        if before == "until":
            return TimePhrase(start - taken, end, "past" if _over(last, now) else "span", None, last)
        if before == "by":
            sort = "deadline"
            if self._before.before(folded, start - taken)[0] == "valid":
                sort = "span"
            return TimePhrase(start - taken, end, self._sorted(sort, last, now), None, last)
        if after == "from":
            end += length
            if before == "since":
                start -= taken
            in_force = self._after.at(folded, end)[0] == "force"
            sort = "deadline" if before == "since" and core.edge and not in_force else "span"
            return TimePhrase(start, end, self._sorted(sort, last, now), first, None)
        if after == "during" or after == "within":
            end += length
        if core.part is not None and core.edge and core.part[1] not in (0,) and core.part[:2] == core.part[2:] and (
            not core.part[:2] == (12, 31) or folded[core.end - 1] in "日号"
        ):
            return TimePhrase(start, end, self._sorted("span", last, now), first, last)
        if core.kind == "year" and core.year is None and not core.part:
            sort = "past" if core.length < 0 else "deadline"
            return TimePhrase(start, end, sort)
        sort = "deadline" if core.year is None or now is not None else "span"
        return TimePhrase(start, end, self._sorted(sort, last, now), first, last)

    @staticmethod
    def _sorted(sort: str, last: date | None, now: date | None) -> str:
        return "past" if _over(last, now) else sort

    def _of_span(self, folded: str, core: Core, year: int | None) -> TimePhrase | None:
        """Read a number of years (三年内, 过去五年, 五年来, 今后三年, 用3年时间); a bare number of years is no time."""
        before, taken = self._before.before(folded, core.start)
        after, length = self._after.at(folded, core.end)
        start, end, count = core.start, core.end, core.length
        if core.unit == "个月":
            return TimePhrase(start, end + length, "deadline") if after == "within" else None
        if after in ("within", "time", "during"):
            end += length
            following, further = self._after.at(folded, end)
            if after == "time" and following in ("within", "time"):
                end, after = end + further, following
        if before == "behind" or after == "since":
            if after == "since":
                end += length
            start -= taken if before == "behind" else 0
            first = date(year - count, 1, 1) if year and count and year - count > 0 else None
            return TimePhrase(start, end, "past", first, date(year - 1, 12, 31) if year and year > 1 else None)
        if before in ("ahead", "take") or after == "within":
            start -= taken if before in ("ahead", "take") else 0
            last = date(year + count - 1, 12, 31) if year and count and year + count < 9999 else None
            first = date(year, 1, 1) if year and 0 < year < 9999 else None
            if before == "take" and after not in ("within", "time", "during"):
                return None
            return TimePhrase(start, end, "deadline", first, last)
        if after in ("time", "during") or before == "held":
            return TimePhrase(start - (taken if before == "held" else 0), end, "span")
        return None

    def _of_plan(self, folded: str, core: Core, year: int | None) -> TimePhrase | None:
        """Read a five-year plan as a time (“十四五”期间, 到“十一五”末, 比“十五”); its bare name is no time."""
        assert core.year is not None
        first, last = date(core.year, 1, 1), date(core.year + 4, 12, 31)
        now = date(year, 1, 1) if year is not None and 0 < year < 9999 else None
        before, taken = self._before.before(folded, core.start)
        role, length = self._plan.at(folded, core.end)
        start, end = core.start, core.end + length
        if before == "than":
            return TimePhrase(start - taken, end, "baseline", first, last)
        if role == "since":
            return TimePhrase(start, end, "past", first, None)
        if role == "end":
            if folded.startswith(("前", "之前"), end):
                end += 1 if folded[end] == "前" else 2
            start -= taken if before in ("by", "until") else 0
            return TimePhrase(start, end, self._sorted("deadline", last, now), date(core.year + 4, 1, 1), last)
        if role in ("during", "start"):
            last = last if role == "during" else date(core.year, 12, 31)
            return TimePhrase(start, end, self._sorted("deadline", last, now), first, last)
        return None

    def _of_age(self, folded: str, core: Core, year: int | None) -> TimePhrase | None:
        """Read a century or a decade (到本世纪末, 本世纪中叶, 八十年代以来)."""
        before, taken = self._before.before(folded, core.start)
        start, end = core.start, core.end
        now = date(year, 1, 1) if year is not None and 0 < year < 9999 else None
        if core.kind == "century":
            base = core.year
            if base is None and year is not None:
                base = (year - 1) // 100 * 100 + {"本": 0, "上": -100, "下": 100}[core.unit]
            end += 1 if folded[end : end + 1] in ("末", "初", "内") else 2 if folded.startswith(("中叶", "初叶"), end) else 0
            mark = folded[core.end : end]
            if not mark:
                return None
            last = date(base + {"末": 100, "初": 10, "内": 100, "中叶": 50, "初叶": 30}[mark], 12, 31) if base else None
        else:
            end += 1 if folded[end : end + 1] in ("末", "初") else 2 if folded.startswith(("中期", "以来"), end) else 0
            last = date(core.year + 9, 12, 31) if core.year else None
        start -= taken if before in ("by", "until") else 0
        return TimePhrase(start, end, self._sorted("deadline" if year else "span", last, now), None, last)

    @staticmethod
    def _joined(folded: str, left: TimePhrase, right: TimePhrase, year: int | None) -> bool:
        """Take ``right`` into ``left`` where both are ends of one stretch of time (2021—2025年, 1月1日至6月30日)."""
        gap = folded[left.end : right.start]
        if not (len(gap) <= 2 and (set(gap) <= _JOINS if gap else folded[right.start] in "至到")):
            return False
        if left.sort == "baseline" or right.sort == "baseline":
            return False
        left.end, left.last = right.end, right.last
        if right.sort != "past":
            left.sort = "span" if left.first is not None and year is not None and left.first.year < year else right.sort
        return True


def _over(last: date | None, now: date | None) -> bool:
    return last is not None and now is not None and last < now
