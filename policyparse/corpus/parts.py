"""Parts of a store: a folder with one Parquet file a table and ``part.json``, which appears in one step or not at all.

A part is written under ``tmp/``, flushed to the disk and renamed into ``parts/``; a part that is there is complete. Its
name is decided before it is written, so that the same work done twice (by a worker that was thought dead) commits once.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from policyparse.corpus.tables import TABLES
from policyparse.errors import StoreError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PARTS, TEMPORARY = "parts", "tmp"
_NOTE = "part.json"
_EXISTS = (errno.EEXIST, errno.ENOTEMPTY)
_FULL = (errno.ENOSPC, errno.EDQUOT)

Lines: TypeAlias = Mapping[str, list[str]]
"""Table to rows, each as one line of JSON."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a part: its key and name, the digest of its bytes, and of what the user's table said about it."""

    document: str
    name: str
    content: str
    given: str


@dataclass(frozen=True, slots=True)
class Part:
    """A committed part. ``files`` gives size and SHA-256 of each table's file."""

    name: str
    run: int
    parser: str
    documents: tuple[Entry, ...]
    files: Mapping[str, tuple[int, str]]


class PartWriter:
    """Writes parts into the store at ``store`` with one DuckDB connection."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._connection: DuckDBPyConnection | None = None

    def convertible(self, lines: Lines) -> bool:
        """Tell whether the columns can hold these rows."""
        import duckdb

        connection = self._connected()
        try:
            for table in TABLES:
                query = f"SELECT count(*), max(hash(r)) FROM ({_typed(table)}) r"  # noqa: S608 (names are our own)
                connection.execute(query, ["\n".join(lines[table])])
        except duckdb.IOException as error:
            raise unwritable(self._store, error) from error
        except duckdb.Error:
            return False
        return True

    def write(self, name: str, run: int, parser: str, documents: Iterable[Entry], lines: Lines) -> Part:
        """Write and commit a part with the rows ``lines``, and return it; one that is there already stays.

        Raises ``StoreError`` where the disk refuses, and ``duckdb.Error`` where the columns cannot hold the rows.
        """
        sources = {table: ("\n".join(rows), _typed(table)) for table, rows in lines.items()}
        return self._write(name, run, parser, documents, sources)

    def copy(self, name: str, run: int, parts: Iterable[Part], keep: Mapping[str, Entry], parser: str) -> Part:
        """Write and commit a part with the documents ``keep`` of ``parts``, and return it."""
        folders = [self._store / PARTS / part.name for part in parts]
        kept = ", ".join(f"'{document}'" for document in keep)
        sources = {}
        for table in TABLES:
            files = ", ".join(quoted(folder / f"{table}.parquet") for folder in folders)
            sources[table] = ("", f"SELECT * FROM read_parquet([{files}]) WHERE document IN ({kept})")  # noqa: S608
        return self._write(name, run, parser, keep.values(), sources)

    def _write(
        self, name: str, run: int, parser: str, documents: Iterable[Entry], sources: Mapping[str, tuple[str, str]]
    ) -> Part:
        import duckdb

        folder = self._store / TEMPORARY / f"{name}.{uuid.uuid4().hex[:8]}"
        try:
            folder.mkdir(parents=True)
            files = {}
            for table in TABLES:
                rows, select = sources[table]
                target = folder / f"{table}.parquet"
                copy = f"COPY ({select}) TO {quoted(target)} (FORMAT parquet, COMPRESSION zstd)"
                self._connected().execute(copy, [rows] if rows or "?" in select else [])
                files[table] = (target.stat().st_size, _flushed_digest(target))
            part = Part(name, run, parser, tuple(documents), files)
            _write_note(folder / _NOTE, part)
            _flush_folder(folder)
            return self._commit(folder, part)
        except (OSError, duckdb.IOException) as error:
            raise unwritable(self._store, error) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _commit(self, folder: Path, part: Part) -> Part:
        target = self._store / PARTS / part.name
        try:
            folder.rename(target)
        except OSError as error:
            if error.errno in _EXISTS or target.exists():
                return read_part(target)
            raise
        _flush_folder(target.parent)
        return part

    def _connected(self) -> DuckDBPyConnection:
        if self._connection is None:
            self._connection = connect(threads=1)
        return self._connection


def connect(threads: int | None = None) -> DuckDBPyConnection:
    """Return a DuckDB connection of its own that loads nothing from the network and writes no temporary files."""
    import duckdb

    config: dict[str, Any] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",
        "temp_directory": "",
    }
    connection = duckdb.connect(config={**config, "threads": str(threads)} if threads else config)
    # DuckDB takes a process without a main file for an interactive one and draws a bar over its output.
    connection.execute("SET enable_progress_bar = false")
    return connection


def read_part(folder: Path) -> Part:
    """Return the part in ``folder``. Raises ``StoreError`` where its note cannot be read."""
    try:
        note = json.loads((folder / _NOTE).read_bytes())
        entries = tuple(Entry(*row) for row in note["documents"])
        files = {table: (int(size), str(digest)) for table, (size, digest) in note["files"].items()}
        return Part(folder.name, int(note["run"]), str(note["parser"]), entries, files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"{folder / _NOTE}: damaged ({error})") from error


def damage(folder: Path, part: Part) -> str:
    """Return what is wrong with the files of ``part``, or ``""``."""
    for table in TABLES:
        path = folder / f"{table}.parquet"
        size, digest = part.files.get(table, (0, ""))
        try:
            found = path.stat().st_size
            if found != size:
                return f"{path.name} has {found} bytes instead of {size}"
            if _digest(path) != digest:
                return f"{path.name} was changed after it was written"
        except OSError as error:
            return f"{path.name}: {(error.strerror or str(error)).lower()}"
    return ""


def retire(store: Path, name: str, place: str = TEMPORARY) -> None:
    """Take the part ``name`` out of the store in one step; in ``tmp/`` it is deleted, elsewhere it is kept."""
    target = store / place / f"{name}.{uuid.uuid4().hex[:8]}"
    target.parent.mkdir(parents=True, exist_ok=True)
    (store / PARTS / name).rename(target)
    if place == TEMPORARY:
        shutil.rmtree(target, ignore_errors=True)


def write_atomically(path: Path, text: str) -> None:
    """Put ``text`` in the place of the file at ``path`` in one step."""
    partial = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
    finally:
        with suppress(OSError):
            partial.unlink()
    _flush_folder(path.parent)


def quoted(path: Path) -> str:
    """Return ``path`` as a literal of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def unwritable(store: Path, error: Exception) -> StoreError:
    """Return the error for a disk that refuses to be written at the store ``store``."""
    reason = str(getattr(error, "strerror", None) or error).strip().splitlines()[0]
    full = getattr(error, "errno", None) in _FULL or "no space left" in str(error).lower()
    remedy = "free some space" if full else "make the folder writable"
    return StoreError(
        f"{store}: {'the disk is full' if full else f'cannot be written: {reason}'}; what was committed is safe: "
        f"{remedy} and run the same command again"
    )


def _typed(table: str) -> str:
    """Return the query that turns lines of JSON, its one parameter, into the typed columns of ``table``."""
    structure = json.dumps(TABLES[table]).replace("'", "''")
    columns = ", ".join(f'r."{column}"' for column in TABLES[table])
    lines = "SELECT unnest(string_split(?, chr(10))) AS line"
    return f"SELECT {columns} FROM (SELECT from_json_strict(line, '{structure}') AS r FROM ({lines}) WHERE line <> '')"  # noqa: S608


def _write_note(path: Path, part: Part) -> None:
    note = {
        "run": part.run,
        "parser": part.parser,
        "documents": [[entry.document, entry.name, entry.content, entry.given] for entry in part.documents],
        "files": part.files,
    }
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        json.dump(note, stream, indent=1)  # non-ASCII escaped: a name need not be text in any encoding
        stream.flush()
        os.fsync(stream.fileno())


def _flushed_digest(path: Path) -> str:
    with path.open("rb+") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        os.fsync(stream.fileno())
    return digest


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # a file system that flushes no folders
            raise
    finally:
        os.close(handle)
