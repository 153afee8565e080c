"""What a page of a layout format (PDF, OFD) is made of: glyphs at their places, and ruled lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in points, from the page's upper left corner."""

FARTHEST = 1e5
"""Points that nothing on a page measures."""
_WIDE_GAP = 2.5
_THIN = 3.0
"""Points up to which a filled rectangle is a line."""
_SHORTEST = 4.0
_ASCENT, _DESCENT = 0.88, 0.12


class Glyph(NamedTuple):
    """A printed character: its horizontal extent, its base line and its size, in points from the upper left corner."""

    text: str
    left: float
    right: float
    base: float
    size: float


class Rule(NamedTuple):
    """A ruled line, level or upright: where it stands across (``at``), and from where to where it runs."""

    level: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class Sheet:
    """A page, turned so that its text runs from left to right.

    ``turns`` says how many quarter turns clockwise bring it from there to how the page is shown; ``width`` and ``height``
    are those of the turned page. ``pictures`` tells whether it shows pictures, ``broken`` whether it
    cannot be read.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: bool = False
    turns: int = 0
    broken: bool = False

    def shown(self, box: Box) -> Box:
        """Return ``box`` as it stands on the page as shown, rounded to a tenth of a point."""
        left, top, right, bottom = box
        width, height = self.width, self.height
        for _ in range(self.turns % 4):
            left, top, right, bottom = height - bottom, left, height - top, right
            width, height = height, width
        return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)


@dataclass(slots=True)
class Run:
    """Glyphs that follow each other on one base line, without a wide gap."""

    glyphs: list[Glyph]
    left: float
    right: float
    base: float
    size: float


@dataclass
class Line:
    """A printed line: its words, its box and its size.

    ``edges`` are the left and the right edge of the column that it stands in.
    """

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float
    edges: tuple[float, float] = (0.0, 0.0)
    column: tuple[int, ...] = ()
    framed: int = 0
    """Number of the frame on its page that the line stands in, 0 for none."""
    gapped: bool = False
    """Whether a wide gap parts it, as in a list of labels with their values."""
    opening: float = 0.0
    """Width of what the line begins with and what no line end may split."""

    @property
    def box(self) -> Box:
        """The box around the line."""
        return self.left, self.top, self.right, self.bottom

    @property
    def width(self) -> float:
        """The distance from its first character to its last."""
        return self.right - self.left

    @cached_property
    def bare(self) -> str:
        """The text without white space."""
        return "".join(self.text.split())


def strokes(figure: list[tuple[float, float]], *, stroked: bool) -> Iterator[Rule]:
    """Yield the ruled lines that a figure draws."""
    if len(figure) < 2 or not all(abs(x) < FARTHEST and abs(y) < FARTHEST for x, y in figure):
        return
    xs, ys = [x for x, _ in figure], [y for _, y in figure]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if bottom - top <= _THIN:
        if right - left >= _SHORTEST:
            yield Rule(True, (top + bottom) / 2, left, right)
        elif not stroked and bottom > top and right > left:
            yield Rule(False, (left + right) / 2, top, bottom)
    elif right - left <= _THIN:
        yield Rule(False, (left + right) / 2, top, bottom)
    elif stroked:
        for (x, y), (u, v) in pairwise(figure):
            if abs(y - v) < 0.5 <= abs(x - u):
                yield Rule(True, (y + v) / 2, min(x, u), max(x, u))
            elif abs(x - u) < 0.5 <= abs(y - v):
                yield Rule(False, (x + u) / 2, min(y, v), max(y, v))


def runs_of(glyphs: Iterable[Glyph]) -> list[Run]:
    """Return ``glyphs`` as runs, without those that are printed a second time in the same place (to look bold)."""
    runs: list[Run] = []
    seen: dict[tuple[str, int, int], Glyph] = {}
    run: Run | None = None
    for glyph in glyphs:
        if glyph.text.isspace():
            continue
        if _is_doubled(glyph, seen):
            continue
        if run and abs(glyph.base - run.base) < 0.2 * run.size and _follows(run, glyph):
            run.glyphs.append(glyph)
            run.right = max(run.right, glyph.right)
        else:
            run = Run([glyph], glyph.left, glyph.right, glyph.base, glyph.size)
            runs.append(run)
    return runs


def _follows(run: Run, glyph: Glyph) -> bool:
    return -0.5 * run.size < glyph.left - run.right < 0.9 * max(run.size, glyph.size)


def _is_doubled(glyph: Glyph, seen: dict[tuple[str, int, int], Glyph]) -> bool:
    """Tell whether the same character stands at nearly the same place already, and note it where it does not."""
    near = max(0.2 * glyph.size, 0.5)
    step = 2 * near
    column, row = int(glyph.left // step), int(glyph.base // step)
    for across in (column, column - 1, column + 1):
        for down in (row, row - 1, row + 1):
            other = seen.get((glyph.text, across, down))
            if other and abs(other.left - glyph.left) < near and abs(other.base - glyph.base) < near:
                return True
    seen[glyph.text, column, row] = glyph
    return False


def line_of(runs: list[Run], page: int) -> Line:
    """Return the runs of one printed line as a line: in order from the left, with spaces where there are gaps."""
    glyphs = sorted((glyph for run in runs for glyph in run.glyphs), key=lambda glyph: glyph.left)
    sizes: dict[float, int] = {}
    for glyph in glyphs:
        size = round(glyph.size, 1)
        sizes[size] = sizes.get(size, 0) + 1
    size = max(sizes, key=lambda each: (sizes[each], each))
    words = [glyphs[0].text]
    for before, glyph in pairwise(glyphs):
        words.append(_gap(before, glyph))
        words.append(glyph.text)
    base = max(glyph.base for glyph in glyphs if glyph.size > 0.7 * size)
    return Line(
        page=page,
        text="".join(words),
        left=glyphs[0].left,
        right=max(glyph.right for glyph in glyphs),
        top=min(glyph.base - _ASCENT * glyph.size for glyph in glyphs),
        bottom=max(glyph.base + _DESCENT * glyph.size for glyph in glyphs),
        base=base,
        size=size,
        gapped=any(b.left - a.right > _WIDE_GAP * size for a, b in pairwise(glyphs[1:])),
        opening=_opening(glyphs, size),
    )


def _gap(before: Glyph, after: Glyph) -> str:
    """Return the space that a reader sees between two glyphs."""
    size = max(before.size, after.size)
    gap = after.left - before.right
    if gap > 0.8 * size:
        return "\u3000"
    latin = before.text[-1].isascii() and after.text[0].isascii()
    if latin:
        digits = before.text[-1].isdigit() and after.text[0].isdigit()
        return " " if gap > (0.3 if digits else 0.18) * size else ""
    # Printers spread Chinese to fill the line, and set it off from figures by a quarter.
    return " " if gap > 0.55 * size and before.text[-1] not in "，。、；：）》”" else ""


_CLOSING = frozenset("，。、；：！？）》」』】〕〉”’％%…—.,;:!?)]}")
_OPENING = frozenset("（《「『【〔〈“‘([{")
_FARTHEST = 12


def _opening(glyphs: list[Glyph], size: float) -> float:
    """Return the width of what no line end may split at the head of a line: a word, a character with its sign."""
    end = 0
    while end < min(len(glyphs), _FARTHEST):
        glyph = glyphs[end]
        end += 1
        if end == len(glyphs):
            break
        after = glyphs[end]
        if glyph.text in _OPENING or after.text in _CLOSING:
            continue
        if glyph.text.isascii() and after.text.isascii() and glyph.text.isalnum() and after.text.isalnum():
            continue
        break
    return max(glyphs[max(end, 1) - 1].right - glyphs[0].left, 0.5 * size)
