"""Scoring the parser against annotated samples; the rules are those of ``corpora/GUIDELINE.md``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from policyparse.corpus.gold import Gold, GoldPeriod, GoldQuantity, load_samples
from policyparse.corpus.measures import Accuracy, Layer, alike, bare, close
from policyparse.model import Document, Metadata, Statement
from policyparse.parsing.api import default_parser
from policyparse.parsing.pipeline import Parser

LAYERS = (
    "outline node",
    "outline node+level",
    "quantity span",
    "quantity overlap",
    "target record",
    "responsibility",
    "entity",
)
FIELDS = ("value", "kind", "unit", "bound", "role", "change", "indicator", "deadline")
METADATA = ("title", "doc_number", "issuer", "addressee", "issued_on", "period", "boilerplate")
_RECORD = ("value", "unit", "bound", "indicator")
_BOILERPLATE_ENOUGH = 0.9


@dataclass(slots=True)
class Evaluation:
    """The scores of a parser on a set of samples: micro-averages over all documents.

    ``layers`` holds what is found or missed (precision, recall, F1), ``accuracy`` what is right or wrong on each thing
    that was found. Each has the list of its errors, a line each, with document and offset.
    """

    documents: int = 0
    layers: dict[str, Layer] = field(default_factory=lambda: {name: Layer() for name in LAYERS})
    accuracy: dict[str, Accuracy] = field(
        default_factory=lambda: {name: Accuracy() for name in ("outline heading", *FIELDS, *METADATA)}
    )

    def add(self, name: str, gold: Gold, document: Document) -> None:
        """Add the scores of ``document`` against its annotation; ``name`` stands in the lines of errors."""
        self.documents += 1
        self._add_outline(name, gold, document)
        self._add_quantities(name, gold, document)
        self._add_responsibilities(name, gold, document)
        self._add_metadata(name, gold, document.metadata)

    def to_text(self, *, errors: int = 0) -> str:
        """Return one line a measure, and up to ``errors`` lines of errors for each."""
        lines = [f"{self.documents} documents"]
        lines += [
            f"{name:20} P {layer.precision:.3f}  R {layer.recall:.3f}  F1 {layer.f1:.3f}   "
            f"({layer.right} right, {layer.false} false, {layer.missed} missed)"
            for name, layer in self.layers.items()
        ]
        lines += [
            f"{name:20} {accuracy.share:.3f}   ({accuracy.right} of {accuracy.of})"
            for name, accuracy in self.accuracy.items()
        ]
        measures: Mapping[str, Layer | Accuracy] = {**self.layers, **self.accuracy}
        for name, measure in measures.items():
            if errors and measure.errors:
                lines += ["", f"-- {name}: {len(measure.errors)}"]
                lines += [f"   {error}" for error in measure.errors[:errors]]
        return "\n".join(lines) + "\n"

    def to_json(self) -> str:
        """Return the figures as one line of JSON."""
        layers = {
            name: {"p": m.precision, "r": m.recall, "f": m.f1, "tp": m.right, "fp": m.false, "fn": m.missed}
            for name, m in self.layers.items()
        }
        accuracy = {name: {"right": m.right, "of": m.of} for name, m in self.accuracy.items()}
        found = {"documents": self.documents, "layers": layers, "accuracy": accuracy}
        return json.dumps(found, ensure_ascii=False) + "\n"

    def _add_outline(self, name: str, gold: Gold, document: Document) -> None:
        wanted = {node.start: node for node in gold.outline}
        found = {node.start: node for node in document.nodes() if gold.covers(node.start)}
        both = sorted(wanted.keys() & found.keys())
        nodes, levels = self.layers["outline node"], self.layers["outline node+level"]
        nodes.add(len(both), len(found), len(wanted))
        levels.add(sum(wanted[at].level == found[at].level for at in both), len(found), len(wanted))
        for at in sorted(wanted.keys() ^ found.keys()):
            what, node = ("missed", wanted[at]) if at in wanted else ("false", found[at])
            nodes.errors.append(f"{name}@{at} {what} {node.label!r} {node.heading[:20]!r}")
        for at in both:
            want, got = wanted[at], found[at]
            if want.level != got.level:
                levels.errors.append(f"{name}@{at} {want.label!r} gold {want.level} got {got.level}")
            same = bare(want.heading) == bare(got.heading)
            error = f"{name}@{at} gold {want.heading[:30]!r} got {got.heading[:30]!r}"
            self.accuracy["outline heading"].add(same, error)

    def _add_quantities(self, name: str, gold: Gold, document: Document) -> None:
        wanted = {(q.start, q.end): q for q in gold.quantities}
        found = {
            (s.quantity.start, s.quantity.end): s
            for s in (*document.targets, *document.facts)
            if gold.covers(s.quantity.start)
        }
        both = sorted(wanted.keys() & found.keys())
        spans = self.layers["quantity span"]
        spans.add(len(both), len(found), len(wanted))
        self.layers["quantity overlap"].add(_overlapping(wanted, found), len(found), len(wanted))
        for at in sorted(wanted.keys() ^ found.keys()):
            what = (
                f"missed {wanted[at].text!r} ({wanted[at].role})"
                if at in wanted
                else f"false {found[at].quantity.text!r}"
            )
            spans.errors.append(f"{name}@{at} {what}")
        records = 0
        for at in both:
            want, got = wanted[at], found[at]
            answers = _answers(want, got)
            for key, (ok, shown) in answers.items():
                self.accuracy[key].add(ok, f"{name}@{at} {want.text!r} {shown}")
            right = all(answers[key][0] for key in _RECORD if key in answers)
            records += right and want.role == got.role == "target"
        self.layers["target record"].add(
            records,
            sum(statement.role == "target" for statement in found.values()),
            sum(quantity.role == "target" for quantity in wanted.values()),
        )

    def _add_responsibilities(self, name: str, gold: Gold, document: Document) -> None:
        wanted = {(r.start, r.end): r for r in gold.responsibilities}
        found = {(r.entity.start, r.entity.end): r for r in document.responsibilities if gold.covers(r.entity.start)}
        both = sorted(wanted.keys() & found.keys())
        entities, duties = self.layers["entity"], self.layers["responsibility"]
        entities.add(len(both), len(found), len(wanted))
        duties.add(sum(wanted[at].role == found[at].role for at in both), len(found), len(wanted))
        for at in sorted(wanted.keys() ^ found.keys()):
            what = (
                f"missed {wanted[at].entity!r} ({wanted[at].role})"
                if at in wanted
                else f"false {found[at].entity.text!r} ({found[at].role})"
            )
            entities.errors.append(f"{name}@{at} {what}")
        for at in both:
            want, got = wanted[at], found[at]
            if want.role != got.role:
                duties.errors.append(f"{name}@{at} {want.entity!r} gold {want.role} got {got.role}")

    def _add_metadata(self, name: str, gold: Gold, got: Metadata) -> None:
        want = gold.metadata
        for key in ("title", "doc_number", "issuer", "addressee", "issued_on"):
            wanted, found = getattr(want, key), getattr(got, key)
            one, other = bare(wanted), bare(str(found or ""))
            # 省人民政府 stands for 浙江省人民政府 where the text does not name the region.
            same = one == other or bool(
                key == "issuer" and one and other and (one.endswith(other) or other.endswith(one))
            )
            self.accuracy[key].add(same, f"{name} gold {wanted!r} got {str(found or '')!r}")
        expected = (want.period.start, want.period.end) if isinstance(want.period, GoldPeriod) else (None, None)
        period = (_iso(got.period.start), _iso(got.period.end)) if got.period else (None, None)
        self.accuracy["period"].add(period == expected, f"{name} gold {expected} got {period}")
        mine = {at for extent in want.boilerplate for at in range(extent.start, extent.end)}
        theirs = {at for extent in got.boilerplate for at in range(extent.start, extent.end)}
        shared = len(mine & theirs)
        enough = 2 * shared >= _BOILERPLATE_ENOUGH * (len(mine) + len(theirs))
        error = f"{name} gold {len(mine)} characters, got {len(theirs)}, shared {shared}"
        self.accuracy["boilerplate"].add(enough, error)


def evaluate(folder: str | Path, *, parser: Parser | None = None) -> Evaluation:
    """Parse each ``NAME.txt`` of ``folder`` and score it against ``NAME.gold.json``.

    Raises ``EvaluationError`` where there are no gold files or one does not fit its text.

    >>> from policyparse import evaluate
    >>> evaluation = evaluate("corpora")
    >>> evaluation.documents, evaluation.layers["quantity span"].f1 > 0.5
    (13, True)
    """
    parser = parser or default_parser()
    evaluation = Evaluation()
    for sample in load_samples(folder):
        evaluation.add(sample.name, sample.gold, parser.parse(sample.source))
    return evaluation


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _overlapping(wanted: Iterable[tuple[int, int]], found: Iterable[tuple[int, int]]) -> int:
    """Count pairs that touch, each span used once, first come first served."""
    free = list(found)
    pairs = 0
    for start, end in wanted:
        for index, (other_start, other_end) in enumerate(free):
            if start < other_end and other_start < end:
                del free[index]
                pairs += 1
                break
    return pairs


def _answers(want: GoldQuantity, got: Statement) -> dict[str, tuple[bool, str]]:
    """Return for each field whether it is right, and both readings in words."""
    quantity = got.quantity
    deadline = got.deadline.text if got.deadline else ""
    names = [text for indicator in got.indicators for text in (indicator.text, indicator.name) if text]
    value = close(want.low, quantity.low) and close(want.high, quantity.high)
    answers: dict[str, tuple[bool, Any, Any]] = {
        "value": (value, (str(want.low), str(want.high)), (str(quantity.low), str(quantity.high))),
        "kind": (want.kind == quantity.kind, want.kind, quantity.kind),
        "unit": (want.unit == quantity.unit, want.unit, quantity.unit),
        "bound": (want.bound == quantity.bound, want.bound, quantity.bound),
        "role": (want.role == got.role, want.role, got.role),
        "change": (want.change == got.change, want.change, got.change),
        # A deadline that stands in a lead sentence above is welcome, not demanded.
        "deadline": (
            alike(want.deadline, deadline) or (want.deadline_inherited and not got.deadline),
            want.deadline,
            deadline,
        ),
    }
    if want.indicator:
        named = all(any(alike(wanted, name) for name in names) for wanted in want.indicator)
        answers["indicator"] = (named, list(want.indicator), names)
    return {key: (ok, f"gold {wanted!r} got {found!r}") for key, (ok, wanted, found) in answers.items()}
