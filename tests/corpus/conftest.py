"""A store of the samples, built once, and short ways to ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyparse import batch, open_store
from policyparse.corpus.engines import LocalEngine

Ask = Callable[..., list[tuple[Any, ...]]]

PLAN = "一、扩大就业\n全年新增城镇就业{}万人以上。（市人社局牵头）\n二、改善民生\n改造老旧小区12个。\n"


@pytest.fixture(scope="session")
def samples(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of ``corpora/*.txt``."""
    store = tmp_path_factory.mktemp("samples") / "store"
    result = batch(corpora / "*.txt", store, engine=LocalEngine(2))
    assert (result.failed, result.notes) == (0, ())
    return store


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder with plans of two regions."""
    folder = tmp_path / "plans"
    for region, year in (("zhejiang", 1998), ("zhejiang", 1999), ("kunming", 1998)):
        path = folder / region / f"{year}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PLAN.format(year), encoding="utf-8")
    return folder


@pytest.fixture
def ask() -> Ask:
    def call(store: Path, sql: str) -> list[tuple[Any, ...]]:
        with open_store(store) as opened:
            return list(opened.query(sql).rows)

    return call


@pytest.fixture
def content() -> Callable[[Path], dict[str, list[Any]]]:
    """Everything that a store says, row for row."""

    def call(store: Path) -> dict[str, list[Any]]:
        with open_store(store) as opened:
            return {
                table: list(opened.rows(table))
                for table in ("documents", "nodes", "statements", "responsibilities", "diagnostics")
            }

    return call
