"""Candidates for what a quantity measures, each with the features of its structure.

A quantity's indicator stands to its left (建成标准厂房80万平方米), to its right (建成80处标准厂房), was named before
(产值50亿元，增长8%), or is composed of both (粮食播种面积9万亩、产量4万吨). Every place where such a phrase may begin or end
gives candidates; the ranking chooses among them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policyparse.parsing.scenes import REACH, Scene, SceneReader

_WHOLE = 4
"""A longer phrase is a name of its own and takes nothing from the one before it."""
_STOP_NAMES = {"\n": "line", "。": "full", "!": "full", "?": "full", "": "far"}


_GLOSS = re.compile(r"\([^()]{7,}\)")


@dataclass(slots=True)
class Candidate:
    """A phrase that may be the indicator: its span, its full name where that differs, and the features that speak for it."""

    start: int
    end: int
    name: str
    features: tuple[str, ...]


class Surveyor(SceneReader):
    """Finds the candidates in the surroundings of a quantity."""

    def candidates(self, scene: Scene) -> list[Candidate]:
        """Return the candidates for the quantity of ``scene`` with their features."""
        text, measure = scene.text, scene.measure
        first = self._skip_left(text, scene.left, scene.edge)
        phrase = text[first : scene.edge]
        if not phrase:
            rest = "none"
        elif phrase in self._heads:
            rest = "head"
        elif scene.bare <= first:
            rest = "verb"
        elif first >= scene.edge - 1:
            rest = "char"
        else:
            rest = "phrase"
        follow = self._follow(scene)
        kind = measure.kind if measure.unit not in ("个百分点", "百分点") else "points"
        if scene.stop == "(" and scene.outer[1] > scene.outer[0] and rest == "none":
            rest = "bracket"
        stop = _STOP_NAMES.get(scene.stop, scene.stop)
        cue, said = scene.cue, ("said" if scene.mentions else "unsaid")
        found: list[Candidate] = []
        base = (
            f"{cue}|{rest}|{follow}",
            f"{cue}|{kind}|{rest}",
            f"{rest}|{follow}|{said}",
            f"{kind}|{follow}",
            f"{stop}|{rest}",
            f"{cue}|{rest}|{said}",
        )
        self._outer = first

        if rest not in ("none", "bracket"):
            side = self._sided("L", base)
            parted, parting = self.cut(text, first, scene.edge)
            ends = [
                (scene.edge, "edge"),
                (scene.bare, "bare"),
                (parted, f"cut:{parting}"),
                (self.full(text, scene), "full"),
            ]
            for end, ending in ends:
                if ending != "edge" and (end == scene.edge or end <= first):
                    continue
                for start, beginning in self.starts(text, scene.left, end):
                    found.append(self._phrase("L", side, start, end, beginning, ending, text, kind, rest))
        right_start = scene.right
        if follow in ("noun", "de", "pred"):
            side = self._sided("R", base)
            if text.startswith("的", right_start):
                right_start += 1
            places = self.ends(text, right_start, scene.close)
            for end, ending in places:
                if end == scene.close and scene.after == "Q" and ending == "close":
                    ending = "closeQ"
                begins = [(right_start, "begin")]
                if verb := self._act_at(text, right_start, end):
                    begins.append((self._skip_left(text, right_start + len(verb), end), "verb"))
                of = text.rfind("的", right_start, end - 1)
                if of >= 0:
                    begins.append((of + 1, "de"))
                for start, beginning in begins:
                    if start < end:
                        trimmed = self._trim(text, start, end)
                        if trimmed > start:
                            found.append(self._phrase("R", side, start, trimmed, beginning, ending, text, kind, rest))
            if rest in ("phrase", "verb", "head", "char"):
                end = places[0][0]
                both = self._sided("B", base)
                for start, beginning in self.starts(text, scene.left, scene.edge)[:6]:
                    tail = self._trim(text, right_start, end)
                    if tail > right_start:
                        name = text[start : scene.edge] + text[right_start:tail]
                        found.append(
                            Candidate(
                                right_start,
                                tail,
                                name,
                                (
                                    *both,
                                    f"B.s:{beginning}",
                                    f"B.len:{_size(len(name))}",
                                    f"B.r:{min(6, tail - right_start)}",
                                ),
                            )
                        )
            grant = self.granted(text, scene)
            if grant[1] and rest == "phrase":
                self._grants(scene, base, grant, found, kind)
        if scene.crossed[1] > scene.crossed[0] and rest not in ("none", "bracket"):
            side = self._sided("D", base)
            for start, beginning in [*self.starts(text, scene.crossed[0], scene.edge), (scene.crossed[1], "value")]:
                if start <= scene.crossed[1]:
                    found.append(self._phrase("D", side, start, scene.edge, beginning, "edge", text, kind, rest))
        if kind == "measure" and text.startswith(("内", "之内", "以内"), measure.end):
            self._within(scene, base, found, rest)
        if scene.mentions:
            self._carried(scene, base, rest, first, found, kind, stop)
        if scene.outer[1] > scene.outer[0] and rest == "bracket":
            side = self._sided("O", base)
            end, _ = self._strip_right(text, *scene.outer)
            end = max(end, scene.outer[1] - 1) if end <= scene.outer[0] else end
            for start, beginning in self.starts(text, scene.outer[0], end):
                found.append(self._phrase("O", side, start, end, beginning, "edge", text, kind, rest))
        if scene.before[1] > scene.before[0]:
            self._subject(scene, base, rest, first, found, kind)
        return found

    @staticmethod
    def _sided(side: str, base: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{side}|{feature}" for feature in base)

    def _phrase(
        self,
        side: str,
        base: tuple[str, ...],
        start: int,
        end: int,
        beginning: str,
        ending: str,
        text: str,
        kind: str,
        rest: str,
    ) -> Candidate:
        phrase = text[start:end]
        inner = 0
        position = start
        while position < end and inner < 3:
            verb = self._act_at(text, position, end)
            if verb:
                inner += 1
                position += len(verb)
            else:
                position += 1
        outer = 0
        position = max(self._outer, start - 30)
        while position < start and outer < 2:
            if verb := self._act_at(text, position, start):
                outer += 1
                position += len(verb)
            else:
                position += 1
        known = "known" if phrase in self._knowns else ("ends" if self._known.before(text, start, end) else "")
        head = "head" if self._head.before(text, start, end) else ""
        size = _size(end - start)
        features = (
            *base,
            f"{side}.s:{beginning}",
            f"{side}.e:{ending}",
            f"{side}.e:{ending}|{kind}",
            f"{side}.s:{beginning}|out{outer}|in{inner}" if side == "L" else "",
            f"{side}.len:{size}",
            f"{side}.s:{beginning}|{inner}",
            f"{side}.last:{phrase[-1]}",
            f"{side}.first:{phrase[0]}",
            f"{side}.before:{_sign(text[start - 1 : start])}",
            f"{side}.behind:{_sign(text[end : end + 1])}",
            f"{side}.in:{inner}|{size}",
            f"{side}.de" if "的" in phrase else "",
            f"{side}.list|{kind}" if "、" in phrase else "",
            f"{side}.known:{known}",
            f"{side}.head:{head}|{kind}",
            f"{side}.only" if phrase in self._heads else "",
            f"{side}.num" if any(c.isdigit() for c in phrase) else "",
        )
        name = _GLOSS.sub("", phrase) if ")" in phrase else ""
        return Candidate(start, end, name, features)

    def _grants(
        self, scene: Scene, base: tuple[str, ...], grant: tuple[int, int], found: list[Candidate], kind: str
    ) -> None:
        """Add what is granted together with what it is a share of: 按契税的50%给予补贴 gives 契税补贴."""
        text = scene.text
        start, end = grant
        plain = bool(self._grant.at(text, start, end) == text[start:end])
        side = self._sided("G", base)
        for place, beginning in self.starts(text, scene.left, scene.edge)[:5]:
            features = (
                f"G.plain:{plain}|{kind}",
                f"G.s:{beginning}|{plain}",
                f"G.len:{_size(scene.edge - place)}",
                f"G.g:{_size(end - start)}",
            )
            found.append(Candidate(start, end, text[place : scene.edge] + text[start:end], (*side, *features)))

    def _within(self, scene: Scene, base: tuple[str, ...], found: list[Candidate], rest: str) -> None:
        """Add what is done within a time: 受理后5日内作出决定, 出售后1年内,重新购买住房的."""
        text = scene.text
        start = scene.measure.end + (1 if text.startswith("内", scene.measure.end) else 2)
        comma = text[start : start + 1] == ","
        start += comma
        end = self._clause_end(text, start, min(len(text), start + REACH))
        side = self._sided("T", base)
        for place, beginning in self.starts(text, start, end)[:5]:
            for stop, ending in self.ends(text, place, end)[-4:]:
                stop = self._trim(text, place, stop)
                if stop > place:
                    one = self._phrase("T", side, place, stop, beginning, ending, text, "measure", rest)
                    one.features = (*one.features, f"T.comma:{comma}|{rest}")
                    found.append(one)

    def _carried(
        self, scene: Scene, base: tuple[str, ...], rest: str, first: int, found: list[Candidate], kind: str, stop: str
    ) -> None:
        text = scene.text
        phrase = text[first : scene.edge]
        seen: set[str] = set()
        rank = 0
        verb = self._act_at(text, first, scene.edge)
        # 加固校舍 and 一般公共预算收入 name themselves; 占比重 and 总产量 do not.
        whole = (bool(verb) and len(phrase) > len(verb) + 1) or (
            len(phrase) > _WHOLE and phrase not in self._heads and phrase[0] not in "占对比较"
        )
        for mention in reversed(scene.mentions):
            if mention.name in seen:
                continue
            seen.add(mention.name)
            label = f"P{rank}"
            alike = "same" if mention.measure.unit == scene.measure.unit else "other"
            near = "near" if scene.measure.start - mention.measure.end < 14 else "far"
            side = (
                *self._sided(label, base),
                f"{label}|{alike}|{scene.cue}|{kind}",
                f"{label}|{near}|{rest}",
            )
            found.append(Candidate(mention.start, mention.end, mention.name, side))
            if (
                rest in ("head", "phrase", "char", "verb")
                and not whole
                and rank < 2
                and len(mention.name) + len(phrase) <= REACH
            ):
                side = self._sided(f"X{rank}", base)
                size = _size(scene.edge - first)
                only = "only" if phrase in self._heads else "more"
                ends = "head" if self._head.before(text, first, scene.edge) else ""
                opens = "zhan" if phrase.startswith("占") else ("dui" if phrase.startswith("对") else "")
                extra = (
                    f"X{rank}.len:{size}",
                    f"X{rank}.{only}|{kind}",
                    f"X{rank}.{ends}|{stop}",
                    f"X{rank}.{opens}",
                    f"X{rank}|{near}",
                    f"X{rank}|{alike}|{only}|{ends}",
                    f"X{rank}|{alike}|{stop}|{kind}",
                    f"X{rank}.tail:{mention.name[-1] == phrase[-1]}|{alike}",
                    f"X{rank}.word:{phrase[:2]}" if size in "1234" else "",
                )
                found.append(Candidate(first, scene.edge, mention.name + phrase, (*side, *extra)))
                stem = self._stem(mention.name)
                if stem and stem != mention.name:
                    found.append(
                        Candidate(
                            first, scene.edge, stem + phrase, (*side, *extra, f"X{rank}.stem", f"X{rank}.stem|{only}")
                        )
                    )
                word = self._head.before(mention.name, 0, len(mention.name))
                if rest in ("phrase", "char") and len(word) > 1 and not ends:
                    features = (*self._sided(f"Y{rank}", base), f"Y{rank}|{alike}|{size}", f"Y{rank}|{stop}|{near}")
                    found.append(Candidate(first, scene.edge, phrase + word, features))
            rank += 1
            if rank == 3:
                break

    def _stem(self, name: str) -> str:
        word = self._head.before(name, 0, len(name))
        return name[: len(name) - len(word)] if len(word) > 1 else ""

    def _subject(
        self, scene: Scene, base: tuple[str, ...], rest: str, first: int, found: list[Candidate], kind: str
    ) -> None:
        text = scene.text
        start, end = scene.before
        begin = self._skip_left(text, start, end)
        place = next((p for p in range(begin + 1, end) if self._predicate_at(text, p, end)), -1)
        phrase = text[first : scene.edge]
        subject_end = place if place > begin else end
        if subject_end - begin < 2 or subject_end - begin > REACH:
            return
        subject_end = self._trim(text, begin, subject_end)
        if rest in ("head", "phrase", "char"):
            side = self._sided("S", base)
            only = "only" if phrase in self._heads else "more"
            found.append(
                Candidate(
                    first,
                    scene.edge,
                    text[begin:subject_end] + phrase,
                    (
                        *side,
                        f"S.{only}",
                        f"S.len:{_size(scene.edge - first)}",
                        f"S.sub:{_size(subject_end - begin)}",
                        f"S.whole:{subject_end == end}|{only}",
                        f"S.head:{bool(self._head.before(text, first, scene.edge))}|{subject_end == end}",
                        f"S.verb:{bool(self._act_at(text, begin, end))}",
                        f"S.last:{text[subject_end - 1]}",
                        f"S.word:{phrase[:2]}" if len(phrase) < 5 else "",
                    ),
                )
            )
        elif rest in ("none", "verb"):
            side = self._sided("C", base)
            found.append(Candidate(begin, subject_end, "", (*side, f"C.len:{_size(subject_end - begin)}", "C.subject")))
            trimmed = self._trim(text, begin, end)
            for place, beginning in self.starts(text, start, trimmed)[:6]:
                found.append(self._phrase("C", side, place, trimmed, beginning, "edge", text, kind, rest))


def _sign(character: str) -> str:
    """Return a character as part of a feature's name: white space and the edge of the text have names of their own."""
    return character if character.strip() else "edge"


def _size(length: int) -> str:
    for bound in (1, 2, 3, 4, 6, 8, 11, 15, 20, 30):
        if length <= bound:
            return str(bound)
    return "long"
