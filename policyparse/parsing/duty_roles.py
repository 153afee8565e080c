"""The role of a body in running prose: from the predicate behind it."""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.model import ResponsibilityRole
from policyparse.parsing.duty_prose import Candidate
from policyparse.parsing.words import WordSet

_SENTENCE_END = re.compile(r"[。;!?\n]")
# 中央统筹、省负总责: the second is said of another body.
_CLAUSE_END = re.compile(",|、(?=[省市县区乡][^,。;、]{0,4}(?:负总责|抓落实|牵头|主抓))")
_REACH = 70
_NEXT_SUBJECT = re.compile(",[^,。;]{1,16}[门府委局厅位构关业校院会区县市处室](?:要|应|须|负责|必须|都要)")
_WATCH = "(?:监督检查|督促检查|督促指导|监督管理|监督指导|督[查导办促]|监[督察管]|检查|抽查|巡查|巡视|巡察|考核|考评|督办|[中终]期评估)"
# The watching is the verb that the predicate begins with: 要督促…, 负责检查…, 按月督查….
_FIRST = re.compile(
    f"(?:都|均|也|还|要|应当|应|必须|须|需|负责|具体|定期|不定期|依法|按[月季年周]|每[月季年]度?|适时|随机|及时|立即|认真|严格|切实|主动|全程|统一|会同[^,]{{2,20}}?){{0,4}}{_WATCH}"
)
# …or what is done to those whom 对 names: 对执行情况进行监督, 对落实情况按月检查.
_UPON = re.compile(f"对.{{2,45}}?{_WATCH}(?:[、和与及].{{0,8}})?$")
# …or the noun that closes it: 加强对各项资金的指导和监督.
_NOUN = re.compile(
    f"(?:加强|强化|开展|进行|实施|做好|组织(?!实施)).{{0,24}}?(?<!技能|操作|理论|知识){_WATCH}(?:责任|职责|工作)?(?:[、和与及].{{0,4}})?$"
)
_LATER = re.compile(f"并?(?:进行|开展|组织|定期|按[月季年]|逐项){_WATCH}")
# A noun behind it makes it a name: 监管账户, 考核指标; a word of time a condition: 检查后.
_NO_WATCH = re.compile(
    "管理|制度|机制|体系|部门|机构|平台|标准|办法|方案|系统|结果|指标|意见|书|员|账户|资金|额度|协议|政策|责任|职责|要求|组|局|后|前|时|的|整改"
)
_OBJECT = re.compile("接受|自觉|配合|做好迎|纳入|作为|列入")
_WATCHED = ("受", "接受")
_INVITED = ("遴选", "发挥", "提请", "商请", "通知", "告知", "函告")  # asked to act by another
_JOINING = ("邀集", "邀请", "吸收")
_CHARGED = "同意"
_ANSWERS = re.compile("(?:具体|专门|统一)?(?:负责|主管|管理)")  # 指定有关部门 | 负责管理


class DutyRoles:
    """Tells whether a subject leads, supports, supervises or simply answers."""

    def __init__(self, lexicon: Lexicon) -> None:
        prose = lexicon.group("duties.prose")
        self._leading = WordSet(prose["leading"])
        self._helping = WordSet(prose["helping"])

    def role(self, text: str, candidate: Candidate) -> ResponsibilityRole:
        """Return the role of a candidate that is given something to do."""
        if candidate.trigger == "directing":
            cue, end = text[candidate.cue[0] : candidate.cue[1]], candidate.phrase.end
            charged = cue == _CHARGED or (cue == "指定" and _ANSWERS.match(text, end))
            return "responsible" if charged else "directed"
        if text.startswith(_WATCHED, candidate.cue[0]):
            return "supervise"
        if text.startswith(_INVITED, candidate.cue[0]):
            return "directed"
        if candidate.trigger == "companion" or text.startswith(_JOINING, candidate.cue[0]):
            return "support"
        start = candidate.phrase.end
        stop = _SENTENCE_END.search(text, start, start + _REACH)
        end = stop.start() if stop else min(len(text), start + _REACH)
        comma = _CLAUSE_END.search(text, start, end)
        clause = comma.start() if comma else end
        if next_ := _NEXT_SUBJECT.search(text, clause, end):
            end = next_.start()  # what follows is said of another body
        if self._leads(text, start, clause):
            return "lead"
        modal = start + len(candidate.phrase.word) if candidate.phrase.follow == "modal" else start
        if self._helping.at(text, modal, clause):
            return "support"
        return "supervise" if self._watches(text, start, clause, end) else "responsible"

    def _leads(self, text: str, start: int, end: int) -> bool:
        at, word = self._leading.first(text, start, end)
        if at >= 0 and text.startswith("单位职责", at + len(word)):
            return True  # 履行牵头单位职责
        return at >= 0 and not text.startswith(("单位", "部门", "考核"), at + len(word))

    def _watches(self, text: str, start: int, clause: int, end: int) -> bool:
        """Tell whether the predicate is to watch over others: 定期督查, 对执行情况进行监督, 加强对…的监管."""
        own = text[start:clause]
        if _OBJECT.search(own):
            return False
        if (first := _FIRST.match(own)) and not _NO_WATCH.match(own, first.end()):
            return True
        if _UPON.search(own) or _NOUN.search(own):
            return True
        return any(_UPON.match(later) or _LATER.match(later) for later in text[clause + 1 : end].split(","))
