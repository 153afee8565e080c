"""The survey of a quantity's surroundings: all candidates for what it measures.

A quantity's indicator stands to its left (建成标准厂房80万平方米), to its right (建成80处标准厂房), was named before
(产值50亿元，增长8%), or is composed of both (粮食播种面积9万亩、产量4万吨). Every place where such a phrase may begin or end
gives candidates; the ranking chooses among them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from policyparse.parsing.candidates import MOST as _MOST
from policyparse.parsing.candidates import Base, Candidate, Frame, size_class
from policyparse.parsing.compositions import Composer
from policyparse.parsing.edges import REACH
from policyparse.parsing.scenes import Scene

_LONGEST_INSIDE = 12
_SET, _POSTS = "设置設", ("人", "名")
_TIMES = ("次", "回")
# 建成30家(年度任务20家): the goal of what was named before.
_BARE_GOAL = re.compile(r"(?:年度|全年|当年|年|任期)?(?:目标任务|任务|目标)[数值]?")
_CAPPED = ("不超过", "不高于", "不低于", "不少于", "不得", "不")
_STOP_NAMES = {"\n": "line", "。": "full", "!": "full", "?": "full", "": "far"}


class Surveyor(Composer):
    """Finds the candidates in the surroundings of a quantity."""

    def candidates(self, scene: Scene) -> list[Candidate]:
        """Return the candidates for the quantity of ``scene`` with their features."""
        frame = self._frame(scene)
        found: list[Candidate] = []
        if scene.mentions and _BARE_GOAL.fullmatch(frame.phrase):
            self._carried(replace(frame, phrase="", rest="none"), found)
            self._as_names(frame, found)
            return found
        if frame.rest not in ("none", "bracket"):
            (self._over_threshold if scene.crossed[1] else self._left)(frame, found)
        if frame.follow in ("noun", "de", "pred"):
            self._right(frame, found)
            self._defined(frame, found)
        if scene.beyond is not None:
            self._far_right(frame, found)
        if frame.kind == "measure" and scene.text.startswith(("内", "之内", "以内"), scene.measure.end):
            self._within(frame, found)
        if scene.mentions:
            self._carried(frame, found)
        if frame.rest == "bracket":
            self._outside(frame, found)
        elif scene.outer[1]:
            self._around(frame, found)
        if frame.rest == "none":
            self._meaned(frame, found)
        if scene.before[1] > scene.before[0]:
            self._subject(frame, found)
        if scene.stop == ",":
            self._granted_to(frame, found)
        if frame.kind != "count" and frame.rest != "bracket":
            self._announced(frame, found)
        if frame.rest != "bracket":
            self._led(frame, found)
            self._listed(frame, found)
        if frame.kind in ("money", "percentage"):
            self._headed(frame, found)
        if frame.kind == "money" and frame.rest in ("verb", "head") and frame.follow == "end" and scene.after == ",":
            self._spent(frame, found)
        self._as_names(frame, found)
        return found

    def _as_names(self, frame: Frame, found: list[Candidate]) -> None:
        """Add to each candidate what its full name tells, whatever side it comes from."""
        text, told, kind, follow = frame.scene.text, self._told, frame.kind, frame.follow
        head, act = self._head.before, self._act_at
        for one in found:
            name = one.name or text[one.start : one.end]
            length = len(name)
            key = (
                size_class(length),
                kind,
                follow,
                head(name, 0, length) if one.head is None else one.head,
                bool(act(name, 0, length)),
                "的" in name,
            )
            one.whole = told.get(key) or self._tell(key)
            one.own = (*one.own, "n.last:" + name[-1], "n.end:" + name[-2:], "n.first:" + name[0])

    def _tell(self, key: tuple[str, str, str, str, bool, bool]) -> tuple[str, ...]:
        """Return the features of a name's form; there are few forms, so that each is put into words once."""
        size, kind, follow, head, act, of = key
        features = (
            f"n.len:{size}|{kind}",
            f"n.head:{bool(head)}|{kind}",
            f"n.head:{head}",
            f"n.act:{act}|{follow}",
            f"n.de:{of}",
        )
        if len(self._told) >= _MOST:
            self._told.clear()
        self._told[key] = features
        return features

    def _frame(self, scene: Scene) -> Frame:
        text, measure = scene.text, scene.measure
        first = self._skip_left(text, scene.left, scene.edge)
        phrase = text[first : scene.edge]
        if not phrase:
            rest = "bracket" if scene.stop == "(" and scene.outer[1] > scene.outer[0] else "none"
        elif phrase in self._heads:
            rest = "head"
        elif scene.bare <= first:
            rest = "verb"
        elif first >= scene.edge - 1:
            rest = "char"
        else:
            rest = "phrase"
        follow = self._follow(scene)
        kind: str = measure.kind if measure.unit not in ("个百分点", "百分点") else "points"
        if follow in ("noun", "de") and text.startswith("罚款", scene.right + (follow == "de")):
            kind = "fine"
        stop = _STOP_NAMES.get(scene.stop, scene.stop)
        cue, said = scene.cue, ("said" if scene.mentions else "unsaid")
        key = (cue, rest, follow, kind, stop, said)
        base = self._bases.get(key) or self._base(key)
        begins = self.starts(text, scene.left, scene.edge) if phrase else []
        return Frame(scene, first, phrase, rest, follow, kind, stop, base, begins)

    def _base(self, key: tuple[str, str, str, str, str, str]) -> Base:
        """Return the features of surroundings of a form; there are few forms, so that each is put into words once."""
        cue, rest, follow, kind, stop, said = key
        if len(self._bases) >= _MOST:
            self._bases.clear()
        features = (
            f"{cue}|{rest}|{follow}",
            f"{cue}|{kind}|{rest}",
            f"{rest}|{follow}|{said}",
            f"{kind}|{follow}",
            f"{stop}|{rest}",
            f"{cue}|{rest}|{said}",
        )
        found = self._bases[key] = Base(features)
        return found

    def _left(self, frame: Frame, found: list[Candidate]) -> None:
        """Add the phrases before the value: 建成标准厂房80万平方米."""
        scene, text = frame.scene, frame.scene.text
        base = frame.sided("L")
        verbs = self._verbs(text, scene.left, scene.edge)
        posts = scene.measure.unit in _POSTS  # 警察局置 | 局长1人
        parted, parting = self.cut(text, frame.first, scene.edge)
        full = self.full(text, scene)
        edges = [(scene.edge, "edge"), (scene.bare, "bare"), (parted, f"cut:{parting}"), (full, "full")]
        if parting in ("最高", "最低"):  # 基金最高支付限额 | 不超过
            further, word = self.cut(text, parted, scene.edge)
            edges.append((further if word in _CAPPED else -1, f"cut:{word}"))
        for end, ending in edges:
            if ending != "edge" and (end == scene.edge or end <= frame.first):
                continue
            begins = frame.begins
            if (
                ending == "edge"
                and frame.rest == "phrase"
                and (frame.kind == "measure" or scene.measure.unit in _TIMES)
            ):
                begins = [*begins, *self._last_act(text, frame.first, end, begins)]  # 允许再 | 展期1年
            for start, beginning in begins:
                if start < end <= start + REACH:
                    if posts and beginning != "begin" and text[start - 1] in _SET:
                        beginning = "post"
                    found.append(self._phrase("L", base, start, end, beginning, ending, text, frame.kind, verbs))

    def _right(self, frame: Frame, found: list[Candidate]) -> None:
        """Add the phrases behind the value, alone and behind the one before it: 建成80处标准厂房, 9万亩粮食播种面积."""
        scene, text = frame.scene, frame.scene.text
        base = frame.sided("R")
        right = scene.right + (frame.follow == "de")
        verbs = self._verbs(text, right, scene.close)
        places = self.ends(text, right, scene.close)
        cut = next((place for place, kind in places if kind in ("pred1", "act0")), -1)
        past, short = self._cut_at(frame, cut) if cut > 0 else ((), ())
        for end, ending in places:
            if end == scene.close and scene.after == "Q" and ending == "close":
                ending = "closeQ"
            # 一次性给予5万元 | 给予奖励: a light verb opens no name.
            light = self._light.at(text, right, end)
            begins = [(right, "begin")] if not light or right + len(light) >= end else []
            if verb := self._act_at(text, right, end):
                begins.append((self._skip_left(text, right + len(verb), end), "verb"))
            elif (head := self._head.at(text, right, end)) and (verb := self._act_at(text, right + len(head), end)):
                # 按1%的税率 | 征收 | 契税
                begins.append((self._skip_left(text, right + len(head) + len(verb), end), "handled"))
            of = text.rfind("的", right, end - 1)
            if of >= 0:
                begins.append((of + 1, "de"))
            for start, beginning in begins:
                if start < end and (trimmed := self._trim(text, start, end)) > start:
                    found.append(self._phrase("R", base, start, trimmed, beginning, ending, text, frame.kind, verbs))
                    if cut > 0 and end >= cut:
                        found[-1].own += short if end == cut else (*past, f"R.over:{ending}")
        if frame.kind == "fine":
            return  # 处货值金额2倍以上 | 罚款: whatever it is reckoned from, a fine is a fine
        tail = self._trim(text, right, places[0][0])
        if tail > right and frame.phrase and text[right] != "以":
            base = frame.sided("B")
            light = self._light.before(text, frame.first, scene.edge)
            edge = scene.edge - len(light)  # 对参展企业给予 | 5万元 | 补助
            tail_start = right + len(self._light.at(text, right, tail))
            if tail_start >= tail:
                tail_start = right
            for start, beginning in frame.begins[:6]:
                if start >= edge:
                    continue
                name = text[start:edge] + text[tail_start:tail]
                own = (
                    f"B.s:{beginning}",
                    f"B.len:{size_class(len(name))}",
                    f"B.r:{min(6, tail - right)}",
                    f"B.light:{bool(light)}|{tail_start > right}",
                )
                found.append(Candidate(tail_start, tail, name, base, own))
        grant = self.granted(text, scene)
        if grant[1] and frame.rest == "phrase":
            self._grants(frame, grant, found)

    def _cut_at(self, frame: Frame, place: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the features of a noun that reaches over the predicate at ``place``, and of one that ends before it."""
        text, close = frame.scene.text, frame.scene.close
        word = self._predicate_at(text, place, close) or self._act_at(text, place, close)
        last = place
        while verb := self._act_at(text, last, close) or self._predicate_at(text, last, close):
            last += len(verb)  # 公路 | 建成通车
        firm = f"{word in self._firm}|{last == close}|{frame.kind}"
        return (f"R.over:{word}", f"R.over:{firm}"), (f"R.at:{word}", f"R.at:{firm}")

    def _over_threshold(self, frame: Frame, found: list[Candidate]) -> None:
        """Add the phrases that reach over a threshold before the value: 新签约亿元以上项目50个."""
        scene, text = frame.scene, frame.scene.text
        base = frame.sided("D")
        begin, threshold = scene.crossed
        verbs = self._verbs(text, begin, scene.edge)
        for start, beginning in [*self.starts(text, begin, scene.edge), (threshold, "value")]:
            if start <= threshold or beginning in ("de", "verb", "prep"):
                if start > threshold:  # 担保金额5万元以上的企业收取的 | 担保费率
                    beginning = "past " + beginning
                found.append(self._phrase("D", base, start, scene.edge, beginning, "edge", text, frame.kind, verbs))

    def _around(self, frame: Frame, found: list[Candidate]) -> None:
        """Add the phrase before a bracket with the one before the value: 身份证(核原件,收复印件1份), 主要食品(蔬菜等)抽检300批次."""
        scene, text = frame.scene, frame.scene.text
        begin, limit = scene.outer
        end, _ = self._strip_right(text, begin, limit)
        if end <= begin or len(frame.phrase) > _LONGEST_INSIDE:
            return
        base = frame.sided("I")
        first = frame.first if scene.gap else self.acted(text, frame.first, scene.edge)
        where = "gap" if scene.gap else scene.stop
        several = "、" in frame.phrase
        for place, beginning in self.starts(text, begin, end)[:6]:
            own = (
                f"I.s:{beginning}|{where}",
                f"I.len:{size_class(end - place)}|{where}",
            )
            if first < scene.edge and (scene.gap or not several):
                found.append(Candidate(first, scene.edge, text[place:end] + text[first : scene.edge], base, own))
            if not scene.gap:
                found.append(Candidate(place, end, "", base, own))

    def _outside(self, frame: Frame, found: list[Candidate]) -> None:
        """Add the phrases before the bracket in which the value stands: 实施技改项目(20个)."""
        scene, text = frame.scene, frame.scene.text
        base = frame.sided("O")
        begin, limit = scene.outer
        end, _ = self._strip_right(text, begin, limit)
        if end <= begin:
            end = limit - 1
        verbs = self._verbs(text, begin, end)
        parted, parting = self.cut(text, self._skip_left(text, begin, end), end)
        for start, beginning in self.starts(text, begin, end):
            found.append(self._phrase("O", base, start, end, beginning, "edge", text, frame.kind, verbs))
            if start + 1 < parted:  # 缴费基数 | 可按平均工资的一定比例(不低于60%)
                ending = f"cut:{parting}"
                found.append(self._phrase("O", base, start, parted, beginning, ending, text, frame.kind, verbs))
