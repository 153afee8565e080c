"""Whether a numeral in characters counts something, or belongs to a set phrase, an idiom or the indefinite 一."""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.parsing.numerals import Numeral
from policyparse.parsing.units import Unit
from policyparse.parsing.words import WordSet

_SIGNS = "一二两三四五六七八九十百千万亿"
# A set phrase of two pairs (两主两辅, 三通一平): each numeral with one character after it.
_PAIRS = re.compile(rf"[{_SIGNS}](?![{_SIGNS}])[\u4e00-\u9fff][{_SIGNS}](?![{_SIGNS}])(?![级等甲])[\u4e00-\u9fff]")
_PAIR_BEFORE = re.compile(rf"[{_SIGNS}](?![{_SIGNS}的了是等])[\u4e00-\u9fff]$")
_QUOTED_END = re.compile(r"[\u4e00-\u9fff]{1,4}[”’」]")
_LISTED = re.compile(r"[一二三四五六七八九十]、$")
_BESIDE = 3
"""How far before a 一 the word 各 may stand (各建一所)."""
# Steps that are taken count (分两步实施); a march is a name (三步走).
_STEPS = ("分", "按", "述", "共", "成", "为", "即", "有")
# 价格一项: one thing is named, none is counted.
_SINGLED = re.compile(r"[仅单光就]")
# What is gathered in hundreds counts (培育百家企业), unless it names a campaign.
_GATHERED = frozenset(("家", "件", "个", "所", "名", "户", "项", "座"))
_CAMPAIGN = re.compile(r"[^,。;:!?\n]{0,24}(?:工程|计划|行动|活动|城市|示范|专项|方案)")
# What is shaped is described: 建成一个强大的国家.
_DESCRIBED = re.compile(r"[^,。;:!?\n]{0,24}的|[、,。]")
_PERSONS = re.compile(r"(?:[设置、,;:\n]|^) ?[\u4e00-\u9fff、 ()]{1,8}(?<![另同除每某中余之])$")
_PERSONS_AFTER = re.compile(r" ?[,。;、\n]")
# Part of the posts counted before: 秘书三人,其中一人…; 副局长二人,一人….
_SHARE_OF = re.compile(
    r"(?:其中|另)$|[二三四五六七八九十][人名],(?:[^,。;:\n]{1,12},)?$|[,;]一[人名][^,。;:\n]{1,4}、$"
)
# The count before or behind that of a list.
_NEXT = re.compile(r"[^,。;:!?\n、和及]{1,14}[、和及](?:\d{1,3}|[一二两三四五六七八九十]{1,2})")
_PREVIOUS = re.compile(r"(\d{1,3}|[一二两三四五六七八九十]{1,2})[^,。;:!?\n、和及]{1,16}[、和及]$")
# How many flats someone has is a condition: 拥有一套住房.
_OWNED = re.compile(r"(?:拥有|[仅只已]有|名下有|持有)$")
_OWNED_REACH = 6
# How many children someone has: 有一名未成年子女.
_CHILD = re.compile(r"[^,。;:\n的]{0,4}(?:子女|孩子)")
# A step of a procedure by which something is moved: 提前一个节点.
_MOVED = ("提前", "提高", "推迟", "延后", "上浮", "前移")
_STEP = re.compile(r"[^,。;:\n的]{0,3}节点")
# In hundreds and thousands (成百家, 成千人); 建成千座 is another word.
_BY_HUNDREDS = re.compile(r"(?<![建形完达组构创养促落合生改变])成$")
# What is classed by its size and counted: 税收亿元楼宇20幢.
CLASSED = re.compile(
    r"级?(?:楼宇|企业|项目|强?[镇村县]|园区|产业|集群|产品|品牌|市场|基地)[^,。;、\n\d]{0,4}(?:\d|[一二三四五六七八九十两]{1,3}[个幢家户栋座])"
)
_TIMES = frozenset(("次", "遍", "轮", "场"))
# How often something is done: 两年一次的体检.
_PERIOD = re.compile(r"[\d一二两三四五六七八九十半](?:年|个?月|周|天|日|季度?|学期|学年)$")
# What is left when several are made one: 整合为一家, 归并成一个; 形成一个有机整体 is a figure of speech.
_MERGED = re.compile(r"(?:整合|合并|归并|重组|减少|压缩|精简|撤并|集并|缩减)[为成到至]$")
_ENTITIES = frozenset(("家", "个", "所", "项", "张"))
_WHOLE = re.compile(r"有机|整体|统一|新的|大")
_TURNS = frozenset(("次", "期", "批", "班"))
_SHAPING = ("建设", "建", "建成")
_PHRASE = 4
"""How far before its number a set phrase may begin (最多跑一次)."""
_STOPS = "。,;、)!? \n和左以及;"
_LOOK_BACK = 24
_CLAUSE = 12
"""How far before a 一 its clause is read, brackets apart."""
_PLACE = 10


class WrittenCounts:
    """Tells numerals in characters that count from those that do not."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._phrases = WordSet(lexicon.words("quantities.names.phrases"))
        self._gathering = WordSet(lexicon.words("quantities.gathering"))
        self._uses = WordSet(lexicon.words("quantities.uses"))
        self._holding = WordSet(lexicon.words("quantities.holding"))
        self._concrete = frozenset(lexicon.words("quantities.concrete"))
        self._placing = WordSet(lexicon.words("quantities.placing"))
        self._counting = frozenset(lexicon.words("quantities.counting"))
        self._signs_of_counting = WordSet([*self._counting, *lexicon.words("quantities.not_counting")])
        bounds = lexicon.group("quantities.bounds.left")
        self._limits = WordSet(
            [word for bound in ("ge", "le", "lt") for word in bounds[bound] if len(word) > 1 and word != "最大"]
        )
        self._bound_left = WordSet([word for words in bounds.values() for word in words])
        right = lexicon.group("quantities.bounds.right")
        self._bound_right = WordSet([word for words in right.values() for word in words])

    def counts(self, text: str, start: int, end: int, unit: Unit, numeral: Numeral, *, ranged: bool) -> bool:
        """Tell whether the numeral at ``start:end`` counts with its unit, and is no set phrase, ordinal or idiom."""
        before = text[start - 1 : start]
        if before in (
            "届",
            "十",
            "百",
            "千",
            "每",
            "统",
            "唯",
            "同",
            "单",
            "专",
            "之",
            "初",
            "星",
            "周",
            "礼",
        ):
            return False
        for first in range(max(0, start - _PHRASE), start + 1):
            if first + len(self._phrases.at(text, first, min(len(text), start + 10))) > start:
                return False
        if unit.name in _TIMES and numeral.low == 1 and _PERIOD.search(text, max(0, start - 3), start):
            return text[unit.end : unit.end + 1] not in "性又比"  # 两年一次的体检
        if end - start == 1 and (_PAIRS.match(text, start) or _PAIR_BEFORE.search(text, max(0, start - 2), start)):
            bounded = self._bound_right.at(text, unit.end, min(len(text), unit.end + 4))  # 下一级两个以上职位
            return unit.kind in ("measure", "money", "percentage") or len(unit.name) > 1 or bool(bounded)
        if _LISTED.search(text, max(0, start - 2), start) and unit.name in ("条", "项", "款", "章", "类"):
            return False  # 其中二、三、四条: ordinals
        if _QUOTED_END.match(text, unit.end) and unit.kind == "count":  # 六个显著”
            return False
        if unit.name == "步":
            return before in _STEPS or (
                numeral.low > 1 and before not in "前新“" and text[unit.end : unit.end + 1] != "走"
            )
        bare = all(sign in "百千万亿" for sign in text[start:end])
        if bare:
            return self._counts_bare(text, start, unit)
        if numeral.low == 1 and numeral.high == 1 and not ranged:
            return self._counts_one(text, start, unit)
        if unit.name == "成":
            return bool(self._bound_left.before(text, max(0, start - 4), start)) or (
                bool(self._bound_right.at(text, unit.end, min(len(text), unit.end + 6)))
                or text[unit.end : unit.end + 1] in _STOPS + "一二三四五六七八九多余"
            )
        return True

    def _holds(self, text: str, lowest: int, start: int, unit: Unit) -> bool:
        """Tell whether a verb of holding or telling stands right before a 一次 (召开一次会议, 轮训一遍); 进行了一次 tells."""
        return bool(self._holding.before(text, max(lowest, start - 4), start)) and text[unit.end : unit.end + 1] != "一"

    def _is_beside(self, text: str, lowest: int, start: int, unit: Unit) -> bool:
        """Tell whether what is put in place is counted beside others: 新建一座图书馆、一座体育馆和两座公园."""
        _, placed = self._placing.last(text, lowest, start)
        if not placed:
            return False
        following = _NEXT.match(text, unit.end)
        if following and text.startswith(unit.name, following.end()):
            return True
        previous = _PREVIOUS.search(text, lowest, start)
        return previous is not None and text.startswith(unit.name, previous.end(1))

    def _is_post(self, text: str, start: int, unit: Unit) -> bool:
        """Tell whether a rule creates one post: 置局长一人, 设主任一名,副主任二名."""
        return bool(_PERSONS_AFTER.match(text, unit.end) and _PERSONS.search(text, max(0, start - 10), start))

    def _counts_bare(self, text: str, start: int, unit: Unit) -> bool:
        """Tell whether a lone magnitude counts: 上百家, 超亿元, 亿元以上; 万元GDP and 每万人 do not."""
        if text[start - 1 : start] == "每":
            return False
        if text[start - 1 : start] in ("上", "数", "几") or _BY_HUNDREDS.search(text, max(0, start - 2), start):
            return True
        if unit.name == "元" and CLASSED.match(text, unit.end):
            return True
        left = self._bound_left.before(text, max(0, start - 8), start)
        if left == ">" and text[start - 2 : start - 1].isalpha():  # the end of a mark-up sign: <br>万吨
            left = ""
        verb = self._gathering.before(text, max(0, start - 4), start) if unit.name in _GATHERED else ""
        if verb and not (verb == "办" and unit.name == "项"):
            return not _CAMPAIGN.match(text, unit.end)  # 培育百家企业, and no 培育百家企业行动
        right = self._bound_right.at(text, unit.end, min(len(text), unit.end + 8))
        return bool(left or right)

    def _counts_one(self, text: str, start: int, unit: Unit) -> bool:
        """Tell whether 一 counts: with a word of bound (至少有一人), after 每 + verb, or when something is put in place."""
        if unit.kind in ("multiple", "money", "percentage", "measure"):
            return True
        lowest = start
        farthest = start - _CLAUSE
        while lowest > max(0, farthest) and text[lowest - 1] not in ",。;:!?\n(":
            lowest -= 1
            if text[lowest] == ")" and (opened := text.rfind("(", max(0, lowest - _CLAUSE), lowest)) > 0:
                farthest, lowest = farthest - (lowest - opened), opened  # 每个省(自治区、直辖市)培育一家
        if self._bound_right.at(text, unit.end, min(len(text), unit.end + 6)):
            return True
        if unit.name in ("人", "名") and (
            self._is_post(text, start, unit) or _SHARE_OF.search(text, max(0, start - _LOOK_BACK), start)
        ):
            return True
        if unit.name == "套" and _OWNED.search(text, max(0, start - 4), start):
            return text.find("房", unit.end, unit.end + _OWNED_REACH) >= 0
        if unit.name in ("名", "个") and text.endswith(("有", "生育"), lowest, start) and _CHILD.match(text, unit.end):
            return True
        if unit.name == "个" and text.endswith(_MOVED, lowest, start) and _STEP.match(text, unit.end):
            return True
        if unit.name in _TIMES and self._holds(text, lowest, start, unit):
            return text[unit.end : unit.end + 1] not in "性又比"
        if (
            unit.name in _ENTITIES
            and _MERGED.search(text, max(0, start - 4), start)
            and not _WHOLE.match(text, unit.end)
        ):
            return True
        if unit.name in _TURNS and text[start - 1 : start] == "为" and text[unit.end : unit.end + 1] in ",。;":
            return True  # 以十日为一期, 以取得该项收入为一次
        if unit.name != "批" and self._limits.before(text, max(lowest, start - 4), start):  # 最少一人, 不满一车
            return True
        if text.startswith("为", unit.end) and text[start - 1] == "以":  # 以一人为召集人
            return True
        if self._uses.before(text, max(lowest, start - 6), start):
            return True
        if unit.name == "项" and text[unit.end : unit.end + 1] in _STOPS and _SINGLED.search(text, lowest, start):
            return False
        if text[start - 1 : start] == "是":  # 只能是一种稳步的提高
            return False
        sign, word = self._signs_of_counting.last(text, lowest, start)
        apart = start - sign - len(word)
        if (
            word in self._counting
            and unit.name != "批"  # 每年支持一批: some
            and (apart > 0 or word != "每")
            and apart <= (_BESIDE if word == "各" else _LOOK_BACK)
        ):
            return True
        if unit.name in self._concrete and self._is_beside(text, lowest, start, unit):
            return True
        placed = self._placing.before(text, lowest, start) if unit.name in self._concrete else ""
        if unit.name == "个" and placed in _SHAPING:  # 建设一个人民满意的政府, 建成一个独立的体系
            return placed == "建成" and not _DESCRIBED.match(text, unit.end)
        return bool(placed)
