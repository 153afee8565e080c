"""Phrases of bodies in running prose: read forward from where one may begin to the predicate that follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policyparse.lexicon import Lexicon
from policyparse.parsing.bodies import OPENERS, Bodies, closing
from policyparse.parsing.body_members import RANK, RANKS, MemberReader
from policyparse.parsing.words import WordSet

REACH = 120  # characters within which a phrase must end
_LONGEST = 45  # characters of one member
_BREAKS = frozenset("《{》“”")
_QUALITY = 14  # characters of a quality in quotes before the noun: “专精特新”企业
_NO_PREDICATE = ("的", "什么", "哪些")  # 负责的…, and a question
_QUOTES = frozenset("“\"‘'《")
_CONJUNCTION = re.compile("以及|或者|[或与]其(?![他它余中次说])|和其(?![他它余])|及其(?![他它])|和|及(?!时)|与|或|暨")
_LISTED = re.compile("、|,?(?:特别是|尤其是|包括)")
_COUNTED = re.compile(r"(?:\d+(?:[-—~]\d+)?|[一二两三四五六七八九十]+)[余多]?[家个所户名人](?:以上|左右)?")
_FINE = re.compile(r"处(?:\d|[一二两三四五六七八九十百千万]|新台币|警告|违法)")  # 处五百元以上罚款
_WITHIN = re.compile(
    r"\d{1,4}[年月日天个](?:工作日|月|\d{1,2}日)?[底末]?[内前](?=[将要应完全对实把按须])"
)  # 各县5年内将…
_LEVELS = re.compile("[两三四五]级")  # 街道、社区两级
_LINK = re.compile("[,]?(?:特别是|尤其是)|以及|和|及(?!时)|、|与")
_REMARK = re.compile(' ?[(〔\\[〈](?:以?下?[简统]称|包括|含|不含|[“"])')
_PREDICATE = frozenset("是在对按要应须将把以为就与同向从可不也都均")
_GROUPS = ("(", "〔", "[", "〈")
_REST = 14
# A department told by what it is in charge of: 县级以上人民政府负责安全监督管理的部门.
_IN_CHARGE = re.compile("(?:负责|主管|承担)[^,。;:、的\n]{2,20}的(?=(?:主管|有关|行政)?(?:部门|机构|机关))")
_SINGLE = re.compile(
    "[省市县区乡镇村](?=和|委托|负总责|抓落实|要(?![求素点])|应当|必须|、[省市县区乡镇村里](?:委托|(?![^、和或要应须按也都])))"
)  # 区和县级市, 市、区按照…
_SPACED = re.compile(r" \([省市县区乡镇、]{1,6}\) ?")  # 各县 (市) 政府
_OWNERS = RANKS | {"地"}  # 各区发展改革委
# One body of two: 各级党委和政府信访部门, 中央和国家机关各部门.
_ONE_BODY = re.compile("党委和(?=(?:人民)?政府[^,。、和及与应要对在]{2,8}(?:部门|机构|机关))|中央和(?=国家机关)")
_CLAUSE = 24  # characters of a clause in 的 before the noun that it is about
_NEXT, _NEAR, _FAR = 2, 4, 6  # characters behind a verb within which its name ends: 市政府督查室, 建设投资公司
_OBJECTS = ("指导", "监督", "协调", "组织", "督导")
_KIND_OF_DUTY = ("主体责任", "属地责任")  # 属地政府主体责任 names the duty of 属地政府
_FIELDS = frozenset("监")  # 市场 in 市场监督管理
_NAME_GOES_ON = 4  # 税务部 and 税务部门: characters by which a later end makes the same name longer


@dataclass(slots=True)
class Phrase:
    """A list of bodies, where it ends, and what follows.

    ``follow``: ``modal``, ``charge``, ``act`` (a verb), ``open`` (adverb or preposition), ``quote``, ``stop`` (a sign
    or the end) or ``other``. ``kind`` is that of the last member. ``modified`` tells that a clause in 的 stands before
    a member, ``others`` that members that are no bodies stand among them (企业和社会力量). ``inner`` is a shorter reading of
    a phrase that ends its clause: 学校 in 学校迁入高新区.
    """

    members: list[tuple[int, int]]
    end: int
    follow: str
    word: str
    kind: str
    modified: bool
    others: bool
    inner: Phrase | None = None


class PhraseReader:
    """Reads phrases of bodies."""

    def __init__(self, lexicon: Lexicon, bodies: Bodies) -> None:
        self._bodies = bodies
        self._members = MemberReader(bodies)
        prose = lexicon.group("duties.prose")
        self._no_modals = WordSet(prose["no_modals"])
        follows: dict[str, str] = {}
        for follow, name in (("act", "verbs"), ("open", "openers"), ("charge", "charging"), ("modal", "modals")):
            follows.update(dict.fromkeys(prose[name], follow))
        self._follows = follows
        self._follow_words = WordSet(follows)
        self._persons = WordSet(prose["persons"])
        self._no_ends = WordSet(prose["no_ends"])
        self._marks = re.compile(f"[的、《》“”{re.escape(OPENERS + bodies.closing_characters)}]")
        self._naming = frozenset(prose["naming"])
        self._naming_words = WordSet(self._naming)

    @property
    def opening_characters(self) -> str:
        """The characters that predicates begin with."""
        return "".join(sorted({word[0] for word in self._follows}))

    def person(self, text: str, position: int, limit: int) -> bool:
        """Tell whether a word for persons stands here, so that a body before it only tells whose they are: 院校学生."""
        return bool(self._persons.at(text, position, limit))

    def follow(self, text: str, position: int, limit: int) -> tuple[str, str]:
        """Tell what stands behind a name that ends at ``position``: its class and the word."""
        if position >= limit:
            return "stop", ""
        sign = text[position]
        if sign in _QUOTES:
            return "quote", sign
        if sign.isdigit() and _WITHIN.match(text, position, limit):
            return "open", ""
        if sign == "处" and _FINE.match(text, position, limit):
            return "act", "处"
        word = self._follow_words.at(text, position, limit)
        follow = self._follows[word] if word else "other"
        if follow == "modal" and self._no_modals.at(text, position, limit):
            follow = "other"
        if len(self._no_ends.at(text, position, limit)) > len(word) or text.startswith(
            _NO_PREDICATE, position + len(word)
        ):
            follow = "other"
        return follow, word if follow != "other" else ""

    def read(self, text: str, start: int, limit: int) -> Phrase | None:
        """Return the phrase that begins at ``start``, None if none ends before ``limit``, the end of its clause."""
        limit = min(limit, start + REACH)
        members: list[tuple[int, int]] = []
        modified = others = False
        if person := self._persons.at(text, start, limit):
            after = start + len(person)
            if link := _LINK.match(text, after, limit):  # 社会各界特别是企业, 居民和企业
                start, others = link.end(), True
            elif not self._bodies.ends(text, start, after):
                follow, word = self.follow(text, after, limit)
                if follow in ("act", "open") and not (
                    (word in self._naming and self._longer(text, start, after + len(word), limit, _FAR))
                    or self._bodies.goes_on(text, after, limit)  # 志愿者组织
                ):
                    return None  # 社会力量开办医疗机构: somebody else acts; 外商投资企业 is a body
        if fields := self._members.fields(text, start, limit):
            after = fields[-1][1]
            follow, word = self.follow(text, after, limit)
            if follow != "other":
                return Phrase(fields, after, follow, word, "public", False, False)
        begin = position = piece = start
        last: Phrase | None = None
        while position < limit:
            place = self._bodies.place_at(text, begin, limit) if position == begin else 0
            if place:
                position, kind = begin + place, "place"
            else:
                mark = self._marks.search(text, position, limit)
                if mark is None:
                    break
                sign, position = mark.group(), mark.end()
                if sign == "“" and (quoted := text.find("”", position, min(limit, position + _QUALITY))) > 0:
                    position = quoted + 1
                    continue
                if sign in _BREAKS or position - piece > _LONGEST:
                    break
                if sign in OPENERS:
                    position = closing(text, position - 1, limit)
                    continue
                if sign == "的":
                    if position - 3 == begin and text.startswith("设区的市", begin):
                        continue  # 设区的市级以上人民政府
                    if text[position - 2] in "目党" and (text[position - 2] == "目" or position - 2 == begin):
                        continue  # 目的事业主管机关, 党的各级组织
                    modified, begin, piece = True, position, position
                    while members and RANK.fullmatch(text, *members[-1]):
                        members.pop()  # 省、直辖市人民政府管理专利工作的部门
                    continue
                if sign == "、":
                    piece = position
                    continue
                if position - begin < 2 and text[position : position + 1] not in _GROUPS:
                    joined = members and members[-1][1] - members[-1][0] == 1 and text[begin] in RANKS
                    if not joined and not _SINGLE.match(text, begin, limit):
                        continue
                    kind = "public"
                else:
                    kind = self._bodies.ends(text, begin, position)
                if not kind or (
                    text[position : position + 1] in _FIELDS
                    and self._bodies.name_at(text, begin, limit) > position - begin
                ):
                    continue
            if text.startswith(_KIND_OF_DUTY, position - 2) or (
                position < limit and text[position] == "和" and _ONE_BODY.match(text, position - 2)
            ):
                continue
            end = position
            if spaced := _SPACED.match(text, end, limit):
                position = spaced.end()
                continue
            after = 0
            if remark := _REMARK.match(text, end, limit):  # 管理委员会(以下简称管委会)作为…
                after = closing(text, end + (text[end] == " "), limit)
                after = after if after > remark.end() else end
            elif text[end : end + 1] in _GROUPS:
                end = closing(text, end, limit)
            after = after or end
            if listed := _LISTED.match(text, end, limit):  # 、 or 特别是
                if listed.group() == "、" and self._bodies.ranked(text, begin, end, end + 1):
                    continue
                members += self._members.split(text, begin, end)
                if last and last.end > begin:
                    last = None  # a shorter reading of this name
                begin = position = piece = listed.end()
                if (stranger := self._stranger(text, begin, limit)) > begin:
                    others = True
                    while (
                        text[stranger] in "、和及"
                        and (more := self._stranger(text, stranger + 1, limit)) > stranger + 1
                    ):
                        stranger = more
                    follow, word = self.follow(text, stranger, limit)
                    if follow != "other":
                        return Phrase(members, stranger, follow, word, kind, modified, others)
                    begin = position = piece = stranger + (text[stranger] in "、和及")
                continue
            if end < limit and text[end] == "等":
                if self._rest(text, end + 1, limit):
                    position = end + 1
                    continue
                after = end + 1
                if person := self._persons.at(text, after, limit):  # 企业等社会力量
                    others, after = True, after + len(person)
            if conjunction := _CONJUNCTION.match(text, after, limit):
                tail = conjunction.end()
                if text.startswith("由", tail):  # 由主管部门或者由公安机关…
                    members += self._members.split(text, begin, end)
                    return Phrase(members, after, "open", "", kind, modified, others)
                broad = tail + 2 * text.startswith("广大", tail)
                person = self._persons.at(text, broad, limit)
                if person and self._stranger(text, broad, limit) > broad:
                    others, after = True, broad + len(person)
                    if text.startswith("等", after, limit):  # 和公民等社会力量
                        after += 1
                        after += len(self._persons.at(text, after, limit))
                elif self._further(text, tail, limit):
                    members += self._members.split(text, begin, end)
                    if conjunction.group() == "与":  # in the end it may be a preposition: 企业与国际接轨
                        last = Phrase([*members], after, "open", "与", kind, modified, others)
                    begin = position = piece = tail
                    continue
            if levels := _LEVELS.match(text, after, limit):
                after = levels.end()
            if counted := _COUNTED.match(text, after, limit):
                after = counted.end()
            follow, word = self.follow(text, after, limit)
            if follow == "other" and (place or text[after : after + 1] in ("的", "、")):
                continue
            if (
                after == end
                and (head := self._bodies.goes_on(text, end, limit))
                and (
                    follow == "other"
                    or word in self._naming
                    or (follow == "act" and head > 2)
                    or text.endswith("行业", begin, end)
                )
            ):
                continue
            if word == "办" and self.follow(text, after + 1, limit)[0] in ("act", "charge", "modal"):
                continue  # 县政府办牵头
            found = Phrase(
                [*members, *self._members.split(text, begin, end)], after, follow, word, kind, modified, others
            )
            reach = _NEXT if follow == "charge" else _NEAR if kind == "organisation" else _FAR
            if (
                end - begin > 1
                and follow != "modal"
                and (
                    word in self._naming
                    or self._bodies.alone(text, begin, end)
                    or (text[end - 1] in _OWNERS and self._bodies.name_at(text, after, limit) >= len(word))
                )
                and not (follow == "charge" and text.startswith("组织", after + len(word)))  # 政府负责组织实施
                and self._longer(text, begin, after + len(word), limit, reach)
            ):
                if last is None or (last.follow == "other" and after - last.end <= _NAME_GOES_ON):
                    last = found
                continue
            if text[after : after + 1] in "负主承" and (charged := _IN_CHARGE.match(text, after, limit)):
                modified, last = True, None
                begin = position = piece = charged.end()
                continue
            if follow == "act" and (noun := self._relative(text, after, limit)):
                modified, last = True, None
                begin = position = piece = noun
                continue
            if follow != "other":
                if follow == "stop" and last and last.follow == "other":
                    found.inner = last
                return found
            if (
                last is None
                or end - last.end <= _NAME_GOES_ON
                or self._bodies.rank(text, begin, last.end)
                or self._bodies.alone(text, begin, last.end)  # 国务院药品监督管理部门
            ):
                last = found
        return last

    def listed_fields(self, text: str, start: int, limit: int) -> bool:
        """Tell whether a list of fields of government stands here whose second is known: 组织、人事等部门."""
        sign = text.find("、", start, limit)
        return sign > 0 and bool(
            self._bodies.name_at(text, sign + 1, limit) and self._members.fields(text, start, limit)
        )

    def _stranger(self, text: str, start: int, limit: int) -> int:
        """Return where a member that is a person ends, with 等 and what sums it up; ``start`` if none stands here."""
        person = self._persons.at(text, start, limit)
        after = start + len(person)
        if not person or self._bodies.goes_on(text, after, limit):
            return start
        if text.startswith("等", after):
            after += 1
            after += len(self._persons.at(text, after, limit))
        if after < limit and text[after] not in "、和及":
            follow, word = self.follow(text, after, limit)
            if follow == "other" or (
                word in self._naming and self._longer(text, start, after + len(word), limit, _NEAR)
            ):
                return start  # 居民委员会, 社会团体 and 社会培训机构 are bodies
        return after

    def _relative(self, text: str, start: int, limit: int) -> int:
        """Return where the noun begins that a clause in 的 is about, where that noun is the subject: 政府指定的机构应当…."""
        of = text.find("的", start, min(limit, start + _CLAUSE))
        if of >= 0:
            for end in range(of + 3, min(limit, of + _REST) + 1):
                if self._bodies.ends(text, of + 1, end) and self.follow(text, end, limit)[0] in (
                    "modal",
                    "charge",
                    "act",
                ):
                    return of + 1
        return 0

    def _longer(self, text: str, begin: int, start: int, limit: int, reach: int) -> bool:
        """Tell whether the verb behind a name is a part of a longer name: 市政府督查室, 物业服务企业."""
        if text[start : start + 1] in ("和", "等", "及") or (
            text[start : start + 1] == "、"
            and (text[start - 3] not in "构门关局厅" or self._naming_words.at(text, start + 1, limit))
        ):
            return True
        own = text.startswith(_OBJECTS, start - 2)
        while (word := self._naming_words.at(text, start, limit)) and len(word) > 1:
            start += len(word)  # 城市管理综合执法部门
        for position in range(start + 1, min(limit, start + reach) + 1):
            if text[position - 1] in "的、在对本各其所该":
                return False
            if own and position - start > 2 and self._bodies.ends(text, start, position):
                return False  # 部门指导行业协会: who is guided has a name of its own
            if self._bodies.ends(text, begin, position):
                follow, _ = self.follow(text, position, limit)
                if follow not in ("other", "stop") or text[position : position + 1] in ("、", "和", "及", "等"):
                    return True
        return False

    def _rest(self, text: str, start: int, limit: int) -> bool:
        """Tell whether the noun that sums up a list follows 等: 等部门, 等重点区域."""
        if start < limit and (text[start] in _PREDICATE or self._verb(text, start, limit)):
            return False
        for position in range(start + 2, min(limit, start + _REST) + 1):
            if self._bodies.ends(text, start, position):
                follow, _ = self.follow(text, position, limit)
                if follow != "other" or text[position : position + 1] in ("、", "和", "及", "或"):
                    return True
            if position < limit and text[position] in "、的和与":
                return False
        return False

    def _verb(self, text: str, position: int, limit: int) -> bool:
        """Tell whether a verb that opens no name stands here."""
        follow, word = self.follow(text, position, limit)
        return follow == "act" and len(word) > 1 and word not in self._naming

    def _further(self, text: str, start: int, limit: int) -> bool:
        """Tell whether another body follows a conjunction."""
        if self._bodies.place_at(text, start, limit) or (
            text[start : start + 1] in RANKS and self.follow(text, start + 1, limit)[0] != "other"  # 县和乡
        ):
            return True
        ends = range(start + 2, min(limit, start + 24) + 1)
        return any(self._bodies.ends(text, start, position) for position in ends)
