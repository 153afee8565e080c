"""Names of bodies: where a name ends, what kind of body it names, and lists of names taken apart."""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.parsing.words import WordSet

OPENERS = "([〔【〈<{《"
CLOSERS = ")]〕】〉>}》"
_SEPARATORS = frozenset("、,;")
_BLANK = frozenset(" \n\r\x0c")
_LONGEST_GROUP = 60
# 各乡、镇人民政府 and 各市、县(区)人民政府 name one class of bodies: letters of rank before a shared head.
_RANK = (
    r"(?:县级市|省|自治区|直辖市|市|县|区|乡|镇|州|旗|盟|街道|地区?)+(?:[(〔\[][省市县区乡镇州旗盟、特辖级 ]*[)〕\]])*"
)
_RANKS = re.compile(rf"(?:各|本|所在地?)?{_RANK}(?:、{_RANK})*")
# Without a word that makes one class of them each is a body: 市、县(区)人民政府.
_CLASS = re.compile(rf"(?:各|本|所在地?){_RANK}(?:、{_RANK})*|省、自治区(?:、直辖市)?")
_RANKED = re.compile(
    rf"{_RANK}(?:[^局委厅办、,。;]{{0,14}}?(?:政府|管委会|办事处|部门|机关|机构|党委)|(?=[、,。;和及要应必都须可不在对按\s]|$))"
)
_RANK_GROUP = re.compile(r"[省市县区乡镇州旗盟地][(〔\[][省市县区乡镇州旗盟、特辖级 ]+[)〕\]]")
_AFTER_WEI = ("托", "派", "任")  # 由县委托…: no 县委
_PART = re.compile("分(?![别管工头享担级类摊])")  # 由三部分组成
_CHIEF = re.compile(r"[省市县区乡镇] ?[(〔][省市县区乡镇、]{1,6}[)〕] ?长")  # 县(市)长
# 所 before a verb is no institute: 个人所得税, 企业所在地.
_NUMERALS = frozenset("0123456789一两二三四五六七八九十百余多几")  # 50所 counts
_AFTER_SUO = tuple("得需在有属用学示述涉持提辖")
# What follows where 处, 司 or 科 belongs to the next word.
_AFTER_OFFICE = {
    "处": frozenset("理置罚分长于以在境所方女"),
    "司": frozenset("法机长"),
    "科": frozenset("学技研普创教目长室"),
}
# Where a separator was lost: 市商务局市财政局.
_LOST_SEPARATOR = re.compile(r"[局委厅](?=[省市县区][^场]{2,12}[局委厅办])")


class Bodies:
    """Recognises names of bodies by how they end."""

    def __init__(self, lexicon: Lexicon) -> None:
        kinds: dict[str, str] = {}
        for kind, words in lexicon.group("bodies.heads").items():
            kinds.update(dict.fromkeys(words, kind))
        letters: dict[str, str] = {}
        for kind, words in lexicon.group("bodies.letters").items():
            letters.update(dict.fromkeys(words, kind))
        self._kinds = kinds
        self._letters = letters
        self._heads = WordSet(kinds)
        lengths: dict[str, set[int]] = {}
        for word in kinds:
            lengths.setdefault(word[-1], set()).add(len(word))
        self._lengths = {last: tuple(sorted(found, reverse=True)) for last, found in lengths.items()}
        self._lookalikes = WordSet(lexicon.words("bodies.lookalikes.words"))
        self._names = frozenset(lexicon.words("bodies.names.words"))
        self._name_words = WordSet(self._names)
        self._prose_letters = frozenset(lexicon.words("bodies.prose.letters"))
        self._alone = frozenset(lexicon.words("bodies.names.alone"))
        self._fields = {"", *self._names}
        self._places = WordSet(lexicon.words("bodies.names.places"))
        self._closing = frozenset(word[-1] for word in (*kinds, *letters, *self._alone))
        self._joins = ("以及", "及其", "和", "及", "与", "并")

    def head(self, text: str, start: int, end: int) -> str:
        """Return the kind of body that ``text[start:end]`` names by its end (``""`` if none): public, organisation, post.

        A bracket at the end (县商务局（县粮食局）) is looked over.
        """
        end = before_bracket(text, start, end)
        if end - start < 2:
            return ""
        if text[start:end] in self._names:
            return "public"
        if word := self._heads.before(text, start, end):
            return self._kinds[word]
        kind = self._letters.get(text[end - 1], "")
        # 全部 is no body, 安全部 is one.
        return "" if len(self._lookalikes.before(text, start, end)) == end - start else kind

    def ends(self, text: str, start: int, end: int) -> str:
        """Return the kind of body whose name, begun at ``start``, may end at ``end`` (``""`` if none), brackets aside."""
        last = text[end - 1]
        if last not in self._closing or (last == "委" and text[end : end + 1] in _AFTER_WEI):
            return ""
        room = end - start
        for length in self._lengths.get(last, ()):
            if length <= room and (found := self._kinds.get(text[end - length : end])):
                return found
        if text[start:end] in self._alone:
            return "public"
        if last == "所" and (
            text[end : end + 1] in _AFTER_SUO
            or text[end - 2] in _NUMERALS
            or self._heads.before(text, start, end - 1) not in self._fields  # 学校所建置的网站, but 财政所
        ):
            return ""
        if last == "部" and _PART.match(text, end):
            return ""
        if last == "长":
            return "post" if _CHIEF.fullmatch(text, start, end) else ""
        if after := _AFTER_OFFICE.get(last):  # 财政处, 版权司, but 财政处置
            return "public" if text[end : end + 1] not in after and self._office(text, start, end - 1) else ""
        kind = self._letters[last] if last in self._prose_letters else ""
        if kind and (end - start > 2 or text[start] == "各") and not self._lookalikes.before(text, start, end):
            return kind
        if (kind or last == "地") and _RANK_GROUP.match(text, end - 1) and end - start < 4:
            return "public"  # 县（区）, 各地(市)
        return ""

    def _office(self, text: str, start: int, end: int) -> bool:
        """Tell whether the span closes with a field of government: 发展改革 in 发展改革处."""
        return bool(self._name_words.before(text, start, end))

    @property
    def closing_characters(self) -> str:
        """The characters that names of bodies end with."""
        return "".join(sorted(self._closing))

    def place_at(self, text: str, position: int, limit: int) -> int:
        """Return the length of the place whose short name stands at ``position`` (南京), 0 if none does."""
        return len(self._places.at(text, position, limit))

    def name_at(self, text: str, position: int, limit: int) -> int:
        """Return the length of the field of government that is named at ``position`` (市场监督管理), 0 if none is."""
        return len(self._name_words.at(text, position, limit))

    def goes_on(self, text: str, position: int, limit: int) -> int:
        """Return the length of the head that begins right here and makes the name before it longer: 市政府+办公室."""
        return len(self._heads.at(text, position, limit))

    def closes(self, character: str) -> bool:
        """Tell whether a name of a body may end with ``character``."""
        return character in self._closing

    def ranked(self, text: str, start: int, end: int, following: int) -> bool:
        """Tell whether a member names bodies by their rank and the next one goes on with it: 各区、乡."""
        if text.startswith("所在省", start):
            return False
        if text.startswith("各省", start) and text.startswith(("自治区", "直辖市"), following):
            return True  # 各省、自治区、直辖市监察厅(局)
        classed = _CLASS.fullmatch(text, start, end) or (
            text[start:end] == "省" and text.startswith(("自治区", "直辖市"), following)
        )
        return bool(classed) and bool(_RANKED.match(text, following, following + 30))

    def rank(self, text: str, start: int, end: int) -> bool:
        """Tell whether the span names bodies by their rank only, so that a head may follow: 市、县(区)."""
        return bool(_RANKS.fullmatch(text, start, end))

    def alone(self, text: str, start: int, end: int) -> bool:
        """Tell whether the span is a name that may act without a head, and often opens a longer one: 国家, 财政."""
        return text[start:end] in self._alone

    def named(self, text: str, start: int, end: int) -> bool:
        """Tell whether the span is a body's field by itself: 教育, 公安, 市场监管."""
        return text[start:end] in self._names

    def members(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Take a list of bodies apart: at 、，； outside brackets, at 和 and 及 between two bodies, at blanks."""
        pieces: list[tuple[int, int]] = []
        for first, last in self._pieces(text, start, end):
            pieces += self._joined(text, first, last)
        return _ranked(text, pieces)

    def _pieces(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        found = []
        begin = position = start
        while position < end:
            sign = text[position]
            if sign in OPENERS:
                position = closing(text, position, end)
                continue
            if sign in _SEPARATORS or (sign in _BLANK and self._blank_parts(text, begin, position, end)):
                found.append((begin, position))
                begin = position + 1
            position += 1
        found.append((begin, end))
        return [trimmed for piece in found if (trimmed := trim(text, *piece))[0] < trimmed[1]]

    def _blank_parts(self, text: str, begin: int, position: int, end: int) -> bool:
        """Tell whether the blank at ``position`` stands between two bodies (市教育局 市财政局), not inside a name."""
        after = position + 1
        if after >= end or text[after] in OPENERS or text[after] in _BLANK or text[after] in _SEPARATORS:
            return False
        return text[position] == " " and bool(self.head(text, begin, position)) and position - begin > 2

    def _joined(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        found = []
        begin = position = start
        while position < end:
            if text[position] in OPENERS:
                position = closing(text, position, end)
                continue
            join = next((j for j in self._joins if text.startswith(j, position)), "")
            after = position + len(join)
            if join and after < end and position - begin > 1:
                whole = trim(text, begin, position - (text[position - 1] == "等"))
                named = text[whole[0] : whole[1]] in self._names  # 文化 in 文化和旅游部
                if not named and self.head(text, *whole) and not _one_class(text, position, after, end):
                    found.append(whole)
                    begin = position = after
                    continue
            elif _LOST_SEPARATOR.match(text, position, end) and position - begin > 2:
                found.append((begin, position + 1))
                begin = position = position + 1
                continue
            position += 1
        found.append((begin, end))
        return found


def _one_class(text: str, join: int, after: int, end: int) -> bool:
    """Tell whether 和 stands inside the name of one class: 有关部门和单位."""
    return text.startswith("部门", join - 2) and text.startswith("单位", after) and after + 2 == end


def _ranked(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put together what names one class of bodies by its ranks: 各乡、镇人民政府."""
    found: list[tuple[int, int]] = []
    for start, end in pieces:
        if (
            found
            and (_CLASS.fullmatch(text, *found[-1]) or text.startswith("省、自治区", found[-1][0]))
            and _RANKED.match(text, start, end)
            and text[found[-1][1] : start].strip() in ("、", "和", "及", "与", "以及")
        ):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without blanks and line ends at its edges."""
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return start, end


def closing(text: str, position: int, end: int) -> int:
    """Return the offset after the bracket that opens at ``position``; after the opener if it is not closed nearby."""
    depth = 0
    for here in range(position, min(end, position + _LONGEST_GROUP)):
        if text[here] in OPENERS:
            depth += 1
        elif text[here] in CLOSERS:
            depth -= 1
            if not depth:
                return here + 1
    return position + 1


def before_bracket(text: str, start: int, end: int) -> int:
    """Return where the name before a closing bracket ends: 市应急局〈市消防救援支队〉 gives the end of 市应急局."""
    if end - start > 3 and text[end - 1] in CLOSERS:
        for here in range(end - 2, max(start, end - _LONGEST_GROUP), -1):
            if text[here] in OPENERS:
                return here
    return end
