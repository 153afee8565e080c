"""The columns of a ledger as people read them: heads in two languages, and what each cell says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import PurePath
from typing import Any, TypeAlias

from policyparse.export.ledger import Language, Ledger, LedgerFigure, LedgerRow

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
TITLE = {"zh": "任务分解台账", "en": "Ledger of tasks"}
_OTHER_ROLE = {"zh": "（督导）", "en": " (supervises)"}
_CHANGES = {"zh": {"increase": "增加", "decrease": "减少"}, "en": {"increase": "increase", "decrease": "decrease"}}


@dataclass(frozen=True)
class View:
    """A ledger as it is shown in a language."""

    ledger: Ledger
    lang: Language

    @cached_property
    def files(self) -> dict[str, str]:
        """The names of files as shown: the last part, with the folder where two would be the same."""
        paths = {row.position.file: PurePath(row.position.file) for row in self.ledger.rows}
        names = [path.name for path in paths.values()]
        return {
            file: path.name if names.count(path.name) == 1 else "/".join(path.parts[-2:])
            for file, path in paths.items()
        }


Say: TypeAlias = "Callable[[LedgerRow, View], Any]"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heads, its width in characters of which a Chinese one takes two, and what it says of a row."""

    zh: str
    en: str
    width: int
    say: Say
    of_figures: bool = False

    def head(self, lang: Language) -> str:
        """Return the head in ``lang``."""
        return self.zh if lang == "zh" else self.en


def _figures(value: Callable[[LedgerFigure], Any]) -> Say:
    """Say something of each figure: of one as it is, of several one a line."""

    def say(row: LedgerRow, view: View) -> Any:
        said = [value(figure) for figure in row.figures]
        if len(said) == 1:
            return said[0]
        return "\n".join(plain(one) for one in said) if any(one not in ("", None) for one in said) else ""

    return say


def _high(figure: LedgerFigure) -> Decimal | str:
    return figure.high if figure.high != figure.low else ""


def _changes(row: LedgerRow, view: View) -> str:
    words = [_CHANGES[view.lang].get(figure.change, "") for figure in row.figures]
    return "\n".join(words) if any(words) else ""


def _support(row: LedgerRow, view: View) -> str:
    return bodies((*row.support, *(f"{name}{_OTHER_ROLE[view.lang]}" for name in row.supervise)), view.lang)


def bodies(names: Iterable[str], lang: Language) -> str:
    """Join the names of bodies."""
    return ("、" if lang == "zh" else "; ").join(names)


NUMBER = Column("序号", "No.", 5, lambda row, view: row.number)
SECTION = Column("章节", "Section", 18, lambda row, view: "\n".join(row.section))
COLUMNS: tuple[Column, ...] = (
    NUMBER,
    SECTION,
    Column("工作任务", "Task", 60, lambda row, view: row.task),
    Column("指标", "Indicator", 24, _figures(lambda figure: figure.indicator), of_figures=True),
    Column("变化", "Change", 6, _changes, of_figures=True),
    Column("目标值", "Value as worded", 14, _figures(lambda figure: figure.text), of_figures=True),
    Column("数值", "Value", 12, _figures(lambda figure: figure.low), of_figures=True),
    Column("数值上限", "Up to", 9, _figures(_high), of_figures=True),
    Column("计量单位", "Unit", 9, _figures(lambda figure: figure.unit), of_figures=True),
    Column("牵头单位", "Lead", 18, lambda row, view: bodies(row.lead, view.lang)),
    Column("责任单位", "Responsible", 22, lambda row, view: bodies(row.responsible, view.lang)),
    Column("配合单位", "Support", 20, _support),
    Column("完成时限", "Deadline", 13, lambda row, view: row.deadline),
    Column("截止日期", "Due", 11, lambda row, view: row.due or ""),
    Column("来源文件", "File", 16, lambda row, view: view.files[row.position.file]),
    Column("行", "Line", 6, lambda row, view: row.position.line),
    Column("位置", "Offset", 8, lambda row, view: row.position.start),
)


def plain(value: Any) -> str:
    """Return a value as text: decimals in plain digits, dates in ISO form."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else str(value)


def harmless(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula, which an apostrophe before it says.

    As OWASP advises (CSV injection): = + - @, tab and line ends at the beginning, full-width signs and leading blanks included.
    """
    return f"'{text}" if text.lstrip(" \u3000\u00a0").startswith(_FORMULA) or text[:1] in _FORMULA else text


def sections(ledger: Ledger) -> Iterator[tuple[int, int]]:
    """Yield first and last index of the rows that stand side by side in one section of one file."""
    rows = ledger.rows
    first = 0
    for index in range(1, len(rows) + 1):
        if index == len(rows) or _place(rows[index]) != _place(rows[first]):
            yield first, index - 1
            first = index


def _place(row: LedgerRow) -> tuple[str, tuple[str, ...]]:
    return row.position.file, row.section


def title(ledger: Ledger, lang: Language) -> str:
    """Return the title: with that of the document where there is one document."""
    names = dict.fromkeys(row.document for row in ledger.rows)
    files = {row.position.file for row in ledger.rows}
    if len(files) != 1:
        return TITLE[lang]
    return f"{next(iter(names))}{'：' if lang == 'zh' else ': '}{TITLE[lang]}"
