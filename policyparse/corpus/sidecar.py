"""The user's own table of issuers, years and regions (``--metadata FILE.csv``)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from policyparse.corpus.inputs import Input
from policyparse.corpus.user_tables import read_rows
from policyparse.errors import UsageError

_COLUMNS = {
    "file": "file",
    "path": "file",
    "文件": "file",
    "issuer": "issuer",
    "发文机关": "issuer",
    "year": "year",
    "年份": "year",
    "region": "region",
    "地区": "region",
}


@dataclass(frozen=True, slots=True)
class Given:
    """What the user's own table says about a document; ``None`` where it says nothing."""

    issuer: str | None = None
    year: int | None = None
    region: str | None = None

    def digest(self) -> str:
        """Return a short digest of it, ``""`` for nothing; a document for which it changes is parsed again."""
        if self == _NOTHING:
            return ""
        return hashlib.sha256(repr((self.issuer, self.year, self.region)).encode()).hexdigest()[:12]


_NOTHING = Given()


class Sidecar:
    """What the table says, by file. A row's file is an absolute path, a path beside the table, or a name in the store."""

    def __init__(self, rows: Mapping[str, Given], folder: str = "") -> None:
        self._rows = rows
        self._folder = folder

    def of(self, given: Input) -> Given:
        """Return what the table says about ``given``."""
        if not self._rows:
            return _NOTHING
        for key in (given.file, _beside(given.file, self._folder), given.name):
            if key in self._rows:
                return self._rows[key]
        return _NOTHING


def load_sidecar(path: str | PathLike[str] | None) -> Sidecar:
    """Return the table at ``path``: a header with ``file`` and some of ``issuer``, ``year``, ``region``, then rows.

    Comma or tab, any encoding that is read elsewhere; other columns are ignored. Raises ``UsageError`` that names the
    line where the table is wrong.
    """
    if path is None:
        return Sidecar({})
    rows: dict[str, Given] = {}
    for where, row in read_rows(path, "metadata", _COLUMNS, _wanting):
        if row.get("file"):
            rows[row["file"].replace("\\", "/").removeprefix("./")] = _given(row, where)
    return Sidecar(rows, str(Path(path).absolute().parent))


def _wanting(header: Collection[str]) -> str:
    enough = "file" in header and len(set(header) - {"", "file"}) > 0
    return "" if enough else "the columns: file and at least one of issuer, year, region"


def _given(row: Mapping[str, str], where: str) -> Given:
    year = row.get("year", "").removesuffix("年")
    if year and not (year.isascii() and year.isdigit() and 1000 <= int(year) <= 9999):
        raise UsageError(f"{where}: year must be four digits, not {row['year']!r}")
    return Given(row.get("issuer") or None, int(year) if year else None, row.get("region") or None)


def _beside(file: str, folder: str) -> str:
    """Return ``file`` as a path below ``folder``, or ``""``."""
    try:
        return Path(file).relative_to(folder).as_posix()
    except ValueError:
        return ""
