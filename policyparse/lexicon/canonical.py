"""Canonical indicators (指标): one definition for all the names that documents give to the same measure.

A table is a TSV file with the columns of ``COLUMNS`` in its first row that is no comment. In a user's own file a row
whose key is known adds its aliases, and its cells that are not empty replace the old ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

from policyparse.errors import LexiconError
from policyparse.model import Kind

Direction: TypeAlias = Literal["up", "down", "none"]
Units: TypeAlias = tuple[tuple[Kind, tuple[str, ...]], ...]

COLUMNS = ("key", "name", "category", "level", "change", "direction", "aliases")
ANYWHERE = "…"
"""Opens an alias that is recognised behind any words."""

_KEY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_KINDS = frozenset(get_args(Kind))
_DIRECTIONS = frozenset(get_args(Direction))


@dataclass(frozen=True, slots=True)
class CanonicalIndicator:
    """What an indicator's key stands for.

    ``name`` is its usual Chinese name. ``level`` and ``change`` say what a statement of it may be counted in: kinds of
    quantity, each with the units that it may have (none: any unit); a change may also be counted in what its level is.
    ``unit`` is the usual unit of its level, ``""`` where there is none. ``direction`` tells which way is better.
    """

    key: str
    name: str
    category: str = ""
    level: Units = ()
    change: Units = ()
    direction: Direction = "none"
    aliases: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """The usual unit of the level: the first of those that the table lists."""
        return next((units[0] for _, units in self.level if units), "")

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that means this indicator, its own first, with ``…`` before those that need no known beginning."""
        return (self.name, *self.aliases)

    def fits(self, kind: Kind, unit: str, change: bool) -> bool:
        """Tell whether a quantity of this kind and unit can state the indicator's level, or a change of it."""
        if not self.level:
            return True
        return _among(self.level, kind, unit) or (change and _among(self.change, kind, unit))


def read_indicators(text: str, file: str, known: Mapping[str, CanonicalIndicator]) -> dict[str, CanonicalIndicator]:
    """Return ``known`` with the rows of ``text`` added.

    Raises ``LexiconError`` that names the file and the row: unknown or missing columns, a malformed cell, a key that
    stands twice, an alias that stands twice or belongs to another key.
    """
    found = dict(known)
    owners = {plain(name): one.key for one in known.values() for name in one.names}
    here: set[str] = set()
    for number, cells in _rows(text, file):
        where = f"{file}, row {number}"
        key = cells["key"]
        if not _KEY.fullmatch(key):
            raise LexiconError(f"{where}: a key is written in small letters, digits and _, not {key!r}")
        if key in here:
            raise LexiconError(f"{where}: the key {key!r} stands twice")
        here.add(key)
        one = found[key] = _row(cells, known.get(key), where)
        own = set(known[key].names) if key in known else set()
        seen: set[str] = set()
        for name in one.names:
            if name in seen:
                raise LexiconError(f"{where}: the alias {name!r} stands twice")
            seen.add(name)
            owner = owners.setdefault(plain(name), key)
            if owner != key and name not in own:
                raise LexiconError(f"{where}: the alias {name!r} of {key!r} belongs to {owner!r}")
    return found


def plain(name: str) -> str:
    """Return an alias without its mark."""
    return name.removeprefix(ANYWHERE)


def _rows(text: str, file: str) -> Iterator[tuple[int, dict[str, str]]]:
    header: list[str] | None = None
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            unknown = [name for name in header if name not in COLUMNS]
            if unknown or len(set(header)) < len(header) or "key" not in header:
                wrong = f"unknown column {unknown[0]!r}" if unknown else "each column once, and key among them"
                raise LexiconError(f"{file}, row {number}: {wrong}; the columns are {', '.join(COLUMNS)}")
            continue
        if len(cells) > len(header):
            raise LexiconError(f"{file}, row {number}: {len(cells)} cells under {len(header)} columns")
        yield number, dict.fromkeys(COLUMNS, "") | dict(zip(header, cells, strict=False))


def _row(cells: Mapping[str, str], before: CanonicalIndicator | None, where: str) -> CanonicalIndicator:
    aliases = tuple(alias.strip() for alias in cells["aliases"].split("|") if alias.strip().strip(ANYWHERE))
    level, change = _units(cells["level"], where), _units(cells["change"], where)
    direction = _direction(cells["direction"] or (before.direction if before else "none"), where)
    if before is None:
        if not plain(cells["name"]):
            raise LexiconError(f"{where}: the new key {cells['key']!r} has no name")
        return CanonicalIndicator(cells["key"], cells["name"], cells["category"], level, change, direction, aliases)
    return replace(
        before,
        name=cells["name"] or before.name,
        category=cells["category"] or before.category,
        level=level or before.level,
        change=change or before.change,
        direction=direction,
        aliases=(*before.aliases, *aliases),
    )


def _direction(word: str, where: str) -> Direction:
    for direction in get_args(Direction):
        if word == direction:
            return direction  # type: ignore[no-any-return]
    raise LexiconError(f"{where}: a direction is one of {', '.join(sorted(_DIRECTIONS))}, not {word!r}")


def _units(cell: str, where: str) -> Units:
    """Read ``money:元,美元|percentage``: kinds, each with its units. An empty unit is a quantity without one."""
    found: list[tuple[Kind, tuple[str, ...]]] = []
    for part in filter(None, cell.split("|")):
        word, colon, units = part.partition(":")
        if word not in _KINDS:
            raise LexiconError(f"{where}: a kind is one of {', '.join(sorted(_KINDS))}, not {word!r}")
        kind: Kind = next(kind for kind in get_args(Kind) if kind == word)
        found.append((kind, tuple(unit.strip() for unit in units.split(",")) if colon else ()))
    return tuple(found)


def _among(allowed: Units, kind: Kind, unit: str) -> bool:
    return any(kind == one and (not units or unit in units) for one, units in allowed)
