"""MeasEval TSV (SemEval-2021 task 8, https://github.com/harperco/MeasEval): quantities with what they measure.

A statement is an annotation set: its ``Quantity``, a ``MeasuredEntity`` for each indicator (Chinese 指标 are not told apart into
entity and property, so there is no ``MeasuredProperty``), and ``Qualifier`` rows for deadline, period and baseline. Offsets
count code points of the text, as the task's Python scorer does. Modifiers are those of the task; what it has no word for
(role, bound, value, change) stands beside them under names of its own in the column ``other``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from policyparse.model import Document, Statement

COLUMNS = ("docId", "annotSet", "annotType", "startOffset", "endOffset", "annotId", "text", "other")
_BREAKS = re.compile(r"[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def meas_eval(document: Document, *, name: str | None = None) -> str:
    """Return the statements of ``document`` as MeasEval TSV; ``name`` is its ``docId``.

    >>> from policyparse import parse
    >>> print(meas_eval(parse("全年新增城镇就业5万人以上。"), name="plan").replace("\\t", " "))
    docId annotSet annotType startOffset endOffset annotId text other
    plan 1 Quantity 8 11 T1-1 5万人 {"unit": "人", "mods": ["IsCount", "IsRange"], "low": "50000", "high": "50000", "bound": "ge", "role": "target", "change": "increase"}
    plan 1 MeasuredEntity 4 8 T2-1 城镇就业 {"HasQuantity": "T1-1"}
    plan 1 Qualifier 0 2 T3-1 全年 {"Qualifies": "T1-1", "as": "deadline", "due": null}
    <BLANKLINE>
    """
    doc_id = _BREAKS.sub(" ", name or document.source.name)
    rows = [COLUMNS]
    for number, statement in enumerate(document.statements(), 1):
        for count, (kind, start, end, text, other) in enumerate(_set(statement, number), 1):
            shown = json.dumps(other, ensure_ascii=False)
            row = (doc_id, str(number), kind, str(start), str(end), f"T{count}-{number}", _BREAKS.sub(" ", text), shown)
            rows.append(row)
    return "".join("\t".join(row) + "\n" for row in rows)


def _set(statement: Statement, number: int) -> Iterator[tuple[str, int, int, str, dict[str, Any]]]:
    quantity = statement.quantity
    mods = []
    if quantity.kind == "count":
        mods.append("IsCount")
    if quantity.approximate or quantity.bound == "approx":
        mods.append("IsApproximate")
    if quantity.bound in ("range", "ge", "gt", "le", "lt") or quantity.low != quantity.high:
        mods.append("IsRange")  # the task's word for bounds on one side too
    other: dict[str, Any] = {"unit": quantity.unit} if quantity.unit else {}
    if mods:
        other["mods"] = mods
    other |= {"low": format(quantity.low, "f"), "high": format(quantity.high, "f"), "bound": quantity.bound}
    other |= {"role": statement.role} | ({"change": statement.change} if statement.change else {})
    yield "Quantity", quantity.start, quantity.end, quantity.text, other
    target = f"T1-{number}"
    for one in statement.indicators:
        more = {} if one.name == one.text else {"name": one.name}
        yield "MeasuredEntity", one.start, one.end, one.text, {"HasQuantity": target, **more}
    if by := statement.deadline:
        due = by.due.isoformat() if by.due else None
        yield "Qualifier", by.start, by.end, by.text, {"Qualifies": target, "as": "deadline", "due": due}
    if base := statement.baseline:
        yield "Qualifier", base.start, base.end, base.text, {"Qualifies": target, "as": "baseline"}
