"""Metadata: tables of cases, each row one general pattern; nothing raises; cost grows with the text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse.lexicon import load_lexicon
from policyparse.parsing.characters import Text, reading_text
from policyparse.parsing.lines import soft_breaks
from policyparse.parsing.metadata import MetadataFinder
from policyparse.parsing.records import Front, Outline, Setting
from policyparse.parsing.year_clues import YearClues

SPECS = Path(__file__).parent.parent / "specs"
FINDER = MetadataFinder(load_lexicon())
CLUES = YearClues(load_lexicon())


def rows(name: str) -> list[list[str]]:
    lines = (SPECS / name).read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n").split("\t") for line in lines if line and not line.startswith("#")]


def read(source: str) -> tuple[Text, Front]:
    text = reading_text(source)
    text = text.without(soft_breaks(text.folded))
    return text, FINDER.find(text, Outline(), Setting("plan"))


@pytest.mark.parametrize(("field", "value", "text", "why"), rows("metadata.tsv"))
def test_letterhead(field: str, value: str, text: str, why: str) -> None:
    got = getattr(read(text)[1], field)
    if value == "-":
        assert got is None, why
    elif field == "issued_on":
        assert got == date.fromisoformat(value), why
    else:
        assert got is not None, why
        assert got == value, why


@pytest.mark.parametrize(("first", "last", "year", "inferred", "text", "why"), rows("metadata_periods.tsv"))
def test_period(first: str, last: str, year: str, inferred: str, text: str, why: str) -> None:
    reading, front = read(text)
    wanted = [None if cell == "-" else int(cell) for cell in (first, last, year)]
    assert [front.first_year, front.last_year, front.year] == wanted, why
    assert front.inferred == (inferred == "yes"), why
    assert bool(front.evidence) == (first != "-"), why
    assert all(0 <= start < end <= len(reading.folded) for start, end in front.evidence)


@pytest.mark.parametrize(("expected", "text", "why"), rows("metadata_boilerplate.tsv"))
def test_boilerplate(expected: str, text: str, why: str) -> None:
    reading, front = read(text)
    got = [reading.clean[start:end] for start, end in front.boilerplate]
    assert got == ([] if expected == "-" else expected.split("|")), why


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("以优异成绩庆祝新中国成立七十周年", 2019),
        ("迎接党的十八大胜利召开", 2012),
        ("深入贯彻党的十九大和十九届二中、三中全会精神", 2018),
        ("认真落实十一届全国人大四次会议精神", 2011),
        ("今年是“十二五”规划的收官之年", 2015),
        ("今年是改革开放40周年", 2018),
        ("庆祝中国共产党成立一百周年", 2021),
    ],
)
def test_clues(text: str, year: int) -> None:
    found = CLUES.infer(text)
    assert found is not None
    assert found.year == year
    assert found.spans


def test_no_clue() -> None:
    assert CLUES.infer("全市教育工作的总体要求是稳中求进。") is None


PIECES = [
    "各位代表：", "2023年1月9日", "澜政发〔2024〕12号", "关于印发", "的通知", "《", "》", "（",
    "）", "\n", "：", "一、", "来源：", "全文如下", "今后五年", "“十五”", "100周年",
    "到2025年", "有效期3年", "本办法", "澜江市", "人民政府", "<!--", "-->", "年", "第",
    "号", "\r", "\t",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text(source: str) -> None:
    reading, front = read(source)
    reached = 0
    for start, end in front.boilerplate:
        assert reached <= start < end <= len(reading.folded)
        reached = end
    for start, end in front.evidence:
        assert 0 <= start < end <= len(reading.folded)
    for value in (front.title, front.doc_number, front.issuer, front.addressee):
        assert value is None or value.strip()


@pytest.mark.parametrize(
    "unit", [*PIECES, "一", "(", "2021年", "政府", "在澜江市第", "\n一、2021年", "今后五年目标\n", "届"]
)
@pytest.mark.parametrize("opening", ["", "各位代表：\n", "关于印发规划的通知\n"])
def test_linear(unit: str, opening: str) -> None:
    source = opening + unit * (150_000 // len(unit))
    text = reading_text(source)
    began = perf_counter()
    FINDER.find(text, Outline(), Setting("plan"))
    assert perf_counter() - began < 5
