"""From what the caller gives (a store, files, documents) to the rows that a comparison needs, the same for all three."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from os import PathLike, fspath
from pathlib import Path
from typing import Any, TypeAlias

from policyparse.corpus.inputs import Input, common_root, list_files, named
from policyparse.corpus.origin import OriginFinder
from policyparse.corpus.sidecar import load_sidecar
from policyparse.corpus.store import Store, open_store
from policyparse.corpus.tables import Identity, Row, rows_of
from policyparse.errors import PolicyParseError, UsageError
from policyparse.lexicon import Lexicon
from policyparse.model import Bound, Change, Document, Kind, Modality, Source
from policyparse.parsing.pipeline import Parser
from policyparse.reading import Limits, read

_REPORT = "工作报告"
_YEAR = re.compile(r"(?:19|20)\d\d年度?")

Comparable: TypeAlias = "Document | tuple[Document, Source] | str | PathLike[str]"
Comparables: TypeAlias = "Store | Comparable | Iterable[Comparable]"


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of a document, with the words before its quantity in its sentence."""

    id: str
    role: str
    node: str | None
    indicators: tuple[tuple[str, str | None], ...]
    change: Change
    bound: Bound
    low: Decimal
    high: Decimal
    unit: str
    kind: Kind
    text: str
    approximate: bool
    modality: Modality
    baseline: str
    due: date | None
    period: str
    period_from: date | None
    period_to: date | None
    start: int
    end: int
    sentence: str
    sentence_start: int
    position: int

    @property
    def before(self) -> str:
        """The sentence up to the quantity."""
        return self.sentence[: self.position]


@dataclass(frozen=True, slots=True)
class Division:
    """A division of the outline with its own text, up to the first division below it."""

    id: str
    parent: str | None
    label: str
    heading: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Duty:
    """A body that has something to do."""

    name: str
    role: str
    node: str | None
    start: int


@dataclass(slots=True)
class Report:
    """A document in a comparison."""

    id: str
    path: str
    issuer: str
    region: str | None
    year: int
    title: str | None
    last_year: int
    """The last year of its planning period."""
    statements: list[Stated] = field(default_factory=list)
    divisions: list[Division] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents take part: parts of the names of issuers or regions, the first and last year."""

    issuers: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None

    def allows(self, row: Row, *, margin: int = 0) -> bool:
        """Tell whether the document of this row takes part; ``margin`` years behind the last are allowed too."""
        names = [name for name in (row["issuer"], row["region"]) if name]
        if self.issuers and not any(wanted in name for wanted in self.issuers for name in names):
            return False
        year = row["year"]
        return year is None or not (
            (self.first is not None and year < self.first) or (self.last is not None and year > self.last + margin)
        )


def load(
    documents: Comparables,
    wanted: Wanted,
    lexicon: Lexicon,
    metadata: str | PathLike[str] | None,
    limits: Limits | None,
    notes: list[str],
) -> list[Report]:
    """Return the documents that take part, by issuer and year, one of each.

    ``notes`` gets a sentence about each that does not although it was asked for. Raises ``UsageError`` where nothing
    could be compared, and ``StoreError`` where the store cannot be read.
    """
    if isinstance(documents, Store):
        found = list(_from_store(documents, wanted, notes))
    elif isinstance(documents, str | PathLike) and (Path(documents) / "store.json").is_file():
        with open_store(documents) as store:
            found = list(_from_store(store, wanted, notes))
    else:
        found = list(_from_each(documents, wanted, lexicon, metadata, limits, notes))
    return _one_a_year(found, notes)


def _from_store(store: Store, wanted: Wanted, notes: list[str]) -> Iterator[Report]:
    heads = [row for row in store.documents() if wanted.allows(row, margin=1) and _placed(row, notes)]
    keys = [row["document"] for row in heads]
    tables: dict[str, dict[str, list[Row]]] = {}
    for table in ("nodes", "statements", "responsibilities"):
        tables[table] = defaultdict(list)
        for row in store.rows(table, documents=keys):
            tables[table][row["document"]].append(row)
    for head in heads:
        yield _report(head, {table: rows[head["document"]] for table, rows in tables.items()})


def _from_each(
    documents: Comparable | Iterable[Comparable],
    wanted: Wanted,
    lexicon: Lexicon,
    metadata: str | PathLike[str] | None,
    limits: Limits | None,
    notes: list[str],
) -> Iterator[Report]:
    table = load_sidecar(metadata)
    origins = OriginFinder(lexicon)
    paths: list[str | PathLike[str]] = []
    source: Source | None
    entries: list[tuple[str, Input, Callable[[], tuple[Document, Source | None]]]] = []
    for each in _several(documents):
        if isinstance(each, str | PathLike):
            paths.append(each)
            continue
        document, source = each if isinstance(each, tuple) else (each, None)
        one = Input(document.source.name, document.source.name)
        entries.append((f"document-{len(entries) + 1}", one, partial(_pair, document, source)))
    if paths:
        files = list_files([fspath(path) for path in paths], notes)
        parser = Parser(lexicon)
        entries.extend(
            (one.document, one, partial(_parsed, parser, one, limits)) for one in named(files, common_root(files))
        )
    for key, one, get in entries:
        try:
            document, source = get()
        except PolicyParseError as error:
            notes.append(f"left out: {error}")
            continue
        origin = origins.find(document, one.shown, table.of(one))
        identity = Identity(key, one.shown, issuer=origin.issuer, region=origin.region, year=origin.year)
        rows = rows_of(document, source or Source(name=document.source.name, text=""), identity)
        head = rows["documents"][0]
        if wanted.allows(head, margin=1) and _placed(head, notes):
            yield _report(head, rows)


def _several(documents: Comparable | Iterable[Comparable]) -> Iterator[Comparable]:
    match documents:
        case str() | PathLike() | Document():
            yield documents
        case (Document() as document, Source() as source):
            yield document, source
        case _:
            yield from documents


def _pair(document: Document, source: Source | None) -> tuple[Document, Source | None]:
    return document, source


def _parsed(parser: Parser, one: Input, limits: Limits | None) -> tuple[Document, Source | None]:
    source = read(one.file) if limits is None else read(one.file, limits=limits)
    return parser.parse(source), source


def _placed(head: Row, notes: list[str]) -> bool:
    """Tell whether issuer and year are known; without them a document has no place in a comparison."""
    missing = [name for name in ("issuer", "year") if not head[name]]
    if missing:
        notes.append(
            f"left out: {head['path']}: {' and '.join(missing)} unknown; give it in a table with file, issuer and year "
            "(--metadata FILE.csv, when the store is made or here)"
        )
    return not missing


def _one_a_year(reports: list[Report], notes: list[str]) -> list[Report]:
    """Return the reports in order, of several of one issuer and year the report, or what sets most targets."""
    by_place: dict[tuple[str, int], list[Report]] = defaultdict(list)
    for report in reports:
        by_place[report.issuer, report.year].append(report)
    kept = []
    for (issuer, year), same in sorted(by_place.items()):
        best = max(same, key=_weight)
        kept.append(best)
        rest = ", ".join(one.path for one in same if one is not best)
        if rest:
            notes.append(f"several documents of {issuer} {year}: {best.path} is compared, not {rest}")
    return kept


def _weight(report: Report) -> tuple[bool, int, str]:
    """Weigh a document against others of its issuer and year: a report to an assembly first, then what sets most targets."""
    targets = sum(stated.role == "target" for stated in report.statements)
    return _REPORT in (report.title or ""), targets, report.path


def _report(head: Row, rows: dict[str, list[Row]]) -> Report:
    end = _day(head["period_end"])
    report = Report(
        id=head["document"],
        path=head["path"],
        issuer=_one_name(head["issuer"], head["region"]),
        region=head["region"],
        year=head["year"],
        title=head["title"],
        last_year=max(end.year if end else 0, head["year"]),
    )
    report.statements = [_stated(row) for row in rows["statements"] if row["low"] is not None]
    report.divisions = [
        Division(
            row["node"], row["parent"], row["label"], row["heading"], row["text"], row["start_char"], row["end_char"]
        )
        for row in rows["nodes"]
    ]
    report.duties = [Duty(row["name"], row["role"], row["node"], row["start_char"]) for row in rows["responsibilities"]]
    return report


def _one_name(issuer: str, region: str | None) -> str:
    """Return an issuer's name as it is every year: 澜江市2023年政府 and 澜江市政府 are 澜江市人民政府."""
    name = _YEAR.sub("", issuer)
    return f"{region}人民政府" if region and name == f"{region}政府" else name


def _stated(row: Row) -> Stated:
    sentence = row["sentence"] or ""
    return Stated(
        id=row["statement"],
        role=row["role"],
        node=row["node"],
        indicators=tuple((part["name"], part["key"]) for part in row["indicators"] or ()),
        change=row["change"] or "",
        bound=row["bound"],
        low=_number(row["low"]),
        high=_number(row["high"]),
        unit=row["unit"] or "",
        kind=row["kind"],
        text=row["quantity"],
        approximate=bool(row["approximate"]),
        modality=row["modality"],
        baseline=row["baseline"] or "",
        due=_day(row["due"]),
        period=row["period"] or "",
        period_from=_day(row["period_from"]),
        period_to=_day(row["period_to"]),
        start=row["start_char"],
        end=row["end_char"],
        sentence=sentence,
        sentence_start=row["sentence_start"],
        position=_position(sentence, row["quantity"], row["start_char"] - row["sentence_start"]),
    )


_MOST_BLANKS = 40


def _position(sentence: str, quantity: str, offset: int) -> int:
    """Return where the quantity begins in its sentence as the table gives it: without blanks around, or cut."""
    if not sentence:
        return 0
    if not sentence.startswith("…"):
        for blanks in range(min(_MOST_BLANKS, offset + 1)):
            if sentence.startswith(quantity, offset - blanks):
                return offset - blanks
    middle = len(sentence) // 2
    return min(_places(sentence, quantity), key=lambda place: abs(place - middle), default=0)


def _places(sentence: str, quantity: str) -> Iterator[int]:
    place = sentence.find(quantity)
    while place >= 0:
        yield place
        place = sentence.find(quantity, place + 1)


def _number(value: Any) -> Decimal:
    number = Decimal(value).normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _day(value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(value)


def years_of(words: str | Sequence[int] | None) -> tuple[int | None, int | None]:
    """Return the first and last year of ``2005:2025``, ``2005:``, ``:2025`` or ``2005``, or of a pair of numbers.

    >>> years_of("2005:2025"), years_of("2020"), years_of(None)
    ((2005, 2025), (2020, 2020), (None, None))
    """
    if words is None:
        return None, None
    parts = words.replace("：", ":").split(":") if isinstance(words, str) else [str(word) for word in words]
    if len(parts) == 1:
        parts = parts * 2
    if len(parts) != 2 or not all(not part.strip() or part.strip().isdecimal() for part in parts):
        raise UsageError(f"years are given as 2005:2025, 2005:, :2025 or 2020, not {words!r}")
    first, last = (int(part) if part.strip() else None for part in parts)
    if first is not None and last is not None and first > last:
        raise UsageError(f"the first year comes before the last one; {words!r} has them the other way round")
    return first, last
