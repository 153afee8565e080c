"""Quantities: numerals with their units, values and bounds.

One pass over the text finds numerals; a unit is looked up where the numeral ends; then the neighbours decide whether the
pair counts something or is a date, a rank, an ordinal or part of a name (``counting.py``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from policyparse.lexicon import Lexicon
from policyparse.model import Bound, Kind
from policyparse.parsing.bounds import BoundReader, strongest
from policyparse.parsing.counting import Counting
from policyparse.parsing.numerals import NUMERAL, Numeral, numeral_of, plain, read_numeral
from policyparse.parsing.records import Measure
from policyparse.parsing.units import Unit, Units

_RANGE = re.compile(r" ?(?:-{1,2}|—{1,2}|~|至|到) ?")
_HUNDREDTHS = re.compile(r"(?P<base>百|千|万)分之(?=[\d零〇一二两三四五六七八九十百])")
_FRACTION = re.compile(r"(?P<below>[一二三四五六七八九十两\d]{1,4})分之(?P<above>[一二三四五六七八九十两\d]{1,4})")
_SLASHED = re.compile(r"(?<![\d/.])(?P<above>\d{1,2})/(?P<below>\d{1,3})(?![\d/.])")
_RATIO = re.compile(r"(?<![\d.:])(\d{1,5}(?:\.\d+)?) ?: ?(\d{1,5}(?:\.\d+)?)(?![\d.]|:|[ ]?:)")
_HALF = re.compile(r"一半|半数|对半")
_MYRIADS = re.compile(r"数以([十百千万亿]{1,2})计")
_DOUBLING = re.compile(r"翻(?:[了约]{0,1})(?P<times>[一两二三四五\d](?:\.\d+)?)番(?:半)?|翻番")
_SERIES = re.compile(r"(?:[、和及与或,]|以及) ?")
_LARGE = re.compile(r".*[一二两三四五六七八九].*[万亿][多余]?|.*[一二两三四五六七八九].*[百千万亿][多余]万?")
_MAGNITUDE = re.compile(r"[百千万亿]+$")
_TENTHS_SIGNS = "零一二三四五六七八九"
_TENTHS = re.compile(r"[一二三四五六七八九](?=[,。;、左以的]|$)")
_AND_A_HALF = re.compile(r"半")

_BARE = "百千万亿"
_SPREADING = ("ge", "gt", "le", "lt", "approx")
_PERCENT_BASE = {"百": "%", "千": "‰", "万": "‱"}
_REACH = 14
"""How far words of bound that touch the quantity may extend on either side, in characters."""
_SHARING = 6
"""How many members of a series may share the unit of its last one."""
_FAR = 18
"""How far before the quantity a floor or ceiling may stand with other words between (不低于当地标准的10%)."""


@dataclass(slots=True)
class _Found:
    """A numeral, or two as a range, with its unit."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    kind: Kind
    unit: str
    is_range: bool
    vague: bool
    span_of_time: bool = False


class QuantityFinder:
    """Finds every expression that counts or measures something."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._units = Units(lexicon)
        self._counting = Counting(lexicon)
        self._bounds = BoundReader(lexicon)

    def find(self, folded: str, printed: str | None = None, *, law: bool = False) -> list[Measure]:
        """Return the quantities of ``folded`` in order; units are cut from ``printed``, the text as it was written.

        ``law`` tells that the text is a law, where a span of time is a rule's parameter.
        """
        printed = folded if printed is None else printed
        special = self._special(folded)
        found: list[_Found] = []
        position = 0
        next_special = 0
        for match in NUMERAL.finditer(folded):
            start = match.start()
            while next_special < len(special) and special[next_special].start <= start:
                if special[next_special].start >= position:
                    found.append(special[next_special])
                    position = special[next_special].end
                next_special += 1
            if start < position:
                continue
            one = self._shared(folded, printed, match) or self._one(folded, printed, match, law=law)
            if one is not None:
                if next_special < len(special) and special[next_special].start < one.end:
                    continue
                found.append(one)
                position = one.end
        found += [one for one in special[next_special:] if one.start >= position]
        return self._bounded(folded, found)

    def _special(self, text: str) -> list[_Found]:
        """Return what is no numeral with a unit: 百分之八十五, 三分之二, 1:3, 一半, 翻两番, 数以万计."""
        found: list[_Found] = []
        if "分之" in text:
            for match in _HUNDREDTHS.finditer(text):
                numeral = read_numeral(text, match.end())
                if numeral is None:
                    continue
                end, low, high, ranged = numeral.end, numeral.low, numeral.high, False
                joint = _RANGE.match(text, end)
                if joint:
                    again = _HUNDREDTHS.match(text, joint.end())
                    upper = read_numeral(text, again.end() if again else joint.end())
                    if upper is not None:
                        end, high, ranged = upper.end, upper.high, True
                unit = _PERCENT_BASE[match["base"]]
                found.append(_Found(match.start(), end, low, high, "percentage", unit, ranged, numeral.vague))
            for match in _FRACTION.finditer(text):
                below, above = read_numeral(text, match.start()), read_numeral(text, match.start("above"))
                if below is None or above is None or not below.low or below.end != match.end("below"):
                    continue
                value = (above.low / below.low).quantize(Decimal("0.0001"))
                found.append(_Found(match.start(), above.end, value, value, "ratio", "", False, False))
        if "/" in text:
            for match in _SLASHED.finditer(text):
                below, above = Decimal(match["below"]), Decimal(match["above"])
                if above < below:
                    value = (above / below).quantize(Decimal("0.0001"))
                    found.append(_Found(*match.span(), value, value, "ratio", "", False, False))
        if ":" in text:
            for match in _RATIO.finditer(text):
                if not self._counting.is_clock(text, match.start(), match.end(), match[1], match[2]):
                    right = Decimal(match[2])
                    if right:
                        value = (Decimal(match[1]) / right).quantize(Decimal("0.0001"))
                        found.append(_Found(match.start(), match.end(), value, value, "ratio", "", False, False))
        if "半" in text:
            half = Decimal("0.5")
            found += [_Found(*m.span(), half, half, "ratio", "", False, False) for m in _HALF.finditer(text)]
        if "番" in text:
            for match in _DOUBLING.finditer(text):
                times = read_numeral(text, match.start("times")) if match["times"] else None
                value = times.low if times else Decimal(1)
                found.append(_Found(*match.span(), value, value, "multiple", "番", False, False))
        if "数以" in text:
            for match in _MYRIADS.finditer(text):
                numeral = read_numeral(text, match.start(1))
                if numeral is not None:
                    found.append(
                        _Found(*match.span(), 2 * numeral.low, 9 * numeral.low, "count", "", False, True)
                    )
        found.sort(key=lambda one: one.start)
        return found

    def _one(self, text: str, printed: str, match: re.Match[str], *, law: bool) -> _Found | None:
        """Return the quantity whose first numeral is ``match``, or None where it counts nothing."""
        end = match.end()
        written = not match["arabic"]
        unit = self._units.at(text, end, written=written)
        joint = _RANGE.match(text, unit.end if unit else end)
        if written and unit is None and joint is None and not _LARGE.fullmatch(match[0]):
            return None  # a numeral in characters without a unit is part of a word far more often than a number
        first = numeral_of(match)
        if first is None:
            return None
        second: Numeral | None = None
        if joint:
            upper = NUMERAL.match(text, joint.end())
            second = numeral_of(upper) if upper and bool(upper["arabic"]) == bool(match["arabic"]) else None
        if second is not None and joint is not None:
            far = self._units.at(text, second.end, written=written)
            if not self._is_range(text, match.start(), joint, unit, far, first, second):
                second = None
            else:
                unit = far
        if written and unit is None and not _LARGE.fullmatch(match[0]):
            return None
        start = match.start()
        low, high = first.low, (second or first).high
        if second is not None and text[first.end - 1].isdigit() and not text[second.end - 1].isdigit():
            bare = read_numeral(re.sub(r"[多余几百千万亿 ]", "", text[second.start : second.end]), 0)
            if bare is not None and bare.low and first.low <= bare.low:  # 50—60亿: the magnitude holds for both
                low = plain(first.low * (second.low / bare.low))
        last = (second or first).end
        vague = first.vague or (second is not None and second.vague)
        if not self._counting.counts(text, start, last, unit, first, second, written=written, law=law):
            return None
        if unit is None:
            return _Found(start, last, low, high, "count", "", second is not None, vague)
        stop = unit.end
        if unit.takes_half and _AND_A_HALF.match(text, stop) and low == high:  # 一亩半
            low = high = low + Decimal("0.5")
            stop += 1
        if unit.name == "成" and (half := _TENTHS.match(text, stop)):  # 三成五
            low = high = low + Decimal(_TENTHS_SIGNS.index(half[0])) / 10
            stop += 1
        name = printed[unit.start : unit.end].replace("％", "%").replace("／", "/").strip()
        limits = self._counting.is_time(unit)
        return _Found(start, stop, low, high, unit.kind, name, second is not None, vague, limits)

    def _shared(self, text: str, printed: str, match: re.Match[str]) -> _Found | None:
        """Return a member of a series that shares the unit of its last (提高0.6和1个百分点, 4.1、6.7和0.8倍)."""
        if not match["arabic"] or match.end() >= len(text) or text[match.end()] not in "、和及与":
            return None
        position = match.end()
        for _ in range(_SHARING):
            joint = _SERIES.match(text, position)
            following = NUMERAL.match(text, joint.end()) if joint else None
            if following is None or not following["arabic"]:
                return None
            unit = self._units.at(text, following.end(), written=False)
            if unit is not None:
                break
            position = following.end()
        else:
            return None
        if unit.kind not in ("percentage", "multiple", "measure", "money") or self._counting.is_time(unit):
            return None
        numeral, last = numeral_of(match), numeral_of(following)
        if numeral is None or last is None:
            return None
        if not self._counting.counts(text, match.start(), match.end(), unit, numeral, None, written=False, law=False):
            return None
        value = numeral.low
        if text[match.end() - 1].isdigit() and (magnitude := _MAGNITUDE.search(following[0])):
            scale = read_numeral("1" + magnitude[0], 0)
            value = plain(value * scale.low) if scale else value
        name = printed[unit.start : unit.end].replace("％", "%").strip()
        return _Found(match.start(), match.end(), value, value, unit.kind, name, False, numeral.vague)

    def _is_range(
        self,
        text: str,
        start: int,
        joint: re.Match[str],
        near: Unit | None,
        far: Unit | None,
        first: Numeral,
        second: Numeral,
    ) -> bool:
        """Tell whether two numerals are the ends of one range: the second is not smaller, and their units agree."""
        if far is None:
            return near is None and False
        if near is not None and near.name != far.name:
            return False
        if "到" in joint[0] or "至" in joint[0]:
            if near is not None and text[start - 1 : start] in "从由":  # a change from one value to another
                return False
        return second.high >= first.low or first.low < 10_000

    def _bounded(self, text: str, found: Sequence[_Found]) -> list[Measure]:
        """Return the measures with their words of bound; in a bare series the last one's words hold for each member."""
        measures: list[Measure] = []
        lefts: list[Bound] = []
        previous_end = 0
        for one, following in zip(found, [*found[1:], None], strict=False):
            lowest, lowest_far = max(previous_end, one.start - _REACH), max(previous_end, one.start - _FAR)
            highest = min(len(text), one.end + _REACH, following.start if following else len(text))
            left, reach_start = self._bounds.before(text, one.start, lowest)
            right, reach_end = self._bounds.after(text, one.end, highest)
            if right == "eq" and one.span_of_time and text.startswith("内", one.end):  # 15日内
                right, reach_end = "le", one.end + 1
            if left == "eq" and text[one.start - 1 : one.start] == "上" and text[one.start] in _BARE:  # 上百家
                left, reach_start = "ge", one.start - 1
            if left == right == "eq":
                left = self._bounds.far_before(text, one.start, lowest_far, one.kind)
            bound = strongest(left, right)
            if one.is_range:
                bound = "range"
            elif bound == "eq" and one.vague:
                bound = "approx"
            approximate = one.vague or "approx" in (left, right)
            measures.append(
                Measure(
                    one.start, one.end, one.kind, one.low, one.high, one.unit, bound, approximate, reach_start, reach_end
                )
            )
            lefts.append(left)
            previous_end = one.end
        self._spread(text, measures, lefts)
        return measures

    def _spread(self, text: str, measures: list[Measure], lefts: list[Bound]) -> None:
        """Let the words of bound at either end of a bare series hold for each member (2%、5%和7%以上)."""
        spreading = False
        for index in range(len(measures) - 2, -1, -1):
            here, after = measures[index], measures[index + 1]
            closing = after.reach_end > after.end and lefts[index + 1] == "eq" and after.bound in _SPREADING
            spreading = (
                (spreading or closing)
                and here.bound == "eq"
                and here.kind == after.kind
                and _joins(text, here.end, after.start)
            )
            if spreading:
                here.bound, here.approximate = after.bound, here.approximate or after.approximate
        for index in range(1, len(measures)):
            before, here = measures[index - 1], measures[index]
            if (
                here.bound == "eq"
                and before.bound in _SPREADING
                and before.bound == lefts[index - 1]
                and before.reach_end == before.end
                and here.unit == before.unit
                and _joins(text, before.end, here.start)
                and (text.startswith("、", before.end) or "分别" in text[max(0, before.reach_start - 4) : before.reach_start])
            ):
                here.bound = lefts[index] = before.bound


def _joins(text: str, start: int, end: int) -> bool:
    match = _SERIES.match(text, start)
    return match is not None and match.end() == end
