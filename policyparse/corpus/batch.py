"""The verb ``batch``: many documents into a store, as often as one likes."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING

from policyparse import __version__
from policyparse.corpus.chunks import Job, Outcome, Task, chunked
from policyparse.corpus.engines import Engine, LocalEngine
from policyparse.corpus.fingerprint import fingerprint
from policyparse.corpus.inputs import Input, common_root, list_files, named
from policyparse.corpus.lock import StoreLock
from policyparse.corpus.manifest import (
    ERRORS,
    LOCK,
    Live,
    Settings,
    clear_temporary,
    live_documents,
    read_settings,
    sound_parts,
    write_settings,
)
from policyparse.corpus.parts import PARTS, unwritable
from policyparse.corpus.sidecar import Sidecar, load_sidecar
from policyparse.corpus.tidy import tidy
from policyparse.errors import ReadError, StoreError, UsageError

if TYPE_CHECKING:
    from policyparse.reading.limits import Limits


@dataclass(slots=True)
class Progress:
    """How far a run is: documents in all, parsed, left unchanged and failed; characters parsed; seconds."""

    total: int = 0
    parsed: int = 0
    unchanged: int = 0
    failed: int = 0
    chars: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a run did: documents parsed, left unchanged, failed, removed; characters; seconds; and what to know.

    ``notes`` are sentences about the store as a whole (a damaged part, a folder without documents). ``errors`` is the
    file that lists the failures of this run, one JSON object a line with ``file``, ``reason`` and ``remedy``.
    """

    store: Path
    parsed: int
    unchanged: int
    failed: int
    removed: int
    chars: int
    seconds: float
    errors: Path
    notes: tuple[str, ...] = ()


def batch(
    inputs: str | PathLike[str] | Iterable[str | PathLike[str]],
    out: str | PathLike[str],
    *,
    engine: Engine | None = None,
    metadata: str | PathLike[str] | None = None,
    root: str | PathLike[str] | None = None,
    timeout: float | None = 300.0,
    limits: Limits | None = None,
    prune: bool = False,
    lexicon: Iterable[str | PathLike[str]] = (),
    without: Collection[str] = (),
    progress: Callable[[Progress], None] | None = None,
) -> BatchResult:
    """Parse the documents that ``inputs`` name into the store at ``out``, a folder of Parquet tables.

    ``inputs``: files, folders, patterns (``inputs.list_files``). What is in the store already, with the same content,
    by the same parser and with the same metadata, is left as it is. A failure of one document is listed in
    ``errors.jsonl`` and stops nothing; it is tried again in the next run. A run that is killed leaves a store that is
    whole, and the next run goes on.

    ``engine``: ``LocalEngine(workers)`` by default, or one of ``policyparse.integrations``. ``metadata``: a table with
    ``file`` and ``issuer``, ``year`` or ``region``. ``root``: the folder that names in the store begin below; the store
    remembers it. ``timeout``: seconds for one document, ``None`` for no limit; ``limits``: what reading one may cost. ``prune``: take out documents that are
    not among ``inputs``. ``progress`` is called after each chunk.

    Raises ``UsageError`` for wrong arguments and ``StoreError`` where the store cannot be used.
    """
    if timeout is not None and not timeout > 0:
        raise UsageError(f"timeout must be more than 0 seconds, not {timeout:g}")
    start = time.monotonic()
    engine = engine or LocalEngine()
    store = Path(out).absolute()
    own_words = tuple(str(Path(path).absolute()) for path in lexicon)
    without = (without,) if isinstance(without, str) else tuple(without)
    parser = fingerprint(own_words, without)
    _check(own_words, without)
    sidecar = load_sidecar(metadata)
    notes: list[str] = []
    files = list_files(inputs, notes, limits)
    read_settings(store)  # refuses what is no store before anything is made
    _make(store)
    state = Progress(total=len(files))
    try:
        with StoreLock(store / LOCK):
            settings = _settings(store, files, root)
            clear_temporary(store)
            live = live_documents(sound_parts(store, notes))
            write_settings(store, settings, __version__)
            job = Job(str(store), settings.runs, parser, own_words, without, timeout, asdict(limits) if limits else {})
            tasks = _tasks(named(files, settings.root), live, sidecar, parser, state, limits)
            known = sum(1 for found in live.values() if found.part.parser == parser)
            chunks = chunked(tasks, max(0, len(files) - known), engine.workers, settings.runs)
            with (store / ERRORS).open("w", encoding="utf-8", newline="\n") as errors:
                for outcome in engine.run(job, chunks):
                    _record(outcome, errors)
                    state.parsed += outcome.documents
                    state.failed += len(outcome.failures)
                    state.chars += outcome.chars
                    state.seconds = time.monotonic() - start
                    if progress:
                        progress(state)
            keep = {given.document for given in named(files, settings.root)} if prune else None
            removed = tidy(store, settings.runs, keep)
            clear_temporary(store)
    except OSError as error:
        raise unwritable(store, error) from error
    return BatchResult(
        store=store,
        parsed=state.parsed,
        unchanged=state.unchanged,
        failed=state.failed,
        removed=removed,
        chars=state.chars,
        seconds=time.monotonic() - start,
        errors=store / ERRORS,
        notes=tuple(notes),
    )


def _tasks(
    inputs: Iterable[Input],
    live: dict[str, Live],
    sidecar: Sidecar,
    parser: str,
    state: Progress,
    limits: Limits | None,
) -> Iterator[Task]:
    """Yield what has to be parsed; what is unchanged is counted."""
    for given in inputs:
        task = Task(given, sidecar.of(given))
        known = live.get(given.document)
        if (
            known is not None
            and known.part.parser == parser
            and known.given == task.given.digest()
            and known.content == _digest(given.file, limits)
        ):
            state.unchanged += 1
        else:
            yield task


def _digest(file: str, limits: Limits | None) -> str:
    try:
        with Path(file).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        from policyparse.reading.archives import read_member
        from policyparse.reading.limits import Limits as Defaults

        with suppress(ReadError):
            if (data := read_member(file, limits or Defaults())) is not None:
                return hashlib.sha256(data).hexdigest()
        return ""


def _settings(store: Path, files: list[str], root: str | PathLike[str] | None) -> Settings:
    """Return the settings for this run, with its number counted."""
    known = read_settings(store)
    given = str(Path(root).absolute()) if root is not None else None
    if known is None:
        return Settings(given or common_root(files), 1)
    return Settings(given or known.root, known.runs + 1)


def _check(lexicon: tuple[str, ...], without: tuple[str, ...]) -> None:
    """Raise here, and not in each worker, where the lexicon or the stages are wrong."""
    if lexicon:
        from policyparse.lexicon import load_lexicon

        load_lexicon(*lexicon)
    if without:
        from policyparse.parsing.pipeline import STAGES

        if unknown := sorted(set(without) - set(STAGES)):
            raise UsageError(f"no stage {', '.join(unknown)}; stages that can be switched off: {', '.join(STAGES)}")


def _make(store: Path) -> None:
    try:
        (store / PARTS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StoreError(f"{store}: this folder cannot be made: {reason}; name another place") from error


def _record(outcome: Outcome, errors: IO[str]) -> None:
    for failure in outcome.failures:
        row = {"file": failure.file, "reason": failure.reason, "remedy": failure.remedy}
        try:
            line = json.dumps(row, ensure_ascii=False)
            line.encode()
        except UnicodeEncodeError:  # a name that is no text
            line = json.dumps(row)
        errors.write(line + "\n")
    errors.flush()
