"""Tables that a plain text or Markdown draws with signs: tabs, or bars and a rule below the heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from policyparse.model import Cell, Extent, Table

WIDEST = 200
"""Columns of a table that are read; no table of a document has more."""
_LINE = re.compile(r"[^\n]*\n?")
_RULE = re.compile(r"[ \t]{0,8}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*){1,200}\|?[ \t\r]*$")
_LABEL = re.compile(
    r"[(（]?(?:\d{1,3}(?:\.\d{1,3}){0,3}[)）、.．]|[一二三四五六七八九十百]{1,4}|第[\d一二三四五六七八九十百]{1,6}[章节条])[)）、.．：:]*$|[-—·•●*]$"
)
_LEAST_ROWS = 2
_EDGES = " \u3000\u00a0\r"


def text_tables(text: str) -> tuple[Table, ...]:
    """Return the tables of a plain text: those of Markdown, and lines in a row with the same number of tabs.

    >>> [(cell.row, cell.column) for cell in text_tables("指标\\t2025年\\n就业率\\t95%\\n")[0].cells]
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    """
    tables = list(_markdown_tables(text)) if "|" in text and "-" in text else []
    if "\t" in text:
        tables += _tabbed_tables(text)
    return tuple(sorted(tables, key=lambda table: table.start))


def _markdown_tables(text: str) -> Iterator[Table]:
    lines = [match.span() for match in _LINE.finditer(text)]
    index, reached = 1, 0
    while index < len(lines):
        start, end = lines[index]
        if "-" in text[start : start + 12] and index > reached and _is_rule(text[start:end]):
            above = lines[index - 1]
            rows = [above] if "|" in text[slice(*above)] else []
            below = index + 1
            while below < len(lines) and "|" in text[slice(*lines[below])]:
                rows.append(lines[below])
                below += 1
            if len(rows) >= _LEAST_ROWS:
                yield _table([_barred(text, *row) for row in rows])
            index = reached = below
        index += 1


def _is_rule(line: str) -> bool:
    return len(line) < 4_000 and bool(_RULE.match(line.rstrip("\n")))


def _barred(text: str, start: int, end: int) -> list[Extent]:
    """Return the cells of a row of Markdown; a bar behind a backslash is text."""
    cells: list[tuple[int, int]] = []
    begin = start
    for at in range(start, end):
        if text[at] == "|" and (at == start or text[at - 1] != "\\"):
            cells.append((begin, at))
            begin = at + 1
    cells.append((begin, end))
    if not text[slice(*cells[0])].strip():
        del cells[0]
    if cells and not text[slice(*cells[-1])].strip():
        del cells[-1]
    return [_trimmed(text, *cell) for cell in cells[:WIDEST]]


def _tabbed_tables(text: str) -> Iterator[Table]:
    rows: list[list[Extent]] = []
    for match in _LINE.finditer(text):
        start = match.start()
        line = match[0].rstrip("\r\n")
        cells = _tabbed(text, start, start + len(line)) if "\t" in line.strip(_EDGES + "\t") else []
        if cells:
            rows.append(cells)
            continue
        if _is_tabbed_table(text, rows):
            yield _table(rows)
        rows = []
    if _is_tabbed_table(text, rows):
        yield _table(rows)


def _is_tabbed_table(text: str, rows: Sequence[Sequence[Extent]]) -> bool:
    """Tell a table from lines in which a tab stands behind the label or indents: it has rows of the same length."""
    if len(rows) < _LEAST_ROWS:
        return False
    labels = sum(bool(_LABEL.match(text, row[0].start, row[0].end)) for row in rows)
    length, most = Counter(len(row) for row in rows).most_common(1)[0]
    return labels * 2 < len(rows) and length > 1 and most * 2 >= len(rows)


def _tabbed(text: str, start: int, end: int) -> list[Extent]:
    """Return the cells of a line; tabs that only indent it do not begin cells where nothing else does."""
    cells: list[Extent] = []
    begin = start
    while begin <= end and len(cells) < WIDEST:
        at = text.find("\t", begin, end)
        at = end if at < 0 else at
        cells.append(_trimmed(text, begin, at))
        begin = at + 1
    return cells if sum(cell.end > cell.start for cell in cells) >= 2 else []


def _trimmed(text: str, start: int, end: int) -> Extent:
    while start < end and (text[start] in _EDGES or text[start] in "\n\t"):
        start += 1
    while end > start and (text[end - 1] in _EDGES or text[end - 1] in "\n\t"):
        end -= 1
    return Extent(start=start, end=end)


def _table(rows: list[list[Extent]]) -> Table:
    cells = tuple(
        Cell(start=cell.start, end=cell.end, row=row, column=column)
        for row, line in enumerate(rows)
        for column, cell in enumerate(line)
    )
    return Table(start=cells[0].start, end=cells[-1].end, cells=cells)
