"""Whether a phrase of bodies is given something to do: a linear score over features of structure.

The weights are data: one feature a row of ``duty_weights.tsv``. They describe structure (what stands before and behind
the phrase, how the sentence begins), and of words only the last two characters of the name and the first two of the predicate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from policyparse.lexicon import Lexicon
from policyparse.parsing.bodies import OPENERS
from policyparse.parsing.duty_prose import Candidate
from policyparse.parsing.words import WordSet

# 对科研项目要由…, 在制定办法时应当…: the modal stands behind a phrase of place or object.
_MODAL_INSIDE = re.compile("(?<![主重需必])要(?!求|素|点)|应当|必须|不得|应(?![用急对收])")
_OVER = re.compile("近年来|以来|去年|目前|近日|年来|已经|曾|上年|截至|过去")  # the sentence tells what was done
_PAST = re.compile("近年来,|[多几]年来,|以来,|近日,|[去上]年[,以]|过去[几五]")
_TITLE = re.compile("(?:通知|意见|办法|规定|措施|方案|决定|答复|批复|函|规划|细则)[)〉》]? ?(?=\n)")
_MAY = frozenset(("可", "可以", "均可", "方可", "得", "有权", "都可以"))
_ENTITLED = re.compile("申请|享受|办理|凭|领取|获得|缓缴|提取")
# Adverbs before a verb that makes others act, and what counts its clause: 一是要进一步支持….
_MANNER = re.compile(
    "(?:(?:[一二三四五六七八九十]{1,3}[是要]|第[一二三四五六七八九十],|[(（][一二三四五六七八九十]{1,3}[)）]|\\d{1,2}[.、])|[要应将须会]|应当|必须|注重|着力|同时|此外"
    "|积极|大力|全力|继续|进一步|有序|重点|切实|充分|努力|加快|着重|不断|逐步|主动|广泛|深入|科学|合理|稳步|优先|全面|统筹|加强|有效|坚决|依法|定期|探索|更好|更大力度"
    "|鼓励和|支持和|引导和|鼓励、|支持、|引导、|指导和|组织和|推动和|鼓励并|指导、|督促)*$"
)
_MANNERS = 14
# What is set up, told by who does what in it: 建立…统筹协调、…指导推动的工作格局.
_FRAME = re.compile("[建成完健构强](?:立|成|善|全|建|化)[^。;\n]*$")
_FRAMED = re.compile("[^。;\n]{0,60}?的[^,。;\n]{0,6}(?:格局|机制|体系|局面|体制|模式)")
_NOUN_OF = re.compile("[^,。;\n]{3,40}[的之][^,。;、\n]{1,14}(?=[,。;、\n])")  # 由财政部门拨付经费的单位…
_BACK = 60
_TASK = re.compile("职责|分工|职能|责任")
_STOPS = frozenset("。;\n!?")
_SIGNS = frozenset(",。;:!?\n")


class DutyScores:
    """Scores candidates with a table of weights."""

    def __init__(self, lexicon: Lexicon, weights: Mapping[str, str]) -> None:
        self._weights = {feature: float(weight) for feature, weight in weights.items()}
        prose = lexicon.group("duties.prose")
        self._undergone = WordSet(prose["undergone"])
        self._acts = WordSet([w for w in (*prose["verbs"], *prose["openers"]) if len(w) > 1])
        self._naming = frozenset((*prose["naming"], *lexicon.words("bodies.names.words")))
        self._inner = WordSet([w for w in prose["verbs"] if len(w) > 1 and w not in self._naming])
        self._determiners = WordSet(lexicon.words("bodies.names.determiners"))
        self._groups = {word: group for group, words in lexicon.group("duties.groups").items() for word in words}
        self._group_words = WordSet(self._groups)
        self._breaking = WordSet(prose["breaking"])
        self._assenting = WordSet(prose["assenting"])
        self._modals = WordSet([w for w in prose["modals"] if w[0] in "要应须必均都"])

    def score(self, features: list[str]) -> float:
        """Return the sum of the weights of the features; above 0 the phrase is given something to do."""
        get = self._weights.get
        return sum([get(feature, 0.0) for feature in features])

    def features(self, text: str, candidate: Candidate, kind: str, heading: bool, front: bool) -> list[str]:
        """Return the features of a candidate in a document of the given kind."""
        phrase = candidate.phrase
        trigger = candidate.trigger
        start, last = phrase.members[0][0], phrase.members[-1][1]
        cue = text[candidate.cue[0] : candidate.cue[1]] if trigger != "subject" else ""
        group = "city" if phrase.kind == "place" else self.group(text, *phrase.members[-1])
        opening = self._opening(text, start, last)
        rest = self._rest(text, phrase.end, candidate.limit)
        before = self._sign_before(text, candidate.cue[0]) if trigger != "subject" else text[start - 1 : start]
        size = last - start
        found = [
            "bias",
            f"t={trigger}",
            f"t={trigger}|f={phrase.follow}",
            f"t={trigger}|g={group}",
            f"t={trigger}|o={opening}",
            f"t={trigger}|r={rest}",
            f"f={phrase.follow}|r={rest}",
            f"g={group}|f={phrase.follow}",
            f"g={group}|r={rest}",
            f"t={trigger}|kind={kind}",
            f"t={trigger}|kind={kind}|k={phrase.kind}",
            f"t={trigger}|size={min(size, 20) // 4}",
            f"t={trigger}|n={min(len(phrase.members), 4)}",
            f"t={trigger}|b={self._before(text, candidate, before)}",
        ]
        if cue:
            found += [f"c={cue}", f"c={cue}|g={group}", f"c={cue}|r={rest}"]
        else:
            found += [f"w={phrase.word}", f"o={opening}|f={phrase.follow}", f"o={opening}|g={group}"]
        if trigger == "agent" and self._assenting.at(text, phrase.end, candidate.limit):
            found.append("assent")
        if phrase.modified:
            found.append(f"t={trigger}|modified")
        if phrase.others:
            found.append(f"t={trigger}|others")
        if heading:
            found.append(f"t={trigger}|heading")
        if front:
            found.append(f"t={trigger}|front")
        sentence = self._sentence(text, start)
        if _OVER.search(text, sentence, start):
            found.append(f"t={trigger}|over")
        if phrase.follow in ("act", "open", "charge") and _FRAMED.match(text, phrase.end):
            back = text[max(sentence, start - _BACK) : start]
            if _FRAME.search(back):
                found.append("frame")
        if trigger == "agent" and _NOUN_OF.match(text, phrase.end):
            found += ["noun", f"noun|b={self._before(text, candidate, before)}"]
        if trigger == "subject":
            found.append(f"p={self._preceding(text, start)}|f={phrase.follow}")
        elif text[start - 1] in "与对为以":
            found.append(f"p={text[start - 1]}")
        if text[candidate.limit - 1 : candidate.limit] == "的" and candidate.limit > phrase.end:
            found.append(f"t={trigger}|of")
        if (line := _TITLE.search(text, phrase.end, phrase.end + 60)) and "。" not in text[phrase.end : line.start()]:
            found.append(f"t={trigger}|title")
        if phrase.word in _MAY:
            found.append(f"g={group}|may")
        if phrase.word in ("可", "可以", "均可") and _ENTITLED.search(text, phrase.end, candidate.limit):
            found.append("entitled")
        head, acts = _seen(text[max(start, last - 2) : last]), _seen(text[phrase.end : phrase.end + 2])
        found += [f"h={head}", f"t={trigger}|v={acts}"]
        if self._verb_inside(text, start, last):
            found.append(f"t={trigger}|verb")
        if any(self._breaking.within(text, *member) for member in phrase.members):
            found += ["breaks", f"t={trigger}|breaks"]
        if len(phrase.word) == 1 and phrase.follow in ("act", "open"):
            found.append(f"t={trigger}|short")
        if "了" in text[phrase.end : candidate.limit] or text.startswith("已", phrase.end):
            found.append(f"t={trigger}|past")
        if trigger == "subject" and phrase.follow in ("open", "act"):
            later = self._modal_later(text, phrase.end)
            if later:
                found.append("later modal")
            elif f"t={trigger}|of" in found:
                found.append("condition")  # 有关单位要求…的, said of whatever follows
        if phrase.follow == "open" and _MODAL_INSIDE.search(text, phrase.end + 2, candidate.limit):
            found.append(f"t={trigger}|modal inside")
        if _TASK.search(text, phrase.end, min(candidate.limit, phrase.end + 12)):
            found.append(f"t={trigger}|task")
        return found

    def over(self, text: str, candidate: Candidate) -> bool:
        """Tell whether a bare subject stands in a sentence about what was done: 近年来，各地认真落实…."""
        if candidate.phrase.follow not in ("open", "act"):
            return False
        start = candidate.phrase.members[0][0]
        return bool(_PAST.search(text, self._sentence(text, start), start))

    def group(self, text: str, start: int, end: int) -> str:
        """Return the class of noun that the last member ends with."""
        if end - start > 3 and text[end - 1] in ")]〕〉":
            end = max((text.rfind(o, start, end) for o in OPENERS), default=end)
        word = self._group_words.before(text, start, end)
        return self._groups[word] if word else "other"

    def _opening(self, text: str, start: int, end: int) -> str:
        """Tell how the phrase begins: with a determiner, a rank (市, 省), a verb, a preposition."""
        if self._determiners.at(text, start, end):
            return "each"
        if text[start] in "省市县区州国乡镇" and end - start > 2:
            return "rank"
        if word := self._acts.at(text, start, end):
            return "naming" if word in self._naming else "verb"
        if text[start].isdigit():
            return "digit"
        return "name"

    def _rest(self, text: str, position: int, limit: int) -> str:
        """Classify what is left of the clause: nothing, what the body undergoes (发展), or an act of some length."""
        if limit - position <= 1:
            return "none"
        word = self._undergone.at(text, position, limit)
        if word:
            after = position + len(word)
            if after >= limit:
                return "undergone"
            if text[after] in "、和及与":
                return "undergone list"
            return "undergone more"
        if limit - position <= 4:
            return "short"
        return "act" if limit - position <= 12 else "long"

    def _sign_before(self, text: str, cue: int) -> str:
        """Return the sign before a cue, adverbs and what counts the clause looked over: 一是积极支持…."""
        manner = _MANNER.search(text[max(0, cue - _MANNERS) : cue]) if text[cue - 1 : cue] not in _SIGNS else None
        cue -= len(manner.group()) if manner else 0
        return text[cue - 1 : cue] if cue else "\n"

    def _before(self, text: str, candidate: Candidate, before: str) -> str:
        if not before or before in _SIGNS or before in " )）】(":
            return "start"
        if before in "、和及并":
            return "join"
        if before == "的":
            return "de"
        return "inside"

    def _verb_inside(self, text: str, start: int, end: int) -> bool:
        """Tell whether a verb or preposition stands inside the phrase, so that it is more than a name."""
        return any(
            text[position] in "把将使让为"
            or (text[position] == "以" and text[position + 1] not in "上下外内")
            or self._inner.at(text, position, end - 2)
            for position in range(start, end - 2)
        )

    def _sentence(self, text: str, start: int) -> int:
        """Return where the sentence begins, at most some words back."""
        floor = max(0, start - _BACK)
        return max(floor, text.rfind("。", floor, start) + 1, text.rfind("\n", floor, start) + 1)

    def _preceding(self, text: str, start: int) -> str:
        """Tell what stands before a subject: a sign, and the last character of a clause that sets a condition."""
        sign = text[start - 1 : start] if start else "\n"
        if sign == ",":
            return sign + (text[start - 2] if text[start - 2] in "的后前时下内外起上中来" else "")
        if sign in "前内起底后日月年":
            return "time"
        return _seen(sign) if sign in _SIGNS or sign in " )、" else "word"

    def _modal_later(self, text: str, position: int) -> bool:
        """Tell whether a modal follows behind a comma: 各地区在制定办法时，要…."""
        for here in range(position, min(len(text), position + 60)):
            if text[here] in _STOPS:
                return False
            if text[here] == ",":
                return bool(self._modals.at(text, here + 1, min(len(text), here + 4)))
        return False


def _seen(signs: str) -> str:
    """Return characters for the name of a feature, which holds no blanks."""
    return "".join("_" if sign.isspace() else sign for sign in signs)
