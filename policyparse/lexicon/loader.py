"""Reading, validating and extending the word lists."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from policyparse.errors import LexiconError
from policyparse.lexicon.canonical import CanonicalIndicator, plain, read_indicators

_KEYS = "indicators"
Table: TypeAlias = tuple[str, ...] | Mapping[str, str]


@dataclass(frozen=True)
class Lexicon:
    """All tables by name; immutable, so that one lexicon can serve many parsers."""

    tables: Mapping[str, Table]
    indicators: Mapping[str, CanonicalIndicator] = field(default_factory=dict)
    """The canonical indicators by key; the table ``indicators`` maps each of their names to its key."""

    def indicator(self, key: str) -> CanonicalIndicator:
        """Return what ``key`` stands for: name, unit, direction. Raises ``LexiconError`` where no table defines it.

        >>> from policyparse.lexicon import load_lexicon
        >>> load_lexicon().indicator("surveyed_unemployment").direction
        'down'
        """
        try:
            return self.indicators[key]
        except KeyError:
            raise LexiconError(f"no canonical indicator {key!r}; its row is missing in every indicator table") from None

    def words(self, name: str) -> tuple[str, ...]:
        """Return the words of table ``name``; for a table of pairs, its left-hand words.

        Raises ``LexiconError`` where no such table exists.
        """
        table = self._table(name)
        return table if isinstance(table, tuple) else tuple(table)

    def pairs(self, name: str) -> Mapping[str, str]:
        """Return table ``name`` as word to value. Raises ``LexiconError`` where it is no table of pairs."""
        table = self._table(name)
        if isinstance(table, tuple):
            raise LexiconError(f"lexicon table {name!r} is a list of words, not of pairs")
        return table

    def group(self, prefix: str) -> dict[str, tuple[str, ...]]:
        """Return every table of words below ``prefix``, by the rest of its name (``group("cues.bounds")["ge"]``)."""
        dot = prefix + "."
        found = {name[len(dot) :]: self.words(name) for name in self.tables if name.startswith(dot)}
        if not found:
            raise LexiconError(f"no lexicon table below {prefix!r}; {_known(self.tables)}")
        return found

    def extended(self, *paths: str | Path) -> Lexicon:
        """Return a lexicon with the entries of the user's own files added: TOML, or ``.tsv`` of canonical indicators.

        A later file wins over an earlier one. Raises ``LexiconError`` that names the file and the table where one is unknown or of another shape.
        """
        tables = dict(self.tables)
        indicators: Mapping[str, CanonicalIndicator] = self.indicators
        for path in map(Path, paths):
            try:
                data = path.read_bytes()
            except OSError as error:
                raise LexiconError(f"{path}: cannot read this lexicon file: {error.strerror}") from error
            if path.suffix.lower() == ".tsv":
                indicators = read_indicators(_decoded(data, str(path)), str(path), indicators)
                tables[_KEYS] = _merged(_keys(indicators), tables[_KEYS])
                continue
            for name, added in _toml_tables(data, str(path), prefix=""):
                known = tables.get(name)
                if known is None:
                    raise LexiconError(f"{path}: unknown lexicon table {name!r}; {_known(tables)}")
                if isinstance(known, tuple) != isinstance(added, tuple):
                    shape = "a list of words" if isinstance(known, tuple) else "pairs of word and value"
                    raise LexiconError(f"{path}: lexicon table {name!r} must be {shape}")
                tables[name] = _merged(known, added)
        return Lexicon(MappingProxyType(tables), MappingProxyType(dict(indicators)))

    def _table(self, name: str) -> Table:
        try:
            return self.tables[name]
        except KeyError:
            raise LexiconError(f"no lexicon table {name!r}; {_known(self.tables)}") from None


def load_lexicon(*paths: str | Path) -> Lexicon:
    """Return the built-in lexicon, extended with the user's own TOML files.

    >>> from policyparse.lexicon import load_lexicon
    >>> "元" in load_lexicon().words("units")
    True
    """
    return _builtin().extended(*paths) if paths else _builtin()


@lru_cache(maxsize=1)
def _builtin() -> Lexicon:
    tables: dict[str, Table] = {}
    indicators: dict[str, CanonicalIndicator] = {}
    for entry in sorted(files(__package__).iterdir(), key=lambda e: e.name):
        stem, _, suffix = entry.name.rpartition(".")
        if entry.name == f"{_KEYS}.tsv":
            indicators = read_indicators(entry.read_text(encoding="utf-8"), entry.name, {})
            tables[stem] = _keys(indicators)
        elif suffix == "tsv":
            tables[stem] = _tsv_table(entry.read_text(encoding="utf-8"), entry.name)
        elif suffix == "toml":
            tables.update(_toml_tables(entry.read_bytes(), entry.name, prefix=stem + "."))
    return Lexicon(MappingProxyType(tables), MappingProxyType(indicators))


def _keys(indicators: Mapping[str, CanonicalIndicator]) -> Table:
    return MappingProxyType({plain(name): one.key for one in indicators.values() for name in one.names})


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{name}: not text in UTF-8: {error}") from error


def _merged(known: Table, added: Table) -> Table:
    if isinstance(known, tuple):
        return tuple(dict.fromkeys((*known, *added)))
    assert not isinstance(added, tuple)
    return MappingProxyType({**known, **added})


def _tsv_table(text: str, name: str) -> Table:
    rows = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if all(len(row) == 1 for row in rows):
        return tuple(dict.fromkeys(row[0].strip() for row in rows))
    for row in rows:
        if len(row) != 2 or not all(cell.strip() for cell in row):
            raise LexiconError(f"{name}: a row holds a word, a tab and a value, not {row!r}")
    return MappingProxyType({word.strip(): value.strip() for word, value in rows})


def _toml_tables(data: bytes, name: str, prefix: str) -> Iterator[tuple[str, Table]]:
    try:
        tree = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{name}: not a TOML file in UTF-8: {error}") from error
    pending: list[tuple[str, dict[str, Any]]] = [(prefix, tree)]
    while pending:
        path, branch = pending.pop()
        pairs: dict[str, str] = {}
        for key, value in branch.items():
            if isinstance(value, dict):
                pending.append((f"{path}{key}.", value))
            elif isinstance(value, list) and all(isinstance(word, str) and word for word in value):
                yield path + key, tuple(dict.fromkeys(value))
            elif isinstance(value, str) and value:
                pairs[key] = value
            else:
                where = (path + key).rstrip(".")
                raise LexiconError(f"{name}: {where!r} must be a list of words or a word, not {value!r}")
        if pairs:
            yield path.rstrip("."), MappingProxyType(pairs)


def _known(tables: Iterable[str]) -> str:
    return "known tables: " + ", ".join(sorted(tables))
