"""Verdicts: the table of rules."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from policyparse.comparison import Figure
from policyparse.corpus.compare.delivery import judge

TABLE = Path(__file__).parents[2] / "specs" / "verdicts.tsv"


def figure(words: str, unit: str = "%") -> Figure:
    bound, low, high, *rest = words.split()
    return Figure(
        start=0,
        end=2,
        document="d",
        statement="t1",
        text=low,
        indicator="指标",
        low=Decimal(low),
        high=Decimal(high),
        unit=unit,
        kind="percentage" if unit == "%" else "money",
        bound=bound,  # type: ignore[arg-type]
        approximate="~" in rest,
        change=next((word for word in rest if word != "~"), ""),  # type: ignore[arg-type]
    )


def cases() -> list[list[str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


@pytest.mark.parametrize("case", cases(), ids=" | ".join)
def test_the_rule_for_each_bound(case: list[str]) -> None:
    target, result, direction, category, verdict, rule = case
    judgement = judge(figure(target), figure(result), direction, category, Decimal("0.05"))
    assert (judgement.verdict, judgement.rule) == (verdict, rule)


def test_without_tolerance_nearly_is_missed() -> None:
    target, result = figure("approx 7.5 7.5 increase ~"), figure("eq 7.3 7.3 increase")
    assert judge(target, result, "up", "", Decimal("0.05")).verdict == "tolerance"
    assert judge(target, result, "up", "", Decimal("0.01")).verdict == "missed"


def test_figures_in_different_currencies_are_not_judged() -> None:
    target, result = figure("ge 10 10", "美元"), figure("eq 80 80", "元")
    assert judge(target, result, "up", "", Decimal("0.05")).verdict == "unclear"


def test_every_rule_is_documented(root: Path) -> None:
    manual = (root / "docs" / "compare.md").read_text(encoding="utf-8")
    for word in ("met", "tolerance", "missed", "unclear", "not_reported", "floor", "ceiling", "point"):
        assert f"`{word}`" in manual or f" {word} " in manual
