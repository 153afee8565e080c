"""Tables that a plain text or Markdown draws, and tables on their way into a text."""

from __future__ import annotations

import pytest

from policyparse.reading import source_of
from policyparse.reading.building import Block, Grid, TextBuilder
from policyparse.reading.tables import emit_table
from policyparse.reading.text_tables import WIDEST, text_tables


def rows(text: str) -> list[list[list[str]]]:
    """Return the texts of the cells of each table by row."""
    found = []
    for table in text_tables(text):
        by_row: dict[int, list[str]] = {}
        for cell in table.cells:
            by_row.setdefault(cell.row, []).append(text[cell.start : cell.end])
        assert text[table.start : table.end].count("\n") == len(by_row) - 1 + ("-" in text)
        found.append(list(by_row.values()))
    return found


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("甲\t乙\n丙\t丁\n", [[["甲", "乙"], ["丙", "丁"]]]),
        ("前文\n甲\t乙\r\n丙\t\r\n后文\n\n子\t丑\n寅\t卯", [[["子", "丑"], ["寅", "卯"]]]),
        ("甲\t乙\t丙\n\t丁\t戊\n", [[["甲", "乙", "丙"], ["", "丁", "戊"]]]),
        ("| 甲 | 乙 |\n|---|:-:|\n| 丙 | 丁 |\n", [[["甲", "乙"], ["丙", "丁"]]]),
        ("甲 | 乙\n--- | ---\n丙\\|子 | 丁\n\n后文", [[["甲", "乙"], ["丙\\|子", "丁"]]]),
        ("一、\t扩大就业\n二、\t改善民生\n", []),
        ("1.\t扩大就业\n2.\t改善民生\n", []),
        ("\t扩大就业\n\t改善民生\n", []),
        ("只有一行\t不是表格\n", []),
        ("甲 | 乙\n丙 | 丁\n", []),
        ("标题\n---\n正文", []),
    ],
)
def test_tables_of_a_text(text: str, tables: list[list[list[str]]]) -> None:
    assert rows(text) == tables


def test_a_text_keeps_its_tables() -> None:
    assert len(source_of("指标\t2025年\n就业率\t95%\n", name="plan.txt").tables) == 1
    source = source_of("# 规划\n\n| 指标 | 2025年 |\n| --- | --- |\n| 就业率 | 95% |\n", name="plan.md")
    assert [source.text[cell.start : cell.end] for cell in source.tables[0].cells] == [
        "指标",
        "2025年",
        "就业率",
        "95%",
    ]


def test_no_table_is_wider_than_can_be_read() -> None:
    grid = Grid()
    for _ in range(2):
        grid.row()
        for _ in range(WIDEST + 10):
            cell = grid.add(columns=3)
            if cell is not None:
                cell.blocks.append(Block("甲"))
    builder = TextBuilder()
    emit_table(builder, grid)
    table = builder.source("page", "text/html").tables[0]
    assert max(cell.column + cell.columns for cell in table.cells) == WIDEST


def test_what_places_text_on_the_page_is_no_table() -> None:
    grid = Grid()
    for number in range(3):
        grid.row()
        for text in ("", f"第{number}段。"):
            cell = grid.add()
            assert cell is not None
            cell.blocks.append(Block(text))
    builder = TextBuilder()
    emit_table(builder, grid)
    source = builder.source("page", "text/html")
    assert (source.text.split(), source.tables) == (["第0段。", "第1段。", "第2段。"], ())
