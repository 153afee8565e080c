"""``policyparse batch INPUT… --out STORE``: many documents into a store, with progress on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policyparse.cli.options import LexiconOption, LimitOption
from policyparse.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyparse.corpus.batch import BatchResult, Progress
    from policyparse.corpus.engines import Engine

DONE, SOME_FAILED, STOPPED = 0, 1, 130
_LINE_EVERY = 10.0
"""Seconds between two lines of progress where nobody watches."""
_LISTED = 5


class EngineName(StrEnum):
    """Where documents are parsed."""

    local = "local"
    dask = "dask"


def batch_command(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="Files, folders, patterns in quotes; - reads names from standard input.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="STORE", help="Folder of the store; made where there is none.")
    ],
    metadata: Annotated[
        Path | None,
        typer.Option("--metadata", "-m", metavar="FILE.csv", help="Table with file and issuer, year or region."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", "-j", min=1, metavar="N", help="Processes; default: one a core.")
    ] = None,
    engine: Annotated[EngineName, typer.Option("--engine", help="local: this machine; dask: a cluster.")] = (
        EngineName.local
    ),
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="Address of a Dask scheduler; default: start one here."),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0, metavar="SECONDS", help="For one document; 0 is no limit.")
    ] = 300.0,
    limit: LimitOption = None,
    root: Annotated[
        Path | None, typer.Option("--root", metavar="DIR", help="Folder that names in the store begin below.")
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Take out documents that are not among the inputs.")] = False,
    lexicon: LexiconOption = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="STAGE", help="Switch a stage off; may be repeated.")
    ] = None,
) -> int:
    """Parse many documents into a store of Parquet tables; run it again to add, to update and to go on.

    Exit codes: 0 all done; 1 some documents failed (STORE/errors.jsonl lists them with reason and remedy; the others
    are in the store); 2 wrong usage; 3 the store cannot be used or written; 130 stopped from the keyboard. In each case
    what was committed stays, and the same command goes on from there.
    """
    from policyparse.corpus.batch import batch

    if scheduler and engine is not EngineName.dask:
        raise UsageError("--scheduler goes with --engine dask")
    limits = None
    if limit:
        from policyparse.reading.limits import Limits

        limits = Limits.from_words(limit)
    try:
        with _shown() as progress:
            result = batch(
                inputs,
                out,
                engine=_engine(engine, workers, scheduler),
                metadata=metadata,
                root=root,
                timeout=timeout or None,
                limits=limits,
                prune=prune,
                lexicon=lexicon or (),
                without=without or (),
                progress=progress,
            )
    except KeyboardInterrupt:
        _say("stopped; what was committed is in the store, and the same command goes on from there")
        return STOPPED
    _report(result)
    return SOME_FAILED if result.failed else DONE


def _engine(name: EngineName, workers: int | None, scheduler: str | None) -> Engine:
    if name is EngineName.dask:
        from policyparse.integrations.dask import DaskEngine

        return DaskEngine(scheduler, workers=workers)
    from policyparse.corpus.engines import LocalEngine

    return LocalEngine(workers)


def _report(result: BatchResult) -> None:
    from policyparse.corpus.store import open_store

    for note in result.notes:
        _say(note)
    rate = result.chars / result.seconds if result.seconds else 0
    removed = f", {result.removed} removed" if result.removed else ""
    _say(
        f"{result.parsed} parsed, {result.unchanged} unchanged, {result.failed} failed{removed}; "
        f"{result.chars:,} characters in {result.seconds:.1f} s ({rate:,.0f}/s)"
    )
    if result.failed:
        _say(f"{result.errors} lists what failed, why, and what to do")
    with open_store(result.store) as store:
        (documents, dated), *_ = store.query("SELECT count(*), count(year) FROM documents").rows
        doubles = list(store.query("SELECT issuer, year, paths FROM doubles ORDER BY year, issuer").rows)
        undated = list(
            store.query("SELECT path FROM documents WHERE year IS NULL ORDER BY path LIMIT ?", [_LISTED]).rows
        )
    if undated:
        shown = ", ".join(path for (path,) in undated)
        more = ", …" if documents - dated > _LISTED else ""
        _say(f"documents without a year: {documents - dated} ({shown}{more}): give it with --metadata FILE.csv")
    if doubles:
        shown = "; ".join(f"{issuer} {year}: {', '.join(paths[:3])}" for issuer, year, paths in doubles[:_LISTED])
        more = "; …" if len(doubles) > _LISTED else ""
        _say(
            f"several documents of one issuer and year: {shown}{more}: all are kept; where that is wrong, correct it "
            "with --metadata, or leave a file out and give --prune"
        )


@contextmanager
def _shown() -> Iterator[Callable[[Progress], None]]:
    """Yield what shows progress: a bar where somebody watches, a line now and then elsewhere."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    with Bar(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]} characters/s"),
        TextColumn("{task.fields[failed]} failed"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=None, rate="–", failed=0)

        def show(state: Progress) -> None:
            bar.update(
                task,
                total=state.total,
                completed=state.parsed + state.failed + state.unchanged,
                rate=f"{state.chars / max(state.seconds, 0.001):,.0f}",
                failed=state.failed,
            )

        yield show


class _Lines:
    """Prints how far the run is, not too often."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _LINE_EVERY

    def __call__(self, state: Progress) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _LINE_EVERY
        done = state.parsed + state.failed
        reached = done + state.unchanged
        left = (state.total - reached) * state.seconds / max(done, 1)
        _say(
            f"{reached} of {state.total} documents, {state.chars / max(state.seconds, 0.001):,.0f} characters/s, "
            f"{state.failed} failed, {left:.0f} s left"
        )


def _say(message: str) -> None:
    sys.stderr.write(f"policyparse: {' '.join(message.split())}\n")
