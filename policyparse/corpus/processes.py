"""A worker process as its owner sees it: chunks go in, outcomes come out, and what hangs or dies is replaced."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress
from types import TracebackType
from typing import IO, Any

from policyparse.corpus.chunks import Chunk, Failure, Job, Outcome
from policyparse.errors import StoreError, UsageError

_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from policyparse.corpus.worker import main; main()"
_START = 120.0
"""Seconds that a new process has to say that it is ready."""
_DEATHS = 2
"""How often a process may die over one document before the document is given up."""


class WorkerProcess:
    """Runs chunks in a process of its own, one at a time; a context, at whose end the process is gone."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._process: subprocess.Popen[bytes] | None = None
        self._messages: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._closed = False

    def __enter__(self) -> WorkerProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self, chunk: Chunk) -> Outcome:
        """Process ``chunk``. A document that takes too long, or over which the process dies twice, becomes a failure.

        Raises ``StoreError`` or ``UsageError`` where the run cannot go on.
        """
        failures: list[Failure] = []
        deaths: Counter[str] = Counter()
        starts = 0
        while chunk.tasks and not self._closed:
            outcome, index, late = self._attempt(chunk)
            if outcome is not None:
                return Outcome(outcome.documents, outcome.chars, (*failures, *outcome.failures))
            if index is None or index >= len(chunk.tasks):
                # Died at the start or while it wrote: nothing to do with a document.
                starts += 1
                if starts > _DEATHS:
                    raise StoreError(
                        f"{self._job.store}: worker processes end before they have done anything; what was committed "
                        "is safe: check the memory of this machine and run again, with fewer --workers"
                    )
                continue
            file = chunk.tasks[index].input.file
            deaths[file] += 1
            if late:
                reason = f"took longer than {self._job.timeout:g} seconds"
                failures.append(Failure(file, reason, "split the document, or give more time with --timeout"))
            elif deaths[file] >= _DEATHS:
                reason = "the process that parsed it died twice, perhaps out of memory"
                failures.append(Failure(file, reason, "parse it alone, on a machine with more memory"))
            else:
                continue
            chunk = chunk.without(index)
        return Outcome(failures=tuple(failures))

    def close(self) -> None:
        """End the process at once and for good; what it was doing gives an empty outcome."""
        self._closed = True
        self._stop()

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _attempt(self, chunk: Chunk) -> tuple[Outcome | None, int | None, bool]:
        """Return the outcome; or else the document at which the process was lost, and whether it took too long."""
        index: int | None = None
        try:
            if self._process is None:
                self._start()
            self._send({"chunk": chunk.to_json()})
            while True:
                busy = index is not None and index < len(chunk.tasks)
                message = self._messages.get(timeout=self._job.timeout if busy else None)
                if message is None:
                    raise BrokenPipeError
                if "at" in message:
                    index = message["at"]
                elif "outcome" in message:
                    return Outcome.from_json(message["outcome"]), None, False
                else:
                    _raise(message)
        except queue.Empty:
            self._stop()
            return None, index, True
        except OSError:
            self._stop()
            return None, index, False

    def _start(self) -> None:
        warnings = [f"-W{option}" for option in sys.warnoptions]
        self._messages = queue.SimpleQueue()
        self._process = subprocess.Popen(  # noqa: S603 (this interpreter, and no shell)
            [sys.executable, *warnings, "-c", _BOOT, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        threading.Thread(target=_listen, args=(self._process.stdout, self._messages), daemon=True).start()
        self._send({"job": self._job.to_json()})
        message = self._messages.get(timeout=_START)
        if message is None:
            raise BrokenPipeError
        if "ready" not in message:
            _raise(message)

    def _send(self, order: dict[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()


def _listen(stream: IO[bytes], messages: queue.SimpleQueue[dict[str, Any] | None]) -> None:
    with suppress(OSError, ValueError):  # closed, or cut off in the middle of a line
        for line in stream:
            messages.put(json.loads(line))
    messages.put(None)


def _raise(message: dict[str, Any]) -> None:
    if "usage_error" in message:
        raise UsageError(message["usage_error"])
    raise StoreError(str(message.get("store_error", message)))
