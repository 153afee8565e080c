"""PDF: the text layer of the pages and their ruled lines, by pypdfium2."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from threading import Lock
from typing import Any

from policyparse.errors import ReadError
from policyparse.model import Source
from policyparse.reading.layout import source_of_sheets
from policyparse.reading.limits import Limits
from policyparse.reading.printed import FARTHEST, Glyph, Rule, Sheet, strokes

MEDIA_TYPE = "application/pdf"

_PDFIUM = Lock()
"""PDFium may be called by one thread at a time."""
_MOST_OBJECTS = 50_000
"""Drawings of a page that are looked at for ruled lines; a page with more is a map."""
_NO_SIZE = 595.0, 842.0
_MOST_POINTS = 2_000
_DEEPEST = 8
_UNREADABLE = 0.5
"""Share of characters without a meaning from which the text layer is none."""
_ERRORS = {
    3: "this PDF is damaged; get the file again, or open and save it in a PDF program",
    4: "this PDF is encrypted with a password; save a copy without one",
    5: "this PDF is encrypted in a way that is not supported; save a copy without encryption",
}

_MADE = frozenset((2, 32, 0xFFFE))
"""What PDFium adds where the file has nothing, apart from line ends."""
_RADICALS = dict(
    zip(
        "⺁⺇⺌⺎⺟⺠⺣⺩⺫⺼⻁⻄⻅⻆⻉⻋⻑⻒⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "厂几小兀母民灬王目月虎西见角贝车長镸长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
"""Radicals without a decomposition, which fonts show for the characters that look the same."""

_Mark = tuple[str, int, int, float, float, float, float, float, float, float]
"""A character with its text object, direction, origin, loose box and size, in the space of the page."""
Matrix = tuple[float, float, float, float, float, float]


def read_pdf(data: bytes, name: str, limits: Limits) -> Source:
    """Return the text of a PDF file: paragraphs, ruled tables, and page and box of every line. Raises ``ReadError``."""
    import pypdfium2  # a library of several megabytes, which other formats do without

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            reason = _ERRORS.get(getattr(error, "err_code", 0) or 0, _ERRORS[3])
            raise ReadError(f"{name}: {reason}") from error
        try:
            return source_of_sheets(_sheets(document, name, limits), name, MEDIA_TYPE, limits)
        finally:
            document.close()


def _sheets(document: Any, name: str, limits: Limits) -> Iterator[Sheet]:
    import pypdfium2

    count = len(document)
    if not count:
        raise ReadError(f"{name}: this PDF has no pages; get the file again")
    if count > limits.pages:
        raise ReadError(f"{name}: has {count:,} pages, more than {limits.pages:,} (limit pages); raise the limit")
    opened = characters = unknown = 0
    for index in range(count):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            yield Sheet(index + 1, *_NO_SIZE, broken=True)
            continue
        try:
            reader = _PageReader(page, index + 1, limits.characters - characters)
            sheet = reader.sheet()
        except pypdfium2.PdfiumError:
            sheet = Sheet(index + 1, *_NO_SIZE, broken=True)
        finally:
            page.close()
        opened += not sheet.broken
        characters += reader.count
        unknown += reader.unknown
        if characters >= limits.characters:
            raise ReadError(
                f"{name}: its text has more than {limits.characters:,} characters (limit characters); "
                "split it, or raise the limit"
            )
        yield sheet
    if not opened:
        raise ReadError(f"{name}: none of its {count:,} pages can be read; {_ERRORS[3]}")
    if unknown > _UNREADABLE * (unknown + characters):
        raise ReadError(
            f"{name}: its fonts do not say which characters they show, so that there is no text to take; recognise the "
            "text first, for example with ocrmypdf --force-ocr -l chi_sim, and give the result"
        )


class _PageReader:
    """Takes glyphs and ruled lines from a page."""

    def __init__(self, page: Any, number: int, most: int) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._page = page
        self._number = number
        self._most = most
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page.raw, box)
        self._box = (box.left, box.bottom, box.right, box.top)
        self.count = 0
        self.unknown = 0

    def sheet(self) -> Sheet:
        """Return the page, turned so that most of its text runs from left to right."""
        text_page = self._page.get_textpage()
        try:
            marks: list[_Mark] = []
            for mark in self._marks(text_page.raw):
                if marks and marks[-1][1:] == mark[1:]:  # one glyph that stands for several characters: —— or ffi
                    mark = (marks.pop()[0] + mark[0], *mark[1:])
                marks.append(mark)
        finally:
            text_page.close()
        self.count = len(marks)
        turn = Counter(mark[2] for mark in marks).most_common(1)[0][0] if marks else self._page.get_rotation() // 90
        left, bottom, right, top = self._box
        width, height = right - left, top - bottom
        sheet = Sheet(self._number, *((height, width) if turn % 2 else (width, height)))
        sheet.turns = (self._page.get_rotation() // 90 - turn) % 4
        sheet.glyphs = self._glyphs([mark for mark in marks if mark[2] == turn], turn)
        self._draw(sheet, turn)
        return sheet

    def _marks(self, raw: Any) -> Iterator[_Mark]:
        """Yield what is printed on the page, character by character."""
        pdfium = self._pdfium
        x, y = ctypes.c_double(), ctypes.c_double()
        box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        left, bottom, right, top = self._box
        count = min(pdfium.FPDFText_CountChars(raw), self._most)
        forms = self._has_forms()
        last, direction, size = 0, 0, 0.0
        frame: Matrix | None = None
        text_space: Matrix | None = None
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(raw, index)
            if code in (0, 13, 10, 0xFFFD) or 0xE000 <= code < 0xF900:
                self.unknown += code not in (13, 10)
                continue
            if code in _MADE and pdfium.FPDFText_IsGenerated(raw, index) == 1:
                continue
            text = _character(code)
            if not text:
                continue
            item = pdfium.FPDFText_GetTextObject(raw, index)
            address = ctypes.c_void_p.from_buffer(item).value or 0
            if address != last or not address:
                last = address
                pdfium.FPDFText_GetMatrix(raw, index, matrix)
                direction = _direction(matrix.a, matrix.b)
                size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
                if forms:
                    own = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
                    text_space, frame = _inverse(own), _frame(self._matrix(item), own)
            if direction < 0 or not 0 < size < FARTHEST:
                continue
            pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
            pdfium.FPDFText_GetLooseCharBox(raw, index, box)
            if frame and text_space and abs(_times((1, 0, 0, 1, x.value, y.value), text_space)[5]) > 2:
                # PDFium leaves a character that it replaces by another (a radical) in the space of the form around it.
                x.value, y.value = _times((1, 0, 0, 1, x.value, y.value), frame)[4:]
                box.left, box.bottom = _times((1, 0, 0, 1, box.left, box.bottom), frame)[4:]
                box.right, box.top = _times((1, 0, 0, 1, box.right, box.top), frame)[4:]
            if not (left - 1 <= x.value <= right + 1 and bottom - 1 <= y.value <= top + 1):
                continue
            yield text, address, direction, x.value, y.value, box.left, box.bottom, box.right, box.top, size

    def _has_forms(self) -> bool:
        count = min(self._pdfium.FPDFPage_CountObjects(self._page.raw), _MOST_OBJECTS)
        kinds = (
            self._pdfium.FPDFPageObj_GetType(self._pdfium.FPDFPage_GetObject(self._page.raw, i)) for i in range(count)
        )
        return any(kind == self._pdfium.FPDF_PAGEOBJ_FORM for kind in kinds)

    def _glyphs(self, marks: list[_Mark], turn: int) -> list[Glyph]:
        glyphs: list[Glyph] = []
        last = 0
        for text, item, _, x, y, left, bottom, right, top, size in marks:
            begin, end = sorted(self._turned(*corner, turn)[0] for corner in ((left, bottom), (right, top)))
            at, base = self._turned(x, y, turn)
            if not end - begin < FARTHEST:
                continue
            # Boxes are those of the font at hand, which may not be the one meant.
            if glyphs and item == last and glyphs[-1].left < at < glyphs[-1].right:
                glyphs[-1] = glyphs[-1]._replace(right=at)
            last = item
            glyphs.append(Glyph(text, begin, end, base, size))
        return glyphs

    def _turned(self, x: float, y: float, turn: int) -> tuple[float, float]:
        """Return a point of the page's own space, counted from the upper left corner of the turned page."""
        left, bottom, right, top = self._box
        if turn == 0:
            return x - left, top - y
        if turn == 1:
            return y - bottom, x - left
        if turn == 2:
            return right - x, y - bottom
        return top - y, right - x

    def _draw(self, sheet: Sheet, turn: int) -> None:
        """Add ruled lines, and whether there are pictures."""
        pdfium = self._pdfium
        budget = _MOST_OBJECTS
        if pdfium.FPDFPage_CountObjects(self._page.raw) > budget:
            sheet.pictures = True
            return
        stack: list[tuple[Any, int, Matrix, int]] = [(self._page.raw, 0, (1, 0, 0, 1, 0, 0), 0)]
        while stack and budget:
            holder, at, matrix, depth = stack.pop()
            count = pdfium.FPDFFormObj_CountObjects(holder) if depth else pdfium.FPDFPage_CountObjects(holder)
            for index in range(at, min(count, at + budget)):
                item = (pdfium.FPDFFormObj_GetObject if depth else pdfium.FPDFPage_GetObject)(holder, index)
                budget -= 1
                kind = pdfium.FPDFPageObj_GetType(item)
                if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                    sheet.pictures = True
                elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                    self._rules(item, _times(self._matrix(item), matrix), sheet.rules, turn)
                elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                    stack.append((item, 0, _times(self._matrix(item), matrix), depth + 1))
        if not budget:
            sheet.rules = []

    def _matrix(self, item: Any) -> Matrix:
        matrix = self._pdfium.FS_MATRIX()
        if not self._pdfium.FPDFPageObj_GetMatrix(item, matrix):
            return (1, 0, 0, 1, 0, 0)
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def _rules(self, path: Any, matrix: Matrix, rules: list[Rule], turn: int) -> None:
        """Add the ruled lines of a path: level and upright strokes, and rectangles so thin that they are lines."""
        pdfium = self._pdfium
        fill, stroke = ctypes.c_int(), pdfium.FPDF_BOOL()
        pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        points = pdfium.FPDFPath_CountSegments(path)
        if points > _MOST_POINTS or not (fill.value or stroke.value):
            return
        x, y = ctypes.c_float(), ctypes.c_float()
        figure: list[tuple[float, float]] = []
        for index in range(points):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            a, b, c, d, e, f = matrix
            point = self._turned(a * x.value + c * y.value + e, b * x.value + d * y.value + f, turn)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                rules += strokes(figure, stroked=bool(stroke.value))
                figure = []
            figure.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                figure.append(figure[0])
        rules += strokes(figure, stroked=bool(stroke.value))


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _inverse(matrix: Matrix) -> Matrix | None:
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    if abs(area) < 1e-9:
        return None
    return d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area


def _frame(inner: Matrix, whole: Matrix) -> Matrix | None:
    """Return what leads from the space of a form to that of the page, ``None`` where they are the same."""
    if all(abs(a - b) < 1e-3 for a, b in zip(inner, whole, strict=True)):
        return None
    back = _inverse(inner)
    return _times(back, whole) if back else None


def _direction(a: float, b: float) -> int:
    """Return the quarter turns clockwise that bring text in the direction (``a``, ``b``) upright, -1 where it is slanted."""
    if abs(b) <= 0.1 * abs(a):
        return 0 if a > 0 else 2
    if abs(a) <= 0.1 * abs(b):
        return 1 if b > 0 else 3
    return -1


def _character(code: int) -> str:
    """Return a character as text: hyphens at line ends, and characters that fonts put in the place of common ones."""
    if code in (2, 0xFFFE):
        return "-"
    if code < 32 or code > 0x10FFFF or 0xD800 <= code < 0xE000 or code in (0x200B, 0xFEFF, 0xFFFF):
        return ""
    text = chr(code)
    if text in _RADICALS:
        return _RADICALS[text]
    # Radicals and ligatures stand for characters and letters; other compatibility characters (①, ％) are themselves.
    if 0x2E80 <= code < 0x2FE0 or 0xFB00 <= code < 0xFB07 or 0xF900 <= code < 0xFB00:
        return unicodedata.normalize("NFKC", text)
    return text
