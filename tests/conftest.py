"""Where the documents beside the project are, and what every document must satisfy."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from policyparse import Document

pytest_plugins = ["tests.word_files"]

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("POLICYPARSE_SHARED") or ROOT.parent / "shared")

# The same examples in each run; HYPOTHESIS_PROFILE=search looks for new ones.
_SLOW_MACHINE = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("fixed", derandomize=True, deadline=None, suppress_health_check=_SLOW_MACHINE)
settings.register_profile("search", max_examples=2000, deadline=None, suppress_health_check=_SLOW_MACHINE)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(reason=f"no documents in {SHARED}; set POLICYPARSE_SHARED to the folder that holds them")
    for item in items:
        if "shared" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def shared() -> Path:
    return SHARED


@pytest.fixture(scope="session")
def corpora() -> Path:
    return ROOT / "corpora"


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def check() -> Callable[[Document, str], None]:
    return check_document


def check_document(document: Document, text: str) -> None:
    """Assert what holds for the document of any text."""
    shown = document.model_dump(mode="json")
    for extent in _extents(shown):
        start, end = extent["start"], extent["end"]
        assert 0 <= start <= end <= len(text), extent
        assert "text" not in extent or text[start:end] == extent["text"], extent
    assert document.source.chars == len(text)
    assert Document.model_validate_json(document.model_dump_json()) == document

    nodes = {node.id: node for node in document.nodes()}
    assert len(nodes) == sum(1 for _ in document.nodes()), "ids of nodes are unique"
    for node in nodes.values():
        assert node.start < node.end
        assert all(node.start <= child.start and child.end <= node.end for child in node.children)
    duties = {duty.id for duty in document.responsibilities}
    assert len(duties) == len(document.responsibilities), "ids of responsibilities are unique"
    statements = document.statements()
    assert len({statement.id for statement in statements}) == len(statements), "ids of statements are unique"
    assert all(statement.role == "target" for statement in document.targets)
    assert all(statement.role != "target" for statement in document.facts)
    reached = 0
    for statement in statements:
        quantity = statement.quantity
        assert reached <= quantity.start < quantity.end, "quantities do not overlap"
        reached = quantity.end
        assert quantity.low <= quantity.high
        assert quantity.low.is_finite()
        assert quantity.high.is_finite()
        assert statement.sentence.start <= quantity.start < statement.sentence.end
        assert set(statement.responsible) <= duties
        assert_in_node(statement.node, quantity.start, nodes)
    for duty in document.responsibilities:
        assert duty.entity.start < duty.entity.end
        assert duty.entity.name
        assert_in_node(duty.node, duty.entity.start, nodes)


def assert_in_node(key: str | None, offset: int, nodes: dict[str, Any]) -> None:
    if key is None:
        assert not any(node.start <= offset < node.end for node in nodes.values())
    else:
        node = nodes[key]
        assert node.start <= offset < node.end
        assert not any(child.start <= offset < child.end for child in node.children), "the smallest node"


def _extents(value: Any) -> Iterator[dict[str, Any]]:
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            if "start" in item and isinstance(item["start"], int):
                yield item
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item)
