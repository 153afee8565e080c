"""Dask: the chunks of a batch on the workers of a cluster.

Each Dask worker drives parsing processes of its own, exactly as a run on one machine does, and they write their parts
to the store, which all machines see under the same path. Through the scheduler go names of files and counts only. A
chunk whose worker is lost is run again elsewhere; its part has the same name there, so that it is committed once.
"""

from __future__ import annotations

import logging
import queue
import socket
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from policyparse.corpus.chunks import Chunk, Failure, Job, Outcome
from policyparse.corpus.fingerprint import fingerprint
from policyparse.corpus.processes import WorkerProcess
from policyparse.errors import StoreError, UsageError

try:
    import distributed
    from distributed import Client, Future, LocalCluster, Worker, WorkerPlugin
    from distributed.scheduler import KilledWorker
except ImportError as _error:
    raise UsageError("--engine dask needs Dask: pip install 'policyparse[dask]'") from _error

_AHEAD = 2
"""Chunks a thread that are handed to the scheduler at a time."""
_WAIT = 30.0


class DaskEngine:
    """A Dask cluster: the one at ``scheduler``, or one of ``workers`` processes of this machine.

    The cluster's machines need this version of policyparse with the same lexicon, and the store and the documents under
    the same paths.
    """

    def __init__(self, scheduler: str | None = None, *, workers: int | None = None) -> None:
        if scheduler is not None and workers is not None:
            raise UsageError("--workers is for a cluster that is started here; the one at --scheduler has its own")
        self._scheduler = scheduler
        self._wanted = workers
        self._open = ExitStack()
        self._client: Client | None = None

    @property
    def workers(self) -> int:
        """How many threads the cluster's workers have; connects to it."""
        return max(1, int(sum(self._connected().nthreads().values())))

    def run(self, job: Job, chunks: Iterator[Chunk]) -> Iterator[Outcome]:
        """Yield outcomes as they come; at the end the cluster is left, or closed if it was started here."""
        try:
            client = self._connected()
            plugin = f"policyparse-{uuid.uuid4().hex[:12]}"
            client.register_plugin(_Processes(job.to_json()), name=plugin)
            self._open.callback(_unregister, client, plugin)
            yield from self._results(client, plugin, chunks)
        finally:
            self.close()

    def close(self) -> None:
        """Leave the cluster."""
        self._client = None
        self._open.close()

    def _results(self, client: Client, plugin: str, chunks: Iterator[Chunk]) -> Iterator[Outcome]:
        running: dict[Future[dict[str, Any]], Chunk] = {}
        try:
            more = True
            while more or running:
                while more and len(running) < _AHEAD * max(1, sum(client.nthreads().values())):
                    chunk = next(chunks, None)
                    if chunk is None:
                        more = False
                        break
                    future = client.submit(_run, plugin, chunk.to_json(), key=f"{plugin}-{chunk.name}", pure=False)
                    running[future] = chunk
                if not running:
                    return
                done, _ = distributed.wait(list(running), return_when="FIRST_COMPLETED")
                for future in done:
                    yield _outcome(future, running.pop(future))
        finally:
            if running:
                client.cancel(list(running))

    def _connected(self) -> Client:
        if self._client is None:
            if self._scheduler is None:
                cluster = LocalCluster(
                    n_workers=self._wanted,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address="127.0.0.1:0",
                    silence_logs=logging.CRITICAL,
                )
                self._client = self._open.enter_context(Client(self._open.enter_context(cluster)))
            else:
                try:
                    self._client = self._open.enter_context(Client(self._scheduler, timeout=_WAIT))
                except (OSError, ValueError) as error:
                    raise UsageError(
                        f"no Dask scheduler answers at {self._scheduler}: check the address (tcp://HOST:8786) and that "
                        "dask scheduler runs there"
                    ) from error
            try:
                self._client.wait_for_workers(1, timeout=_WAIT)
            except TimeoutError as error:
                raise UsageError(
                    f"the Dask cluster has no workers; start some: dask worker {self._scheduler}"
                ) from error
        return self._client


class _Processes(WorkerPlugin):
    """The parsing processes of one Dask worker: one for each of its threads that has something to do."""

    def __init__(self, job: dict[str, Any]) -> None:
        self._job = job

    def setup(self, worker: Worker) -> None:
        """Begin without any: they start with their first chunk."""
        self._idle: queue.LifoQueue[WorkerProcess] = queue.LifoQueue()
        self._all: list[WorkerProcess] = []

    def teardown(self, worker: Worker) -> None:
        """End them."""
        for process in self._all:
            process.close()

    def run(self, chunk: Chunk) -> Outcome:
        """Run ``chunk`` in a process that is idle, or a new one. Raises where this machine does not fit the job."""
        try:
            process = self._idle.get_nowait()
        except queue.Empty:
            process = WorkerProcess(_checked(Job.from_json(self._job)))
            self._all.append(process)
        try:
            return process.run(chunk)
        finally:
            self._idle.put(process)


def _run(plugin: str, chunk: dict[str, Any]) -> dict[str, Any]:
    """Run a chunk on the worker where this is called."""
    processes = distributed.get_worker().plugins[plugin]
    assert isinstance(processes, _Processes)
    return processes.run(Chunk.from_json(chunk)).to_json()


def _checked(job: Job) -> Job:
    """Return ``job`` where this machine can do it. Raises ``StoreError`` or ``UsageError`` that says what differs."""
    host = socket.gethostname()
    if not (Path(job.store) / "store.json").is_file():
        raise StoreError(
            f"{host} does not see the store at {job.store}; give an --out that all machines of the cluster share"
        )
    found = fingerprint(job.lexicon, job.without)
    if found != job.parser:
        raise UsageError(
            f"{host} has another policyparse ({found} instead of {job.parser}); install the same one on all machines"
        )
    return job


def _outcome(future: Future[dict[str, Any]], chunk: Chunk) -> Outcome:
    try:
        return Outcome.from_json(future.result())
    except KilledWorker:
        reason = "the Dask workers that had it died one after the other"
        remedy = "look at the workers' memory, then run again"
        return Outcome(failures=tuple(Failure(task.input.file, reason, remedy) for task in chunk.tasks))


def _unregister(client: Client, plugin: str) -> None:
    with suppress(Exception):  # the cluster may be gone already
        client.unregister_worker_plugin(plugin)
