"""Whether a target was met: the rule for each bound, as ``docs/compare.md`` writes it down.

All figures are compared with their sign: a decline by 3 % is -3. A result that is itself worded as a bound (超过90万亿元,
5.3%以下) stands for all the values that it allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from policyparse.comparison import Figure, Verdict
from policyparse.model import Bound

Sense: TypeAlias = Literal["floor", "ceiling", "point"]
_FLIPPED: dict[Bound, Bound] = {"ge": "le", "gt": "lt", "le": "ge", "lt": "gt"}
_ENDLESS = Decimal("Infinity")
_LEAST_POINTS = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the rule that gave it."""

    verdict: Verdict
    rule: str


def bound_of(figure: Figure) -> Bound:
    """Return the bound of the signed value: 下降3%以上 is at most -3."""
    return _FLIPPED.get(figure.bound, figure.bound) if figure.change == "decrease" else figure.bound


def sense_of(figure: Figure, direction: str, category: str) -> Sense:
    """Return how a target limits the result: by its bound, else by the way in which its indicator is better.

    Without a word of bound, what should grow is met from the value up, what should fall from the value down; a goal for
    prices is a ceiling; for anything else the value itself is meant.
    """
    bound = bound_of(figure)
    if bound in ("ge", "gt"):
        return "floor"
    if bound in ("le", "lt"):
        return "ceiling"
    if figure.change == "decrease" and direction != "up":
        return "ceiling"
    if direction == "up":
        return "floor"
    if direction == "down" or category == "prices":
        return "ceiling"
    return "point"


def judge(target: Figure, result: Figure, direction: str, category: str, tolerance: Decimal) -> Judgement:
    """Return the verdict on ``target`` by ``result``; ``tolerance`` is the share of the value that 左右 allows."""
    low, high = target.signed
    bound = bound_of(target)
    sense = sense_of(target, direction, category)
    if target.kind != result.kind or _money(target.unit) != _money(result.unit):
        return Judgement("unclear", "units")
    rule = f"{'range' if target.bound == 'range' else bound}.{sense}"
    least, most = _allowed(result)
    margin = _margin(target, tolerance) if target.approximate or target.bound == "approx" else Decimal(0)
    if sense == "floor":
        line = low
        inside = (least >= line, most >= line)
        near = (least >= line - margin, most >= line - margin)
    elif sense == "ceiling":
        line = high
        inside = (most <= line, least <= line)
        near = (most <= line + margin, least <= line + margin)
    else:
        inside = (low <= least and most <= high, not (most < low or least > high))
        near = (low - margin <= least and most <= high + margin, not (most < low - margin or least > high + margin))
    if bound in ("gt", "lt") and _touches(low if bound == "gt" else high, result):
        inside = near = (False, False)
    if inside[0]:
        return Judgement("met", rule)
    if margin and near[0]:
        return Judgement("tolerance", f"{rule}.approx")
    if near[1] or inside[1]:
        return Judgement("unclear", rule)
    return Judgement("missed", f"{rule}.approx" if margin else rule)


def _allowed(result: Figure) -> tuple[Decimal, Decimal]:
    """Return the least and the greatest value that the wording of a result allows."""
    low, high = result.signed
    bound = bound_of(result)
    if bound in ("ge", "gt"):
        return low, _ENDLESS
    if bound in ("le", "lt"):
        return -_ENDLESS, high
    return low, high


def _touches(line: Decimal, result: Figure) -> bool:
    """Tell whether a result is exactly the value that was to be exceeded or undercut."""
    return result.bound in ("eq", "approx") and result.low == result.high and result.signed[0] == line


def _margin(target: Figure, tolerance: Decimal) -> Decimal:
    size = max(abs(target.low), abs(target.high)) * tolerance
    return max(size, _LEAST_POINTS) if target.kind == "percentage" else size


def _money(unit: str) -> str:
    """Return what must not differ between two figures of a kind; units of people are one for the other."""
    return unit if unit.endswith("元") else ""
