"""Labels: the numbering signs that open a division (一、 （一） 1. 第三章 ① 附件2 ——).

A label says only that a line *may* open a division; ``weak`` marks those that need company (``1 总则``, ``1.1万``,
``2020`` after ``3.``): the outline takes them only where they continue a numbering.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {d: v for v, d in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_CN = "[一二三四五六七八九十百零〇]"

RANKS = {
    "第N部": 0, "第N编": 0, "第N篇": 0, "第N部分": 0, "第N章": 1, "第N节": 2, "第N条": 3,
    "一、": 4, "（一）": 5, "1.": 6, "1、": 6, "1": 6, "1.1": 6.1, "1.1.1": 6.2, "1.1.1.1": 6.3, "（1）": 7, "1）": 7, "①": 8,
    "第一，": 9, "其一": 9, "一是": 9, "一要": 9, "——": 9, "前言": 5.5,
}  # fmt: skip
"""The usual order of styles, from the top down; it only breaks ties, since documents mix them freely."""


@dataclass(slots=True)
class Label:
    """A label at ``start``; ``end`` is the first character after it and after the space that follows it."""

    start: int
    stop: int  # end of the label as printed
    end: int
    style: str
    number: int | None
    weak: bool = False
    path: tuple[int, ...] = ()  # all numbers of a dotted label


def ordinal(numeral: str) -> int | None:
    """Return the value of a Chinese or Arabic ordinal below 1000, None where it is none.

    >>> ordinal("二十三"), ordinal("一百零五"), ordinal("十"), ordinal("26")
    (23, 105, 10, 26)
    """
    if numeral.isdecimal():
        return int(numeral)
    total = current = 0
    for sign in numeral:
        if sign == "十":
            total += (current or 1) * 10
            current = 0
        elif sign == "百":
            total += (current or 1) * 100
            current = 0
        elif sign in _DIGITS:
            current = current * 10 + _DIGITS[sign]
        else:
            return None
    return total + current


_SPACES = re.compile(" {0,40}")
_ORDINAL = re.compile(
    r"第 {0,3}(" + _CN + r"{1,7}|\d{1,4}) {0,3}(部分|[编篇章节条部編節條])"
    r"(?: {0,2}之 {0,2}(" + _CN + r"{1,3})|[-—](\d{1,3})(?= {0,3}[条條]))?(?: {0,2}[条條])?"
)
_SIMPLE = {"編": "编", "節": "节", "條": "条"}
_TAIWAN = re.compile(r"第 {0,3}(\d{1,4}) {0,2}[-—] {0,2}(\d{1,3}) {0,3}[条條]")
_SERIAL = re.compile(r"第(" + _CN + r"{1,3})(?:是|[,、:])")
_CHINESE = re.compile(r"(" + _CN + r"{1,5})( {0,3}[、.]|是|要| {0,2}[,:]| {1,4})")
_BRACKET = re.compile(r"\( {0,2}(?:(" + _CN + r"{1,5})|(\d{1,3})) {0,2}\) {0,2}[、.,:]?")
_HALF_BRACKET = re.compile(r"(?:(" + _CN + r"{1,3})|(\d{1,2}))\)[、.]?")
_DOTTED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})(?!\d)(\.(?!\d))?( +|、)?")
_NUMBER = re.compile(
    r"(\d{1,3})( {0,2}[.、])(?! {0,2}\d)|(\d{1,3})([.、])(?= ?(?:19|20)\d\d ?年)|(\d{1,3})([.、]) {1,4}"
)
_TIGHT = re.compile(r"(\d{1,3})\.(?=\d)")
_BARE = re.compile(r"(\d{1,2})( {1,12})(?=[^\x00-\x7f])")
_MISSING = re.compile(r"(\d{1,2})[,: ]?(?=[^\x00-\x7f])")
_DASH = re.compile(r"(?:—{1,3}|-{2,4}|—-|-—) {0,2}(?=[^\d \-—])")
_BOX = re.compile(r"专 {0,2}栏 {0,3}(" + _CN + r"{1,3}|\d{1,2}(?:-\d{1,2})?)? {0,3}[:、.]?")
_ANNEX = re.compile(
    r"(?:《[^》\n]{2,20}》 ?)?附 {0,3}(?:(?:件|录|表) {0,3}|(?=:))("
    + _CN
    + r"{1,3}|\d{1,2}(?:-\d{1,2})?)? {0,3}[:.、]?"
)
_CIRCLED = {chr(first + i): i + 1 for first, count in ((0x2460, 20), (0x2776, 10), (0x2780, 10)) for i in range(count)}
_FULL_STOP = {chr(0x2488 + i): i + 1 for i in range(20)}
_SIGNS = {s: ("①", n) for s, n in _CIRCLED.items()} | {s: ("1.", n) for s, n in _FULL_STOP.items()}
_SIGNS |= {chr(0x2474 + i): ("（1）", i + 1) for i in range(20)} | {
    chr(0x3220 + i): ("（一）", i + 1) for i in range(10)
}

_REFERS = re.compile(
    r" ?(?:第[一二三四五六七八九十\d]|规定|所列|所规定|所称|至|和|及|、|,第|或者?第|款|项|中(?![央国华外])的?|的规定|之规定|以上|以下|关于)"
)
_ITEM = re.compile(r" ?(?:[、和及至或] ?(?:\(|第)|[项款]|至|类)")
_SERIES = re.compile(r"([二三四五六七八九])、?[、产线季次级类孩届期度十]")
_UNITS = frozenset(
    "年月日时分秒个万亿元角%‰倍家项条名人次所户处座台件种类类级期届米吨亩岁天周度套部辆艘批只头块间位本册份份张对双辈代字点号款层楼栋千百十余多几成以至到/×*~-—≤≥<>℃kKmMgGwWtTcC"
)


class LabelReader:
    """Reads the label at the beginning of a line of folded text."""

    def __init__(self) -> None:
        readers = {"第": self._ordinal, "(": self._bracket, "专": self._box, "附": self._annex, "《": self._annex}
        readers |= dict.fromkeys("—-", self._dash)
        readers |= dict.fromkeys("一二三四五六七八九十", self._chinese)
        readers |= dict.fromkeys("0123456789", self._number)
        readers |= dict.fromkeys(_SIGNS, self._sign)
        readers["其"] = self._sequel
        self._readers = readers

    def read(self, folded: str, start: int, end: int) -> Label | None:
        """Return the label at ``start`` of the line that ends at ``end``, or None."""
        reader = self._readers.get(folded[start])
        return reader(folded, start, end) if reader else None

    def _ordinal(self, folded: str, start: int, end: int) -> Label | None:
        if found := _TAIWAN.match(folded, start, end):
            label = _label(folded, found, end, "第N条", int(found[1]))
            label.path = int(found[1]), int(found[2])
            return label
        if found := _ORDINAL.match(folded, start, end):
            unit = _SIMPLE.get(found[2], found[2])
            stop = found.end() if found[3] or found[4] or unit != "条" else found.end(2)
            number = ordinal(found[1])
            if stop < end and folded[stop] != " " and _REFERS.match(folded, stop, end):
                return None  # 第三条规定的情形, 第二章和第三章: a reference, not a label
            if unit in ("部", "节", "部分", "篇", "编", "章") and end - stop > 60:
                return None  # such divisions have a line of their own
            if unit == "节" and stop < end and folded[stop] not in " :、":
                return None if end - stop > 30 else _at(folded, start, stop, end, "第N节", number)
            tight = unit == "条" and stop < end and folded[stop] not in " 【("
            label = _at(folded, start, stop, end, "第N" + unit, number, weak=tight)
            if number is not None and (found[3] or found[4]):
                label.path = number, ordinal(found[3] or found[4]) or 0
            return label
        if found := _SERIAL.match(folded, start, end):
            return _label(folded, found, end, "第一，", ordinal(found[1]))
        return None

    def _sequel(self, folded: str, start: int, end: int) -> Label | None:
        if found := re.compile(r"其([一二三四五六七八九])[,、:]").match(folded, start, end):
            return _label(folded, found, end, "其一", ordinal(found[1]))
        return None

    def _chinese(self, folded: str, start: int, end: int) -> Label | None:
        if found := _HALF_BRACKET.match(folded, start, end):
            return _label(folded, found, end, "（一）", ordinal(found[1]))
        found = _CHINESE.match(folded, start, end)
        if not found:
            return None
        number, sign = ordinal(found[1]), found[2].strip()
        if number is None or not number:
            return None
        if sign in ("是", "要"):
            return _label(folded, found, end, "一" + sign, number)
        if sign in ("、", "."):
            if (series := _SERIES.match(folded, found.end(), end)) and ordinal(series[1]) == number + 1:
                return None  # 二、三产业; 三、四线城市
            return _label(folded, found, end, "一、", number)
        return _label(folded, found, end, "一、", number, weak=True)

    def _bracket(self, folded: str, start: int, end: int) -> Label | None:
        found = _BRACKET.match(folded, start, end)
        if not found:
            return None
        if _ITEM.match(folded, folded.index(")", start) + 1, end):
            return None  # (二)项, (二)至(五)
        chinese = found[1] is not None
        return _label(folded, found, end, "（一）" if chinese else "（1）", ordinal(found[1] or found[2]))

    def _number(self, folded: str, start: int, end: int) -> Label | None:
        if found := _HALF_BRACKET.match(folded, start, end):
            return _label(folded, found, end, "1）", ordinal(found[2]))
        if found := _NUMBER.match(folded, start, end):
            number = int(found[1] or found[3] or found[5])
            sign = (found[2] or found[4] or found[6]).strip()
            weak = bool(found[5]) and found.end() < end and folded[found.end()].isdecimal()
            return _label(folded, found, end, "1、" if sign == "、" else "1.", number, weak=weak)
        if found := _DOTTED.match(folded, start, end):
            path = tuple(map(int, found[1].split(".")))
            apart = bool(found[2] or found[3])
            unit = found.end() < end and folded[found.end()] in _UNITS
            if (apart and not (unit and not found[3])) or not unit:
                style = ".".join("1" * len(path))
                label = _label(folded, found, end, style, path[-1], weak=True)
                label.path = path
                return label
        if found := _TIGHT.match(folded, start, end):
            return _label(folded, found, end, "1.", int(found[1]), weak=True)  # 3.12345热线
        if found := _BARE.match(folded, start, end):
            if folded[found.end()] in _UNITS:
                return None
            return _label(folded, found, end, "1", int(found[1]), weak=True)
        if (found := _MISSING.match(folded, start, end)) and folded[found.end()] not in _UNITS:
            return _label(folded, found, end, "1.", int(found[1]), weak=True)  # a lost full stop
        return None

    def _sign(self, folded: str, start: int, end: int) -> Label | None:
        style, number = _SIGNS[folded[start]]
        return _at(folded, start, start + 1, end, style, number)

    def _dash(self, folded: str, start: int, end: int) -> Label | None:
        found = _DASH.match(folded, start, end)
        if not found:
            if folded.startswith("-、", start) or folded.startswith("—、", start):
                return _at(folded, start, start + 2, end, "一、", 1, weak=True)  # 一 read as a dash
            return None
        label = _label(folded, found, end, "——", None)
        label.weak = label.stop - start == 1
        return label

    def _box(self, folded: str, start: int, end: int) -> Label | None:
        found = _BOX.match(folded, start, end)
        if not found or (found[1] is None and found.end() < end) or end - start > 60:
            return None
        return _label(folded, found, end, "专栏N", _first_number(found[1]))

    def _annex(self, folded: str, start: int, end: int) -> Label | None:
        found = _ANNEX.match(folded, start, end)
        if not found or end - start > 80:
            return None
        closed = found[0].rstrip()[-1:] in ":.、"
        if found.end() < end and not closed and folded[found.end() - 1] != " ":
            return None  # 附件所列
        return _label(folded, found, end, "附件N", _first_number(found[1]))


def _first_number(numeral: str | None) -> int | None:
    return ordinal(numeral.partition("-")[0]) if numeral else None


def _label(folded: str, found: re.Match[str], end: int, style: str, number: int | None, *, weak: bool = False) -> Label:
    return _at(folded, found.start(), found.end(), end, style, number, weak=weak)


def _at(folded: str, start: int, stop: int, end: int, style: str, number: int | None, *, weak: bool = False) -> Label:
    body = _SPACES.match(folded, stop, end)
    while stop > start and folded[stop - 1] == " ":
        stop -= 1
    return Label(start, stop, body.end() if body else stop, style, number, weak)
