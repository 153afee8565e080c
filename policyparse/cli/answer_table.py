"""The answer to a query as a table for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rich.box import SIMPLE_HEAD
from rich.table import Column, Table
from rich.text import Text

from policyparse.cli.table import clean, page, printed

LABELS: dict[str, str] = {
    "path": "文件",
    "document": "文档",
    "documents": "文档数",
    "title": "标题",
    "doc_number": "发文字号",
    "issuer": "发文机关",
    "addressee": "主送机关",
    "region": "地区",
    "year": "年份",
    "issued_on": "成文日期",
    "period": "时期",
    "statement": "编号",
    "section": "章节",
    "node": "条目",
    "label": "序号",
    "heading": "标题",
    "text": "正文",
    "indicator": "指标",
    "indicator_key": "指标代码",
    "change": "变化",
    "bound": "限定",
    "low": "下限",
    "high": "上限",
    "unit": "计量单位",
    "quantity": "数值",
    "kind": "类别",
    "role": "职责",
    "approximate": "约数",
    "modality": "约束",
    "baseline": "基期",
    "deadline": "期限",
    "due": "截止日期",
    "lead": "牵头单位",
    "others": "其他单位",
    "body": "单位",
    "name": "单位",
    "entity": "原文",
    "cue": "依据",
    "confidence": "置信度",
    "sentence": "原句",
    "targets": "目标数",
    "tasks": "任务数",
    "start_char": "起",
    "end_char": "止",
}
"""Chinese heads of the columns of views; any other column keeps its name."""


def render_answer(
    columns: Sequence[str], rows: Sequence[Sequence[str]], most: int, lang: Literal["zh", "en"], *, terminal: bool
) -> str:
    """Return ``rows`` in columns, at most ``most`` of them, with heads in the language ``lang``."""
    console, buffer = page(terminal=terminal)
    heads = [LABELS.get(column, column) if lang == "zh" else column for column in columns]
    table = Table(
        *(Column(Text(clean(head)), overflow="fold") for head in heads),
        box=SIMPLE_HEAD,
        pad_edge=False,
        header_style="bold",
    )
    for row in rows[:most]:
        table.add_row(*(Text(clean(cell)) for cell in row))
    console.print(table)
    if len(rows) > most:
        console.print("…" if lang == "zh" else f"… only the first {most} rows; csv and json give all")
    return printed(buffer).lstrip("\n")
