"""Quantities: expressions with kind, value, unit and bound; and what only looks like one."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import pytest

from policyparse import find_quantities
from policyparse.lexicon import load_lexicon
from policyparse.parsing.characters import reading_text
from policyparse.parsing.quantities import QuantityFinder

SPECS = Path(__file__).parent.parent / "specs"
FINDER = QuantityFinder(load_lexicon())


def rows(name: str) -> list[list[str]]:
    lines = (SPECS / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("marked", "kind", "low", "high", "unit", "bound"), rows("quantities.tsv"))
def test_quantity(marked: str, kind: str, low: str, high: str, unit: str, bound: str) -> None:
    start, end = marked.index("【"), marked.index("】") - 1
    text = marked.replace("【", "").replace("】", "")
    found = {(q.start, q.end): q for q in find_quantities(text)}
    assert (start, end) in found, [q.text for q in found.values()]
    quantity = found[start, end]
    assert (quantity.kind, quantity.low, quantity.high, quantity.unit, quantity.bound) == (
        kind,
        Decimal(low),
        Decimal(high),
        unit,
        bound,
    )


@pytest.mark.parametrize(("text", "why"), rows("not_quantities.tsv"))
def test_no_quantity(text: str, why: str) -> None:
    assert [q.text for q in find_quantities(text)] == [], why


@pytest.mark.parametrize(("text", "expected", "why"), rows("rule_times.tsv"))
def test_times_in_rules(text: str, expected: str, why: str) -> None:
    found = FINDER.find(reading_text(text).folded, rules=True)
    assert ("|".join(text[one.start : one.end] for one in found) or "-") == expected, why


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("分别增长2%、5%和7%以上", ["ge", "ge", "ge"]),
        ("A增长2%，B增长7%以上", ["eq", "ge"]),
        ("分别突破3万亿元和2.5万亿元", ["gt", "gt"]),
        ("两个及两个以上举报人", ["eq", "ge"]),
        ("20万元或20万元以上", ["eq", "ge"]),
        ("分别下降2%、3%和3%以上", ["ge", "ge", "ge"]),
        ("发放不超过1600元、3200元、4800元", ["le", "le", "le"]),
        ("高于全国4.2个百分点", ["eq"]),
        ("节约20万元", ["eq"]),
        ("最近3个工作日内", ["le"]),
        ("约为5%左右", ["approx"]),
        ("不低于5%左右", ["ge"]),
    ],
)
def test_bounds_in_context(text: str, bounds: list[str]) -> None:
    assert [q.bound for q in find_quantities(text)] == bounds


def test_units_are_printed_as_written() -> None:
    assert [q.unit for q in find_quantities("占比５％，接待２万人（次）")] == ["%", "人（次）"]


def test_hostile_numerals_stay_linear() -> None:
    def seconds(text: str) -> float:
        begun = time.perf_counter()
        find_quantities(text)
        return time.perf_counter() - begun

    for unit in ("9", "一", "百分之", "1:", "1、", "5%、", "万", "第1", "不超过", "1/2", "几十"):
        small, large = seconds(unit * 5_000), seconds(unit * 40_000)
        assert large < 40 * max(small, 0.005), unit
