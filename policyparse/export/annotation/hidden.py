"""Regions that a tool cannot show (nothing but line ends, part of a character as it counts): they travel beside the others."""

from __future__ import annotations

from collections.abc import Collection

from policyparse.export.annotation.record import Fields, Record, Region, Relation


def hidden_of(record: Record, shown: Collection[int]) -> Fields:
    """Return the regions of ``record`` that are not in ``shown`` and the relations with them; nothing where there are none."""
    left = [at for at in range(len(record.regions)) if at not in shown]
    if not left:
        return {}
    regions = [
        {"start": one.start, "end": one.end, "label": one.label, "fields": one.fields}
        for one in (record.regions[at] for at in left)
    ]
    relations = [
        [at, one.kind, _place(record.regions[one.source]), _place(record.regions[one.target])]
        for at, one in enumerate(record.relations)
        if one.source not in shown or one.target not in shown
    ]
    return {"hidden": {"regions": regions, **({"relations": relations} if relations else {})}}


def reveal(record: Record, hidden: Fields) -> None:
    """Add to ``record`` what ``hidden_of`` returned; relations whose other end is gone are left out."""
    for one in hidden.get("regions", ()):
        record.regions.append(Region(one["start"], one["end"], one["label"], one["fields"]))
    places = {tuple(_place(region)): at for at, region in enumerate(record.regions)}
    for at, kind, source, target in hidden.get("relations", ()):
        ends = places.get(tuple(source)), places.get(tuple(target))
        if ends[0] is not None and ends[1] is not None:
            record.relations.insert(at, Relation(kind, ends[0], ends[1]))


def _place(region: Region) -> list[int | str]:
    return [region.start, region.end, region.label]
