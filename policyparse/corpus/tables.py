"""The tables of a store: their columns and types, and the rows that one document gives.

A row is a plain dictionary that JSON can hold; DuckDB turns it into typed columns. ``document`` joins the tables.
Offsets are those of the output contract: code points of the decoded text, ``end_char`` exclusive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:  # the tables are needed where no document is
    from policyparse.model import Document, Node, Source, Statement

Row: TypeAlias = dict[str, Any]
Rows: TypeAlias = dict[str, list[Row]]

DECIMAL = "DECIMAL(38,8)"
"""Values: thirty digits before the point and eight after it."""
_MOST, _STEP = Decimal(10) ** 30, Decimal(1).scaleb(-8)
_LONGEST = 1000
"""Characters of a sentence that are stored."""
_INDICATOR = {"text": "VARCHAR", "name": "VARCHAR", "key": "VARCHAR", "start_char": "INTEGER", "end_char": "INTEGER"}

TABLES: dict[str, dict[str, Any]] = {
    "documents": {
        "document": "VARCHAR",
        "path": "VARCHAR",
        "title": "VARCHAR",
        "doc_number": "VARCHAR",
        "issuer": "VARCHAR",
        "issuer_from": "VARCHAR",
        "region": "VARCHAR",
        "region_from": "VARCHAR",
        "year": "INTEGER",
        "year_from": "VARCHAR",
        "addressee": "VARCHAR",
        "issued_on": "DATE",
        "period_start": "DATE",
        "period_end": "DATE",
        "period_inferred": "BOOLEAN",
        "media_type": "VARCHAR",
        "encoding": "VARCHAR",
        "chars": "INTEGER",
        "content_sha256": "VARCHAR",
        "text_sha256": "VARCHAR",
        "parser": "VARCHAR",
    },
    "nodes": {
        "document": "VARCHAR",
        "position": "INTEGER",
        "node": "VARCHAR",
        "parent": "VARCHAR",
        "level": "INTEGER",
        "style": "VARCHAR",
        "label": "VARCHAR",
        "number": "BIGINT",
        "heading": "VARCHAR",
        "text": "VARCHAR",
        "start_char": "INTEGER",
        "end_char": "INTEGER",
    },
    "statements": {
        "document": "VARCHAR",
        "position": "INTEGER",
        "statement": "VARCHAR",
        "role": "VARCHAR",
        "node": "VARCHAR",
        "indicator": "VARCHAR",
        "indicator_key": "VARCHAR",
        "indicators": [_INDICATOR],
        "action": "VARCHAR",
        "change": "VARCHAR",
        "bound": "VARCHAR",
        "low": DECIMAL,
        "high": DECIMAL,
        "unit": "VARCHAR",
        "kind": "VARCHAR",
        "approximate": "BOOLEAN",
        "quantity": "VARCHAR",
        "modality": "VARCHAR",
        "baseline": "VARCHAR",
        "deadline": "VARCHAR",
        "due": "DATE",
        "period": "VARCHAR",
        "period_from": "DATE",
        "period_to": "DATE",
        "confidence": "DOUBLE",
        "responsible": ["VARCHAR"],
        "sentence": "VARCHAR",
        "start_char": "INTEGER",
        "end_char": "INTEGER",
        "sentence_start": "INTEGER",
        "sentence_end": "INTEGER",
    },
    "responsibilities": {
        "document": "VARCHAR",
        "position": "INTEGER",
        "responsibility": "VARCHAR",
        "role": "VARCHAR",
        "node": "VARCHAR",
        "entity": "VARCHAR",
        "name": "VARCHAR",
        "cue": "VARCHAR",
        "start_char": "INTEGER",
        "end_char": "INTEGER",
    },
    "diagnostics": {
        "document": "VARCHAR",
        "position": "INTEGER",
        "code": "VARCHAR",
        "message": "VARCHAR",
        "start_char": "INTEGER",
        "end_char": "INTEGER",
    },
}
"""Table to column to DuckDB type; a list is an array, a dictionary a struct."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document is called in a store, where its issuer, region and year come from, and what it was read from."""

    document: str
    path: str
    issuer: str | None = None
    issuer_from: str | None = None
    region: str | None = None
    region_from: str | None = None
    year: int | None = None
    year_from: str | None = None
    content_sha256: str | None = None
    parser: str | None = None


def rows_of(document: Document, source: Source, identity: Identity) -> Rows:
    """Return the rows of ``document``, parsed from ``source``, for every table."""
    key, text = identity.document, source.text
    diagnostics = [
        {"code": found.code, "message": found.message, "start_char": found.start, "end_char": found.end}
        for found in document.diagnostics
    ]
    statements = []
    for statement in document.statements():
        row = _statement(statement, text)
        if row["low"] is None or row["high"] is None:
            diagnostics.append(_too_large(statement))
        statements.append(row)
    tables: Rows = {
        "nodes": list(_nodes(document, text)),
        "statements": statements,
        "responsibilities": [
            {
                "responsibility": duty.id,
                "role": duty.role,
                "node": duty.node,
                "entity": duty.entity.text,
                "name": duty.entity.name,
                "cue": duty.cue.text if duty.cue else None,
                "start_char": duty.entity.start,
                "end_char": duty.entity.end,
            }
            for duty in document.responsibilities
        ],
        "diagnostics": diagnostics,
    }
    for rows in tables.values():
        for position, row in enumerate(rows, start=1):
            row["document"], row["position"] = key, position
    return {"documents": [_document(document, identity)], **tables}


def _document(document: Document, identity: Identity) -> Row:
    front, source = document.metadata, document.source
    period = front.period
    return {
        "document": identity.document,
        "path": identity.path,
        "title": front.title,
        "doc_number": front.doc_number,
        "issuer": identity.issuer,
        "issuer_from": identity.issuer_from,
        "region": identity.region,
        "region_from": identity.region_from,
        "year": identity.year,
        "year_from": identity.year_from,
        "addressee": front.addressee,
        "issued_on": _day(front.issued_on),
        "period_start": _day(period.start) if period else None,
        "period_end": _day(period.end) if period else None,
        "period_inferred": period.inferred if period else None,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "chars": source.chars,
        "content_sha256": identity.content_sha256,
        "text_sha256": source.text_sha256,
        "parser": identity.parser,
    }


def _nodes(document: Document, text: str) -> Iterator[Row]:
    """Yield the divisions; ``text`` is a division's own text, up to the first division below it."""
    pending: list[tuple[Node, str | None]] = [(node, None) for node in reversed(document.outline)]
    while pending:
        node, parent = pending.pop()
        own = node.children[0].start if node.children else node.end
        yield {
            "node": node.id,
            "parent": parent,
            "level": node.level,
            "style": node.style,
            "label": node.label,
            "number": node.number if node.number is not None and node.number < 2**63 else None,
            "heading": node.heading,
            "text": text[node.start : own].strip(),
            "start_char": node.start,
            "end_char": node.end,
        }
        pending.extend((child, node.id) for child in reversed(node.children))


def _statement(statement: Statement, text: str) -> Row:
    quantity, period = statement.quantity, statement.period
    keys = [indicator.key for indicator in statement.indicators if indicator.key]
    return {
        "statement": statement.id,
        "role": statement.role,
        "node": statement.node,
        "indicator": "、".join(indicator.name for indicator in statement.indicators) or None,
        "indicator_key": keys[0] if keys else None,
        "indicators": [
            {"text": part.text, "name": part.name, "key": part.key, "start_char": part.start, "end_char": part.end}
            for part in statement.indicators
        ],
        "action": statement.action.text if statement.action else None,
        "change": statement.change or None,
        "bound": quantity.bound,
        "low": _digits(quantity.low),
        "high": _digits(quantity.high),
        "unit": quantity.unit,
        "kind": quantity.kind,
        "approximate": quantity.approximate,
        "quantity": quantity.text,
        "modality": statement.modality,
        "baseline": statement.baseline.text if statement.baseline else None,
        "deadline": statement.deadline.text if statement.deadline else None,
        "due": _day(statement.deadline.due) if statement.deadline else None,
        "period": period.text if period else None,
        "period_from": _day(period.from_) if period else None,
        "period_to": _day(period.to) if period else None,
        "confidence": statement.confidence,
        "responsible": list(statement.responsible),
        "sentence": _sentence(statement, text),
        "start_char": quantity.start,
        "end_char": quantity.end,
        "sentence_start": statement.sentence.start,
        "sentence_end": statement.sentence.end,
    }


def _sentence(statement: Statement, text: str) -> str:
    """Return the sentence; of one without an end, what is around the quantity, so that rows grow with the text only."""
    start, end = statement.sentence.start, statement.sentence.end
    first = start if end - start <= _LONGEST else max(start, statement.quantity.start - _LONGEST // 2)
    last = min(end, first + _LONGEST)
    return ("…" if first > start else "") + text[first:last].strip() + ("…" if last < end else "")


def _too_large(statement: Statement) -> Row:
    quantity = statement.quantity
    message = f"the value of {statement.id} has more than 30 digits before its point, so its columns are empty"
    return {"code": "store.value", "message": message, "start_char": quantity.start, "end_char": quantity.end}


def _digits(value: Decimal) -> str | None:
    """Return ``value`` in plain digits, rounded to eight places, or ``None`` where the column cannot hold it."""
    if not abs(value) < _MOST:
        return None
    exponent = value.as_tuple().exponent
    return format(value.quantize(_STEP) if isinstance(exponent, int) and exponent < -8 else value, "f")


def _day(value: object) -> str | None:
    return None if value is None else str(value)
