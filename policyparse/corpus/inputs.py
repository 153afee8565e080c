"""From what the caller names (files, folders, patterns) to the files to read, each with its name in the store."""

from __future__ import annotations

import glob
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from policyparse.errors import ReadError, UsageError

if TYPE_CHECKING:
    from policyparse.reading.limits import Limits

SUFFIXES = (".txt", ".md", ".markdown", ".docx", ".pdf", ".html", ".htm", ".doc", ".wps", ".ofd", ".zip")
"""What is taken from a folder; a file that is named itself is read whatever its name."""
_NOTHING = f"no documents there; folders are searched for {', '.join(SUFFIXES)}, other files are taken when named"


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read: ``file`` is its absolute path, ``name`` its path below the root of the store, with ``/``."""

    file: str
    name: str

    @property
    def document(self) -> str:
        """The document's key in every table of the store; it depends on the name alone."""
        return hashlib.sha256(os.fsencode(self.name)).hexdigest()[:16]

    @property
    def shown(self) -> str:
        """The name as text that any encoding can hold."""
        return os.fsencode(self.name).decode("utf-8", "replace")


def list_files(
    inputs: str | PathLike[str] | Iterable[str | PathLike[str]],
    notes: list[str] | None = None,
    limits: Limits | None = None,
) -> list[str]:
    """Return the absolute paths of all documents that ``inputs`` name, sorted, each once.

    A folder or ZIP file stands for the documents below it (hidden ones left out; ``archives``), a name with ``*``,
    ``?`` or ``[`` for what it matches, and ``-`` for the names on standard input, one a line (or ended by NUL). A file
    that does not exist is kept: it fails when it is read. ``notes`` gets a sentence about each name that stands for
    nothing and each folder that cannot be entered; ``limits`` bounds ZIP files. Raises ``UsageError`` where nothing is found at all.
    """
    if isinstance(inputs, str | PathLike):
        inputs = (inputs,)
    notes = notes if notes is not None else []
    words = [os.fspath(word) for word in inputs]
    found: set[str] = set()
    for word in words:
        for name in _names_on_standard_input() if word == "-" else (word,):
            # Links are kept as they are: a document is what it is called.
            paths = {each for path in _expand(name, notes) for each in _documents(os.path.abspath(path), limits)}  # noqa: PTH100
            if not paths:
                notes.append(f"{name}: {_NOTHING}")
            found |= paths
    if not found:
        raise UsageError("; ".join(notes) or f"{', '.join(words) or 'no inputs'}: {_NOTHING}")
    return sorted(found, key=os.fsencode)


def _documents(path: str, limits: Limits | None) -> Iterator[str]:
    """Yield the documents in a ZIP file; a file that is none, or holds none, stands for itself."""
    inside: list[str] = []
    if path.lower().endswith(".zip"):
        # Here, since a run without archives begins sooner without the reading of them.
        from policyparse.reading.archives import documents_in, is_archive

        with suppress(ReadError):
            if is_archive(path, limits):
                inside = [each for each in documents_in(path, limits) if each.lower().endswith(SUFFIXES)]
    yield from inside or (path,)


def common_root(files: list[str]) -> str:
    """Return the folder that names in a new store begin below: the one above all of ``files``' common folder.

    The common folder's own name is kept in the names, since it often says where the documents come from.
    """
    try:
        common = os.path.commonpath([os.path.dirname(file) for file in (files[0], files[-1], *files)])  # noqa: PTH120
    except ValueError:  # on different drives
        return Path(files[0]).anchor
    return str(Path(common).parent)


def named(files: Iterable[str], root: str) -> Iterator[Input]:
    """Yield ``files`` with their names below ``root`` (``../`` where they lie elsewhere)."""
    for file in files:
        try:
            name = os.path.relpath(file, root)
        except ValueError:  # on another drive
            name = file
        yield Input(file, name.replace(os.sep, "/"))


def _expand(word: str, notes: list[str]) -> Iterator[str]:
    path = Path(word)
    if path.is_dir():
        yield from _below(word, notes)
    elif not os.path.lexists(word) and glob.has_magic(word):
        for name in glob.iglob(word, recursive=True):  # noqa: PTH207 (a pattern may be absolute)
            if not Path(name).is_dir():
                yield name
    else:
        yield word


def _below(folder: str, notes: list[str]) -> Iterator[str]:
    def closed(error: OSError) -> None:
        reason = (error.strerror or str(error)).lower()
        notes.append(f"{error.filename}: this folder is left out: {reason}; make it readable and run again")

    for here, folders, names in os.walk(folder, onerror=closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.lower().endswith(SUFFIXES) and not name.startswith((".", "~$")):
                yield os.path.join(here, name)  # noqa: PTH118


def _names_on_standard_input() -> list[str]:
    data = sys.stdin.buffer.read()
    lines = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [os.fsdecode(line.strip()) for line in lines if line.strip()]
