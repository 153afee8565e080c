"""OFD (GB/T 33190), the layout format of official documents: a ZIP of XML with text at its places on the pages."""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator

from policyparse.errors import ReadError
from policyparse.model import Source
from policyparse.reading.layout import source_of_sheets
from policyparse.reading.limits import Limits
from policyparse.reading.markup import Element, xml_tree
from policyparse.reading.packages import Package
from policyparse.reading.printed import Glyph, Rule, Sheet, strokes

MEDIA_TYPE = "application/ofd"

_POINTS = 72 / 25.4
"""Points of a millimetre, in which OFD measures."""
_A4 = (0.0, 0.0, 210.0, 297.0)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d{0,12}|\.\d{1,12})(?:[eE][-+]?\d{1,3})?")
_STEP = re.compile(rf"g|{_NUMBER.pattern}")
_TURN = re.compile(rf"[A-Za-z]|{_NUMBER.pattern}")
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_MOST_REPEATS = 100_000
_DEEPEST = 16
_WIDE = "\u2e80"
"""First of the characters that are as wide as high."""

Matrix = tuple[float, float, float, float, float, float]


def read_ofd(data: bytes, name: str, limits: Limits) -> Source:
    """Return the text of an OFD file: paragraphs, ruled tables, and page and box of every line. Raises ``ReadError``."""
    package = _Ofd(data, name, limits)
    return source_of_sheets(package.sheets(), name, MEDIA_TYPE, limits)


class _Ofd:
    """The parts of an OFD file, found from its entry part on."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._package = Package(data, name, limits, what="OFD file")
        self._parts = {part.lstrip("/").lower(): part for part in self._package.names}

    def sheets(self) -> Iterator[Sheet]:
        """Yield the pages of all documents in the file."""
        roots = [_words(node) for node in _all(self._tree("OFD.xml"), "DocRoot")]
        number = 0
        for root in roots:
            path = _resolved("", root)
            document = self._tree(path)
            box = _box(next(_all(document, "PhysicalBox"), None)) or _A4
            templates = {
                node.get("ID"): _resolved(path, node.get("BaseLoc") or "") for node in _all(document, "TemplatePage")
            }
            for pages in _children(document, "Pages"):
                for page in _children(pages, "Page"):
                    number += 1
                    if number > self._limits.pages:
                        raise ReadError(
                            f"{self._name}: has more than {self._limits.pages:,} pages (limit pages); raise the limit"
                        )
                    yield self._sheet(number, _resolved(path, page.get("BaseLoc") or ""), templates, box)
        if not number:
            raise ReadError(f"{self._name}: this OFD file has no pages; get the file again")

    def _sheet(self, number: int, part: str, templates: dict[str | None, str], box: tuple[float, ...]) -> Sheet:
        page = self._tree(part)
        area = next(_children(page, "Area"), None)
        box = (_box(next(_all(area, "PhysicalBox"), None)) if area is not None else None) or box
        sheet = Sheet(number, box[2] * _POINTS, box[3] * _POINTS)
        origin = (_POINTS, 0.0, 0.0, _POINTS, -box[0] * _POINTS, -box[1] * _POINTS)
        for template in _children(page, "Template"):
            part = templates.get(template.get("TemplateID"), "")
            if part.lower() in self._parts:
                self._add(sheet, self._tree(part), origin)
        self._add(sheet, page, origin)
        return sheet

    def _add(self, sheet: Sheet, page: Element, origin: Matrix) -> None:
        for content in _children(page, "Content"):
            for layer in _children(content, "Layer"):
                for item in _objects(layer, 0):
                    kind = _local(item)
                    if item.get("Visible") == "false":
                        continue
                    if kind == "TextObject":
                        sheet.glyphs.extend(self._glyphs(item, origin))
                        if len(sheet.glyphs) > self._limits.characters:
                            return
                    elif kind == "PathObject":
                        sheet.rules.extend(_rules(item, origin))
                    elif kind == "ImageObject":
                        sheet.pictures = True

    def _glyphs(self, item: Element, origin: Matrix) -> Iterator[Glyph]:
        """Yield the characters of a text object that stand upright."""
        matrix = _place(item, origin)
        size = _number(item.get("Size"), 0.0)
        if abs(matrix[1]) > 0.1 * abs(matrix[0]) or matrix[0] <= 0 or not 0 < size < 10_000:
            return
        scale, height = matrix[0], math.hypot(matrix[2], matrix[3]) * size
        x = y = 0.0
        for code in _children(item, "TextCode"):
            x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
            text = "".join(code.itertext()).strip("\r\n")
            across = _steps(code.get("DeltaX"), len(text))
            down = _steps(code.get("DeltaY"), len(text))
            here, base = x, y
            for index, char in enumerate(text):
                width = size if char >= _WIDE or char in "“”‘’—…①" else size / 2
                left, at = _applied(matrix, here, base)
                yield Glyph(char, left, left + width * scale, at, height)
                stands = index < len(down) and bool(down[index])
                here += across[index] if index < len(across) else (0.0 if stands else width)
                base += down[index] if index < len(down) else 0.0

    def _tree(self, part: str) -> Element:
        found = self._parts.get(part.lower())
        if found is None:
            raise ReadError(f"{self._name}: {part or 'its entry'} is missing in this OFD file; get the file again")
        return xml_tree(self._package.read(found), self._name, found, self._limits)


def _objects(node: Element, depth: int) -> Iterator[Element]:
    """Yield the objects of a layer, also those in blocks."""
    for child in node:
        if _local(child) == "PageBlock":
            if depth < _DEEPEST:
                yield from _objects(child, depth + 1)
        else:
            yield child


def _rules(item: Element, origin: Matrix) -> Iterator[Rule]:
    """Yield the ruled lines that a path draws."""
    stroked, filled = item.get("Stroke") != "false", item.get("Fill") == "true"
    data = next(_children(item, "AbbreviatedData"), None)
    if data is None or not (stroked or filled):
        return
    matrix = _place(item, origin)
    figure: list[tuple[float, float]] = []
    for command, values in _commands(_words(data)):
        if command == "C" and figure:
            figure.append(figure[0])
        elif command in "SM":
            yield from strokes(figure, stroked=stroked)
            figure = []
        if len(values) >= 2:
            figure.append(_applied(matrix, values[-2], values[-1]))
    yield from strokes(figure, stroked=stroked)


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    command = ""
    values: list[float] = []
    for word in _TURN.findall(data[:200_000]):
        if word[0].isalpha():
            if command:
                yield command, values
            command, values = word.upper(), []
            if command not in _TAKES:
                return
        else:
            values.append(_number(word, 0.0))
    if command:
        yield command, values


def _place(item: Element, origin: Matrix) -> Matrix:
    """Return what leads from an object's own space to the page in points."""
    box = _numbers(item.get("Boundary"))
    a, b, c, d, e, f = (*_numbers(item.get("CTM")), 0, 0, 0, 0, 0, 0)[:6] if item.get("CTM") else (1, 0, 0, 1, 0, 0)
    if len(box) >= 2:
        e, f = e + box[0], f + box[1]
    scale, _, _, _, left, top = origin
    return a * scale, b * scale, c * scale, d * scale, e * scale + left, f * scale + top


def _applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _steps(value: str | None, most: int) -> list[float]:
    """Return distances between characters, with ``g N D`` written out as N times D."""
    words = _STEP.findall((value or "")[:_MOST_REPEATS])
    steps: list[float] = []
    index = 0
    while index < len(words) and len(steps) < most:
        if words[index] == "g":
            if index + 2 < len(words) and "g" not in words[index + 1 : index + 3]:
                steps += [_number(words[index + 2], 0.0)] * min(max(int(_number(words[index + 1], 0.0)), 0), most)
            index += 3
        else:
            steps.append(_number(words[index], 0.0))
            index += 1
    return steps


def _resolved(base: str, location: str) -> str:
    """Return the part that ``location`` names in the part ``base``; nothing outside the file can be named."""
    location = location.strip().replace("\\", "/")
    if location.startswith("/"):
        return posixpath.normpath(location).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), location)).lstrip("/")


def _all(node: Element, name: str) -> Iterator[Element]:
    return (each for each in node.iter() if _local(each) == name)


def _children(node: Element, name: str) -> Iterator[Element]:
    return (each for each in node if _local(each) == name)


def _local(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _words(node: Element) -> str:
    return "".join(node.itertext())


def _box(node: Element | None) -> tuple[float, ...] | None:
    found = _numbers(_words(node)) if node is not None else []
    return tuple(found) if len(found) == 4 and 0 < found[2] < 100_000 and 0 < found[3] < 100_000 else None


def _numbers(text: str | None) -> list[float]:
    found = [float(word) for word in _NUMBER.findall((text or "")[:1_000])]
    return found if all(abs(number) < 1e6 for number in found) else []


def _number(text: str | None, otherwise: float) -> float:
    found = _numbers(text)
    return found[0] if found else otherwise
