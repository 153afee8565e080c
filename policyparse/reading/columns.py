"""From the runs of a page to its lines in reading order: columns one after the other, what spans them in its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from statistics import median

from policyparse.reading.printed import Line, Run, line_of

_FEWEST_LINES = 4
"""Lines that a column has at least."""
_FEWEST_WIDTHS = 6
"""Widths of a character that its lines measure at least."""
_FULL = 0.4
"""Share of the lines in the left column that reach its right edge: text does, the cells of a table do not."""
_DEEPEST = 3


def lines_of(runs: list[Run], page: int, column: tuple[int, ...] = ()) -> list[Line]:
    """Return the lines of a page, or of a part of it called ``column``, in the order in which they are read."""
    found: list[Line] = []
    for place, region in _regions(runs, (0, 0), 0):
        for row in rows_of(region):
            line = line_of(row, page)
            line.column = (*column, *place)
            found.append(line)
    return found


def rows_of(runs: list[Run]) -> list[list[Run]]:
    """Return the runs line by line from the top; raised and lowered characters go with their line."""
    rows: list[list[Run]] = []
    base = size = 0.0
    for run in sorted(runs, key=lambda run: (run.base, run.left)):
        if rows and run.base - base < 0.5 * max(size, run.size) and _has_room(rows[-1], run):
            rows[-1].append(run)
            if run.size > 1.1 * size:  # the line stands where its largest characters do
                base, size = run.base, run.size
        else:
            rows.append([run])
            base, size = run.base, run.size
    return rows


def _has_room(row: list[Run], run: Run) -> bool:
    """Tell whether ``run`` stands beside the others and not under them."""
    if abs(run.base - row[-1].base) < 0.15 * run.size:
        return True
    return all(run.left >= other.right - 0.3 * run.size or run.right <= other.left + 0.3 * run.size for other in row)


def _regions(runs: list[Run], place: tuple[int, int], depth: int) -> Iterator[tuple[tuple[int, int], list[Run]]]:
    """Yield the regions of a page with the column that each is: how many there are side by side, and which it is."""
    gutter = _gutter(runs) if depth < _DEEPEST else None
    if gutter is None:
        if runs:
            yield place, runs
        return
    plain: list[Run] = []
    for columns, band in _bands(runs, gutter):
        if not columns:
            plain += band
            continue
        if plain:
            yield place, plain
            plain = []
        left = [run for run in band if run.right <= gutter]
        right = [run for run in band if run.right > gutter]
        wide = place[0] + 1
        yield from _regions(left, (wide, place[1]), depth + 1)
        yield from _regions(right, (wide, place[1] + 1), depth + 1)
    if plain:
        yield place, plain


def _gutter(runs: list[Run]) -> float | None:
    """Return where a page is divided from top to bottom, ``None`` where it is not."""
    if len(runs) < 2 * _FEWEST_LINES:
        return None
    size = median(run.size for run in runs)
    lefts = sorted(run.left for run in runs)
    best, found = 0, None
    for at in _candidates(lefts, size):
        rows = sum(len(band) for columns, band in _bands(runs, at) if columns)
        if rows > best:
            best, found = rows, at
    return found


def _candidates(lefts: list[float], size: float) -> list[float]:
    """Return places left of where many runs begin, apart from the left edge."""
    found: list[float] = []
    index = 0
    while index < len(lefts):
        end = bisect_left(lefts, lefts[index] + 0.5 * size, index)
        if end - index >= _FEWEST_LINES and lefts[index] - lefts[0] > _FEWEST_WIDTHS * size:
            found.append(lefts[index] - 0.4 * size)
        index = max(end, index + 1)
    return found[:40]


def _bands(runs: list[Run], gutter: float) -> list[tuple[bool, list[Run]]]:
    """Return the runs from top to bottom in bands: with what crosses ``gutter``, and without; those in columns marked."""
    bands: list[tuple[bool, list[Run]]] = []
    for row in _level(runs):
        crossed = any(run.left < gutter < run.right for run in row)
        if bands and bands[-1][0] is not crossed:
            bands[-1][1].extend(row)
        else:
            bands.append((not crossed, list(row)))
    return [(parted and _are_columns(band, gutter), band) for parted, band in bands]


def _level(runs: list[Run]) -> Iterator[list[Run]]:
    """Yield runs from top to bottom, with those of about the same height together."""
    row: list[Run] = []
    for run in sorted(runs, key=lambda run: run.base):
        if row and run.base - row[0].base > 0.5 * row[0].size:
            yield row
            row = []
        row.append(run)
    if row:
        yield row


def _are_columns(band: list[Run], gutter: float) -> bool:
    left = [run for run in band if run.right <= gutter]
    right = [run for run in band if run.right > gutter]
    if min(len(left), len(right)) < _FEWEST_LINES:
        return False
    return all(is_prose(side) for side in (left, right))


def is_prose(runs: list[Run]) -> bool:
    """Tell whether the lines are long, and many end where the longest do."""
    rows = [(min(run.left for run in row), max(run.right for run in row)) for row in rows_of(runs)]
    size = median(run.size for run in runs)
    if len(rows) < _FEWEST_LINES or median(right - left for left, right in rows) < _FEWEST_WIDTHS * size:
        return False
    edge = max(right for _, right in rows)
    return sum(right > edge - 1.6 * size for _, right in rows) >= _FULL * len(rows)
