"""Automatic numbers of a Word file, which are printed but stand nowhere in its text.

A paragraph names a list and a level; the list names an abstract one that says for each level how its number is written
(``（%1）``, ``%1.%2``), where it starts and when it starts again. Lists of the same abstract one count on from each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from policyparse.reading.counters import numbered
from policyparse.reading.docx_parts import attribute, child, children, is_on, local, number
from policyparse.reading.docx_styles import NumberReference, Styles
from policyparse.reading.markup import Element

LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
# A bullet that is written as dashes is a label of its own (——); other bullets say nothing.
_DASHES = re.compile(r"[—–―－-]{1,3}$")
_DEEPEST = 8


@dataclass(slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"
    restart: int | None = None  # the level (from 1) that lets it start again; 0: none does
    legal: bool = False
    linked: str = ""  # the paragraph style that brings this level


@dataclass(slots=True)
class _List:
    """A list: its abstract one, levels that it changes, and where it starts anew."""

    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._style_links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in children(root, "abstractNum"):
            key = attribute(element, "abstractNumId")
            self._abstract[key] = _levels(element)
            link = child(element, "numStyleLink")
            if link is not None:
                self._style_links[key] = attribute(link, "val")
        for element in children(root, "num"):
            self._lists[attribute(element, "numId")] = _list(element)

    def label(self, direct: NumberReference, style: str) -> str:
        """Count a paragraph and return its number as printed, with the space behind it; ``""`` where it has none."""
        place = self._place(direct, style)
        if place is None:
            return ""
        key, depth = place
        definition = self._lists[key]
        abstract = self._resolved(definition.abstract)
        levels = {**self._abstract.get(abstract, {}), **definition.levels}
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._count(key, definition, abstract, levels, depth)
        return _printed(level, levels, counts)

    def _place(self, direct: NumberReference, style: str) -> tuple[str, int] | None:
        """Return list and level of a paragraph from its own properties and its style's."""
        styled = self._styles.number_reference(style)
        key = direct.list_id if direct.list_id is not None else styled.list_id
        if key is None or key == "0" or key not in self._lists:
            return None
        if direct.level is not None:
            return key, direct.level
        linked = self._linked_level(key, style)
        if linked is not None:
            return key, linked
        return key, (styled.level or 0) if direct.list_id is None else 0

    def _linked_level(self, key: str, style: str) -> int | None:
        """Return the level that the list gives to a style (``w:pStyle``)."""
        definition = self._lists[key]
        levels = {**self._abstract.get(self._resolved(definition.abstract), {}), **definition.levels}
        by_style = {level.linked: depth for depth, level in levels.items() if level.linked}
        return next((by_style[name] for name in self._styles.names(style) if name in by_style), None)

    def _resolved(self, abstract: str) -> str:
        """Follow links to numbering styles to the abstract list that has levels."""
        for _ in range(_DEEPEST):
            link = self._style_links.get(abstract)
            definition = self._lists.get(self._styles.list_of(link)) if link else None
            if definition is None or definition.abstract == abstract:
                break
            abstract = definition.abstract
        return abstract

    def _count(
        self, key: str, definition: _List, abstract: str, levels: dict[int, _Level], depth: int
    ) -> list[int | None]:
        counts = self._counts.setdefault(abstract, [None] * LEVELS)
        for above in range(depth + 1):
            if above in definition.starts and (key, above) not in self._begun:
                self._begun.add((key, above))
                counts[above] = definition.starts[above] - 1 if above == depth else definition.starts[above]
        now = counts[depth]
        counts[depth] = levels[depth].start if now is None else now + 1
        for below in range(depth + 1, LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or depth < restart <= below:
                counts[below] = None
        return counts


def _printed(level: _Level, levels: dict[int, _Level], counts: list[int | None]) -> str:
    if level.style == "bullet":
        return level.pattern if _DASHES.match(level.pattern) else ""

    def number_of(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        if depth not in levels or levels[depth].style == "none":
            return ""
        value = counts[depth]  # a level that no paragraph has had yet shows where it starts
        return numbered(
            levels[depth].start if value is None else value, "decimal" if level.legal else levels[depth].style
        )

    text = _PLACEHOLDER.sub(number_of, level.pattern).strip(" \t")
    if not text:
        return ""
    # 第一章 总则 and 1.1 目标 need the space; 一、总则 is written without.
    return text + (" " if level.suffix != "nothing" and text[-1].isalnum() else "")


def _list(element: Element) -> _List:
    found = _List(attribute(child(element, "abstractNumId"), "val"))
    for override in children(element, "lvlOverride"):
        depth = number(attribute(override, "ilvl"), 0, 0, LEVELS - 1)
        start, level = child(override, "startOverride"), child(override, "lvl")
        if level is not None:
            found.levels[depth] = _level(level)
        if start is not None:
            found.starts[depth] = number(attribute(start, "val"), 1)
    return found


def _levels(element: Element) -> dict[int, _Level]:
    return {number(attribute(level, "ilvl"), 0, 0, LEVELS - 1): _level(level) for level in children(element, "lvl")}


def _level(element: Element) -> _Level:
    level = _Level()
    for each in element:
        name, value = local(each), attribute(each, "val")
        if name == "start":
            level.start = number(value, 1)
        elif name == "numFmt":
            level.style = value
        elif name == "AlternateContent":  # a format of the user's own, with one for readers that do not know it
            fallback = child(child(each, "Fallback"), "numFmt")
            level.style = attribute(fallback, "val", "decimal")
        elif name == "lvlText":
            level.pattern = value
        elif name == "suff":
            level.suffix = value
        elif name == "lvlRestart":
            level.restart = number(value, 0, 0, LEVELS)
        elif name == "isLgl":
            level.legal = is_on(each)
        elif name == "pStyle":
            level.linked = value
    return level
