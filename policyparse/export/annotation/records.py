"""Gold annotations as records, and records as gold annotations again.

Indicators and deadlines are words in a gold file. Where they stand in the text beside their quantity, they become regions of
their own with a relation, so that an annotator can move them; the others stay words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from policyparse.errors import EvaluationError
from policyparse.export.annotation.completing import completed_level, completed_quantity
from policyparse.export.annotation.headings import heading_end, parted, split_behind
from policyparse.export.annotation.record import (
    BODY_ROLES,
    CHOICES,
    DUE,
    LINKED,
    MALFORMED,
    MEASURES,
    ROLES,
    Fields,
    Record,
    Region,
    Relation,
)

Gold: TypeAlias = dict[str, Any]
Places: TypeAlias = Mapping[tuple[int, str], tuple[int, int]]
"""Where the words of an indicator or deadline stand, by the start of the quantity and the words, where that is known."""

_LISTS = ("outline", "quantities", "responsibilities")
_NODE = ("start", "label", "level", "heading")
_QUANTITY = (
    *("start", "end", "text", "kind", "low", "high", "unit", "bound", "role", "indicator", "change"),
    *("deadline", "deadline_inherited"),
)
_DUTY = ("start", "end", "entity", "role")
_LINES_ABOVE = 20
_REACH = 2000
"""Characters of a line that are looked at on either side of a quantity."""


def record_of_gold(
    gold: Gold, text: str, name: str, *, encoding: str | None = None, places: Places | None = None
) -> Record:
    """Return the gold annotation ``gold`` of ``text`` as a record.

    ``encoding`` is that of the text file, ``places`` tells where words stand that would else be looked for around their
    quantity. Raises ``EvaluationError`` where ``gold`` does not fit ``text``.
    """
    building = _Building(text, places or {})
    try:
        for node in gold.get("outline", ()):
            building.add_node(node)
        for quantity in gold.get("quantities", ()):
            building.add_quantity(quantity)
        for duty in gold.get("responsibilities", ()):
            building.add(duty["start"], duty["end"], duty["role"], _others(duty, _DUTY))
        about = {key: value for key, value in gold.items() if key not in _LISTS}
        if boilerplate := about.get("metadata", {}).get("boilerplate"):
            about["metadata"] = {key: value for key, value in about["metadata"].items() if key != "boilerplate"}
            for extent in boilerplate:
                building.add(extent["start"], extent["end"], "boilerplate", _others(extent, ("start", "end")))
    except MALFORMED as error:
        raise EvaluationError(f"{name}: no gold annotation: {error!r} (the format: corpora/README.md)") from error
    if encoding and encoding != "utf-8":
        about["encoding"] = encoding
    for region in building.regions:
        if not 0 <= region.start <= region.end <= len(text):
            raise EvaluationError(f"{name}: {region.label} at {region.start} lies outside the text")
    return Record(name, text, building.regions, building.relations, about)


def gold_of_record(record: Record) -> Gold:
    """Return the gold annotation that ``record`` holds, its lists sorted by place.

    What an annotator left out is filled in: label and heading are read from the region's text, the level from divisions
    with the same style of label, value and unit from the quantity's text; they are read again where the region was moved.
    Raises ``EvaluationError`` where a quantity has no value that can be read, or a field is of another kind than it should.
    """
    try:
        return _gold(record)
    except MALFORMED as error:
        raise EvaluationError(f"{record.name}: the annotation was damaged: {error!r:.200}") from error


def _gold(record: Record) -> Gold:
    about = {key: value for key, value in record.about.items() if key != "encoding"}
    metadata = about.get("metadata", {})
    boilerplate = [
        {"start": one.start, "end": one.end, **one.fields.get("other", {})}
        for one in record.regions
        if one.label == "boilerplate"
    ]
    gold: Gold = {
        **{key: about.pop(key) for key in ("doc", "sha256", "chars", "windows") if key in about},
        "metadata": {**metadata, "boilerplate": sorted(boilerplate, key=lambda one: (one["start"], one["end"]))},
        "outline": [],
        "quantities": [],
        "responsibilities": [],
        **{key: value for key, value in about.items() if key != "metadata"},
    }
    gold.setdefault("doc", f"{record.name}.txt")
    gold.setdefault("chars", len(record.text))
    record = _trimmed(record)
    linked = _links(record)
    for index, region in sorted(enumerate(record.regions), key=_by_place):
        span = record.text[region.start : region.end]
        other = region.fields.get("other", {})
        if region.layer == "node":
            gold["outline"].append(_node(record, region, span, gold["outline"]) | other)
        elif region.layer == "quantity":
            gold["quantities"].append(_quantity(record, region, span, linked.get(index, {})) | other)
        elif region.layer == "body":
            entry = {"start": region.start, "end": region.end, "entity": span, "role": region.label}
            gold["responsibilities"].append(entry | other)
    return gold


class _Building:
    """Regions and relations while they are collected; an indicator that serves several quantities is one region."""

    def __init__(self, text: str, places: Places) -> None:
        self.regions: list[Region] = []
        self.relations: list[Relation] = []
        self._text = text
        self._places = places
        self._shared: dict[tuple[str, int, int], int] = {}

    def add(self, start: int, end: int, label: str, other: Fields, fields: Fields | None = None) -> int:
        fields = {key: value for key, value in (fields or {}).items() if value is not None}
        if other:
            fields["other"] = other
        self.regions.append(Region(start, end, label, fields, self._text[start:end]))
        return len(self.regions) - 1

    def add_node(self, node: Fields) -> None:
        start, label, heading = node["start"], node["label"], node["heading"]
        end = heading_end(self._text, start, label, heading)
        span = self._text[start:end]
        fields: Fields = {"level": str(node["level"])}
        if parted(span) != (label, heading):
            fields["label"] = label
            if not span.startswith(label) or split_behind(span, label)[1] != heading:
                fields["heading"] = heading
        self.add(start, end, "node", _others(node, _NODE), fields)

    def add_quantity(self, quantity: Fields) -> None:
        start, end = quantity["start"], quantity["end"]
        found = [self._place(start, end, words) for words in quantity.get("indicator", ())]
        words = [LINKED if place else words for place, words in zip(found, quantity.get("indicator", ()), strict=True)]
        deadline = quantity.get("deadline", "")
        inherited = quantity.get("deadline_inherited")
        due = self._place(start, end, deadline, lines=_LINES_ABOVE if inherited else 0) if deadline else None
        fields: Fields = {
            **{key: quantity[key] for key in ("kind", "bound", "low", "high", "unit")},
            "change": quantity.get("change") or None,
            "indicator": words if any(word != LINKED for word in words) else None,
            "deadline": deadline if deadline and not due else None,
            "deadline_inherited": inherited,
        }
        mine = self.add(start, end, quantity["role"], _others(quantity, _QUANTITY), fields)
        for place in found:
            if place:
                self._relate(mine, MEASURES, "indicator", place)
        if due:
            self._relate(mine, DUE, "deadline", due)

    def _relate(self, source: int, kind: str, label: str, place: tuple[int, int]) -> None:
        key = (label, *place)
        if key not in self._shared:
            self._shared[key] = self.add(*place, label, {})
        self.relations.append(Relation(kind, source, self._shared[key]))

    def _place(self, start: int, end: int, words: str, lines: int = 0) -> tuple[int, int] | None:
        """Return where ``words`` stand: on the quantity's line, nearest to it, or on one of the ``lines`` above."""
        text = self._text
        if not words.strip() or words == LINKED or "\n" in words:
            return None
        if known := self._places.get((start, words)):
            return known if text[known[0] : known[1]] == words else None
        first = max(text.rfind("\n", 0, start) + 1, start - _REACH)
        last = text.find("\n", end, end + _REACH)
        last = min(len(text), end + _REACH) if last < 0 else last
        before, behind = text.rfind(words, first, start), text.find(words, end, last)
        if before >= 0 and (behind < 0 or start - before - len(words) <= behind - end):
            return before, before + len(words)
        if behind >= 0:
            return behind, behind + len(words)
        for _ in range(lines):
            if not first:
                break
            first = max(text.rfind("\n", 0, first - 1) + 1, first - _REACH, 0)
        before = text.rfind(words, first, start) if lines else -1
        return (before, before + len(words)) if before >= 0 else None


def _node(record: Record, region: Region, span: str, before: list[Fields]) -> Fields:
    given = region.fields if region.text in ("", span) else {}
    label = given.get("label")
    if label is not None and ("heading" in given or span.startswith(label)):
        heading = given.get("heading", split_behind(span, label)[1])
    else:
        label, heading = parted(span)
        heading = given.get("heading", heading)
    level = region.fields.get("level")
    return {
        "start": region.start,
        "label": label,
        "level": int(level) if level and str(level).isdecimal() else completed_level(label, before),
        "heading": heading,
    }


def _quantity(record: Record, region: Region, span: str, linked: dict[str, list[str]]) -> Fields:
    fields = completed_quantity(record, region)
    for key, allowed in CHOICES["quantity"].items():
        if fields.get(key) and fields[key] not in allowed:
            raise EvaluationError(f"{record.name}: {key} {fields[key]!r} of {span!r}: allowed are {', '.join(allowed)}")
    spans = list(linked.get(MEASURES, ()))
    words: list[str] = []
    for word in region.fields.get("indicator", ()):
        if word != LINKED:
            words.append(word)
        elif spans:
            words.append(spans.pop(0))
    words += spans
    due = linked.get(DUE, [])
    deadline = due[0] if due else region.fields.get("deadline", "")
    found: Fields = {
        "start": region.start,
        "end": region.end,
        "text": span,
        **{key: fields[key] for key in ("kind", "low", "high", "unit", "bound")},
        "role": region.label,
        "indicator": words,
        "change": region.fields.get("change", ""),
        "deadline": deadline,
    }
    if deadline:
        found["deadline_inherited"] = bool(region.fields.get("deadline_inherited", False))
    return found


def _trimmed(record: Record) -> Record:
    """Return ``record`` without white space at the ends of regions that an annotator drew."""
    regions = []
    for region in record.regions:
        span = record.text[region.start : region.end]
        words = span.strip()
        if words and words != span and region.text != span and region.layer != "boilerplate":
            start = region.start + span.index(words)
            region = replace(region, start=start, end=start + len(words))
        regions.append(region)
    return replace(record, regions=regions)


def _links(record: Record) -> dict[int, dict[str, list[str]]]:
    """Return for each quantity the texts of the regions that it is related to, by kind of relation."""
    found: dict[int, dict[str, list[str]]] = {}
    for relation in record.relations:
        source, target = record.regions[relation.source], record.regions[relation.target]
        pair = relation.source, target
        if source.layer != "quantity":  # an annotator may draw an arrow from either end
            pair = relation.target, source
        kind = {"indicator": MEASURES, "deadline": DUE}.get(pair[1].layer)
        if kind and record.regions[pair[0]].layer == "quantity":
            words = record.text[pair[1].start : pair[1].end]
            found.setdefault(pair[0], {}).setdefault(kind, []).append(words)
    return found


def _by_place(entry: tuple[int, Region]) -> tuple[int, int, int, int]:
    _, region = entry
    level = region.fields.get("level", "") if region.layer == "node" else ""
    order = (*ROLES, *BODY_ROLES).index(region.label) if region.layer in ("quantity", "body") else 0
    return region.start, int(level) if str(level).isdecimal() else 0, region.end, order


def _others(entry: Fields, known: tuple[str, ...]) -> Fields:
    """Return the fields of a gold entry that the format does not name: they travel with it."""
    return {key: value for key, value in entry.items() if key not in known}
