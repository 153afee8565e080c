"""Expressions of quantity with a form of their own: 百分之八十五, 三分之二, 1:3, 一半, 翻两番, 数以万计."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from policyparse.model import Kind
from policyparse.parsing.numerals import read_numeral

RANGE_SIGN = re.compile(r" ?(?:-{1,2}|—{1,2}|~|至|到) ?")
_HUNDREDTHS = re.compile(r"(?P<base>百|千|万)分之(?=[\d零〇一二两三四五六七八九十百])")
_PERCENT_SIGNS = {"百": "%", "千": "‰", "万": "‱"}
_HIGHEST_SHARE = 1000  # 百分之三十九点七到一九五七年 is no range
_FRACTION = re.compile(r"(?P<below>[一二三四五六七八九十两\d]{1,4})分之(?P<above>[一二三四五六七八九十两\d]{1,4})")
_SLASHED = re.compile(r"(?<![\d/.])(?P<above>\d{1,2})/(?P<below>\d{1,3})(?![\d/.万亿千])")
_RATIO = re.compile(r"(?<![\d.:])(?P<left>\d{1,5}(?:\.\d{1,4})?) ?: ?(?P<right>\d{1,5}(?:\.\d{1,4})?)(?![\d.]|:|[ ]?:)")
_HALF = re.compile(r"一半|半数|对半")
_MYRIADS = re.compile(r"数以([十百千万亿]{1,2})计")
_DOUBLING = re.compile(r"翻[了约]?(?P<times>[一两二三四五\d](?:\.\d{1,2})?)番半?|翻番")
_CLOCK_HOURS = 24


@dataclass(slots=True)
class Expression:
    """A quantity without its words of bound.

    ``is_range`` tells that it names both ends (3—5家), ``vague`` that its value is not exact (500余名), ``time`` that it
    measures a span of time.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    kind: Kind
    unit: str = ""
    is_range: bool = False
    vague: bool = False
    time: bool = False


def fixed_expressions(text: str) -> list[Expression]:
    """Return the expressions of ``text`` that have a form of their own, in order."""
    found: list[Expression] = []
    if "分之" in text:
        found += _shares(text)
        found += _fractions(text)
    if "/" in text:
        found += _slashed(text)
    if ":" in text:
        found += _ratios(text)
    if "半" in text:
        half = Decimal("0.5")
        found += [Expression(*match.span(), half, half, "ratio") for match in _HALF.finditer(text)]
    if "番" in text:
        found += _doublings(text)
    if "数以" in text:
        found += _myriads(text)
    found.sort(key=lambda one: one.start)
    return found


def _shares(text: str) -> Iterator[Expression]:
    for match in _HUNDREDTHS.finditer(text):
        numeral = read_numeral(text, match.end())
        if numeral is None:
            continue
        end, high, ranged = numeral.end, numeral.high, False
        if joint := RANGE_SIGN.match(text, end):
            again = _HUNDREDTHS.match(text, joint.end())
            upper = read_numeral(text, again.end() if again else joint.end())
            if upper is not None and numeral.low <= upper.high <= _HIGHEST_SHARE:
                end, high, ranged = upper.end, upper.high, True
        sign = _PERCENT_SIGNS[match["base"]]
        yield Expression(match.start(), end, numeral.low, high, "percentage", sign, ranged, numeral.vague)


def _fractions(text: str) -> Iterator[Expression]:
    for match in _FRACTION.finditer(text):
        below, above = read_numeral(text, match.start()), read_numeral(text, match.start("above"))
        if below is not None and above is not None and below.low and below.end == match.end("below"):
            value = _rounded(above.low / below.low)
            yield Expression(match.start(), above.end, value, value, "ratio")


def _slashed(text: str) -> Iterator[Expression]:
    for match in _SLASHED.finditer(text):
        below, above = Decimal(match["below"]), Decimal(match["above"])
        if above < below:
            value = _rounded(above / below)
            yield Expression(*match.span(), value, value, "ratio")


def _ratios(text: str) -> Iterator[Expression]:
    for match in _RATIO.finditer(text):
        left, right = Decimal(match["left"]), Decimal(match["right"])
        clock = len(match["right"]) == 2 and left <= _CLOCK_HOURS and "." not in match[0]
        if right and (not clock or text.startswith("的", match.end())):
            value = _rounded(left / right)
            yield Expression(*match.span(), value, value, "ratio")


def _doublings(text: str) -> Iterator[Expression]:
    for match in _DOUBLING.finditer(text):
        times = read_numeral(text, match.start("times")) if match["times"] else None
        value = times.low if times else Decimal(1)
        yield Expression(*match.span(), value, value, "multiple", "番")


def _myriads(text: str) -> Iterator[Expression]:
    for match in _MYRIADS.finditer(text):
        numeral = read_numeral(text, match.start(1))
        if numeral is not None:
            yield Expression(*match.span(), 2 * numeral.low, 9 * numeral.low, "count", vague=True)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.0001"))
