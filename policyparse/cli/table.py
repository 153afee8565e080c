"""A document as tables for people: in a terminal, or as plain text in a pipe or a file."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Literal

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from policyparse.model import Document, Metadata, Responsibility, Statement

Language = Literal["zh", "en"]
Part = Literal["outline", "targets", "responsibilities"]

PLAIN_WIDTH = 120
"""Columns of a table that does not go to a terminal, unless the environment says ``COLUMNS``."""

_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈"}
_SHOWN_BODIES = 3
_WIDE = 80
"""Columns that the table of targets needs to be shown whole."""
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160), 8232, 8233), " ")

WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "title": "标题",
        "doc_number": "发文字号",
        "issuer": "发文机关",
        "addressee": "主送机关",
        "issued_on": "成文日期",
        "period": "规划期",
        "outline": "提纲",
        "targets": "量化目标",
        "responsibilities": "责任单位",
        "id": "编号",
        "node": "章节",
        "indicator": "指标",
        "change": "变化",
        "value": "数值",
        "deadline": "期限",
        "modality": "约束",
        "bodies": "责任单位",
        "entity": "单位",
        "role": "职责",
        "cue": "依据",
        "increase": "增加",
        "decrease": "减少",
        "binding": "约束性",
        "expected": "预期性",
        "striving": "力争",
        "lead": "牵头",
        "support": "配合",
        "responsible": "负责",
        "supervise": "督导",
        "directed": "受指导",
        "actual": "现状",
        "standard": "标准",
        "other": "其他",
        "facts": "其他数量",
        "diagnostics": "提示",
        "none": "无",
        "more": "等{}家",
        "comma": "、",
        "open": "（",
        "close": "）",
    },
    "en": {
        "title": "title",
        "doc_number": "document number",
        "issuer": "issuer",
        "addressee": "addressee",
        "issued_on": "issued on",
        "period": "period",
        "outline": "Outline",
        "targets": "Targets",
        "responsibilities": "Responsibilities",
        "id": "id",
        "node": "node",
        "indicator": "indicator",
        "change": "change",
        "value": "value",
        "deadline": "deadline",
        "modality": "modality",
        "bodies": "responsible",
        "entity": "entity",
        "role": "role",
        "cue": "cue",
        "facts": "other quantities",
        "diagnostics": "diagnostics",
        "none": "none",
        "more": " of {}",
        "comma": ", ",
        "open": " (",
        "close": ")",
    },
}


def render(document: Document, parts: Sequence[Part], language: Language, *, terminal: bool) -> str:
    """Return ``document`` as text in columns; ``parts`` says which tables, an empty choice means all with a summary.

    Chinese characters take two columns. For a terminal the text carries its colours and width; otherwise it is plain and
    ``PLAIN_WIDTH`` columns wide.
    """
    console, buffer = page(terminal=terminal)
    words = WORDS[language]
    console.print(Text(clean(document.source.name), style="bold"))
    if not parts:
        console.print(Padding(_front(document.metadata, words), (0, 0, 1, 2)))
    for part in parts or ("outline", "targets", "responsibilities"):
        console.print(Text(f"{words[part]}{words['open']}{_size(document, part)}{words['close']}", style="bold"))
        if _size(document, part):
            console.print(_TABLES[part](document, words, console.width))
    if not parts:
        console.print(_summary(document, words))
    return printed(buffer) + "\n"


def page(*, terminal: bool) -> tuple[Console, StringIO]:
    """Return a console and what it writes to: for a terminal with its colours and width, else plain."""
    buffer = StringIO()
    width = None if terminal or "COLUMNS" in os.environ else PLAIN_WIDTH
    console = Console(
        file=buffer,
        width=width,
        force_terminal=terminal,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    return console, buffer


def printed(buffer: StringIO) -> str:
    """Return what a console wrote, without white space at the ends of its lines."""
    return "\n".join(line.rstrip() for line in buffer.getvalue().rstrip().split("\n")) + "\n"


def _size(document: Document, part: Part) -> int:
    return sum(1 for _ in document.nodes()) if part == "outline" else len(getattr(document, part))


def _front(metadata: Metadata, words: Mapping[str, str]) -> Table:
    grid = Table.grid(padding=(0, 2))
    for field in ("title", "doc_number", "issuer", "addressee", "issued_on"):
        value = getattr(metadata, field)
        if value is not None:
            grid.add_row(words[field], clean(str(value)))
    period = metadata.period
    if period is not None and period.start and period.end:
        first, last = period.start.year, period.end.year
        grid.add_row(words["period"], str(first) if first == last else f"{first}–{last}")
    return grid


def _outline(document: Document, words: Mapping[str, str], width: int) -> Table:
    grid = Table.grid(Column(no_wrap=True, style="dim"), Column(overflow="fold"), padding=(0, 2), pad_edge=True)
    for node in document.nodes():
        # Deep levels stay readable: beyond eight the indent no longer grows.
        line = Padding(Text(clean(f"{node.label}{node.heading}") or "…"), (0, 0, 0, 2 * min(node.level - 1, 8)))
        grid.add_row(node.id, line)
    return grid


def _targets(document: Document, words: Mapping[str, str], width: int) -> Table:
    """Return the targets; in a narrow window without the columns that say where and who."""
    wide = width >= _WIDE
    heads = [
        Column(words["id"], no_wrap=True, style="dim"),
        Column(words["node"], no_wrap=True, style="dim"),
        Column(words["indicator"], overflow="fold", ratio=5, min_width=10),
        Column(words["change"], no_wrap=True),
        Column(words["value"], overflow="fold", justify="right", min_width=8, style="bold"),
        Column(words["deadline"], overflow="fold", ratio=2, min_width=8),
        Column(words["modality"], no_wrap=True),
        Column(words["bodies"], overflow="fold", ratio=4, min_width=12),
    ]
    shown = range(len(heads)) if wide else (0, 2, 3, 4)
    table = columns(*(heads[index] for index in shown))
    duties = {duty.id: duty for duty in document.responsibilities}
    for target in document.targets:
        cells = (
            target.id,
            target.node or "",
            clean(words["comma"].join(indicator.name for indicator in target.indicators)),
            words.get(target.change, target.change),
            value_of(target),
            clean(target.deadline.text) if target.deadline else "",
            "" if target.modality == "stated" else words.get(target.modality, target.modality),
            _bodies([duties[key] for key in target.responsible if key in duties], words),
        )
        table.add_row(*(cells[index] for index in shown))
    return table


def _responsibilities(document: Document, words: Mapping[str, str], width: int) -> Table:
    table = columns(
        Column(words["id"], no_wrap=True, style="dim"),
        Column(words["node"], no_wrap=True, style="dim"),
        Column(words["entity"], overflow="fold", ratio=4, min_width=8),
        Column(words["role"], no_wrap=True),
        Column(words["cue"], overflow="fold", ratio=2, min_width=4),
    )
    for duty in document.responsibilities:
        name, role = clean(duty.entity.name), words.get(duty.role, duty.role)
        table.add_row(duty.id, duty.node or "", name, role, clean(duty.cue.text) if duty.cue else "")
    return table


_TABLES = {"outline": _outline, "targets": _targets, "responsibilities": _responsibilities}


def _summary(document: Document, words: Mapping[str, str]) -> Table:
    grid = Table.grid(padding=(0, 2))
    roles = Counter(fact.role for fact in document.facts)
    codes = Counter(diagnostic.code for diagnostic in document.diagnostics)
    facts = [f"{words.get(role, role)} {count}" for role, count in roles.most_common()]
    notes = [f"{code} ×{count}" if count > 1 else code for code, count in codes.most_common()]
    grid.add_row(words["facts"], words["comma"].join(facts) or words["none"])
    grid.add_row(words["diagnostics"], words["comma"].join(notes) or words["none"])
    return grid


def columns(*columns: Column) -> Table:
    """Return an empty table with these columns."""
    return Table(*columns, box=SIMPLE_HEAD, pad_edge=False, header_style="bold")


def value_of(statement: Statement) -> str:
    """Return the quantity with the sign of its bound."""
    quantity = statement.quantity
    sign = _SIGNS.get(quantity.bound, "")
    if quantity.approximate and sign != "≈":
        sign += "≈"
    return f"{sign} {clean(quantity.text)}".strip()


def _bodies(duties: Sequence[Responsibility], words: Mapping[str, str]) -> str:
    """Name the first few bodies, those in the lead first, and say how many there are."""
    first = sorted(duties, key=lambda duty: duty.role != "lead")[:_SHOWN_BODIES]
    shown = [
        f"{duty.entity.name}{words['open']}{words.get('lead', 'lead')}{words['close']}"
        if duty.role == "lead"
        else duty.entity.name
        for duty in first
    ]
    more = words["more"].format(len(duties)) if len(duties) > len(shown) else ""
    return clean(words["comma"].join(shown) + more)


def clean(text: str) -> str:
    """Return ``text`` on one line and without characters that steer a terminal."""
    return " ".join(text.translate(_CONTROLS).split())
