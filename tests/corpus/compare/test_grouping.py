"""Indicators without a key: what is one group, and the user's own file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from policyparse.comparison import Comparison
from policyparse.errors import UsageError

City = Callable[..., Comparison]


def members(comparison: Comparison) -> list[set[str]]:
    return [set(group.members) for group in comparison.groups if len(group.members) > 1]


def test_names_that_mean_the_same_are_one(city: City) -> None:
    comparison = city({2020: ("企业开办满意率达到90%以上", ""), 2021: ("全市企业开办满意率达到92%以上", "")})
    series = [one for one in comparison.series if one.group]
    assert [[cell.movement for cell in one.cells] for one in series] == [[None, "raised"]]


def test_names_that_differ_in_what_matters_are_not(city: City) -> None:
    comparison = city({2020: ("初中毕业生升学满意率达到90%以上", ""), 2021: ("高中毕业生升学满意率达到92%以上", "")})
    assert members(comparison) == []
    assert len([one for one in comparison.series if one.group]) == 2


def test_the_user_s_own_groups(city: City, tmp_path: Path) -> None:
    reports = {2020: ("线上办件占比达到60%", ""), 2021: ("网上申办占比达到70%", "")}
    before = city(reports)
    names = [one.name for one in before.series]
    assert len(names) == 2
    table = tmp_path / "groups.csv"
    table.write_text("指标,组\n" + "".join(f"{name},提速\n" for name in names), encoding="utf-8")
    after = city(reports, groups=table)
    assert [(one.name, [cell.movement for cell in one.cells]) for one in after.series] == [("提速", [None, "raised"])]
    assert [group.given for group in after.groups] == [True]


def test_a_group_can_be_a_canonical_key(city: City, tmp_path: Path) -> None:
    reports = {2020: ("城里人没活干的比例控制在5%以内", ""), 2021: ("城镇调查失业率控制在5.5%以内", "")}
    name = next(one.name for one in city(reports).series if one.group)
    table = tmp_path / "groups.tsv"
    table.write_text(f"name\tgroup\n{name}\tsurveyed_unemployment\n", encoding="utf-8")
    series = city(reports, groups=table).find("surveyed_unemployment")
    assert series is not None
    assert [cell.movement for cell in series.cells] == [None, "raised"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("甲,乙\n", "first line must name the columns"),
        ("name,group\n甲,\n", "line 2"),
        ("name,group\n甲,一\n甲,二\n", "line 3: '甲' stands in two groups"),
    ],
)
def test_a_groups_file_that_is_wrong(city: City, tmp_path: Path, text: str, message: str) -> None:
    table = tmp_path / "groups.csv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        city({2020: ("地区生产总值增长8%", "")}, groups=table)


def test_a_groups_file_that_is_missing(city: City, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        city({2020: ("地区生产总值增长8%", "")}, groups=tmp_path / "none.csv")
