"""What counts as right: counts of hits and misses, and when two phrases or numbers agree."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

_PUNCTUATION = re.compile(r"[\s。.:：;；,，、“”\"'（）()]+")
_ALIKE = 0.5
"""Share of character bigrams from which two phrases name the same thing."""


@dataclass(slots=True)
class Layer:
    """Found things against annotated ones, summed over documents."""

    right: int = 0
    false: int = 0
    missed: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, right: int, found: int, wanted: int) -> None:
        """Add ``right`` of ``found`` things, where ``wanted`` were annotated."""
        self.right += right
        self.false += found - right
        self.missed += wanted - right

    @property
    def precision(self) -> float:
        """Share of the found things that are right."""
        return self.right / (self.right + self.false) if self.right + self.false else 0.0

    @property
    def recall(self) -> float:
        """Share of the annotated things that were found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Accuracy:
    """A field that is right or wrong on each of the things it is asked of."""

    right: int = 0
    of: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, ok: bool, error: str) -> None:
        """Count one answer; ``error`` describes it where it is wrong."""
        self.of += 1
        self.right += ok
        if not ok:
            self.errors.append(error)

    @property
    def share(self) -> float:
        """Share of right answers, 0 where nothing was asked."""
        return self.right / self.of if self.of else 0.0


def bare(text: str | None) -> str:
    """Return ``text`` without white space and punctuation, in which annotators differ."""
    return _PUNCTUATION.sub("", text or "")


def overlap(one: str | None, other: str | None) -> float:
    """Return how alike two short phrases are: F1 of their character bigrams, punctuation apart."""
    left, right = bare(one), bare(other)
    if not left or not right:
        return float(left == right)
    mine, theirs = _bigrams(left), _bigrams(right)
    return 2 * (mine & theirs).total() / (mine.total() + theirs.total())


def alike(one: str | None, other: str | None) -> bool:
    """Tell whether two short phrases share half of their character bigrams."""
    return overlap(one, other) >= _ALIKE


def close(one: Decimal, other: Decimal) -> bool:
    """Tell whether two values agree to a thousandth, or to half of one where they are small (三分之二 is 0.6667)."""
    return abs(one - other) <= max(Decimal("0.001") * max(abs(one), abs(other)), Decimal("0.0005"))


def _bigrams(text: str) -> Counter[str]:
    return Counter([text[i : i + 2] for i in range(len(text) - 1)] or [text])
