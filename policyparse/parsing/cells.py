"""Tables in the reading text: each cell is a line of its own there, as it is a text of its own on the page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from policyparse.model import Source
from policyparse.parsing.characters import Text

_NUMBER = re.compile(r"[\d.,%‰()\[\]〔〕【】<>≥≤≧≦+~±\s-]*$")
_LONGEST_NUMBER = 30


@dataclass(slots=True)
class TableCell:
    """A cell with its place in the reading text; ``row`` and ``column`` count from 0."""

    start: int
    end: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class TableText:
    """A table with its place in the reading text."""

    start: int
    end: int
    cells: list[TableCell] = field(default_factory=list)


def tables_in(source: Source, text: Text) -> list[TableText]:
    """Return the tables of ``source`` with offsets of ``text``."""
    if not source.tables:
        return []
    offsets = sorted({edge for table in source.tables for cell in table.cells for edge in (cell.start, cell.end)})
    place = dict(zip(offsets, text.from_source_all(offsets), strict=True))
    found = []
    for table in source.tables:
        cells = [
            TableCell(place[cell.start], place[cell.end], cell.row, cell.column, cell.rows, cell.columns)
            for cell in table.cells
        ]
        if cells:
            found.append(TableText(min(c.start for c in cells), max(c.end for c in cells), cells))
    return found


def gaps_of(tables: Sequence[TableText], text: str) -> list[tuple[int, int]]:
    """Return what parts the cells of each table, and parts the table from the text around it, in order."""
    found: list[tuple[int, int]] = []
    for table in tables:
        reached = table.start
        while reached and text[reached - 1] in "| ":
            reached -= 1
        for start, end in sorted((cell.start, cell.end) for cell in table.cells if cell.end > cell.start):
            found.append((reached, max(start, reached)))
            reached = max(end, reached)
        end = reached
        while end < len(text) and text[end] in "| ":
            end += 1
        found.append((reached, end))
    return found


def numbers_in(tables: Sequence[TableText], text: str) -> list[tuple[int, int]]:
    """Return the cells that hold a number and no words: they head nothing, though 1.2 may look like a label."""
    found = []
    for table in tables:
        cells = sorted((cell.start, cell.end) for cell in table.cells if 0 < cell.end - cell.start <= _LONGEST_NUMBER)
        found += [(start, end) for start, end in cells if _NUMBER.match(text, start, end)]
    return found


def outside(breaks: Sequence[tuple[int, int]], gaps: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the line ends that break a sentence without those that part two cells, or a table from the text."""
    if not gaps:
        return list(breaks)
    starts, kept = [start for start, _ in gaps], []
    for start, end in breaks:
        index = bisect_left(starts, end + 1) - 1  # the last gap that begins no later than the break ends
        if index < 0 or gaps[index][1] < start:
            kept.append((start, end))
    return kept
