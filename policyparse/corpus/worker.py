"""The process that parses chunks: reads jobs from its standard input, answers on its standard output.

One line of JSON a message. It dies with whoever started it: the end of its standard input ends the process at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from policyparse import Parser, load_lexicon, read
from policyparse.corpus.chunks import Chunk, Failure, Job, Outcome, Task
from policyparse.corpus.origin import OriginFinder
from policyparse.corpus.parts import PARTS, Entry, PartWriter, read_part
from policyparse.corpus.tables import TABLES, Identity, rows_of
from policyparse.errors import PolicyParseError, ReadError, StoreError
from policyparse.model import Source
from policyparse.reading.archives import holder, read_member
from policyparse.reading.files import read_bytes
from policyparse.reading.limits import Limits

_REPORT_IT = "report it as a fault of policyparse, with the document"
_TRIES = 3


class ChunkWorker:
    """Parses the documents of chunks and commits each chunk as a part of the store."""

    def __init__(self, job: Job) -> None:
        """Build the parser. Raises ``LexiconError`` or ``UsageError`` where the job's settings are wrong."""
        lexicon = load_lexicon(*job.lexicon)
        self._job = job
        self._limits = Limits(**job.limits)
        self._parser = Parser(lexicon, without=job.without)
        self._origins = OriginFinder(lexicon)
        self._writer = PartWriter(Path(job.store))

    def run(self, chunk: Chunk, at: Callable[[int], None]) -> Outcome:
        """Process ``chunk``; ``at`` is told the index of each document before it is begun, and their number at the end.

        Raises ``StoreError`` where the store cannot be written.
        """
        there = Path(self._job.store) / PARTS / chunk.name
        if there.is_dir():
            # Done before by a worker that was thought lost.
            return Outcome(len(read_part(there).documents))
        done: list[tuple[Entry, int, dict[str, list[str]]]] = []
        failures = []
        for index, task in enumerate(chunk.tasks):
            at(index)
            try:
                done.append(self._document(task))
            except ReadError as error:
                failures.append(failure_of(task, error))
            except Exception as error:  # noqa: BLE001 (a fault in one document must not cost the others)
                reason = f"internal error: {type(error).__name__}: {error}"
                failures.append(Failure(task.input.file, reason, _REPORT_IT))
        at(len(chunk.tasks))
        done, rejected = self._commit(chunk, done)
        return Outcome(len(done), sum(chars for _, chars, _ in done), (*failures, *rejected))

    def _document(self, task: Task) -> tuple[Entry, int, dict[str, list[str]]]:
        source, content = _read_whole(task.input.file, self._limits)
        document = self._parser.parse(source)
        origin = self._origins.find(document, task.input.shown, task.given)
        identity = Identity(
            document=task.input.document,
            path=task.input.shown,
            issuer=origin.issuer,
            issuer_from=origin.issuer_from,
            region=origin.region,
            region_from=origin.region_from,
            year=origin.year,
            year_from=origin.year_from,
            content_sha256=content,
            parser=self._job.parser,
        )
        rows = rows_of(document, source, identity)
        lines = {table: [_line(row) for row in rows[table]] for table in TABLES}
        entry = Entry(task.input.document, task.input.name, content, task.given.digest())
        return entry, document.source.chars, lines

    def _commit(
        self, chunk: Chunk, done: list[tuple[Entry, int, dict[str, list[str]]]]
    ) -> tuple[list[tuple[Entry, int, dict[str, list[str]]]], list[Failure]]:
        """Write the part; a document that the columns cannot hold is left out and becomes a failure."""
        import duckdb

        rejected: list[Failure] = []
        if not done:
            return [], []
        try:
            self._write(chunk, done)
        except duckdb.Error as error:
            good = [item for item in done if self._writer.convertible(item[2])]
            if len(good) == len(done):
                raise
            files = {task.input.document: task.input.file for task in chunk.tasks}
            for entry, _, _ in (item for item in done if item not in good):
                reason = f"internal error: its values do not fit the tables: {str(error).splitlines()[0]}"
                rejected.append(Failure(files[entry.document], reason, _REPORT_IT))
            done = good
            if done:
                self._write(chunk, done)
        return done, rejected

    def _write(self, chunk: Chunk, done: list[tuple[Entry, int, dict[str, list[str]]]]) -> None:
        lines = {table: [line for _, _, rows in done for line in rows[table]] for table in TABLES}
        self._writer.write(chunk.name, self._job.run, self._job.parser, [entry for entry, _, _ in done], lines)


def failure_of(task: Task, error: Exception) -> Failure:
    """Return the failure for ``error``, whose message has the form ``FILE: reason; remedy``."""
    message = str(error).removeprefix(f"{task.input.file}: ").removeprefix(f"{task.input.shown}: ")
    reason, _, remedy = message.rpartition("; ")
    return Failure(task.input.file, reason or message, remedy if reason else "check the file, then run again")


def _read_whole(file: str, limits: Limits) -> tuple[Source, str]:
    """Return the source at ``file`` and the SHA-256 of exactly those bytes. Raises ``ReadError``."""
    for _ in range(_TRIES):
        before = _state(file)
        if before is None or before[1] > limits.file_bytes:
            read(file, limits=limits)  # raises and says why
        data = _bytes(file, limits)
        if before == _state(file) and data is not None:
            return read_bytes(data, file, limits=limits), hashlib.sha256(data).hexdigest()
    raise ReadError(f"{file}: it changed again and again while it was read; run again when it is at rest")


def _bytes(file: str, limits: Limits) -> bytes | None:
    try:
        return Path(file).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return read_member(file, limits)
    except OSError:
        read(file)  # raises and says why
        return None


def _state(file: str) -> tuple[int, int, int] | None:
    try:
        found = Path(holder(file)).stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _line(row: dict[str, Any]) -> str:
    # NUL ends a string in many a reader of the tables; a lone surrogate is no text.
    text = json.dumps(row, ensure_ascii=False)
    if "\\u0000" in text:
        text = json.dumps({key: _without_nul(value) for key, value in row.items()}, ensure_ascii=False)
    return text


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, list):
        return [_without_nul(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_nul(item) for key, item in value.items()}
    return value


def main() -> None:
    """Serve jobs and chunks until standard input ends."""
    # The keyboard stops the process that started this one, and that ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever else prints does not get between the messages
    orders: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders,), daemon=True).start()

    def say(**message: Any) -> None:
        answers.write(json.dumps(message) + "\n")
        answers.flush()

    worker = None
    while True:
        order = orders.get()
        try:
            if "job" in order:
                worker = ChunkWorker(Job.from_json(order["job"]))
                say(ready=True)
            else:
                assert worker is not None
                say(outcome=worker.run(Chunk.from_json(order["chunk"]), lambda index: say(at=index)).to_json())
        except StoreError as error:
            say(store_error=str(error))
        except PolicyParseError as error:
            say(usage_error=str(error))
        except Exception as error:  # noqa: BLE001 (told to whoever started this process)
            say(store_error=f"internal error in a worker, please report it: {type(error).__name__}: {error}")


def _listen(orders: queue.SimpleQueue[dict[str, Any]]) -> None:
    for line in sys.stdin.buffer:
        orders.put(json.loads(line))
    os._exit(0)
