"""Indicators: what a quantity measures, in a table of clauses."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyparse import parse
from policyparse.corpus.measures import alike

SPECS = Path(__file__).parent.parent / "specs"
TABLES = ("indicators", "indicator_series", "indicator_nested", "indicator_order", "indicator_per_unit")
ROWS = [
    line.split("\t")
    for table in TABLES
    for line in (SPECS / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("clause", "quantity", "names", "why"), ROWS)
def test_indicator(clause: str, quantity: str, names: str, why: str) -> None:
    document = parse(f"一、主要目标\n{clause}。\n")
    found = {s.quantity.text: s.indicators for s in (*document.targets, *document.facts)}
    said = [indicator.name for indicator in found[quantity]]
    assert all(any(alike(name, one) for one in said) for name in names.split(";")), (said, why)


def test_complete_names_are_not_composed() -> None:
    text = "地区生产总值增长6%，规模以上工业增加值增长7%，一般公共预算收入增长5%，固定资产投资增长8%。"
    names = [[i.name for i in s.indicators] for s in parse(text).targets]
    assert names == [["地区生产总值"], ["规模以上工业增加值"], ["一般公共预算收入"], ["固定资产投资"]]


def test_a_shared_verb_is_named_with_each() -> None:
    found = parse("一、城市更新\n改造城中村2000户、棚户区3000户。").targets
    assert [[i.name for i in s.indicators] for s in found][1][0].endswith("棚户区")


def test_names_do_not_grow_without_end() -> None:
    document = parse("增长5%，" * 300)
    assert all(len(i.name) <= 60 for s in (*document.targets, *document.facts) for i in s.indicators)
