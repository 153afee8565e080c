"""The role of a body in running prose: from the predicate behind it."""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.model import ResponsibilityRole
from policyparse.parsing.duty_prose import Candidate
from policyparse.parsing.words import WordSet

_SENTENCE_END = re.compile(r"[。;!?\n]")
_REACH = 70
_NEXT_SUBJECT = re.compile(",[^,。;]{1,16}[门府委局厅位构关业校院会区县市处室](?:要|应|须|负责|必须|都要)")
# 的监督检查 and 综合协调和监督管理 name a field of work; 接受…监督 is to be watched oneself.
_NAMED = frozenset("的、和")
_NO_WATCH = (
    "管理",
    "制度",
    "机制",
    "体系",
    "职责",
    "部门",
    "机构",
    "平台",
    "标准",
    "办法",
    "方案",
    "系统",
    "结果",
    "指标",
    "工作机制",
    "意见",
    "书",
    "员",
)
_OBJECT = re.compile("接受|自觉|配合|做好迎|纳入|作为|列入")


class DutyRoles:
    """Tells whether a subject leads, supports, supervises or simply answers."""

    def __init__(self, lexicon: Lexicon) -> None:
        prose = lexicon.group("duties.prose")
        self._leading = WordSet(prose["leading"])
        self._helping = WordSet(prose["helping"])
        self._watching = WordSet(prose["watching"])

    def role(self, text: str, candidate: Candidate) -> ResponsibilityRole:
        """Return the role of a candidate that is given something to do."""
        if candidate.trigger == "directing":
            return "directed"
        if candidate.trigger == "companion":
            return "support"
        start = candidate.phrase.end
        stop = _SENTENCE_END.search(text, start, start + _REACH)
        end = stop.start() if stop else min(len(text), start + _REACH)
        comma = text.find(",", start, end)
        clause = comma if comma >= 0 else end
        if next_ := _NEXT_SUBJECT.search(text, clause, end):
            end = next_.start()  # what follows is said of another body
        if self._leading.within(text, start, clause):
            return "lead"
        modal = start + len(candidate.phrase.word) if candidate.phrase.follow == "modal" else start
        if self._helping.at(text, modal, clause):
            return "support"
        return "supervise" if self._watches(text, start, clause, end) else "responsible"

    def _watches(self, text: str, start: int, clause: int, end: int) -> bool:
        """Tell whether the predicate is to watch over others: 定期督查, 对执行情况进行监督, 会同…开展评估."""
        position = start
        while position < end:
            at, word = self._watching.first(text, position, end)
            if at < 0:
                return False
            after = at + len(word)
            position = after
            if any(text.startswith(no, after) for no in _NO_WATCH) or text[at - 1] in _NAMED:
                continue
            if _OBJECT.search(text, max(start, at - 12), at):
                continue
            if word == "指导" and not text.startswith("负责", start):
                continue
            if at > clause and after < end and text[after] not in ",、和":
                continue
            return True
        return False
