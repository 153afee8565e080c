"""Tables of any cells, in text, Markdown and HTML: whatever they hold, the document is sound."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from policyparse import Document, parse
from policyparse.reading import read_bytes, source_of

CELLS = st.sampled_from(
    [
        "指标",
        "单位",
        "2020年",
        "2025年",
        "2025年目标",
        "年均增速（%）",
        "属性",
        "任务",
        "牵头单位",
        "责任单位",
        "完成时限",
        "序号",
        "就业率（%）",
        "其中：城镇",
        "亿元",
        "%",
        "约束性",
        "95",
        "≥95%",
        "〔18〕",
        "1,200",
        "1.2",
        "—",
        "",
        "5左右",
        "150—160",
        "-3.5",
        "市教育局、市财政局",
        "市教育局牵头，市财政局配合",
        "各县（区）",
        "2023年12月底前",
        "新建学校5所",
        "一、总体要求",
        "1.",
        "。",
        "🙂7家",
    ]
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=7)
HEAD = "岚山市发展规划（2021—2025年）\n\n一、目标\n\n"


@settings(max_examples=120)
@given(ROWS)
def test_text_and_markdown(check: Callable[[Document, str], None], rows: list[list[str]]) -> None:
    tabbed = HEAD + "\n".join("\t".join(row) for row in rows) + "\n\n二、保障\n到2025年新增岗位5000个。\n"
    check(parse(tabbed), tabbed)
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * max(2, len(rows[0])))
    drawn = HEAD + "\n".join(lines) + "\n"
    check(parse(source_of(drawn, name="plan.md")), drawn)
    check(parse(drawn), drawn)


SPANS = st.tuples(CELLS, st.integers(1, 3), st.integers(1, 3))


@settings(max_examples=120)
@given(st.lists(st.lists(SPANS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_pages(check: Callable[[Document, str], None], rows: list[list[tuple[str, int, int]]]) -> None:
    cells = "".join(
        "<tr>"
        + "".join(f"<td rowspan={r} colspan={c}>{escape(text)}<br>{escape(text)}</td>" for text, r, c in row)
        + "</tr>"
        for row in rows
    )
    page = f"<html><body><h1>岚山市发展规划（2021—2025年）</h1><p>一、目标</p><table>{cells}</table><p>新增5个。</p></body></html>"
    source = read_bytes(page.encode(), "plan.html")
    check(parse(source), source.text)
    for table in source.tables:
        taken = [
            (row, column)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        ]
        assert all(table.start <= cell.start <= cell.end <= table.end for cell in table.cells)
        assert len(taken) >= len(table.cells)
