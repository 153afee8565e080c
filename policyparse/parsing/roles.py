"""Role: whether a quantity is a target, a result, a rule's parameter, or none of these.

The kind of document and the purpose of its region give the default; the clause may say otherwise.
"""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.model import StatementRole
from policyparse.parsing.contexts import Context
from policyparse.parsing.records import Setting, TimePhrase
from policyparse.parsing.words import WordSet

_DEFAULTS: dict[str, StatementRole] = {
    "review": "actual",
    "results": "actual",
    "plan": "target",
    "front": "target",
    "rules": "standard",
    "glossary": "other",
    "closing": "other",
}
# A size that tells which things are meant (500平方米以上商铺, 60岁以上老人): threshold word, then the noun.
_GROUP = re.compile(r"(?:\(含\))?(?:以上|以下|及以上|及以下|以内)(?:\(含\))?的?[\u4e00-\u9fff“]")
_SIZED = ("money", "measure", "percentage")
_TIME = re.compile(r"(?:日|天|小时|分钟|月|周|年|秒)$")
# What each one gets: 每人每年(不低于)1000元.
_EACH = re.compile(
    r"(?:每(?:人|户|亩|家|个|件|名|套|辆|头|只|村|所|次|生|床|吨|例|平方米)|人均|户均|亩均)(?:每(?:年|月|天|次|学年|学期))?(?:补助|补贴|奖励|给予|资助|标准|发放|最高|按|为)*$"
)
_RAISED = re.compile(r"提高|达到|增加|增长|提升|降低|下降|调整|上调|力争|确保|突破")
_AGE = re.compile(r"(?:周岁|岁|年级)$")
# The goal of another, quoted: 完成省下达10万人的目标.
_QUOTED = re.compile(r"[^,;。]{0,12}?的?(?:年度|预期|既定|全年|预定)?(?:目标|任务|要求|计划)")
# The state before a change whose end is given too: 从30%提高到35%.
_FROM = re.compile(r"(?:从|由)[^,;。]{0,30}$")
_ONWARD = re.compile(
    r"(?:以上|左右|以下)?[,]?[^,;。]{0,10}?(?:提高|增加|增长|下降|降低|减少|上升|扩大|压缩|缩短|降|升|增|减|调整|提升|压减|改)(?:到|至|为)"
)

_SHORT = 6


class RoleReader:
    """Reads the role of measures in context."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.group("statements.role")
        self._set_nouns = WordSet(words["set_nouns"])
        self._closing_set_nouns = WordSet(words["closing_set_nouns"])
        self._making = WordSet(words["making"])
        self._shortening = WordSet(words["shortening"])
        self._grants = WordSet(words["grants"])
        self._per_case = WordSet(words["per_case"])
        self._conditions = WordSet(words["conditions"])
        self._promises = WordSet(words["promises"])
        self._states = WordSet(words["states"])
        self._future = WordSet(words["future"])
        self._amounts = WordSet(words["amounts"])

    def read(
        self,
        context: Context,
        setting: Setting,
        past: TimePhrase | None,
        due: TimePhrase | None,
        previous: StatementRole | None,
    ) -> tuple[StatementRole, str]:
        """Return the role and the name of the rule that gave it.

        ``past`` is the time before the measure in its clause that is over, ``due`` its deadline; ``previous`` the role
        of the measure before it.
        """
        if setting.kind == "law":
            return "standard", "law"
        measure, text = context.measure, context.text
        purpose = setting.purpose_at(measure.start)
        default = _DEFAULTS[purpose]
        if previous == "standard" and self._goes_on(context):
            return "standard", "series of standards"
        if measure.unit == "分" and text[measure.reach_start - 1 : measure.reach_start] == "(":
            return "standard", "marks"
        if self._is_group(context):
            return "standard", "group"
        if self._is_set_phrase(context):
            return "other", "set phrase"
        if default == "actual":
            return self._in_review(context, due)
        if default == "target":
            return self._in_plan(context, past)
        if default == "standard":
            return self._in_rules(context, due)
        return default, purpose

    def _goes_on(self, context: Context) -> bool:
        """Tell whether the measure goes on with a list of amounts: 高中每人1000元,初中900元."""
        return (
            context.joined
            and context.measure.kind == "money"
            and context.measure.reach_start - context.joint <= _SHORT
            and not self._promises.within(context.text, context.joint, context.measure.reach_start)
        )

    def _is_group(self, context: Context) -> bool:
        measure, text = context.measure, context.text
        if _AGE.search(measure.unit):
            return True
        if measure.kind not in _SIZED or measure.bound not in ("ge", "gt", "le", "lt"):
            return False
        found = _GROUP.match(text, measure.end, context.clause_end)
        return found is not None and not self._amounts.at(text, found.end() - 1, context.clause_end)

    def _is_set_phrase(self, context: Context) -> bool:
        measure, text = context.measure, context.text
        if measure.kind != "count" or measure.low != measure.high or measure.low > 60:
            return False
        start = measure.reach_end + text.startswith("的", measure.reach_end)
        if self._set_nouns.at(text, start, context.clause_end):
            return True
        noun = self._closing_set_nouns.at(text, start, context.clause_end)
        end = start + len(noun)
        return bool(noun) and (end >= context.clause_end or text[end] in "、中上是为:")

    def _is_class(self, context: Context) -> bool:
        """Tell whether the measure counts classes of things: 汽车、电子等5类产业."""
        measure, text = context.measure, context.text
        return (
            measure.unit in ("类", "大类", "种类型")
            and measure.reach_end < context.clause_end
            and text[measure.reach_end] != "、"
            and not self._making.within(text, context.clause_start, measure.reach_start)
        )

    def _is_limit(self, context: Context) -> bool:
        """Tell whether the measure is a time within which something must happen: 受理后5个工作日内."""
        measure, text = context.measure, context.text
        return (
            measure.kind == "measure"
            and _TIME.search(measure.unit) is not None
            and (text.startswith("内", measure.end) or text.startswith("以内", measure.end))
            and not self._shortening.within(text, context.clause_start, measure.reach_start)
        )

    def _in_review(self, context: Context, due: TimePhrase | None) -> tuple[StatementRole, str]:
        if _QUOTED.match(context.text, context.measure.reach_end, context.clause_end):
            return "other", "quoted goal"
        return "actual", "review"

    def _in_plan(self, context: Context, past: TimePhrase | None) -> tuple[StatementRole, str]:
        measure, text = context.measure, context.text
        if _FROM.search(text, context.clause_start, measure.reach_start) and _ONWARD.match(
            text, measure.end, min(len(text), measure.end + 40)
        ):
            return "actual", "start of a change"
        if text.startswith("的基础上", measure.reach_end):
            return "actual", "base of a change"
        if self._is_limit(context):
            return "standard", "time limit"
        if self._is_class(context):
            return "other", "classes"
        if measure.kind in ("money", "percentage", "measure") and self._is_grant(context):
            return "standard", "grant"
        left = context.left
        if measure.kind == "money" and _EACH.search(left) and not _RAISED.search(left):
            return "standard", "each"
        if past is not None and past.start >= context.clause_start:
            return "actual", "past time"
        if self._states.within(text, context.clause_start, measure.reach_start):
            return "actual", "state"
        return "target", "plan"

    def _is_grant(self, context: Context) -> bool:
        text, start, end = context.text, context.clause_start, context.clause_end
        return self._grants.within(text, start, end) and self._per_case.within(text, start, context.measure.end)

    def _in_rules(self, context: Context, due: TimePhrase | None) -> tuple[StatementRole, str]:
        measure, text = context.measure, context.text
        start = context.clause_start
        if _FROM.search(text, start, measure.reach_start) and _ONWARD.match(
            text, measure.end, min(len(text), measure.end + 40)
        ):
            return "actual", "start of a change"
        if (
            due is not None
            and due.start >= context.sentence_start
            and not self._grants.within(text, start, context.clause_end)
        ):
            return "target", "deadline in rules"
        if (
            self._promises.within(text, start, measure.reach_start)
            and not self._grants.within(text, start, context.clause_end)
            and not self._conditions.within(text, start, measure.reach_start)
            and not text.startswith("对", start)
            and not text.startswith("的", measure.reach_end)
        ):
            return "target", "promise in rules"
        return "standard", "rules"
