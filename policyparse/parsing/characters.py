"""Folding: one spelling for each character, so that every later pattern is written once.

The folded text has exactly as many code points as the original, so offsets are the same in both. Patterns look at the
folded text; whatever is printed is cut from the original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

# Full-width letters, digits and signs become ASCII (U+FF01..U+FF5E stand 0xFEE0 above their ASCII twins).
_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_ALIKE = {
    "\u3000": " ",  # ideographic space
    "\u00a0": " ",  # no-break space
    "\u2002": " ",
    "\u2003": " ",
    "\u2009": " ",
    "\u200b": " ",  # zero-width space
    "\ufeff": " ",
    "\t": " ",
    "\uff5e": "~",
    "\u301c": "~",  # wave dash
    "\u223c": "~",  # tilde operator
    "\u2013": "-",  # en dash
    "\u2212": "-",  # minus
    "\u2010": "-",
    "\u2011": "-",
    "\u2015": "—",  # horizontal bar
    "\u2500": "—",  # box drawing, used as a dash
    "\ufe63": "-",
    "\u2236": ":",  # ratio
    "\ufe30": ":",
    "\ufe50": ",",
    "\u3007": "〇",
    "\u25cb": "〇",  # white circle, typed for 〇
    "\u25ef": "〇",
    "\u2030": "‰",
    "\uff61": "。",
    "\uff64": "、",
    "\ufe52": ".",
    "\u2024": ".",
    "\u3014": "〔",
}
_FOLDS = {k: v for k, v in {**_WIDE, **_ALIKE}.items() if k != v}
_FOLDABLE = re.compile("[" + "".join(map(re.escape, _FOLDS)) + "]")

# Figures or letters typed for the 〇 of a year in characters: 二00一年, 二OO一年, 一九九0年.
_MIXED_SIGNS = ("二0", "二O", "二o", "九0年", "九O年", "八0年", "八O年", "二〇0", "二零0")
_MIXED_YEAR = re.compile("[一二][九八〇零0Oo][〇零0Oo一二三四五六七八九]{2}(?= ?年)")
_ROUND = re.compile("[0Oo]")


def fold(text: str) -> str:
    """Return ``text`` with look-alike characters made equal, of the same length.

    Full-width letters, digits and signs become ASCII (so ``，；：（）％．`` read ``,;:()%.``), the many dashes, tildes and
    spaces become one each; ``、。“”《》〔〕【】—`` stay. Traditional characters become simplified ones where the text
    is written in them.
    """
    for character in set(_FOLDABLE.findall(text)):
        text = text.replace(character, _FOLDS[character])
    if any(sign in text for sign in _MIXED_SIGNS):
        text = _MIXED_YEAR.sub(lambda year: _ROUND.sub("〇", year[0]), text)
    return simplify(text)


# Traditional forms that are frequent in official documents and are never written in simplified text.
_TRADITIONAL = re.compile("[國會學發實業進條應與為關於產設機縣區點議員護務處標準]")
_ENOUGH_TRADITIONAL = 20


def simplify(text: str) -> str:
    """Return ``text`` with traditional characters simplified one by one, where it is written in them."""
    sample = _TRADITIONAL.findall(text, 0, 20_000)
    if len(sample) < _ENOUGH_TRADITIONAL and len(sample) * 50 < min(len(text), 20_000):
        return text
    from opencc import OpenCC  # loads its dictionaries, so only for texts that need it

    convert = OpenCC("t2s").convert
    pairs = {c: convert(c) for c in set(text) if c > "\u2e7f"}
    table = {ord(c): s for c, s in pairs.items() if s != c and len(s) == 1}
    return text.translate(table)


@dataclass(slots=True)
class Text:
    """The reading text: the source without markup and without soft line breaks, and the way back to the source.

    ``clean`` has the source's own characters, ``folded`` the same characters folded; both have the same length, and
    every stage counts in them. ``to_source`` maps an offset of them to an offset of the source.
    """

    source: str
    clean: str
    folded: str
    _offsets: list[int]
    _shifts: list[int]

    def to_source(self, offset: int) -> int:
        """Return where the character at ``offset`` of the reading text stands in the source."""
        return offset + self._shifts[bisect_right(self._offsets, offset) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a stretch of the reading text to the source, without markup at its edges."""
        first = self.to_source(start)
        return first, (self.to_source(end - 1) + 1 if end > start else first)

    def from_source(self, offset: int) -> int:
        """Return the offset in the reading text of source offset ``offset`` (of the next kept character, if removed)."""
        index = bisect_right([o + s for o, s in zip(self._offsets, self._shifts, strict=True)], offset) - 1
        here = offset - self._shifts[index]
        following = self._offsets[index + 1] if index + 1 < len(self._offsets) else len(self.clean)
        return min(here, following)

    def from_source_all(self, offsets: Sequence[int]) -> list[int]:
        """Return what ``from_source`` returns for each of ``offsets``, which are in order."""
        found, index, last = [], 0, len(self._offsets) - 1
        for offset in offsets:
            while index < last and self._offsets[index + 1] + self._shifts[index + 1] <= offset:
                index += 1
            following = self._offsets[index + 1] if index < last else len(self.clean)
            found.append(min(offset - self._shifts[index], following))
        return found

    def parted(self, gaps: Sequence[tuple[int, int]]) -> Text:
        """Return the reading text with line ends in ``folded`` where it has ``gaps`` (in order, not overlapping)."""
        pieces, position = [], 0
        for start, end in gaps:
            if end > start:
                pieces += [self.folded[position:start], "\n" * (end - start)]
                position = end
        folded = "".join((*pieces, self.folded[position:])) if pieces else self.folded
        return Text(self.source, self.clean, folded, self._offsets, self._shifts)

    def without(self, removed: Sequence[tuple[int, int]]) -> Text:
        """Return the reading text without the given stretches of it (in order, not overlapping)."""
        if not removed:
            return self
        clean, folded, offsets, shifts = [], [], [0], [0]
        kept = position = 0
        for start, end in (*removed, (len(self.clean), len(self.clean))):
            start, end = max(start, position), max(end, position)
            cursor = position
            while cursor < start:  # a kept stretch may cross earlier removals
                index = bisect_right(self._offsets, cursor) - 1
                following = self._offsets[index + 1] if index + 1 < len(self._offsets) else len(self.clean)
                stop = min(start, following)
                offsets.append(kept + cursor - position)
                shifts.append(cursor + self._shifts[index] - offsets[-1])
                cursor = stop
            clean.append(self.clean[position:start])
            folded.append(self.folded[position:start])
            kept += start - position
            position = end
        return Text(self.source, "".join(clean), "".join(folded), offsets, shifts)


def reading_text(source: str, markup: Sequence[tuple[int, int]] = ()) -> Text:
    """Return the reading text of ``source`` without the stretches that are markup."""
    return Text(source, source, fold(source), [0], [0]).without(markup)
