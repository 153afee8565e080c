"""The heads of a table: which rows they are, and what each column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from policyparse.lexicon import Lexicon
from policyparse.model import ResponsibilityRole
from policyparse.parsing.cells import TableCell, TableText
from policyparse.parsing.duty_lists import ROLES

_MOST_CELLS = 200_000
_DEEPEST = 3
_BRACKETS = re.compile(r"[(\[〔【][^()\[\]〔〕【】]{0,40}[)\]〕】]")
_SPACE = re.compile(r"[\s:*]+")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?: ?年)?")
# A value: a number with at most a word or sign of bound before it, and what measures it.
_VALUE = re.compile(
    r"[ 约近达超过不低于少高多+=≥≤><≧≦〔\[【(~±-]{0,6}\d[\d,]{0,15}(?:\.\d{1,6})?(?!\d{0,3} ?年(?!以))[^。;,]{0,24}$"
)
_NOTHING = re.compile(r"[-—–―/\\ …·]*$")
_LONGEST_HEAD = 40


@dataclass(slots=True)
class Column:
    """What a column holds.

    ``sort``: ``indicator``, ``unit``, ``kind``, ``serial``, ``task``, ``deadline``, ``duty``, ``value`` or ``""``. ``cells`` are
    its heads from the top down, ``bare`` their words together. ``year`` and ``said`` (``target``, ``actual``) tell of values;
    ``growth`` that they are rates of change, ``cumulative`` that they are sums of change, ``share`` that they are percentages;
    ``role`` whose bodies they name.
    """

    sort: str = ""
    bare: str = ""
    cells: list[TableCell] = field(default_factory=list)
    year: int | None = None
    year_at: tuple[int, int] | None = None
    said: str = ""
    growth: bool = False
    cumulative: bool = False
    share: bool = False
    role: ResponsibilityRole | None = None
    label: str = ""


@dataclass(slots=True)
class Sheet:
    """A table as rows of cells, a cell that spans several places in each of them, and its columns."""

    rows: list[list[TableCell | None]]
    columns: list[Column]
    body: int  # the first row below the heads

    def column(self, sort: str) -> int:
        """Return the last column of a sort, -1 where there is none."""
        return max((index for index, column in enumerate(self.columns) if column.sort == sort), default=-1)


class HeadReader:
    """Reads heads by the words of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        groups = lexicon.group("tables.heads")
        self._sorts = {
            word: sort for sort in ("serial", "kind", "unit", "task", "deadline", "indicator") for word in groups[sort]
        }
        self._growth, self._cumulative = frozenset(groups["growth"]), frozenset(groups["cumulative"])
        self._shares = groups["shares"]
        self._said = {word: sort for sort in ("target", "actual") for word in groups[sort]}
        labels = lexicon.group("duties.labels")
        self._labels: dict[str, ResponsibilityRole] = {word: role for role in ROLES for word in labels[role]}

    def sheet(self, folded: str, table: TableText) -> Sheet | None:
        """Return the table with its columns, ``None`` where it has no heads that say anything."""
        height = max(cell.row + cell.rows for cell in table.cells)
        width = max(cell.column + cell.columns for cell in table.cells)
        if height < 2 or width < 2 or height * width > _MOST_CELLS:
            return None
        rows: list[list[TableCell | None]] = [[None] * width for _ in range(height)]
        for cell in table.cells:
            for row in rows[cell.row : cell.row + cell.rows]:
                row[cell.column : cell.column + cell.columns] = [cell] * cell.columns
        top, body = _head_rows(folded, rows)
        if body >= height:
            return None
        columns = [self._column(folded, rows[top:body], index) for index in range(width)]
        for index, column in enumerate(columns):
            if column.sort == "value" and not is_mostly_values(folded, rows[body:], index):
                column.sort = ""
        return Sheet(rows, columns, body) if any(column.sort for column in columns) else None

    def _column(self, folded: str, heads: Sequence[Sequence[TableCell | None]], index: int) -> Column:
        cells: list[TableCell] = []
        for row in heads:
            cell = row[index]
            if cell is not None and cell.end > cell.start and cell not in cells:
                cells.append(cell)
        column = Column(cells=cells)
        texts = [folded[cell.start : cell.end] for cell in cells]
        column.bare = bare("".join(texts))
        if not column.bare or len(column.bare) > _LONGEST_HEAD:
            return column
        for word in (column.bare, bare(texts[-1])):
            if word in self._sorts:
                column.sort = self._sorts[word]
                return column
        label = self._label(column.bare)
        if label:
            column.sort, column.role, column.label = "duty", self._labels[label], label
            return column
        self._value(folded, column)
        return column

    def _label(self, head: str) -> str:
        """Return the longest label of responsible bodies that begins or ends a head (责任单位, 市级牵头单位)."""
        for size in range(min(len(head), 12), 1, -1):
            for word in (head[:size], head[-size:]):
                if word in self._labels:
                    return word
        return ""

    def _value(self, folded: str, column: Column) -> None:
        """Read what the values of a column are: of which year, set or reached, levels or changes."""
        for cell in column.cells:
            for match in _YEAR.finditer(folded, cell.start, cell.end):
                if column.year is None or int(match[1]) > column.year:
                    column.year, column.year_at = int(match[1]), match.span()
        column.share = column.bare.endswith(self._shares)
        rest = _YEAR.sub("", column.bare).strip("年度末底“”\"'的")
        for words, name in ((self._cumulative, "cumulative"), (self._growth, "growth")):
            if any(rest.endswith(rest[-size:]) and rest[-size:] in words for size in range(1, min(len(rest), 8) + 1)):
                setattr(column, name, True)
                break
        for size in range(min(len(rest), 6), 1, -1):
            said = self._said.get(rest[-size:]) or self._said.get(rest[:size])
            if said:
                column.said = said
                break
        if (
            column.year is not None
            or column.growth
            or column.cumulative
            or column.said
            or _BRACKETS.search("".join(folded[cell.start : cell.end] for cell in column.cells))
        ):
            column.sort = "value"


def bare(text: str) -> str:
    """Return a text without spaces and without what stands in brackets."""
    return _SPACE.sub("", _BRACKETS.sub("", _SPACE.sub("", text)))


def is_value(text: str) -> bool:
    """Tell whether a cell holds a value and nothing else."""
    return len(text) <= 48 and bool(_VALUE.match(text))


def is_mostly_values(folded: str, rows: Sequence[Sequence[TableCell | None]], index: int) -> bool:
    """Tell whether at least half of a column's cells that hold anything hold values."""
    values = others = 0
    for row in rows:
        cell = row[index]
        text = folded[cell.start : cell.end].strip() if cell is not None else ""
        if text and not _NOTHING.match(text):
            values += is_value(text)
            others += not is_value(text)
    return values > 0 and values >= others


def _head_rows(folded: str, rows: Sequence[Sequence[TableCell | None]]) -> tuple[int, int]:
    """Return the first row of heads and the first row below them."""
    top = 0
    while top < min(len(rows) - 1, _DEEPEST):
        filled = {id(cell) for cell in rows[top] if cell is not None and cell.end > cell.start}
        if len(filled) > 1:
            break
        top += 1  # the title of the table
    depth = 1
    for cell in rows[top]:
        if cell is not None and cell.row == top:
            depth = max(depth, min(cell.rows, _DEEPEST))
    head, below = rows[top], rows[top + 1] if top + 1 < len(rows) else []
    if depth == 1 and below:
        spans = any(cell is not None and cell.columns > 1 for cell in head)
        gaps = any(cell is None or cell.end <= cell.start for cell in head[1:])
        texts = [folded[cell.start : cell.end].strip() for cell in below if cell is not None]
        if (
            (spans or gaps)
            and len(rows) > top + 2
            and not any(is_value(text) for text in texts if not _YEAR.match(text))
        ):
            filled = {id(cell) for cell in below if cell is not None and cell.end > cell.start}
            if len(filled) > 1 and all(len(text) <= 12 for text in texts):
                depth = 2
    return top, top + depth
