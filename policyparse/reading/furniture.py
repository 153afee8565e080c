"""What a page repeats for the sake of leafing: page numbers, and heads and feet that run through the document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from policyparse.reading.printed import Line

_ZONE = 0.14
"""Share of the page's height at its top and at its foot in which such lines stand."""
_OUTERMOST = 3
"""Lines at either end of a page that are looked at."""
_PAGES = 3
"""Pages on which a line stands that runs through, where it is not on all of them."""
_STEP = 6.0
"""Points within which a line stands at the same height on each page."""
_NUMBER = re.compile(r"\d{1,4}")
_ROMAN = re.compile(r"[-—–－·~]{0,2}[ivxlcIVXLCⅠ-Ⅻⅰ-ⅻ]{1,6}[-—–－·~]{0,2}$")
# — 1 —, - 1 -, ·1·, 第1页, 第1页共5页, 1/5
_PAGE_NUMBER = re.compile(
    r"(?:[-—–－·~]{1,3}\d{1,4}[-—–－·~]{1,3}|第\d{1,4}页[,，/]?(?:共\d{1,4}页)?|\(?第?\d{1,4}页?/共?\d{1,4}页?\)?)$"
)
_BARE = re.compile(r"\d{1,3}$")


def without_furniture(pages: list[list[Line]], heights: list[float]) -> list[list[Line]]:
    """Return the lines of each page without those that the document does not say but its pages repeat."""
    unwanted = {id(line) for lines in _repeated(pages, heights) for line in lines}
    for _ in range(2):  # a head above the page number, or a number above the foot
        for lines, height in zip(pages, heights, strict=True):
            for line in _outer(lines, height, unwanted, 1):
                if _PAGE_NUMBER.match(line.bare) or (_ROMAN.match(line.bare) and _is_apart(line, lines)):
                    unwanted.add(id(line))
    if len(pages) == 1:
        for line in _outer(pages[0], heights[0], unwanted, 1):
            if _BARE.match(line.bare) and _is_apart(line, pages[0]):
                unwanted.add(id(line))
    return [[line for line in lines if id(line) not in unwanted] for lines in pages]


def _repeated(pages: list[list[Line]], heights: list[float]) -> Iterator[list[Line]]:
    """Yield lines that stand at one height of several pages with the same words, or with a number that goes up."""
    same: dict[tuple[str, int], list[Line]] = defaultdict(list)
    counted: dict[tuple[str, int, int], list[Line]] = defaultdict(list)
    for index, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for line in _outer(lines, height, set(), _OUTERMOST):
            for at in _heights(line):
                same[line.bare, at].append(line)
                for number in _NUMBER.finditer(line.bare):
                    words = f"{line.bare[: number.start()]}#{line.bare[number.end() :]}"
                    counted[words, at, int(number[0]) - index].append(line)
    for found in (*same.values(), *counted.values()):
        on = len({line.page for line in found})
        if on >= _PAGES or (on == 2 == len(pages)):
            yield found


def _heights(line: Line) -> tuple[int, int]:
    """Return the height in steps, rounded both ways, so that small differences share a step."""
    step = int(line.base // _STEP)
    return (step, step + 1) if line.base % _STEP > _STEP / 2 else (step, step - 1)


def _outer(lines: list[Line], height: float, without: set[int], most: int) -> list[Line]:
    """Return the outermost lines of a page at its top and at its foot."""
    left = sorted((line for line in lines if id(line) not in without), key=lambda line: line.base)
    zone = _ZONE * height
    top = [line for line in left[:most] if line.bottom < zone]
    foot = [line for line in left[-most:] if line.top > height - zone]
    return top + [line for line in foot if line not in top]


def _is_apart(line: Line, lines: list[Line]) -> bool:
    """Tell whether a line keeps its distance from all others."""
    return all(other is line or abs(other.base - line.base) > 1.8 * line.size for other in lines)
