"""The table of canonical indicators: what it holds, and what a malformed one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyparse import load_lexicon
from policyparse.errors import LexiconError
from policyparse.lexicon.canonical import read_indicators

HEADER = "key\tname\tcategory\tlevel\tchange\tdirection\taliases\n"
GDP = "gdp\t地区生产总值\tgrowth\tmoney:元\tpercentage\tup\t生产总值|GDP\n"


def test_built_in_table() -> None:
    found = load_lexicon().indicators
    assert len(found) >= 200
    assert all(one.level and one.change and one.category for one in found.values())
    assert {one.direction for one in found.values()} == {"up", "down", "none"}


def test_look_up_by_key() -> None:
    one = load_lexicon().indicator("energy_intensity")
    assert (one.name, one.unit, one.direction) == ("单位地区生产总值能耗", "吨标准煤", "down")
    assert one.fits("percentage", "%", change=True)
    assert not one.fits("percentage", "%", change=False)


def test_look_up_of_an_unknown_key() -> None:
    with pytest.raises(LexiconError, match="no canonical indicator 'nothing'"):
        load_lexicon().indicator("nothing")


def test_names_are_words_of_the_table_of_indicators() -> None:
    lexicon = load_lexicon()
    assert lexicon.pairs("indicators")["生产总值"] == "gdp"
    assert not [word for word in lexicon.words("indicators") if word.startswith("…")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("key\tname\tcolour\n", "row 1: unknown column 'colour'; the columns are key, name"),
        ("name\taliases\n", "each column once, and key among them"),
        ("key\tkey\n", "each column once"),
        (HEADER + "Gdp\t生产总值\n", "row 2: a key is written in small letters"),
        (HEADER + GDP + GDP, "row 3: the key 'gdp' stands twice"),
        (HEADER + "gdp\t\tgrowth\n", "the new key 'gdp' has no name"),
        (HEADER + "gdp\t生产总值\t\tgold:元\n", "a kind is one of count, measure, money"),
        (HEADER + "gdp\t生产总值\t\t\t\tsideways\n", "a direction is one of down, none, up, not 'sideways'"),
        (HEADER + "gdp\t生产总值\t\t\t\t\tGDP|GDP\n", "the alias 'GDP' stands twice"),
        (HEADER + "gdp\t生产总值\t\t\t\t\t生产总值\n", "the alias '生产总值' stands twice"),
        (HEADER + GDP + "gnp\t国民生产总值\t\t\t\t\tGDP\n", "row 3: the alias 'GDP' of 'gnp' belongs to 'gdp'"),
        (HEADER + "gdp\t生产总值\t\t\t\t\t\tmore\n", "8 cells under 7 columns"),
    ],
)
def test_malformed_table(text: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message) as raised:
        read_indicators(text, "own.tsv", {})
    assert str(raised.value).startswith("own.tsv, row ")


def test_a_later_row_adds_to_a_known_key() -> None:
    first = read_indicators(HEADER + GDP, "a.tsv", {})
    second = read_indicators("# mine\n\nkey\taliases\ngdp\t经济盘子\n", "b.tsv", first)
    assert second["gdp"].aliases == ("生产总值", "GDP", "经济盘子")
    assert second["gdp"].level == first["gdp"].level
    assert first["gdp"].aliases == ("生产总值", "GDP")


def test_an_alias_of_the_built_in_table_is_not_taken_by_another_key(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("key\tname\nmine\t一般公共预算收入\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="belongs to 'general_budget_revenue'"):
        load_lexicon(own)


def test_a_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_bytes("key\tname\nmine\t轮渡航次\n".encode("gb18030"))
    with pytest.raises(LexiconError, match="not text in UTF-8"):
        load_lexicon(own)
