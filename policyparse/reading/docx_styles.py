"""Styles of a Word file: which mark headings, and which bring a number with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from policyparse.reading.docx_parts import attribute, child, children, number
from policyparse.reading.markup import Element

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])$", re.IGNORECASE)
_BODY_LEVEL = 9
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class NumberReference:
    """Which list a paragraph belongs to, and at which level; ``None`` where it is not said."""

    list_id: str | None = None
    level: int | None = None


def number_reference(properties: Element | None) -> NumberReference:
    """Return what a paragraph's or a style's properties say about its list."""
    found = child(properties, "numPr")
    list_id, level = child(found, "numId"), child(found, "ilvl")
    return NumberReference(
        attribute(list_id, "val") if list_id is not None else None,
        number(attribute(level, "val"), 0, 0, 8) if level is not None else None,
    )


def outline_level(properties: Element | None) -> int | None:
    """Return the outline level that properties give, 0 for body text, ``None`` where they give none."""
    level = child(properties, "outlineLvl")
    if level is None:
        return None
    value = number(attribute(level, "val"), _BODY_LEVEL, 0, _BODY_LEVEL)
    return 0 if value == _BODY_LEVEL else value + 1


class Styles:
    """The paragraph styles, each with what it takes from those that it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self.default = ""
        for style in children(root, "style"):
            key = attribute(style, "styleId")
            self._styles[key] = style
            kind = attribute(style, "type")
            if kind == "paragraph" and attribute(style, "default") in ("1", "true", "on"):
                self.default = key

    def heading_level(self, key: str) -> int:
        """Return the level of the heading that style ``key`` marks, 0 where it marks none."""
        return self._headings.get(key or self.default, 0)

    def number_reference(self, key: str) -> NumberReference:
        """Return the list of style ``key`` or of the nearest style that it is based on; its level where it says one."""
        list_id: str | None = None
        level: int | None = None
        for style in self._chain(key or self.default):
            found = number_reference(child(style, "pPr"))
            level = found.level if level is None else level
            if found.list_id is not None:
                list_id = found.list_id
                break
        return NumberReference(list_id, level)

    def names(self, key: str) -> list[str]:
        """Return the id of a style and of those that it is based on."""
        return [attribute(style, "styleId") for style in self._chain(key or self.default)]

    def list_of(self, key: str) -> str:
        """Return the list that a numbering style stands for."""
        style = self._styles.get(key)
        return (number_reference(child(style, "pPr")).list_id or "") if style is not None else ""

    @cached_property
    def _headings(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for key in self._styles:
            for style in self._chain(key):
                level = outline_level(child(style, "pPr"))
                name = _HEADING.match(attribute(child(style, "name"), "val"))
                if level is None and name:
                    level = int(name[1])
                if level is not None:
                    found[key] = level
                    break
        return found

    def _chain(self, key: str) -> list[Element]:
        chain: list[Element] = []
        seen: set[str] = set()
        while key in self._styles and key not in seen and len(chain) < _DEEPEST:
            seen.add(key)
            style = self._styles[key]
            chain.append(style)
            key = attribute(child(style, "basedOn"), "val")
        return chain
