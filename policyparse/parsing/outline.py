"""The outline: numbered and headed divisions, from a stack of numbering styles."""

from __future__ import annotations

from collections.abc import Sequence

from policyparse.lexicon import Lexicon
from policyparse.parsing.characters import Text
from policyparse.parsing.records import Outline


class OutlineFinder:
    """Finds the divisions of a document."""

    def __init__(self, lexicon: Lexicon) -> None:
        pass

    def find(self, text: Text, marked: Sequence[tuple[int, int, int]] = ()) -> Outline:
        """Return the outline of ``text``; ``marked`` are headings (start, end, level) that the format marks."""
        outline = Outline()
        outline.close()
        return outline
