"""Statements that were judged one by one in documents that are not part of the project, kept as offsets and roles.

A row holds the document (below the folder that is given), start and end of the quantity in the text as it is read, its role,
and what it measures: the stretches of the text that name it, ``start-end``, joined by ``+`` where the name is composed and
parted by ``;`` where there are several.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from policyparse.corpus.gold import Gold, GoldQuantity, Sample
from policyparse.model import Source
from policyparse.reading import read

JUDGED = Path(__file__).parent / "judged_statements.tsv"


def judged_samples(rows: Path, texts: Path) -> list[Sample]:
    """Return one sample a document; of its annotation only the quantities' spans, roles and indicators are judged.

    Raises ``ValueError`` where a row reaches beyond its text: another version of the document lies in ``texts``.
    """
    by_document: dict[str, list[list[str]]] = {}
    for line in rows.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, *cells = line.split("\t")
            by_document.setdefault(name, []).append(cells)
    samples = []
    for name, found in by_document.items():
        source = read(texts / name)
        quantities = [_quantity(source.text, name, cells) for cells in found]
        gold = Gold(chars=len(source.text), quantities=tuple(quantities))
        samples.append(Sample(name, source, gold))
    return samples


def _quantity(text: str, name: str, cells: list[str]) -> GoldQuantity:
    start, end, role, indicators = int(cells[0]), int(cells[1]), cells[2], cells[3]
    if end > len(text):
        raise ValueError(f"{name}: a judged quantity ends at {end}, the text at {len(text)}; it is another version")
    named = []
    for phrase in indicators.split(";") if indicators else ():
        spans = [piece.split("-") for piece in phrase.split("+")]
        named.append("".join(text[int(first) : int(last)] for first, last in spans))
    return _gold(start, text[start:end], role, named)


def sample_of(name: str, text: str, marks: list[tuple[int, str, list[str]]]) -> Sample:
    """Return a text in which only the indicators of quantities are judged, each with its offset and its own text."""
    quantities = tuple(_gold(start, quantity, "target", names) for start, quantity, names in marks)
    return Sample(name, Source(name=name, text=text), Gold(chars=len(text), quantities=quantities))


def _gold(start: int, text: str, role: str, named: list[str]) -> GoldQuantity:
    return GoldQuantity.model_validate(
        {
            "start": start,
            "end": start + len(text),
            "text": text,
            "kind": "count",
            "low": Decimal(0),
            "high": Decimal(0),
            "unit": "",
            "bound": "eq",
            "role": role,
            "indicator": tuple(named),
        }
    )
