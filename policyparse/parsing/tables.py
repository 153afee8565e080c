"""Tables of targets and of tasks, read by their columns.

A table of targets (指标 | 2020年 | 2025年 | 属性) gives a statement for each value: what is measured stands in its row, the
year in the head of its column, the unit in a bracket or a column, 约束性 in another. A table of tasks (任务 | 牵头单位 | 完成时限)
gives bodies with their roles, which answer for their row, and the time by which what stands in the row is due.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from policyparse.lexicon import Lexicon
from policyparse.model import Change, Modality, StatementRole
from policyparse.parsing.bodies import Bodies
from policyparse.parsing.cells import TableCell, TableText
from policyparse.parsing.characters import Text
from policyparse.parsing.duty_lists import DutyLists
from policyparse.parsing.fullnames import FullNames
from policyparse.parsing.keys import KeyFinder
from policyparse.parsing.quantities import QuantityFinder
from policyparse.parsing.records import BY_ROW, Claim, Duty, Front, Measure, Named, Setting, TimePhrase
from policyparse.parsing.table_heads import Column, HeadReader, Sheet, bare, is_value
from policyparse.parsing.table_values import ValueReader

RULE = "table"
_PAST = frozenset(("review", "results"))
_MARK = re.compile(
    r"(?:\(?\d{1,3}(?:\.\d{1,2}){0,2}[.、)](?!\d)|[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[★▲△*#※·●-]) ?"
)
_INNER = re.compile("[\n\u2028]")
_PARTS = ("其中", "其中:", "其中,")
_CALENDAR = 1900, 2100


@dataclass(slots=True)
class TableReading:
    """What tables say: claims and duties of their own, the cells that these were read from, and when rows are due."""

    claims: list[Claim] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    cells: list[tuple[int, int]] = field(default_factory=list)
    rows: list[tuple[int, int, TimePhrase]] = field(default_factory=list)

    def with_claims(self, claims: list[Claim]) -> list[Claim]:
        """Return claims of the prose together with those of the tables, in order; rows give targets their deadlines."""
        if self.claims:
            claims = [claim for claim in claims if not self._covers(claim.measure.start)] + self.claims
            claims.sort(key=lambda claim: (claim.measure.start, claim.measure.end))
        starts = [start for start, _, _ in self.rows]
        for claim in claims if starts else ():
            index = bisect_right(starts, claim.measure.start) - 1
            inside = index >= 0 and claim.measure.start < self.rows[index][1]
            if inside and claim.role == "target" and claim.deadline is None:
                claim.deadline = self.rows[index][2]
        return claims

    def with_duties(self, duties: list[Duty]) -> list[Duty]:
        """Return duties of the prose together with those of the tables, in order."""
        if not self.duties:
            return duties
        kept = [duty for duty in duties if not self._covers(duty.start)]
        return sorted((*kept, *self.duties), key=lambda duty: (duty.start, duty.end))

    def _covers(self, offset: int) -> bool:
        index = bisect_right(self.cells, (offset, 1 << 60)) - 1
        return index >= 0 and offset < self.cells[index][1]


class TableFinder:
    """Reads tables of targets and of tasks."""

    def __init__(self, lexicon: Lexicon, quantities: QuantityFinder) -> None:
        self._heads = HeadReader(lexicon)
        self._values = ValueReader(lexicon, quantities)
        self._lexicon = lexicon
        kinds, change = lexicon.group("tables.kinds"), lexicon.group("tables.change")
        self._modality: dict[str, Modality] = dict.fromkeys(kinds["binding"], "binding")
        self._modality.update(dict.fromkeys(kinds["expected"], "expected"))
        self._increase, self._decrease, self._new = change["increase"], change["decrease"], change["new"]

    # What only a document with tables needs takes a while to build.

    @cached_property
    def _keys(self) -> KeyFinder:
        return KeyFinder(self._lexicon)

    @cached_property
    def _lists(self) -> DutyLists:
        return DutyLists(self._lexicon, self._bodies)

    @cached_property
    def _names(self) -> FullNames:
        return FullNames(self._lexicon, self._bodies)

    @cached_property
    def _bodies(self) -> Bodies:
        return Bodies(self._lexicon)

    def find(
        self, text: Text, tables: Sequence[TableText], setting: Setting, front: Front, times: Sequence[TimePhrase]
    ) -> TableReading:
        """Return what ``tables`` of ``text`` say."""
        reading = TableReading()
        for table in tables:
            sheet = self._heads.sheet(text.folded, table)
            if sheet is not None:
                self._targets(text, table, sheet, setting, front, reading)
                self._tasks(text, sheet, front, times, reading)
        reading.cells.sort()
        reading.rows.sort(key=lambda row: row[0])
        return reading

    def _targets(
        self, text: Text, table: TableText, sheet: Sheet, setting: Setting, front: Front, reading: TableReading
    ) -> None:
        values = [index for index, column in enumerate(sheet.columns) if column.sort == "value"]
        name_at = _indicator_column(text.folded, sheet, values)
        if not values or name_at < 0:
            return
        folded = text.folded
        # Numbers that no unit stands beside count where the table says for which year they are, or that they are goals.
        telling = any(sheet.columns[index].year or sheet.columns[index].said == "target" for index in values)
        above = self._values.unit_above(folded, table.start)
        parent = ""
        read: set[int] = set()  # cells, each of which may stand in several columns
        for number, row in enumerate(sheet.rows[sheet.body :], sheet.body):
            named_cell = row[name_at]
            if named_cell is None or named_cell.end <= named_cell.start or named_cell.columns > len(row) // 2 + 1:
                continue
            start, end, name, unit = self._name(folded, named_cell)
            if not name:
                continue
            read.add(id(named_cell))
            part = next((word for word in _PARTS if name.startswith(word)), "")
            full = parent + name.removeprefix(part).lstrip(":,") if part and parent else name
            parent = parent if part else name
            modality = self._kind(folded, sheet, row)
            unit = unit or self._unit_column(folded, sheet, row) or above
            for index in values:
                cell, column = row[index], sheet.columns[index]
                if (
                    cell is None
                    or cell.row != number
                    or id(cell) in read
                    or not is_value(folded[cell.start : cell.end])
                ):
                    continue
                read.add(id(cell))
                own = self._head_unit(folded, column) or ("%" if column.growth or column.share else unit)
                measure = self._values.measure(folded, cell.start, cell.end, own)
                if measure is None or not (telling or measure.unit):
                    continue
                change = self._change(folded, cell, column, full, measure)
                key = self._keys.key(full, text.clean[start:end], measure.kind, measure.unit, bool(change))
                role = _role(column, measure, setting, front, telling)
                phrase = _year_phrase(column)
                reading.claims.append(
                    Claim(
                        measure=measure,
                        role=role,
                        rule=RULE,
                        indicators=[Named(start, end, full, key)],
                        change=change,
                        modality=modality if role == "target" else "stated",
                        deadline=phrase if role == "target" else None,
                        period=phrase if role == "actual" else None,
                        sentence=_row_extent(row),
                    )
                )
                reading.cells.append((cell.start, cell.end))

    def _name(self, folded: str, cell: TableCell) -> tuple[int, int, str, str]:
        """Return where the name of an indicator stands in its cell, its text in one line, and its unit in brackets."""
        start, end = cell.start, cell.end
        while (mark := _MARK.match(folded, start, end)) and mark.end() < end:
            start = mark.end()
        unit, at = self._values.unit_in(folded[start:end])
        if unit:
            end = start + at
        while end > start and (folded[end - 1].isspace() or folded[end - 1] in "★▲△*※:"):
            end -= 1
        return start, end, _INNER.sub("", folded[start:end]).replace(" ", ""), unit

    def _unit_column(self, folded: str, sheet: Sheet, row: Sequence[TableCell | None]) -> str:
        index = sheet.column("unit")
        cell = row[index] if index >= 0 else None
        unit = folded[cell.start : cell.end].replace(" ", "") if cell is not None else ""
        return unit if 0 < len(unit) <= 14 and (unit[0].isalnum() or unit[0] in "%‰℃°") else ""

    def _head_unit(self, folded: str, column: Column) -> str:
        for cell in reversed(column.cells):
            unit, _ = self._values.unit_in(folded[cell.start : cell.end])
            if unit:
                return unit
        return ""

    def _kind(self, folded: str, sheet: Sheet, row: Sequence[TableCell | None]) -> Modality:
        index = sheet.column("kind")
        cell = row[index] if index >= 0 else None
        said = folded[cell.start : cell.end] if cell is not None else ""
        return next((kind for word, kind in self._modality.items() if word in said), "stated")

    def _change(self, folded: str, cell: TableCell, column: Column, name: str, measure: Measure) -> Change:
        """Tell whether a value is a change: its column is one of rates or sums of change, or its indicator is."""
        if name.endswith(self._decrease):
            return "decrease"
        if column.growth or column.cumulative:
            sign = folded[cell.start : measure.start].strip(" 〔[【(")
            return "decrease" if sign.startswith(("-", "下降", "降")) or "下降" in column.bare else "increase"
        if name.endswith(self._increase) or any(word in name for word in self._new):
            return "increase"
        return ""

    def _tasks(
        self, text: Text, sheet: Sheet, front: Front, times: Sequence[TimePhrase], reading: TableReading
    ) -> None:
        duties = [column for column, each in enumerate(sheet.columns) if each.sort == "duty"]
        due_at = sheet.column("deadline")
        if not duties and (due_at < 0 or sheet.column("task") < 0):
            return
        starts = [phrase.start for phrase in times]
        read: dict[int, list[Duty]] = {}
        for row in sheet.rows[sheet.body :]:
            extent = _row_extent(row)
            for index in duties:
                cell = row[index]
                if cell is None or cell.end <= cell.start:
                    continue
                if id(cell) not in read:
                    read[id(cell)] = self._bodies_in(text, cell, sheet.columns[index], front.issuer)
                    reading.duties += read[id(cell)]
                    if read[id(cell)]:
                        reading.cells.append((cell.start, cell.end))
                for duty in read[id(cell)]:  # a cell beside several rows holds for each of them
                    duty.rows.append(extent)
            cell = row[due_at] if due_at >= 0 else None
            if cell is not None and (phrase := _last_in(times, starts, cell)):
                reading.rows.append((*extent, phrase))

    def _bodies_in(self, text: Text, cell: TableCell, column: Column, issuer: str | None) -> list[Duty]:
        """Read a cell as the list that would stand behind the label at the head of its column."""
        label = f"{column.label}:"
        members = _INNER.sub("、", text.folded[cell.start : cell.end])
        duties = self._lists.read(label + members, 0, len(label) + len(members))
        shift = cell.start - len(label)
        head = column.cells[-1]
        for duty in duties:
            of_head = duty.cue is None or duty.cue[0] < len(label)
            duty.cue = (
                (head.start, head.end) if of_head or duty.cue is None else (duty.cue[0] + shift, duty.cue[1] + shift)
            )
            duty.start, duty.end, duty.scope = duty.start + shift, duty.end + shift, BY_ROW
        names = self._names.names([text.clean[duty.start : duty.end] for duty in duties], issuer) if duties else []
        for duty, name in zip(duties, names, strict=True):
            duty.name = name
        return duties


def _indicator_column(folded: str, sheet: Sheet, values: Sequence[int]) -> int:
    """Return the column with what is measured: the last called so before the values, else the first that holds words."""
    if not values:
        return -1
    named = [index for index, column in enumerate(sheet.columns) if column.sort == "indicator" and index < values[-1]]
    if named:
        return named[-1]
    for index, column in enumerate(sheet.columns[: values[0]]):
        if column.sort in ("", "task"):
            texts = [folded[cell.start : cell.end].strip() for row in sheet.rows[sheet.body :] if (cell := row[index])]
            words = sum(bool(bare(each)) and not each[0].isdigit() for each in texts if each)
            if words * 2 > len(texts):
                return index
    return -1


def _role(column: Column, measure: Measure, setting: Setting, front: Front, telling: bool) -> StatementRole:
    """Return the role of a value: what its head says, else its year against the document's period."""
    if column.said:
        return "target" if column.said == "target" else "actual"
    past = setting.purpose_at(measure.start) in _PAST
    first = front.first_year or (front.year if front.year and not past else None)
    if column.year is None:
        return "target" if telling and first is not None and not past and setting.kind != "report" else "actual"
    if first is None:
        return "actual"
    return "target" if column.year >= first and not (past and front.first_year is None) else "actual"


def _year_phrase(column: Column) -> TimePhrase | None:
    if column.year is None or column.year_at is None or not _CALENDAR[0] <= column.year <= _CALENDAR[1]:
        return None
    return TimePhrase(*column.year_at, "deadline", date(column.year, 1, 1), date(column.year, 12, 31))


def _row_extent(row: Sequence[TableCell | None]) -> tuple[int, int]:
    """Return where the cells of a row stand, without those that began in a row above."""
    shown = [cell for cell in row if cell is not None]
    last = max(cell.row for cell in shown)
    own = [cell for cell in shown if cell.row == last and cell.end > cell.start] or shown
    return min(cell.start for cell in own), max(cell.end for cell in own)


def _last_in(times: Sequence[TimePhrase], starts: Sequence[int], cell: TableCell) -> TimePhrase | None:
    """Return the latest time that a cell names."""
    inside = list(_within(times, starts, cell))
    dated = [phrase for phrase in inside if phrase.last is not None]
    return max(dated, key=lambda phrase: phrase.last or date.min) if dated else (inside[-1] if inside else None)


def _within(times: Sequence[TimePhrase], starts: Sequence[int], cell: TableCell) -> Iterator[TimePhrase]:
    index = bisect_right(starts, cell.start - 1)
    while index < len(times) and times[index].start < cell.end:
        yield times[index]
        index += 1
