"""Records of the stages become the public, frozen document; offsets become those of the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from policyparse.model import (
    Diagnostic,
    Document,
    Metadata,
    Node,
    Period,
    Responsibility,
    Source,
    Span,
    StatedPeriod,
    Statement,
)
from policyparse.parsing.characters import Text
from policyparse.parsing.misprints import misprints
from policyparse.parsing.records import BY_ROW, Claim, Duty, Finding, Front, Measure, Outline, Setting, TimePhrase
from policyparse.parsing.sentences import Sentences


@dataclass(slots=True)
class Findings:
    """What the stages found in one document. ``claims`` stand in the order of ``measures``."""

    text: Text
    outline: Outline
    sentences: Sentences
    setting: Setting
    front: Front
    measures: list[Measure]
    claims: list[Claim]
    duties: list[Duty]


def assemble(source: Source, found: Findings) -> Document:
    """Return the document that the stages' records describe."""
    text, outline, front = found.text, found.outline, found.front
    numbered = [(f"r{i}", duty) for i, duty in enumerate(found.duties, 1)]
    by_scope: dict[int, list[str]] = {}
    by_row: dict[tuple[int, int], list[str]] = {}
    for rid, duty in numbered:
        if duty.scope != BY_ROW:
            by_scope.setdefault(duty.scope, []).append(rid)
        for row in duty.rows:
            by_row.setdefault(row, []).append(rid)
    rows = sorted(by_row)
    statements = [
        _statement(
            text,
            outline,
            claim,
            f"{'t' if claim.role == 'target' else 'f'}{i}",
            by_row.get(_row_at(rows, claim.measure.start)) or _responsible(outline, claim, by_scope),
        )
        for i, claim in enumerate(found.claims, 1)
    ]
    findings = [*outline.findings, *front.findings, *misprints(found.text.folded)]
    return Document(
        source=source.info(),
        metadata=_metadata(text, front),
        outline=_nodes(text, outline),
        targets=tuple(s for s in statements if s.role == "target"),
        facts=tuple(s for s in statements if s.role != "target"),
        responsibilities=tuple(_responsibility(text, outline, rid, duty) for rid, duty in numbered),
        diagnostics=(*source.diagnostics, *(_diagnostic(text, f) for f in findings)),
    )


def _located(text: Text, start: int, end: int) -> dict[str, Any]:
    first, last = text.span(start, end)
    return {"start": first, "end": last, "text": text.source[first:last]}


def _span(text: Text, start: int, end: int) -> Span:
    return Span(**_located(text, start, end))


def _nodes(text: Text, outline: Outline) -> tuple[Node, ...]:
    children: dict[int, list[Node]] = {}
    for index in range(len(outline.sections) - 1, -1, -1):
        section = outline.sections[index]
        start, end = text.span(section.start, section.end)
        node = Node(
            id=section.id,
            style=section.style,
            label=section.label,
            number=section.number,
            level=section.level,
            heading=section.heading,
            start=start,
            end=end,
            children=tuple(reversed(children.pop(index, []))),
        )
        children.setdefault(section.parent, []).append(node)
    return tuple(reversed(children.get(-1, [])))


def _metadata(text: Text, front: Front) -> Metadata:
    period = None
    if front.first_year is not None or front.last_year is not None:
        period = Period(
            start=date(front.first_year, 1, 1) if front.first_year is not None else None,
            end=date(front.last_year, 12, 31) if front.last_year is not None else None,
            evidence=tuple(_span(text, start, end) for start, end in front.evidence),
            inferred=front.inferred,
        )
    return Metadata(
        title=front.title,
        doc_number=front.doc_number,
        issuer=front.issuer,
        addressee=front.addressee,
        issued_on=front.issued_on,
        period=period,
        boilerplate=tuple(_span(text, start, end) for start, end in front.boilerplate),
    )


def _statement(text: Text, outline: Outline, claim: Claim, sid: str, responsible: Sequence[str]) -> Statement:
    """Return a statement; its parts are handed over as plain values, which is several times as fast as one by one."""
    measure = claim.measure
    section = outline.at(measure.start)
    first, last = text.span(*claim.sentence)
    deadline, period = claim.deadline, claim.period
    return Statement.model_validate(
        {
            "id": sid,
            "role": claim.role,
            "node": outline.sections[section].id if section >= 0 else None,
            "quantity": {
                **_located(text, measure.start, measure.end),
                "kind": measure.kind,
                "low": measure.low,
                "high": measure.high,
                "unit": measure.unit,
                "bound": measure.bound,
                "approximate": measure.approximate,
            },
            "indicators": [
                {
                    **_located(text, named.start, named.end),
                    "name": named.name or text.clean[named.start : named.end],
                    "key": named.key,
                }
                for named in claim.indicators
            ],
            "action": _located(text, *claim.action) if claim.action else None,
            "change": claim.change,
            "modality": claim.modality,
            "baseline": _located(text, *claim.baseline) if claim.baseline else None,
            "deadline": {**_located(text, deadline.start, deadline.end), "due": deadline.last} if deadline else None,
            "period": _stated_period(text, period) if period else None,
            "confidence": claim.confidence,
            "responsible": responsible,
            "sentence": {"start": first, "end": last},
        }
    )


def _responsible(outline: Outline, claim: Claim, by_scope: dict[int, list[str]]) -> Sequence[str]:
    """Return the ids that hold for a claim's section: its own, else those of the nearest section above that has some."""
    section = outline.at(claim.measure.start)
    while section >= 0:
        if section in by_scope:
            return by_scope[section]
        section = outline.sections[section].parent
    return ()


def _row_at(rows: Sequence[tuple[int, int]], offset: int) -> tuple[int, int]:
    """Return the row of a table with bodies of its own around an offset, an empty one where there is none."""
    index = bisect_right(rows, (offset, 1 << 60)) - 1
    return rows[index] if index >= 0 and offset < rows[index][1] else (0, 0)


def _stated_period(text: Text, phrase: TimePhrase) -> StatedPeriod:
    return StatedPeriod(text=text.clean[phrase.start : phrase.end], from_=phrase.first, to=phrase.last)


def _responsibility(text: Text, outline: Outline, rid: str, duty: Duty) -> Responsibility:
    section = outline.at(duty.start)
    return Responsibility.model_validate(
        {
            "id": rid,
            "entity": {
                **_located(text, duty.start, duty.end),
                "name": duty.name or text.clean[duty.start : duty.end],
            },
            "role": duty.role,
            "node": outline.sections[section].id if section >= 0 else None,
            "cue": _located(text, *duty.cue) if duty.cue else None,
        }
    )


def _diagnostic(text: Text, finding: Finding) -> Diagnostic:
    start, end = text.span(finding.start, finding.end)
    return Diagnostic(code=finding.code, message=finding.message, start=start, end=end)
