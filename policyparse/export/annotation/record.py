"""What stands between the gold format and the annotation tools: a text with labelled regions and relations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, get_args

from policyparse.model import Bound, Change, Kind, ResponsibilityRole, StatementRole

Layer: TypeAlias = Literal["node", "quantity", "body", "indicator", "deadline", "boilerplate"]
Fields: TypeAlias = dict[str, Any]

ROLES: tuple[str, ...] = get_args(StatementRole)
BODY_ROLES: tuple[str, ...] = get_args(ResponsibilityRole)
LAYERS: dict[str, Layer] = {
    "node": "node",
    **dict.fromkeys(ROLES, "quantity"),
    **dict.fromkeys(BODY_ROLES, "body"),
    "indicator": "indicator",
    "deadline": "deadline",
    "boilerplate": "boilerplate",
}
"""Label to layer: what a tool shows for a region tells what kind of thing it is."""
MEANINGS: dict[str, str] = {
    "node": "标题",
    "target": "目标",
    "actual": "实绩",
    "standard": "规则参数",
    "other": "其他数量",
    "lead": "牵头",
    "support": "配合",
    "responsible": "负责",
    "supervise": "督导",
    "directed": "被引导",
    "indicator": "指标",
    "deadline": "时限",
    "boilerplate": "网页附加",
}
COLOURS: dict[str, str] = {
    "node": "#c9d7e8",
    "target": "#ffb3a7",
    "actual": "#b7dfb0",
    "standard": "#ffe08a",
    "other": "#d9d9d9",
    "lead": "#d7b8f3",
    "support": "#b9c2f7",
    "responsible": "#e3c6f0",
    "supervise": "#c0b0dd",
    "directed": "#a9d6e5",
    "indicator": "#a5e3d8",
    "deadline": "#f3cfe0",
    "boilerplate": "#ececec",
}

CHOICES: dict[Layer, dict[str, tuple[str, ...]]] = {
    "quantity": {"kind": get_args(Kind), "bound": get_args(Bound), "change": tuple(filter(None, get_args(Change)))},
    "node": {"level": tuple("123456789")},
}
"""Fields with a closed list of values; ``change`` is left out for a level (no change)."""
FLAGS: dict[Layer, tuple[str, ...]] = {"quantity": ("deadline_inherited",)}
WORDS: dict[Layer, tuple[str, ...]] = {
    "quantity": ("low", "high", "unit", "indicator", "deadline"),
    "node": ("label", "heading"),
}
"""Fields that hold words; ``indicator`` holds a list of them."""
MEASURES, DUE = "measures", "due"
RELATIONS: dict[str, tuple[Layer, Layer]] = {MEASURES: ("quantity", "indicator"), DUE: ("quantity", "deadline")}
LINKED = "*"
"""Stands in the list ``indicator`` for an indicator that is a region of its own."""
MALFORMED = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError)
"""What reading data of another shape than expected may raise."""


@dataclass(slots=True)
class Region:
    """A stretch of the text with a label.

    ``fields`` holds the values of ``CHOICES``, ``FLAGS`` and ``WORDS`` that it has. ``text`` is the text that the words
    were given for, ``""`` where that is not known: a region that was moved since has another one.
    """

    start: int
    end: int
    label: str
    fields: Fields = field(default_factory=dict)
    text: str = ""

    @property
    def layer(self) -> Layer:
        """What kind of thing it is."""
        return LAYERS[self.label]


@dataclass(slots=True)
class Relation:
    """A relation between two regions, by their places in ``Record.regions``."""

    kind: str
    source: int
    target: int


@dataclass(slots=True)
class Record:
    """A text with its regions and relations, and what belongs to the document as a whole.

    ``about`` holds the fields of the gold file that are no lists of regions (``doc``, ``sha256``, ``windows``, ``metadata``),
    and ``encoding`` where the text file is not in UTF-8.
    """

    name: str
    text: str
    regions: list[Region] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    about: Fields = field(default_factory=dict)


def needs_text(region: Region, text: str) -> bool:
    """Tell whether a tool has to keep the text of ``region``, so that one can see later whether it was moved."""
    span = text[region.start : region.end]
    return region.layer == "quantity" or "heading" in region.fields or span != span.strip()
