"""Time expressions: a table of cases, each row one general pattern; nothing raises; cost grows with the text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse.lexicon import load_lexicon
from policyparse.parsing.dates import day, number, plan_years, year_number
from policyparse.parsing.periods import TimeFinder

SPEC = Path(__file__).parent.parent / "specs" / "times.tsv"
FINDER = TimeFinder(load_lexicon())
ROWS = [line.split("\t") for line in SPEC.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


@pytest.mark.parametrize(("year", "text", "phrase", "sort", "first", "last", "why"), ROWS)
def test_spec(year: str, text: str, phrase: str, sort: str, first: str, last: str, why: str) -> None:
    found = FINDER.find(text, None if year == "-" else int(year))
    shown = [(text[p.start : p.end], p.sort, p.first, p.last) for p in found]
    if phrase == "-":
        assert shown == [], why
    else:
        wanted = (phrase, sort, *(None if d == "-" else date.fromisoformat(d) for d in (first, last)))
        assert wanted in shown, why


@given(
    st.text(
        alphabet="今去明前后本年底末内初以来到至比较从自起月日季度第一二三四五十〇零0123456789世纪“”期间 —-~",
        max_size=60,
    )
)
def test_any_text(text: str) -> None:
    for year in (None, 2022, 1, 99999):
        reached = 0
        for phrase in FINDER.find(text, year):
            assert reached <= phrase.start < phrase.end <= len(text)
            reached = phrase.start
            assert phrase.first is None or phrase.last is None or phrase.first <= phrase.last or "至" in text


@pytest.mark.parametrize(
    "unit", ["1", "2022", "2022年", "年", "五", "“", "三、四", "2021-", "第", "前年", "到", "12月"]
)
def test_linear(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    began = perf_counter()
    FINDER.find(text, 2022)
    assert perf_counter() - began < 5


def test_dates() -> None:
    assert [number(t) for t in ("十二", "二十", "12", "两", "百", "一二")] == [12, 20, 12, 2, None, None]
    assert [year_number(t) for t in ("二〇二二", "一九九八", "1998", "九八", "三千")] == [2022, 1998, 1998, 1998, None]
    assert [plan_years(n) for n in (1, 2, 3, 6, 15)] == [
        (1953, 1957), (1958, 1962), (1966, 1970), (1981, 1985), (2026, 2030),
    ]  # fmt: skip
    assert day(2023, 2, 29) is None
    assert day(2024, 2, 29) == date(2024, 2, 29)
