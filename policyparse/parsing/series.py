"""Series: several values after several names (A、B分别增长5%和6%), and one value after several names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from policyparse.lexicon import Lexicon
from policyparse.parsing.candidates import Candidate
from policyparse.parsing.records import Measure, Named
from policyparse.parsing.scenes import Scene
from policyparse.parsing.survey import Surveyor

_JOINT = re.compile(r"\s*(?:左右|以上|以内|以下)?\s*(?:[、,和与及]|以及)\s*(?:近|约|超|超过)?\s*")
_SPLIT = re.compile(r"、|和|与|及|以及")
_EACH = re.compile("均|都|各|分别|双双")
_YEARS = re.compile(
    "(?:分别)?[于在]?(?:20[0-9]{2}年?度?|第[一二三四五]年度?)(?:[、,和](?:20[0-9]{2}年?度?|第[一二三四五]年度?)){1,5}"
)
_PIECE = re.compile("[^、]+")
_SHARED = re.compile("的|[生人户亩校店床班]均|平均")
_LONGEST = 12
_BRIEF = 5
_WORD = 2
_CLAUSES = 4
_RANKS = "(?:国家|世界|[部省市区县州旗乡镇校厅局处科]|[0-9]?A|[一二三四五]星|[一二三四五甲乙丙特])"
_RANK = re.compile(_RANKS + "(?:[级等类])?\\Z")
_RANK_BEFORE = re.compile(_RANKS + "(?:[级等类])?")
_TO = "对给为向"
_ASIDE = re.compile(r"\([^()]{1,30}\)\Z")
_WHOM = ("人才", "群体", "者", "员", "户", "生", "工")


class Series:
    """Gives the members of a series their own names."""

    def __init__(self, lexicon: Lexicon, surveyor: Surveyor) -> None:
        self._surveyor = surveyor
        self._heads = dict.fromkeys(sorted(lexicon.words("naming.nouns.head"), key=len, reverse=True))
        self._known = frozenset(lexicon.words("indicators"))

    def runs(self, text: str, measures: Sequence[Measure]) -> dict[int, int]:
        """Return the runs of values with nothing but joints between them: index of the first, number of values."""
        found: dict[int, int] = {}
        first = 0
        for index in range(1, len(measures) + 1):
            joined = False
            if index < len(measures) and index - first < _LONGEST:
                before, here = measures[index - 1], measures[index]
                joined = here.reach_start - before.end <= 8 and _follows(text, before, here)
            if not joined:
                if index - first > 1:
                    found[first] = index - first
                first = index
        return found

    def decide(self, text: str, first: int, run: Sequence[Measure], scene: Scene) -> Mapping[int, list[Named]]:
        """Return the names of the run's values, by index from ``first``, where its structure gives them."""
        count = len(run)
        if (year := self._by_year(text, scene)) is not None:
            return {first + i: [year] for i in range(count)}
        if names := self._apart(text, run, scene):
            return {first + i: [named] for i, named in enumerate(names)}
        phrase_start, phrase_end = self._surveyor.core(text, scene)
        members = self._split(text, phrase_start, phrase_end)
        if len(members) == count:
            return {first + i: [named] for i, named in enumerate(self._headed(text, members))}
        if phrase_start < phrase_end:
            return {}
        parted = any("," in text[a.end : b.start] for a, b in pairwise(run))
        if run[0].unit != run[-1].unit and parted:
            return {}
        if run[0].unit != run[-1].unit and (noun := self._surveyor.noun_behind(text, run[-1])):
            # 完成3800户、58万平方米棚户区改造: what follows the last value is what all of them measure.
            return {first + i: [Named(*noun)] for i in range(count)}
        reach = scene.measure.reach_start
        if run[0].kind == "money" and self._surveyor.unlit(text, scene.left, reach) < reach:
            # 达到5亿元、10亿元的,分别给予20万元、50万元奖励: what is granted, not what was reached
            granted = self._surveyor.granted(text, self._surveyor.scene(text, run[-1], None, None))
            if granted[1]:
                return {first + i: [Named(*granted)] for i in range(count)}
        before = scene.mentions[-count:]
        if len(before) == count and all(_follows(text, a.measure, b.measure) for a, b in pairwise(before)):
            # A、B分别达到50和60,分别增长5%和6%: the second run speaks of what the first spoke of.
            return {first + i: [Named(one.start, one.end, one.name)] for i, one in enumerate(before)}
        distinct: list[Named] = []
        for mention in reversed(scene.mentions):
            if all(mention.name != d.name for d in distinct):
                distinct.append(Named(mention.start, mention.end, mention.name))
            if len(distinct) == count:
                return {first + i: [named] for i, named in enumerate(reversed(distinct))}
        return {}

    def _apart(self, text: str, run: Sequence[Measure], scene: Scene) -> list[Named]:
        """Return names where 分别 stands between the members and what each gets: 二孩、三孩家庭分别发放补贴5万元、10万元."""
        reach = scene.measure.reach_start
        place = text.rfind("分别", scene.left, reach)
        if place < 0:
            return []
        bare = place - self._surveyor.opened(text, scene.left, place) < 2  # nothing but a time: 2000年分别达到
        start, end = scene.before if bare else (scene.left, place)
        if scene.stop == "," and (bare or not self._members(text, start, end, len(run))):
            start, end = self._listing(text, *scene.before, len(run)) or (start, end)
        members = self._members(text, start, end, len(run))
        if not members:
            return []
        tail = self._given(text, place + 2, scene.edge)
        if not tail:
            tail_start, tail_end = self._surveyor.granted(text, self._surveyor.scene(text, run[-1], None, None))
            tail = text[tail_start:tail_end]
        if not tail:
            # 甲产量、乙产量,分别达到5万吨和6万吨: members that name themselves need none
            return self._headed(text, members) if all(self._complete(text[s:e]) for s, e in members) else []
        last = text[members[-1][0] : members[-1][1]]
        group = last[len(last) - self._surveyor.grouped(last) :]
        if ranked := self._ranked(text, members, tail):
            return ranked
        named = []
        for start, end in members:
            name = text[start:end].rpartition("的")[2]
            # 二孩、三孩 | 家庭: whom all of them are goes with each
            if (place := last.find(name[-1], 0, len(name) + 2)) >= 0:
                name += last[place + 1 :]
            elif len(group) < len(last) and not name.endswith(_WHOM) and not self._surveyor.grouped(name):
                name += group or self._shared(text, members, name)
            named.append(Named(start, end, name + tail))
        return named

    def _shared(self, text: str, members: Sequence[tuple[int, int]], name: str) -> str:
        """Return what the last of at least three short members says for all of them: 医疗、失业和生育 | 保险."""
        start, end = members[-1]
        short = all(members[i][1] - members[i][0] == _WORD for i in range(1, len(members) - 1))
        alike = len(members) > 2 and short and end - start > _WORD and text[start + _WORD : end] not in name
        return text[start + _WORD : end] if alike else ""

    def _ranked(self, text: str, members: Sequence[tuple[int, int]], tail: str) -> list[Named]:
        """Return names of members that are ranks and share what stands behind the last: 认定为国家、省级 | 技术中心的企业."""
        start, end = members[-1]
        last = _RANK_BEFORE.match(text, start, end)
        ranks = [_RANK.search(text, *member) for member in members[:-1]]
        if last is None or not all(ranks):
            return []
        thing, _, whom = text[last.end() : end].rpartition("的")
        names = [rank.group() for rank in ranks if rank] + [last.group()]
        return [Named(*span, name + (thing or whom) + tail) for span, name in zip(members, names, strict=True)]

    def _by_year(self, text: str, scene: Scene) -> Named | None:
        """Return the name that values of several years share: 补贴分别在2025、2026年按30%、70%发放."""
        years = _YEARS.search(text, scene.left, scene.measure.reach_start)
        if years is None:
            return None
        begin = self._surveyor.opened(text, scene.left, years.start())
        start = self._surveyor.acted(text, begin, years.start())
        if years.start() - start < 2:
            start = begin  # 补贴 is what is done and what it is called
        end = self._surveyor.unlit(text, start, years.start())
        start = max(start, text.rfind("的", start, end - 1) + 1)
        return Named(start, end) if end - start > 1 else None

    def _listing(self, text: str, first: int, last: int, count: int) -> tuple[int, int] | None:
        """Return the clause that lists who gets what: 对二孩、三孩家庭,凭合同、户口簿等,分别给予1万元、2万元."""
        for _ in range(_CLAUSES):
            if last <= first:
                break
            said = _ASIDE.sub("", text[first:last]).rstrip("的 ")
            whom = text[first] in _TO or said.endswith(_WHOM) or self._surveyor.grouped(said) > 0
            if whom and len(self._members(text, first, last, count)) == count:
                return first, last
            if text[first - 1 : first] != ",":
                break
            last = first - 1
            first, _sign = self._surveyor.clause(text, last)
        return None

    def _members(self, text: str, start: int, end: int, count: int) -> list[tuple[int, int]]:
        start = self._surveyor.opened(text, start, end)
        if end > start and text[end - 1] == ")" and (opening := text.rfind("(", start, end)) > start:
            end = opening
        while end > start and text[end - 1] in "的, ":
            end -= 1
        coarse = [(m.start(), m.end()) for m in _PIECE.finditer(text, start, end)]
        if len(coarse) == count:
            return coarse
        fine = self._split(text, start, end)
        return fine if len(fine) == count else []

    def _given(self, text: str, start: int, end: int) -> str:
        """Return the noun between 分别 and the values, without the verb before it; ``""`` where there is none."""
        if end <= start or text[start] in "按在由从为达占":
            return ""
        begin, start, end = start, self._surveyor.acted(text, start, end), self._surveyor.unlit(text, start, end)
        if start >= end:
            start = end - self._surveyor.given(text, begin, end)  # 给予一次性 | 奖补
        if end - start < 2 or self._surveyor.grouped(text[start:end]) == end - start:
            return ""  # 分别一次性给予5万元, 分别给予家庭5万元: who gets it was listed before
        return text[start:end]

    def sharing(self, text: str, best: Candidate, scene: Scene) -> list[Named]:
        """Return the choice, as several names where one value belongs to several."""
        phrase = text[best.start : best.end]
        if (not best.name and "、" in phrase) or "和" in phrase:
            each = _EACH.search(text, best.end, scene.measure.reach_start) is not None and "等" not in phrase
            inside = text[best.start - 1] == "、"  # the choice begins inside the list
            whole = best.start > scene.left and (each or inside)
            start = min(best.start, self._surveyor.opened(text, scene.left, best.end)) if whole else best.start
            members = self._split(text, start, best.end)
            if 1 < len(members) <= 4 and (each or all(self._complete(text[s:e]) for s, e in members)):
                return self._headed(text, members)
        return [Named(best.start, best.end, best.name)]

    def _split(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        members, position = [], start
        for match in _SPLIT.finditer(text, start, end):
            if text.count("“", position, match.start()) != text.count("”", position, match.start()):
                continue
            if match.start() > position:
                members.append((position, match.start()))
            position = match.end()
        if position < end:
            members.append((position, end))
        return members

    def _complete(self, name: str) -> bool:
        """Tell whether a name says what is measured: it ends with a head, is one, or is a known indicator."""
        return bool(self._head(name)) or name in self._heads or name in self._known

    def _head(self, name: str) -> str:
        for head in self._heads:
            if name.endswith(head) and len(name) > len(head):
                return head
        return ""

    def _headed(self, text: str, members: Sequence[tuple[int, int]]) -> list[Named]:
        """Return the members by name, each with what it shares with the others.

        The last one's head goes with those that have none of their own (二孩、三孩家庭补贴), the first one's attribute with
        those that are no more than a head (全市旅游人数和收入).
        """
        first, last = text[slice(*members[0])], text[slice(*members[-1])]
        named = []
        for place, (start, end) in enumerate(members):
            name = text[start:end]
            if place and (front := self._front(first, name)):
                name = front + name
            elif place < len(members) - 1 and name not in self._known:
                name = name.rpartition("的")[2] + (self._shared(text, members, name) or self._tail(name, last))
            named.append(Named(start, end, name))
        return named

    def _front(self, first: str, name: str) -> str:
        """Return the attribute of the first member that a bare head shares: 旅游 of 旅游人数 for 收入."""
        if name in self._heads and name not in self._known:
            return first[: len(first) - len(self._head(first))] if self._head(first) else ""
        if len(name) <= _BRIEF < len(first) - 3 and first[-2:] == name[-2:] and name not in self._known:
            return first[: -len(name)]
        return ""

    def _tail(self, name: str, last: str) -> str:
        """Return what ``name`` shares with the end of the last member; ``""`` where it has a head of its own."""
        if self._head(name) or name in self._heads:
            return ""
        for cut in range(1, len(last)):
            if name + last[cut:] in self._known:  # 城镇 and 农村居民人均可支配收入
                return last[cut:]
        if (place := last.find(name[-1], 0, len(name) + 2)) >= 0 and place + 1 < len(last):  # 首套, 二套房贷款首付比例
            return last[place + 1 :].rpartition("的")[2]
        if (share := last.find("占")) > 0:  # 蔬菜、林业 | 产值占农业总产值的比重
            return self._head(last[:share]) + last[share:]
        if tail := _SHARED.search(last, 1):  # 初中、小学 | 生均公用经费; 小学、初中的 | 经费标准
            return last[tail.end() if tail.group() == "的" else tail.start() :]
        return self._head(last)


def _follows(text: str, one: Measure, other: Measure) -> bool:
    joint = _JOINT.match(text, one.end, other.start)
    return joint is not None and joint.end() >= other.reach_start
