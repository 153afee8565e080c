"""A comparison as a workbook: a sheet a table, with filters and a frozen header; text is never taken for a formula."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

from policyparse.comparison import Comparison
from policyparse.export.comparison_tables import Table, Value, comparison_tables
from policyparse.export.comparison_words import Language

_MOST = 32_000
"""Characters in a cell; Excel takes 32,767."""
_WIDEST = 48
_LOOKED_AT = 200
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}


def comparison_xlsx(comparison: Comparison, language: Language = "zh") -> bytes:
    """Return the workbook; tables without rows are left out, apart from the first."""
    from xlsxwriter import Workbook

    buffer = BytesIO()
    workbook = Workbook(buffer, _OPTIONS)
    head = workbook.add_format(
        {"bold": True, "bg_color": "#E8EEF7", "border": 1, "valign": "vcenter", "text_wrap": True}
    )
    body = workbook.add_format({"valign": "top", "text_wrap": True})
    for number, table in enumerate(comparison_tables(comparison, language)):
        if number and not table.rows:
            continue
        sheet = workbook.add_worksheet(table.title[:31])
        for column, (name, width) in enumerate(zip(table.heads, _widths(table), strict=True)):
            sheet.set_column(column, column, width, body)
            sheet.write_string(0, column, name, head)
        for line, row in enumerate(table.rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    if value:
                        sheet.write_string(line, column, value[:_MOST], body)
                elif value is not None:
                    sheet.write_number(line, column, _number(value), body)
        fixed = 3 if table.name == "series" else 0
        sheet.freeze_panes(1, fixed)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    workbook.close()
    return buffer.getvalue()


def _number(value: int | Decimal) -> int | float:
    return value if isinstance(value, int) else float(value)


def _widths(table: Table) -> list[float]:
    """Return the width of each column in characters of the latin alphabet; a Chinese one takes two."""
    widths = []
    for column, head in enumerate(table.heads):
        cells = (row[column] for row in table.rows[:_LOOKED_AT])
        widths.append(min(_WIDEST, max(_width(head) + 3, *(_width(cell) for cell in cells), 8) + 1))
    return widths


def _width(value: Value) -> float:
    text = "" if value is None else str(value)
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text[:_WIDEST])
