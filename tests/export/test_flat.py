"""The flat table: what its columns hold, and that no cell is a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from policyparse import parse, read, statement_rows
from policyparse.export.flat import COLUMNS, Value, csv_table, workbook

SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def table(rows: list[tuple[Value, ...]]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_table(rows), newline="")))


def sheet(data: bytes) -> tuple[etree._Element, dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        strings = etree.fromstring(file.read("xl/sharedStrings.xml"))
        tree = etree.fromstring(file.read("xl/worksheets/sheet1.xml"))
        assert not [name for name in file.namelist() if "rels" in name and b"http://e" in file.read(name)]
    words = ["".join(one.itertext()) for one in strings.findall("s:si", SHEET)]
    cells: dict[str, Any] = {}
    for cell in tree.iter(f"{{{SHEET['s']}}}c"):
        value = cell.find("s:v", SHEET)
        if value is not None:
            cells[cell.get("r")] = words[int(value.text)] if cell.get("t") == "s" else float(value.text)
    return tree, cells


def test_rows_of_the_samples(corpora: Path) -> None:
    for path in sorted(corpora.glob("*.txt")):
        text = read(path).text
        document = parse(text)
        rows = list(statement_rows(document, text, name=path.name))
        assert len(rows) == len(document.statements())
        for row, one in zip(rows, document.statements(), strict=True):
            found = dict(zip(COLUMNS, row, strict=True))
            assert text[found["start"] : found["end"]] == found["quantity"]  # type: ignore[misc]
            assert str(found["quantity"]) in str(found["sentence"])
            assert (found["statement"], found["low"], found["unit"]) == (one.id, one.quantity.low, one.quantity.unit)
        again = table(rows)
        assert again[0] == list(COLUMNS)
        assert len(again) == len(rows) + 1


def test_units_and_times() -> None:
    text = "一、民生\n去年新增就业5万人。\n二、今年目标\n年内改造校舍12所。（牵头单位：市教育局；配合单位：市财政局、市住建局）"
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in statement_rows(parse(text), text)]
    assert rows[1]["lead"] == "市教育局"
    assert str(rows[1]["support"]).startswith("市财政局；")
    assert rows[1]["deadline"] == "年内"
    assert rows[1]["heading"] == "二、今年目标"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\u3000=", "＝", "＋", "－", "＠", "\n="])
def test_no_cell_is_a_formula(start: str) -> None:
    evil = f'{start}HYPERLINK("http://example.org",1)'
    row: tuple[Value, ...] = (
        evil,
        "http://example.org",
        "1e5",
        Decimal("-5.50"),
        Decimal(10) ** 40,
        True,
        None,
        date(2024, 1, 2),
    )
    (shown,) = table([row])[1:]
    assert shown[0].startswith("'")
    assert shown[1:] == ["http://example.org", "1e5", "-5.50", "1" + "0" * 40, "true", "", "2024-01-02"]
    tree, cells = sheet(workbook([row]))
    assert not list(tree.iter(f"{{{SHEET['s']}}}f"))
    assert not list(tree.iter(f"{{{SHEET['s']}}}hyperlink"))
    assert cells["A2"].replace("\n", "").replace("\r", "").strip() == evil.replace("\n", "").replace("\r", "").strip()
    assert (cells["C2"], cells["D2"], cells["E2"]) == ("1e5", -5.5, "1" + "0" * 40)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_in_a_cell(words: str) -> None:
    (shown,) = table([(words, "x")])[1:]
    first = shown[0].lstrip(" \u3000\xa0\n")[:1]
    assert first not in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
    assert shown[1] == "x"
    sheet(workbook([(words, "x")]))


def test_a_long_cell_and_half_a_pair() -> None:
    _, cells = sheet(workbook([("长" * 40_000, "a\ud800b", date(1800, 1, 1))]))
    assert len(cells["A2"]) == 32_000
    assert (cells["B2"], cells["C2"]) == ("a\ufffdb", "1800-01-01")


def test_a_sentence_without_end_is_cut() -> None:
    text = "新增就业5万人，棚户区3062户、" * 400
    rows = list(statement_rows(parse(text), text))
    assert len(rows) == 800
    for row in rows:
        found = dict(zip(COLUMNS, row, strict=True))
        assert len(str(found["sentence"])) < 1100
        assert str(found["quantity"]) in str(found["sentence"])
    assert str(rows[400][-1]).startswith("…")
    assert str(rows[400][-1]).endswith("…")
