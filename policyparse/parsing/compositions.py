"""Names that are composed: with what was named before, with the clause before, with what is granted behind the value."""

from __future__ import annotations

import re

from policyparse.parsing.candidates import Candidate, Frame, size_class
from policyparse.parsing.edges import REACH
from policyparse.parsing.leads import LeadReader
from policyparse.parsing.scenes import Mention

_WHOLE = 4
"""A longer phrase is a name of its own and takes nothing from the one before it."""
_REMEMBERED = 3
_NEAR = 14
_LONGEST_HEAD = 12
_CLAUSES = 3
_BRIEF = 8
_TO = ("向", "对", "报", "与", "同")
_HOW = ("到", "向", "按", "经", "由", "凭", "持", "在", "依", "根据")
_RATES = "率额量值数度价"
# What a bracket adds to a name, closed or cut off: 住房(家庭成员包括购房人、配偶.
_ASIDE = re.compile(r"\([^()]{5,}(?:\)|$)")
_MEANED = re.compile(r"(?:人|户|亩|劳|店|校|村)均[\u4e00-\u9fff]{1,4}\Z")


class Composer(LeadReader):
    """Composes candidates of phrases that stand apart."""

    def _grants(self, frame: Frame, grant: tuple[int, int], found: list[Candidate]) -> None:
        """Add what is granted together with what it is a share of: 按契税的50%给予补贴 gives 契税补贴."""
        scene, text = frame.scene, frame.scene.text
        start, end = grant
        plain = self._grant.at(text, start, end) == text[start:end]
        base = frame.sided("G")
        for place, beginning in frame.begins[:5]:
            own = (
                f"G.plain:{plain}|{frame.kind}",
                f"G.s:{beginning}|{plain}",
                f"G.len:{size_class(scene.edge - place)}",
            )
            found.append(Candidate(start, end, text[place : scene.edge] + text[start:end], base, own))

    def _within(self, frame: Frame, found: list[Candidate]) -> None:
        """Add what is done within a time: 受理后5日内作出决定, 出售后1年内,重新购买住房的."""
        scene, text = frame.scene, frame.scene.text
        start = scene.measure.end + (1 if text.startswith("内", scene.measure.end) else 2)
        start += text[start : start + 1] == ","
        end = self._clause_end(text, start, min(len(text), start + REACH))
        if text.startswith(_HOW, start):
            stop = self._clause_end(text, start, min(len(text), start + REACH))
            if text[stop : stop + 1] == "," and not self._verbs(text, start + 2, stop):  # 1年内,到经办机构,申领补贴
                start = stop + 1
                end = self._clause_end(text, start, min(len(text), start + REACH))
        base = frame.sided("T")
        verbs = self._verbs(text, start, end)
        places = self.starts(text, start, end)
        places = places if len(places) < 8 else [*places[:5], *places[-3:]]  # 向主管部门 | 备案
        done = max(text.rfind("进行", start, end), text.rfind("予以", start, end))
        if start < done < end - 2:
            places = [*places, (done + 2, "done")]  # 对数据进行 | 核查
        if text[start : start + 1] in _TO and end - start > _BRIEF // 2:
            places = [*places, (end - 2, "to")]  # 向防汛机构 | 报告
        for place, beginning in [*places, *self._last_act(text, start, end, places)]:
            for stop, ending in self.ends(text, place, end)[:5]:
                stop = self._trim(text, place, stop)
                if stop > place:
                    found.append(self._phrase("T", base, place, stop, beginning, ending, text, "measure", verbs))
        last = self._trim(text, start, end)
        over = self._act.before(text, start, last)
        opens = self._act_at(text, start, last)
        if opens and len(over) > 1 and last - len(over) - start > len(opens):  # 请求 | 上一级机关 | 复查
            found.append(Candidate(last - len(over), last, opens + over, base))

    def _last_act(self, text: str, start: int, end: int, places: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """Return where the verb that a phrase ends with begins, unless it is among ``places``: 向主管部门 | 申报."""
        verb = self._act.before(text, start, end)
        place = end - len(verb)
        return [(place, "act")] if len(verb) > 1 and place > start and all(place != p for p, _ in places) else []

    def _carried(self, frame: Frame, found: list[Candidate]) -> None:
        """Add what earlier values of the sentence measure, alone and composed with the phrase before this one."""
        scene, phrase, rest = frame.scene, frame.phrase, frame.rest
        verb = self._act_at(scene.text, frame.first, scene.edge)
        # 加固校舍 and 一般公共预算收入 name themselves; 占比重 and 总产量 do not.
        whole = (bool(verb) and len(phrase) > len(verb) + 1) or (
            len(phrase) > _WHOLE and phrase not in self._heads and phrase[0] not in "占对比较"
        )
        composable = rest in ("head", "phrase", "char", "verb") and not whole
        seen: set[str] = set()
        for mention in reversed(scene.mentions):
            if mention.name in seen:
                continue
            if scene.crossed[1] == mention.measure.reach_start > 0 and phrase and mention.name.endswith(phrase):
                continue  # the threshold's name holds this phrase; the phrase over the threshold says it better
            rank = len(seen)
            seen.add(mention.name)
            label = f"P{rank}"
            alike = "same" if mention.measure.unit == scene.measure.unit else "other"
            if rank == 2 and alike == "other":
                break
            gone = mention.measure.end
            near = "near" if scene.measure.start - gone < _NEAR else "far"
            if scene.text.find(";", gone, scene.measure.start) >= 0:
                near = "apart"  # another member of an enumeration
            own: tuple[str, ...] = (
                f"{label}|{alike}|{scene.cue}|{frame.kind}",
                f"{label}|{near}|{rest}",
                f"{label}|{alike}|{frame.follow}|{rest}",
            )
            again = bool(phrase) and mention.name.endswith(phrase)
            found.append(Candidate(mention.start, mention.end, mention.name, frame.sided(label), own))
            if composable and not again and rank < 2 and len(mention.name) + len(phrase) <= REACH:
                self._composed(frame, mention, rank, (alike, near), found)
            if len(seen) == _REMEMBERED:
                break

    def _composed(
        self, frame: Frame, mention: Mention, rank: int, relation: tuple[str, str], found: list[Candidate]
    ) -> None:
        """Add what was named before, whole or a part of it, with the phrase: 粮食播种面积9万亩,占总面积的60%."""
        scene, phrase, first = frame.scene, frame.phrase, frame.first
        alike, near = relation
        member = frame.stop == "、" and frame.rest == "phrase" and (alike == "same" or "拥有" in mention.name)
        if member or self._named_by_itself(frame):
            return
        ends = "head" if self._head.before(scene.text, first, scene.edge) else ""
        label = f"X{rank}"
        only = "only" if phrase in self._heads else "more"
        base = frame.sided(label)
        own: tuple[str, ...] = (
            f"{label}.len:{size_class(len(phrase))}",
            f"{label}.{ends}|{scene.stop}",
            f"{label}|{near}",
            f"{label}|{alike}|{only}|{ends}",
            f"{label}|{alike}|{scene.stop}|{frame.kind}",
            f"{label}.tail:{mention.name[-1] == phrase[-1]}|{alike}",
        )
        stem = self._stem(mention.name) or (self._undone(mention.name) if frame.rest == "verb" else "")
        if mention.name[-1] == phrase[-1] in _RATES and len(mention.name) > len(phrase) + 1:
            # 病例治愈率达96%,死亡率3%: one rate takes the place of the other
            stem = mention.name[: -len(phrase)]
        elif frame.rest != "verb" or stem in ("", mention.name):  # 整治新开工3项,完工2项: one verb replaces the other
            found.append(Candidate(first, scene.edge, mention.name + phrase, base, own))
        if stem and stem != mention.name:
            own = (*own, f"{label}.stem", f"{label}.stem|{only}")
            found.append(Candidate(first, scene.edge, stem + phrase, base, own))

    def _named_by_itself(self, frame: Frame) -> bool:
        """Tell a part that has its own name, 其中出口50亿元, from one that has not, 其中占比."""
        phrase = frame.phrase
        return (
            "其中" in frame.scene.text[frame.scene.left : frame.first]
            and phrase[0] not in "占对"
            and (phrase in self._knowns or phrase not in self._heads)
        )

    def _stem(self, name: str) -> str:
        word = self._head.before(name, 0, len(name))
        return name[: len(name) - len(word)] if len(word) > 1 else ""

    def _undone(self, name: str) -> str:
        """Return a name without the verb that it ends with: 道路工程新开工3项,续建5项."""
        verb = self._act.before(name, 0, len(name))
        return name[: len(name) - len(verb)]

    def _meaned(self, frame: Frame, found: list[Candidate]) -> None:
        """Add a name that is all verb: 户均增收3000元."""
        end = frame.scene.measure.reach_start
        self._named_by_change(frame, found)
        if match := _MEANED.search(frame.scene.text, frame.scene.left, end):
            found.append(Candidate(match.start(), end, "", frame.sided("A")))

    def _named_by_change(self, frame: Frame, found: list[Candidate]) -> None:
        """Add the word of change that stands for the name where no other does: 同比增速高于8%; 延长以一次为限."""
        scene, text = frame.scene, frame.scene.text
        start = self._skip_left(text, scene.edge, scene.measure.reach_start)
        end, ending = self.full(text, scene), "nominal"
        if end <= start:
            word = self._cue.at(text, start, scene.measure.reach_start)
            end, ending = start + len(word), self._cues.get(word, "")
        if end - start < 2 or ending not in ("nominal", "change"):
            return
        own = (f"E.{ending}|{frame.stop}", f"E.word:{text[start:end]}")
        found.append(Candidate(start, end, "", frame.sided("E"), own))

    def _cases(self, frame: Frame, clause: tuple[int, int], found: list[Candidate]) -> None:
        """Add the case before the phrase at the value: 第二次申请贷款的,首付比例; whose it is goes with the name."""
        scene, text = frame.scene, frame.scene.text
        start, end = clause
        case = text[end - 1] == "的"
        if end - start < 3 or len(frame.phrase) > (_LONGEST_HEAD if case else _WHOLE):
            return
        if frame.phrase in self._knowns and frame.phrase not in self._heads:
            return  # a known indicator needs no case
        end = self._trim(text, start, end)
        head = bool(self._head.before(text, frame.first, scene.edge))
        base = frame.sided("W")
        for place, beginning in self.starts(text, start, end)[:5]:
            size = size_class(end - place)
            own = (
                f"W.s:{beginning}|{case}",
                f"W.len:{size}|{case}",
                f"W.head:{head}|{case}",
                f"W.last:{text[end - 1]}",
                f"W.first:{text[place]}",
            )
            name = _ASIDE.sub("", text[place:end]) + frame.phrase
            found.append(Candidate(frame.first, scene.edge, name, base, own))

    def _granted_to(self, frame: Frame, found: list[Candidate]) -> None:
        """Add what is granted with who gets it or what for, said clauses before: 购买首套住房,签订合同的,给予1万元补贴."""
        scene, text = frame.scene, frame.scene.text
        start, end = self.granted(text, scene)
        if not end:
            word = self._grant.before(text, frame.first, scene.edge)
            start, end = scene.edge - len(word), scene.edge
        if start >= end:
            return
        clause_start, clause_end = scene.left, scene.left
        base = frame.sided("H")
        for back in range(_CLAUSES):
            clause_end = clause_start - 1
            if clause_end <= 0 or text[clause_end] != ",":
                break
            clause_start, stop = self._clause_start(text, clause_end, max(0, clause_end - 2 * REACH))
            case = text[clause_end - 1] == "的"
            stop_at = self._trim(text, clause_start, clause_end)
            if stop == "":
                break
            for place, beginning in self.starts(text, clause_start, stop_at)[:4]:
                own = (
                    f"H{back}|{case}",
                    f"H.s:{beginning}|{case}",
                    f"H.len:{size_class(stop_at - place)}",
                    f"H.last:{text[stop_at - 1]}",
                )
                found.append(Candidate(start, end, _ASIDE.sub("", text[place:stop_at]) + text[start:end], base, own))

    def _spent(self, frame: Frame, found: list[Candidate]) -> None:
        """Add what money is spent on, said in the clause behind: 投入2亿元,实施农村饮水工程."""
        scene, text = frame.scene, frame.scene.text
        start = scene.close + 1
        end = self._clause_end(text, start, min(len(text), start + REACH))
        base = frame.sided("N")
        verb = bool(self._act_at(text, start, end))
        for place, beginning in self.starts(text, start, end)[:4]:
            for stop, ending in self.ends(text, place, end)[:3]:
                stop = self._trim(text, place, stop)
                if stop - place > 1:
                    own = (
                        f"N.s:{beginning}|{verb}",
                        f"N.e:{ending}",
                        f"N.len:{size_class(stop - place)}",
                        f"N.{frame.phrase[-2:]}",
                    )
                    found.append(Candidate(frame.first, scene.edge, text[place:stop] + frame.phrase, base, own))

    def _subject(self, frame: Frame, found: list[Candidate]) -> None:
        """Add the subject of the clause before, alone or before the phrase at the value: 农民人均纯收入,实际增长6%."""
        scene, text, phrase = frame.scene, frame.scene.text, frame.phrase
        start, end = scene.before
        if frame.rest in ("head", "phrase", "char"):
            self._cases(frame, (start, end), found)
        if len(phrase) > _BRIEF or (phrase in self._knowns and phrase not in self._heads):
            return  # so long a phrase is a name of its own, a known indicator needs no subject
        begin = self._skip_left(text, start, end)
        place = next((p for p in range(begin + 1, end) if self._predicate_at(text, p, end)), -1)
        subject_end = place if place > begin else end
        if subject_end - begin < 2 or subject_end - begin > REACH:
            return
        subject_end = self._trim(text, begin, subject_end)
        if len(phrase) > _WHOLE and self._act_at(text, begin, end):
            return  # 推动教育发展,初中升学比例达到95%: what was done is no subject
        if phrase and phrase in text[begin:subject_end]:
            return  # 外贸出口快速增长,出口80亿美元: the subject says it already
        if frame.rest in ("head", "phrase", "char"):
            own: tuple[str, ...] = (
                f"S.len:{size_class(scene.edge - frame.first)}",
                f"S.head:{bool(self._head.before(text, frame.first, scene.edge))}|{subject_end == end}",
                f"S.last:{text[subject_end - 1]}",
            )
            subject = _ASIDE.sub("", text[begin:subject_end])
            found.append(Candidate(frame.first, scene.edge, subject + phrase, frame.sided("S"), own))
        elif frame.rest in ("none", "verb"):
            base = frame.sided("C")
            own = (f"C.len:{size_class(subject_end - begin)}",)
            found.append(Candidate(begin, subject_end, "", base, own))
            trimmed = self._trim(text, begin, end)
            verbs = self._verbs(text, start, trimmed)
            for place, beginning in self.starts(text, start, trimmed)[:6]:
                found.append(self._phrase("C", base, place, trimmed, beginning, "edge", text, frame.kind, verbs))
