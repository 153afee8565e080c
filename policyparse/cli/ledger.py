"""``policyparse ledger FILE… --out 台账.xlsx``: plans as a ledger of tasks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policyparse.cli.options import Lang, LexiconOption, LimitOption
from policyparse.cli.output import Output, write_file
from policyparse.errors import ReadError, UsageError

if TYPE_CHECKING:
    from policyparse.model import Source

DONE, UNREADABLE = 0, 1
_SUFFIXES = (".xlsx", ".csv", ".md")


def ledger_command(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Documents; - is standard input.", show_default=False)
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="台账.xlsx, .csv or .md, by the end of the name; default: Markdown on screen.",
        ),
    ] = None,
    lexicon: LexiconOption = None,
    limit: LimitOption = None,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of the column heads.")] = Lang.zh,
) -> int:
    """Write the tasks of plans as a ledger (任务分解台账).

    One row for each task, the smallest item that has a unit, a target or a deadline: section, text, indicator and value, lead
    unit, other units, deadline, and where it stands. docs/outputs.md explains the columns.
    """
    suffix = out.suffix.lower() if out else ".md"
    if suffix not in _SUFFIXES:
        raise UsageError(f"--out {out}: the name ends in none of {', '.join(_SUFFIXES)}")
    if out is not None and any(_same(out, name) for name in files):
        raise UsageError(f"--out {out} is one of the files to read; name another one")
    from policyparse import ledger, load_lexicon, read
    from policyparse.reading import Limits

    limits = Limits.from_words(limit or ())
    sources: list[Source] = []
    failed = False
    for name in files:
        try:
            sources.append(read(name, limits=limits))
        except ReadError as error:
            failed = True
            _say(str(error))
    if failed and not sources:
        return UNREADABLE
    made = ledger(sources, lexicon=load_lexicon(*lexicon) if lexicon else None)
    if not made.rows:
        _say("no task with a unit, a target or a deadline was found; the ledger has no rows")
    content = made.to_bytes(suffix, lang.value)
    if out is None:
        with Output(None) as stream:
            stream.write(content.decode("utf-8"))
    else:
        write_file(out, content)
    return UNREADABLE if failed else DONE


def _same(out: Path, name: str) -> bool:
    try:
        return name != "-" and out.is_file() and out.samefile(name)
    except OSError:
        return False


def _say(message: str) -> None:
    sys.stderr.write(f"policyparse: {' '.join(message.split())}\n")
