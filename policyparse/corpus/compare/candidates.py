"""The statement of a document that gives an indicator's figure for a year: the target it sets, the result it reports.

A document says an indicator more than once: for the year, for five years, for a district, a quarter, as a goal and again
in an explanation. Each statement is judged by its words; some exclude it, the others are weighed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from policyparse.comparison import Figure, Form
from policyparse.corpus.compare.documents import Report, Stated
from policyparse.corpus.compare.forms import FormFinder, unit_of
from policyparse.corpus.compare.frames import FrameFinder
from policyparse.corpus.compare.grouping import Grouping
from policyparse.lexicon import Lexicon

_FEW = 3
"""So many targets of known indicators in one sentence make it the one that lists the year's goals."""
_HALF_YEAR = 200
_SAME_NAME = 0.5
_LEAST = {"target": -2.0, "actual": -3.0}
"""What speaks of several years is no figure for one, even where there is no other; a level reached at their end is."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|$)")


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """What makes two statements members of one series: an indicator or a group, in one form."""

    indicator: str
    grouped: bool
    form: Form


@dataclass(frozen=True, slots=True)
class Choice:
    """A statement that was chosen, with the name that it gives to its indicator and its unit."""

    report: Report
    stated: Stated
    name: str
    unit: str

    @property
    def figure(self) -> Figure:
        """The same for the outside."""
        stated = self.stated
        return Figure(
            start=stated.start,
            end=stated.end,
            document=self.report.id,
            statement=stated.id,
            text=stated.text,
            indicator=self.name,
            low=stated.low,
            high=stated.high,
            unit=stated.unit,
            kind=stated.kind,
            bound=stated.bound,
            approximate=stated.approximate,
            change=stated.change,
            modality=stated.modality,
            sentence=stated.sentence,
            position=stated.position,
        )


@dataclass(slots=True)
class Chosen:
    """The target of a document by series, and the results that it may report, each with its score, best first."""

    targets: dict[SeriesKey, Choice]
    results: dict[SeriesKey, list[tuple[float, Choice]]]

    def result(self, key: SeriesKey, target: Choice | None) -> Choice | None:
        """Return the result: the best one, of nearly equal ones that which goes by the name of the target."""
        found = self.results.get(key)
        if not found:
            return None
        if target is None:
            return found[0][1]
        return max(found, key=lambda item: item[0] + (_SAME_NAME if item[1].name == target.name else 0))[1]


class Chooser:
    """Chooses the statements of documents."""

    def __init__(self, lexicon: Lexicon, grouping: Grouping) -> None:
        self._lexicon = lexicon
        self._grouping = grouping
        self._forms = FormFinder(lexicon)
        self._goals = re.compile("|".join(map(re.escape, lexicon.words("comparison.figures.goals"))))
        self._last_year = re.compile("|".join(map(re.escape, lexicon.words("comparison.figures.last_year"))))
        self._parts = re.compile("|".join(map(re.escape, lexicon.words("comparison.figures.parts"))))
        self._whole = re.compile("|".join(map(re.escape, lexicon.words("comparison.scope.whole"))))
        part = "|".join(map(re.escape, lexicon.words("comparison.scope.part")))
        others = re.escape("".join(lexicon.words("comparison.scope.others")))
        self._part = re.compile(f"(?![{others}])(?:(?![{others}])[\\u4e00-\\u9fff]){{2,5}}?(?:{part})")

    def choose(self, report: Report) -> Chosen:
        """Return what ``report`` sets and reports, one statement a series."""
        frames = FrameFinder(report, self._lexicon)
        crowd = Counter(
            stated.sentence_start
            for stated in report.statements
            if stated.role == "target" and any(key for _, key in stated.indicators)
        )
        found: dict[str, dict[SeriesKey, list[tuple[float, Choice]]]] = {"target": {}, "actual": {}}
        for stated in report.statements:
            if stated.role not in found:
                continue
            keys = list(self._keys(stated, report))
            if not keys:
                continue
            role = stated.role
            if role == "target" and self._looks_back(stated, frames):
                role = "actual"
            weigh = partial(self._target, crowd=crowd[stated.sentence_start]) if role == "target" else self._result
            score = weigh(stated, report, frames)
            if score is None or score < _LEAST[role]:
                continue
            for key, name in keys:
                found[role].setdefault(key, []).append((score, Choice(report, stated, name, unit_of(stated))))
        for choices in found.values():
            for scored in choices.values():
                scored.sort(key=lambda item: -item[0])  # stable: of equal ones the first in the text
        return Chosen({key: scored[0][1] for key, scored in found["target"].items()}, found["actual"])

    def _keys(self, stated: Stated, report: Report) -> Iterator[tuple[SeriesKey, str]]:
        """Yield the series that a statement belongs to; one about a part of the issuer's region to none of a key."""
        if self._forms.is_origin(stated):
            return
        seen = set()
        for name, key in stated.indicators:
            if self._partial(name, report):
                continue
            joined = key or self._grouping.key_of(name, stated)
            if joined is not None and (known := self._lexicon.indicators.get(joined)):
                found = SeriesKey(joined, False, self._forms.form(stated, known))
            elif (group := self._grouping.group_of(name, stated)) is not None:
                found = SeriesKey(group, True, self._forms.form(stated, None))
            else:
                continue
            if found not in seen:
                seen.add(found)
                yield found, name

    def _partial(self, name: str, report: Report) -> bool:
        """Tell whether a name opens with a place that is only a part of the issuer's region, or another one."""
        if self._whole.match(name) or (report.region and name.startswith(report.region)):
            return False
        return bool(self._part.match(name.replace("地区", "")))

    def _looks_back(self, stated: Stated, frames: FrameFinder) -> bool:
        """Tell whether what stands among the goals is still the review (过去一年，…取得了很大成绩。…增长10.3%)."""
        if stated.due is not None or self._goals.search(stated.before):
            return False
        return (frames.own(stated) or frames.around(stated, near=True)) == "last"

    def _target(self, stated: Stated, report: Report, frames: FrameFinder, crowd: int) -> float | None:
        due, year = stated.due, report.year
        plan = report.last_year > year
        if due is not None and (due.year < year or due.year > report.last_year or (due.year > year and not plan)):
            return None
        if frames.is_average(stated) or frames.is_part(stated) or self._against_other(stated, year - 1):
            return None
        score = 0.0
        if due is not None:
            score += 3 if due.year == year else -3
        frame = frames.own(stated)
        score += {"own": 1, "last": -3, "span": -3}.get(frame, 0)
        if due is None and not frame:
            near = frames.around(stated, near=True) == "span" and not plan
            score += -3 if near else {"own": 1, "last": -1, "span": -1}.get(frames.around(stated), 0)
            score -= 3 if frames.section(stated) == "span" and not plan else 0
        score += 3 if self._goals.search(stated.before) else 0
        score += 1 if crowd >= _FEW else 0
        return score

    def _result(self, stated: Stated, report: Report, frames: FrameFinder) -> float | None:
        year = report.year - 1
        if frames.is_average(stated) or frames.is_part(stated) or self._against_other(stated, year - 1):
            return None
        moved = bool(stated.change)
        timed = self._by_period(stated, report)
        if timed is None:
            return None
        score = timed
        frame = frames.own(stated)
        if frame != "last" and timed <= 0:
            frame = frame or frames.around(stated)
            score += {"last": 3, "span": -4 if moved else -1}.get(frame, 0)
        elif frame == "last":
            score += 1
        if self._last_year.search(stated.baseline):
            score += 2
        return score

    def _by_period(self, stated: Stated, report: Report) -> float | None:
        """Weigh the period that a result speaks of; ``None`` excludes it."""
        first, last, year = stated.period_from, stated.period_to, report.year - 1
        if self._parts.search(stated.period):
            return None
        if first is None or last is None:
            return 0.0
        days = (last - first).days + 1
        if first.year == last.year and days > _HALF_YEAR:
            # 全年 in a review is the year under review, even where it is dated by the document's own year.
            return 3.0 if first.year == year else 2.0 if first.year == year + 1 else None
        if days > _HALF_YEAR:
            return (-4.0 if stated.change else -1.0) if last >= date(year, 1, 1) else None
        return 0.0

    def _against_other(self, stated: Stated, year: int) -> bool:
        """Tell whether a change is measured against anything but the year before: 比2010年, 比预期目标, 比全国."""
        if not stated.baseline or not stated.change:
            return False
        if self._last_year.search(stated.baseline):
            return False
        years = [int(found) for found in _YEAR.findall(stated.baseline)]
        return years != [year]


def by_issuer(reports: list[Report]) -> dict[str, list[Report]]:
    """Return the reports of each issuer, in the order of years."""
    found: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        found[report.issuer].append(report)
    return {issuer: sorted(found[issuer], key=lambda one: one.year) for issuer in sorted(found)}
