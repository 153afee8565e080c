"""Across issuers: the targets and results of all issuers for one year and indicator, with ranks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from policyparse.comparison import Cell, Figure, Ranked, Ranking, Series


def rank_issuers(series: Iterable[Series]) -> Iterator[Ranking]:
    """Yield a ranking for each year and indicator that at least two issuers set a target for."""
    found: dict[tuple[int, str, str], list[tuple[Series, Cell]]] = defaultdict(list)
    order: dict[tuple[str, str], int] = {}
    for one in series:
        name = one.key or one.group or ""
        order.setdefault((name, one.form), len(order))
        for cell in one.cells:
            if cell.target:
                found[cell.year, name, one.form].append((one, cell))
    for year, name, form in sorted(found, key=lambda place: (-place[0], order[place[1:]])):
        members = found[year, name, form]
        if len(members) < 2:
            continue
        first = members[0][0]
        comparable = {one.unit for one, _ in members}
        by_target = _ranks(members, lambda cell: cell.target, first.direction, comparable)
        by_result = _ranks(members, lambda cell: cell.result, first.direction, comparable)
        rows = [
            Ranked(
                issuer=one.issuer,
                target=cell.target,
                target_rank=by_target.get(one.issuer),
                result=cell.result,
                result_rank=by_result.get(one.issuer),
                verdict=cell.verdict,
            )
            for one, cell in members
        ]
        rows.sort(key=lambda row: (row.target_rank is None, row.target_rank or 0, row.issuer))
        yield Ranking(
            year=year,
            key=first.key,
            group=first.group,
            name=first.name,
            form=first.form,
            unit=first.unit,
            direction=first.direction,
            rows=tuple(rows),
        )


def _ranks(
    members: list[tuple[Series, Cell]], figure_of: Callable[[Cell], Figure | None], direction: str, units: set[str]
) -> dict[str, int]:
    """Return ranks by issuer: by the low end, then the high end; what should fall is best where it is least.

    Where the issuers count in different units, nobody is ranked.
    """
    if len(units) > 1:
        return {}
    values: dict[str, tuple[Decimal, Decimal]] = {}
    for one, cell in members:
        figure = figure_of(cell)
        if figure is not None:
            values[one.issuer] = figure.signed
    ordered = sorted(values.values(), reverse=direction != "down")
    return {issuer: ordered.index(value) + 1 for issuer, value in values.items()}
