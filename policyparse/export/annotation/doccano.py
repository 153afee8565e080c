"""doccano (https://github.com/doccano/doccano): a line of JSON a document, for a project of sequence labelling with relations.

doccano's editor counts as JavaScript does, in UTF-16 units (https://github.com/doccano/doccano/issues/2290); in a project that
counts "grapheme clusters as one character" it counts these (https://github.com/doccano/doccano/pull/1511). ``count`` says which.
Its entities have a label and no further fields, so values travel in ``policyparse``, a field of the line that doccano keeps as
metadata, and are put back by the place of the entity. Projects need "allow overlapping entities".
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from policyparse.errors import EvaluationError
from policyparse.export.annotation.hidden import hidden_of, reveal
from policyparse.export.annotation.record import LAYERS, MALFORMED, RELATIONS, Fields, Record, Region, Relation
from policyparse.export.annotation.texts import COUNTS, Count, Counting, plain, restored

_SIDE = "policyparse"


def to_doccano(records: Iterable[Record], *, count: Count = "utf-16") -> str:
    """Return JSON Lines to import: text, entities, relations and, beside them, what doccano has no place for.

    >>> line = json.loads(to_doccano([Record("plan", "🎉新增5万人", [Region(3, 6, "target")])]))
    >>> line["entities"]
    [{'id': 1, 'start_offset': 4, 'end_offset': 7, 'label': 'target'}]
    """
    return "".join(json.dumps(_line(record, count), ensure_ascii=False) + "\n" for record in records)


def from_doccano(data: str, *, count: Count | None = None) -> list[Record]:
    """Return the records of an export in the format JSONL; ``count`` overrules how the lines say that they count.

    Lines with ``"label": [[start, end, label], …]``, which older versions write, are read as well. Raises
    ``EvaluationError`` where a line is malformed.
    """
    found = []
    for number, line in enumerate(data.removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            try:
                found.append(_record(json.loads(line), number, count))
            except MALFORMED as error:
                raise EvaluationError(
                    f"line {number}: no doccano document: {type(error).__name__}: {error!s:.200}; export as JSONL"
                ) from error
    return found


def doccano_configuration() -> dict[str, str]:
    """Return the label types to import into a project: those of spans and those of relations, as JSON.

    >>> sorted(doccano_configuration())
    ['relation_types.json', 'span_types.json']
    """
    from policyparse.export.annotation.record import COLOURS

    spans = [
        {
            "text": label,
            "prefix_key": None,
            "suffix_key": None,
            "background_color": COLOURS[label],
            "text_color": "#000000",
        }
        for label in LAYERS
    ]
    relations = [
        {"text": kind, "prefix_key": None, "suffix_key": None, "background_color": "#909090", "text_color": "#ffffff"}
        for kind in RELATIONS
    ]
    return {
        "span_types.json": json.dumps(spans, ensure_ascii=False, indent=1) + "\n",
        "relation_types.json": json.dumps(relations, ensure_ascii=False, indent=1) + "\n",
    }


def _line(record: Record, count: Count) -> dict[str, Any]:
    text, odd = plain(record.text)
    counting = Counting(text, count)
    entities, values = [], []
    shown: dict[int, int] = {}
    for index, region in enumerate(record.regions):
        start, end = counting.out(region.start), counting.out(region.end)
        extent = {"start": region.start, "end": region.end, "label": region.label}
        if start >= end:
            continue
        shown[index] = len(shown) + 1
        entities.append({"id": shown[index], "start_offset": start, "end_offset": end, "label": region.label})
        values.append({**extent, "fields": region.fields, "at": [start, end]})
    relations = [
        {"from_id": shown[one.source], "to_id": shown[one.target], "type": one.kind}
        for one in record.relations
        if one.source in shown and one.target in shown
    ]
    side = {"name": record.name, "count": count, "about": record.about, "values": values}
    side |= {**({"odd": odd} if odd else {}), **hidden_of(record, shown)}
    relations = [{"id": number, **one} for number, one in enumerate(relations, 1)]
    return {"text": text, "entities": entities, "relations": relations, _SIDE: side}


def _record(line: dict[str, Any], number: int, count: Count | None) -> Record:
    text: str = line["text"]
    side = line.get(_SIDE) or (line.get("meta") or {}).get(_SIDE) or {}
    if isinstance(side, str):
        side = json.loads(side)
    name = str(side.get("name") or f"document-{line.get('id', number)}")
    way = count or side.get("count", "utf-16")
    if way not in COUNTS:
        raise EvaluationError(f"{name}: no way to count is called {way}; there are {', '.join(COUNTS)}")
    counting = Counting(text, way)
    original = restored(text, side.get("odd", {}))
    marks = [*_entities(line)]
    regions: list[Region] = []
    places: dict[Any, int] = {}
    for key, start, end, label in marks:
        if label not in LAYERS:
            raise EvaluationError(f"{name}: no label {label}; there are {', '.join(LAYERS)}")
        region = Region(counting.back(start), counting.back(end), label)
        if not 0 <= region.start <= region.end <= len(text):
            raise EvaluationError(f"{name}: {label} at {region.start} lies outside the text")
        places[key] = len(regions)
        regions.append(region)
    _give_back(regions, [(start, end) for _, start, end, _ in marks], side.get("values", []), original)
    relations = [
        Relation(one["type"], places[one["from_id"]], places[one["to_id"]])
        for one in sorted(line.get("relations") or (), key=lambda one: one.get("id", 0))
        if one["from_id"] in places and one["to_id"] in places
    ]
    record = Record(name, original, regions, relations, side.get("about", {}))
    reveal(record, side.get("hidden", {}))
    return record


def _entities(line: Fields) -> Iterable[tuple[Any, int, int, str]]:
    found: list[Any] = next((line[key] for key in ("entities", "label", "labels") if line.get(key)), [])
    for index, one in enumerate(found):
        if isinstance(one, dict):
            yield one.get("id", index), int(one["start_offset"]), int(one["end_offset"]), one["label"]
        else:
            yield index, int(one[0]), int(one[1]), one[2]


def _give_back(regions: list[Region], marks: list[tuple[int, int]], values: list[Fields], text: str) -> None:
    """Give each region the fields that were sent with it: by place and label, by place, or where both overlap."""
    free = {index: value for index, value in enumerate(values) if value["label"] in LAYERS}
    left = list(range(len(regions)))

    def give(fits: Any) -> None:
        by_place: dict[tuple[int, int], list[int]] = {}
        for index, value in free.items():
            by_place.setdefault((value["at"][0], value["at"][1]), []).append(index)
        for at in list(left):
            for index in by_place.get(marks[at], ()):
                if index in free and fits(regions[at], free[index]):
                    _fill(regions[at], free.pop(index), text, exact=True)
                    left.remove(at)
                    break

    give(lambda region, value: region.label == value["label"])
    give(lambda region, value: region.layer == LAYERS[value["label"]])
    order = sorted(free, key=lambda index: free[index]["start"])
    for at in left:
        region = regions[at]
        for index in order:
            value = free.get(index)
            if value is None or value["end"] <= region.start:
                continue
            if value["start"] >= region.end:
                break
            if LAYERS[value["label"]] == region.layer:
                _fill(region, free.pop(index), text, exact=False)
                break


def _fill(region: Region, value: Fields, text: str, *, exact: bool) -> None:
    region.fields = dict(value["fields"])
    region.text = text[value["start"] : value["end"]]
    if exact:  # a count by clusters may lie inside one
        region.start, region.end = value["start"], value["end"]
