"""A comparison as plain tables, which spreadsheets, CSV and pages show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias, get_args

from policyparse.comparison import Comparison, Figure, Task
from policyparse.export.comparison_words import Language, Words

Value: TypeAlias = str | int | Decimal | None
TableName: TypeAlias = Literal["indicators", "series", "tasks", "ranks", "groups", "documents"]
TABLES: tuple[TableName, ...] = get_args(TableName)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its name, heads and rows; ``columns`` are the heads' names in any language."""

    name: TableName
    title: str
    columns: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def comparison_tables(comparison: Comparison, language: Language = "zh") -> tuple[Table, ...]:
    """Return all tables of ``comparison``."""
    return tuple(comparison_table(comparison, name, language) for name in TABLES)


def comparison_table(comparison: Comparison, name: TableName, language: Language = "zh") -> Table:
    """Return one table: ``indicators`` a row a target or year without, ``series`` a row an indicator and a column a year."""
    words = Words(language)
    if name == "series":
        return _series(comparison, words)
    columns, rows = _BUILDERS[name]
    heads = tuple(words(column) for column in columns)
    return Table(name, words(name), columns, heads, tuple(rows(comparison, words)))


_FIGURE = ("{}", "{}_low", "{}_high", "{}_unit")
_INDICATORS = (
    *("issuer", "key", "indicator", "form", "year", "state"),
    *("target", "target_low", "target_high", "target_unit", "bound", "change", "modality", "movement", "against"),
    *("result", "result_low", "result_high", "result_unit", "result_bound", "result_change", "verdict", "rule"),
    *("target_sentence", "target_file", "target_offset", "result_sentence", "result_file", "result_offset"),
)
_TASKS = (
    *("issuer", "before_year", "year", "alignment", "score", "lead_changed", "before", "before_bodies", "after"),
    *("after_bodies", "before_file", "before_offset", "after_file", "after_offset"),
)
_RANKS = (
    *(
        "year",
        "indicator",
        "key",
        "form",
        "issuer",
        "target",
        "target_low",
        "target_high",
        "target_unit",
        "target_rank",
    ),
    *("result", "result_low", "result_high", "result_unit", "result_rank", "verdict"),
)
_GROUPS = ("group", "name", "kind", "unit", "change", "given")
_DOCUMENTS = ("issuer", "region", "year", "document_title", "file")


def _indicators(comparison: Comparison, words: Words) -> Iterator[tuple[Value, ...]]:
    paths = {document.id: document.path for document in comparison.documents}
    for series in comparison.series:
        for cell in series.cells:
            target, result = cell.target, cell.result
            yield (
                *(series.issuer, series.key or series.group, series.name, words("form", series.form), cell.year),
                words("state", cell.state),
                *_numbers(target, words),
                words.of("bound", target.bound if target else None),
                words.of("change", target.change if target else None),
                words.of("modality", target.modality if target else None),
                words.of("movement", cell.movement),
                cell.against,
                *_numbers(result, words),
                words.of("bound", result.bound if result else None),
                words.of("change", result.change if result else None),
                *(words.verdict(cell), cell.rule),
                *_source(target, paths),
                *_source(result, paths),
            )


def _series(comparison: Comparison, words: Words) -> Table:
    years = sorted({cell.year for one in comparison.series for cell in one.cells})
    rows = []
    for one in comparison.series:
        by_year = {cell.year: cell for cell in one.cells}
        shown: list[Value] = []
        for year in years:
            cell = by_year.get(year)
            if cell is None or cell.state == "no_document":
                shown.append("")
                continue
            target = words.figure(cell.target) or words("state", "absent")
            result = words.figure(cell.result)
            shown.append(f"{target} → {result}" if result else target)
        rows.append((one.issuer, one.name, words("form", one.form), *shown))
    columns = ("issuer", "indicator", "form", *map(str, years))
    heads = (*(words(column) for column in columns[:3]), *map(str, years))
    return Table("series", words("series"), columns, heads, tuple(rows))


def _tasks(comparison: Comparison, words: Words) -> Iterator[tuple[Value, ...]]:
    paths = {document.id: document.path for document in comparison.documents}
    for pair in comparison.tasks:
        before, after = pair.before, pair.after
        yield (
            *(pair.issuer, pair.before_year, pair.year, words("alignment", pair.alignment)),
            None if pair.score is None else Decimal(str(pair.score)),
            words("yes" if pair.lead_changed else "no"),
            *(_text(before), bodies(before), _text(after), bodies(after)),
            *((paths[before.document], before.start) if before else (None, None)),
            *((paths[after.document], after.start) if after else (None, None)),
        )


def _ranks(comparison: Comparison, words: Words) -> Iterator[tuple[Value, ...]]:
    for ranking in comparison.rankings:
        for row in ranking.rows:
            yield (
                *(ranking.year, ranking.name, ranking.key or ranking.group, words("form", ranking.form), row.issuer),
                *(*_numbers(row.target, words), row.target_rank, *_numbers(row.result, words), row.result_rank),
                words.of("verdict", row.verdict),
            )


def _groups(comparison: Comparison, words: Words) -> Iterator[tuple[Value, ...]]:
    for group in comparison.groups:
        for member in group.members:
            yield (
                *(group.name, member, words("kind", group.kind), group.unit, words("change", group.change)),
                words("yes" if group.given else "no"),
            )


def _documents(comparison: Comparison, _: Words) -> Iterator[tuple[Value, ...]]:
    for document in comparison.documents:
        yield document.issuer, document.region, document.year, document.title, document.path


_Builder: TypeAlias = "Callable[[Comparison, Words], Iterator[tuple[Value, ...]]]"
_BUILDERS: dict[str, tuple[tuple[str, ...], _Builder]] = {
    "indicators": (_INDICATORS, _indicators),
    "tasks": (_TASKS, _tasks),
    "ranks": (_RANKS, _ranks),
    "groups": (_GROUPS, _groups),
    "documents": (_DOCUMENTS, _documents),
}


def _numbers(figure: Figure | None, words: Words) -> tuple[Value, Value, Value, Value]:
    if figure is None:
        return "", None, None, ""
    return words.figure(figure), figure.low, figure.high, figure.unit


def _source(figure: Figure | None, paths: dict[str, str]) -> tuple[Value, Value, Value]:
    return ("", "", None) if figure is None else (figure.sentence, paths[figure.document], figure.start)


def _text(task: Task | None) -> str:
    return task.text if task else ""


def bodies(task: Task | None) -> str:
    """Return the bodies that answer for a task, those that lead first."""
    return "、".join((*task.lead, *task.others)) if task else ""
