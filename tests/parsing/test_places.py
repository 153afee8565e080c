"""Where quantities, divisions and bodies stand: headings, brackets, rows, boxes, glossaries, lines of who answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from policyparse import Document, parse
from policyparse.model import Node

SPECS = Path(__file__).parent.parent / "specs"


def rows(name: str) -> list[list[str]]:
    lines = (SPECS / name).read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n").split("\t") for line in lines if line and not line.startswith("#")]


def divisions(nodes: Sequence[Node], level: int = 1) -> Iterator[str]:
    for node in nodes:
        yield f"{level}{node.label}[{node.heading}]"
        yield from divisions(node.children, level + 1)


def quantities(found: Document) -> str:
    ordered = sorted((one.quantity for one in (*found.targets, *found.facts)), key=lambda quantity: quantity.start)
    return "|".join(quantity.text for quantity in ordered) or "-"


@pytest.mark.parametrize(("text", "expected"), rows("quantity_places.tsv"))
def test_quantities_of_a_place(text: str, expected: str) -> None:
    assert quantities(parse(text)) == expected


@pytest.mark.parametrize(("text", "outline", "counted", "bodies"), [*rows("glossaries.tsv"), *rows("unit_lines.tsv")])
def test_glossaries_and_lines_of_who_answers(text: str, outline: str, counted: str, bodies: str) -> None:
    found = parse(text)
    assert " ".join(divisions(found.outline)) == outline
    assert quantities(found) == counted
    assert ("|".join(f"{duty.entity.text}:{duty.role}" for duty in found.responsibilities) or "-") == bodies
