"""The survey of a quantity's surroundings: all candidates for what it measures.

A quantity's indicator stands to its left (建成标准厂房80万平方米), to its right (建成80处标准厂房), was named before
(产值50亿元，增长8%), or is composed of both (粮食播种面积9万亩、产量4万吨). Every place where such a phrase may begin or end
gives candidates; the ranking chooses among them.
"""

from __future__ import annotations

from policyparse.parsing.candidates import Candidate, size_class
from policyparse.parsing.compositions import Composer
from policyparse.parsing.scenes import Scene

_STOP_NAMES = {"\n": "line", "。": "full", "!": "full", "?": "full", "": "far"}


class Surveyor(Composer):
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
                                    f"B.len:{size_class(len(name))}",
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
        if rest == "none" and (start := self._meaned(text, scene)) >= 0:
            end = scene.measure.reach_start
            found.append(Candidate(start, end, "", (*self._sided("A", base), f"A.len:{size_class(end - start)}")))
        if scene.before[1] > scene.before[0]:
            self._subject(scene, base, rest, first, found, kind)
        return found
