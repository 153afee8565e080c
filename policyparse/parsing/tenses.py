"""Tense: whether a clause of a planning text tells what was, although nothing beside its quantity says so.

Chinese verbs have no tense. What tells a report from a plan is a time that opened the sentence (1995年…,…48次), an
aspect (增长了, 先后成立, 受到), and the sentence before; a word of intention (要, 将, 力争) or a time ahead undoes them.
"""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.parsing.contexts import Context
from policyparse.parsing.records import Claim, TimePhrase
from policyparse.parsing.words import WordSet

_OPENING = frozenset(",;:。!?\n()、 ")
_LEADING = frozenset("从自由到至继")
_FROM = frozenset("从由")
# 了 behind a verb and before its object (增长了5%); 为了, 除了 and 了解 are other words.
_DONE = re.compile(r"(?<![为除罢])了(?![解如])[^,;。]{0,16}$")
_REACH = 120
_BEHIND = frozenset("过近这上前去几")
_DOING = re.compile(r"[新建改扩增减提降完培引创]|实现|力争")
_BASE = "基础上"
_FURTHER = "进一步"  # asks for something at the head of a clause only: 水平进一步提高 tells
# A state goes on where the next clause sets something beside it or says what share it is: 而上海有…, 占总户数的18%.
_STATED = re.compile(r"^(?:而|其中|约?占|分别占)|(?:有|占|为|达到?|涉及|仅|只|占[^,;。0-9]{1,12}的)$")


class TenseReader:
    """Tells clauses that report from those that plan."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.group("statements.tense")
        self._ahead = WordSet((*words["ahead"], *words["not_ahead"]))
        self._not_ahead = frozenset(words["not_ahead"])
        self._done = WordSet(words["done"])
        self._orders = WordSet(words["orders"])

    def told(
        self, context: Context, time: TimePhrase | None, opening: TimePhrase | None, previous: Claim | None
    ) -> str:
        """Return the name of the sign that the measure tells what was, or ``""``.

        ``time`` is the nearest time before the measure in its sentence, ``opening`` the past time that opens its
        paragraph, ``previous`` the statement before it.
        """
        text, start, end = context.text, context.clause_start, context.measure.reach_start
        sentence = max(context.sentence_start, end - _REACH)
        if time is not None and time.sort == "deadline":
            return ""
        if self.intends(text, start, end):
            return ""
        if time is not None and time.sort == "past" and self._opens(context, time):
            return "past time of the sentence" if not self.intends(text, time.end, end) else ""
        if _DONE.search(text, start, end) or self._done.within(text, start, end):
            return "past aspect"
        if opening is not None and self._tells(context, opening):
            return "past time of the paragraph"
        if previous is not None and self._is_stated(context, previous):
            return _TOLD_ON
        if previous is None or previous.rule not in TOLD or end - previous.measure.end > _REACH:
            return ""
        since = previous.measure.end
        if "\n" in text[since:end] or self.intends(text, since, end):
            return ""
        if since >= sentence:
            return "told on"
        return "" if self._asks(context) else "told on"

    def _tells(self, context: Context, opening: TimePhrase) -> bool:
        """Tell whether what a past time opened goes on up to the measure; a bare year ends before an order."""
        text, end = context.text, context.measure.reach_start
        if self.intends(text, opening.end, end) or text.find(_BASE, opening.end, end) >= 0:
            return False
        bare = text[opening.end - 1] in "年度" and text[opening.start] not in _BEHIND
        return not bare or opening.start >= context.sentence_start or not self._asks(context)

    def _is_stated(self, context: Context, previous: Claim) -> bool:
        """Tell whether the clause sets something beside a state in its sentence, or says what share it is."""
        start, end = context.clause_start, context.measure.reach_start
        clause = context.text[start:end]
        bare = previous.rule == _TOLD_ON and len(clause) > 1 and not self._orders.at(clause, 0, len(clause))
        return (
            previous.rule in _STATES
            and previous.measure.end >= context.sentence_start
            and (_STATED.search(clause) is not None or (bare and _DOING.search(clause) is None))
            and not self.intends(context.text, previous.measure.end, end)
        )

    def _asks(self, context: Context) -> bool:
        """Tell whether the sentence opens with a word of order: 加快建设…, 着力…."""
        head = context.text[context.sentence_start : context.sentence_start + 4].lstrip()
        return bool(self._orders.at(head, 0, len(head)))

    def intends(self, text: str, start: int, end: int) -> bool:
        """Tell whether a word of intention stands in the window; 主要 and 供应 only contain one."""
        while start < end:
            start, word = self._ahead.first(text, start, end)
            if start < 0:
                return False
            told = word in self._not_ahead or (word == _FURTHER and text[start - 1 : start] not in _OPENING)
            if not told:
                return True
            start += len(word)
        return False

    def _opens(self, context: Context, time: TimePhrase) -> bool:
        """Tell whether a time stands at the beginning of a clause and so holds for what follows."""
        start, text = time.start, context.text
        if text[start - 1 : start] == "(" and text.find(")", time.end, context.measure.start) >= 0:
            return False  # (1995年价) dates what stands before it
        if text[start - 1 : start] in _FROM and text.startswith("的", time.end):
            return False  # 由“六五”期间的8%提高到9% dates where a change starts
        while start > context.sentence_start and text[start - 1] in _LEADING:
            start -= 1
        return start <= context.sentence_start or text[start - 1] in _OPENING


_TOLD_ON = "state told on"
_STATES = frozenset(("state", _TOLD_ON))
TOLD = frozenset(("past time", "past time of the sentence", "past time of the paragraph", "past aspect", "told on"))
"""Rules after which a statement without signs of its own goes on telling."""
