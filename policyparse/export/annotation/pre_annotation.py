"""A parsed document in the form of a gold annotation: what annotators start from."""

from __future__ import annotations

import hashlib
from typing import Any

from policyparse.export.annotation.record import Record
from policyparse.export.annotation.records import Gold, record_of_gold
from policyparse.model import Document, Source, Statement


def gold_of_document(document: Document, text: str, *, name: str | None = None) -> Gold:
    """Return what was found in ``text`` in the format of a gold file, for people to correct.

    >>> from policyparse import parse
    >>> text = "一、扩大就业\\n全年新增城镇就业5万人以上。"
    >>> gold_of_document(parse(text), text)["quantities"][0]["indicator"]
    ['城镇就业']
    """
    front = document.metadata
    period: Any = ""
    if front.period and front.period.start and front.period.end:
        period = {"start": front.period.start.isoformat(), "end": front.period.end.isoformat()}
    stem = name or document.source.name
    return {
        "doc": f"{stem}.txt",
        "sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        "chars": len(text),
        "windows": [[0, len(text)]],
        "metadata": {
            "title": front.title or "",
            "doc_number": front.doc_number or "",
            "issuer": front.issuer or "",
            "addressee": front.addressee or "",
            "issued_on": front.issued_on.isoformat() if front.issued_on else "",
            "period": period,
            "boilerplate": [{"start": one.start, "end": one.end} for one in front.boilerplate],
        },
        "outline": [
            {"start": node.start, "label": node.label, "level": node.level, "heading": node.heading}
            for node in document.nodes()
        ],
        "quantities": [_quantity(statement) for statement in document.statements()],
        "responsibilities": [
            {"start": duty.entity.start, "end": duty.entity.end, "entity": duty.entity.text, "role": duty.role}
            for duty in sorted(document.responsibilities, key=lambda duty: (duty.entity.start, duty.entity.end))
        ],
    }


def annotation_record(document: Document, source: Source, *, name: str | None = None) -> Record:
    """Return what was found in ``source`` as a record for an annotation tool, to be corrected there.

    Indicators and deadlines are regions where the parser found them.

    >>> from policyparse import parse, read
    >>> source = read("corpora/city-education-2024.txt")
    >>> record = annotation_record(parse(source), source, name="city-education-2024")
    >>> record.regions[0].label, record.text[record.regions[0].start : record.regions[0].end]
    ('node', '一、坚持立德树人，促进学生全面发展')
    """
    name = name or document.source.name
    places: dict[tuple[int, str], tuple[int, int]] = {}
    for statement in document.statements():
        at = statement.quantity.start
        for one in statement.indicators:
            if one.name == one.text and "\n" not in one.text:
                places[at, one.name] = (one.start, one.end)
        if statement.deadline and "\n" not in statement.deadline.text:
            places[at, statement.deadline.text] = (statement.deadline.start, statement.deadline.end)
    return record_of_gold(gold_of_document(document, source.text, name=name), source.text, name, places=places)


def _quantity(statement: Statement) -> dict[str, Any]:
    quantity, deadline = statement.quantity, statement.deadline
    found = {
        "start": quantity.start,
        "end": quantity.end,
        "text": quantity.text,
        "kind": quantity.kind,
        "low": format(quantity.low, "f"),
        "high": format(quantity.high, "f"),
        "unit": quantity.unit,
        "bound": quantity.bound,
        "role": statement.role,
        "indicator": [one.name for one in statement.indicators],
        "change": statement.change,
        "deadline": deadline.text if deadline else "",
    }
    if deadline:
        found["deadline_inherited"] = not statement.sentence.start <= deadline.start < statement.sentence.end
    return found
