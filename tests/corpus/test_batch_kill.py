"""Runs that are killed, meet each other, hang, lose their processes or have no disk left."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyparse import batch, open_store
from policyparse.corpus.chunks import Chunk, Job, Outcome, Task
from policyparse.corpus.engines import LocalEngine
from policyparse.corpus.inputs import Input
from policyparse.corpus.lock import StoreLock
from policyparse.corpus.manifest import read_parts
from policyparse.corpus.parts import Entry, PartWriter
from policyparse.corpus.processes import WorkerProcess
from policyparse.corpus.sidecar import Given
from policyparse.corpus.tables import TABLES
from policyparse.errors import StoreError, UsageError
from policyparse.reading import Limits

PLAN = "一、扩大就业\n全年新增城镇就业{}万人以上。（市人社局牵头）\n二、改善民生\n改造老旧小区12个。\n"


def started(inputs: Path, store: Path, *words: str) -> subprocess.Popen[bytes]:
    called = [sys.executable, "-m", "policyparse", "batch", str(inputs), "--out", str(store), "-j", "1", *words]
    return subprocess.Popen(called, stderr=subprocess.PIPE)


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_killed_at_any_moment(tmp_path: Path, content: Callable[[Path], Any]) -> None:
    folder, store, whole = tmp_path / "plans", tmp_path / "store", tmp_path / "whole"
    folder.mkdir()
    for year in range(1900, 1980):
        (folder / f"{year}.txt").write_text(PLAN.format(year) * 20, encoding="utf-8")
    batch(folder, whole, engine=LocalEngine(1))
    expected = content(whole)
    pause = random.Random(7)
    for done in (1, 2, 4):
        # Once after each of some commits, and a little later, so in the middle of whatever comes next.
        with started(folder, store) as run:
            wait_for(lambda done=done: len(list(store.glob("parts/*"))) >= done or run.poll() is not None)
            time.sleep(pause.uniform(0, 0.05))
            run.kill()
        for table, rows in content(store).items():
            paths = {row["document"] for row in rows}
            assert rows == [row for row in expected[table] if row["document"] in paths], "what is committed is whole"
        with open_store(store) as opened:
            held = {entry.document for part in read_parts(store) for entry in part.documents}
            assert {row["document"] for row in opened.documents()} == held
    result = batch(folder, store, engine=LocalEngine(1))
    assert result.unchanged > 0, "the work of the killed runs is used"
    assert result.parsed + result.unchanged == 80
    assert content(store) == expected
    assert not list((store / "tmp").glob("*"))


def test_the_workers_end_with_the_run(plans: Path, tmp_path: Path) -> None:
    os.mkfifo(plans / "waiting.txt")
    with started(plans, tmp_path / "store") as run:
        children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
        if not children.exists():
            run.kill()
            pytest.skip("this system does not list the children of a process under /proc")
        found: list[Path] = []

        def child_there() -> bool:
            found[:] = [
                Path(f"/proc/{line}")
                for task in children.parent.parent.iterdir()
                for line in (task / "children").read_text().split()
            ]
            return bool(found)

        wait_for(child_there)
        run.kill()
    wait_for(lambda: not any(path.exists() for path in found))


def test_the_second_run_is_told(plans: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    with StoreLock(store / "lock"):
        with pytest.raises(StoreError, match=rf"another run is writing .*process {os.getpid()} on .*wait"):
            batch(plans, store, engine=LocalEngine(1))
        with started(plans, store) as other:
            assert other.wait(timeout=60) == 3
            assert other.stderr is not None
            assert b"another run is writing" in other.stderr.read()
    assert batch(plans, store, engine=LocalEngine(1)).parsed == 3


def test_a_document_that_takes_too_long_fails_alone(plans: Path, tmp_path: Path) -> None:
    os.mkfifo(plans / "endless.txt")  # a read of it never ends
    store = tmp_path / "store"
    result = batch(plans, store, engine=LocalEngine(1), timeout=1.5)
    assert (result.parsed, result.failed) == (3, 1)
    (row,) = [json.loads(line) for line in (store / "errors.jsonl").read_text().splitlines()]
    assert Path(row["file"]).name == "endless.txt"
    assert row["reason"] == "took longer than 1.5 seconds"
    assert "--timeout" in row["remedy"]


def test_a_process_that_dies_is_replaced(plans: Path, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    pipe = plans / "waiting.txt"
    os.mkfifo(pipe)
    files = [plans / "zhejiang" / "1998.txt", pipe]
    chunk = Chunk("a", tuple(Task(Input(str(file), file.name), Given()) for file in files))
    deaths = 0

    with WorkerProcess(Job(str(tmp_path), 1, "x")) as process:

        def kill_when_it_waits() -> None:
            nonlocal deaths
            for _ in range(2):
                # Opening the pipe to write waits for the process that opens it to read.
                handle = os.open(pipe, os.O_WRONLY)
                assert process._process is not None
                victim = process._process.pid
                os.kill(victim, signal.SIGKILL)
                deaths += 1
                os.close(handle)
                wait_for(lambda victim=victim: process._process is None or process._process.pid != victim)

        killer = threading.Thread(target=kill_when_it_waits)
        killer.start()
        outcome = process.run(chunk)
        killer.join()
    assert deaths == 2
    assert outcome.documents == 1
    assert [Path(failure.file).name for failure in outcome.failures] == ["waiting.txt"]
    assert "died twice" in outcome.failures[0].reason


def test_a_file_that_changes_while_it_is_read(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from policyparse.corpus import worker
    from policyparse.errors import ReadError

    path = plans / "zhejiang" / "1998.txt"
    real, reads = worker._bytes, 0

    def read_and_change(name: str, limits: Limits) -> bytes | None:
        nonlocal reads
        reads += 1
        data = real(name, limits)
        if reads in changes:
            path.write_text(PLAN.format(reads) + "又一行。" * reads, encoding="utf-8")
        return data

    monkeypatch.setattr(worker, "_bytes", read_and_change)
    changes = {1}
    source, digest = worker._read_whole(str(path), Limits())
    assert source.text == path.read_text(encoding="utf-8"), "the row belongs to the text that was parsed"
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    changes = set(range(100))
    with pytest.raises(ReadError, match="changed again and again"):
        worker._read_whole(str(path), Limits())
    path.unlink()
    with pytest.raises(ReadError, match="no such file"):
        worker._read_whole(str(path), Limits())


def test_a_chunk_that_is_done_twice_counts_once(plans: Path, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    file = plans / "zhejiang" / "1998.txt"
    chunk = Chunk("000001-0000000", (Task(Input(str(file), file.name), Given()),))
    job = Job(str(tmp_path), 1, "x")
    with WorkerProcess(job) as first, WorkerProcess(job) as second:
        assert first.run(chunk).documents == second.run(chunk).documents == 1
    (part,) = read_parts(tmp_path)
    # Both may also write at the same time; the later rename finds the place taken.
    entry = part.documents[0]
    rows = {table: [] for table in TABLES}
    assert PartWriter(tmp_path).write(part.name, 1, "other", [entry], rows).parser == "x"
    assert len(read_parts(tmp_path)) == 1


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "the disk is full.*free some"), (errno.EROFS, "read-only")]
)
def test_a_disk_that_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str) -> None:
    (tmp_path / "parts").mkdir()

    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StoreError, match=f"(?i){said}.*run the same command again"):
        PartWriter(tmp_path).write("a", 1, "x", [Entry("d", "n", "", "")], {table: [] for table in TABLES})
    assert not list((tmp_path / "parts").iterdir())
    assert not list((tmp_path / "tmp").iterdir())


def test_a_run_that_cannot_go_on_says_so(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: WorkerProcess, chunk: Chunk) -> Outcome:
        raise StoreError("the disk is full")

    monkeypatch.setattr(WorkerProcess, "run", fail)
    with pytest.raises(StoreError, match="the disk is full"):
        batch(plans, tmp_path / "store", engine=LocalEngine(2))


def test_a_worker_that_cannot_start_says_why(plans: Path, tmp_path: Path) -> None:
    file = plans / "zhejiang" / "1998.txt"
    chunk = Chunk("a", (Task(Input(str(file), file.name), Given()),))
    with (
        WorkerProcess(Job(str(tmp_path), 1, "x", without=("fantasy",))) as process,
        pytest.raises(UsageError, match="no stage fantasy"),
    ):
        process.run(chunk)
