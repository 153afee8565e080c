"""In which form a statement gives an indicator: its level, a rate of change, a change in points or in the unit itself."""

from __future__ import annotations

import re

from policyparse.comparison import Form
from policyparse.corpus.compare.documents import Stated
from policyparse.lexicon import Lexicon
from policyparse.lexicon.canonical import CanonicalIndicator

_POINTS = ("个百分点", "百分点")
_INDEX = 50
"""A price that stands in percent above this is an index (居民消费价格指数102.5%), not a growth."""
_REACH = 24
_TURN = re.compile(r"转为|变为|[高加低少升降增减大](?:到|至|为)")
_ALIKE = frozenset({"人", "名", "位"})
"""Units of people, which documents use one for the other."""


class FormFinder:
    """Finds the form of statements."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.group("comparison.figures")
        self._reached = _ends(table["reached"])
        self._origin = re.compile(f"(?:{'|'.join(map(re.escape, table['origin']))})[^，。；、到至为增]{{0,8}}$")
        self._far_origin = re.compile(
            f"(?:{'|'.join(map(re.escape, table['origin']))})(?!业|事)[^，。；到至为]{{0,24}}$"
        )
        self._bound = re.compile(f"(?:{'|'.join(map(re.escape, table['hedges']))})$")
        self._flow = re.compile("|".join(map(re.escape, table["flows"])))

    def form(self, stated: Stated, indicator: CanonicalIndicator | None) -> Form:
        """Return the form in which ``stated`` gives ``indicator`` (``None``: one without a key)."""
        if stated.unit in _POINTS:
            return "points"
        if stated.kind == "multiple":
            return "multiple" if stated.change or indicator else "level"
        if stated.kind == "percentage":
            return self._share(stated, indicator)
        if not stated.change or (indicator is not None and self._flow.search(indicator.name)):
            # What is counted anew each year (城镇新增就业) has no other level.
            return "level"
        return "level" if self._reached.search(stated.before.rstrip()) else "amount"

    def _share(self, stated: Stated, indicator: CanonicalIndicator | None) -> Form:
        if indicator is not None:
            kinds = {kind for kind, _ in indicator.level}
            if "percentage" not in kinds or len(kinds) > 1:
                # A level in money, people or tonnes, or an index: what is stated in percent is its change.
                return "level" if len(kinds) > 1 and stated.low > _INDEX else "rate"
        if not stated.change or self._reached.search(stated.before.rstrip()):
            return "level"
        return "rate"

    def is_origin(self, stated: Stated) -> bool:
        """Tell whether the quantity is a value that a change began from.

        从54万亿元增加到82.7万亿元; 由前三年分别上升4.9%、5.5%、0.2%，转为下降1.2%.
        """
        before = self._bound.sub("", stated.before)
        if self._origin.search(before):
            return True
        behind = stated.sentence[stated.position + len(stated.text) :][:_REACH]
        return bool(self._far_origin.search(before) and _TURN.search(behind))


def unit_of(stated: Stated) -> str:
    """Return the unit as far as it matters for comparing: units of people are one."""
    unit = "%" if stated.unit == "％" else stated.unit
    return "人" if stated.kind == "count" and unit in _ALIKE else unit


def _ends(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})(?:了)?$")
