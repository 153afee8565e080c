"""Edges of names: where the name of an indicator may begin and end in the phrases around a quantity."""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.parsing.words import WordSet, openings

REACH = 48
"""The longest indicator."""

_STOPS = frozenset(",;:。!?\n=÷×")
_CLOSE = re.compile(r"[,;:。!?\n()=÷×]")
_DATE = re.compile(
    r"(?:(?:到|至|自|从|在|于|比|较|截至|截止|由)?"
    r"(?:(?:19|20)\d\d ?|[一二][〇零一二三四五六七八九]{3})年(?:\d{1,2}月|[一二三四五六七八九十]{1,2}月|上半年|下半年)?(?:\d{1,2}日)?"
    r"|(?:到|至|自|从|在|于)?\d{1,2}月(?:\d{1,2}日)?"
    r"|(?:“?[七八九十][一二三四五]?|“[一二三四五六])五”?)(?:底|末|初|份)?(?:以前|之前|以来|前|期间|时期|起)?的?"
)
# How a value was computed, or how long it has been so: 扣除价格因素, 按可比口径计算, 连续五年.
_METHOD = re.compile(
    r"(?:按照?|以|扣除|考虑|剔除)[\u4e00-\u9fff0-9]{1,12}?(?:因素|口径|价格?)(?:后|计算|影响)*\Z|连续[一二三四五六七八九十0-9]{1,3}(?:年|个?月|个?季度)\Z"
)
# What a change is reckoned against: 比去年预算, 比“十五”期末, 较全国平均水平.
_AGAINST = re.compile(
    r"(?<![占对同环])[比较](?:去年|上年|前年|年初|上[个一半]|前[一二三四五]|[一二三四五]年前|原|计划|规划|预[算期计]|目标|“?[一二三四五六七八九十]{0,2}五”?|全国|全省)[\u4e00-\u9fff”]{0,6}\Z"
)
_AGAINST_LENGTH = 12
_BASIS = ("基础上", "基数上", "标准上", "前提下", "条件下", "情况下")
_BASIS_LENGTH = 30
_METHOD_ENDS = frozenset("素径价格后算响年月度")
_DATE_END = re.compile(r"[年月日底末初前份起间期的]")
_FIGURE = re.compile(r"[0-9〇一二三四五六七八九]")
_MEAN = "人户平年日月亩地"
_INNER = re.compile(r"\([^()\n,。;:0-9]{1,6}\)(?=[\u4e00-\u9fff])")
# From when a time runs: 自应缴之日起.
_SINCE = re.compile(r"自[^,;:。!?()\n]{1,24}?(?:之日起?|当[日月天]起?|次[日月]起?|起)")
_CASES = "为对将向从按给"
_MODAL = "应当须得可并或需要"
_NO_OF = "一后前间内外日家乡际初时中下上类用规所路有"
_STARTING = "的、且之于时后" + _CASES
_ENDING = "的、且并"
_COUNTED = re.compile(
    r"[一二三四五六七八九十]+是|第[一二三四五六七八九十]+[,、]|[0-9]{1,2}[.、．]|\([一二三四五六七八九十0-9]+\)|[一二三四五六七八九十]+、"
)


# The label of an article, which is no part of what stands behind it: 第三条 公示期限.
_ARTICLE = re.compile(r"[ \r]*第 ?[一二三四五六七八九十百零\d]{1,6} ?条(?:之[一二三四五六七八九十])?[ \r]*")


class Edges:
    """Finds where names begin and end, by the words that surround and open them."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.words
        self._cues: dict[str, str] = {}
        for kind in ("fill", "level", "change"):
            self._cues.update(dict.fromkeys(words(f"naming.cues.{kind}"), kind))
        self._cue = WordSet(self._cues)
        self._whole = WordSet(words("naming.cues.whole"))
        self._nominal = WordSet(words("naming.cues.nominal"))
        self._parting = WordSet(words("naming.cues.parting"))
        self._act = WordSet(words("naming.verbs.act"))
        self._opener = WordSet(words("naming.verbs.opener"))
        self._kept = WordSet(words("naming.verbs.kept"))
        self._firm = frozenset(words("naming.verbs.firm"))
        predicates = (*words("naming.verbs.predicate"), *self._firm)
        self._predicate = WordSet(predicates)
        self._light = WordSet(words("naming.verbs.light"))
        self._group = WordSet(words("naming.nouns.group"))
        self._grant = WordSet(words("naming.nouns.grant"))
        self._head = WordSet(words("naming.nouns.head"))
        self._heads = frozenset(words("naming.nouns.head"))
        self._known = WordSet(lexicon.words("indicators"))
        self._knowns = frozenset(lexicon.words("indicators"))

        # Only at these characters may one of the words begin; all others are passed over at once.
        acts, openers = words("naming.verbs.act"), words("naming.verbs.opener")
        self._may_act = openings("", acts)
        self._may_start = openings(_STARTING, acts, openers)
        self._may_end = openings(_ENDING, acts, predicates, words("naming.nouns.group"))
        self._may_part = openings("", words("naming.cues.parting"))

    def _clause_start(self, text: str, position: int, floor: int) -> tuple[int, str]:
        """Return where the clause that ends at ``position`` begins, and the sign before it; brackets inside are skipped."""
        while position > floor:
            character = text[position - 1]
            if character == ")":
                opening = text.rfind("(", max(floor, position - 30), position)
                if opening < 0:
                    return position, ")"
                position = opening
                continue
            if character in _STOPS or character == "(":
                if (
                    character == ","
                    and text[position - 2 : position - 1].isdigit()
                    and text[position : position + 1].isdigit()
                ):
                    position -= 1
                    continue
                if character == "\n" and (label := _ARTICLE.match(text, position)):
                    return label.end(), character
                return position, character
            position -= 1
        return floor, ""

    def _clause_end(self, text: str, position: int, ceiling: int) -> int:
        """Return where the clause that goes on at ``position`` ends; a short bracket inside a name is skipped: 县(市)区."""
        begin = position
        while closing := _CLOSE.search(text, position, ceiling):
            group = _INNER.match(text, closing.start(), ceiling)
            if group is None or closing.start() == begin:
                return closing.start()
            position = group.end()
        return ceiling

    def _strip_right(self, text: str, start: int, end: int) -> tuple[int, str]:
        """Return where the phrase ends without the cues after it, and the strongest cue stripped."""
        strongest = ""
        while end > start:
            if text[end - 1] in " 、,”":
                if text[end - 1] == "”" and "“" in text[start:end]:
                    against = self._compared(text, start, end) if strongest == "change" else -1
                    if against < 0:
                        break
                    end = against
                    continue
                end -= 1
                continue
            if strongest == "change" and (compared := self._compared(text, start, end)) >= 0:
                end = compared
                continue
            if text.endswith(_BASIS, start, end) and (based := self._based(text, start, end)) > start:
                end = based
                continue
            cue = self._cue.before(text, start, end)
            if (
                cue
                and cue[0] in "年期"
                and _FIGURE.match(text[max(start, end - len(cue) - 2) : end - len(cue)].rstrip(" ")[-1:])
            ):
                cue = cue[1:] if cue[1:] in self._cues else ""  # 1987年为: the year is no cue
            if cue == "期" and text[end - 2] == "时":
                cue = ""  # 由“六五”时期的: a time as a whole
            if cue and len(self._whole.before(text, start, end)) > len(cue):
                break  # 公共场所 has no cue 所
            if cue:
                if self._known.before(text, start, end) and len(self._known.before(text, start, end)) > len(cue):
                    break
                kind = self._cues[cue]
                if kind == "change" or (kind == "level" and strongest != "change") or not strongest:
                    strongest = kind
                end -= len(cue)
                continue
            if text[end - 1] in _METHOD_ENDS and (method := _METHOD.search(text, max(start, end - 16), end)):
                end = method.start()
                continue
            if _DATE_END.match(text[end - 1]) or text[end - 1] in "上同":
                low = max(start, end - 16)
                against = max(text.rfind("比", low, end), text.rfind("较", low, end))
                if against > low and text[against - 1] in "占对":
                    break
                if against >= 0 and text[against + 1 : against + 2] not in "重例率":
                    end = against
                    continue
                for dated in _DATE.finditer(text, low, end):
                    if dated.end() == end:
                        end = dated.start()
                        break
                else:
                    break
                continue
            break
        return end, strongest

    def _compared(self, text: str, start: int, end: int) -> int:
        """Return where a phrase that ends at ``end`` and tells what a change is reckoned against begins, -1 if none does."""
        low = max(start, end - _AGAINST_LENGTH)
        place = max(text.rfind("比", low, end), text.rfind("较", low, end))
        return place if place >= 0 and _AGAINST.match(text, place, end) else -1

    def _based(self, text: str, start: int, end: int) -> int:
        """Return where a phrase that ends at ``end`` and tells what a value is added to begins: 贷款额度 | 在现行额度基础上."""
        place = max(
            text.rfind("在", max(start, end - _BASIS_LENGTH), end),
            text.rfind("按", max(start, end - _BASIS_LENGTH), end),
        )
        return place if place > start + 1 else -1

    def _skip_left(self, text: str, start: int, end: int) -> int:
        """Return where the phrase begins without the words that open its clause."""
        while start < end:
            if text[start] in ' 、“"—-,+)':
                if text[start] in '“"' and "”" in text[start:end]:
                    break
                start += 1
                continue
            match = _COUNTED.match(text, start, end) or _DATE.match(text, start, end)
            if match is None and text[start] == "自":
                match = _SINCE.match(text, start, end)  # what runs from then follows: 自应缴之日起 | 缓缴
            if match:
                start = match.end()
                continue
            known = self._known.at(text, start, end)
            word = self._opener.at(text, start, end)
            if not word or len(known) > len(word) or len(self._kept.at(text, start, end)) > len(word):
                break
            start += len(word)
        return start

    def starts(self, text: str, begin: int, end: int) -> list[tuple[int, str]]:
        """Return the places at which a phrase that ends at ``end`` may begin, each with its kind."""
        first = self._skip_left(text, begin, end)
        found = [(first, "open" if first > begin else "begin")]
        if first > begin:
            found.append((begin, "raw"))
        position = first
        low = max(first, end - REACH)
        position = low
        while there := self._may_start.search(text, position, end):
            position = there.start()
            character = text[position]
            if character == "的" and position + 1 < end:
                found.append((position + 1, "de"))
                position += 1
            elif character == "、" and position + 1 < end:
                if (closing := text.find(")", position, end)) < 0 or text.find("(", position, closing) >= 0:
                    found.append((position + 1, "list"))  # not within a bracket: 县(市、区)
                position += 1
            elif character in "之于时后" and position > first:
                if position + 2 < end and (kind := self._turn(text, position)):
                    found.append((position + 1, kind))
                position += 1
            elif verb := self._act_at(text, position, end):
                after = position + len(verb)
                if after < end:
                    if position > first:
                        found.append((position, "atverb"))
                    skipped = self._skip_left(text, after, end)
                    found.append((skipped if skipped < end else after, "verb0" if position == first else "verb"))
                position = after
            elif (
                position > first
                and (word := self._opener.at(text, position, end))
                and len(word) > 1
                and (after := self._since(text, position + len(word), end)) < end
            ):
                found.append((after, "opener"))
                position = after
            elif position > first and character == "且" and position + 1 < end:
                found.append((position + 1, "and"))
                position += 1
            elif position > first and character in _CASES and position + 1 < end:
                found.append((position + 1, "prep"))
                position += 1
            else:
                position += 1
        unique: dict[int, str] = {}
        for place, kind in found:
            if end - place <= REACH and place < end:
                unique.setdefault(place, kind)
        return list(unique.items())[:12]

    def _since(self, text: str, start: int, end: int) -> int:
        """Return where a phrase begins without what it runs from: 应当 | 自受理之日起 | 作出."""
        match = _SINCE.match(text, start, end) if text[start : start + 1] == "自" else None
        return match.end() if match else start

    def _turn(self, text: str, position: int) -> str:
        """Return what begins behind 之, 于, 时 or 后, ``""`` where it is part of a word: 申请贷款时 | 首付比例, 应于 | 每月."""
        character, before, behind = text[position], text[position - 1], text[position + 1]
        if character == "之":
            return "" if behind in _NO_OF or before in "分总百" else "de"
        if character == "于":
            return "prep" if before in _MODAL else ""
        if character == "时":
            return (
                ""
                if behind in "间限期代段点效速长装政节事尚空光任" or before in "小及同临准按定实工课当届随计平即适"
                else "when"
            )
        return "" if behind in "续备期勤方台代世者果卫缀盾" or before in "不最前今此落先背" else "when"

    def ends(self, text: str, begin: int, end: int) -> list[tuple[int, str]]:
        """Return the places at which a phrase that begins at ``begin`` may end."""
        limit = min(end, begin + REACH)
        found: list[tuple[int, str]] = []
        first = self._group.at(text, begin, limit)
        position = begin + (len(first) or 1)
        if first and position < limit:
            found.append((position, "group"))
        group = not first
        cuts = 0
        acts = 0
        of = False
        while cuts < 5 and (there := self._may_end.search(text, position, limit)):
            position = there.start()
            character = text[position]
            if character == "的" and not of:
                found.append((position, "de"))
                of = True
                position += 1
            elif character == "、":
                found.append((position, "list"))
                cuts += 1
                position += 1
            elif character in "且并" and position > begin + 1 and text[position - 1] not in "合兼归而":
                found.append((position, "and"))
                cuts += 1
                position += 1
            elif (
                group
                and cuts == 0
                and (word := self._group.at(text, position, limit))
                and position + len(word) < limit
                and len(self._kept.at(text, position, limit)) <= len(word)
            ):
                group = False  # 60周岁以上 | 老年人 | 免费接种
                position += len(word)
                found.append((position, "group"))
            elif word := self._predicate_at(text, position, limit):
                found.append((position, "pred1" if cuts == 0 else "pred"))
                cuts += 1
                position += len(word)
            elif acts < 2 and (verb := self._act_at(text, position, limit)) and len(verb) > 1:
                found.append((position, f"act{acts}"))
                acts += 1
                position += len(verb)
            else:
                position += 1
        found.append((limit, "close" if limit == end else "cap"))
        return found

    def _act_at(self, text: str, position: int, limit: int) -> str:
        verb = self._act.at(text, position, limit)
        return "" if verb and len(self._kept.at(text, position, limit)) > len(verb) else verb  # 服务业

    def _predicate_at(self, text: str, position: int, limit: int) -> str:
        word = self._predicate.at(text, position, limit)
        if word == "均" and text[position - 1] in _MEAN:  # 人均收入
            return ""
        if word == "由" and text[position - 1] in "理事自缘案":  # 理由, 事由
            return ""
        return "" if word and len(self._kept.at(text, position, limit)) > len(word) else word  # 有 | 有限公司

    def cut(self, text: str, start: int, end: int) -> tuple[int, str]:
        """Return where a word parts the name from what is said of it, and that word; ``(-1, "")`` where none does."""
        position = start + 2
        while there := self._may_part.search(text, position, end):
            position = there.start()
            if (word := self._parting.at(text, position, end)) and len(self._kept.at(text, position, end)) <= len(word):
                return position, word
            position += 1
        return -1, ""

    def opened(self, text: str, start: int, end: int) -> int:
        """Return where a phrase begins without what opens its clause."""
        return self._skip_left(text, start, end)

    def grouped(self, phrase: str) -> int:
        """Return the length of the noun for a group that a phrase ends with: 2 for 生育三孩的家庭, 0 where there is none."""
        return len(self._group.before(phrase, 0, len(phrase)))

    def given(self, text: str, start: int, end: int) -> int:
        """Return the length of the noun for what is granted that a stretch ends with: 2 for 给予一次性奖补."""
        return len(self._grant.before(text, start, end))

    def unlit(self, text: str, start: int, end: int) -> int:
        """Return where a phrase ends without a verb that carries no meaning of its own: 购房补贴 | 一次性给予."""
        word = self._light.before(text, start, end)
        while end - len(word) > start and (adverb := self._opener.before(text, start, end - len(word))):
            word = adverb + word
        return end - len(word)

    def acted(self, text: str, start: int, end: int) -> int:
        """Return where a phrase begins behind its verbs."""
        while verb := self._act_at(text, start, end):
            start = self._skip_left(text, start + len(verb), end)
        return start

    def _trim(self, text: str, start: int, end: int) -> int:
        while end > start and text[end - 1] in " 、和与及等的,。了中)并且":
            if text[end - 1] == "并" and text[end - 2] in "合兼归":
                break
            if text[end - 1] == ")" and "(" in text[start:end]:
                break
            end -= 1
        return end
