"""Canonical keys: a table of names, and what a user's own lexicon adds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse import load_lexicon, parse
from policyparse.errors import LexiconError
from policyparse.model import Kind
from policyparse.parsing.keys import KeyFinder

SPECS = Path(__file__).parent.parent / "specs"
LEXICON = load_lexicon()
KEYS = KeyFinder(LEXICON)
ROWS = [
    line.split("\t")
    for line in (SPECS / "indicator_keys.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("name", "kind", "unit", "change", "key", "why"), ROWS)
def test_key(name: str, kind: Kind, unit: str, change: str, key: str, why: str) -> None:
    assert (KEYS.key(name, name, kind, unit, change != "=") or "") == key, why


def test_every_canonical_name_has_its_key() -> None:
    for one in LEXICON.indicators.values():
        kind, units = one.level[0]
        assert KEYS.key(one.name, one.name, kind, units[0] if units else "", False) == one.key


def test_the_printed_span_decides_where_a_composed_name_has_no_key() -> None:
    assert KEYS.key("社会消费品零售出口", "出口", "percentage", "%", True) == "exports"
    assert KEYS.key("改造棚户区", "棚户区", "count", "套", False) == "shantytown"


def test_each_member_of_a_series_has_its_own_key() -> None:
    found = parse("一、主要目标\n社会消费品零售总额、固定资产投资分别增长7%和8%。").targets
    assert [[i.key for i in s.indicators] for s in found] == [["retail_sales"], ["fixed_investment"]]


def test_level_and_change_of_one_indicator_share_its_key() -> None:
    found = parse("一、主要目标\n一般公共预算收入达到120亿元，增长6%以上。").targets
    assert [s.indicators[0].key for s in found] == ["general_budget_revenue"] * 2


def test_traditional_characters() -> None:
    found = parse(
        "一、主要目標\n" + "城鎮新增就業5萬人以上，地區生產總值增長6%，單位應當設立機構發展產業。" * 3
    ).targets
    assert [i.key for s in found[:2] for i in s.indicators] == ["urban_new_jobs", "gdp"]


def test_keys_are_part_of_the_output() -> None:
    document = parse("一、主要目标\n城镇登记失业率控制在4%以内。")
    assert '"key":"registered_unemployment"' in document.model_dump_json()


def test_own_table_adds_an_indicator_and_an_alias(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text(
        "key\tname\tlevel\taliases\nferry_trips\t渡运航次\tcount:班\t轮渡航次\ngdp\t\t\t经济盘子\n", encoding="utf-8"
    )
    lexicon = load_lexicon(own)
    text = "一、主要目标\n轮渡航次达到300班。经济盘子突破500亿元。"
    assert [s.indicators[0].key for s in parse(text, lexicon=lexicon).targets] == ["ferry_trips", "gdp"]
    assert lexicon.indicator("ferry_trips").unit == "班"
    assert [s.indicators[0].key for s in parse(text).targets] == [None, None]


def test_own_word_wins_over_the_built_in_key(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[indicators]\n"地区生产总值" = "output"\n"亩产评价" = "yield"\n', encoding="utf-8")
    keys = KeyFinder(load_lexicon(own))
    assert keys.key("地区生产总值", "地区生产总值", "money", "元", False) == "output"
    assert keys.key("亩产评价", "亩产评价", "count", "分", False) == "yield", (
        "without a definition any quantity will do"
    )


def test_names_that_read_the_same_under_two_keys_are_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("key\tname\nother_output\t“地区生产总值”\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="read the same"):
        KeyFinder(load_lexicon(own))


@given(st.text("全市地区生产总值增长占比重人均（）(GDP)“”第三2023年—…", max_size=120), st.booleans())
def test_any_name_is_looked_up(name: str, change: bool) -> None:
    key = KEYS.key(name, name[:5], "percentage", "%", change)
    assert key is None or key in LEXICON.indicators
