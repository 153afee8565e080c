"""Names that are composed: with what was named before, with the clause before, with what is granted behind the value."""

from __future__ import annotations

import re

from policyparse.parsing.candidates import Candidate, Describer, size_class
from policyparse.parsing.edges import REACH
from policyparse.parsing.scenes import Mention, Scene

_WHOLE = 4
"""A longer phrase is a name of its own and takes nothing from the one before it."""
_MEANED = re.compile(r"(?:人|户|亩|劳|店|校|村)均[\u4e00-\u9fff]{1,4}\Z")


class Composer(Describer):
    """Composes candidates of phrases that stand apart."""

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
                f"G.len:{size_class(scene.edge - place)}",
                f"G.g:{size_class(end - start)}",
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
            for stop, ending in self.ends(text, place, end)[:5]:
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
        # 其中出口50亿元 is named by itself, 其中占比 is not.
        named = "其中" in text[scene.left : first] and phrase[0] not in "占对" if phrase else False
        named = named and (phrase in self._knowns or phrase not in self._heads)

        def fits(mention: Mention) -> bool:
            return len(mention.name) + len(phrase) <= REACH

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
            if rest in ("head", "phrase", "char", "verb") and not whole and rank < 2 and fits(mention):
                size = size_class(scene.edge - first)
                ends = "head" if self._head.before(text, first, scene.edge) else ""
                verbs = rank == 0 and stop == "、" and rest == "phrase" and alike == "same"
                if verbs and (act := self._act_at(mention.name, 0, len(mention.name))):
                    # 改造城中村200户、棚户区300户: the verb goes with each.
                    features = (*self._sided("V", base), f"V|{size}", f"V.verb:{bool(verb)}")
                    found.append(Candidate(first, scene.edge, act + phrase, features))
                elif not named:
                    self._composed(scene, base, mention, rank, first, found, (kind, alike, near, ends))
                word = self._head.before(mention.name, 0, len(mention.name))
                if rest in ("phrase", "char") and len(word) > 1 and not ends:
                    features = (*self._sided(f"Y{rank}", base), f"Y{rank}|{alike}|{size}", f"Y{rank}|{stop}|{near}")
                    found.append(Candidate(first, scene.edge, phrase + word, features))
            rank += 1
            if rank == 3:
                break

    @staticmethod
    def _meaned(text: str, scene: Scene) -> int:
        """Return where a name begins that is all verb, as 户均增收 is; -1 where there is none."""
        match = _MEANED.search(text, scene.left, scene.measure.reach_start)
        return match.start() if match else -1

    def _composed(
        self,
        scene: Scene,
        base: tuple[str, ...],
        mention: Mention,
        rank: int,
        first: int,
        found: list[Candidate],
        relation: tuple[str, str, str, str],
    ) -> None:
        """Add the phrase before the value behind what was named before: 粮食播种面积9万亩,占总面积的60%."""
        kind, alike, near, ends = relation
        phrase = scene.text[first : scene.edge]
        size = size_class(len(phrase))
        only = "only" if phrase in self._heads else "more"
        opens = "zhan" if phrase.startswith("占") else ("dui" if phrase.startswith("对") else "")
        label = f"X{rank}"
        features = (
            *self._sided(label, base),
            f"{label}.len:{size}",
            f"{label}.{only}|{kind}",
            f"{label}.{ends}|{scene.stop}",
            f"{label}.{opens}",
            f"{label}|{near}",
            f"{label}|{alike}|{only}|{ends}",
            f"{label}|{alike}|{scene.stop}|{kind}",
            f"{label}.tail:{mention.name[-1] == phrase[-1]}|{alike}",
            f"{label}.word:{phrase[:2]}" if size in "1234" else "",
        )
        found.append(Candidate(first, scene.edge, mention.name + phrase, features))
        stem = self._stem(mention.name)
        if stem and stem != mention.name:
            features = (*features, f"{label}.stem", f"{label}.stem|{only}")
            found.append(Candidate(first, scene.edge, stem + phrase, features))

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
                        f"S.len:{size_class(scene.edge - first)}",
                        f"S.sub:{size_class(subject_end - begin)}",
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
            found.append(
                Candidate(begin, subject_end, "", (*side, f"C.len:{size_class(subject_end - begin)}", "C.subject"))
            )
            trimmed = self._trim(text, begin, end)
            for place, beginning in self.starts(text, start, trimmed)[:6]:
                found.append(self._phrase("C", side, place, trimmed, beginning, "edge", text, kind, rest))
