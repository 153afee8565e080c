"""From the pages of a layout format to a source: lines in order, paragraphs, tables, and where each line stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from policyparse.errors import ReadError
from policyparse.model import Diagnostic, Source
from policyparse.reading.building import Block, GridCell, TextBuilder
from policyparse.reading.columns import lines_of, rows_of
from policyparse.reading.furniture import without_furniture
from policyparse.reading.level_tables import upright_rules
from policyparse.reading.limits import Limits
from policyparse.reading.paragraphs import Joiner, Paragraph, body_size, joint, notes_of, set_edges
from policyparse.reading.printed import Box, Glyph, Line, Sheet, line_of, runs_of
from policyparse.reading.ruled import Lattice, Square, lattices_of

_FEWEST = 8
"""Characters that a page of text has at least; a scan may have a stamp or a page number as text."""

_FEW_LINES = 4
_PADDING = 1.2
"""Characters that a cell leaves free at its sides."""
_EDGE = 0.2
"""Share of a page's height at its top and its foot where a row may belong to a table on the page before or after."""


@dataclass(slots=True)
class _Chart:
    """A table on a page: its cells, each with its lines, and its edges across for telling where it goes on."""

    page: int
    top: float
    bottom: float
    across: list[float]
    cells: list[tuple[Square, list[Line]]]
    single: bool = False
    """Whether it is one row at the edge of the page, which may be part of a table on the next or the last."""


@dataclass(slots=True)
class _Page:
    """What stands on a page, before it is put in order with the others."""

    sheet: Sheet
    lines: list[Line]
    charts: list[_Chart]
    text: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)


def source_of_sheets(sheets: Iterable[Sheet], name: str, media_type: str, limits: Limits) -> Source:
    """Return the text of ``sheets`` with its tables and the place of every line. Raises ``ReadError``.

    A document of pictures, which has no text to take, is an error that names the remedy; single pages of that kind are
    named in the diagnostics.
    """
    pages: list[_Page] = []
    characters = 0
    for sheet in sheets:
        characters += len(sheet.glyphs)
        if characters > limits.characters:
            raise ReadError(
                f"{name}: its text has more than {limits.characters:,} characters (limit characters); "
                "split it, or raise the limit"
            )
        pages.append(_page_of(sheet))
        sheet.glyphs, sheet.rules = [], []
    pictured = [page.sheet.number for page in pages if page.sheet.pictures and _letters(page) < _FEWEST]
    if pictured and sum(map(_letters, pages)) < _FEWEST * len(pages):
        raise ReadError(
            f"{name}: its pages are pictures without a text layer (a scan); recognise the text first, for example with "
            "ocrmypdf -l chi_sim, and give the result"
        )
    said = dict.fromkeys(pictured, ("page.picture", "is a picture without text, which was not read"))
    said |= {
        page.sheet.number: ("page.broken", "is damaged and was passed over") for page in pages if page.sheet.broken
    }
    return _put_together(pages, said, name, media_type)


def _letters(page: _Page) -> int:
    in_charts = sum(len(line.text) for chart in page.charts for _, lines in chart.cells for line in lines)
    return in_charts + sum(len(line.text) for line in page.lines)


def _page_of(sheet: Sheet) -> _Page:
    """Return the lines of a page in reading order, and its tables."""
    lattices = lattices_of([*sheet.rules, *upright_rules(sheet)])
    free: list[Glyph] = []
    inside: list[dict[int, list[Glyph]]] = [{} for _ in lattices]
    for glyph in sheet.glyphs:
        x, y = (glyph.left + glyph.right) / 2, glyph.base - 0.35 * glyph.size
        for lattice, cells in zip(lattices, inside, strict=True):
            if lattice.holds(x, y):
                cells.setdefault(lattice.cell_at(x, y), []).append(glyph)
                break
        else:
            free.append(glyph)
    number, width = sheet.number, round(sheet.width)
    charts, framed = [], []
    for index, (lattice, cells) in enumerate(zip(lattices, inside, strict=True)):
        if lattice.is_table and len(cells) > 1:
            charts.append(_chart_of(lattice, cells, number))
        elif cells and _is_row_at_edge(lattice, sheet):
            charts.append(_chart_of(lattice, cells, number))
            charts[-1].single = True
        elif lattice.is_table or _is_page_border(lattice, sheet):
            free += [glyph for glyphs in cells.values() for glyph in glyphs]
        elif cells:
            framed.append(_frame_of(lattice, [glyph for each in cells.values() for glyph in each], number, index + 1))
    lines = lines_of(runs_of(free), number, (width,))
    for frame in framed:
        at = next((i for i, line in enumerate(lines) if line.base > frame[0].base), len(lines))
        lines[at:at] = frame
    return _Page(sheet, lines, charts)


def _frame_of(lattice: Lattice, glyphs: list[Glyph], page: int, index: int) -> list[Line]:
    lines = lines_of(runs_of(glyphs), page, (page, index))
    for line in lines:
        line.framed = index
        if len(lines) < _FEW_LINES:  # too few to tell by them where they end
            line.edges = lattice.across[0] + line.size / 2, lattice.across[-1] - line.size / 2
    return lines


def _is_page_border(lattice: Lattice, sheet: Sheet) -> bool:
    return lattice.across[-1] - lattice.across[0] > 0.7 * sheet.width and (
        lattice.down[-1] - lattice.down[0] > 0.6 * sheet.height
    )


def _is_row_at_edge(lattice: Lattice, sheet: Sheet) -> bool:
    if any(cell.row for cell in lattice.cells) or len(lattice.cells) < 2:
        return False
    return lattice.down[0] < _EDGE * sheet.height or lattice.down[-1] > (1 - _EDGE) * sheet.height


def _chart_of(lattice: Lattice, cells: dict[int, list[Glyph]], page: int) -> _Chart:
    found = []
    for index, square in enumerate(lattice.cells):
        runs = runs_of(cells.get(index, ()))
        found.append((square, [line_of(row, page) for row in rows_of(runs)]))
    return _Chart(page, lattice.down[0], lattice.down[-1], lattice.across, found)


def _put_together(pages: list[_Page], said: dict[int, tuple[str, str]], name: str, media_type: str) -> Source:
    kept = without_furniture([page.lines for page in pages], [page.sheet.height for page in pages])
    body = body_size(line for lines in kept for line in lines)
    for page, lines in zip(pages, kept, strict=True):
        page.text, page.notes = notes_of(lines, body)
    everything = [line for page in pages for line in page.text]
    set_edges(line for lines in kept for line in lines)
    writer = _Writer({page.sheet.number: page.sheet for page in pages}, Joiner(everything))
    without_text: list[tuple[int, int]] = []
    for page in pages:
        charts = sorted(page.charts, key=lambda chart: chart.top)
        for line in page.text:
            while charts and charts[0].top < line.base and _beside(charts[0], line):
                writer.chart(charts.pop(0))
            writer.line(line)
        for chart in charts:
            writer.chart(chart)
        writer.notes += page.notes
        if page.sheet.number in said:
            without_text.append((page.sheet.number, writer.length))
    writer.flush()
    length = writer.length
    diagnostics = [
        Diagnostic(
            code=said[number][0],
            message=f"page {number} {said[number][1]}",
            start=min(at, length),
            end=min(at, length),
        )
        for number, at in without_text
    ]
    return writer.builder.source(name, media_type, diagnostics=diagnostics)


def _beside(chart: _Chart, line: Line) -> bool:
    """Tell whether a line below a table's upper edge comes after it: in its column, or across it."""
    return line.left < chart.across[-1] and line.right > chart.across[0]


class _Writer:
    """Puts lines together to paragraphs, and tables that go on over pages to one."""

    def __init__(self, sheets: dict[int, Sheet], joiner: Joiner) -> None:
        self.builder = TextBuilder()
        self.notes: list[Line] = []
        self._sheets = sheets
        self._joiner = joiner
        self._paragraph: Paragraph = []
        self._last = ""
        self._charts: list[_Chart] = []

    @property
    def length(self) -> int:
        return len(self.builder)

    def line(self, line: Line) -> None:
        """Add a line of text."""
        self._end_chart()
        if self._paragraph and self._joiner.goes_on(self._paragraph, line):
            self._paragraph.append(line)
            return
        self._end_paragraph()
        self._paragraph = [line]

    def chart(self, chart: _Chart) -> None:
        """Add a table, or what of one stands on a further page."""
        self._end_paragraph()
        if self._charts and not _continues(self._charts[-1], chart):
            self._end_chart()
        self._charts.append(chart)

    def flush(self) -> None:
        """Write what is still open."""
        self._end_chart()
        self._end_paragraph()

    def _end_paragraph(self) -> None:
        self._write(self._paragraph)
        self._paragraph = []
        notes, self.notes = self.notes, []
        for note in self._parted(notes):
            self._write(note)

    def _parted(self, lines: list[Line]) -> list[Paragraph]:
        paragraphs: list[Paragraph] = []
        for line in lines:
            if paragraphs and self._joiner.goes_on(paragraphs[-1], line):
                paragraphs[-1].append(line)
            else:
                paragraphs.append([line])
        return paragraphs

    def _write(self, paragraph: Paragraph) -> None:
        blocks = self._blocks(paragraph)
        text = "".join(block.text for block in blocks)
        # A line printed twice, one below the other, is a title that the page and the document both give.
        if text and not (len(paragraph) == 1 and len(text) > 3 and text == self._last):
            self.builder.joined(blocks)
        self._last = text

    def _blocks(self, lines: list[Line]) -> list[Block]:
        """Return the lines of a paragraph, each with what parts it from the next."""
        blocks = [self._block(line) for line in lines]
        for above, below in pairwise(blocks):
            above.text += joint(above.text, below.text)
        return blocks

    def _block(self, line: Line) -> Block:
        return Block(line.text, page=line.page, box=self._sheets[line.page].shown(line.box))

    def _end_chart(self) -> None:
        charts, self._charts = self._charts, []
        if not charts:
            return
        self._last = ""
        if len(charts) == 1 and charts[0].single:
            for _, lines in charts[0].cells:
                self.builder.joined(self._blocks(lines))
            return
        rows: list[list[tuple[Square, list[Line]]]] = []
        for chart in charts:
            first = _row_text(chart, 0)
            repeated = bool(rows) and any(first) and first == _row_text(charts[0], 0)
            found: dict[int, list[tuple[Square, list[Line]]]] = {}
            for square, lines in chart.cells:
                found.setdefault(square.row, []).append((square, lines))
            added = [found.get(row, []) for row in range(max(found) + 1)][repeated:]
            if rows and added and _is_rest(added[0], rows[-1]):
                for (_, lines), (_, more) in zip(rows[-1], added.pop(0), strict=True):
                    lines += more
            rows += added
        self.builder.table(
            [self._cell(square, row, lines) for row, cells in enumerate(rows) for square, lines in cells]
        )

    def _cell(self, square: Square, row: int, lines: list[Line]) -> GridCell:
        paragraphs: list[Paragraph] = []
        for line in lines:
            above = paragraphs[-1][-1] if paragraphs else None
            # A line end that leaves room is the author's.
            if above and above.width + line.opening + _PADDING * line.size > square.right - square.left:
                paragraphs[-1].append(line)
            else:
                paragraphs.append([line])
        cell = GridCell(row, square.column, square.rows, square.columns)
        for paragraph in paragraphs:
            text = "".join(block.text for block in self._blocks(paragraph))
            sheet = self._sheets[paragraph[0].page]
            cell.blocks.append(Block(text, page=paragraph[0].page, box=sheet.shown(_around(paragraph))))
        return cell


def _around(lines: list[Line]) -> Box:
    return (
        min(line.left for line in lines),
        min(line.top for line in lines),
        max(line.right for line in lines),
        max(line.bottom for line in lines),
    )


def _is_rest(row: list[tuple[Square, list[Line]]], above: list[tuple[Square, list[Line]]]) -> bool:
    """Tell whether a row is what of the one above did not fit on its page: most cells are empty, none is a new figure."""
    if [square.column for square, _ in row] != [square.column for square, _ in above]:
        return False
    filled = [(lines, begun) for (_, lines), (_, begun) in zip(row, above, strict=True) if lines]
    if not filled or 2 * len(filled) > len(row):
        return False
    return all(begun and begun[-1].bare[-1] not in "。；" and not lines[0].bare[0].isdigit() for lines, begun in filled)


def _row_text(chart: _Chart, row: int) -> list[str]:
    return ["".join(line.bare for line in lines) for square, lines in chart.cells if square.row == row]


def _continues(above: _Chart, chart: _Chart) -> bool:
    """Tell whether a table is the next part of the one above: on the next page, with the same columns."""
    return (
        chart.page == above.page + 1
        and len(chart.across) == len(above.across)
        and all(abs(a - b) < 4 for a, b in zip(chart.across, above.across, strict=True))
    )
