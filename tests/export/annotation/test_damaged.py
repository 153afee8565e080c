"""Exports that were damaged on the way: a clear error or gold that evaluate reads, never anything else."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse import annotation_record, parse
from policyparse.corpus.annotations import gold_files
from policyparse.corpus.gold import Gold
from policyparse.errors import PolicyParseError
from policyparse.export.annotation.brat import from_brat, to_brat
from policyparse.export.annotation.doccano import from_doccano, to_doccano
from policyparse.export.annotation.label_studio import from_label_studio, to_label_studio
from policyparse.export.annotation.record import Record
from policyparse.model import Source

TEXT = "一、扩大就业🎉\r\n全年新增城镇就业5万人以上。群众满意率达到95%。\r\n由市教育局牵头。\r\n\r\n"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.sampled_from([-1, 10**30, "1e999", "target"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["start", "end", "a"]), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip


def record() -> Record:
    source = Source(name="plan", text=TEXT)
    return annotation_record(parse(source), source, name="plan")


def survives(read: Callable[[], list[Record]]) -> None:
    try:
        made = [gold_files(one) for one in read()]
    except PolicyParseError:
        return
    for _, gold in made:
        Gold.model_validate_json(gold)


def replaced(data: st.DataObject, value: Any) -> Any:
    """Return ``value`` with something in it replaced or taken away."""
    if isinstance(value, dict) and value and data.draw(st.integers(0, 9)):
        key = data.draw(st.sampled_from(sorted(value)))
        if not data.draw(st.integers(0, 9)):
            return {name: one for name, one in value.items() if name != key}
        return {**value, key: replaced(data, value[key])}
    if isinstance(value, list) and value and data.draw(st.integers(0, 9)):
        at = data.draw(st.integers(0, len(value) - 1))
        return [replaced(data, one) if index == at else one for index, one in enumerate(value)]
    return data.draw(VALUES)


@given(st.data())
def test_label_studio(data: st.DataObject) -> None:
    tasks = replaced(data, json.loads(to_label_studio([record()])))
    survives(lambda: from_label_studio(json.dumps(tasks)))


@given(st.data())
def test_doccano(data: st.DataObject) -> None:
    line = replaced(data, json.loads(to_doccano([record()])))
    survives(lambda: from_doccano(json.dumps(line)))


@given(st.data())
def test_brat(data: st.DataObject) -> None:
    text, annotations = to_brat(record())
    lines = annotations.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(lines[at]))] * 2)))
    piece = data.draw(
        st.text(max_size=5) | st.sampled_from(["T1", " 0 99", ";", "{", "target", "\t", "[]", '"low": [1]'])
    )
    lines[at] = lines[at][:start] + piece + lines[at][end:]
    survives(lambda: [from_brat(text, "\n".join(lines), "plan")])


@pytest.mark.parametrize("data", ["[" * 100_000, '{"text": ' * 50_000, "null", "\x00", '"' + "a" * 100_000])
def test_nonsense(data: str) -> None:
    for read in (from_label_studio, from_doccano):
        with pytest.raises(PolicyParseError):
            read(data)
    with pytest.raises(PolicyParseError):
        from_brat("a", "T1\ttarget 0 1\ta\n#1\tAnnotatorNotes T1\t" + "{" * 10_000, "plan")
