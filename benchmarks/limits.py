"""What is known not to work: sentences of ``known_limits.toml``, and how the parser reads them now."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policyparse import Document, parse

LIMITS = Path(__file__).parent / "known_limits.toml"
FIELDS = ("role", "indicator", "change", "value", "deadline", "duty", "found")


@dataclass(frozen=True)
class Limit:
    """A sentence, the phrase in question, and what a reader would say about it."""

    what: str
    text: str
    phrase: str
    field: str
    wanted: str


def limits() -> list[Limit]:
    """Return the known limits in the order of the file."""
    return [Limit(**one) for one in tomllib.loads(LIMITS.read_text(encoding="utf-8"))["limit"]]


def reading(limit: Limit) -> str:
    """Return what the parser says about the phrase."""
    start = limit.text.index(limit.phrase)
    said = _said(parse(limit.text), start, start + len(limit.phrase))
    if limit.field == "found":
        return "yes" if said else "no"
    return said.get(limit.field, "nothing")


def still() -> Iterator[tuple[Limit, str]]:
    """Yield the limits that hold, each with what the parser says instead."""
    for limit in limits():
        if (said := reading(limit)) != limit.wanted:
            yield limit, said


def _said(document: Document, start: int, end: int) -> dict[str, str]:
    for one in document.statements():
        if one.quantity.start < end and start < one.quantity.end:
            return {
                "role": one.role,
                "indicator": "、".join(named.name for named in one.indicators) or "none",
                "change": one.change or "level",
                "value": format(one.quantity.low, "f"),
                "deadline": one.deadline.text if one.deadline else "none",
            }
    for duty in document.responsibilities:
        if duty.entity.start < end and start < duty.entity.end:
            return {"duty": duty.role}
    return {}
