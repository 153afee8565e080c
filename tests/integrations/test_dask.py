"""A batch on a real Dask cluster of two worker processes, of which one is killed in the middle."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed", reason="Dask is not installed: pip install 'policyparse[dask]'")

from distributed import Client, LocalCluster

from policyparse import batch, open_store
from policyparse.corpus.batch import Progress
from policyparse.corpus.engines import LocalEngine
from policyparse.errors import UsageError
from policyparse.integrations.dask import DaskEngine

TABLES = ("documents", "nodes", "statements", "responsibilities", "diagnostics")
PLAN = "一、扩大就业\n全年新增城镇就业{}万人以上。（市人社局牵头）\n二、改善民生\n改造老旧小区12个。\n"

# Dask leaves sockets and loops to the garbage collector when a worker is killed under it.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50) as cluster:
        yield cluster


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    for year in range(1900, 1980):
        (folder / f"{year}.txt").write_text(PLAN.format(year) * 20, encoding="utf-8")
    (folder / "odd.txt").write_bytes(b"{\\rtf1 ")
    return folder


def content(store: Path) -> dict[str, list[Any]]:
    with open_store(store) as opened:
        return {table: list(opened.rows(table)) for table in TABLES}


def workers(cluster: LocalCluster) -> dict[str, int]:
    with Client(cluster) as client:
        found: dict[str, int] = client.run(os.getpid)
        return found


def test_one_of_two_workers_is_killed(cluster: LocalCluster, plans: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    batch(plans, alone, engine=LocalEngine(1))
    before = workers(cluster)
    assert len(before) == 2
    victim = min(before.values())
    killed: list[int] = []

    def kill(state: Progress) -> None:
        if not killed and state.parsed > 10:
            os.kill(victim, signal.SIGKILL)
            killed.append(state.parsed)

    store = tmp_path / "store"
    result = batch(plans, store, engine=DaskEngine(cluster.scheduler_address), progress=kill)
    assert killed
    assert killed[0] < 80, "in mid-run"
    assert (result.parsed, result.failed) == (80, 1)
    assert content(store) == content(alone), "nothing lost, nothing twice"
    assert victim not in workers(cluster).values()

    again = batch(plans, store, engine=DaskEngine(cluster.scheduler_address))
    assert (again.parsed, again.unchanged, again.failed) == (0, 80, 1)


def test_a_worker_with_another_parser_is_refused(
    cluster: LocalCluster, plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policyparse.corpus.batch.fingerprint", lambda *_: "0.0+other")
    with pytest.raises(UsageError, match="has another policyparse"):
        batch(plans, tmp_path / "store", engine=DaskEngine(cluster.scheduler_address))


def test_no_scheduler_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policyparse.integrations.dask._WAIT", 0.5)
    with pytest.raises(UsageError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1"):
        _ = DaskEngine("tcp://127.0.0.1:1").workers
    with pytest.raises(UsageError, match="--workers is for a cluster that is started here"):
        DaskEngine("tcp://127.0.0.1:1", workers=2)


def test_a_cluster_is_started_where_none_is_given(plans: Path, tmp_path: Path) -> None:
    engine = DaskEngine(workers=1)
    assert engine.workers == 1
    result = batch(plans / "1900.txt", tmp_path / "store", engine=engine)
    assert (result.parsed, result.failed) == (1, 0)
