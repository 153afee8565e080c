"""What annotators leave out: the values of a quantity, the level of a division."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from policyparse.errors import EvaluationError, NumeralError
from policyparse.export.annotation.headings import style_of
from policyparse.export.annotation.record import Fields, Record, Region
from policyparse.model import Quantity
from policyparse.parsing.api import find_quantities
from policyparse.parsing.numerals import parse_number

_AROUND = 60
_VALUES = ("low", "high", "unit", "kind")


def completed_quantity(record: Record, region: Region) -> Fields:
    """Return kind, low, high, unit and bound of a quantity: as given, else as its text reads.

    Values that were given for another text, because the region was moved since, are read again. Raises
    ``EvaluationError`` where there is a field that was not given and cannot be read.
    """
    given = {key: value for key, value in region.fields.items() if value not in ("", None) or key == "unit"}
    span = record.text[region.start : region.end]
    moved = region.text not in ("", span)
    if moved:
        given = {key: value for key, value in given.items() if key not in _VALUES}
    if "low" in given and "high" not in given:
        given["high"] = given["low"]
    missing = [key for key in ("kind", "low", "high", "unit", "bound") if key not in given]
    if missing and (read := _read(record.text, region)):
        found = {
            "kind": read.kind,
            "low": format(read.low, "f"),
            "high": format(read.high, "f"),
            "unit": read.unit,
            "bound": read.bound,
        }
        given = found | given
    elif "low" not in given and (number := _number(span)):
        given = {"low": number, "high": number, "unit": ""} | given
    elif moved:
        given = {key: region.fields[key] for key in _VALUES if key in region.fields} | given
    given.setdefault("unit", "")
    given.setdefault("bound", "eq")
    given.setdefault("kind", "count")
    for key in ("low", "high"):
        if not _is_number(given.get(key)):
            raise EvaluationError(
                f"{record.name}: no value can be read from {span!r} at {region.start}: give its low and high as plain digits"
            )
    return given


def completed_level(label: str, before: Sequence[Fields]) -> int:
    """Return the level of a division with ``label`` behind the divisions ``before``: that of the last one like it."""
    style = style_of(label)
    for node in reversed(before):
        if style_of(node["label"]) == style:
            return int(node["level"])
    if not before:
        return 1
    last = int(before[-1]["level"])
    return min(last + 1, 9) if label else last


def _read(text: str, region: Region) -> Quantity | None:
    """Return the quantity that the parser reads in the region, with the words of bound around it."""
    start, end = max(0, region.start - _AROUND), min(len(text), region.end + _AROUND)
    around = find_quantities(text[start:end])
    exact = [one for one in around if (one.start + start, one.end + start) == (region.start, region.end)]
    inside = exact or [one for one in around if region.start <= one.start + start and one.end + start <= region.end]
    alone = inside or find_quantities(text[region.start : region.end])
    return alone[0] if alone else None


def _number(span: str) -> str:
    """Return the value of a numeral alone, ``""`` where it is none."""
    try:
        return format(parse_number(span), "f")
    except NumeralError:
        return ""


def _is_number(value: Any) -> bool:
    try:
        return value is not None and Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False
