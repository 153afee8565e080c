"""A text that is put together from the parts of a document, with its headings, tables and places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from policyparse.model import Cell, Diagnostic, MarkedHeading, Place, Source, Table
from policyparse.reading.text_tables import WIDEST

Box = tuple[float, float, float, float]

WITHIN_CELL = "\u2028"
"""What parts two paragraphs of one cell: a line end that is none of the table's rows."""
# Line ends of other kinds and control characters would break a line, or are nothing that is printed.
_BREAKS = re.compile("[\t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_NOTHING = re.compile("[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\ufeff\ufffe\uffff\ud800-\udfff]+")
_EDGES = " \t\n\r\x0b\x0c"


@dataclass(slots=True)
class Block:
    """A paragraph: its text, where it stands, and its level where the format marks it as a heading (0: it does not)."""

    text: str
    path: str = ""
    level: int = 0
    page: int | None = None
    box: Box | None = None


@dataclass(slots=True)
class GridCell:
    """A cell before it has its place in the text; ``row`` and ``column`` count from 0."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    path: str = ""
    blocks: list[Block | Grid] = field(default_factory=list)
    page: int | None = None
    box: Box | None = None


class Grid:
    """The cells of a table while its rows are read: finds the column of each, below cells that span rows."""

    def __init__(self) -> None:
        self.cells: list[GridCell] = []
        self._row = -1
        self._column = 0
        self._free_from = [0] * WIDEST  # for each column the first row that no cell from above covers

    @property
    def rows(self) -> int:
        """How many rows there are so far."""
        return self._row + 1

    def row(self) -> None:
        """Begin the next row."""
        self._row += 1
        self._column = 0

    @property
    def column(self) -> int:
        """The column that the next cell of the row comes to."""
        while self._column < WIDEST and self._free_from[self._column] > self._row:
            self._column += 1
        return self._column

    def skip(self, columns: int) -> None:
        """Leave ``columns`` empty."""
        self._column = min(self._column + max(columns, 0), WIDEST)

    def add(self, *, rows: int = 1, columns: int = 1, path: str = "") -> GridCell | None:
        """Place the next cell of the row and return it, ``None`` where the table is wider than ``WIDEST``."""
        if self._row < 0:
            self.row()
        if self.column >= WIDEST:
            return None
        columns = max(1, min(columns, WIDEST - self._column))
        cell = GridCell(self._row, self._column, max(1, rows), columns, path)
        self._free_from[self._column : self._column + columns] = [self._row + cell.rows] * columns
        self._column += columns
        self.cells.append(cell)
        return cell

    def close(self) -> None:
        """End the table: no cell spans more rows than there are."""
        for cell in self.cells:
            cell.rows = min(cell.rows, self._row + 1 - cell.row)


class TextBuilder:
    """Puts paragraphs and tables one below the other, each paragraph and each row of a table on a line."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blank = False
        self._headings: list[MarkedHeading] = []
        self._tables: list[Table] = []
        self._places: list[Place] = []

    def __len__(self) -> int:
        return self._length

    def block(self, block: Block) -> None:
        """Add a paragraph; of empty ones in a row one blank line is left."""
        text = printed(block.text)
        if not text:
            if self._length and not self._blank:
                self._add("\n")
                self._blank = True
            return
        self._blank = False
        start = self._add(text)
        self._place(start, block)
        if block.level:
            lead = len(text) - len(text.lstrip())
            self._headings.append(MarkedHeading(start=start + lead, end=self._length, level=block.level))
        self._add("\n")

    def joined(self, blocks: Sequence[Block]) -> None:
        """Add a paragraph of several printed lines: each is a block with its place, and what parts it from the next."""
        lines = [(_NOTHING.sub("", _BREAKS.sub(" ", block.text)), block) for block in blocks]
        if not any(text.strip() for text, _ in lines):
            return
        for text, block in lines:
            if text:
                self._place(self._add(text), block)
        self._add("\n")

    def table(self, cells: Sequence[GridCell]) -> None:
        """Add a table, given row by row: the cells of a row with a tab between each two columns, ``WITHIN_CELL``
        between two paragraphs of one cell."""
        cells = sorted(cells, key=lambda cell: (cell.row, cell.column))
        start, made = self._length, []
        row, column, empty = 0, 0, True
        for cell in cells:
            texts = [(printed(block.text), block) for block in cell.blocks if isinstance(block, Block)]
            texts = [(text, block) for text, block in texts if text]
            if cell.row > row and not empty:
                self._add("\n")
                column, empty = 0, True
            row = cell.row
            if texts and cell.column > column:
                self._add("\t" * (cell.column - column))
                column = cell.column
            begin = self._length
            for index, (text, block) in enumerate(texts):
                if index:
                    self._add(WITHIN_CELL)
                self._place(self._add(text.strip("\u3000\u00a0 ") or text), block)
            empty = empty and not texts
            made.append(
                Cell(
                    start=begin,
                    end=self._length,
                    row=cell.row,
                    column=cell.column,
                    rows=cell.rows,
                    columns=cell.columns,
                )
            )
        if self._length > start:
            self._blank = False
            self._tables.append(Table(start=start, end=self._length, cells=tuple(made)))
            self._add("\n")

    def source(
        self, name: str, media_type: str, *, encoding: str | None = None, diagnostics: Iterable[Diagnostic] = ()
    ) -> Source:
        """Return what was put together."""
        return Source(
            name=name,
            media_type=media_type,
            encoding=encoding,
            text="".join(self._pieces),
            headings=tuple(self._headings),
            tables=tuple(self._tables),
            places=tuple(self._places),
            diagnostics=tuple(diagnostics),
        )

    def _add(self, text: str) -> int:
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start

    def _place(self, start: int, block: Block) -> None:
        if block.path or block.page is not None:
            self._places.append(Place(start=start, end=self._length, page=block.page, box=block.box, path=block.path))


def printed(text: str) -> str:
    """Return ``text`` as one line: what is not printed goes, and so does white space at the edges but for indents."""
    return _NOTHING.sub("", _BREAKS.sub(" ", text)).strip(_EDGES).rstrip("\u3000\u00a0 ")
