"""Quantities: numerals with their units, values and bounds.

One pass over the text finds numerals; a unit is looked up where the numeral ends; then the neighbours decide whether the
pair counts something or is a date, a rank, an ordinal or part of a name (``counting.py``).
"""

from __future__ import annotations

import re
from decimal import Decimal

from policyparse.lexicon import Lexicon
from policyparse.model import Kind
from policyparse.parsing.bounds import BoundReader
from policyparse.parsing.counting import Counting
from policyparse.parsing.expressions import RANGE_SIGN, Expression, fixed_expressions
from policyparse.parsing.misprints import MISPRINT
from policyparse.parsing.numerals import NUMERAL, Numeral, numeral_of, numerals_in, plain, read_numeral
from policyparse.parsing.records import Measure
from policyparse.parsing.units import Unit, Units

_SERIES = re.compile(r"(?:[、和及与或,]|以及) ?")
# A numeral in characters that counts without a unit too: it has a figure and ends with a magnitude (六亿多人民).
_LARGE = re.compile(
    r"[几数][百千]?[万亿]|[^万亿]*[一二两三四五六七八九][^万亿]*[万亿]+[多余]?|.*[一二两三四五六七八九].*[百千][多余]万?"
)
_VAGUE_OR_MAGNITUDE = re.compile(r"[多余几百千万亿 ]")
_MAGNITUDE = re.compile(r"[百千万亿]+$")
_TENTHS_SIGNS = "零一二三四五六七八九"
_TENTHS = re.compile(r"[一二三四五六七八九](?=[,。;、左以的]|$)")
# 18个月(不含)至36个月, 240(含240)平方米: what a limit includes may stand inside the expression.
# 七层以上至十一层, 30万元(含30万元)至40万元: so may what a limit says again.
_INCLUDING = re.compile(r"(?:以上)?\(不?含[^()\n]{0,12}\)|以上(?=[至到])")
_INCLUDED = re.compile(r"\(含(\d{1,8}(?:\.\d{1,3})?)\)")
_AND_HALF = re.compile("半(月|小时|星期|学期|工作日|百分点)")
_RANGING = frozenset(" -—~至到一")  # with which the sign of a range begins
# Either of two neighbours: 一人或二人, 1次或者2次.
_OR = re.compile(r"或者?(?=[\d一二三四五六七八九十])")
_MORE = re.compile(r"(?<=倍)多|[多余](?=[,。;、)的以])")
# Below zero: 由-5.6%回升, 不低于-30BP; between figures and behind letters or years the sign joins or parts.
_MINUS = re.compile("[\u4e00-\u9fff(](?<![年月日])-$")
_SIGNED = frozenset(("%", "‰", "个百分点", "BP", "bp", "个基点", "基点", "℃", "摄氏度"))
_POINTS = re.compile(r"[、和及与](?=\d)")
_AMOUNT = re.compile(r"金额|资金|贷款|投资|奖励|补助|补贴|奖补|资助|费用|额度|保额")
_SHARING = 6
"""How many members of a series may share the unit of its last one."""
_NEAR = 12
"""How far before a number what it is an amount of may stand, in characters."""
_FAR = 30
"""How far before a member of a series 分别 may stand, in characters."""
_LABEL = re.compile(r"(\d{1,2})\.(?=\d)")
_LONGEST_LINE = 400
_WHOLE = 10
_RULES_LEAST, _RULES_WINDOW = 5, 250
"""A text sets rules where that many words of obligation stand in it, one at least in so many characters."""
_INNER = re.compile("以上|以下|左右")
_DECIMAL = re.compile(r"\d\.\d{1,3}(?![\d.%])")
_COEFFICIENT = re.compile("系数|指数|容积率|比值|倍率")
# What a bare 千亿 is an amount of, where it is money: 产值突破千亿.
_VALUED = re.compile(r"规模|产值|总值|收入|营收|投资|总量|存款|贷款|资产|GDP|税收|预算")
# A label before a number that numbers an annex or a box; of tables and figures only at the start of a line or bracket.
_BEFORE_ANNEX = frozenset("栏件表图 ")
_ANNEXES = ("专栏", "附件", "附表", "附图")
_DRAWN = re.compile(r"(?:^|[\n(见如附]) *[图表] ?$")
# A number of whole things with a stop in it, at the start of a line: 62.20户.
_WHOLE_THINGS = re.compile(r"\d{1,2}\.\d{1,6}[余多]?(?:户|人|名|家|所|条|座|处|项)")
_REPEAT = 7
_BARE = frozenset(("十亿", "百亿", "千亿", "万亿", "百万", "千万"))


class QuantityFinder:
    """Finds every expression that counts or measures something."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._units = Units(lexicon)
        self._counting = Counting(lexicon)
        self._bounds = BoundReader(lexicon)

    def find(self, folded: str, printed: str | None = None, *, rules: bool = False) -> list[Measure]:
        """Return the quantities of ``folded`` in order; units are cut from ``printed``, the text as it was written.

        ``rules`` tells that the text sets rules (a law, a document of measures): a span of time is a parameter there.
        """
        printed = folded if printed is None else printed
        rules = rules or _sets_rules(folded)
        fixed = fixed_expressions(folded)
        for own in fixed:
            if own.unit and folded.startswith(own.unit, own.end - len(own.unit)):
                own.unit = printed[own.end - len(own.unit) : own.end].replace(
                    "％", "%"
                )  # 半個月, 四課: as it was written
        found: list[Expression] = []
        position = following = 0
        openers = self._units.openers
        for match in numerals_in(folded):
            start = match.start()
            while following < len(fixed) and fixed[following].start <= start:
                if fixed[following].start >= position:
                    found.append(fixed[following])
                    position = fixed[following].end
                following += 1
            if start < position:
                continue
            if match["arabic"] and (label := _LABEL.match(folded, start)) and _is_label(folded, start, label):
                position = label.end()  # 2.15分钟…: a label before a number
                after = NUMERAL.match(folded, position)
                if after is None:
                    continue
                match, start = after, position
            if start and folded[start - 1] in _BEFORE_ANNEX and match["arabic"] and _numbers_annex(folded, start):
                position = start + len(match["arabic"])  # 专栏7 万众创新
                continue
            end = match.end()
            if folded[start - 1 : start] == "含" and _repeats(folded, found, start, end):
                position = end  # 9层以下含9层
                continue
            if folded[end : end + 1] == "," and (misprint := MISPRINT.match(folded, start)):
                position = misprint.end()
                continue
            if end - start == 1 and match["chinese"] and folded[end : end + 1] not in openers:
                continue  # one numeral sign without a unit: most often part of a word
            one = self._shared(folded, printed, match) or self._one(folded, printed, match, rules=rules)
            if one is not None and not (following < len(fixed) and fixed[following].start < one.end):
                found.append(one)
                position = one.end
        found += [one for one in fixed[following:] if one.start >= position]
        return self._bounds.measures(folded, found)

    def _one(self, text: str, printed: str, match: re.Match[str], *, rules: bool) -> Expression | None:
        """Return the quantity whose first numeral is ``match``, or None where it counts nothing."""
        written = not match["arabic"]
        great = text[match.end() - 1] in "万亿"  # after 百亿 as after 100亿 any classifier may stand
        unit = self._units.at(text, match.end(), written=written and not great)
        if unit is not None and great and unit.name == "大":
            unit = None  # 700万大山里的人民
        if unit is None and not written and (included := _INCLUDED.match(text, match.end())):
            unit = self._units.at(text, included.end(), written=False) if included[1] == match[0] else None
        if unit is None and great and (inner := _INNER.match(text, match.end())):  # 200万以上标箱
            unit = self._units.at(text, inner.end(), written=False)
            if unit is not None and (unit.kind not in ("count", "measure") or len(unit.name) == 1):
                unit = None
        stop = unit.end if unit else match.end()
        sign = text[stop : stop + 1]
        joint = RANGE_SIGN.match(text, stop) if sign in _RANGING else None
        if unit is not None and sign in ("以", "(") and (note := _INCLUDING.match(text, stop)):
            joint = RANGE_SIGN.match(text, note.end())
        elif sign == "或" and unit is not None and unit.kind == "count":
            joint = _OR.match(text, stop)
        if written and unit is None and joint is None and not _LARGE.fullmatch(match[0]):
            # a numeral in characters without a unit is part of a word far more often than a number
            return self._bare(text, match)
        first = numeral_of(match)
        if first is None:
            return None
        second: Numeral | None = None
        if joint is not None:
            second, far = self._second(text, first, joint, unit, written=written)
            unit = far if second is not None else unit
        if written and unit is None and not _LARGE.fullmatch(match[0]):
            return None
        last = second or first
        if unit is None and joint is not None and (upper := self._coefficients(text, first, joint)) is not None:
            return Expression(first.start, upper.end, first.low, upper.high, "count", "", True)
        if not self._counting.counts(text, first.start, last.end, unit, first, second, written=written, rules=rules):
            return None
        low = _low(text, first, second, written=written) if second else first.low
        vague = first.vague or last.vague
        if unit is None:
            kind: Kind = "count"
            if text[last.end - 1] in "万亿" and _AMOUNT.search(text, max(0, first.start - _NEAR), first.start):
                kind = "money"  # 贷款超过100万的
            elif _is_value(text, first.start, last.end):
                kind = "money"  # 总值迈上5万亿台阶
            return Expression(first.start, last.end, low, last.high, kind, "", second is not None, vague)
        high, stop = last.high, unit.end
        if unit.name == "个" and second is None and self._is_point(text, stop):  # 提升1.6个和0.1个百分点
            return Expression(first.start, stop, low, high, "percentage", "个百分点", False, vague)
        if written and unit.name == "折" and low == high and low > _WHOLE:  # 八五折
            low, high = low / 10, high / 10
        more = Decimal(0)
        if unit.kind == "measure" and low == high and text.startswith("半", stop):  # 一亩半, 1天半
            more, stop = Decimal("0.5"), stop + 1
        elif unit.name == "个" and low == high and (half := _AND_HALF.match(text, stop)):  # 1个半月
            low += Decimal("0.5")
            kind = "percentage" if half[1] == "百分点" else "measure"
            return Expression(first.start, half.end(), low, low, kind, f"个{half[1]}", False, vague, kind == "measure")
        elif unit.name == "成" and text.startswith("半", stop):  # 七成半
            more, stop = Decimal("0.5"), stop + 1
        elif unit.name == "成" and (tenths := _TENTHS.match(text, stop)):  # 三成五
            more, stop = Decimal(_TENTHS_SIGNS.index(tenths[0])) / 10, stop + 1
        elif unit.kind != "count" and low == high and _MORE.match(text, stop):  # 四倍多
            vague = True
        if second is None and unit.name in _SIGNED and _MINUS.search(text, max(0, first.start - 2), first.start):
            return Expression(first.start - 1, stop, -low, -high, unit.kind, _printed(printed, unit), False, vague)
        name, time = _printed(printed, unit), self._counting.is_time(unit)
        return Expression(first.start, stop, low + more, high + more, unit.kind, name, second is not None, vague, time)

    def _bare(self, text: str, match: re.Match[str]) -> Expression | None:
        """Return a lone magnitude that a word of bound makes a number (规模突破千亿), None otherwise."""
        if match[0] not in _BARE or not self._counting.counts_magnitude(text, *match.span()):
            return None
        numeral = numeral_of(match)
        kind: Kind = "money" if _is_value(text, *match.span()) else "count"
        return Expression(*match.span(), numeral.low, numeral.high, kind, "") if numeral else None

    @staticmethod
    def _coefficients(text: str, first: Numeral, joint: re.Match[str]) -> Numeral | None:
        """Return the upper end of a range of coefficients without a unit (系数0.6-0.8, 0.6-0.8的调整系数)."""
        upper = _DECIMAL.match(text, joint.end())
        if upper is None or not _DECIMAL.fullmatch(text, first.start, first.end):
            return None
        window = _COEFFICIENT.search(text, max(0, first.start - _NEAR), upper.end() + _NEAR + _NEAR)
        second = numeral_of(NUMERAL.match(text, upper.start()) or upper) if window else None
        return second if second is not None and second.end == upper.end() and first.low < second.low else None

    def _is_point(self, text: str, position: int) -> bool:
        """Tell whether a series goes on at ``position`` with a number of percentage points."""
        for _ in range(_SHARING):
            joint = _POINTS.match(text, position)
            following = NUMERAL.match(text, joint.end()) if joint else None
            unit = self._units.at(text, following.end(), written=False) if following else None
            if unit is None or unit.name != "个":
                return unit is not None and unit.name == "个百分点"
            position = unit.end
        return False

    def _second(
        self, text: str, first: Numeral, joint: re.Match[str], near: Unit | None, *, written: bool
    ) -> tuple[Numeral | None, Unit | None]:
        """Return the other end of a range with its unit: not smaller than the first, and measured in the same unit."""
        upper = NUMERAL.match(text, joint.end())
        second = numeral_of(upper) if upper and bool(upper["arabic"]) != written else None
        far = self._units.at(text, second.end, written=written) if second else None
        if second is None or far is None or (near is not None and near.name != far.name):
            return None, None
        if joint[0][0] == "或" and (first.vague or second.low != first.high + 1):
            return None, None  # 一人或三人: a choice; 一人或二人 is a range
        named = "到" in joint[0] or "至" in joint[0]
        if named and near is not None and text[first.start - 1 : first.start] in ("从", "由"):
            return None, None  # a change from one value to another
        return (second, far) if second.high >= first.low else (None, None)

    def _shared(self, text: str, printed: str, match: re.Match[str]) -> Expression | None:
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
        if self._counting.is_time(unit) or unit.kind == "ratio":
            return None
        if unit.kind == "count" and "分别" not in text[max(0, match.start() - _FAR) : match.start()]:
            return None
        one = numeral_of(match)
        start, end = match.span()
        if one is None or not self._counting.counts(text, start, end, unit, one, None, written=False, rules=False):
            return None
        value = one.low
        if text[end - 1].isdigit() and (magnitude := _MAGNITUDE.search(following[0])):
            scale = read_numeral("1" + magnitude[0], 0)
            value = plain(value * scale.low) if scale else value
        return Expression(start, end, value, value, unit.kind, _printed(printed, unit), False, one.vague)


def _sets_rules(text: str) -> bool:
    """Tell whether a text of whatever kind sets rules: it says over and over what is due or forbidden."""
    said = sum(text.count(word) for word in ("应当", "不得", "必须"))
    return said >= _RULES_LEAST and said * _RULES_WINDOW >= len(text)


def _is_value(text: str, start: int, end: int) -> bool:
    """Tell whether a number of 亿 without a unit is an amount of money, from what stands before it."""
    return text[end - 1] == "亿" and bool(_VALUED.search(text, max(0, start - _NEAR), start))


def _numbers_annex(text: str, start: int) -> bool:
    """Tell whether the number at ``start`` is the label of a box, an annex, a table or a figure."""
    before = text[max(0, start - 4) : start]
    return before.rstrip().endswith(_ANNEXES) or (
        before.rstrip()[-1:] in ("图", "表") and bool(_DRAWN.search(text, max(0, start - 5), start))
    )


def _repeats(text: str, found: list[Expression], start: int, end: int) -> bool:
    """Tell whether a number behind 含 is that of the quantity before it once more (9层以下含9层)."""
    last = found[-1] if found else None
    if last is not None and last.is_range and text.startswith("(含", last.end) and start == last.end + 2:
        return text[last.start : last.end - len(last.unit)].endswith(text[start:end])  # 100—500亩(含500亩)
    if last is None or start - last.end > _REPEAT or not text.startswith(text[start:end], last.start):
        return False
    opened = text.find("(", last.end, start) >= 0  # 6个月(含6个月)以上: the whole of it stands there again
    return not opened or text.startswith(text[last.start : last.end] + ")", start)


def _is_label(text: str, start: int, label: re.Match[str]) -> bool:
    """Tell whether a number with a stop at the beginning of a line numbers it: the line before or after has its neighbour."""
    if start and text[start - 1] != "\n":
        return False
    if _WHOLE_THINGS.match(text, start):
        return True
    number, end = int(label[1]), text.find("\n", start, start + _LONGEST_LINE)
    if end >= 0 and text.startswith(f"{number + 1}.", end + 1):
        return True
    before = text.rfind("\n", max(0, start - _LONGEST_LINE), start - 1) if start else -1
    return number > 1 and text.startswith(f"{number - 1}.", before + 1)


def _low(text: str, first: Numeral, second: Numeral, *, written: bool) -> Decimal:
    """Return the lower end of a range; a magnitude after the upper end may hold for both (50—60亿, 一百三十至二百三十万)."""
    lower, upper = text[first.start : first.end], text[second.start : second.end]
    if written:
        scale = _scale_of(upper)
        return first.low * scale if _scale_of(lower) == 1 < scale and first.high * scale <= second.low else first.low
    if lower[-1].isdigit() and not upper[-1].isdigit():
        bare = read_numeral(_VAGUE_OR_MAGNITUDE.sub("", upper), 0)
        if bare is not None and bare.low and first.low <= bare.low:
            return plain(first.low * (second.low / bare.low))
    return first.low


def _printed(printed: str, unit: Unit) -> str:
    """Return the unit as the text has it, with the full-width signs of measurement folded."""
    return printed[unit.start : unit.end].replace("％", "%").replace("／", "/").strip()


def _scale_of(numeral: str) -> int:
    """Return what a final 万 or 亿 multiplies by, 1 where there is none anywhere."""
    return {"万": 10**4, "亿": 10**8}.get(numeral[-1], 1) if "万" in numeral or "亿" in numeral else 1
