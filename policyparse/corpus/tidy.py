"""After a run: rows that no longer count leave the store, and many small parts become few."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from policyparse.corpus.manifest import Live, live_documents, read_parts
from policyparse.corpus.parts import Entry, Part, PartWriter, retire

_SMALL, _MANY, _MERGED = 8, 256, 64
"""Parts with at most so many documents are small; so many of them are merged, into parts of so many documents."""


def tidy(store: Path, run: int, keep: Collection[str] | None = None) -> int:
    """Rewrite the parts of the store at ``store`` so that each holds valid rows only; return how many documents left.

    ``keep``: the documents to keep, ``None`` for all. At any moment, and after a kill, the valid rows are the same: a
    part is taken away only after the part that replaces it was committed.
    """
    parts = read_parts(store)
    live = live_documents(parts)
    kept = {key: entry for key, entry in live.items() if keep is None or key in keep}
    holding: dict[str, dict[str, Entry]] = {part.name: {} for part in parts}
    for key, found in kept.items():
        holding[found.part.name][key] = Entry(key, found.name, found.content, found.given)
    writer = PartWriter(store)
    number = 0
    for group in _groups(parts, holding, live):
        entries = {key: entry for part in group for key, entry in holding[part.name].items()}
        if entries:
            writer.copy(f"{run:06d}-t{number:06d}", run, group, entries, group[0].parser)
            number += 1
        for part in group:
            retire(store, part.name)
    return len(live) - len(kept)


def _groups(
    parts: list[Part], holding: Mapping[str, Mapping[str, Entry]], live: Mapping[str, Live]
) -> list[list[Part]]:
    """Return the parts to replace, each group by one part: those with rows that do not count, and small ones."""
    stale = [part for part in parts if len(holding[part.name]) < len(part.documents)]
    groups = [[part] for part in stale]
    whole = [part for part in parts if len(holding[part.name]) == len(part.documents) <= _SMALL]
    by_parser: dict[str, list[Part]] = {}
    for part in whole:
        by_parser.setdefault(part.parser, []).append(part)
    for small in by_parser.values():
        if len(small) < _MANY:
            continue
        group: list[Part] = []
        size = 0
        for part in small:
            if size + len(part.documents) > _MERGED:
                groups.append(group)
                group, size = [], 0
            group.append(part)
            size += len(part.documents)
        groups.append(group)
    return groups
