"""Stretches of a text, as pairs of start and end, until they become public extents."""

from __future__ import annotations

from collections.abc import Iterable

from policyparse.model import Extent

Stretch = tuple[int, int]


def apart(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches in order; of those that overlap the first, and of those that begin together the longest."""
    kept: list[Stretch] = []
    reached = 0
    for start, end in sorted(stretches, key=lambda s: (s[0], -s[1])):
        if start >= reached and end > start:
            kept.append((start, end))
            reached = end
    return kept


def extents(stretches: Iterable[Stretch]) -> tuple[Extent, ...]:
    """Return the stretches as the public type."""
    return tuple(Extent(start=start, end=end) for start, end in stretches)
