"""What a comparison of documents says: frozen types, as in ``model``.

A ``Comparison`` holds what was compared, the series of figures by issuer and indicator, the tasks of neighbouring years
beside each other, the issuers of a year beside each other, and how indicators without a key were grouped. Each figure
carries its document, its sentence and its offset there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from policyparse.model import Bound, Change, Extent, Kind, Modality, PlainDecimal, _Frozen

Form = Literal["level", "rate", "points", "amount", "multiple"]
"""``rate`` a growth or decline in percent, ``points`` one in percentage points, ``amount`` one in the unit itself."""

Movement = Literal["raised", "lowered", "unchanged", "new", "dropped", "reworded"]
Verdict = Literal["met", "missed", "tolerance", "not_reported", "unclear"]
State = Literal["stated", "absent", "no_document"]
Alignment = Literal["kept", "reworded", "new", "dropped"]
Direction = Literal["up", "down", "none"]


class ComparedDocument(_Frozen):
    """A document that takes part; ``id`` is its key in a store."""

    id: str
    path: str
    issuer: str
    region: str | None = None
    year: int
    title: str | None = None


class Figure(Extent):
    """A statement's value, as worded and as numbers, and where it stands.

    ``low`` and ``high`` are as worded: ``change`` tells whether they are a decline. ``sentence`` is empty where the text
    of the document was not at hand; ``position`` is where the quantity begins in it. ``document`` is the ``id`` of a compared document.
    """

    document: str
    statement: str
    text: str
    indicator: str
    low: PlainDecimal
    high: PlainDecimal
    unit: str
    kind: Kind
    bound: Bound
    approximate: bool = False
    change: Change = ""
    modality: Modality = "stated"
    sentence: str = ""
    position: int = 0

    @property
    def signed(self) -> tuple[PlainDecimal, PlainDecimal]:
        """Low and high with a decline as negative numbers."""
        return (-self.high, -self.low) if self.change == "decrease" else (self.low, self.high)


class Cell(_Frozen):
    """What one document says about an indicator for its year, and what the next one says was reached.

    ``state`` is ``absent`` where there is a document of the year without such a target, ``no_document`` where there is
    none. ``movement`` compares the target with that of ``against``, the issuer's document before. ``rule`` names the rule
    of ``docs/compare.md`` that gave the verdict; ``reason`` says why there is no result.
    """

    year: int
    state: State
    target: Figure | None = None
    movement: Movement | None = None
    against: int | None = None
    result: Figure | None = None
    verdict: Verdict | None = None
    rule: str | None = None
    reason: str | None = None


class Series(_Frozen):
    """One indicator of one issuer over the years, in one form.

    ``key`` is the canonical indicator, ``group`` the group of names where there is none. ``names`` are the names that the
    documents use.
    """

    issuer: str
    key: str | None = None
    group: str | None = None
    name: str
    category: str = ""
    form: Form
    unit: str
    direction: Direction = "none"
    names: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()

    @property
    def stated(self) -> int:
        """The number of years with a target."""
        return sum(1 for cell in self.cells if cell.target)

    def cell(self, year: int) -> Cell | None:
        """Return the cell of ``year``, ``None`` outside the series."""
        return next((cell for cell in self.cells if cell.year == year), None)


class Task(Extent):
    """A task of a document: the smallest division or paragraph that gives something to do."""

    document: str
    node: str
    section: str = ""
    heading: str
    text: str
    lead: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class TaskPair(_Frozen):
    """A task beside the one of the year before that it goes on; one of the two is ``None`` where there is none.

    ``score`` is the likeness from 0 to 100; ``lead_changed`` tells that both name bodies and other ones.
    """

    issuer: str
    before_year: int
    year: int
    alignment: Alignment
    score: float | None = None
    lead_changed: bool = False
    before: Task | None = None
    after: Task | None = None


class Ranked(_Frozen):
    """An issuer in one year: its target and result, and its rank by each, 1 for the best; equal values share a rank."""

    issuer: str
    target: Figure | None = None
    target_rank: int | None = None
    result: Figure | None = None
    result_rank: int | None = None
    verdict: Verdict | None = None


class Ranking(_Frozen):
    """The issuers of one year by one indicator."""

    year: int
    key: str | None = None
    group: str | None = None
    name: str
    form: Form
    unit: str
    direction: Direction = "none"
    rows: tuple[Ranked, ...] = ()


class Group(_Frozen):
    """Names of indicators without a key that are taken as one, because they are alike or because a file says so."""

    id: str
    name: str
    members: tuple[str, ...]
    kind: Kind
    unit: str
    change: Change
    given: bool = False


class Comparison(_Frozen):
    """The outcome of ``compare``; ``notes`` are sentences about what could not take part and why."""

    schema_version: Literal["1.0"] = "1.0"
    documents: tuple[ComparedDocument, ...] = ()
    series: tuple[Series, ...] = ()
    tasks: tuple[TaskPair, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    groups: tuple[Group, ...] = ()
    tolerance: PlainDecimal
    notes: tuple[str, ...] = ()

    @property
    def issuers(self) -> tuple[str, ...]:
        """The issuers, in the order of their names."""
        return tuple(sorted({document.issuer for document in self.documents}))

    def document(self, key: str) -> ComparedDocument:
        """Return the document with this ``id``. Raises ``KeyError`` where there is none."""
        for document in self.documents:
            if document.id == key:
                return document
        raise KeyError(key)

    def find(self, key: str, form: Form | None = None, issuer: str | None = None) -> Series | None:
        """Return the series of the canonical indicator or group ``key``; of several forms the one with most targets.

        ``issuer`` may be given in part (北京); without it the first issuer's.
        """
        found = [
            one
            for one in self.series
            if key in (one.key, one.group) and form in (None, one.form) and (issuer is None or issuer in one.issuer)
        ]
        return max(found, key=lambda one: one.stated, default=None)

    def deliveries(self) -> Iterator[tuple[Series, Cell]]:
        """Yield each target with its series."""
        for one in self.series:
            for cell in one.cells:
                if cell.target:
                    yield one, cell
