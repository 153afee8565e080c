"""Tables from their ruled lines: which of them form a grid, and which of its squares are one cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from policyparse.reading.printed import Rule

_SNAP = 3.0
"""Points by which lines that meet may miss each other."""
_SHORTEST = 6.0
MOST_RULES = 3_000
"""A page with more is a drawing."""
_MOST_SQUARES = 20_000


@dataclass(slots=True)
class Square:
    """A cell: its first row and column, how many of each it spans, and its edges."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Lattice:
    """A ruled table, or a frame where it has a single cell."""

    across: list[float]
    down: list[float]
    cells: list[Square]
    owners: list[list[int]]
    """Row by row, the index of the cell to which each square of the grid belongs."""

    @property
    def is_table(self) -> bool:
        """Tell whether it has rows and columns."""
        return len({cell.column for cell in self.cells}) > 1 and len({cell.row for cell in self.cells}) > 1

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        return self.across[0] <= x <= self.across[-1] and self.down[0] <= y <= self.down[-1]

    def cell_at(self, x: float, y: float) -> int:
        """Return the index of the cell in which a point inside lies."""
        column = min(max(bisect_right(self.across, x) - 1, 0), len(self.across) - 2)
        row = min(max(bisect_right(self.down, y) - 1, 0), len(self.down) - 2)
        return self.owners[row][column]


def lattices_of(rules: Iterable[Rule]) -> list[Lattice]:
    """Return the tables that ``rules`` form, and the frames around text, from the top. Lines that cross no other are underlines and the like."""
    level = merged(rule for rule in rules if rule.level)
    upright = merged(rule for rule in rules if not rule.level)
    if len(level) + len(upright) > MOST_RULES:
        return []
    found = [lattice for across, down in _joined(level, upright) if (lattice := _lattice(across, down))]
    found.sort(key=lambda lattice: (lattice.down[0], lattice.across[0]))
    return _outermost(found)


def _outermost(found: list[Lattice]) -> list[Lattice]:
    """Leave out what lies inside another table, and frames that lie in or around something else."""
    kept = []
    for lattice in found:
        others = [other for other in found if other is not lattice]
        inside = [other for other in others if _area(other) > _area(lattice) and other.holds(*_middle(lattice))]
        if lattice.is_table:
            if not any(other.is_table for other in inside):
                kept.append(lattice)
        elif not inside and not any(lattice.holds(*_middle(other)) for other in others):
            kept.append(lattice)
    return kept


def _middle(lattice: Lattice) -> tuple[float, float]:
    return (lattice.across[0] + lattice.across[-1]) / 2, (lattice.down[0] + lattice.down[-1]) / 2


def _area(lattice: Lattice) -> float:
    return (lattice.across[-1] - lattice.across[0]) * (lattice.down[-1] - lattice.down[0])


def merged(rules: Iterable[Rule]) -> list[Rule]:
    """Join what is drawn in pieces, or twice."""
    merged: list[Rule] = []
    rows: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if rows and rule.at - rows[-1][0].at <= _SNAP:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    for row in rows:
        at = sum(rule.at for rule in row) / len(row)
        start = end = None
        for rule in sorted(row, key=lambda rule: rule.start):
            if start is None or end is None:
                start, end = rule.start, rule.end
            elif rule.start <= end + _SNAP:
                end = max(end, rule.end)
            else:
                merged.append(Rule(rule.level, at, start, end))
                start, end = rule.start, rule.end
        if start is not None and end is not None:
            merged.append(Rule(row[0].level, at, start, end))
    return [rule for rule in merged if rule.end - rule.start >= _SHORTEST]


def _joined(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the level and the upright lines of each figure: lines that meet, directly or through others."""
    parents = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for i, across in enumerate(level):
        for j, down in enumerate(upright, len(level)):
            if _meet(across, down):
                parents[root(i)] = root(j)
    figures: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate((*level, *upright)):
        figure = figures.setdefault(root(index), ([], []))
        figure[0 if rule.level else 1].append(rule)
    return [figure for figure in figures.values() if len(figure[0]) > 1 and figure[1]]


def _meet(level: Rule, upright: Rule) -> bool:
    return (
        level.start - _SNAP <= upright.at <= level.end + _SNAP
        and upright.start - _SNAP <= level.at <= upright.end + _SNAP
    )


def _lattice(level: list[Rule], upright: list[Rule]) -> Lattice | None:
    down = _apart(rule.at for rule in level)
    left, right = min(rule.start for rule in level), max(rule.end for rule in level)
    # Many tables are open at the sides: their level lines run on beyond the outermost upright ones.
    sides = [side for side in (left, right) if all(abs(side - rule.at) > 2 * _SNAP for rule in upright)]
    across = _apart([*(rule.at for rule in upright), *sides])
    rows, columns = len(down) - 1, len(across) - 1
    if rows < 1 or columns < 1 or rows * columns > _MOST_SQUARES:
        return None
    closed_right = _covered(upright, across, down)
    closed_below = _covered(level, down, across)
    parents = list(range(rows * columns))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and not closed_right[column + 1][row]:
                parents[root(here + 1)] = root(here)
            if row + 1 < rows and not closed_below[row + 1][column]:
                parents[root(here + columns)] = root(here)
    groups: dict[int, list[tuple[int, int]]] = {}
    for row in range(rows):
        for column in range(columns):
            groups.setdefault(root(row * columns + column), []).append((row, column))
    cells: list[Square] = []
    owners = [[0] * columns for _ in range(rows)]
    for squares in sorted(groups.values()):
        first, last = min(row for row, _ in squares), max(row for row, _ in squares)
        begin, end = min(column for _, column in squares), max(column for _, column in squares)
        for row, column in squares:
            owners[row][column] = len(cells)
        cells.append(
            Square(
                first,
                begin,
                last - first + 1,
                end - begin + 1,
                across[begin],
                down[first],
                across[end + 1],
                down[last + 1],
            )
        )
    return Lattice(across, down, cells, owners)


def _covered(rules: list[Rule], places: list[float], steps: list[float]) -> list[list[bool]]:
    """Tell for each of ``places`` which of the stretches between ``steps`` a line covers there."""
    covered = [[False] * (len(steps) - 1) for _ in places]
    for rule in rules:
        index = min(range(len(places)), key=lambda i: abs(places[i] - rule.at))
        for step in range(len(steps) - 1):
            begin, end = steps[step], steps[step + 1]
            if min(end, rule.end) - max(begin, rule.start) > 0.5 * (end - begin):
                covered[index][step] = True
    return covered


def _apart(places: Iterable[float]) -> list[float]:
    """Return the places in order, each once."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _SNAP:
            kept.append(place)
    return kept
