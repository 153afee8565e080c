"""What decided a statement or a responsibility: frozen types of an explanation."""

from __future__ import annotations

from policyparse.model import Responsibility, Span, Statement, _Frozen


class Meaning(_Frozen):
    """A name that the parser gives to something, and what it stands for in Chinese and in English."""

    name: str
    zh: str
    en: str


class Weighed(_Frozen):
    """A feature that took part in a decision, and its weight."""

    feature: str
    weight: float


class Evidence(_Frozen):
    """How something was read, and the words that said it."""

    how: Meaning
    words: tuple[Span, ...] = ()


class RatedCandidate(_Frozen):
    """A phrase that may be what a quantity measures, with its score and its share among all candidates.

    ``chosen`` is the one on which most of the likely candidates agree; its score need not be the highest.
    """

    name: str
    side: Meaning
    score: float
    share: float
    chosen: bool = False
    features: tuple[Weighed, ...] = ()


class StatementReasons(_Frozen):
    """Why a statement is what it is; ``candidates`` are the best few, none where a series gave the indicators."""

    statement: Statement
    rule: Meaning
    way: Meaning
    certainty: float
    candidates: tuple[RatedCandidate, ...] = ()
    bound: Evidence
    change: Evidence
    deadline: Evidence | None = None
    confidence: tuple[Weighed, ...] = ()


class ResponsibilityReasons(_Frozen):
    """Where a responsibility comes from; ``trigger``, ``score`` and ``features`` are those of the prose scorer.

    ``scope`` is the node that it holds for, ``null`` for the whole document; ``by_note`` tells that a note of the text
    (列首位的为牵头单位) gave the role.
    """

    responsibility: Responsibility
    origin: Meaning
    by_note: bool = False
    trigger: Meaning | None = None
    score: float | None = None
    features: tuple[Weighed, ...] = ()
    scope: str | None = None


class Explanation(_Frozen):
    """What stands at a place of a text, and what decided it: one of ``statement`` and ``responsibility``.

    ``kind`` is the kind of document and ``sign`` what told it, with the word that did where there is one. ``purpose`` is
    that of the region around ``at``, ``region`` the heading at which that region begins, ``headings`` those above the
    place from the outermost in.
    """

    at: int
    kind: Meaning
    sign: Meaning
    sign_word: str = ""
    purpose: Meaning
    region: str = ""
    headings: tuple[str, ...] = ()
    statement: StatementReasons | None = None
    responsibility: ResponsibilityReasons | None = None
