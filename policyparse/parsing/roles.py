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
_AGE = re.compile(r"(?:周岁|岁|年级)$")
# The goal of another, quoted: 完成省下达10万人的目标.
_QUOTED = re.compile(r"[^,;。]{0,12}?的?(?:年度|预期|既定|全年|预定)?(?:目标|任务|要求|计划)")
# The state before a change whose end is given too: 从30%提高到35%.
_FROM = re.compile(r"(?:从|由)[^,;。]{0,30}$")
_ONWARD = re.compile(r"(?:以上|左右|以下)?[,]?[^,;。]{0,10}?(?:提高|增加|增长|下降|降低|减少|上升|扩大|压缩|缩短|降|升|增|减|调整|提升|压减|改)(?:到|至|为)")


class RoleReader:
    """Reads the role of measures in context."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.group("statements.role")
        self._set_nouns = WordSet(words["set_nouns"])
        self._grants = WordSet(words["grants"])
        self._per_case = WordSet(words["per_case"])
        self._conditions = WordSet(words["conditions"])
        self._promises = WordSet(words["promises"])
        self._states = WordSet(words["states"])
        self._future = WordSet(words["future"])
        self._amounts = WordSet(words["amounts"])

    def read(
        self, context: Context, setting: Setting, past: TimePhrase | None, due: TimePhrase | None
    ) -> tuple[StatementRole, str]:
        """Return the role and the name of the rule that gave it.

        ``past`` is the time before the measure in its clause that is over, ``due`` its deadline.
        """
        if setting.kind == "law":
            return "standard", "law"
        measure, text = context.measure, context.text
        purpose = setting.purpose_at(measure.start)
        default = _DEFAULTS[purpose]
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
        start = measure.reach_end
        if text.startswith("的", start):
            start += 1
        noun = self._set_nouns.at(text, start, context.clause_end)
        if not noun:
            return False
        return True

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
        if measure.kind in ("money", "percentage", "measure") and self._is_grant(context):
            return "standard", "grant"
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
        if due is not None and due.start >= context.sentence_start and not self._grants.within(text, start, context.clause_end):
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
