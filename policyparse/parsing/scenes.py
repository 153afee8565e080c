"""The surroundings of a quantity: the phrase before it and the phrase behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from policyparse.parsing.edges import REACH, Edges
from policyparse.parsing.records import Measure

WINDOW = 80
"""How far the clause is looked at on either side, in characters."""

# A clause that only says how a value was computed is passed over: 平均工资900元,扣除物价上涨因素,实际增长3%.
_BRACKET = 90
"""How long a bracket that is looked over may be."""
_RECKONED = re.compile("(?:若|如果)?(?:扣除|剔除|按照?|考虑)[\u4e00-\u9fff]{1,12}(?:因素|口径|价格?|影响)(?:后|计算)*")
_LOWER, _UPPER = frozenset(("ge", "gt")), frozenset(("le", "lt"))
_OF = re.compile("之[^一二三四五六七八九十0-9后前间内外日上下]")
# A name that opens with a figure: 2个 | 4A级景区, 500座 | 5G基站.
_CODED = re.compile(r"[0-9]{1,3}[A-Z][\u4e00-\u9fff]")
_NO_MEANS = ("上", "下", "内", "外", "及", "前", "后", "来", "")
"""Behind 以 these do not say by what: 一次 | 以田径为主的运动会, but 一次以上."""
# What a bracket behind a value says of its limit: 5000元以下 | (含5000元).
_LIMIT = re.compile(r"\((?:不?含|包括)[^()\n]{0,12}\)(?=的)")
_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z]")


@dataclass(slots=True)
class Mention:
    """What an earlier quantity of the sentence was found to measure."""

    start: int
    end: int
    name: str
    measure: Measure
    clause: int


@dataclass(slots=True)
class Scene:
    """The surroundings of one quantity. Offsets are of the folded text.

    ``left`` to ``edge`` is the phrase before the value and its cues, ``bare`` its end without verbs; ``stop`` the sign before
    it; ``cue`` the kind of the nearest word stripped off (``change``, ``level``, ``fill``, ``""``). ``right`` to ``close`` is
    what follows the value, ``after`` the sign behind that. ``outer`` is the phrase before the bracket in which the value
    stands, ``before`` the clause before its own, ``crossed`` where the phrase before a threshold begins, and that threshold
    (新签约 | 亿元以上 | 项目50个). ``gap`` tells that a bracket stands between ``outer`` and the
    phrase before the value, ``beyond`` is a value that follows in the same clause. ``mentions`` are what earlier quantities of the sentence measure.
    """

    text: str
    measure: Measure
    left: int
    edge: int
    bare: int
    stop: str
    cue: str
    right: int
    close: int
    after: str
    outer: tuple[int, int] = (0, 0)
    gap: bool = False
    before: tuple[int, int] = (0, 0)
    crossed: tuple[int, int] = (0, 0)
    beyond: Measure | None = None
    mentions: Sequence[Mention] = field(default_factory=list)


def _span(text: str, measure: Measure, following: Measure) -> bool:
    """Tell whether two values are the ends of one range, which the noun behind them names: 5万元以上50万元以下罚款."""
    return (
        measure.bound in _LOWER
        and following.bound in _UPPER
        and measure.unit == following.unit
        and text[measure.reach_end : following.reach_start] in ("", "、", ",")
    )


class SceneReader(Edges):
    """Reads the surroundings of quantities."""

    def scene(self, text: str, measure: Measure, previous: Measure | None, following: Measure | None) -> Scene:
        """Return the surroundings of ``measure``, which stands between its neighbours."""
        floor = max(0, measure.reach_start - WINDOW)
        stopped_by_measure = previous is not None and previous.reach_end > floor
        if previous is not None and stopped_by_measure:
            floor = min(previous.reach_end, measure.reach_start)
        left, stop = self._clause_start(text, measure.reach_start, floor)
        crossed = (0, 0)
        if stop == "" and stopped_by_measure:
            stop = "Q"
            crossed = self._crossed(text, previous, left)
            while left < measure.reach_start and text[left] in "、 )者":
                left += 1
                stop = "、"
        edge, cue = self._strip_right(text, left, measure.reach_start)
        bare = edge
        while verb := self._act.before(text, left, bare):
            bare -= len(verb)
        bare, _ = self._strip_right(text, left, bare)

        behind = measure.reach_end
        if following is not None and _span(text, measure, following):
            behind, following = following.reach_end, None
        if text.startswith("(", behind) and (limit := _LIMIT.match(text, behind)):
            behind = limit.end()
            if following is not None and following.start < behind:
                following = None
        ceiling = min(len(text), behind + WINDOW // 2)
        if following is not None:
            ceiling = min(ceiling, max(following.reach_start, behind))
        close = self._clause_end(text, behind, ceiling)
        after = (
            text[close]
            if close < ceiling
            else ("Q" if following is not None and close == following.reach_start else "")
        )
        right = behind
        while right < close and text[right] in " ”":
            right += 1
        if measure.kind == "money" and text.startswith("人民币", right) and right + 3 <= close:
            right += 3  # 2000元人民币 | 奖励
        scene = Scene(text, measure, left, edge, bare, stop, cue, right, close, after, crossed=crossed)
        if after == "Q":
            scene.beyond = following
        opening = self._bracket(text, scene)
        if opening > 0:
            end = opening
            while end > 0 and text[end - 1] in " 。":
                end -= 1
            start, _ = self._clause_start(text, end, max(0, end - WINDOW))
            if previous is not None and start < previous.reach_end < end - 1:
                start = previous.reach_end  # 给予50% | 契税补贴(最高2万元)
            scene.outer = (start, end)
        if stop == ",":
            floor = max(0, left - WINDOW)
            if previous is not None and previous.reach_end > floor:
                floor = min(previous.reach_end, left - 1)
            end = left - 1
            start, sign = self._clause_start(text, end, floor)
            if sign == "," and _RECKONED.fullmatch(text, start, end):
                end = start - 1
                start, _ = self._clause_start(text, end, floor)
            scene.before = (start, end)
        return scene

    def _bracket(self, text: str, scene: Scene) -> int:
        """Return the bracket in which a value stands, at its head or in a later clause, or which ends in the phrase before.

        实施项目(20个), 身份证(核原件,收复印件1份), 对主要食品(蔬菜等7类)抽检300批次; 0 where there is none.
        """
        if scene.stop == "(":
            return scene.left - 1
        low = max(0, scene.left - _BRACKET)
        end = text.find(")", scene.left, scene.edge)
        if end >= 0 and text.find("(", scene.left, end) < 0:
            opening = text.rfind("(", low, scene.left)
            if opening > low and text.find("\n", opening, end) < 0:
                scene.left = end + 1
                scene.gap = True
                return opening
        elif scene.stop == ",":
            opening = text.rfind("(", low, scene.left)
            if opening > low and text.find(")", opening, scene.left) < 0 and text.find("\n", opening, scene.left) < 0:
                return opening
        return 0

    def _crossed(self, text: str, previous: Measure | None, left: int) -> tuple[int, int]:
        """Return the phrase before a threshold that belongs to the name: (its start, the threshold's start)."""
        if previous is None or previous.bound not in ("ge", "gt", "le", "lt") or text[left : left + 1] in "、,和与及或":
            return 0, 0
        start, _ = self._clause_start(text, previous.reach_start, max(0, previous.reach_start - REACH))
        return start, previous.reach_start

    def clause(self, text: str, end: int) -> tuple[int, str]:
        """Return where the clause that ends at ``end`` begins, and the sign before it."""
        return self._clause_start(text, end, max(0, end - WINDOW))

    def full(self, text: str, scene: Scene) -> int:
        """Return where the phrase ends with the nouns of change that ``edge`` leaves out, 0 where there are none."""
        reach = scene.measure.reach_start
        if reach - scene.edge > 12:
            return 0
        for end in range(reach, scene.edge, -1):
            word = self._nominal.before(text, scene.edge, end)
            if word:
                return end
        return 0

    def granted(self, text: str, scene: Scene) -> tuple[int, int]:
        """Return the noun of what is granted behind a value: 按契税的50%对购房人给予 | 财政补贴; (0, 0) where none stands."""
        place, word = self._grant.first(text, scene.right, scene.close)
        if not word:
            return 0, 0
        end = place + len(word)
        while longer := self._grant.at(text, end, scene.close):
            end += len(longer)
        start = scene.right + text.startswith("的", scene.right)
        position = start
        while position < place:
            if text[position] in "的、":
                start = position = position + 1
            elif verb := self._act_at(text, position, place + 1):
                position += len(verb)
                if position <= place:
                    start = position
            else:
                position += 1
        start = self._skip_left(text, start, end)
        return (start, end) if start < end else (place, end)

    def noun_behind(self, text: str, measure: Measure) -> tuple[int, int] | None:
        """Return the noun that directly follows a value, None where none does."""
        scene = self.scene(text, measure, None, None)
        if self._follow(scene) not in ("noun", "de"):
            return None
        start = scene.right + text.startswith("的", scene.right)
        end = self._trim(text, start, self.ends(text, start, scene.close)[0][0])
        return (start, end) if start < end else None

    def core(self, text: str, scene: Scene) -> tuple[int, int]:
        """Return the phrase to the left of a value without what opens its clause and without its verb."""
        start = self._skip_left(text, scene.left, scene.edge)
        if verb := self._act_at(text, start, scene.edge):
            start = self._skip_left(text, start + len(verb), scene.edge)
        return min(start, scene.edge), scene.edge

    def _follow(self, scene: Scene) -> str:
        text, right = scene.text, scene.right
        if right >= scene.close:
            return "end"
        character = text[right]
        if character == "的" or (character == "之" and _OF.match(text, right)):
            return "de"
        if character in "、和与及或至" or (character == "以" and text[right + 1 : right + 2] in _NO_MEANS):
            return "joint"
        if character in "“《":
            return "noun"
        if not _LETTER.match(character) and not _CODED.match(text, right):
            return "sign"
        if self._predicate.at(text, right, scene.close):
            return "pred"
        return "noun"
