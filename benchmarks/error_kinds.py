"""Errors sorted by layer and pattern: what kind of thing goes wrong, and how often. No text is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policyparse import Parser
from policyparse.corpus.gold import Gold, GoldQuantity, Sample
from policyparse.corpus.measures import alike, bare, close, overlap
from policyparse.model import Document, Statement
from policyparse.parsing.assembly import Findings, assemble

_GOOD = 0.5


@dataclass(frozen=True)
class Kind:
    """A kind of error: the layer that it belongs to, and its pattern."""

    layer: str
    pattern: str


def counted(samples: Sequence[Sample], parser: Parser) -> list[tuple[Kind, int, int]]:
    """Return the kinds of error with the number of errors and of documents that have one, the commonest first."""
    errors: Counter[Kind] = Counter()
    documents: Counter[Kind] = Counter()
    for sample in samples:
        found = parser.findings(sample.source)
        here = Counter(kinds(sample.gold, assemble(sample.source, found), found, parser))
        errors += here
        documents.update(here.keys())
    return sorted(
        ((kind, count, documents[kind]) for kind, count in errors.items()), key=lambda one: (-one[1], str(one[0]))
    )


def kinds(gold: Gold, document: Document, found: Findings, parser: Parser) -> Iterator[Kind]:
    """Yield the kind of each error of one document."""
    yield from _outline(gold, document)
    yield from _quantities(gold, document, found, parser)
    yield from _responsibilities(gold, document)
    yield from _metadata(gold, document)


def _outline(gold: Gold, document: Document) -> Iterator[Kind]:
    wanted = {node.start: node for node in gold.outline}
    got = {node.start: node for node in document.nodes() if gold.covers(node.start)}
    for at in wanted.keys() ^ got.keys():
        node = wanted.get(at) or got[at]
        sort = "division with a label" if node.label else "heading without a label"
        yield Kind("outline", f"{sort} {'missed' if at in wanted else 'where there is none'}")
    for at in wanted.keys() & got.keys():
        if wanted[at].level != got[at].level:
            yield Kind("outline", "level too deep" if got[at].level > wanted[at].level else "level too high")
        if bare(wanted[at].heading) != bare(got[at].heading):
            yield Kind("heading", _lengths(bare(wanted[at].heading), bare(got[at].heading)))


def _quantities(gold: Gold, document: Document, found: Findings, parser: Parser) -> Iterator[Kind]:
    wanted = {(q.start, q.end): q for q in gold.quantities}
    statements = document.statements()
    got = {(s.quantity.start, s.quantity.end): s for s in statements if gold.covers(s.quantity.start)}
    yield from _spans("quantity", set(wanted), set(got), {at: f" ({q.kind})" for at, q in wanted.items()})
    named = _candidates(found, parser)
    for at in sorted(wanted.keys() & got.keys()):
        yield from _statement(wanted[at], got[at], named.get(at, ()))


def _candidates(found: Findings, parser: Parser) -> dict[tuple[int, int], tuple[str, ...]]:
    """Return the names among which the ranking chose, by the quantity's span."""
    steps = parser._indicators.steps(found.text, found.sentences, found.measures)
    return {
        found.text.span(measure.start, measure.end): tuple(
            one.name or found.text.clean[one.start : one.end] for one in candidates
        )
        for measure, (_, candidates, _) in zip(found.measures, steps, strict=True)
    }


def _statement(want: GoldQuantity, got: Statement, candidates: Sequence[str]) -> Iterator[Kind]:
    quantity = got.quantity
    if not (close(want.low, quantity.low) and close(want.high, quantity.high)):
        yield Kind("value", "another value")
    for field in ("kind", "unit", "bound"):
        one, other = getattr(want, field), getattr(quantity, field)
        if one != other:
            yield Kind(field, f"{one or 'none'} read as {other or 'none'}" if field != "unit" else "another unit")
    if want.role != got.role:
        yield Kind("role", f"{want.role} read as {got.role}")
    if want.change != got.change:
        yield Kind("change", f"{want.change or 'level'} read as {got.change or 'level'}")
    due = got.deadline.text if got.deadline else ""
    if not (alike(want.deadline, due) or (want.deadline_inherited and not due)):
        yield Kind(
            "deadline", "missed" if not due else ("where there is none" if not want.deadline else "another time")
        )
    yield from _indicator(want, got, candidates)


def _indicator(want: GoldQuantity, got: Statement, candidates: Sequence[str]) -> Iterator[Kind]:
    names = [text for one in got.indicators for text in (one.text, one.name) if text]
    missed = [wish for wish in want.indicator if not any(alike(wish, name) for name in names)]
    if not missed:
        return
    wish = missed[0]
    if not names:
        yield Kind("indicator", "none found")
        return
    if len(want.indicator) > len(missed):
        yield Kind("indicator", "one of several missed")
        return
    known = any(overlap(wish, name) >= _GOOD for name in candidates)
    nearest = max(names, key=lambda name: overlap(wish, name))
    pattern = _lengths(bare(wish), bare(nearest))
    yield Kind("indicator", f"{pattern}, {'a candidate names it' if known else 'no candidate names it'}")


def _responsibilities(gold: Gold, document: Document) -> Iterator[Kind]:
    wanted = {(r.start, r.end): r for r in gold.responsibilities}
    got = {(r.entity.start, r.entity.end): r for r in document.responsibilities if gold.covers(r.entity.start)}
    roles = {
        **{at: f" ({one.role})" for at, one in got.items()},
        **{at: f" ({one.role})" for at, one in wanted.items()},
    }
    yield from _spans("responsibility", set(wanted), set(got), roles)
    for at in wanted.keys() & got.keys():
        if wanted[at].role != got[at].role:
            yield Kind("responsibility", f"{wanted[at].role} read as {got[at].role}")


def _spans(
    layer: str, wanted: set[tuple[int, int]], got: set[tuple[int, int]], notes: dict[tuple[int, int], str]
) -> Iterator[Kind]:
    """Yield what is missed, found where there is none, or found with other ends."""
    false = got - wanted
    for start, end in sorted(wanted - got):
        touching = next((one for one in sorted(false) if one[0] < end and start < one[1]), None)
        if touching is None:
            yield Kind(layer, f"missed{notes.get((start, end), '')}")
            continue
        false.discard(touching)
        longer = touching[1] - touching[0] > end - start
        yield Kind(layer, "span too long" if longer else "span too short")
    for at in sorted(false):
        yield Kind(layer, f"where there is none{notes.get(at, '')}")


def _metadata(gold: Gold, document: Document) -> Iterator[Kind]:
    for field in ("title", "doc_number", "issuer", "addressee", "issued_on"):
        one, other = bare(getattr(gold.metadata, field)), bare(str(getattr(document.metadata, field) or ""))
        if one != other and not (field == "issuer" and one and other and (one.endswith(other) or other.endswith(one))):
            yield Kind(field, _lengths(one, other) if one and other else ("missed" if one else "where there is none"))
    want, period = gold.metadata.period, document.metadata.period
    dates = (want.start, want.end) if not isinstance(want, str) else (None, None)
    found = (str(period.start or "") or None, str(period.end or "") or None) if period else (None, None)
    if dates != found:
        yield Kind(
            "period", "missed" if not period else ("where there is none" if dates == (None, None) else "another")
        )


def _lengths(wanted: str, found: str) -> str:
    """Tell how a phrase that was found differs from the one that was wanted."""
    if not found:
        return "missed"
    if not wanted:
        return "where there is none"
    if wanted in found:
        return "too long"
    if found in wanted:
        return "too short"
    return "partly another phrase" if overlap(wanted, found) > 0 else "another phrase"
