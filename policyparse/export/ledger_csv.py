"""A ledger as CSV: UTF-8 with a byte order mark, so that spreadsheets read its Chinese, and no cell that is a formula."""

from __future__ import annotations

import csv
from io import StringIO

from policyparse.export.ledger import Language, Ledger
from policyparse.export.ledger_words import COLUMNS, View, harmless, plain


def table(ledger: Ledger, lang: Language) -> bytes:
    """Return the table with its heads in ``lang``."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(column.head(lang) for column in COLUMNS)
    view = View(ledger, lang)
    for row in ledger.rows:
        said = (column.say(row, view) for column in COLUMNS)
        writer.writerow(harmless(value) if isinstance(value, str) else plain(value) for value in said)
    return buffer.getvalue().encode("utf-8-sig", "replace")
