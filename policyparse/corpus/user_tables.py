"""The small tables that a user gives: a header, then rows; commas or tabs, any encoding that is read elsewhere."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterator, Mapping
from os import PathLike
from pathlib import Path

from policyparse.errors import PolicyParseError, UsageError
from policyparse.reading.encodings import decode


def read_rows(
    path: str | PathLike[str],
    content: str,
    columns: Mapping[str, str],
    wanting: Callable[[Collection[str]], str],
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield where each row stands (``FILE, line N``) and its cells by column.

    ``content`` says in a few words what the table holds, ``columns`` maps the headers that are understood to the names
    of their columns; others are ignored. ``wanting`` returns what the first line must name, ``""`` where it names
    enough. Raises ``UsageError`` that names the file, and the line where there is one.
    """
    shown = str(path)
    try:
        text, _ = decode(Path(path).read_bytes(), shown)
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise UsageError(f"{shown}: this table of {content} cannot be read: {reason}") from error
    except PolicyParseError as error:
        raise UsageError(str(error)) from error
    lines = text.removeprefix("\ufeff").splitlines()
    reader = csv.reader(lines, delimiter="\t" if lines and "\t" in lines[0] else ",")
    try:
        header = [columns.get(cell.strip().lower(), "") for cell in next(reader, [])]
        if missing := wanting(header):
            raise UsageError(f"{shown}: the first line must name {missing}")
        for cells in reader:
            row = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}
            yield f"{shown}, line {reader.line_num}", row
    except csv.Error as error:
        raise UsageError(f"{shown}, line {reader.line_num}: no table of comma-separated values: {error}") from error
