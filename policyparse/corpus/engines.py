"""Where chunks are run: the protocol, and the engine for one machine."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Protocol

from policyparse.corpus.chunks import Chunk, Job, Outcome
from policyparse.corpus.processes import WorkerProcess
from policyparse.errors import UsageError


class Engine(Protocol):
    """Runs the chunks of a job somewhere."""

    @property
    def workers(self) -> int:
        """How many chunks it runs at a time."""
        ...

    def run(self, job: Job, chunks: Iterator[Chunk]) -> Iterator[Outcome]:
        """Yield the outcome of each chunk, in any order.

        Takes chunks as it goes and never holds more than a few. Raises ``StoreError`` where the run cannot go on.
        """
        ...


class LocalEngine:
    """Processes of this machine, one a core."""

    def __init__(self, workers: int | None = None) -> None:
        if workers is not None and workers < 1:
            raise UsageError(f"workers must be 1 or more, not {workers}")
        self._workers = workers or _cores()

    @property
    def workers(self) -> int:
        """How many processes there are."""
        return self._workers

    def run(self, job: Job, chunks: Iterator[Chunk]) -> Iterator[Outcome]:
        """Yield outcomes as they come. When the caller stops asking, the processes end."""
        supply = _Supply(chunks)
        results: queue.Queue[Outcome | BaseException | None] = queue.Queue(maxsize=4 * self._workers)
        processes = [WorkerProcess(job) for _ in range(self._workers)]
        threads = [
            threading.Thread(target=_serve, args=(process, supply, results), daemon=True) for process in processes
        ]
        for thread in threads:
            thread.start()
        running = len(threads)
        try:
            while running:
                result = results.get()
                if result is None:
                    running -= 1
                elif isinstance(result, BaseException):
                    raise result
                else:
                    yield result
        finally:
            supply.close()
            for process in processes:
                process.close()


class _Supply:
    """Hands out chunks to several threads, one at a time."""

    def __init__(self, chunks: Iterator[Chunk]) -> None:
        self._chunks = chunks
        self._lock = threading.Lock()
        self._closed = False

    def next(self) -> Chunk | None:
        with self._lock:
            return None if self._closed else next(self._chunks, None)

    def close(self) -> None:
        self._closed = True

    @property
    def closed(self) -> bool:
        return self._closed


def _serve(process: WorkerProcess, supply: _Supply, results: queue.Queue[Outcome | BaseException | None]) -> None:
    try:
        with process:
            while (chunk := supply.next()) is not None:
                _put(results, process.run(chunk), supply)
    except BaseException as error:  # noqa: BLE001 (raised again where the results are read)
        _put(results, error, supply)
    else:
        _put(results, None, supply)


def _put(
    results: queue.Queue[Outcome | BaseException | None], result: Outcome | BaseException | None, supply: _Supply
) -> None:
    while not supply.closed:
        with suppress(queue.Full):
            results.put(result, timeout=1)
            return


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
