"""Numerals: a table of exact ones, some vague ones, and what is none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse import parse_number
from policyparse.errors import NumeralError
from policyparse.parsing.numerals import read_numeral

SPECS = Path(__file__).parent.parent / "specs"
ROWS = [
    line.split("\t")
    for line in (SPECS / "numerals.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("numeral", "value"), ROWS)
def test_value(numeral: str, value: str) -> None:
    assert parse_number(numeral) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "十几", "3-5", "6,352,8万", "百百", "第三", "abc", "1.2.3", "三四", "一二三万点", "十十", "点五"]
)
def test_what_is_no_exact_numeral_is_an_error_that_names_it(text: str) -> None:
    with pytest.raises(NumeralError, match="is not one exact numeral"):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("十几", 11, 19),
        ("三十几", 31, 39),
        ("数十", 20, 90),
        ("几百", 200, 900),
        ("数百万", 2_000_000, 9_000_000),
        ("两三", 2, 3),
        ("三五", 3, 5),
        ("七八", 7, 8),
        ("二三十", 20, 30),
        ("十七八", 17, 18),
        ("七八百", 700, 800),
        ("十余", 10, 10),
        ("十多万", 100_000, 100_000),
        ("二百余万", 2_000_000, 2_000_000),
        ("十几万", 110_000, 190_000),
    ],
)
def test_vague_numerals_have_two_ends(text: str, low: int, high: int) -> None:
    found = read_numeral(text, 0)
    assert found is not None
    assert (found.low, found.high, found.vague, found.end) == (low, high, True, len(text))


def test_values_are_plain() -> None:
    assert str(parse_number("1.96亿")) == "196000000"
    assert str(parse_number("2.50")) == "2.50"


@given(st.integers(min_value=0, max_value=10**15))
def test_arabic_numerals_of_any_size(value: int) -> None:
    assert parse_number(str(value)) == value
    assert parse_number(f"{value:,}") == value


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿点多余几数0123456789.,", max_size=60))
def test_any_signs_give_a_value_or_none(text: str) -> None:
    found = read_numeral(text, 0)
    assert found is None or (0 < found.end <= len(text) and found.low <= found.high)
