"""A ledger as an Excel workbook: for reading, filtering and printing on A4 across, and the figures on a sheet of their own."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from policyparse.export.ledger import Language, Ledger
from policyparse.export.ledger_words import COLUMNS, SECTION, View, plain, sections, title

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_FONT = "宋体"
_LINE = 14.5
"""Points of a line of text."""
_TALLEST = 409.0
"""Points that a row may have."""
_MOST = 32_000
"""Characters that a cell may have, a little less than the program's own limit."""
_EXACT = 15
"""Digits that a number of a spreadsheet keeps."""
_SHEETS = {"zh": ("台账", "指标明细"), "en": ("Ledger", "Figures")}
_FIGURE_HEADS = {
    "zh": (
        "序号",
        "工作任务",
        "指标",
        "指标代码",
        "目标值",
        "下限",
        "上限",
        "计量单位",
        "限定",
        "约数",
        "变化",
        "完成时限",
        "截止日期",
    ),
    "en": (
        "No.",
        "Task",
        "Indicator",
        "Key",
        "As worded",
        "Low",
        "High",
        "Unit",
        "Bound",
        "Approximate",
        "Change",
        "Deadline",
        "Due",
    ),
}
_FIGURE_WIDTHS = (5, 60, 24, 16, 16, 14, 14, 10, 7, 7, 9, 14, 12)
_YES = {"zh": "是", "en": "yes"}
_FOOT = {"zh": "第 &P 页，共 &N 页", "en": "Page &P of &N"}


class _Formats:
    def __init__(self, book: Workbook) -> None:
        cell = {"font_name": _FONT, "font_size": 10, "border": 1, "border_color": "#A6A6A6", "valign": "vcenter"}
        self.text = book.add_format({**cell, "text_wrap": True, "num_format": "@"})
        self.number = book.add_format({**cell, "num_format": "General", "align": "right"})
        self.date = book.add_format({**cell, "num_format": "yyyy-mm-dd", "align": "center"})
        self.middle = book.add_format({**cell, "align": "center"})
        self.head = book.add_format({**cell, "text_wrap": True, "bold": True, "bg_color": "#DCE6F1", "align": "center"})
        self.title = book.add_format(
            {"font_name": _FONT, "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"}
        )


def workbook(ledger: Ledger, lang: Language) -> bytes:
    """Return the workbook with its heads in ``lang``."""
    import xlsxwriter

    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        formats = _Formats(book)
        main, figures = (book.add_worksheet(name) for name in _SHEETS[lang])
        _tasks(main, formats, ledger, lang)
        _figures(figures, formats, ledger, lang)
    return buffer.getvalue()


def _tasks(sheet: Worksheet, formats: _Formats, ledger: Ledger, lang: Language) -> None:
    last = len(COLUMNS) - 1
    _page(sheet, 1, lang)
    sheet.merge_range(0, 0, 0, last, "", formats.title)
    sheet.write_string(0, 0, _text(title(ledger, lang)), formats.title)
    sheet.set_row(0, 30)
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width)
        sheet.write_string(1, index, column.head(lang), formats.head)
    sheet.set_row(1, 24)
    sheet.freeze_panes(2, COLUMNS.index(SECTION) + 1)
    sheet.autofilter(1, 0, max(2, len(ledger.rows) + 1), last)
    view = View(ledger, lang)
    for first, end in sections(ledger):
        said = _text(SECTION.say(ledger.rows[first], view))
        at = COLUMNS.index(SECTION)
        if end > first:
            sheet.merge_range(first + 2, at, end + 2, at, "", formats.text)
        share = lines(said, SECTION.width) / (end - first + 1)
        for index in range(first, end + 1):
            cells = _beside([column.say(ledger.rows[index], view) for column in COLUMNS])
            most = share
            for place, (column, value) in enumerate(zip(COLUMNS, cells, strict=True)):
                # The section's name stands in each cell below the merged one, so that a filter keeps all its rows.
                _write(sheet, index + 2, place, said if column is SECTION else value, formats)
                most = most if column is SECTION else max(most, lines(plain(value), column.width))
            sheet.set_row(index + 2, min(_TALLEST, most * _LINE + 4))


def _beside(cells: list[Any]) -> list[Any]:
    """Return the cells with the lines of several figures beside each other, although some of them take two lines."""
    places = [index for index, column in enumerate(COLUMNS) if column.of_figures]
    said = {index: cells[index].split("\n") for index in places if isinstance(cells[index], str) and cells[index]}
    count = max((len(one) for one in said.values()), default=1)
    if count > 1:
        for number in range(count):
            tallest = max(lines(one[number], COLUMNS[index].width) for index, one in said.items())
            for index, one in said.items():
                one[number] += "\n" * (tallest - lines(one[number], COLUMNS[index].width))
        for index, one in said.items():
            cells[index] = "\n".join(one)
    return cells


def _figures(sheet: Worksheet, formats: _Formats, ledger: Ledger, lang: Language) -> None:
    heads = _FIGURE_HEADS[lang]
    _page(sheet, 0, lang)
    for index, (head, width) in enumerate(zip(heads, _FIGURE_WIDTHS, strict=True)):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, head, formats.head)
    sheet.freeze_panes(1, 0)
    at = 0
    for row in ledger.rows:
        for figure in row.figures:
            at += 1
            cells = (
                row.number,
                row.task,
                figure.indicator,
                figure.key or "",
                figure.text,
                figure.low,
                figure.high,
                figure.unit,
                {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈", "range": "—"}.get(figure.bound, ""),
                _YES[lang] if figure.approximate else "",
                {"increase": "↑", "decrease": "↓"}.get(figure.change, ""),
                figure.deadline,
                figure.due or "",
            )
            for index, value in enumerate(cells):
                _write(sheet, at, index, value, formats)
            sheet.set_row(at, min(_TALLEST, lines(row.task, _FIGURE_WIDTHS[1]) * _LINE + 4))
    sheet.autofilter(0, 0, max(1, at), len(heads) - 1)


def _page(sheet: Worksheet, head: int, lang: Language) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, head)
    sheet.set_footer(f"&C{_FOOT[lang]}")


def _write(sheet: Worksheet, row: int, column: int, value: Any, formats: _Formats) -> None:
    """Write a value as what it is; a text is never a formula, a link or a number."""
    if isinstance(value, Decimal):
        if len(value.normalize().as_tuple().digits) > _EXACT or abs(value) >= 10**_EXACT:
            sheet.write_string(row, column, plain(value), formats.text)
        else:
            sheet.write_number(row, column, float(value), formats.number)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats.date)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, formats.middle)
    elif value:
        sheet.write_string(row, column, _text(str(value)), formats.text)
    else:
        sheet.write_blank(row, column, None, formats.text)


def _text(text: str) -> str:
    """Return ``text`` without characters that a workbook cannot hold, and no longer than a cell may be."""
    kept = "".join(one if one == "\n" or (one.isprintable() and one < "\U0010fffe") else " " for one in text)
    return kept if len(kept) <= _MOST else f"{kept[:_MOST]}…"


def lines(text: str, width: int) -> int:
    """Return how many lines ``text`` takes in a column of ``width`` characters."""
    return sum(max(1, -(-wide(line) // max(width - 1, 1))) for line in text.split("\n"))


def wide(text: str) -> int:
    """Return the width of ``text`` in characters, of which a Chinese one takes two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)
