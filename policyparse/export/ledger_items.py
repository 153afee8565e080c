"""Cuts a document into the items of a ledger: the smallest stretches that have a unit, a target or a deadline.

A numbered item with a bracket or a line of units (责任单位：…) is one item, and so is each stretch that a further bracket
closes. A bracket behind a heading holds for all that stands below it, a line of units behind the last of several items
for all of them. What has no such note is cut by its own size: a numbered item of moderate length stays whole, a running
paragraph falls into sentences. A row of a table of tasks is an item.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from policyparse.export.ledger_notes import IN_CHARGE, Note, NoteFinder, opens_line
from policyparse.model import Source
from policyparse.parsing.assembly import Findings
from policyparse.parsing.cells import TableText, tables_in
from policyparse.parsing.records import TimePhrase
from policyparse.parsing.table_heads import HeadReader, Sheet

WHOLE = 160
"""Characters up to which a numbered item without a note of units is one task."""
SENTENCE = 220
"""Characters from which a sentence is cut at its semicolons."""
_PARAGRAPH = 120
_LEAD = 40
_TASK_PURPOSES = frozenset(("plan", "rules"))
# A time by which something is done (6月底前, 年内, 到2025年), not one in which it happens (今后五年, 2035年).
_BY = re.compile(r"(?:[前底末内]|完成)$|^[到至于在](?=[\d〇一二三四五六七八九十今明本]).*[年月日底末前]$")
_CLAUSE = re.compile(r"[^,。;!?:\n]{0,60}")
_END = re.compile(r"[。!?\n][”’」』)]?")
_CUT = re.compile(r"[。!?\n;][”’」』)]?")
_WORDS = re.compile(r"[\w%‰]")
_EMPTY = " \t\r\n"


@dataclass(slots=True)
class Item:
    """A task: where it stands in the reading text, and what was found in it (indices into the findings).

    ``task`` are the stretches that say what is to be done, without notes of units. ``path`` are the sections above it
    from the outermost in, ``below`` further stretches that name its place (a lead sentence, cells beside several rows).
    """

    start: int
    end: int
    task: list[tuple[int, int]]
    path: list[int] = field(default_factory=list)
    below: list[tuple[int, int]] = field(default_factory=list)
    duties: list[int] = field(default_factory=list)
    claims: list[int] = field(default_factory=list)
    deadlines: list[TimePhrase] = field(default_factory=list)
    due_text: tuple[int, int] | None = None


class ItemCutter:
    """Cuts one document; ``times`` are the time phrases of its reading text."""

    def __init__(self, source: Source, found: Findings, times: Sequence[TimePhrase], heads: HeadReader) -> None:
        self._found = found
        self._folded = found.text.folded
        self._sections = found.outline.sections
        self._targets = [index for index, claim in enumerate(found.claims) if claim.role == "target"]
        self._target_starts = [found.claims[index].measure.start for index in self._targets]
        self._due = [phrase for phrase in times if phrase.sort == "deadline"]
        self._due_starts = [phrase.start for phrase in self._due]
        self._duty_starts = [duty.start for duty in found.duties]
        self._tables = [(table, heads.sheet(self._folded, table)) for table in tables_in(source, found.text)]
        self._notes = NoteFinder(self._folded, found.duties).notes()
        self._note_starts = [note.start for note in self._notes]
        self._noted = {index for note in self._notes for index in note.duties}
        self._blocks = [index for index, section in enumerate(self._sections) if not section.inline]
        self._above = self._inherited()

    def items(self) -> list[Item]:
        """Return the items in the order of the text."""
        found = [item for block, start, end in self._stretches() for item in self._cut(block, start, end)]
        found += [item for table, sheet in self._tables if sheet for item in self._rows(table, sheet)]
        return sorted(found, key=lambda item: (item.start, item.end))

    # Notes that hold for items below

    def _inherited(self) -> dict[int, list[int]]:
        """Return for each block with a note that holds for the blocks below it the duties of that note."""
        children: dict[int, list[int]] = {}
        for block in self._blocks:
            children.setdefault(self._block(self._sections[block].parent), []).append(block)
        notes: dict[int, list[Note]] = {}
        for note in self._notes:
            notes.setdefault(self._block(self._found.outline.at(note.start)), []).append(note)
        above: dict[int, list[int]] = {}
        for block, below in children.items():
            own = [note for note in notes.get(block, ()) if block >= 0 and self._holds_below(block, below[0], note)]
            if own:
                above[block] = [index for note in own for index in note.duties]
            elif len(below) > 1 and block >= 0 and not any(child in notes for child in below[:-1]):
                last = notes.get(below[-1], [])
                if len(last) == 1 and below[-1] not in children and opens_line(self._folded, last[0].start):
                    above[block] = last[0].duties
        return above

    def _holds_below(self, block: int, child: int, note: Note) -> bool:
        """Tell whether a note holds for the items below: behind the heading, or behind a lead sentence with a colon."""
        if note.start >= self._sections[child].start:
            return False
        said = self._folded[max(0, note.start - 3) : note.start].rstrip()
        return self._behind_heading(block, note) or said.endswith(":")

    def _behind_heading(self, block: int, note: Note) -> bool:
        section = self._sections[block]
        return note.start <= max(section.heading_end, section.body) + 2

    # Stretches of running text

    def _block(self, section: int) -> int:
        while section >= 0 and self._sections[section].inline:
            section = self._sections[section].parent
        return section

    def _stretches(self) -> Iterator[tuple[int, int, int]]:
        """Yield each block's own text, outside of blocks below it and of tables that are read by rows."""
        covered = [(table.cells[0].start, table.cells[-1].end) for table, sheet in self._tables if sheet]
        marks = {0, len(self._folded)}
        for block in self._blocks:
            marks.update((self._sections[block].start, self._sections[block].end))
        for extent in covered:
            marks.update(extent)
        inside = sorted(covered)
        waiting = 0
        for start, end in pairwise(sorted(marks)):
            while waiting < len(inside) and inside[waiting][1] <= start:
                waiting += 1
            if waiting < len(inside) and inside[waiting][0] <= start:
                continue
            yield self._block(self._found.outline.at(start)), start, end

    def _cut(self, block: int, start: int, end: int) -> Iterator[Item]:
        first, last = bisect_left(self._note_starts, start), bisect_left(self._note_starts, end)
        notes = self._notes[first:last]
        section = self._sections[block] if block >= 0 else None
        if section and notes and start == section.start:
            rest = self._folded[notes[0].end : end]
            if len(notes) == 1 and self._behind_heading(block, notes[0]) and _WORDS.search(rest):
                yield from self._noted_item(block, start, end, notes[0])
                return
        for note in notes:
            note_end = min(end, max(note.end, note.start))
            if _WORDS.search(self._folded[start : note.start]):
                yield from self._noted_item(block, start, note_end, note)
            start = max(start, note_end)
        yield from self._unnoted(block, start, end)

    def _noted_item(self, block: int, start: int, end: int, note: Note) -> Iterator[Item]:
        stretches = [(start, note.start), (min(end, note.end), end)]
        task = [stretch for one in stretches if (stretch := self._trimmed(*one))]
        if not task:
            return
        for first, last in task[:1]:
            section = self._sections[block] if block >= 0 else None
            # A heading with nothing but its units, and items of its own below: they inherit them.
            if section and block in self._above and first == section.start and last <= section.heading_end + 1:
                return
        item = Item(task[0][0], end, task, self._path(block, whole=True))
        self._fill(item, [(start, end)])
        item.due_text = note.due
        item.duties = note.duties  # the bodies of the note answer for it, whoever else the text names
        yield item

    def _unnoted(self, block: int, start: int, end: int) -> Iterator[Item]:
        inherited = self._duties_above(block)
        section = self._sections[block] if block >= 0 else None
        extent = self._trimmed(start, end)
        if extent is None:
            return
        leaf = section is not None and end >= section.end
        whole = section is not None and section.label and start == section.start and leaf
        if whole and extent[1] - extent[0] <= WHOLE:
            yield from self._item([extent], self._path(block, whole=True), [], inherited, take_all=bool(inherited))
            return
        for first, last in self._paragraphs(*extent):
            body, lead, context = first, None, self._path(block, whole=False)
            if section and section.start <= first < section.body:
                body = min(max(section.body, first), last)
                if self._trimmed(body, last) is None:
                    if not leaf:  # a heading: its items follow
                        continue
                    body, context = first, self._path(block, whole=True)
            elif last - first > _PARAGRAPH:
                opening = _END.search(self._folded, first, min(last, first + _LEAD))
                said = self._folded[first : opening.end()] if opening else "是"
                if opening and "是" not in said and "," not in said and last - opening.end() > 10:
                    lead, body = (first, opening.end() - 1), opening.end()
            if last - first <= _PARAGRAPH:
                body, lead = (body if section and first < section.body else first), None
                pieces = [stretch] if (stretch := self._trimmed(body, last)) else []
            else:
                pieces = list(self._sentences(body, last))
                if lead and self._has_own(*lead):
                    pieces.insert(0, (lead[0], lead[1] + 1))
            for piece in pieces:
                below = [lead] if lead and piece[0] > lead[0] else []
                yield from self._item([piece], context, below, inherited, take_all=False)

    def _item(
        self,
        task: list[tuple[int, int]],
        path: list[int],
        below: list[tuple[int, int]],
        inherited: list[int],
        *,
        take_all: bool,
    ) -> Iterator[Item]:
        item = Item(task[0][0], task[-1][1], task, path, below)
        self._fill(item, task)
        counts = item.claims or take_all
        if not counts and self._found.setting.purpose_at(item.start) in _TASK_PURPOSES:
            due = any(_BY.search(self._folded, one.start, one.end) for one in item.deadlines)
            counts = bool(item.duties or due) and not self._tells_results(item)
        if counts:
            item.duties = [*item.duties, *(index for index in inherited if index not in item.duties)]
            yield item

    def _has_own(self, start: int, end: int) -> bool:
        return bisect_left(self._target_starts, start) < bisect_left(self._target_starts, end)

    def _tells_results(self, item: Item) -> bool:
        return any(
            claim.role == "actual" and item.start <= claim.measure.start < item.end for claim in self._found.claims
        )

    def _fill(self, item: Item, stretches: Sequence[tuple[int, int]]) -> None:
        for start, end in stretches:
            first, last = bisect_left(self._target_starts, start), bisect_left(self._target_starts, end)
            item.claims += self._targets[first:last]
            first, last = bisect_left(self._duty_starts, start), bisect_left(self._duty_starts, end)
            item.duties = [
                *item.duties,
                *(
                    index
                    for index in range(first, last)
                    if index not in self._noted and self._found.duties[index].role in IN_CHARGE
                ),
            ]
            first, last = bisect_left(self._due_starts, start), bisect_left(self._due_starts, end)
            item.deadlines += [phrase for phrase in self._due[first:last] if not self._describes(phrase)]

    def _describes(self, phrase: TimePhrase) -> bool:
        """Tell whether a time stands in a clause that describes something (3月底前到期的贷款, 年底前取得证书的)."""
        clause = _CLAUSE.match(self._folded, phrase.end)
        said = clause.group() if clause else ""
        return said.endswith("的") or "的" in said[:4]

    def _duties_above(self, block: int) -> list[int]:
        while block >= 0:
            block = self._block(self._sections[block].parent)
            if block in self._above:
                return self._above[block]
        return []

    def _path(self, block: int, *, whole: bool) -> list[int]:
        """Return the blocks above, with ``block`` itself unless it is the item (``whole``)."""
        path = []
        at = self._block(self._sections[block].parent) if whole and block >= 0 else block
        while at >= 0:
            path.append(at)
            at = self._block(self._sections[at].parent)
        return path[::-1]

    def _paragraphs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        while start < end:
            stop = self._folded.find("\n", start, end)
            stop = end if stop < 0 else stop
            if extent := self._trimmed(start, stop):
                yield extent
            start = stop + 1

    def _sentences(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        for first, last in self._pieces(_END, start, end):
            if last - first <= SENTENCE:
                yield first, last
            else:
                yield from self._pieces(_CUT, first, last)

    def _pieces(self, stop: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
        position = start
        for match in stop.finditer(self._folded, start, end):
            if extent := self._trimmed(position, match.end()):
                yield extent
            position = match.end()
        if extent := self._trimmed(position, end):
            yield extent

    def _trimmed(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the stretch without blanks around it and signs before it, ``None`` where it says nothing."""
        end = min(end, len(self._folded))
        while start < end and self._folded[start] in _EMPTY + "。;,、:)]〕】":
            start += 1
        while end > start and self._folded[end - 1] in _EMPTY:
            end -= 1
        return (start, end) if _WORDS.search(self._folded, start, end) else None

    # Tables

    def _rows(self, table: TableText, sheet: Sheet) -> Iterator[Item]:
        """Yield the rows of a table that have units, a target or a deadline."""
        due_at = sheet.column("deadline")
        path = self._path(self._block(self._found.outline.at(table.cells[0].start)), whole=False)
        by_row: dict[tuple[int, int], list[int]] = {}
        for index, duty in enumerate(self._found.duties):
            for extent in duty.rows:
                by_row.setdefault(extent, []).append(index)
        has_task = sheet.column("task") >= 0
        for row in sheet.rows[sheet.body :]:
            cells = [cell for cell in row if cell is not None]
            if not cells:
                continue
            extent = (min(cell.start for cell in cells), max(cell.end for cell in cells))
            item = Item(*extent, [], path)
            own = []
            for column, cell in zip(sheet.columns, row, strict=True):
                if cell is None or (stretch := self._trimmed(cell.start, cell.end)) is None:
                    continue
                if stretch in item.task or stretch in item.below:
                    continue
                own.append((cell.start, cell.end))
                names = self._folded[stretch[0] : stretch[1]].replace(".", "").isdigit()
                if column.sort in ("duty", "deadline", "unit", "kind") or names:
                    continue
                if cell.rows > 1:
                    item.below.append(stretch)
                elif column.sort in ("task", "indicator") or (not has_task and column.sort != "value"):
                    item.task.append(stretch)
            if not item.task and item.below:
                item.task = [item.below.pop()]
            duties = by_row.get(extent, [])
            self._fill(item, own)
            item.duties = list(dict.fromkeys([*duties, *(index for index in item.duties if index in set(duties))]))
            cell = row[due_at] if due_at >= 0 else None
            if cell is not None:
                item.due_text = self._trimmed(cell.start, cell.end)
            if item.task and (item.duties or item.claims or item.due_text):
                item.start = item.task[0][0]
                yield item
