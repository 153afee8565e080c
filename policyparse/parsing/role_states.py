"""States: measures of a planning text that tell how things are and ask for nothing."""

from __future__ import annotations

import re

from policyparse.parsing.contexts import Context

# What there is in the country or place of the document: 全国有20多万户小企业.
_THERE_IS = re.compile(r"(?:^|[,;。:\n])(?:全[国省市县区]|我[国省市县区])(?:现|还|共|总共|仍|大约|约)?有$")
_WHOLE_PEOPLE = ("中国人", "人民", "各族", "中华")
_MANY = 100_000_000
# What statistics say: 据不完全统计,全省…; what they reckon ahead is none.
_ACCORDING = re.compile(r"(?:^|[,;。:\n ])据[^,;。\n]{0,14}(?:统计|调查|普查|监测),")
_ACCORDING_REACH = 80
# How many there will be is told before it is said what to do for them: 今年毕业生达20万人,要….
_GIVEN = re.compile(r"(?:预计)?[今明]年[^,;。0-9新增完实要力确争]{2,14}(?:[高达有为]|达到|超过)$")
# A share that tells the state of things: 收入的六成来自旅游业, 有三分之一是新企业.
_SHARE_TOLD = re.compile(r"(?:以上|左右)?(?:都|均|仍|还)?(?:来自|来源于|是(?![要为])|属于|分布在|集中在|依靠|依赖)")
# A norm: 按照“500米见站”标准, 按每床50平方米的标准.
_NORM = re.compile(r"[^,;。:”]{0,8}(?:、[^,;。:、”]{1,10})?(?:”的?(?:标准|要求|原则)|的?标准)")
_NORM_REACH = 24
_BY_NORM = re.compile(r"按照?[^,;。]{0,24}$")
# Which of the things counted before are meant: 公园20座(面积1000平方米以上).
_SIZE = re.compile(
    r"[^,;。、]{0,4}(?:面积|投资|规模|产值|收入|直径|口径|高度|宽度|长度|资本|容量|销售额|库容)(?:在|达到?|为)?"
)


def is_given(context: Context) -> bool:
    """Tell whether the measure tells how many there will be, for whom something is to be done: 今年毕业生达20万人,要…."""
    measure, text = context.measure, context.text
    return (
        measure.kind == "count"
        and text.startswith(",", context.clause_end)
        and text.startswith(("要", "必须", "需要"), context.clause_end + 1)
        and _GIVEN.match(text[context.clause_start : measure.start]) is not None
    )


def tells_state(context: Context) -> bool:
    """Tell whether the measure tells the state of things.

    A share (六成来自旅游业), what there is (全国有20万户小企业), what statistics say, events spoken of (这3起事故).
    """
    measure, text, end = context.measure, context.text, context.clause_end
    lowest = max(0, context.sentence_start - 1, measure.reach_start - _ACCORDING_REACH)
    if text.find("据", lowest, measure.reach_start) >= 0 and _ACCORDING.search(text, lowest, measure.reach_start):
        return True
    if _THERE_IS.search(text, max(0, context.clause_start - 1), measure.reach_start):
        return True
    if measure.kind == "count" and measure.low >= _MANY and text.startswith(_WHOLE_PEOPLE, measure.end):
        return True
    if measure.kind in ("percentage", "ratio"):
        return _SHARE_TOLD.match(text, measure.end, end) is not None
    return measure.unit == "起" and text.endswith("这", 0, measure.start)  # events that happened


def is_norm(context: Context) -> bool:
    """Tell whether the measure is a norm by which things are built or paid (按每床50平方米的标准), or a size in brackets."""
    measure, text, end = context.measure, context.text, context.clause_end
    near = measure.reach_end + _NORM_REACH
    told = text.find("标准", measure.reach_end, near) >= 0 or text.find("”", measure.reach_end, near) >= 0
    norm = _NORM.match(text, measure.reach_end, end) if told else None
    if (
        norm
        and (measure.kind != "count" or "”" not in norm[0])
        and _BY_NORM.search(text, context.clause_start, measure.reach_start)
    ):
        return True
    return (
        measure.bound != "eq"
        and measure.kind in ("measure", "money")
        and measure.reach_end == end
        and text.startswith(")", end)
        and text.startswith("(", context.clause_start - 1)
        and _SIZE.fullmatch(text, context.clause_start, measure.reach_start) is not None
    )
