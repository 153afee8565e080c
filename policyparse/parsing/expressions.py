"""Expressions of quantity with a form of their own: 百分之八十五, 三分之二, 1:3, 一半, 翻两番, 数以万计."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from policyparse.model import Kind
from policyparse.parsing.numerals import read_numeral

# 一 between digits is a dash that was read as a figure (3.7一4.4倍).
RANGE_SIGN = re.compile(r" ?(?:-{1,4}|—{1,4}|~|至|到|一(?<=[\d%万亿]一)(?=\d)) ?")
_HUNDREDTHS = re.compile(r"(?P<base>百|千|十?万)分之(?=[\d零〇一二两三四五六七八九十百])")
_PERCENT_SIGNS = {"百": "%", "千": "‰", "万": "‱", "十万": "十万分之"}
_HIGHEST_SHARE = 1000  # 百分之三十九点七到一九五七年 is no range
_FRACTION = re.compile(r"(?P<below>[一二三四五六七八九十两\d]{1,4})分之(?P<above>[一二三四五六七八九十两\d]{1,4})")
_SLASHED = re.compile(r"(?<![\d/.])(?P<above>\d{1,2})/(?P<below>\d{1,3})(?![\d/.万亿千])")
# Cases per so many people: 22/10万.
_PER_MANY = re.compile(r"(?<![\d/.])(?P<cases>\d{1,4}(?:\.\d{1,3})?)(?P<many>/10{1,2}万)(?![\d人元亩/])")
_RATIO = re.compile(
    r"(?<![\d.:])(?<!\d: )(?<!\d : )(?P<left>\d{1,5}(?:\.\d{1,4})?) ?: ?(?P<right>\d{1,5}(?:\.\d{1,4})?)(?![\d.]|:|[ ]?:)"
)
_COLON = re.compile(r":(?= ?\d)")
_LONGEST_SIDE = 12
_HALF = re.compile(r"一半|半数|对半")
_MYRIADS = re.compile(r"数?以([十百千万亿]{1,2})计")
_DOUBLING = re.compile(
    r"翻(?<![一二两三四五六七八九十]翻)(?:[了约]?(?P<times>[一两二三四五\d](?:\.\d{1,2})?)番半?|番)(?P<more>[多余]|还多)?"
)
_CLOCK_HOURS = 24
# The offices of a body that a rule sets up: 设四课, 设二科或三科.
_OFFICES = re.compile(
    r"设(?P<first>[一二三四五六七八九十]{1,3})(?P<office>[科课股室司厅])(?:[或至](?P<second>[一二三四五六七八九十]{1,3})(?P=office))?"
    r"(?=[、,。;及和:]|$)"
)
# 半年 or 半个月 as a limit: with a word of limit before or after it (满半年, 半年以上); 每半年 and 上半年 date.
_HALF_SPAN = re.compile(r"半(?:年|个月|个工作日|天)")
_LIMITED = (
    "提前",
    "满",
    "超过",
    "不足",
    "不到",
    "至少",
    "少于",
    "期限",
    "为期",
    "延长",
    "缩短",
    "进修",
    "日起",
    "期为",
    "长达",
)
# So long before what is to come: 届满半年前.
_AWAITED = ("开始", "届满", "期满", "到期", "召开", "举行")
_DATED = frozenset("上下前后每近大小多过各")
_LIMITING = re.compile(
    r"(?:以|之)[上下内]|及以[上下]|内(?:不|应|须|有效|免|可以|完成|提出|作出|办[结理]|答复|受理|反馈|审[批核查]|出具|拨付|兑现|缴|付清|支付|送达|报[送告]|上报|备案|公示|予以)"
)
_SIGNS = "零〇一二三四五六七八九十百"
_NUMERAL_SIGNS = frozenset(_SIGNS + "·点")
_WRITTEN = rf"[{_SIGNS}]{{1,4}}(?:[·点][{_SIGNS}]{{1,2}})?"
# 二九比七一, 三九·七比六〇·三: a ratio in characters.
_WRITTEN_RATIO = re.compile(
    rf"(?<![第分·点{_SIGNS}])(?P<left>{_WRITTEN})比(?P<right>{_WRITTEN})(?=[,。;、的变上下到为)]|$)"
)
_AGAINST = re.compile(f"比(?=[{_SIGNS}])")
_LONGEST_NUMERAL = 7
# A text that spells percentages figure by figure (百分之六三·二): 百分之三四 is 34 there.
_FIGURE_BY_FIGURE = re.compile("百分之[一二三四五六七八九](?:[〇零]|[一二三四五六七八九]·)")
_TWO_FIGURES = re.compile("[一二三四五六七八九]{2}")


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
        found += _half_spans(text)
    if "比" in text:
        found += _written_ratios(text)
    if "番" in text:
        found += _doublings(text)
    if "计" in text:
        found += _myriads(text)
    if "设" in text:
        found += _offices(text)
    found.sort(key=lambda one: one.start)
    return found


def _half_spans(text: str) -> Iterator[Expression]:
    half = Decimal("0.5")
    for match in _HALF_SPAN.finditer(text):
        start, end = match.span()
        limited = text.endswith(_LIMITED, max(0, start - 2), start) or (
            text.endswith(_AWAITED, max(0, start - 2), start) and text.startswith(("前", "以前", "之前"), end)
        )
        if limited or (text[start - 1 : start] not in _DATED and _LIMITING.match(text, end)):
            yield Expression(start, end, half, half, "measure", match[0][1:], time=True)


def _shares(text: str) -> Iterator[Expression]:
    by_figures = len(_FIGURE_BY_FIGURE.findall(text)) > 1
    for match in _HUNDREDTHS.finditer(text):
        numeral = read_numeral(text, match.end())
        if numeral is None:
            continue
        end, low, high, ranged = numeral.end, numeral.low, numeral.high, False
        if by_figures and low != high and _TWO_FIGURES.fullmatch(text, numeral.start, end):
            low = high = 10 * low + high
        if joint := RANGE_SIGN.match(text, end):
            again = _HUNDREDTHS.match(text, joint.end())
            upper = read_numeral(text, again.end() if again else joint.end())
            if upper is not None and numeral.low <= upper.high <= _HIGHEST_SHARE:
                end, high, ranged = upper.end, upper.high, True
        sign = _PERCENT_SIGNS[match["base"]]
        vague = numeral.vague and not low == high != numeral.high
        yield Expression(match.start(), end, low, high, "percentage", sign, ranged, vague)


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
            if text.startswith("倍", match.end()):  # 层高的1/3倍
                yield Expression(match.start(), match.end() + 1, value, value, "multiple", "倍")
            else:
                yield Expression(*match.span(), value, value, "ratio")
    for match in _PER_MANY.finditer(text) if "/10" in text else ():
        value = Decimal(match["cases"])
        yield Expression(*match.span(), value, value, "percentage", match["many"])


def _ratios(text: str) -> Iterator[Expression]:
    position = 0
    for sign in _COLON.finditer(text):
        at = first = sign.start()
        while first > position and at - first < _LONGEST_SIDE and text[first - 1] in "0123456789. ":
            first -= 1
        match = _RATIO.search(text, first, sign.end() + _LONGEST_SIDE) if first < at else None
        if match is None or match.start() >= at:
            continue
        position = match.end()
        left, right = Decimal(match["left"]), Decimal(match["right"])
        clock = len(match["right"]) == 2 and left <= _CLOCK_HOURS and "." not in match[0]
        if right and (not clock or text.startswith("的", match.end())):
            value = _rounded(left / right)
            yield Expression(*match.span(), value, value, "ratio")


def _written_ratios(text: str) -> Iterator[Expression]:
    for sign in _AGAINST.finditer(text):
        at = sign.start()
        first = at
        while first and at - first < _LONGEST_NUMERAL and text[first - 1] in _NUMERAL_SIGNS:
            first -= 1
        match = _WRITTEN_RATIO.match(text, first) if first < at else None
        if match is None:
            continue
        left, right = read_numeral(text, match.start("left")), read_numeral(text, match.start("right"))
        if left is None or right is None or left.end != match.end("left") or right.end != match.end() or not right.low:
            continue
        if match["left"] != "一" or match["right"] != "一":  # 一比一 is an idiom as often as a ratio
            value = _rounded(left.low / right.low)
            yield Expression(*match.span(), value, value, "ratio")


def _doublings(text: str) -> Iterator[Expression]:
    for match in _DOUBLING.finditer(text):
        times = read_numeral(text, match.start("times")) if match["times"] else None
        value = times.low if times else Decimal(1)
        end = match.start("more") if match["more"] else match.end()  # 翻了一番多: more than once
        yield Expression(match.start(), end, value, value, "multiple", "番", vague=match["more"] is not None)


def _myriads(text: str) -> Iterator[Expression]:
    for match in _MYRIADS.finditer(text):
        numeral = read_numeral(text, match.start(1))
        if numeral is not None:
            yield Expression(*match.span(), 2 * numeral.low, 9 * numeral.low, "count", vague=True)


def _offices(text: str) -> Iterator[Expression]:
    for match in _OFFICES.finditer(text):
        for group in ("first", "second"):
            numeral = read_numeral(text, match.start(group)) if match[group] else None
            if numeral is not None and numeral.end == match.end(group):
                yield Expression(numeral.start, numeral.end + 1, numeral.low, numeral.high, "count", match["office"])


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.0001"))
