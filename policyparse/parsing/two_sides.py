"""Two sides of a change: the state from which and the state to which something changes (从30%提高到35%)."""

from __future__ import annotations

import re

from policyparse.parsing.contexts import Context
from policyparse.parsing.records import Measure

# 将标准设置为10% only sets a value.
_FROM = re.compile(r"(?:[从由][^,;。到至]{0,30}|将[^,;。到至]{0,30}(?<!为))$")
_VERB = (
    r"(?:提高|增加|增长|下降|降低|减少|上升|扩大|拓展|压缩|缩短|下调|上调|放宽|延长|发展|优化|精简|扩展|回落|变更|调整|提升|压减|攀升|跃升|"
    r"[降升增减改调变缩])"
)
_ONWARD = re.compile(
    r"(?:以上|左右|以下|以内|\([^()]{0,12}\))*(?:[、和及][^,;。到至]{0,12})?,?[^,;。]{0,16}?"
    + _VERB
    + r"(?:到了?|至|为|成)(?=[^,;。]{0,24}?[0-9〇一二三四五六七八九十百千半])"
)
_ARRIVED = re.compile(
    _VERB
    + r"(?:到了?|至|为|成)(?:不(?:高于|低于|超过|少于|得超过)[^,;。0-9]{0,10})?(?:[0-9〇零一二三四五六七八九十]{2,4}年[底末]?的|连续[^,;。0-9]{0,8}|[每人户]均)?$"
)
_BETWEEN = 40


def starts(context: Context) -> bool:
    """Tell whether a measure is where a change starts: 从【30%】提高到35%."""
    measure, text = context.measure, context.text
    start = context.clause_start
    if ")" in context.left:  # 由市场报价利率(LPR)加60个基点调整为…
        start = max(context.sentence_start, measure.reach_start - _BETWEEN)
    began = _FROM.search(text, start, measure.reach_start)
    return (
        began is not None
        and _ARRIVED.search(text, began.start(), measure.reach_start) is None
        and _ONWARD.match(text, measure.end, min(len(text), measure.end + _BETWEEN)) is not None
    )


def arrives(context: Context) -> bool:
    """Tell whether a verb of change that has arrived stands directly before a measure: 扩展到【60岁】以上."""
    start = context.measure.reach_start
    return _ARRIVED.search(context.text, max(context.clause_start, start - _BETWEEN), start) is not None


def ends(context: Context, before: Measure | None) -> bool:
    """Tell whether a measure is where the change arrives that started with the one before: 从30%提高到【35%】."""
    if before is None or (before.unit != context.measure.unit and before.unit):
        return False  # 20万调整为30万元: the first side may leave the unit to the other
    text, start = context.text, context.measure.reach_start
    return (
        start - before.end <= _BETWEEN
        and _ARRIVED.search(text, before.end, start) is not None
        and _FROM.search(text, max(context.sentence_start, before.reach_start - _BETWEEN), before.reach_start)
        is not None
    )
