"""The vocabulary of the library: frozen types for what a document says.

The terms follow MeasEval (SemEval-2021 task 8) for quantities and GB/T 9704-2012 (党政机关公文格式) for the parts of an
official document. Offsets count Unicode code points of the decoded source text; ``end`` is exclusive; for every span
``source_text[start:end] == span.text``. Values are ``Decimal`` and appear in JSON as strings in plain digits.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

SCHEMA_VERSION: Literal["1.0"] = "1.0"

Kind = Literal["money", "percentage", "count", "measure", "ratio", "multiple"]
Bound = Literal["eq", "ge", "gt", "le", "lt", "approx", "range"]
StatementRole = Literal["target", "actual", "standard", "other"]
Change = Literal["", "increase", "decrease"]
Modality = Literal["binding", "expected", "striving", "stated"]
ResponsibilityRole = Literal["lead", "support", "responsible", "supervise", "directed"]


def _plain_digits(value: Decimal) -> str:
    return format(value, "f")


PlainDecimal = Annotated[Decimal, PlainSerializer(_plain_digits, return_type=str, when_used="json")]
"""A decimal that JSON shows in plain digits (``"196000000"``), never in exponent form."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Extent(_Frozen):
    """A stretch of the source text, without its text."""

    start: int
    end: int


class Span(Extent):
    """A stretch of the source text together with that text: ``text == source_text[start:end]``."""

    text: str


class SourceInfo(_Frozen):
    """Which text the offsets of a document refer to.

    ``chars`` counts code points; ``text_sha256`` is the SHA-256 of the text in UTF-8, in hexadecimal digits;
    ``encoding`` is the one that the bytes were decoded with, ``null`` where the text was given as text.
    """

    name: str
    media_type: str = "text/plain"
    encoding: str | None = None
    chars: int
    text_sha256: str


class Diagnostic(_Frozen):
    """Something odd that the reader should know: a dotted ``code``, a sentence, and where it is."""

    code: str
    message: str
    start: int
    end: int


class MarkedHeading(_Frozen):
    """A line that the format itself marks as a heading (``#`` in Markdown, a style in Word).

    ``start`` and ``end`` delimit the heading's own text, without its markup; ``level`` is the format's, from 1.
    """

    start: int
    end: int
    level: int


class Place(Extent):
    """Where a stretch of the text stands in the file that it was read from.

    ``page`` counts from 1; ``box`` is left, top, right and bottom in points, from the page's upper left corner; ``path``
    names the element: ``/html/body/div[2]/p[1]`` in HTML, ``body/p[3]`` or ``body/tbl[1]/tr[2]/tc[1]/p[1]`` in Word, the name
    of the part in an archive.
    """

    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    path: str = ""


class Cell(Extent):
    """A cell of a table: its extent in the text, its first row and column from 0, and how many of each it spans."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


class Table(Extent):
    """A table in the text: its extent, and its cells row by row. In the text a tab stands between two cells of a row."""

    cells: tuple[Cell, ...]


class Source(_Frozen):
    """What a reader hands to the parser: the text, and what the format says about it.

    ``text`` is what all offsets refer to: the file's decoded text where the file is text, else the text that the reader
    took from it. ``markup`` lists the stretches of it that are markup and not text of the plan (front matter, ``#``,
    ``**``), in order and without overlap. ``headings`` lists the lines that the format marks as headings, ``tables`` the
    tables, in order; ``places`` says for the stretches of the text, in order, where they stand in the file (none where the
    text is the file). ``diagnostics`` says what the reader noticed.
    """

    name: str
    media_type: str = "text/plain"
    encoding: str | None = None
    text: str
    markup: tuple[Extent, ...] = ()
    headings: tuple[MarkedHeading, ...] = ()
    tables: tuple[Table, ...] = ()
    places: tuple[Place, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def place_at(self, offset: int) -> Place | None:
        """Return the place of the character at ``offset``, ``None`` where the reader names none."""
        index = bisect_right(self.places, offset, key=lambda place: place.start) - 1
        return self.places[index] if index >= 0 and offset < self.places[index].end else None

    def info(self) -> SourceInfo:
        """Return the part of the source that the output contract shows."""
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        return SourceInfo(
            name=self.name,
            media_type=self.media_type,
            encoding=self.encoding,
            chars=len(self.text),
            text_sha256=digest,
        )


class Period(_Frozen):
    """The planning period in whole years, and the words that it was read from.

    ``start`` is 1 January of the year in which the document takes effect, ``end`` 31 December of the last year that it
    sets goals for. ``inferred`` is true where the year is not written beside the plan but follows from ``evidence``.
    """

    start: date | None
    end: date | None
    evidence: tuple[Span, ...] = ()
    inferred: bool = False


class Metadata(_Frozen):
    """The parts of an official document around its body (GB/T 9704-2012), as far as the text has them.

    ``title`` 标题, ``doc_number`` 发文字号, ``issuer`` 发文机关, ``addressee`` 主送机关, ``issued_on`` 成文日期;
    ``boilerplate`` is text that a web page added (time stamps, 导语, 来源).
    """

    title: str | None = None
    doc_number: str | None = None
    issuer: str | None = None
    addressee: str | None = None
    issued_on: date | None = None
    period: Period | None = None
    boilerplate: tuple[Span, ...] = ()


class Node(_Frozen):
    """A numbered or headed division of the document.

    ``id`` is the path of positions from the root (``"3.13"``); ``style`` the pattern of its label (``"一、"``,
    ``"1."``, ``"第N条"``; ``""`` for a heading without a label); ``label`` the label as printed; ``number`` its value,
    ``null`` where it has none; ``level`` its depth, 1 for top divisions; ``heading`` without the label and without its
    closing full stop, ``""`` for a plain paragraph. ``end`` is where its text ends, children included.
    """

    id: str
    style: str
    label: str
    number: int | None
    level: int
    heading: str
    start: int
    end: int
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """Yield this node and all nodes below it in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


class Quantity(Span):
    """An expression that counts or measures something.

    ``low`` and ``high`` are in ``unit`` with 万 and 亿 multiplied out, percentages as they read (``85%`` is 85); they
    differ only for ranges. ``unit`` is as printed without magnitude, ``""`` where there is none. ``bound`` tells how the
    value limits what is measured; ``approximate`` is true for 约, 左右, 多, 余 and the like, beside any bound.
    """

    kind: Kind
    low: PlainDecimal
    high: PlainDecimal
    unit: str
    bound: Bound
    approximate: bool


class Indicator(Span):
    """What a quantity measures (指标).

    ``text`` is the span; ``name`` names in full what is measured, with a head or verb that a series shares
    (改造城中村2448户、棚户区3062户 gives 改造棚户区). ``key`` is the canonical indicator where the lexicon knows one and the
    quantity can state it, the same for all its names (国内生产总值, 地区生产总值 and GDP are ``gdp``), for a level as for a
    change: it is what figures of several years and places are compared by. ``load_lexicon().indicator(key)`` tells its
    name, unit and direction.
    """

    name: str
    key: str | None = None


class Deadline(Span):
    """The time phrase by which something is due; ``due`` is its last day, ``null`` where the year is unknown."""

    due: date | None = None


class StatedPeriod(_Frozen):
    """The time that an ``actual`` speaks of, as worded, and as dates (both inclusive)."""

    text: str
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None


class Statement(_Frozen):
    """A quantity in context: what is measured, by how much, in which role, by when, and who answers for it.

    ``role``: ``target`` is what this document commits someone to in its planning period; ``actual`` a result or state;
    ``standard`` a parameter of a rule; ``other`` none of these. ``change`` is ``""`` for a level. ``baseline`` is what
    a change is measured against (比上年). ``confidence`` is the calibrated chance that role and indicators are right, ``null`` where a table gave
    them. ``responsible`` holds ids of
    responsibilities from the statement's own node or inherited from a node above.
    """

    id: str
    role: StatementRole
    node: str | None
    quantity: Quantity
    indicators: tuple[Indicator, ...] = ()
    action: Span | None = None
    change: Change = ""
    modality: Modality = "stated"
    baseline: Span | None = None
    deadline: Deadline | None = None
    period: StatedPeriod | None = None
    confidence: float | None = None
    responsible: tuple[str, ...] = ()
    sentence: Extent


class Entity(Span):
    """An organisation, post or class of bodies as printed; ``name`` is its full name with elided prefixes restored."""

    name: str


class Responsibility(_Frozen):
    """A body to which the text gives something to do.

    ``role``: ``lead`` 牵头, ``support`` 配合, ``responsible`` 负责, ``supervise`` 督导, ``directed`` made to act by
    指导/组织/鼓励. ``node`` is the smallest node that contains the mention; ``cue`` the words that gave the role.
    """

    id: str
    entity: Entity
    role: ResponsibilityRole
    node: str | None
    cue: Span | None = None


class Document(_Frozen):
    """Everything that was extracted from one text; ``model_dump_json`` gives the output contract."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    source: SourceInfo
    metadata: Metadata
    outline: tuple[Node, ...] = ()
    targets: tuple[Statement, ...] = ()
    facts: tuple[Statement, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def nodes(self) -> Iterator[Node]:
        """Yield every node of the outline in document order."""
        for top in self.outline:
            yield from top.walk()

    def statements(self) -> list[Statement]:
        """Return targets and facts together in document order."""
        return sorted((*self.targets, *self.facts), key=lambda s: (s.quantity.start, s.quantity.end))
