"""Statements as one flat table, for spreadsheets and statistics programs: CSV and XLSX.

Text from a document stays text: a cell that a spreadsheet would take for a formula (beginning with ``=``, ``+``, ``-``, ``@``, a
tab or a carriage return; https://owasp.org/www-community/attacks/CSV_Injection) gets an apostrophe before it in CSV, and
is written as a string in XLSX, where no cell is a formula or a link.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from policyparse.model import Document, Statement

Value: TypeAlias = str | int | float | bool | Decimal | date | None

COLUMNS = (
    *("document", "title", "issuer", "year", "statement", "role", "indicator", "indicator_key", "change", "bound"),
    *("low", "high", "unit", "kind", "approximate", "quantity", "modality", "baseline", "deadline", "due"),
    *("period", "period_from", "period_to", "confidence", "lead", "support", "responsible", "supervise", "directed"),
    *("node", "heading", "start", "end", "sentence"),
)
"""The columns of the table; ``docs/interchange.md`` says what they hold."""
_DUTIES = ("lead", "support", "responsible", "supervise", "directed")
_FORMULA = tuple("=+-@\t\r＝＋－＠")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RETURNS = re.compile("\r\n?")
_LONGEST = 32_000  # a cell of a workbook holds 32,767 characters
_AROUND = 500  # characters of a sentence on either side of its quantity
_EXACT = 15  # digits that a number of a spreadsheet keeps


def statement_rows(document: Document, text: str, *, name: str | None = None) -> Iterator[tuple[Value, ...]]:
    """Yield a row (``COLUMNS``) for each statement of ``document``, in order; ``text`` is what it was parsed from.

    >>> from policyparse import parse
    >>> text = "一、扩大就业\\n全年新增城镇就业5万人以上。（牵头单位：市人社局）"
    >>> row = dict(zip(COLUMNS, next(statement_rows(parse(text), text)), strict=True))
    >>> row["indicator"], row["bound"], row["low"], row["lead"], row["heading"]
    ('城镇就业', 'ge', Decimal('50000'), '市人力资源和社会保障局', '一、扩大就业')
    """
    front = document.metadata
    year = front.period.start.year if front.period and front.period.start else None
    headings = {node.id: node.label + node.heading for node in document.nodes()}
    duties = {duty.id: duty for duty in document.responsibilities}
    for one in document.statements():
        quantity, deadline, period = one.quantity, one.deadline, one.period
        mine = [duties[key] for key in one.responsible if key in duties]
        by_role = ["；".join(dict.fromkeys(duty.entity.name for duty in mine if duty.role == role)) for role in _DUTIES]
        yield (
            name or document.source.name,
            front.title,
            front.issuer,
            year,
            one.id,
            one.role,
            "；".join(indicator.name for indicator in one.indicators),
            "；".join(indicator.key for indicator in one.indicators if indicator.key),
            one.change,
            quantity.bound,
            quantity.low,
            quantity.high,
            quantity.unit,
            quantity.kind,
            quantity.approximate,
            quantity.text,
            one.modality,
            one.baseline.text if one.baseline else "",
            deadline.text if deadline else "",
            deadline.due if deadline else None,
            period.text if period else "",
            period.from_ if period else None,
            period.to if period else None,
            one.confidence,
            *by_role,
            one.node,
            headings.get(one.node or "", ""),
            quantity.start,
            quantity.end,
            _sentence(one, text),
        )


def csv_table(rows: Iterable[tuple[Value, ...]]) -> str:
    """Return ``rows`` under their heads as CSV (RFC 4180). A spreadsheet wants it in UTF-8 with a byte order mark.

    >>> csv_table([("=1+1", Decimal("-5"), True)]).splitlines()[1]
    "'=1+1,-5,true"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return out.getvalue()


def workbook(rows: Iterable[tuple[Value, ...]]) -> bytes:
    """Return ``rows`` as an Excel workbook with one sheet: filters, a fixed head, numbers and dates as such."""
    import xlsxwriter

    out = io.BytesIO()
    # No string ever becomes a formula, a link or a number; nothing is written to the disk beside the result.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("statements")
        head = book.add_format({"bold": True, "bg_color": "#DCE6F1"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        text = book.add_format({"num_format": "@"})
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, name, head)
        last = 0
        for last, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, bool):
                    sheet.write_boolean(last, column, value)
                elif isinstance(value, Decimal) and len(value.as_tuple().digits) > _EXACT:
                    sheet.write_string(last, column, format(value, "f")[:_LONGEST], text)
                elif isinstance(value, int | float | Decimal):
                    sheet.write_number(last, column, float(value))
                elif isinstance(value, date) and value.year >= 1900:
                    sheet.write_datetime(last, column, value, day)
                elif value not in (None, ""):
                    words = _RETURNS.sub("\n", _CONTROLS.sub("\ufffd", str(value)[:_LONGEST]))
                    sheet.write_string(last, column, words, text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
        sheet.set_column(6, 6, 28)
        sheet.set_column(len(COLUMNS) - 1, len(COLUMNS) - 1, 80)
    return out.getvalue()


def _sentence(statement: Statement, text: str) -> str:
    """Return the sentence, of a very long one what stands around the quantity: a table repeats it for each statement."""
    whole, quantity = statement.sentence, statement.quantity
    start = max(whole.start, quantity.start - _AROUND)
    end = min(whole.end, quantity.end + _AROUND)
    words = text[start:end].strip()
    return f"{'…' if start > whole.start else ''}{words}{'…' if end < whole.end else ''}"


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return str(value)
    words = _CONTROLS.sub("\ufffd", value)
    return f"'{words}" if words.lstrip(" \u3000\xa0\n").startswith(_FORMULA) else words
