"""From the tree of a Word file to paragraphs and tables.

Tracked changes read as accepted: what was inserted or moved here stays, what was deleted or moved away goes, and a paragraph
whose end was deleted goes on in the next one. Hidden text, codes of fields and pictures are left out; text boxes follow the
paragraph that they are anchored in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from policyparse.reading.building import Block, Grid, GridCell
from policyparse.reading.docx_numbering import Numbering
from policyparse.reading.docx_parts import attribute, child, children, is_on, local, number
from policyparse.reading.docx_styles import Styles, number_reference, outline_level
from policyparse.reading.markup import Element

Item = Block | Grid

_GONE = frozenset(
    {"del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText", "rt", "tblPr"}
)
_THROUGH = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo"}
)
_SIGNS = {"noBreakHyphen": "-", "tab": "\t", "ptab": "\t", "cr": "\n", "br": "\n"}
_LONGEST_HEADING = 80


class BodyReader:
    """Reads blocks in the order of the document, which is the order that automatic numbers count in."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._merged = ""  # text of a paragraph whose end was deleted

    def blocks(self, parent: Element, path: str) -> list[Item]:
        """Return the paragraphs and tables in ``parent``."""
        items: list[Item] = []
        counts: Counter[str] = Counter()
        for element in _flattened(parent):
            name = local(element)
            counts[name] += 1
            here = f"{path}/{name}[{counts[name]}]"
            if name == "p":
                items += self._paragraph(element, here)
            elif name == "tbl":
                items.append(self._table(element, here))
        if self._merged:
            items.append(Block(self._merged, path))
            self._merged = ""
        return items

    def _paragraph(self, element: Element, path: str) -> list[Item]:
        properties = child(element, "pPr")
        mark = child(properties, "rPr")
        text, boxes = _Text().read(element)
        if child(mark, "del", "moveFrom") is not None:
            self._merged += text
            return self._boxes(boxes, path)
        text, self._merged = self._merged + text, ""
        style = attribute(child(properties, "pStyle"), "val")
        hidden = not text.strip() and is_on(child(mark, "vanish"))
        label = "" if hidden else self._numbering.label(number_reference(properties), style)
        level = outline_level(properties)
        if level is None:
            level = self._styles.heading_level(style)
        lines = [line for line in text.split("\n") if line.strip()] or ["" if hidden or not label else label]
        if label and text.strip():
            lines[0] = _labelled(label, lines[0])
        blocks = [Block(line, path, level if len(line.strip()) <= _LONGEST_HEADING else 0) for line in lines]
        return [*blocks, *self._boxes(boxes, path)]

    def _boxes(self, boxes: list[Element], path: str) -> list[Item]:
        return [item for index, box in enumerate(boxes, 1) for item in self.blocks(box, f"{path}/txbxContent[{index}]")]

    def _table(self, element: Element, path: str) -> Grid:
        grid = Grid()
        above: dict[int, GridCell] = {}  # by column: the cell that cells below may be merged with
        row = 0
        for line in _flattened(element):
            properties = child(line, "trPr")
            if local(line) != "tr" or child(properties, "del") is not None:
                continue
            row += 1
            grid.row()
            grid.skip(number(attribute(child(properties, "gridBefore"), "val"), 0))
            column = 0
            for cell in _flattened(line):
                if local(cell) == "tc":
                    column += 1
                    self._cell(grid, cell, f"{path}/tr[{row}]/tc[{column}]", above)
        return grid

    def _cell(self, grid: Grid, element: Element, path: str, above: dict[int, GridCell]) -> None:
        properties = child(element, "tcPr")
        if child(properties, "cellDel") is not None:
            return
        columns = number(attribute(child(properties, "gridSpan"), "val"), 1, 1)
        merged = child(properties, "vMerge")
        sideways = child(properties, "hMerge")
        before = grid.cells[-1] if grid.cells else None
        if sideways is not None and attribute(sideways, "val", "continue") == "continue" and before is not None:
            before.columns += columns
            grid.skip(columns)
            return
        column = grid.column
        if merged is not None and attribute(merged, "val", "continue") == "continue" and column in above:
            above[column].rows += 1
            grid.skip(columns)
            return
        cell = grid.add(columns=columns, path=path)
        if cell is None:
            return
        above.pop(column, None)
        if merged is not None:
            above[column] = cell
        cell.blocks = self.blocks(element, path)


def _labelled(label: str, text: str) -> str:
    text = text.lstrip(" \t")
    digits = label[-1] in ".．" and text[:1].isdigit()  # 1. 2025年, which would be 1.2025
    return f"{label} {text}" if digits else label + text


def _flattened(parent: Element) -> Iterator[Element]:
    """Yield the children of an element, those inside containers that only mark them up in place of these."""
    pending = list(reversed(parent))
    while pending:
        element = pending.pop()
        name = local(element)
        if name in _THROUGH:
            pending.extend(reversed(element))
        elif name == "AlternateContent":
            pending.extend(reversed(_alternative(element)))
        elif name and name not in _GONE:
            yield element


def _alternative(element: Element) -> Element:
    """Return the first of several forms of the same thing that holds anything."""
    forms = [each for each in element if local(each) in ("Choice", "Fallback")]
    return next((each for each in forms if len(each)), forms[0] if forms else ())


class _Text:
    """The text of one paragraph, and the text boxes in it."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._boxes: list[Element] = []
        self._fields: list[bool] = []  # for each open field whether its result has begun

    def read(self, paragraph: Element) -> tuple[str, list[Element]]:
        pending = list(reversed(paragraph))
        while pending:
            element = pending.pop()
            name = local(element)
            if name in _GONE or not name:
                continue
            if name == "r" and is_on(child(child(element, "rPr"), "vanish")):
                self._fields_only(element)
            elif name == "AlternateContent":
                pending.extend(reversed(_alternative(element)))
            elif name == "txbxContent":
                self._boxes.append(element)
            elif name == "fldChar":
                self._field(attribute(element, "fldCharType"))
            elif name == "t":
                self._add(element.text or "")
            elif name in _SIGNS:
                self._add(_SIGNS[name])
            else:
                pending.extend(reversed(element))
        return "".join(self._pieces), self._boxes

    def _add(self, text: str) -> None:
        if all(self._fields):
            self._pieces.append(text)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _fields_only(self, run: Element) -> None:
        for element in children(run, "fldChar"):
            self._field(attribute(element, "fldCharType"))
