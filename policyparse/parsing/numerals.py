"""Numerals: Arabic, Chinese and mixed, exact and vague, and their values.

Everything works on folded text (``characters.fold``): full-width digits and signs are ASCII there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from policyparse.errors import NumeralError
from policyparse.parsing.characters import fold

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
    "廿": 20,
    "卅": 30,
}
_DIGITS |= {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"弍": 2, "兩": 2, "貳": 2, "參": 3, "陸": 6}
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12, "萬": 10**4, "億": 10**8}
_LONGEST = 44
"""A longer run of signs is a code or noise, no numeral."""
MAGNITUDES = {**_SMALL, **_LARGE}

# A point with a space beside it, where the text around leaves no doubt: 3. 2万平方米.
_LED = r"(?:(?<=[\u4e00-\u9fff、]\d)|(?<=[\u4e00-\u9fff、]\d\d)|(?<=[\u4e00-\u9fff、]\d\d\d))"
_APART = rf"\d{{1,3}}(?= \.|\. ){_LED}(?: \. ?|\. )\d{{1,2}}(?=万|亿|%|‰|[、和]\d|个百分点|倍)"
_ARABIC = rf"(?=\d)(?:{_APART}|\d{{1,3}}(?:,\d{{3}})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+|(?<=\d\d\d)\.(?=[万亿]元))?)"
_CHINESE_SIGNS = "零〇一二两三四五六七八九十百万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億兩貳參陸"
_THOUSAND = "千(?![瓦伏克卡焦赫帕])"  # 千瓦 is a unit, not a thousand of them
_HUNDRED = "百(?!分)"  # so is 百分点
_FIGURES = "零〇一二两三四五六七八九"
_SURNAMES = "陆伍陸"  # names and parts of words (队伍), unless other numerals stand beside them
# A numeral of any writing. Magnitudes may follow an Arabic one (2.3万, 3千万, 1.2万亿, 200多万, 3亿5000万);
# 多, 余 and 几 may stand before or after a magnitude, or at the end (500余, 二十几, 十多万).
NUMERAL = re.compile(
    rf"(?P<arabic>{_ARABIC})(?P<inner>[多余几]?)(?P<magnitude>[ ]?(?:[万亿萬億]|{_HUNDRED}|{_THOUSAND}){{1,3}}|[ ]?[十](?=[万亿]))?"
    rf"(?P<rest>(?:(?<=[亿億])\d{{1,4}}(?:\.\d+)?[万萬])?)(?P<outer>[多余几]?)"
    rf"|(?P<vague>[数几]{{1}}(?=[十百千万亿]))(?P<vague_magnitude>[十百千万亿]{{1,3}})"
    rf"|(?P<grouped>[{_FIGURES}]{{1,3}}(?:[、,][{_FIGURES}]{{3}})+(?:·[{_FIGURES}]{{1,4}})?)(?P<grouped_magnitude>[万亿]?)"
    rf"|(?P<chinese>(?:[{_CHINESE_SIGNS}]|{_THOUSAND}){{1,40}}(?:[点·][{_FIGURES}]{{1,20}})?)(?P<more>几[十百]|[多余几]?)(?P<beyond>[万亿]{{0,2}})"
)


_OPENS = re.compile(rf"[\d数几{_CHINESE_SIGNS}千百]")


def numerals_in(folded: str) -> Iterator[re.Match[str]]:
    """Yield what ``NUMERAL.finditer`` yields, at the speed of a character class where no numeral begins."""
    position = 0
    while there := _OPENS.search(folded, position):
        if match := NUMERAL.match(folded, there.start()):
            position = match.end()
            yield match
        else:
            position = there.end()


@dataclass(slots=True, frozen=True)
class Numeral:
    """A numeral at ``start:end`` with its least and greatest value; ``vague`` tells that it is not exact (500余, 十几)."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    vague: bool = False


def parse_number(text: str) -> Decimal:
    """Return the value of one numeral: Arabic, full-width, Chinese, or mixed.

    Percentages and fractions read as numbers: ``百分之八十五`` is 0.85, ``三分之二`` 0.6667 to 28 digits. Raises
    ``NumeralError`` where ``text`` is not one exact numeral (``十几``, ``3-5``, ``6,352,8万``).

    >>> from policyparse import parse_number
    >>> parse_number("1.96亿"), parse_number("二百五十"), parse_number("３０００万")
    (Decimal('196000000'), Decimal('250'), Decimal('30000000'))
    """
    folded = fold(text).strip()
    sign = 1
    if folded[:1] in ("-", "负"):
        sign, folded = -1, folded[1:]
    if "分之" in folded:
        below, _, above = folded.partition("分之")
        return sign * parse_number(above) / parse_number(below)
    if folded.endswith(("%", "‰")):
        return sign * parse_number(folded[:-1]) / (100 if folded.endswith("%") else 1000)
    match = NUMERAL.fullmatch(folded)
    numeral = _value(match) if match else None
    if numeral is None or numeral.vague or numeral.low != numeral.high:
        raise NumeralError(
            f"{text!r} is not one exact numeral; given are digits (1,100.9亿) or Chinese numerals (二百五十)"
        )
    return sign * numeral.low


def read_numeral(text: str, position: int) -> Numeral | None:
    """Return the numeral that begins at ``position`` of folded ``text``, or None."""
    match = NUMERAL.match(text, position)
    return _value(match) if match else None


def numeral_of(match: re.Match[str]) -> Numeral | None:
    """Return what a match of ``NUMERAL`` says, or None where its signs make no number (百百)."""
    return _value(match)


def _value(match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    if end - start > _LONGEST:
        return None
    if arabic := match["arabic"]:
        value = Decimal(arabic.replace(",", "").replace(" ", ""))
        value *= _product((match["magnitude"] or "").strip())
        if rest := match["rest"]:
            value += Decimal(rest[:-1]) * 10**4
        value = plain(value)
        return Numeral(start, end, value, value, bool(match["inner"] or match["outer"]))
    if match["vague"]:
        magnitude = match["vague_magnitude"]
        unit = _product(magnitude)
        return Numeral(start, end, 2 * unit, 9 * unit, True)
    if grouped := match["grouped"]:  # 二、六〇〇: figures in groups of three
        value_ = _chinese(grouped.replace("、", "").replace(",", ""))
        if value_ is None:
            return None
        value_ = plain(value_ * _product(match["grouped_magnitude"]))
        return Numeral(start, end, value_, value_)
    chinese, more, beyond = match["chinese"], match["more"], match["beyond"]
    if chinese in _SURNAMES:
        return None
    scale = _product(beyond)
    if more == "几" and chinese[-1] in "十百千":  # 十几: 11 to 19, 二十几: 21 to 29
        base = _chinese(chinese)
        if base is None:
            return None
        step = {"十": 1, "百": 10, "千": 100}[chinese[-1]]
        return Numeral(start, end, (base + step) * scale, (base + 9 * step) * scale, True)
    if len(more) > 1:  # 一百几十: 120 to 190
        base, step = _chinese(chinese), MAGNITUDES[more[1]]
        if base is None or chinese[-1] not in "百千万" or MAGNITUDES[chinese[-1]] <= step:
            return None
        return Numeral(start, end, (base + 2 * step) * scale, (base + 9 * step) * scale, True)
    pair = _neighbours(chinese)
    if pair is not None:
        return Numeral(start, end, pair[0] * scale, pair[1] * scale, True)
    value_ = _chinese(chinese)
    if value_ is None or (beyond and not more and chinese[-1] in "万亿"):
        return None
    value_ = plain(value_ * scale)
    return Numeral(start, end, value_, value_, bool(more))


def plain(value: Decimal) -> Decimal:
    """Return a whole value without decimal places (1.96亿 is 196000000, not 196000000.00), any other as it is."""
    return value.to_integral_value() if value == value.to_integral_value() else value


def _product(magnitude: str) -> Decimal:
    value = 1
    for sign in magnitude:
        value *= MAGNITUDES[sign]
    return Decimal(value)


def _neighbours(chinese: str) -> tuple[Decimal, Decimal] | None:
    """Return both ends where two neighbouring figures stand side by side: 两三 (2 to 3), 三五十 (30 to 50), 十七八 (17 to 18)."""
    if len(chinese) > 6 or chinese in ("二二", "三三"):
        return None
    for index in range(len(chinese) - 1):
        first, second = chinese[index], chinese[index + 1]
        if first not in _FIGURES or second not in _FIGURES:
            continue
        low, high = _DIGITS[first], _DIGITS[second]
        if not (0 < low < high) or high - low > 2 or (high - low == 2 and (low, high) != (3, 5)):
            return None
        left, right = chinese[:index], chinese[index + 2 :]
        if right and any(c not in MAGNITUDES for c in right):
            return None
        if left and left[-1] not in "十百千万":
            return None
        ends = _chinese(left + first + right), _chinese(left + second + right)
        return (ends[0], ends[1]) if ends[0] is not None and ends[1] is not None else None
    return None


def _chinese(signs: str) -> Decimal | None:
    """Return the value of a numeral in Chinese characters, or None where the signs make no number."""
    whole, point, fraction = signs.replace("·", "点").partition("点")
    if not whole:
        return None
    value = _grouped(whole)
    if value is None:
        return None
    if not point:
        return Decimal(value)
    figures = "".join(str(_DIGITS[c]) for c in fraction)
    return Decimal(f"{value}.{figures}")


def _grouped(signs: str) -> int | None:
    """Return the value of signs with magnitudes: split at the last and largest of 兆, 亿, 万, then by 千百十."""
    for large in "兆亿億万萬":
        head, found, tail = signs.rpartition(large)
        if not found:
            continue
        scale = _LARGE[large]
        above = _grouped(head) if head else 1
        below = _tail(tail, scale) if tail else 0
        return None if above is None or below is None else above * scale + below
    return _below_ten_thousand(signs)


def _tail(signs: str, scale: int) -> int | None:
    """Return what follows a magnitude: a lone figure counts its tenth (三万五), else the signs say it themselves."""
    if len(signs) == 1 and 0 < _DIGITS.get(signs, 0) < 10:
        return _DIGITS[signs] * scale // 10
    return _grouped(signs)


def _below_ten_thousand(signs: str) -> int | None:
    if len(signs) > 1 and all(c in _FIGURES for c in signs):  # 六八五万
        return int("".join(str(_DIGITS[c]) for c in signs)) if "两" not in signs else None
    total, last, figure = 0, 10**4, None
    after_zero = False
    for sign in signs:
        digit = _DIGITS.get(sign)
        if digit is None:
            small = _SMALL[sign]
            if small >= last or figure == 0:
                return None
            total, last, figure, after_zero = total + (1 if figure is None else figure) * small, small, None, False
        elif digit >= 20:
            total, last, figure = total + digit, 10, None
        elif digit == 0 and figure is None:
            after_zero = True
        elif figure is None:
            figure = digit
        else:
            return None
    if figure is None:
        return total
    lone = last > 10 and last < 10**4 and not after_zero  # 二百五: 250
    return total + figure * (last // 10 if lone else 1)
