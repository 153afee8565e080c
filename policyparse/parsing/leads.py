"""Names that a clause before the value's own leads in: what is announced to change, what a list of cases is about."""

from __future__ import annotations

import re

from policyparse.parsing.candidates import Candidate, Describer, Frame, size_class
from policyparse.parsing.edges import REACH

LONGEST_WHOSE = 14
"""A longer phrase before a value does not tell whose the value is."""
# A clause that announces what is changed: 提高首付款比例, 放宽面积限制.
_ANNOUNCED = re.compile(
    "(提高|降低|下调|上调|调整|放宽|优化|延长|缩短|调高|调低|压缩|压减|降低|加大|减免|执行|实行|控制)"
    "([^,。;:\\n()、0-9]{2,20}?(?:[额限]额|额度|[比利税费汇]率|比例|标准|期限|时限|时间|年限|上限|下限|限制|条件|价格|系数|面积|基数|金额|要求|门槛|幅度))"
    "(?=[,。;:\\n])"
)
_ANNOUNCED_BEFORE = 100
_LED_BEFORE = 100
_HEADED_BEFORE = 400
_LONGEST_HEADING = 30
_BOUNDED = ("ge", "gt", "le", "lt")
_NO_GRANTS = ("支持", "扶持", "优惠", "资金")
"""A heading that ends with one of these tells what is done, not what is granted."""
_LABEL = re.compile(
    r"[ \r]*(?:第?[一二三四五六七八九十]{1,3}[、条.]|\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}[.、．)]) *"
)
_LISTED_BEFORE = 500
_LONGEST_LABELLED = 20
_MOST_ITEMS = 12
_MERE = 9
# A clause that opens a list and names nothing itself: 具体为, 标准如下.
_MERE_LEAD = re.compile("(?:具体)?(?:标准|规定|办法|分别)?(?:如下|为|是|包括|见下)\\Z|其中\\Z|即\\Z")
# What a clause that opens a list ends with: 年税额 | 如下, 收费标准 | 规定如下.
_LIST_TAIL = re.compile("(?:具体|分别|按|依)?(?:规定|情况|要求)?(?:如下|见下|为|是|分别为)\\Z")
# A clause that only points at its list: 使用费 | ,按下列标准计收.
_POINTS = re.compile("(?:应当?)?(?:按照?|依照|分别按照?)(?:下列|以下)")


class LeadReader(Describer):
    """Finds names in the clauses that lead a value in."""

    def _listed(self, frame: Frame, found: list[Candidate]) -> None:
        """Add what the lead of a list of lines names, with the item's own words: 年税额如下:|(一)大城市1.5元至30元."""
        scene, text = frame.scene, frame.scene.text
        if (frame.phrase in self._knowns and frame.phrase not in self._heads) or len(frame.phrase) > LONGEST_WHOSE:
            return
        first, edge = self._item(frame)
        low = max(0, scene.left - _LISTED_BEFORE)
        lead = text.rfind(":\n", low, scene.left)
        line = text.rfind("\n", low, scene.left) + 1
        if lead < 0 or not line or not self._of_list(text, lead + 2, line):
            return
        start, sign = self._clause_start(text, lead, max(low, lead - REACH))
        if sign == "," and _POINTS.match(text, start, lead) and not self._grant.before(text, start, lead):
            end = start - 1
            start = max(text.rfind("\n", low, end), text.rfind("。", low, end)) + 1
            end = next((p for p in range(start, end) if text[p] == ","), end)
        else:
            end = lead
        start = _unlabelled(text, start, end)
        if tail := _LIST_TAIL.search(text, max(start, end - _MERE), end):
            end = tail.start()
        end, _ = self._strip_right(text, start, end)
        if end - start < 2 or not (self._head.before(text, start, end) or self._grant.before(text, start, end)):
            return
        base = frame.sided("F")
        for place, beginning in self.starts(text, start, end)[:4]:
            own = (f"F.s:{beginning}", f"F.len:{size_class(end - place)}")
            name = text[first:edge] + text[place:end]
            span = (first, edge) if first < edge else (place, end)
            found.append(Candidate(*span, name if first < edge else "", base, own))
        self._case_of_list(frame, (start, end), found)

    def _case_of_list(self, frame: Frame, lead: tuple[int, int], found: list[Candidate]) -> None:
        """Add the case of an item with what the lead of the list grants: 按下列比例增发抚恤金:|(一)立一等功的, | 增发25%."""
        scene, text = frame.scene, frame.scene.text
        start, end = scene.before
        if not end or text[end - 1] not in "的者":
            return
        start = _unlabelled(text, start, end)
        end = self._trim(text, start, end)
        if not 1 < end - start <= _LONGEST_LABELLED:
            return
        base = frame.sided("f")
        for place, beginning in self.starts(text, *lead)[-2:]:
            own = (f"f.s:{beginning}", f"f.len:{size_class(end - start)}", f"f.g:{size_class(lead[1] - place)}")
            found.append(Candidate(place, lead[1], text[start:end] + text[place : lead[1]], base, own))

    def _item(self, frame: Frame) -> tuple[int, int]:
        """Return the item's own words, also where they stand before a colon: 1.分布式光伏: | 0.25元."""
        scene, text = frame.scene, frame.scene.text
        if frame.rest != "none" or scene.stop != ":":
            return frame.first, scene.edge
        start, _ = self._clause_start(text, scene.left - 1, max(0, scene.left - REACH))
        start = self._skip_left(text, _unlabelled(text, start, scene.left - 1), scene.left - 1)
        end, _ = self._strip_right(text, start, scene.left - 1)
        if not 1 < end - start <= _LONGEST_LABELLED:
            return frame.first, scene.edge
        return start, end

    def _of_list(self, text: str, start: int, line: int) -> bool:
        """Tell whether all lines from the lead of a list to the one that begins at ``line`` are its items."""
        for _ in range(_MOST_ITEMS):
            while start < line and text[start] in "\n ":
                start += 1
            if _LABEL.match(text, start) is None:
                return False
            if start >= line - 1:
                return True
            start = text.find("\n", start, line) + 1
            if start <= 0 or start >= line:
                return _LABEL.match(text, line) is not None
        return False

    def _defined(self, frame: Frame, found: list[Candidate]) -> None:
        """Add the term that a value defines with the noun behind it: 重大事故,是指造成10人以上 | 死亡."""
        scene, text = frame.scene, frame.scene.text
        low = max(0, scene.left - _LED_BEFORE)
        low = max(
            low, text.rfind("\n", low, scene.left), text.rfind("。", low, scene.left), text.rfind(";", low, scene.left)
        )
        place = text.rfind("是指", low, scene.edge)
        if place < 0:
            return
        end = place - (text[place - 1] in ", ")
        start, _ = self._clause_start(text, end, max(0, low))
        start = _unlabelled(text, start, end)
        called = text.rfind("称", start, end - 1)
        start = called + 1 if called >= 0 else start
        right = scene.right + (frame.follow == "de")
        behind = self._trim(text, right, self.ends(text, right, scene.close)[0][0])
        if not 1 < end - start <= LONGEST_WHOSE or behind - right < 2:
            return
        own = (f"d.len:{size_class(end - start)}", f"d.r:{size_class(behind - right)}", f"d.{frame.rest}|{frame.kind}")
        found.append(Candidate(right, behind, text[start:end] + text[right:behind], frame.sided("d"), own))

    def _far_right(self, frame: Frame, found: list[Candidate]) -> None:
        """Add the noun behind a value that qualifies it: 完成3万平方米 | 节能率不低于15%的 | 节能改造."""
        scene, text = frame.scene, frame.scene.text
        other = scene.beyond
        if other is None:
            return
        de = text.startswith("的", other.reach_end)
        right = other.reach_end + de
        close = self._clause_end(text, right, min(len(text), right + REACH))
        if close <= right or text[right] in "的、和与及至或左)":
            return
        base = frame.sided("w")
        gap = size_class(other.reach_start - scene.right)
        for end, ending in self.ends(text, right, close)[:3]:
            end = self._trim(text, right, end)
            if end - right > 1:
                own = (
                    f"w.e:{ending}|{de}",
                    f"w.len:{size_class(end - right)}|{de}",
                    f"w.gap:{gap}|{de}",
                    f"w.kind:{frame.kind}|{other.kind}|{de}|{other.bound in _BOUNDED}",
                    f"w.unit:{other.unit}",
                )
                found.append(Candidate(right, end, "", base, own))

    def _announced(self, frame: Frame, found: list[Candidate]) -> None:
        """Add what a clause before said is changed: 提高租房提取额度,已婚家庭由1万元提高至2万元."""
        scene, text = frame.scene, frame.scene.text
        if frame.phrase in self._knowns and frame.phrase not in self._heads:
            return
        announced = list(_ANNOUNCED.finditer(text, max(0, scene.left - _ANNOUNCED_BEFORE), scene.left))
        if not announced or text.count("\n", announced[-1].end(), scene.left) > 1:
            return
        said = announced[-1]
        start, end = said.span(2)
        while verb := self._act_at(text, start, end):
            start += len(verb)
        if end - start < 3:
            return
        base = frame.sided("U")
        again = bool(frame.phrase) and frame.phrase[-2:] == text[end - 2 : end]
        found.append(Candidate(start, end, "", base))
        if frame.rest in ("phrase", "char", "head") and len(frame.phrase) <= LONGEST_WHOSE and not again:
            own = (
                f"U.head:{bool(self._head.before(text, frame.first, scene.edge))}",
                f"U.last:{frame.phrase[-1]}",
            )
            found.append(Candidate(frame.first, scene.edge, frame.phrase + text[start:end], base, own))

    def _headed(self, frame: Frame, found: list[Candidate]) -> None:
        """Add what the heading of the item names, alone and with what is granted: (二)购买新建住宅。5月购买的,给予1万元补贴."""
        scene, text = frame.scene, frame.scene.text
        line = text.rfind("\n", max(0, scene.left - _HEADED_BEFORE), scene.left) + 1
        if not line or text[line] == "|":
            return
        label = _LABEL.match(text, line, scene.left)
        if label is None:
            return
        start = label.end()
        stop = text.find("。", start, min(scene.left, start + _LONGEST_HEADING))
        if stop < 0:
            return
        grants = self._grant.before(text, start, stop)
        end = self._plain_end(text, start, stop)
        granted = self.granted(text, scene)
        if not granted[1] and (word := self._grant.before(text, frame.first, scene.edge)):
            granted = (scene.edge - len(word), scene.edge)
        if end - start < 3 or not granted[1] or grants in _NO_GRANTS:
            return
        base = frame.sided("M")
        for place, beginning in self.starts(text, start, end)[:4]:
            own = (f"M.s:{beginning}|{bool(grants)}", f"M.len:{size_class(end - place)}")
            if grants:
                found.append(Candidate(place, end, "", base, own))
            else:
                name = text[place:end] + text[granted[0] : granted[1]]
                found.append(Candidate(granted[0], granted[1], name, base, own))

    def _plain_end(self, text: str, start: int, end: int) -> int:
        """Return where a heading ends without a bracket: 购买新建住宅 | (别墅除外)."""
        opening = text.rfind("(", start, end) if text[end - 1] == ")" else -1
        return opening if opening > start else end

    def _led(self, frame: Frame, found: list[Candidate]) -> None:
        """Add what stands before the case that a value is for: 补贴标准:面积90平方米以下的,每套5000元; 议员总额,人口1万人以下者,不超过9人."""
        scene, text = frame.scene, frame.scene.text
        if (frame.phrase in self._knowns and frame.phrase not in self._heads) or len(frame.phrase) > LONGEST_WHOSE:
            return
        low = max(0, scene.left - _LED_BEFORE)
        low = max(low, text.rfind("\n", low, scene.left), text.rfind("。", low, scene.left))
        end = text.rfind(":", low, scene.left)
        kind = "colon"
        if end < 0:
            if scene.stop != "," or text[scene.left - 2] not in "的者时":
                return
            start, sign = self._clause_start(text, scene.left - 1, low)
            if sign != ",":
                return
            end, kind = start - 1, "comma"
        start, _ = self._clause_start(text, end, max(low, end - REACH))
        if end - start < _MERE and _MERE_LEAD.match(text, start, end):
            # 合理确定补贴标准。具体为:司局级每人每月1300元: the sentence before names it
            end, kind = start - 1, "before"
            start, _ = self._clause_start(text, end, max(0, end - REACH))
        end, _ = self._strip_right(text, start, end)
        if end - start < 2 or (kind != "comma" and not self._head.before(text, start, end)):
            return
        base = frame.sided("K")
        head = bool(self._head.before(text, start, end))
        for place, beginning in self.starts(text, start, end)[:5]:
            own: tuple[str, ...] = (
                f"K.s:{beginning}|{kind}",
                f"K.len:{size_class(end - place)}|{kind}",
                f"K.head:{head}|{frame.rest}",
            )
            found.append(Candidate(place, end, "", base, own))
            if head and frame.rest in ("phrase", "char") and not text.startswith(frame.phrase, end - len(frame.phrase)):
                found.append(Candidate(frame.first, scene.edge, frame.phrase + text[place:end], base, own))


def _unlabelled(text: str, start: int, end: int) -> int:
    """Return where a clause begins behind the label of its item: (一) | 大城市."""
    label = _LABEL.match(text, start, end)
    return label.end() if label else start
