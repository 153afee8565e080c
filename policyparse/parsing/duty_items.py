"""Bodies that stand at the head of an item: 公安部：负责…, （二）财政部门。负责…, 县指挥部职责, and items below a lead line.

They have no modal and no bracket: the place at the head of the item gives them what it says.
"""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.model import ResponsibilityRole
from policyparse.parsing.bodies import Bodies, trim
from policyparse.parsing.records import Duty
from policyparse.parsing.words import WordSet

_START = re.compile(r"[。;\n]")
_LABEL = re.compile(
    r"[ \r]*(?:(?:\d{1,2}\.){1,4}\d{0,2}[、. ]?|[(〔][一二三四五六七八九十\d]{1,3}[)〕]|[一二三四五六七八九十\d]{1,3}[、.]|[①-⑳])[ ]*"
)
_LONGEST = 80
_LONGEST_NAME = 30
_SHORT = 6  # characters of a name that may begin with a verb: 建设部门, 管理机关
_NO_NAME = frozenset("0123456789其该此这在对按把以向从为就与于将使让给和及等的一二三四五六七八九十“‘")
_DUTIES = re.compile(r"(?:主要|工作|具体)?职责(?:如下|是|为)?[:。]?[ \r]*(?=\n)")
# A lead line with a duty, and the word that stands behind each body of the items below it.
_LEAD = re.compile(r"(?:部门|单位|机关|机构)[^。\n]{0,60}(?:应当|应|要|负责|有责任|有义务|提供)[^。\n]{0,60}:[ \r]*\n")
_TEAMS = frozenset("组班队")  # 医疗救治组, where it stands alone at the head of an item
_EVERY = ("各建设", "各施工", "各项目", "各责任", "各相关", "各有关", "各成员")
_OF = re.compile("有关")
_MOST_ITEMS = 60
# 成立…工作组,负责…; 下设办公室,负责….
_FOUNDED = re.compile(
    r"(?:成立|设立|组建|下设|设)([^,。;:\n]{1,45}(?:组|办公室|指挥部|专班|委员会|办|公司|中心|机构|队伍)),(?=负责|具体负责|承担|统筹|研究|协调)"
)


class ItemFinder:
    """Finds bodies at the head of items."""

    def __init__(self, lexicon: Lexicon, bodies: Bodies) -> None:
        self._bodies = bodies
        self._verbs = WordSet(lexicon.words("duties.items.verbs"))
        self._classes = tuple(lexicon.words("duties.items.classes"))
        # 公安部:负责…, 公安部。负责…: what follows must begin with what a body does.
        closing = re.escape(bodies.closing_characters)
        opening = "".join(sorted({word[0] for word in lexicon.words("duties.items.verbs")}))
        self._after = re.compile(rf"[:。](?<=[{closing}].)[ \r]*(?=[{opening}])")
        # （一）公安部 ↵ 负责…: the name alone in its line, what it does in the next.
        self._line = re.compile(rf"(?<=[{closing})])[ \r]*\n[ \r\n]*(?=[{opening}])")
        prose = lexicon.group("duties.prose")
        self._acts = WordSet([w for w in (*prose["verbs"], *prose["openers"]) if len(w) > 1])

    def find(self, text: str) -> list[Duty]:
        """Return the duties of bodies at the head of items, in the order of the text."""
        found: list[Duty] = []
        self._heads(text, found)
        self._below_leads(text, found)
        for match in _FOUNDED.finditer(text):
            start, end = trim(text, text.rfind("的", *match.span(1)) + 1 or match.start(1), match.end(1))
            found.append(Duty(start, end, "responsible", cue=(match.start(), match.start() + 2)))
        found.sort(key=lambda duty: duty.start)
        return found

    def _heads(self, text: str, found: list[Duty]) -> None:
        closes = self._bodies.closes
        for match in self._after.finditer(text):
            end = match.start()
            if verb := self._verbs.at(text, match.end(), min(len(text), match.end() + 6)):
                self._head(text, end, (match.end(), match.end() + len(verb)), found)
        lines: list[Duty] = []
        for match in self._line.finditer(text):
            if verb := self._verbs.at(text, match.end(), min(len(text), match.end() + 6)):
                self._head(text, match.start(), (match.end(), match.end() + len(verb)), lines)
        if len({duty.cue for duty in lines}) > 1:  # one such line may be any heading
            found += lines
        for match in _DUTIES.finditer(text):
            if match.start() and closes(text[match.start() - 1]) and not text.endswith(self._classes, 0, match.start()):
                self._head(text, match.start(), match.span(), found)

    def _head(self, text: str, end: int, cue: tuple[int, int], found: list[Duty]) -> None:
        """Add the bodies of the item's head that ends at ``end``, if it holds nothing else."""
        floor = max(0, end - _LONGEST)
        start = max((match.end() for match in _START.finditer(text, floor, end)), default=floor)
        label = _LABEL.match(text, start, end)
        if label is None and text[end] != ":" and cue[0] > end:
            return  # a heading sentence without a label tells what is to be done: 建设法治政府。
        members = self._bodies.members(text, *trim(text, label.end() if label else start, end))
        if members and all(self._is_name(text, *member) for member in members):
            role: ResponsibilityRole = "lead" if text.startswith("牵头", cue[0]) else "responsible"
            found += [Duty(*member, role, cue=cue) for member in members]

    def _is_name(self, text: str, start: int, end: int) -> bool:
        return (
            end - start < _LONGEST_NAME
            and text[start] not in _NO_NAME
            and (not self._acts.at(text, start, end) or end - start < _SHORT)
            and (
                self._bodies.ends(text, start, end) == "public"
                or text.startswith(_EVERY, start)
                or (text[end - 1] in _TEAMS and self._bodies.head(text, start, end) == "public")
            )
        )

    def _below_leads(self, text: str, found: list[Duty]) -> None:
        """Add the bodies at the head of items below a lead line that says what they must give."""
        for lead in _LEAD.finditer(text):
            position = lead.end()
            for _ in range(_MOST_ITEMS):
                label = _LABEL.match(text, position)
                if label is None:
                    break
                stop = text.find("\n", label.end())
                end = stop if stop >= 0 else len(text)
                self._item(text, label.end(), min(end, label.end() + 4 * _LONGEST), found)
                position = end + 1

    def _item(self, text: str, start: int, end: int, found: list[Duty]) -> None:
        """Add the bodies of one item: 民政部门、法院有关婚姻状况信息."""
        begin = start
        for match in _OF.finditer(text, start, end):
            members = self._bodies.members(text, begin, match.start())
            public = [self._bodies.head(text, *member) == "public" for member in members]
            cut = len(public) - public[::-1].index(False) if False in public else 0
            if not cut or begin > start:  # behind the first body of the item, 信息、税务部门有关… go on
                found += [Duty(*member, "responsible", cue=match.span()) for member in members[cut:]]
            begin = match.end()
