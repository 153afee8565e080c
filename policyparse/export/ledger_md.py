"""A ledger as a Markdown table; what is markup elsewhere is text here."""

from __future__ import annotations

import re

from policyparse.export.ledger import Language, Ledger
from policyparse.export.ledger_words import COLUMNS, SECTION, View, plain, title

_MARKS = re.compile(r"([\\`*_\[\]|~#])")


def page(ledger: Ledger, lang: Language) -> str:
    """Return a page with the title and the table; a section is named in its first row."""
    lines = [f"# {cell(title(ledger, lang))}", ""]
    lines.append("| " + " | ".join(column.head(lang) for column in COLUMNS) + " |")
    lines.append("|" + " --- |" * len(COLUMNS))
    view = View(ledger, lang)
    before: tuple[str, tuple[str, ...]] | None = None
    for row in ledger.rows:
        place = (row.position.file, row.section)
        said = [
            "" if column is SECTION and place == before else cell(plain(column.say(row, view))) for column in COLUMNS
        ]
        lines.append("| " + " | ".join(said) + " |")
        before = place
    return "\n".join(lines) + "\n"


def cell(text: str) -> str:
    """Return ``text`` as the content of a cell."""
    text = _MARKS.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    return "<br>".join(text.splitlines())
