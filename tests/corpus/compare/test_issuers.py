"""Issuers of one year beside each other."""

from __future__ import annotations

import policyparse
from policyparse.comparison import Ranking

from .conftest import report


def rankings(goals: dict[str, str], reached: dict[str, str] | None = None) -> list[Ranking]:
    sources = [report(2023, goal, issuer=issuer) for issuer, goal in goals.items()]
    sources += [report(2024, "城镇新增就业5万人", text, issuer=issuer) for issuer, text in (reached or {}).items()]
    comparison = policyparse.compare([(policyparse.parse(source), source) for source in sources], years="2023:2023")
    return list(comparison.rankings)


def test_the_highest_growth_is_first_and_equals_share_a_rank() -> None:
    (ranking,) = rankings(
        {"澜江市": "地区生产总值增长6%左右", "清溪市": "地区生产总值增长7%", "云台市": "地区生产总值增长6%以上"},
        {"澜江市": "地区生产总值增长6.5%。", "清溪市": "地区生产总值增长5.1%。"},
    )
    assert (ranking.year, ranking.key, ranking.form) == (2023, "gdp", "rate")
    assert [(row.issuer[:2], row.target_rank, row.result_rank, row.verdict) for row in ranking.rows] == [
        ("清溪", 1, 2, "missed"),
        ("云台", 2, None, "not_reported"),
        ("澜江", 2, 1, "met"),
    ]


def test_the_lowest_unemployment_is_first() -> None:
    (ranking,) = rankings({"澜江市": "城镇调查失业率控制在5.5%以内", "清溪市": "城镇调查失业率控制在5%左右"})
    assert [row.issuer[:2] for row in ranking.rows] == ["清溪", "澜江"]


def test_one_issuer_is_no_ranking() -> None:
    assert rankings({"澜江市": "地区生产总值增长6%", "清溪市": "城镇新增就业3万人"}) == []
