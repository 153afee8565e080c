"""Change: whether a quantity is a level or tells by how much something rises or falls."""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.model import Change
from policyparse.parsing.contexts import Context
from policyparse.parsing.records import Measure
from policyparse.parsing.two_sides import ends
from policyparse.parsing.words import WordSet

# What may stand between a verb of change and its value: 增长(率)(约)8%, 涨幅控制在3%.
_FILL = re.compile(
    r"(?:[了约近达超过逾为在均再各且: ]|累计|达到|控制|保持|分别|幅度|速度|至少|不低于|不少于|不超过|左右|预计|大约|稳定|"
    r"力争|确保|同比|平均|继续|应当?|必须|[可要需须将]|比例|率|的|是|拟|设|定|确定|预期|调控|宏观|目标|指标|持续|长期|始终|总体|基本|连年)*$"
)
# Both sides of a change are given: 从30%提高到35%, 由30%降至25%.
_ORIGIN = re.compile(r"(?:[从由]|自(?![然动治主有己筹贸营备身来]))(?:[^,;。]{0,20}的)?[^,;。]{0,24}$")
# The change stands behind its value: 按10%的标准提高, 以8%的速度增长.
_BEHIND = re.compile(
    r"(?:以上|左右)?(?:的(?:速度|幅度|比例|标准|水平))?(?:,)?(?:逐年|逐步|每年)?(提高|增加|增长|递增|上浮|上调|加计|下浮|下调|递减|减征|降低|减少)(?![到至为])"
)
# A level beside a change: where another one starts, or the total.
_ORIGINATES = re.compile(r"[从由](?:[^,;。]{0,10}的)?$")
_WHOLE = re.compile("总[量数额]|保有量|存量|共有|达到?$")
_TOTALS = re.compile(r"^ ?(?:总|累计|合计|共)")
# How far something moves is named, whatever it is a share of: 下调幅度不超过总价的5%.
_EXTENT = re.compile("的?幅度(?!.{0,20}(?:[从由]|调整))")
# The rate of change is the thing itself: 6.5%左右的增速.
_RATE = re.compile(r"(?:以上|左右)?的(?:年均|平均)?(?:经济)?(?:增速|增幅|涨幅|增长率|增长速度|(降幅|跌幅))")
# A gap between two values is a level, whatever is compared: 高于全国增速0.5个百分点.
_COMPARED = re.compile(r"(?<!不)高于|(?<!不)低于|快于|慢于|高出|低出|好于")
_SPAN = 26
_NEAR = 10
# Land and roads are what is improved, not by how much it grows.
_GROUND = frozenset(("亩", "公顷", "平方米", "平方公里", "公里", "米"))
_SHARED = 2
"""How many characters at the end of their names two things of a kind share (炼钢能力, 炼铁能力)."""
# A bracket inside a word opens no clause: 新增公共汽(电)车300辆.
_INNER_END = re.compile(r"[^()]{1,3}\)")
# What is added to a rate or a score: 加20个基点, 信用分值加5分.
_STEP = re.compile(r"[^,;。的]{0,3}(?:节点|档次|等级|级别|位次)")
_ADDED = ("个基点", "BP", "bp", "分")


class ChangeReader:
    """Reads the change of measures in context."""

    def __init__(self, lexicon: Lexicon) -> None:
        groups = lexicon.group("statements.change")
        self._signs: dict[str, Change] = dict.fromkeys(groups["decrease"], "decrease")
        self._signs.update(dict.fromkeys(groups["increase"], "increase"))
        self._verbs = WordSet((*self._signs, *groups["names"]))
        self._arrival = WordSet(groups["arrival"])
        self._spanning = frozenset(groups["spanning"])
        self._acts = frozenset(groups["acts"])
        self._relief = frozenset(groups["relief"])
        self._grants = WordSet(lexicon.words("statements.role.grants"))
        self._own_verbs = WordSet((*lexicon.words("statements.action.verbs"), *groups["others"]))

    def read(
        self, context: Context, before: Change, before_fresh: bool, last: Measure | None = None
    ) -> tuple[Change, bool]:
        """Return the change of a measure, and whether it was read from its own words.

        ``last`` is the measure before it. ``before`` is the change of the measure before it in the text, which a member of a series shares;
        ``before_fresh`` whether that one counts what is new (新增), which also carries over a comma.
        """
        measure = context.measure
        if measure.unit == "番":
            return "increase", False
        if ends(context, last) and last is not None and last.low != measure.low:
            moved, _ = self._own(context, context.clause_start)
            if moved:  # 由19和46平方米提高到26和55平方米: the verb knows, the neighbour may be another's
                return moved, False
            return ("increase" if measure.low > last.low else "decrease"), False
        sign = context.text[measure.reach_start - 1 : measure.reach_start]
        if measure.unit in _ADDED and sign == "加":
            return "increase", False
        if measure.unit in _ADDED[:3] and sign == "减":
            return "decrease", False
        if "上浮" in context.text[measure.reach_start : measure.start]:  # 最高可上浮30%
            return "increase", False
        own_start = max(_clause_start(context), context.joint if context.joined else 0)
        change, verb = self._own(context, own_start)
        if verb is not None:
            return change, verb == "新增"
        if context.joined:
            between = context.text[context.joint : measure.reach_start]
            if "," in between or ";" in between:
                return "", False
            if _ORIGINATES.search(between) or _TOTALS.search(between):
                return "", False  # 由50项减少到30项、从60项…; 新增3公里、总里程…
            comma = context.text[context.joint - 1] == ","
            alike = last is None or last.kind == measure.kind
            bare = alike and not between.strip("的约近为达超在过")
            if not self._own_verbs.within(context.text, context.joint, measure.reach_start) and (
                (not comma)
                or (bare and measure.kind != "count")
                or (
                    before_fresh
                    and between
                    and not _WHOLE.search(between)
                    and (measure.kind == "count" or _alike(context, between, last))
                )
            ):
                return before, before_fresh
        if measure.kind == "percentage" and (rate := _RATE.match(context.text, measure.end, context.clause_end)):
            return ("decrease" if rate[1] else "increase"), False
        behind = _BEHIND.match(context.text, measure.reach_end, context.clause_end)
        if behind and measure.kind in ("percentage", "multiple"):
            return self._signs.get(behind[1], "increase"), False
        return "", False

    def _own(self, context: Context, start: int) -> tuple[Change, str | None]:
        """Return the change that the clause's own words give, and the word; no word where they give none."""
        text, measure = context.text, context.measure
        end = measure.reach_start
        while True:
            position, verb = self._verbs.last(text, start, end)
            if position < 0:
                return "", None
            if verb[0] == "增" and text.startswith("新增", position - 1) and position > start:
                position, verb = position - 1, "新增"  # 新增开发: no 增开
            if verb in self._signs and not self._names_relief(context, start, position, verb):
                break
            end = position
        if _COMPARED.search(text, start, position):
            return "", verb
        after = position + len(verb)
        gap_start = after + 1 if text.startswith("了", after) else after
        if self._arrival.at(text, gap_start, measure.reach_start) and not text.startswith("成本", gap_start):
            origin = _ORIGIN.search(text, max(context.sentence_start, position - 50), position)
            return (self._signs[verb], verb) if origin else ("", verb)
        gap = text[after : measure.reach_start]
        if measure.kind in ("multiple", "ratio") and gap.endswith("的"):  # 增长率的1.3倍
            return "", verb
        if _FILL.match(gap):
            if measure.kind == "count" and self._is_act(context, verb):
                return "", verb
            if verb == "提升" and measure.unit in _GROUND:  # 森林质量提升5万亩
                return "", verb
            return self._signs[verb], verb
        if _EXTENT.match(text, after, measure.reach_start) and len(gap) <= _SPAN and measure.kind == "percentage":
            return self._signs[verb], verb
        points = measure.unit == "个百分点" and verb not in self._acts  # 下调贷款利率0.25个百分点
        if (
            (points or verb in self._spanning)
            and len(gap) <= _SPAN
            and not (measure.kind == "count" and verb in self._acts)
        ):
            if measure.kind in ("percentage", "ratio") and self._signs[verb] == "increase":
                return "", None
            if measure.kind == "money" and self._grants.within(text, after, measure.reach_start):
                return "", None
            return self._signs[verb], verb
        return "", None

    def _names_relief(self, context: Context, start: int, position: int, verb: str) -> bool:
        """Tell whether a word of relief says no change itself: not money (减税政策5项), or new relief (新增减税20亿元)."""
        if verb not in self._relief:
            return verb == "化解" and context.measure.kind == "count"
        gap = context.text[position + len(verb) : context.measure.reach_start]
        new = "新增" in context.text[max(start, position - _NEAR) : position]
        return context.measure.kind != "money" or new or not _FILL.match(gap)

    def _is_act(self, context: Context, verb: str) -> bool:
        """Tell whether a count says how many were acted on: 提升30个小区, 促进增长10条 (items of a document)."""
        unit, text = context.measure.unit, context.text
        if unit == "个" and _STEP.match(text, context.measure.end):
            return False  # 提高一个档次
        if unit == "个" and "个百分点" in text[context.measure.end : context.measure.end + 12]:
            return False  # 分别提升1.6个和0.1个百分点
        if verb in ("延长", "顺延") and unit == "次":
            return True
        if verb == "增长" and unit in ("条", "项", "场", "期"):
            return True
        return verb in self._acts and unit not in ("位", "名", "分", "点")


def _clause_start(context: Context) -> int:
    """Return where the clause of a measure begins; a short bracket inside a word does not open one."""
    start, text = context.clause_start, context.text
    if text[start - 1 : start] != "(" or not _INNER_END.match(text, start, context.measure.reach_start):
        return start
    lowest = max(context.sentence_start, start - _SPAN)
    while start > lowest and text[start - 1] not in ",;:。!?\n":
        start -= 1
    return start


def _alike(context: Context, between: str, last: Measure | None) -> bool:
    """Tell whether a measure behind a comma is of the same thing as the one before it: 新增炼钢能力5吨,炼铁能力3吨."""
    if last is None or last.unit != context.measure.unit or len(between) < _SHARED:
        return False
    return (
        between.startswith("其中") or between[-_SHARED:] == context.text[last.reach_start - _SHARED : last.reach_start]
    )
