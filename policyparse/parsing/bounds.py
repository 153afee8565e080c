"""Bounds: whether a quantity is a floor, a ceiling, an approximation, from the words on either side of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from policyparse.lexicon import Lexicon
from policyparse.model import Bound
from policyparse.parsing.expressions import Expression
from policyparse.parsing.records import Measure
from policyparse.parsing.words import WordSet

_REACH = 14
"""How far words of bound that touch the quantity may extend on either side, in characters."""
_FEW = 3
_FAR = 18
"""How far before the quantity a floor or ceiling may stand with other words between (不低于当地标准的10%)."""
_FAR_SHARE = 36
"""The same where the quantity is a share of something that is named in full."""
_SPREADING: tuple[Bound, ...] = ("ge", "gt", "le", "lt", "approx")
_SERIES = re.compile(r"(?:[、和及与或,]|以及) ?")
_BARE = "百千万亿"
_BREAKS = ",。;:、!?\n()每"
# The threshold is below or above a multiple or share of something: 低于周边平均价格的1.2倍, 不到世界的百分之七.
_OF_BASE = re.compile(
    r"(低于|高于|超过|少于|多于|小于|大于|不到|不足)(?:[^,;。:\n]{1,30}(?<!部分)的|全国|世界|全球|全省|全市|总数|总人口)$"
)
# Not yet reached: 未达到投资额25%(以上), 未缴满3年.
_NOT_YET = re.compile(r"未(?:达到?|完成)[^,;。:\n]{0,12}$|未[^,;。:\n]{0,8}满$")
# A ceiling or floor that is moved holds for its end: 最高额度由40万元调整至60万元.
_MOVED = re.compile(
    r"(最高|最低(?!生活|工资))[^,;。:\n]{0,16}[由从][^,;。:\n]{1,16}(?:提高|增加|调整|上调|下调|降低|提升|放宽|[降调增升])(?:到|至|为)$"
)
# No more often and no more of it than that: 仅能延期一次, 一人只能担任一个.
_ONLY = re.compile(r"(?:[只仅](?:能|可|得|限|准|允许))[^,。;:\n\d]{0,12}$")
_ONLY_UNITS = frozenset(("次", "个", "项", "种", "套", "张", "家", "处", "人", "名", "所"))
# What moves a ceiling is itself no ceiling: 最高额度提高20%.
_MOVES = re.compile(r"(?:提高|上调|上浮|增加|下调|降低|下浮)(?![到至为])")
# After 最低 or 最高 these make a name or a list (最低生活保障人数, 最低工资).
_NOT_OF_FAR = ("的", "以", "价", "生活", "工资")
_INCLUSIVE = re.compile(r"\(含[^()\n]{0,10}\)")
_INNER = re.compile("以上|以下|左右")
_ENDS = ("最高", "最低")
# What is taken from a rate or added to it is no level: 最低降至市场利率减20个基点.
_STEP = ("减", "加")
# Not beyond: 未 or 不 before a word of excess or lack turns it round, also over a line end (不 得超过).
_TURNED: dict[Bound, Bound] = {"gt": "le", "lt": "ge"}
_NOT = re.compile(r"(?:不|未|没有|并未|从未)\s{0,8}(?:得|能|应|宜|可|准|许|要|会|再|曾|应当|可以)?\s{0,8}$")
_NOT_WINDOW = 22
# The same span or amount said in two units: 3年(36个月)内.
_IN_BRACKET = re.compile(r"\((?=[\d一二三四五六七八九十])[^(),。;\n]{1,12}\)")
# An approximation before a verb of change or being: 大约增加了2万种, 约有三分之一.
_ROUGHLY = re.compile(
    r"(?<![节制契条公签违合预履续解赴])(?:约|大约|大概|将近|接近|估计)(?:可|能|将|要|会|需要?)?"
    r"(?:投入|支出|投资|安排|增加|增长|减少|提高|下降|降低|上升|缩短|节约|节省|新增|有|需|需要|占|为|合|折合|计|相当于|达|达到|用|要|可|能)(?:了|到|至)? ?$"
    r"|(?:大约|大概)[^,。;:、\n]{1,12}$"
)
_ROUGH = ("约", "大概", "将近", "接近", "估计")
_ROUGH_WINDOW = 16
# 应在15%内: the limit of a share, an amount or a length.
_BEHIND = frozenset("内()")
_INSIDE = re.compile(r"内(?=[,。;、)的换]|$)")
# A moved ceiling goes on in a parallel clause: 最高额度由45万元增加到50万元,单方缴存的由35万元增加到40万元.
_PARALLEL = re.compile(r"[,;、] ?[^,;。:\n]{0,14}[由从]$")
# The end of a series of several units: 1150万平方米、17万套左右。
_ENDED = re.compile(r"[,。;)]|$")
# The like case: ,单职工.
_CASE = re.compile(r"[,;、] ?[^,;。:\n到至由从每和的给]{2,8}")
_MOVED_TO = re.compile(r"(?:提高|增加|调整|上调|下调|降低|提升|放宽|[降调增升])(?:到|至|为)$")
_SAME = re.compile(r"\(含[^()]{1,10}\)(以上|以下|以内)")
_ORDER: tuple[Bound, ...] = ("ge", "gt", "le", "lt", "approx")


class BoundReader:
    """Reads the words of bound beside a stretch of text."""

    def __init__(self, lexicon: Lexicon) -> None:
        left, right = lexicon.group("quantities.bounds.left"), lexicon.group("quantities.bounds.right")
        self._left: dict[str, Bound] = {word: bound for bound in _ORDER for word in left.get(bound, ())}
        self._right: dict[str, Bound] = {word: bound for bound in _ORDER for word in right.get(bound, ())}
        # Words that only end like a word of bound (节约 like 约) win as the longer match, and say nothing.
        self._left_words = WordSet([*self._left, *lexicon.words("quantities.bounds.not_left.words")])
        self._right_words = WordSet(self._right)
        # 高于全国4.2个百分点 measures a gap; only what is worded as a floor or ceiling reaches over other words.
        self._far = {w: b for w, b in self._left.items() if b in ("ge", "le") and w[0] in "不未至最" and len(w) > 1}
        self._far_words = WordSet(self._far)
        self._fillers = WordSet(lexicon.words("quantities.fillers"))

    def measures(self, text: str, found: Sequence[Expression]) -> list[Measure]:
        """Return the expressions with their words of bound; in a bare series those at its end hold for each member."""
        measures: list[Measure] = []
        lefts: list[Bound] = []
        previous_end = 0
        for index, one in enumerate(found):
            following = found[index + 1].start if index + 1 < len(found) else len(text)
            left, reach_start = self._before(text, one.start, max(previous_end, one.start - _REACH))
            right, reach_end = self._after(text, one.end, min(one.end + _REACH, following))
            if right == "eq" and text[one.end : one.end + 1] in _BEHIND:
                right, reach_end = self._within(text, one, following)
            bare = text[one.start] in _BARE and text[one.start - 1 : one.start] == "上"
            if left == "eq" and bare and text[one.start - 2 : one.start - 1] != "以":  # 上百家, not 以上百分之五
                left, reach_start = "ge", one.start - 1
            if right == "eq" and (inner := _INNER.search(text, one.start, one.end)):  # 200万以上标箱
                right = self._right[inner[0]]
            if left == right == "eq":
                left = self._far_before(text, one, previous_end)
                if left == "eq" and self._is_rough(text, max(previous_end, one.start - _ROUGH_WINDOW), one.start):
                    left = "approx"
            elif right == "ge" and left == "eq" and _NOT_YET.search(text, max(0, one.start - _FAR), one.start):
                left, right = "lt", "eq"
            elif (
                left in ("gt", "lt")
                and (including := _INCLUSIVE.search(text, one.start, one.end + _REACH))
                and including.start() <= one.end
            ):  # 超过200平方米(含), 超过200(含200)平方米
                left, reach_end = ("ge" if left == "gt" else "le"), max(one.end, including.end())
            bound: Bound = _strongest(left, right)
            if one.is_range:
                bound = "range"
            elif bound == "eq" and one.vague:
                bound = "approx"
            vague = one.vague or "approx" in (left, right)
            measures.append(
                Measure(one.start, one.end, one.kind, one.low, one.high, one.unit, bound, vague, reach_start, reach_end)
            )
            lefts.append(left)
            previous_end = one.end
        _go_on(text, measures)
        _spread_back(text, measures, lefts)
        _spread_on(text, measures, lefts)
        return measures

    def _before(self, text: str, start: int, lowest: int) -> tuple[Bound, int]:
        """Return the bound that the words left of ``start`` give, and where they begin; ``("eq", start)`` if none."""
        position = start
        for _ in range(3):
            while position > lowest and text[position - 1] == " ":
                position -= 1
            word = self._left_words.before(text, lowest, position)
            if word:
                bound = self._left.get(word)
                if bound in _TURNED and (
                    turn := _NOT.search(text, max(0, position - len(word) - _NOT_WINDOW), position - len(word))
                ):
                    return _TURNED[bound], turn.start()
                if word == ">" and text[position - 2 : position - 1].isalpha():  # the end of a mark-up sign: <br>12
                    return "eq", start
                return (bound, position - len(word)) if bound else ("eq", start)
            filler = self._fillers.before(text, lowest, position)
            if not filler:
                break
            position -= len(filler)
        return "eq", start

    def _far_before(self, text: str, one: Expression, previous_end: int) -> Bound:
        """Return the bound that words give between which and the quantity others stand: 不低于当地标准的10%."""
        start, kind = one.start, one.kind
        share = kind in ("percentage", "ratio", "multiple") and one.unit != "个百分点"
        lowest = max(previous_end, start - (_FAR_SHARE if share else _FAR))
        position = start
        while position > lowest and (text[position - 1] not in _BREAKS or text.startswith("每年", position - 1)):
            position -= 1
        if moved := _MOVED.search(text, max(0, start - _FAR - _FAR), start):
            return "le" if moved[1] == "最高" else "ge"
        place, word = self._far_words.last(text, position, start)
        if word in _ENDS and share and text[start - 1] == "的" and start - place > 3:
            before, other = self._far_words.last(text, position, place)
            if other[:1] in ("不", "未"):  # 不得超过最低税额的30%: of what it is a share
                place, word = before, other
        if word and start - place > _FAR and not text.startswith("不", place):
            word = ""
        if word and (not word.startswith("最高") or kind in ("money", "percentage") or one.unit == "分"):
            after = place + len(word)
            if text.startswith(_NOT_OF_FAR, after):
                return "eq"
            if word[:2] in _ENDS and (_MOVES.search(text, after, start) or text.startswith(_STEP, start - 1)):
                return "eq"
            return self._far[word]
        if _NOT_YET.search(text, position, start):
            return "lt"
        if one.unit in _ONLY_UNITS and one.low == one.high <= _FEW and _ONLY.search(text, position, start):
            return "le"
        found = _OF_BASE.search(text, position, start) if share else None
        return self._left.get(found[1], "eq") if found else "eq"

    @staticmethod
    def _is_rough(text: str, start: int, end: int) -> bool:
        """Tell whether a word of approximation before a verb stands between ``start`` and ``end``."""
        window = text[start:end]
        return any(word in window for word in _ROUGH) and _ROUGHLY.search(text, start, end) is not None

    def _within(self, text: str, one: Expression, following: int) -> tuple[Bound, int]:
        """Return the bound behind a quantity that 内 gives (15日内, 在15%内), also behind a bracket (3年(36个月)内)."""
        end = one.end
        bracket = _IN_BRACKET.match(text, end)
        if bracket is None and text.startswith(")", end) and text.startswith("(", one.start - 1):
            bracket = _IN_BRACKET.match(text, one.start - 1)
        if bracket is not None:
            end = bracket.end()
            word = self._right_words.at(text, end, end + _REACH)
            if word and self._right[word] != "approx":
                return self._right[word], one.end
        if one.time and text.startswith("内", end):
            return "le", (end + 1 if bracket is None else one.end)
        if one.kind in ("percentage", "money", "measure") and bracket is None and _INSIDE.match(text, end):
            return "le", end + 1
        return "eq", one.end

    def _after(self, text: str, end: int, highest: int) -> tuple[Bound, int]:
        """Return the bound that the words right of ``end`` give, and where they end; ``("eq", end)`` if none."""
        position = end
        while position < highest and text[position] in " ”":
            position += 1
        if same := _SAME.match(text, position, position + _FAR):  # 5套(含5套)以上
            return self._right[same[1]], same.end()
        if text.startswith("。以内", position):  # a full stop that a conversion put for a sign (7.2‰以内)
            position += 1
        word = self._right_words.at(text, position, highest)
        return (self._right[word], position + len(word)) if word else ("eq", end)


def _go_on(text: str, measures: Sequence[Measure]) -> None:
    """Let a ceiling or floor hold for a parallel clause.

    It is moved there too (最高额度由A增加到B,单方的由C增加到D), or stands at the like case (最高额度为双职工96万元,单职工72万元).
    """
    for before, here in pairwise(measures):
        case = _CASE.fullmatch(text, before.end, here.start) if before.bound in ("le", "ge") else None
        if case and here.bound == "eq" and here.unit == before.unit and before.reach_start == before.start:
            alike = text[here.start - 2 : here.start] == text[before.start - 2 : before.start]
            here.bound = before.bound if alike and before.reach_end == before.end else "eq"
    for index in range(2, len(measures) - 1):
        former, before, here, after = measures[index - 2 : index + 2]
        if (
            before.bound == former.bound in ("le", "ge")
            and here.bound == after.bound == "eq"
            and before.unit == here.unit == after.unit
            and _PARALLEL.fullmatch(text, before.end, here.start)
            and _MOVED_TO.fullmatch(text, here.end, after.start)
            and _MOVED_TO.fullmatch(text, former.end, before.start)
        ):
            here.bound = after.bound = before.bound


def _strongest(first: Bound, second: Bound) -> Bound:
    """Return which of two bounds holds: ge, gt, le and lt before approx, and that before none."""
    if first in ("eq", "approx") and second != "eq":
        return second
    return first


def _spread_back(text: str, measures: Sequence[Measure], lefts: Sequence[Bound]) -> None:
    """Let a word of bound after the last member of a bare series hold for each (2%、5%和7%以上)."""
    spreading = False
    for index in range(len(measures) - 2, -1, -1):
        here, after = measures[index], measures[index + 1]
        closing = after.reach_end > after.end and lefts[index + 1] == "eq" and after.bound in _SPREADING
        spreading = (
            (spreading or closing)
            and here.bound == "eq"
            and (here.kind == after.kind or _ENDED.match(text, after.reach_end) is not None)
            and not (here.low == after.low and text[here.end] in "及或")  # 两个及两个以上
            and _joins(text, here.end, after.start)
        )
        if spreading:
            here.bound, here.approximate = after.bound, here.approximate or after.approximate


def _spread_on(text: str, measures: Sequence[Measure], lefts: list[Bound]) -> None:
    """Let a word of bound before the first member hold for each (不超过1万元、2万元; 分别突破3亿元和2亿元)."""
    spread = False  # the members before share a word already: 最高不超过1万元、2万元和3万元
    for index in range(1, len(measures)):
        before, here = measures[index - 1], measures[index]
        series, spread = spread, False
        if (
            here.bound == "eq"
            and before.bound in _SPREADING
            and before.bound == lefts[index - 1]
            and before.reach_end == before.end
            and here.unit == before.unit
            and _joins(text, before.end, here.start)
            and (
                series
                or text.startswith("、", before.end)
                or "分别" in text[max(0, before.reach_start - 4) : before.reach_start]
            )
        ):
            here.bound = lefts[index] = before.bound
            spread = True


def _joins(text: str, start: int, end: int) -> bool:
    match = _SERIES.match(text, start)
    return match is not None and match.end() == end
