"""Indicators over the years: for each issuer, indicator and form the targets, their movement, and what was reached."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from policyparse.comparison import Cell, Figure, Movement, Series
from policyparse.corpus.compare.candidates import Choice, Chosen, SeriesKey
from policyparse.corpus.compare.delivery import bound_of, judge
from policyparse.corpus.compare.documents import Report
from policyparse.corpus.compare.grouping import Grouping
from policyparse.lexicon import Lexicon

NO_DOCUMENT = "no_document"
"""There is no document of the year after, which would give the result."""
NOT_STATED = "not_stated"
"""There is one, and it does not."""


class SeriesBuilder:
    """Builds the series of one issuer after the other."""

    def __init__(self, lexicon: Lexicon, grouping: Grouping, tolerance: Decimal) -> None:
        self._lexicon = lexicon
        self._grouping = grouping
        self._tolerance = tolerance
        self._places = {name: place for place, name in enumerate(lexicon.indicators)}

    def build(
        self, issuer: str, reports: list[Report], chosen: dict[str, Chosen], first: int | None, last: int | None
    ) -> Iterator[Series]:
        """Yield the series of ``issuer``; ``reports`` are in the order of years, and of one each.

        Years before ``first`` and behind ``last`` have no cells.
        """
        by_year = {report.year: chosen[report.id] for report in reports}
        shown = [year for year in by_year if (first is None or first <= year) and (last is None or year <= last)]
        if not shown:
            return
        keys: dict[SeriesKey, None] = {}
        for year in shown:
            keys.update(dict.fromkeys(by_year[year].targets))
        forms: dict[str, list[SeriesKey]] = defaultdict(list)
        for key in keys:
            forms[key.indicator].append(key)
        for key in sorted(keys, key=self._order):
            siblings = [other for other in forms[key.indicator] if other != key]
            yield self._series(issuer, key, siblings, by_year, shown)

    def _order(self, key: SeriesKey) -> tuple[object, ...]:
        """Order canonical indicators as the lexicon does, then the groups."""
        if key.grouped:
            return (1, int(key.indicator[1:]), key.form)
        return (0, self._places[key.indicator], key.form)

    def _series(
        self,
        issuer: str,
        key: SeriesKey,
        siblings: list[SeriesKey],
        by_year: dict[int, Chosen],
        shown: list[int],
    ) -> Series:
        known = None if key.grouped else self._lexicon.indicator(key.indicator)
        direction = known.direction if known else self._grouping.direction(key.indicator, key.form)
        category = known.category if known else ""
        cells = []
        years = sorted(by_year)
        previous = dict(zip(years[1:], years, strict=False))
        names: Counter[str] = Counter()
        units: Counter[str] = Counter()
        for year in self._years(key, by_year, shown):
            before = previous.get(year)
            own = by_year.get(year)
            if own is None:
                cells.append(Cell(year=year, state="no_document"))
                continue
            target = own.targets.get(key)
            earlier = by_year[before].targets.get(key) if before is not None else None
            movement = _movement(target, earlier, keyed=not key.grouped)
            if before is not None and movement in ("new", "dropped"):
                there, gone = (by_year[before], own) if movement == "new" else (own, by_year[before])
                if any(other in there.targets and other not in gone.targets for other in siblings):
                    movement = "reworded"
            if before is None:
                movement = None
            result = by_year[year + 1].result(key, target) if year + 1 in by_year else None
            verdict = rule = reason = None
            if target is not None:
                names[target.name] += 1
                units[target.unit] += 1
                if result is not None:
                    judgement = judge(target.figure, result.figure, direction, category, self._tolerance)
                    verdict, rule = judgement.verdict, judgement.rule
                else:
                    verdict, reason = "not_reported", NOT_STATED if year + 1 in by_year else NO_DOCUMENT
            if result is not None:
                names[result.name] += 1
            cells.append(
                Cell(
                    year=year,
                    state="stated" if target else "absent",
                    target=target.figure if target else None,
                    movement=movement,
                    against=before if movement else None,
                    result=result.figure if result else None,
                    verdict=verdict,
                    rule=rule,
                    reason=reason,
                )
            )
        return Series(
            issuer=issuer,
            key=None if key.grouped else key.indicator,
            group=key.indicator if key.grouped else None,
            name=known.name if known else self._grouping.name(key.indicator),
            category=category,
            form=key.form,
            unit=units.most_common(1)[0][0],
            direction=direction,
            names=tuple(name for name, _ in names.most_common()),
            cells=tuple(cells),
        )

    def _years(self, key: SeriesKey, by_year: dict[int, Chosen], shown: list[int]) -> range:
        """Return the years of a series: all, of a group of names those around its targets, since most have few."""
        if not key.grouped:
            return range(min(shown), max(shown) + 1)
        stated = [year for year in shown if key in by_year[year].targets]
        return range(min(stated), min(max(stated) + 1, max(shown)) + 1)


def _movement(now: Choice | None, before: Choice | None, *, keyed: bool) -> Movement | None:
    if now is None:
        return "dropped" if before else None
    if before is None:
        return "new"
    return movement(now.figure, before.figure, alike=now.unit == before.unit or (now.stated.kind == "count" and keyed))


def movement(now: Figure, before: Figure, *, alike: bool = True) -> Movement:
    """Return how ``now`` differs from ``before``: by its numbers, else by its wording.

    Declines are compared as worded: from 下降3% to 下降4% the target is raised. Where one end of a range rises and the
    other falls, or unit or bound differ, it is only expressed otherwise; ``alike`` tells that the units are the same.
    """
    if not alike or now.kind != before.kind:
        return "reworded"
    same_way = (now.change == "decrease") == (before.change == "decrease")
    new, old = ((now.low, now.high), (before.low, before.high)) if same_way else (now.signed, before.signed)
    low, high = new[0].compare(old[0]), new[1].compare(old[1])
    if low == high == 0:
        same = bound_of(now) == bound_of(before) and now.approximate == before.approximate
        return "unchanged" if same else "reworded"
    if low >= 0 and high >= 0:
        return "raised"
    return "lowered" if low <= 0 and high <= 0 else "reworded"
