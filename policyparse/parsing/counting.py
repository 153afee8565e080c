"""Whether a numeral counts something, or is a date, a rank, an ordinal, a label or part of a name."""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.parsing.numerals import Numeral
from policyparse.parsing.time_spans import TimeSpans
from policyparse.parsing.units import Unit
from policyparse.parsing.words import WordSet
from policyparse.parsing.written_counts import WrittenCounts

# 第二、三条: the 第 before a list of ordinals holds for each.
_ORDINAL = re.compile(
    r"第 ?[\d零〇一二三四五六七八九十百]{1,6}(?:[、和及与至到-][\d零〇一二三四五六七八九十百]{1,6})*[、和及与至到-]$"
)
_LINE_START = re.compile(r"(?:^|\n) *$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_DIGITS_BEFORE = re.compile(r"[\d][.,:/+×x*·-]$|[+×·]$|[第〔\[]$")
_LINE_LABEL = re.compile(r"(?:^|\n)\d{1,2}\.$")
_LEVEL = re.compile(
    r"(?:指数|系数|得分|评分|分值|综合|控制|稳定|保持|维持|达|达到|提高到|提升到|降到|降至|升至|增至|增加到|为|在|至|到|超过|突破|低于|高于|缩小|下降|提高|上升|增加|降低)(?:在|为|到|至|了)?[约近]?$"
)
_STOPS = "。,;、)!? \n和左以及;"
_LOOK_BACK = 24
# The title of a document of measures: …十条措施, …十条措施的通知, on a line of its own.
_TITLE_END = re.compile(r"(?:政策)?(?:措施|意见|规定)(?:\([^()\n]{1,8}\))?(?:的通知)? *(?:\n|$)")
_IN_LINE = re.compile(r"[,。:;!?]")
# 1类新药, 2类客车: a class.
_CLASSES = re.compile(r"(?:、\d)?(?:新药|客车|货车|车|医疗器械|水质)|、\d类|和\d类")
# So many hours of each day or week: 每天锻炼一小时; the hours of a service (每天24小时开放) are none.
_QUOTES = frozenset("“《「‘")
_QUOTED_DEEDS = re.compile("[”’」](?:重点|重大)?(?:为民|惠民|利民|便民|民生|政府)?(?:办)?实事")
# Items that are told by their numbers: 以上1-4项, 上述1至3条.
_TOLD = re.compile(r"(?:以上|上述|前述|以下|下列|本条|款|措施)(?:1[-~—至到])?$")
_NUMBERED_ITEMS = frozenset(("项", "条", "款", "点", "类", "种"))
# A campaign or circle that is named by a measure: “一微克”行动, 10里文化圈.
_NAMED = re.compile("”?(?:攻坚|行动|[\u4e00-\u9fff]{2,4}圈)")
_MONTHS = re.compile("[多来](?:月|星期|小时|世纪|学期)")
# A base to which a number is related: 每10万人45台.
_BASE_AFTER = re.compile(r"(?:口|居民|人口)?(?:拥有|配备|配置|配建|配|有|达|达到|不少于|不低于)?\d")
# A short name of a document in brackets: (数据二十条).
_BRIEF = re.compile(r"\((?![含计共约有]|其中|包括|新增)[\u4e00-\u9fff]{1,8}$")
_CLOCK = re.compile(r"\d ?[时点]$")
# From one level to another, without a unit: 从1.38降至1.31.
_FROM = re.compile(r"[从由]$")
_TO = re.compile(r"(?:下降|降低|降|提高|提升|上升|升|增加|增长|增|调整|缩小|扩大|减少)(?:至|到|为)")
# A coefficient or index within limits: 系数为0.6-0.8.
_NAME_WINDOW = 60
_QUOTE_WINDOW = 16
_MANY = 1000
# The force of an earthquake or of wind: 7.3级地震, 8级以上大风; other grades class.
_FORCE_AFTER = re.compile(
    r"(?:\(?[及含或]?以?[上下]\)?|左右|至[\d.]+级)?的?(?:特别重大|破坏性|浅源|有感)?(?:地震|强震|大震|余震|中强震|大风|台风|阵风)"
)
_FORCE_BEFORE = re.compile(r"(?:震级|地震烈度|风力)[^,。;:\n\d]{0,6}$")
# Points of an index: 综合指数提高13.4点.
_POINTS_BEFORE = re.compile(r"指数[^。;:\n]{0,24}(?:提高|上升|提升|上涨|增加|下降|回落|下跌|降低|高|低)(?:了|约)?$")
_POINTS_WINDOW = 32
# Medals that were won: 4金2银1铜.
_MEDALS = frozenset("金银铜")
_WON = re.compile(r"[得获夺取下创摘揽][^,。;:\n]{0,8}$|[金银铜][、,和 ]?$")
# A share that names a survey: 1%人口抽样调查.
_SURVEY = ("人口抽样", "人口变动", "抽样调查", "人口普查")
_PLACES = ("位", "名", "强", "位次")
_RANKING = re.compile(r"(?:排名|位次|名次)[^,。;:\n\d]{0,4}[由从第]$")
# What is classed by its turnover: 超百亿园区.
_SIZED = ("企业", "园区", "产业", "集群", "工业", "大型", "骨干", "项目", "开发区", "县", "镇")
_BUSINESS_DAYS = ("工作日", "营业日", "交易日")
# Beside another count even the members of a set count (3大平台、19类模块); alone they are its name (6大产业).
_BESIDE_COUNT = re.compile(r"[^,。;:、\n\d]{1,8}[、和及]\d")
_LAYOUT = re.compile(r"[\d一二三四五六七八九十][主干横纵环核心轴带廊圈支射联]$")
_FORKS = frozenset(("支", "片", "区", "点", "环", "轴", "带", "线", "园", "组团", "站"))
# Times that are held or demanded: 至少开展1次就业实习, 召开2次会议; the 127th is none.
_HELD_TIMES = re.compile(r"(?:至少|不少于|不低于|开展|组织|举办|召开|举行|进行|安排|[每各一]年|参加|参与)了?$")
_SMALL = 3
_SHORT_NAME = 6
_PLACE = 10


class Counting:
    """Tells numerals that count from those that do not."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._written = WrittenCounts(lexicon)
        self._numbered = WordSet(lexicon.words("quantities.names.numbered"))
        self._ranked = WordSet(
            [*lexicon.words("quantities.names.ranked"), *lexicon.words("quantities.names.not_ranked")]
        )
        self._not_ranked = frozenset(lexicon.words("quantities.names.not_ranked"))
        self._time_units = frozenset(lexicon.words("quantities.time.units"))
        self._spans = TimeSpans(lexicon)
        left = [word for words in lexicon.group("quantities.bounds.left").values() for word in words]
        right = [word for words in lexicon.group("quantities.bounds.right").values() for word in words]
        self._bound_left, self._bound_right = WordSet(left), WordSet(right)

    def is_time(self, unit: Unit) -> bool:
        """Tell whether ``unit`` measures a span of time."""
        return unit.name in self._time_units or unit.name.endswith(_BUSINESS_DAYS)

    def counts(
        self,
        text: str,
        start: int,
        end: int,
        unit: Unit | None,
        first: Numeral,
        second: Numeral | None,
        *,
        written: bool,
        rules: bool,
    ) -> bool:
        """Tell whether the numeral(s) at ``start:end`` with ``unit`` count or measure something."""
        before = text[start - 1 : start]
        if before and before in "第〔":
            return False
        if before == " " and text[start - 2 : start - 1] == "第":
            return False
        if unit is None:
            return (written and before not in "“届") or (not written and self._counts_alone(text, start, end, first))
        if unit.start > end and _LINE_START.search(
            text, max(0, start - 6), start
        ):  # "2 组织机构": a label and its heading
            return False
        if unit.kind == "percentage" and unit.name in ("%", "‰"):
            if text.startswith(_SURVEY, unit.end):
                return False
            return not (before in "×*x" and text.startswith("100%", start))  # a formula
        if not written and self._in_code(text, start, unit):
            return False
        if _ORDINAL.search(text, max(0, start - _LOOK_BACK), start):
            return False
        if before in _QUOTES and unit.kind == "count" and first.low < 10_000:
            # “十件”民生实事 are counted, the number in quotes of any other set is its name
            return unit.name == "件" and _QUOTED_DEEDS.match(text, unit.end) is not None
        if before == '"' and unit.kind == "count" and text.find('"', unit.end, unit.end + _SHORT_NAME) >= 0:
            line = text.rfind("\n", max(0, start - _NAME_WINDOW), start) + 1 or max(0, start - _NAME_WINDOW)
            if text.count('"', line, start) % 2:  # "三项补贴"改革, and not "甲"3个、"乙"2个
                return False
        if unit.kind == "count" and self._in_name(text, start, unit, written=written):
            return False
        told = unit.name in _NUMBERED_ITEMS and not written and ((second and first.low == 1) or before in "-~—至到")
        if told and _TOLD.search(text, max(0, start - 6), start):
            return False
        if before == "每" and not written and _BASE_AFTER.match(text, unit.end):
            return False
        if unit.name in self._time_units:
            return self._spans.counts(text, start, unit, first, second, rules=rules)
        if first.low < _MANY and self._is_rank(text, start, unit):
            return False
        if unit.name == "届":  # 十七届 is an ordinal
            if not written:
                return first.high < _MANY and before not in ("十", "二", "三")
            return before in ("续", "任", "过", "于", "共", "满") or bool(
                self._bound_left.before(text, max(0, start - 4), start)
            )
        if unit.name in _FORKS and not written and _LAYOUT.search(text, max(0, start - 2), start):
            return False  # 6主7支, 三横2纵: how a net is laid out
        if unit.kind == "measure" and (text.endswith("最后", 0, start) or _NAMED.match(text, unit.end)):
            return False  # 最后一百米
        if unit.name == "个" and _MONTHS.match(text, unit.end):
            return False  # 五个多月来
        if unit.name == "倍" and text.startswith(("增计划", "增行动", "增工程"), unit.end):
            return False
        if unit.name == "级":
            return bool(
                _FORCE_AFTER.match(text, unit.end) or _FORCE_BEFORE.search(text, max(0, start - _POINTS_WINDOW), start)
            )
        if unit.name == "点":
            return bool(_POINTS_BEFORE.search(text, max(0, start - _POINTS_WINDOW), start))
        if unit.name in _MEDALS and not (
            text[start - 1 : start] in _MEDALS or _WON.search(text, max(0, start - _PLACE), start)
        ):
            return False
        if unit.name == "大" or (
            unit.name == "次"
            and self._numbered.at(text, unit.end, len(text))
            and (written or not _HELD_TIMES.search(text, max(0, start - 4), start))
        ):
            return (
                unit.name == "大" and not written and before != "“" and _BESIDE_COUNT.match(text, unit.end) is not None
            )
        if written:
            return self._written.counts(text, start, end, unit, first, ranged=second is not None)
        return True

    @staticmethod
    def _in_title(text: str, start: int) -> bool:
        """Tell whether the number stands within 《》."""
        opened = text.rfind("《", max(0, start - _NAME_WINDOW), start)
        return opened >= 0 and text.find("》", opened, start) < 0 and text.find("\n", opened, start) < 0

    def _in_name(self, text: str, start: int, unit: Unit, *, written: bool) -> bool:
        """Tell whether a count is part of a name: inside a title (《…等8部门…》), at the end of quotes (“市20条”), of the clock."""
        if self._in_title(text, start):
            return True
        if unit.name == "条" and _TITLE_END.match(text, unit.end):
            line = text.rfind("\n", max(0, start - _NAME_WINDOW), start) + 1
            if line and not _IN_LINE.search(text, line, start):
                return True
        if unit.name == "条" and text.startswith(")", unit.end) and _BRIEF.search(text, max(0, start - _PLACE), start):
            return True
        if unit.name == "类" and not written and text[start : start + 1] in "1234" and _CLASSES.match(text, unit.end):
            return True
        if unit.name == "分" and _CLOCK.search(text, max(0, start - 2), start):
            return True
        if text.startswith("”", unit.end):
            quoted = text.rfind("“", max(0, start - _QUOTE_WINDOW), start)
            return quoted >= 0 and text.find("”", quoted, start) < 0 and text.find(",", quoted, start) < 0
        return False

    def counts_magnitude(self, text: str, start: int, end: int) -> bool:
        """Tell whether a lone magnitude without unit counts: after a word of bound and before a stop (规模突破千亿)."""
        if text.startswith("大关", end):  # 突破千亿大关
            return True
        if text[end : end + 1] not in _STOPS + "的" and not text.startswith(_SIZED, end):
            return False
        return bool(self._bound_left.before(text, max(0, start - 4), start))

    def _in_code(self, text: str, start: int, unit: Unit) -> bool:
        """Tell whether an Arabic numeral goes on a code or a longer sign: PM2.5, 7×24, 2.1.3, 1+3."""
        before = text[start - 1 : start]
        if not before:
            return False
        if before.isascii() and before.isalpha():
            return len(unit.name) == 1 and unit.name.isascii()
        if before == "." and _LINE_LABEL.search(text, max(0, start - _SMALL - 1), start):
            return False
        return not (before in "×x*" and unit.kind == "measure") and bool(
            _DIGITS_BEFORE.search(text, max(0, start - _SMALL), start)
        )

    def _counts_alone(self, text: str, start: int, end: int, numeral: Numeral) -> bool:
        """Tell whether an Arabic numeral without unit counts: with a magnitude (3万), or as a level (指数达到0.946)."""
        before, after = text[start - 1 : start], text[end : end + 1]
        if after == " " and text.startswith(":", end + 1):  # 3.6 : 48 : 48.4
            return False
        if before and (before in "“〔[(#№" or (before.isascii() and before.isalnum())):
            return False
        if _DIGITS_BEFORE.search(text, max(0, start - _SMALL), start) or (
            after and after.isascii() and (after.isalnum() or after in "+×:.-/")
        ):
            return False
        if text.startswith("人口", end) and end - start >= _SMALL and text[end - 1].isdigit():
            return bool(self._bound_right.at(text, end + 2, min(len(text), end + 8)))  # 3000人口以上的村
        if after in ("年", "月", "日", "号", "期", "届", "级", "点", "时", "强", "版", "路", "线"):
            return False
        if not text[end - 1].isdigit():  # ends with a magnitude or 多
            return True
        if before == "等" and text.startswith("部门", end):  # 等9部门
            return not self._in_title(text, start)
        if end - start >= 7 or _YEAR.search(text[start:end]):
            return False
        right = self._bound_right.at(text, end, min(len(text), end + 8))
        if _FROM.search(text, max(0, start - 1), start) and _TO.match(text, end):
            return True
        return bool(_LEVEL.search(text, max(0, start - 8), start)) and (bool(right) or not after or after in _STOPS)

    def _is_rank(self, text: str, start: int, unit: Unit) -> bool:
        """Tell whether the number is a place in an order: 前10名, 居第2位."""
        if unit.name not in ("位", "名", "个", "家", "强", "项", "次", "批", "位次", "款", "条"):
            return False
        if unit.name in _PLACES and _RANKING.search(text, max(0, start - _PLACE), start):
            return True  # 排名从46位
        word = self._ranked.before(text, max(0, start - 6), start)
        if unit.name not in _PLACES and word not in ("前", "第", "编号"):
            return False  # 列5个 is no place, 列5位 is one
        return bool(word) and word not in self._not_ranked
