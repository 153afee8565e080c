"""Role: whether a quantity is a target, a result, a rule's parameter, or none of these.

The kind of document and the purpose of its region give the default; the clause may say otherwise.
"""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.model import StatementRole
from policyparse.parsing.contexts import Context
from policyparse.parsing.groups import Groups
from policyparse.parsing.records import Claim, Setting, TimePhrase
from policyparse.parsing.role_shapes import RoleShapes
from policyparse.parsing.role_states import is_given, is_norm, tells_state
from policyparse.parsing.tenses import TenseReader
from policyparse.parsing.timing import Times
from policyparse.parsing.two_sides import arrives, starts
from policyparse.parsing.words import WordSet

_DEFAULTS: dict[str, StatementRole] = {
    "review": "actual",
    "results": "actual",
    "plan": "target",
    "front": "target",
    "rules": "standard",
    "glossary": "other",
    "assigned": "other",
    "closing": "other",
}
# A goal that had been set, quoted beside what came of it: 超额完成10万人的目标, 实现投资5亿元、产值10亿元的目标.
_QUOTED = re.compile(
    r"[^,;。]{0,30}?的(?:(?:年度|预期|既定|全年|预定|原定)?(?:任务|要求)|[^,;。、的]{0,4}(?:目标|指标))"
)
# Goals set before the time that is reviewed: 会议通过的主要指标是: …; 计划安置25万人, 实际…; 超过原定的2万亿元.
_RESOLVED = re.compile(r"(?:提出|通过|确定)[^。;]{0,30}(?:任务|指标|目标),?就?是[:,]?")
_RESOLVED_REACH = 150
_PLANNED = re.compile(
    r"(?:计划|要求)(?:为|比[^,;。]{1,8}(?:增长|增加)|增长|安置|安排|投入|投资|在[^,;。]{1,6}内[^,;。]{0,4})"
    r"[^,;。0-9一二三四五六七八九十]{0,14}$"
)
_INTENDED = re.compile(r"(?:原定|预定|既定)(?:的|计划|指标|预算|任务)?[^,;。的完]{0,10}$")
# A plan beside what came of it: 规划新建1000处,完成1200处; in brackets (年度任务为150间以上).
_PLANNED_FIRST = re.compile(r"(?:计划|规划)(?:新建|实施|建设|改造|完成|开工|培训|新增)[^,;。0-9]{0,14}$")
_DONE_THEN = re.compile(r"[^,;。]{0,12}[,;](?:实际|已|共?完成|全年)")
_INTENDED_BASE = re.compile(r"(?:原|预|既)(?:计划|定)[^,;。0-9]{0,6}$")
_BASE = "base of a change"
_IN_BRACKETS = re.compile(
    r"(?:任务|目标|计划)(?:数|量)?\($|\((?:年度|全年|年初|当年)?(?:计划|目标|任务)(?:任务|目标|数|值|量)?(?:为|是|:)?(?:控制在|完成)?$"
)
# What the document only prepares for: 为实现翻两番…打下基础.
_PREPARES = re.compile(r"[^。;]{0,60}?(?:打下|奠定|创造)[^。;,]{0,10}(?:基础|条件)")
# Weights and terms of a formula: =监测(60%)+调查(40%).
_FORMULA = re.compile(r"\)?[+×÷=]")
# The level or growth that a share or rate is to reach: 同比增长20%, 覆盖率达到90%.
_GROWS = re.compile(r"(?:增长|提高到?|提升到?|达到?|下降|降低|突破|力争|保持在?|不低于)$|(?:增长|率)[^,;。]{0,4}$")
# What the document itself will raise, cut or set aside is no parameter: 补助标准提高到580元, 转移支付增长7.8%.
_SET_ANEW = re.compile(
    r"(?:提高|增加|增长|提升|上调|压减|下降|降低|减少|增至|提至|安排|递增|递减)(?:到|至|为|了)?(?:每[年人月]|人均)?[^,;。0-9]{0,4}$"
)
# An event that is to be held so many times a year: 积极组织展销会,每年度不少于2次.
_YEARLY = re.compile(r"每(?:年|半年|季|季度|月|周)度?(?:至少|不少于|举办|组织|开展)*$")
_EVENTS = ("次", "场", "届", "期")
# How many will be chosen or supported by a set time: 5年内重点支持300名人才, 评选资助200家企业.
_SELECTS = re.compile(r"(?:资助|支持|扶持|培育|培养|引进|评选|选拔|遴选|培训)$")
_THOSE = ("名", "人", "家", "个", "户")
_FOR_WHOM = re.compile(r"(?:^|[。;:\n、.)])[ 0-9]{0,4}(?:对|凡)[^。;]*,$")
_CASE = 80
# A number of the document's own formula is explained by what will be done: “1+20+30”, 其中“20”是指新建公园20座.
_NUMBER_NAMED = re.compile(r"“(?:\d{1,4}|[NXn一二三四五六七八九十百]{1,3})”$")
# The end of a change that started from the present state: 由目前的12.9%提高到14%.
_ARRIVES = re.compile(
    r"(?:提高|增加|降低|下降|减少|扩大|上升|调整|压缩|缩短|降|提升|增长|发展)(?:到|至|为)[^,;。]{0,8}$"
)
_RECKONED = re.compile(r"(?:为|是|相当于|占|达到?)[^,;。]{0,12}$")
# Where the condition ends and what is promised begins: 在材料齐全的情况下力争2个工作日内办结.
_CIRCUMSTANCE = re.compile(r"的(?:情况|前提|基础|条件)[上下]\s{0,8}(?:力争|争取|确保)")
_PROMISED = re.compile(r"(?:之?前)?,?(?:全部|全面|力争|争取|确保)?(?:实现|完成|达到|建成)")
_THERE = ("原有", "现有")
_VERB = 4
_NEAR = 25
# What the authorities themselves will do faster: 办理时间压缩至2个工作日.
_SHORTENED = re.compile(
    r"(?:时间|时限|用时)[^,;。0-9]{0,8}(?:压缩|缩短|压减|缩减|精简|提速|[减降])(?:到|至|为)[^,;。0-9]{0,4}$"
)
GROUP = "group"
"""The rule of a size by which things are chosen (10亿元以上项目); such a size is itself no change."""
_TAKES = re.compile(r"(?:再?用|利用|花|通过|经过).{1,8}时间")
# No more than so many for each: 每所学校推荐团队不超过3个.
_FOR_EACH = re.compile("(?:原则上)?每(?:个|所|家|名|人|支|队|校|单位|企业)")
_TERMS = ("周期为", "期限为", "有效期为", "任期为", "服务期为", "聘期为", "公示期为")
_TIME_UNITS = tuple("日天月周年时钟")


class RoleReader:
    """Reads the role of measures in context."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.group("statements.role")
        self._shapes = RoleShapes(lexicon)
        self._groups = Groups(lexicon)
        self._tenses = TenseReader(lexicon)
        self._making = WordSet(words["making"])
        self._grants = WordSet(words["grants"])
        self._per_case = WordSet(words["per_case"])
        self._conditions = WordSet(words["conditions"])
        self._goals = WordSet(words["goals"])
        self._promises = WordSet(words["promises"])
        self._states = WordSet(words["states"])
        self._demands = WordSet(words["demands"])

    def read(
        self,
        context: Context,
        setting: Setting,
        times: Times,
        previous: Claim | None,
    ) -> tuple[StatementRole, str]:
        """Return the role and the name of the rule that gave it; ``previous`` is the statement before it."""
        measure, text = context.measure, context.text
        law = setting.kind == "law"
        if law and self._shapes.is_kinds(context):
            return "other", "classes"
        if setting.kind == "law":
            return "standard", "law"
        purpose = setting.purpose_at(measure.start)
        default = _DEFAULTS[purpose]
        sign = "" if default == "actual" else self._shapes.is_start(context)
        if sign and default != "other":
            intended = sign == _BASE and _INTENDED_BASE.search(text, context.clause_start, measure.reach_start)
            return ("other", "value that was planned") if intended else ("actual", sign)
        if previous is not None and previous.role == "standard" and self._shapes.goes_on(context):
            return "standard", "series of standards"
        if measure.unit == "分" and text[measure.reach_start - 1 : measure.reach_start] == "(":
            return "standard", "marks"
        if self._groups.holds(context):
            if default == "actual" and (starts(context) or arrives(context)):
                return "actual", "review"  # 从65岁以上扩展到60岁以上
            return "standard", GROUP
        if self._shapes.is_set_phrase(context):
            return "other", "set phrase"
        if self._shapes.is_field(context):
            return "other", "field of a rank"
        if self._shapes.is_total(context):
            return "other", "names counted"
        if default == "actual":
            if self._shapes.is_name(context, told=True):
                return "other", "name of a policy"
            return self._in_review(context)
        if default == "target":
            return self._in_plan(context, times, previous)
        if default == "standard":
            return self._in_rules(context, times.due, previous)
        return default, purpose

    def _in_review(self, context: Context) -> tuple[StatementRole, str]:
        text, measure = context.text, context.measure
        beyond = text.endswith(("超额", "提前", "超出", "超过"), context.clause_start, measure.reach_start)
        if not beyond and _QUOTED.match(text, measure.reach_end, context.clause_end):
            return "other", "quoted goal"
        start = max(context.sentence_start, measure.reach_start - _RESOLVED_REACH)
        if _RESOLVED.search(text, start, measure.reach_start):
            return "other", "goal that was set"
        if _PLANNED.search(text, context.clause_start, measure.reach_start) or (
            measure.kind != "percentage" and _INTENDED.search(text, context.clause_start, measure.reach_start)
        ):
            return "other", "value that was planned"
        if _IN_BRACKETS.search(text, max(0, context.clause_start - _VERB), measure.reach_start) or (
            _PLANNED_FIRST.search(text, context.clause_start, measure.reach_start)
            and _DONE_THEN.match(text, measure.reach_end, context.sentence_end)
        ):
            return "other", "value that was planned"
        return "actual", "review"

    def _in_plan(self, context: Context, times: Times, previous: Claim | None) -> tuple[StatementRole, str]:
        measure, text, shapes = context.measure, context.text, self._shapes
        time, due = times.nearest, times.due
        if shapes.is_limit(context):
            return "standard", "time limit"
        if shapes.is_waited(context):
            return "standard", "time that must pass"
        if shapes.is_case(context):
            return "standard", "case"
        if is_norm(context):
            return "standard", "norm"
        if self._is_laid_down(context):
            return "standard", "laid down"
        if shapes.is_class(context):
            return "other", "classes"
        if shapes.is_share(context):
            return "standard", "share reckoned by"
        if shapes.is_policy(context):
            return "standard", "policy"
        if shapes.is_name(context):
            return "other", "name of a policy"
        if measure.kind == "percentage" and _FORMULA.match(text, measure.end):
            return "standard", "formula"
        if measure.kind in ("money", "percentage", "measure") and self._is_grant(context):
            return "standard", "grant"
        if measure.kind == "money" and shapes.is_each(context):
            return "standard", "each"
        if self._demands.within(text, context.clause_start, min(context.clause_end, measure.end + _NEAR)):
            return "standard", "demand"
        if time is not None and time.sort == "past" and time.start >= context.clause_start:
            dates_what = due is not None and context.clause_start <= due.start <= context.clause_start + _VERB
            dates_what = dates_what or (
                self._is_base(context, time) and self._tenses.intends(text, context.sentence_start, measure.reach_start)
            )
            if not dates_what and not self._of_start(context, time, previous):
                return "actual", "past time"
            time = None
        if (
            self._is_state(context)
            or is_given(context)
            or (
                (due is None or due.start < context.sentence_start)
                and tells_state(context)
                and not self._tenses.intends(text, context.clause_start, measure.reach_start)
            )
        ):
            return "actual", "state"
        if shapes.is_base(context):
            named = shapes.sums_up(context, ending=True)  # 甲、乙、丙等3个区合计占50%
            return ("other", "names counted") if named else ("actual", "of whom a share is told")
        if sign := self._tenses.told(context, time, times.opening, previous):
            return "actual", sign
        if self._prepares(context):
            return "other", "prepared for"
        if shapes.sums_up(context) and not self._making.within(text, context.clause_start, measure.reach_start):
            return "other", "names counted"
        return "target", "plan"

    def _is_state(self, context: Context) -> bool:
        """Tell whether the clause tells the state of things; in 完成已关闭的38家整治 and 由目前的8%提高到9% it does not."""
        text, start, end = context.text, context.clause_start, context.measure.reach_start
        place, word = self._states.last(text, start, end)
        if not word:
            return False
        if text[place - 1 : place] in ("由", "从") and _ARRIVES.search(text, place + len(word), end):
            return False
        if word in _THERE and "的" in text[place + len(word) + 1 : end - 1]:
            return False  # 用于原有职工的部分调整的有2亿元: the word belongs to a noun
        described = word == "已" and text[end - 1 : end] == "的" and self._tenses.intends(text, start, place)
        return not described

    @staticmethod
    def _is_laid_down(context: Context) -> bool:
        """Tell whether a plan defines a term or lays down a limit: 日间手术是指…24小时内…, 比例原则上不低于20%."""
        text, measure = context.text, context.measure
        defined = text.find("是指", max(context.sentence_start, measure.reach_start - _CASE), measure.reach_start)
        if (
            defined >= 0
            and not _NUMBER_NAMED.search(text, max(0, defined - _VERB), defined)
            and ";" not in text[defined : measure.reach_start]
        ):
            return True
        if measure.bound == "le" and measure.kind == "count":
            return _FOR_EACH.match(text, context.clause_start, measure.reach_start) is not None
        if measure.unit.endswith(_TIME_UNITS) and text.endswith(_TERMS, context.clause_start, measure.reach_start):
            return True
        return (
            measure.kind in ("percentage", "money", "measure")
            and text.startswith("不", measure.reach_start)
            and "原则上" in context.left
        )

    @staticmethod
    def _is_base(context: Context, time: TimePhrase) -> bool:
        """Tell whether a past time dates what a share or multiple is reckoned from: 将为1952年产量的4倍."""
        return (
            context.measure.kind in ("percentage", "multiple", "ratio")
            and context.text.endswith("的", time.end, context.measure.reach_start)
            and _RECKONED.search(context.text, context.clause_start, time.start) is not None
        )

    @staticmethod
    def _of_start(context: Context, time: TimePhrase, previous: Claim | None) -> bool:
        """Tell whether a time only dates what is compared with: 从去年的2.1%提高到2.3%, 相当于建国以来的85%."""
        if context.text.endswith("相当于", context.clause_start, time.start):
            return True
        return (
            previous is not None
            and previous.rule == "start of a change"
            and time.end <= previous.measure.start
            and context.text[time.start - 1 : time.start] in ("从", "由")
        )

    def _prepares(self, context: Context) -> bool:
        """Tell whether the measure is a later goal, for which this document only lays the ground."""
        start = max(context.sentence_start, context.measure.reach_start - 40)
        return "为" in context.text[start : context.measure.reach_start] and (
            _PREPARES.match(context.text, context.measure.reach_end, context.sentence_end) is not None
        )

    def _is_grant(self, context: Context) -> bool:
        text, start, end = context.text, context.clause_start, context.clause_end
        if _SET_ANEW.search(text, start, context.measure.reach_start):
            return False
        if not self._grants.within(text, start, end):
            return False
        if self._per_case.within(text, start, context.measure.end):
            return True
        # 对新认定的企业,给予10万元奖励: whom it is for stands in the clause before
        given = text.startswith(("给予", "予以", "一次性"), start)
        return given and _FOR_WHOM.search(text, max(context.sentence_start, start - _CASE), start) is not None

    def _in_rules(self, context: Context, due: TimePhrase | None, previous: Claim | None) -> tuple[StatementRole, str]:
        measure, text = context.measure, context.text
        if (
            previous is not None
            and text.endswith("(含", 0, measure.reach_start)
            and previous.measure.low == measure.low
        ):
            return previous.role, "repeated in brackets"
        start = context.clause_start
        if self._shapes.is_class(context):
            return "other", "classes"
        if self._shapes.is_name(context):
            return "other", "name of a policy"
        if self._is_conditional(context):
            return "standard", "rules"
        if previous is not None and previous.role == "target" and context.joined:
            return "target", "series of promises"
        goal, word = self._goals.last(text, start, measure.reach_start)
        if word and measure.reach_start - goal <= _NEAR + _NEAR:
            return "target", "goal in rules"
        in_sentence = due is not None and context.sentence_start <= due.start < context.sentence_end
        dated = due is not None and in_sentence and self._is_set_time(context, due)
        if due is not None and in_sentence and _TAKES.match(text, due.start, due.end):
            return "target", "deadline in rules"  # 用3年时间,使…达到…
        if measure.unit.endswith(_TIME_UNITS) and _SHORTENED.search(text, start, measure.reach_start):
            return "target", "promise in rules"
        if measure.kind in ("percentage", "ratio") or measure.unit.endswith(_TIME_UNITS):
            grown = dated and _GROWS.search(text, start, measure.reach_start) is not None
            return ("target", "deadline in rules") if grown else ("standard", "rules")
        if dated and measure.unit in _THOSE and _SELECTS.search(text, start, measure.reach_start):
            return "target", "deadline in rules"
        if self._grants.within(text, start, context.clause_end):
            return "standard", "rules"
        place, word = self._promises.last(text, start, measure.reach_start)
        gap = text[place + len(word) : measure.reach_start]
        if measure.unit in _EVENTS and _YEARLY.match(text, start, measure.reach_start):
            held = self._promises.within(text, max(context.sentence_start, start - _NEAR - _NEAR), measure.reach_start)
            if held:
                return "target", "promise in rules"
        if word and len(gap) <= _NEAR and "的" not in gap and "标准" not in gap:
            return "target", "deadline in rules" if dated else "promise in rules"
        return "standard", "rules"

    @staticmethod
    def _is_set_time(context: Context, due: TimePhrase) -> bool:
        """Tell whether a time says by when something will be done, not for what time a rule holds."""
        text = context.text
        if text[due.start - 1 : due.start] in ("对", "在", "凡", "于", "自", "从"):
            return False
        # 对风险项目逐个摸排,2026年底完成交付80%: the clause that promises begins with the time
        promised = due.start == context.clause_start and _PROMISED.match(text, due.end) is not None
        return promised or not text.startswith(("对", "凡", "自"), context.sentence_start)

    def _is_conditional(self, context: Context) -> bool:
        """Tell whether the clause says whom or what a rule holds for: 对…的, 凡…, 满…, …时."""
        text, start = context.text, context.clause_start
        return (
            text.startswith(("对", "凡"), start)
            or (text.startswith("在", start) and not _CIRCUMSTANCE.search(text, start, context.measure.reach_start))
            or text.startswith("的", context.measure.reach_end)
            or (context.clause_end > context.measure.end and text[context.clause_end - 1] in "的时")
            or self._conditions.within(text, start, context.measure.reach_start)
        )
