"""A table of a comparison as CSV."""

from __future__ import annotations

import csv
from io import StringIO

from policyparse.comparison import Comparison
from policyparse.export.comparison_tables import TableName, Value, comparison_table
from policyparse.export.comparison_words import Language, plain

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def comparison_csv(comparison: Comparison, table: TableName = "indicators", language: Language = "zh") -> str:
    """Return one table of ``comparison``. A text that a spreadsheet would take for a formula opens with an apostrophe."""
    shown = comparison_table(comparison, table, language)
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(shown.heads)
    for row in shown.rows:
        writer.writerow([_cell(value) for value in row])
    return buffer.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULAS) else value
    return str(value) if isinstance(value, int) else plain(value)
