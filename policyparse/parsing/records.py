"""What stages hand to each other: plain records with offsets into the reading text.

They are slotted dataclasses because thousands are made for one document; ``assembly`` turns them into the public types.
All offsets count characters of ``Text.folded`` (equally of ``Text.clean``), not of the source.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from policyparse.model import Bound, Change, Kind, Modality, ResponsibilityRole, StatementRole


@dataclass(slots=True)
class Finding:
    """Something odd: becomes a public ``Diagnostic``."""

    code: str
    message: str
    start: int
    end: int


@dataclass(slots=True)
class Section:
    """A node of the outline while it is being built.

    ``parent`` is the index of the section above in the list of all sections, -1 for a top division. ``body`` is where
    the text after label and heading begins; ``end`` where the section ends, children included. ``inline`` tells an
    enumerator inside a running paragraph (一是…；二是…) from one that opens a line.
    """

    start: int
    label: str
    style: str
    number: int | None
    level: int
    heading: str
    heading_start: int
    heading_end: int
    body: int
    end: int = 0
    parent: int = -1
    id: str = ""
    inline: bool = False


@dataclass(slots=True)
class Outline:
    """All sections in document order, and the paragraphs (start, end) of the reading text, one a logical line."""

    sections: list[Section] = field(default_factory=list)
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _innermost: list[int] = field(default_factory=list)

    def close(self) -> None:
        """Prepare ``at``: list the offsets at which the innermost section changes."""
        changes: list[tuple[int, int]] = [(0, -1)]
        stack: list[int] = []
        for index, section in enumerate(self.sections):
            while stack and self.sections[stack[-1]].end <= section.start:
                end = self.sections[stack.pop()].end
                changes.append((end, stack[-1] if stack else -1))
            stack.append(index)
            changes.append((section.start, index))
        while stack:
            end = self.sections[stack.pop()].end
            changes.append((end, stack[-1] if stack else -1))
        self._starts = [offset for offset, _ in changes]
        self._innermost = [index for _, index in changes]

    def at(self, offset: int) -> int:
        """Return the index of the smallest section that contains ``offset``, -1 before the first."""
        if not self._starts:
            return -1
        return self._innermost[bisect_right(self._starts, offset) - 1]

    def path(self, index: int) -> list[Section]:
        """Return the section and those above it, innermost first."""
        found = []
        while index >= 0:
            found.append(self.sections[index])
            index = self.sections[index].parent
        return found


@dataclass(slots=True)
class Region:
    """A stretch of the document with one purpose.

    ``purpose``: ``front`` (before the body: title, salutation, preamble), ``review`` (what was done), ``plan`` (what
    will be done), ``results`` (an annex that reports completion), ``assigned`` (a task that it quotes as it had been
    set), ``rules`` (what holds for whom), ``glossary`` (explanation of terms), ``closing`` (signature, copies to).
    """

    start: int
    end: int
    purpose: str


@dataclass(slots=True)
class Setting:
    """Kind of document and its regions: what roles and responsibilities hang on.

    ``kind``: ``report`` (政府工作报告 and other reports to an assembly), ``plan`` (规划, 工作要点, 方案, 意见, 行动计划),
    ``measures`` (若干措施, 政策, 奖补办法), ``law`` (法, 条例, 办法, 规定 in articles). ``regions`` are in order, without
    gap or overlap, from 0 to the end of the text. ``sign`` names what told the kind, ``sign_word`` the word that did.
    """

    kind: str
    regions: list[Region] = field(default_factory=list)
    sign: str = "none"
    sign_word: str = ""

    def purpose_at(self, offset: int) -> str:
        """Return the purpose of the region that contains ``offset``."""
        if not self.regions:
            return "plan"
        index = bisect_right([r.start for r in self.regions], offset) - 1
        return self.regions[max(index, 0)].purpose


@dataclass(slots=True)
class TimePhrase:
    """A time expression: ``年内``, ``到2025年``, ``6月底前``, ``去年``, ``过去五年``, ``比上年``, ``十二五期间``.

    ``sort``: ``deadline`` (by or within which), ``past`` (a time that is over), ``baseline`` (what a change is measured
    against), ``span`` (any other). ``first`` and ``last`` are its first and last day, None where the year is unknown.
    """

    start: int
    end: int
    sort: str
    first: date | None = None
    last: date | None = None


@dataclass(slots=True)
class Measure:
    """A quantity. ``reach_start`` and ``reach_end`` delimit it together with its words of bound (不低于…, …以上)."""

    start: int
    end: int
    kind: Kind
    low: Decimal
    high: Decimal
    unit: str
    bound: Bound
    approximate: bool
    reach_start: int
    reach_end: int


@dataclass(slots=True)
class Named:
    """An indicator: its span and its full name (``""``: the text of the span)."""

    start: int
    end: int
    name: str = ""
    key: str | None = None


@dataclass(slots=True)
class Choice:
    """What a measure was found to measure.

    ``way`` tells how: ``series`` (the structure of an enumeration gave it), ``ranked`` (the best of several candidates),
    ``none`` (there was no candidate). ``certainty`` is the share that the chosen candidate, with those that say nearly the
    same, has in the softmax over the scores of all.
    """

    named: list[Named]
    way: str = "none"
    certainty: float = 0.0


@dataclass(slots=True)
class Claim:
    """A statement while it is being built: a measure in context. ``rule`` is the name of the rule that gave its role."""

    measure: Measure
    role: StatementRole = "other"
    rule: str = ""
    indicators: list[Named] = field(default_factory=list)
    action: tuple[int, int] | None = None
    change: Change = ""
    modality: Modality = "stated"
    baseline: tuple[int, int] | None = None
    deadline: TimePhrase | None = None
    period: TimePhrase | None = None
    confidence: float | None = None
    sentence: tuple[int, int] = (0, 0)


BY_ROW = -2


@dataclass(slots=True)
class Duty:
    """A responsibility: the entity's span and full name (``""``: its text), its role and the words that gave it.

    ``scope`` is the index of the section for which it holds (-1: the whole document; ``BY_ROW``: the stretches ``rows``,
    rows of a table).
    """

    start: int
    end: int
    role: ResponsibilityRole
    name: str = ""
    cue: tuple[int, int] | None = None
    scope: int = -1
    rows: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Front:
    """Metadata while it is being read: spans where the text has them, values where they are computed.

    ``first_year`` and ``last_year`` are the planning period; ``year`` is the year that 今年, 年内, 去年 count from.
    """

    title: str | None = None
    doc_number: str | None = None
    issuer: str | None = None
    addressee: str | None = None
    issued_on: date | None = None
    first_year: int | None = None
    last_year: int | None = None
    year: int | None = None
    evidence: list[tuple[int, int]] = field(default_factory=list)
    inferred: bool = False
    boilerplate: list[tuple[int, int]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
