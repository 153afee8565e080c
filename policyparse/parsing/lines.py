"""Soft line breaks: line ends inside a sentence, which are not the author's."""

from __future__ import annotations


def soft_breaks(folded: str) -> list[tuple[int, int]]:
    """Return the stretches (line end, and white space around it) that break a sentence in two."""
    return []
