"""``policyparse query STORE "SQL"``: an answer as a table, CSV or JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import Annotated, Any

import typer

from policyparse.cli.output import Output

_MOST_SHOWN = 1000
"""Rows of a table for people; CSV and JSON give all."""


class AnswerFormat(StrEnum):
    """How the answer is printed."""

    table = "table"
    csv = "csv"
    json = "json"


class Labels(StrEnum):
    """Language of the column heads in tables."""

    zh = "zh"
    en = "en"


def query_command(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="Folder that policyparse batch wrote.")],
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT over the tables and views of the store.")],
    format: Annotated[  # noqa: A002 (the option's name)
        AnswerFormat, typer.Option("--format", "-f", help="table is for people; csv and json are for programs.")
    ] = AnswerFormat.table,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write there instead of standard output, in one step."),
    ] = None,
    lang: Annotated[Labels, typer.Option("--lang", help="Language of the column heads in tables.")] = Labels.zh,
) -> int:
    """Ask a store with SQL. It is only read.

    Tables: documents, nodes, statements, responsibilities, diagnostics. Put together for questions: targets, results,
    duties, items, doubles. DESCRIBE targets lists its columns; docs/store.md explains them.
    """
    from policyparse.corpus.store import open_store

    with open_store(store) as opened, Output(output) as out:
        answer = opened.query(sql)
        if format is AnswerFormat.json:
            _json(answer.columns, answer.rows, out)
        elif format is AnswerFormat.csv:
            _csv(answer.columns, answer.rows, out)
        else:
            from policyparse.cli.answer_table import render_answer

            rows = [tuple(map(_cell, row)) for _, row in zip(range(_MOST_SHOWN + 1), answer.rows, strict=False)]
            out.write(render_answer(answer.columns, rows, _MOST_SHOWN, lang.value, terminal=out.is_terminal))
    return 0


def _json(columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]], out: Output) -> None:
    """Write a list of objects; decimals are strings in plain digits, as everywhere in the output of policyparse."""
    before = "["
    for row in rows:
        record = dict(zip(columns, map(_plain, row), strict=True))
        out.write(f"{before}\n{json.dumps(record, ensure_ascii=False)}")
        before = ","
    out.write("[]\n" if before == "[" else "\n]\n")


def _csv(columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]], out: Output) -> None:
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        if buffer.tell() > 1 << 16:
            out.write(buffer.getvalue())
            buffer.seek(0)
            buffer.truncate()
    out.write(buffer.getvalue())


def _cell(value: Any) -> str:
    plain = _plain(value)
    if plain is None:
        return ""
    if isinstance(plain, list) and all(isinstance(item, str) for item in plain):
        return "；".join(plain)
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    """Return ``value`` as JSON holds it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if isinstance(value, Decimal):
        return digits(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return str(value)


def digits(value: Decimal) -> str:
    """Return ``value`` in plain digits without the zeros that only its column's type adds.

    >>> digits(Decimal("50000.00000000")), digits(Decimal("6.50"))
    ('50000', '6.5')
    """
    shown = format(value, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
