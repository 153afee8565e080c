"""Tables of a format on their way into the text: row by row, or as paragraphs where they only place text on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyparse.reading.building import Block, Grid, GridCell, TextBuilder, printed

_LONG = 400
_MANY = 6
_MOST = 0.6
"""A cell with so many characters in so many paragraphs, and this share of the table's, is the page's layout."""


def emit_table(builder: TextBuilder, grid: Grid) -> None:
    """Add a table to a text: row by row where it is one, as paragraphs where it only places text on the page.

    A row whose cells hold a table of their own becomes paragraphs and that table.
    """
    grid.close()
    if _is_layout(grid):
        for cell in grid.cells:
            _emit_blocks(builder, cell.blocks)
        return
    rows: list[GridCell] = []
    for cells in _row_groups(grid.cells):
        if any(isinstance(block, Grid) and block.cells for cell in cells for block in cell.blocks):
            builder.table(rows)
            rows = []
            for cell in cells:
                _emit_blocks(builder, cell.blocks)
        else:
            rows += cells
    builder.table(rows)


def _emit_blocks(builder: TextBuilder, blocks: Sequence[Block | Grid]) -> None:
    for block in blocks:
        if isinstance(block, Grid):
            emit_table(builder, block)
        else:
            builder.block(block)


def _row_groups(cells: Sequence[GridCell]) -> Iterator[list[GridCell]]:
    group: list[GridCell] = []
    reach = 0
    for cell in cells:  # rows that a spanning cell joins stay together
        if group and cell.row >= reach:
            yield group
            group = []
        group.append(cell)
        reach = max(reach, cell.row + cell.rows)
    if group:
        yield group


def _is_layout(grid: Grid) -> bool:
    sizes = []
    columns = set()
    for cell in grid.cells:
        size = sum(len(printed(block.text)) for block in cell.blocks if isinstance(block, Block))
        nested = any(isinstance(block, Grid) for block in cell.blocks)
        if size or nested:
            columns.add(cell.column)
        sizes.append((size, len(cell.blocks)))
    if len(columns) < 2:
        return True
    total = sum(size for size, _ in sizes)
    return any(size > _LONG and size > _MOST * total and count >= _MANY for size, count in sizes)
