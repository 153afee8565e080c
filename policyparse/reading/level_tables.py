"""Tables with level lines only (the three-line table of statistics): their columns are where no row prints anything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from policyparse.reading.columns import is_prose, rows_of
from policyparse.reading.printed import Rule, Run, Sheet, runs_of
from policyparse.reading.ruled import MOST_RULES, merged

_FEWEST_RULES, _FEWEST_ROWS = 3, 2
_NARROWEST = 0.3
"""Share of the page's width that the lines measure at least."""
_SAME = 6.0
"""Points by which the ends of its lines may differ."""
_GUTTER = 0.8
"""Characters that two columns are apart at least."""
_MOST_IN_ONE = 0.34
"""Share of rows that may stand in one column only, such as the wrapped end of a cell."""


def upright_rules(sheet: Sheet) -> list[Rule]:
    """Return the lines that such tables on a page lack: between their columns and rows, and at their sides."""
    level = merged(rule for rule in sheet.rules if rule.level)
    if len(level) > MOST_RULES:
        return []
    upright = [rule for rule in sheet.rules if not rule.level]
    found: list[Rule] = []
    for rules in _groups(level, sheet.width):
        top, bottom = rules[0].at, rules[-1].at
        left, right = min(rule.start for rule in rules), max(rule.end for rule in rules)
        if any(left - _SAME < rule.at < right + _SAME and rule.start < bottom and rule.end > top for rule in upright):
            continue  # it has some of its own
        glyphs = [
            glyph for glyph in sheet.glyphs if top < glyph.base < bottom and left < glyph.right and glyph.left < right
        ]
        found += _missing(runs_of(glyphs), rules, left, right)
    return found


def _groups(level: list[Rule], width: float) -> Iterator[list[Rule]]:
    """Yield lines one below the other that begin and end together."""
    groups: list[list[Rule]] = []
    for rule in sorted(level, key=lambda rule: rule.at):
        if rule.end - rule.start < _NARROWEST * width:
            continue
        for group in groups:
            if abs(group[0].start - rule.start) < _SAME and abs(group[0].end - rule.end) < _SAME:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return (group for group in groups if len(group) >= _FEWEST_RULES)


def _missing(runs: list[Run], rules: list[Rule], left: float, right: float) -> list[Rule]:
    rows = rows_of(runs)
    if len(rows) < _FEWEST_ROWS:
        return []
    size = max(run.size for run in runs)
    columns = _columns(runs, size)
    if len(columns) < 2:
        return []
    single = sum(len({_column(run, columns) for run in row}) == 1 for row in rows)
    if single > _MOST_IN_ONE * len(rows):
        return []
    sides = [[run for run in runs if _column(run, columns) == index] for index in range(len(columns))]
    if sum(is_prose(side) for side in sides if side) > 1:
        return []  # text in columns between two lines
    top, bottom = rules[0].at, rules[-1].at
    gutters = [(one[1] + other[0]) / 2 for one, other in pairwise(columns)]
    found = [Rule(False, at, top, bottom) for at in (left, *gutters, right)]
    heads = [(min(run.base - run.size for run in row), max(run.base for run in row)) for row in rows]
    for row, (above, below) in zip(rows[1:], pairwise(heads), strict=True):
        if min(_column(run, columns) for run in row) > 0:
            continue  # the rest of the row above: its first cell is not begun anew
        at = (above[1] + below[0]) / 2
        if not any(above[1] - size / 2 < rule.at < below[0] + size / 2 for rule in rules):
            found.append(Rule(True, at, left, right))
    return found


def _columns(runs: list[Run], size: float) -> list[tuple[float, float]]:
    """Return from where to where each column prints."""
    columns: list[tuple[float, float]] = []
    for run in sorted(runs, key=lambda run: run.left):
        if columns and run.left < columns[-1][1] + _GUTTER * size:
            columns[-1] = columns[-1][0], max(columns[-1][1], run.right)
        else:
            columns.append((run.left, run.right))
    return columns


def _column(run: Run, columns: list[tuple[float, float]]) -> int:
    return next(index for index, (_, end) in enumerate(columns) if run.left <= end)
