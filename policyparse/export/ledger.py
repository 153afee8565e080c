"""A ledger of tasks (任务分解台账): one row for each, as frozen types."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from os import PathLike, fspath
from pathlib import Path
from typing import Literal, TypeAlias

from policyparse.errors import PolicyParseError, UsageError
from policyparse.export.ledger_items import Item, ItemCutter
from policyparse.lexicon import Lexicon, load_lexicon
from policyparse.model import Bound, Change, Document, Extent, PlainDecimal, Source, _Frozen
from policyparse.parsing.api import as_source, default_parser
from policyparse.parsing.assembly import Findings
from policyparse.parsing.periods import TimeFinder
from policyparse.parsing.pipeline import Parser
from policyparse.parsing.records import Claim, Duty, Section, TimePhrase
from policyparse.parsing.table_heads import HeadReader
from policyparse.reading import read

Language = Literal["zh", "en"]
Listed: TypeAlias = "Document | Source | tuple[Document, Source] | str | PathLike[str]"
_OPENING = re.compile(r"[^,。;!?:\n]*")
_LONGEST_OPENING = 30
_LONGEST_LIST = 200
_APART = (*"0123456789章节编篇条部栏件", "部分")
"""Ends of labels that a blank parts from their heading (第一章 总则, 附件1 清单)."""
_SUFFIXES = (".xlsx", ".csv", ".md")


class LedgerFigure(_Frozen):
    """A target of a task: what is measured, the value as worded with its words of bound, and as numbers."""

    indicator: str
    key: str | None = None
    text: str
    low: PlainDecimal
    high: PlainDecimal
    unit: str
    bound: Bound
    approximate: bool = False
    change: Change = ""
    deadline: str = ""
    due: date | None = None


class Position(Extent):
    """Where a task stands: offsets in the text of ``file``, its line from 1, and the page where the format has pages."""

    file: str
    line: int
    page: int | None = None


class LedgerRow(_Frozen):
    """A task: the smallest item that has a unit, a target or a deadline.

    ``section`` names the divisions above it from the outermost in, ``label`` is the item's own label as printed and
    ``task`` its text without label and without notes of units. ``lead``, ``responsible``, ``support`` and ``supervise`` are
    bodies, those of a division above included where they hold for the item. ``deadline`` is as worded, ``due`` its last
    day, of several the latest.
    """

    number: int
    document: str
    section: tuple[str, ...] = ()
    label: str = ""
    task: str
    figures: tuple[LedgerFigure, ...] = ()
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    supervise: tuple[str, ...] = ()
    deadline: str = ""
    due: date | None = None
    position: Position


class Ledger(_Frozen):
    """The tasks of one or several documents, numbered through."""

    rows: tuple[LedgerRow, ...] = ()

    def save(self, path: str | PathLike[str], lang: Language = "zh") -> None:
        """Write the ledger to ``path``: an Excel workbook, CSV or Markdown, by the end of the name.

        Raises ``UsageError`` where the name ends in none of .xlsx, .csv and .md.
        """
        Path(path).write_bytes(self.to_bytes(Path(path).suffix, lang))

    def to_bytes(self, suffix: str, lang: Language = "zh") -> bytes:
        """Return the ledger as the content of a file whose name ends in ``suffix`` (``.xlsx``, ``.csv``, ``.md``)."""
        match suffix.lower():
            case ".xlsx":
                from policyparse.export.ledger_xlsx import workbook

                return workbook(self, lang)
            case ".csv":
                from policyparse.export.ledger_csv import table

                return table(self, lang)
            case ".md":
                from policyparse.export.ledger_md import page

                return page(self, lang).encode("utf-8", "replace")
        raise UsageError(f"no ledger in {suffix or 'a file without suffix'}: the name ends in {', '.join(_SUFFIXES)}")


def ledger(documents: Listed | Iterable[Listed], *, lexicon: Lexicon | None = None) -> Ledger:
    """Return the tasks of ``documents``: paths, sources, documents, or pairs of document and source.

    A document alone is looked up in the file that it was read from. Raises ``UsageError`` where that is not at hand, and
    ``ReadError`` where a file cannot be read.

    >>> from policyparse import Source, ledger
    >>> row = ledger(Source(name="plan", text="一、教育\\n1.年内新建幼儿园5所。（牵头单位：市教育局）")).rows[0]
    >>> row.task, row.figures[0].text, row.lead, row.deadline
    ('年内新建幼儿园5所。', '5所', ('市教育局',), '年内')
    """
    each: Iterable[Listed]
    if isinstance(documents, str | PathLike | Document | Source):
        each = (documents,)
    elif isinstance(documents, tuple) and len(documents) == 2 and isinstance(documents[1], Source):
        each = (documents,)  # type: ignore[assignment]
    else:
        each = documents
    parser = default_parser() if lexicon is None else Parser(lexicon)
    times, heads = _readers() if lexicon is None else (TimeFinder(lexicon), HeadReader(lexicon))
    rows: list[LedgerRow] = []
    for one in each:
        source = _source(one)
        found = parser.findings(source)
        phrases = times.find(found.text.folded, found.front.year)
        items = ItemCutter(source, found, phrases, heads).items()
        rows.extend(_Rows(source, found).rows(items, len(rows) + 1))
    return Ledger(rows=tuple(rows))


@lru_cache(maxsize=1)
def _readers() -> tuple[TimeFinder, HeadReader]:
    lexicon = load_lexicon()
    return TimeFinder(lexicon), HeadReader(lexicon)


def _source(one: Listed) -> Source:
    if isinstance(one, Source):
        return as_source(one)
    if isinstance(one, tuple):
        return one[1]
    if isinstance(one, str | PathLike):
        return read(fspath(one))
    try:
        source = read(one.source.name)
    except PolicyParseError:
        source = None
    if source is None or source.info().text_sha256 != one.source.text_sha256:
        raise UsageError(
            f"the text of {one.source.name!r} is needed and not in a file of that name: give the pair (document, source), "
            "or Source(name=…, text=…)"
        )
    return source


class _Rows:
    """Turns the items of one document into rows, with offsets of the source."""

    def __init__(self, source: Source, found: Findings) -> None:
        self._source = source
        self._found = found
        self._lines = [index for index, character in enumerate(source.text) if character == "\n"]

    def rows(self, items: Iterable[Item], first: int) -> Iterator[LedgerRow]:
        for number, item in enumerate(items, first):
            yield self._row(number, item)

    def _row(self, number: int, item: Item) -> LedgerRow:
        found, text = self._found, self._found.text
        start, end = text.span(item.start, item.end)
        figures = tuple(self._figure(found.claims[index]) for index in item.claims)
        label, task = self._task(item)
        deadline, due = self._deadline(item, figures)
        bodies = self._bodies(item)
        place = self._source.place_at(start)
        return LedgerRow(
            number=number,
            document=found.front.title or self._source.name,
            section=self._section(item),
            label=label,
            task=task,
            figures=figures,
            lead=tuple(bodies["lead"]),
            responsible=tuple(bodies["responsible"]),
            support=tuple(bodies["support"]),
            supervise=tuple(bodies["supervise"]),
            deadline=deadline,
            due=due,
            position=Position(
                file=self._source.name,
                start=start,
                end=end,
                line=bisect_left(self._lines, start) + 1,
                page=place.page if place else None,
            ),
        )

    def _task(self, item: Item) -> tuple[str, str]:
        label, stretches = "", list(item.task)
        section = self._found.outline.at(item.start)
        if section >= 0 and (one := self._found.outline.sections[section]).start == item.start and not one.inline:
            label = one.label
            first = max(one.heading_start, one.start + len(label))
            stretches[0] = (min(first, stretches[0][1]), stretches[0][1])
        clean = self._found.text.clean
        said = (one_line(line) for start, end in stretches for line in clean[start:end].split("\n"))
        return label, "\n".join(line for line in said if line)

    def _said(self, start: int, end: int) -> str:
        return one_line(self._found.text.clean[start:end])

    def _section(self, item: Item) -> tuple[str, ...]:
        named = [self._heading(self._found.outline.sections[index]) for index in item.path]
        return tuple(name for name in (*named, *(self._said(*one) for one in item.below)) if name)

    def _heading(self, section: Section) -> str:
        """Return label and heading, of a division without heading the beginning of its text."""
        heading = section.heading
        if not heading:
            end = min(section.end, section.body + _LONGEST_OPENING)
            opening = _OPENING.match(self._found.text.folded, section.body, end)
            said = self._said(*opening.span()) if opening else ""
            heading = f"{said}…" if said else ""
        gap = " " if section.label.endswith(_APART) else ""
        return one_line(f"{section.label}{gap}{heading}")

    def _bodies(self, item: Item) -> dict[str, list[str]]:
        bodies: dict[str, list[str]] = {"lead": [], "responsible": [], "support": [], "supervise": []}
        clean = self._found.text.clean
        for index in item.duties:
            duty = self._found.duties[index]
            role: str = duty.role
            # 牵头单位：A、B names two that lead, although only the first of them does so alone.
            if role == "responsible" and duty.cue and "牵头" in clean[duty.cue[0] : duty.cue[1]]:
                role = "lead"
            name = one_line(self._named(duty))
            if role in bodies and not any(name in names for names in bodies.values()):
                bodies[role].append(name)
        return bodies

    def _named(self, duty: Duty) -> str:
        """Return a body as printed, with a prefix that the list before it says once (市教育局、财政局)."""
        clean = self._found.text.clean
        printed = clean[duty.start : duty.end]
        prefix = duty.name[: -len(printed)] if duty.name.endswith(printed) else ""
        said = prefix and prefix in clean[max(0, duty.start - _LONGEST_LIST) : duty.start]
        return duty.name if said else printed

    def _figure(self, claim: Claim) -> LedgerFigure:
        measure = claim.measure
        names = [named.name or self._found.text.clean[named.start : named.end] for named in claim.indicators]
        return LedgerFigure(
            indicator=one_line("、".join(names)),
            key=next((named.key for named in claim.indicators if named.key), None),
            text=self._said(min(measure.reach_start, measure.start), max(measure.reach_end, measure.end)),
            low=measure.low,
            high=measure.high,
            unit=measure.unit,
            bound=measure.bound,
            approximate=measure.approximate,
            change=claim.change,
            deadline=self._phrase(claim.deadline) if claim.deadline else "",
            due=claim.deadline.last if claim.deadline else None,
        )

    def _phrase(self, phrase: TimePhrase) -> str:
        return self._said(phrase.start, phrase.end)

    def _deadline(self, item: Item, figures: Iterable[LedgerFigure]) -> tuple[str, date | None]:
        said = [self._said(*item.due_text)] if item.due_text else []
        dues: list[date] = []
        for figure in figures:
            said.append(figure.deadline)
            dues += [figure.due] if figure.due else []
        for phrase in item.deadlines:
            said.append(self._phrase(phrase))
            dues += [phrase.last] if phrase.last else []
        first = said[0] if item.due_text else ""
        apart = [one for one in dict.fromkeys(said) if one and (one == first or one not in first)]
        return "；".join(apart), max(dues, default=None)


def one_line(text: str) -> str:
    """Return ``text`` on one line, without control characters and blanks between Chinese characters at line ends."""
    kept = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(kept.split())
