"""Whether a numeral counts something, or is a date, a rank, an ordinal, a label or part of a name."""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.parsing.numerals import Numeral
from policyparse.parsing.units import Unit
from policyparse.parsing.words import WordSet
from policyparse.parsing.written_counts import WrittenCounts

# 第二、三条: the 第 before a list of ordinals holds for each.
_ORDINAL = re.compile(
    r"第 ?[\d零〇一二三四五六七八九十百]{1,6}(?:[、和及与至到-][\d零〇一二三四五六七八九十百]{1,6})*[、和及与至到-]$"
)
_LINE_START = re.compile(r"(?:^|\n) *$")
_AFTER = re.compile(r"(?<![今此最先])后")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_DATE = re.compile(r"(?:年|月) ?(?:底|初|末)?[前后]?$|[日号月] ?[-—~至到、]+ ?$")
_DIGITS_BEFORE = re.compile(r"[\d][.,:/+×x*·-]$|[+×·]$|[第〔\[]$")
_LINE_LABEL = re.compile(r"(?:^|\n)\d{1,2}\.$")
_LEVEL = re.compile(
    r"(?:指数|系数|得分|评分|分值|综合|控制|稳定|保持|维持|达|达到|提高到|提升到|降到|降至|升至|增至|增加到|为|在|至|到|超过|突破|低于|高于|缩小|下降|提高|上升|增加|降低)(?:在|为|到|至|了)?[约近]?$"
)
_STOPS = "。,;、)!? \n和左以及;"

# Spans of time that a rule sets: any of these in a law or a document of measures.
_SHORT_SPANS = frozenset(("个月", "天", "小时", "分钟", "个工作日", "秒"))
_RULE_TIMES = frozenset(("年", "个纳税年度", "个会计年度", "个完整会计年度", "个月", "天", "小时", "周", "个工作日"))

_LOOK_BACK = 24
_TO_YEAR_WINDOW = 14
# The title of a document of measures: …十条措施, …十条措施的通知, on a line of its own.
_TITLE_END = re.compile(r"(?:政策)?(?:措施|意见|规定)(?:\([^()\n]{1,8}\))?(?:的通知)? *(?:\n|$)")
_IN_LINE = re.compile(r"[,。:;!?]")
# 1类新药, 2类客车: a class.
_CLASSES = re.compile(r"(?:、\d)?(?:新药|客车|货车|车|医疗器械|水质)|、\d类|和\d类")
_DUE = re.compile("[,、]?(?:不得|不予|不再|不能|不安排|不许|应当|必须|须)")
_MONTH = re.compile(r" ?[\d一二三四五六七八九十]{1,3} ?月")
# A limit before what is to come: 届满前六个月, 开工前30日; 疫情前3个月 is a time.
_LIMIT_FRONT = re.compile(
    r"(?:满|届|到期|时间|日期|之日|有效期|开始|开工|举办|举行|召开|会议|实施|施行|使用|活动|上市|投产|竣工|结束|启动|变更|终止|解散|解除|裁员|离职|出发|开展|停业)前$"
)
# One level of a span to another, with its year before it: 由2001年的101天下降到2005年的96天.
_TO_YEAR = re.compile(r"(?:下降|缩短|减少|压缩|延长|增加|提高|提前)[到至为] ?(?:19|20)\d\d ?年的? ?$")
# A limit that is moved behind an event: 延长至退休后5年.
_DEFERRED = re.compile(r"(?:延长|推迟|延期)[^,。;:\n]{0,14}后$")
# A span said in two units: 1日(24小时)内.
_SAME_SPAN = re.compile(r"\([^()\n]{1,8}\)|\)")
_HOURS = ("小时", "个小时")
# So many hours of each day or week: 每天锻炼一小时; the hours of a service (每天24小时开放) are none.
_DAILY = re.compile(r"每[天日周][^,。;:\n\d]{0,8}$")
_WHOLE_DAY = 24
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
# Open around the clock: 24小时书店.
_ROUND_THE_CLOCK = re.compile("(?:[的、,。]|内|以|之|起|前|后|算|到|办|送)|$")
# A day of the next or each month by which something is due: 次月十五日内.
_NEXT_MONTH = re.compile("(?:次|翌|当)月$")
_PLACES = ("位", "名", "强", "位次")
_RANKING = re.compile(r"(?:排名|位次|名次)[^,。;:\n\d]{0,4}[由从第]$")
# What is classed by its turnover: 超百亿园区.
_SIZED = ("企业", "园区", "产业", "集群", "工业", "大型", "骨干", "项目", "开发区", "县", "镇")
# What works are built to withstand: 50年一遇的标准, 20年一遇防洪要求.
_RECURRENCE = re.compile(r"一遇(?:的|以上|\([^()]{0,6}\))?[^,。;:\n]{0,8}(?:标准|要求|能力|设防|设计)")
_BUSINESS_DAYS = ("工作日", "营业日", "交易日")
# Beside another count even the members of a set count (3大平台、19类模块); alone they are its name (6大产业).
# How often something is done: 两年一次, 一个月或两个月一次; 满两年一次性 is none.
_OFTEN = re.compile(
    r"(?:或者?(?:[一二两三四五六七八九十]{1,2}|\d{1,2})(?:年|个月|周))?(?:[左右]{2})?一(?:[遍轮届]|次(?!性))"
)
# The time that something takes: 用3年时间, 利用2-3年左右的时间.
_TAKING = re.compile(r"[用花](?:上|了|近|约)?$|(?:通过|经过|力争|争取)(?:用)?$")
_TIME_TAKEN = re.compile(r"(?:左右|多|上下)?的?(?:时间|功夫|工夫)")
# How long a grant is paid: 奖励时间为连续5年, 提供连续3年每年1亿元贷款.
_GRANTED_FOR = re.compile(r"(?:(?:时间|期限|年限|周期)(?:为|是|不超过)?|提供|给予|享受)连续$")
_BESIDE_COUNT = re.compile(r"[^,。;:、\n\d]{1,8}[、和及]\d")
_LAYOUT = re.compile(r"[\d一二三四五六七八九十][主干横纵环核心轴带廊圈支射联]$")
_FORKS = frozenset(("支", "片", "区", "点", "环", "轴", "带", "线", "园", "组团", "站"))
_SMALL = 3
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
        self._short_times = frozenset(lexicon.words("quantities.time.short"))
        self._limit_left = WordSet(lexicon.words("quantities.time.limit_left"))
        self._limit_right = WordSet(lexicon.words("quantities.time.limit_right"))
        self._not_right = WordSet(lexicon.words("quantities.time.not_right"))
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
        if before in ("“", "《", "「", "‘") and unit.kind == "count" and first.low < 10_000:
            return False
        if unit.kind == "count" and self._in_name(text, start, unit, written=written):
            return False
        told = unit.name in _NUMBERED_ITEMS and not written and ((second and first.low == 1) or before in "-~—至到")
        if told and _TOLD.search(text, max(0, start - 6), start):
            return False
        if before == "每" and not written and _BASE_AFTER.match(text, unit.end):
            return False
        if unit.name in self._time_units:
            return self._is_limit(text, start, unit, first, second, rules=rules)
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
        if unit.name == "大" or (unit.name == "次" and self._numbered.at(text, unit.end, len(text))):
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
        if text.startswith("人口", end) and end - start >= _SMALL:
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

    def _is_limit(
        self, text: str, start: int, unit: Unit, first: Numeral, second: Numeral | None, *, rules: bool
    ) -> bool:
        """Tell whether a span of time measures or limits something (满2年, 15日内, 缩短至3天), and does not date it."""
        if (
            unit.name == "季度"
            or (unit.name == "年" and first.low >= 1900)
            or (
                _DATE.search(text, max(0, start - 4), start)
                and not (text.startswith("内", unit.end) and _NEXT_MONTH.search(text, max(0, start - 2), start))
            )
        ):
            return False
        if second is not None and unit.name == "年" and second.low >= 1900:
            return False
        if unit.name == "年" and (text.startswith("民国", start - 2) or _MONTH.match(text, unit.end)):
            return False  # 九十六年七月
        after = unit.end
        before = text[start - 1 : start]
        if (before == "(" or text[after : after + 1] == "(") and (same := _SAME_SPAN.match(text, after)):
            after = same.end()  # 1日(24小时)内
        following = text[after : after + 8]
        if before == "“" and first.low == 1 and not text[start].isdigit():
            return False  # “一日办结”: a motto
        if first.low == 1 and unit.name.endswith("年度") and following.startswith("内"):
            return False  # 一个纳税年度内: the period to which a rule refers
        if self._limit_right.at(text, after, after + len(following)):
            return True
        if unit.name == "年" and text[start] != "百" and _RECURRENCE.match(text, after):
            return True
        if unit.name in ("年", "个月") and (
            _OFTEN.match(text, after)  # 两年一次, 一个月或两个月一次: the times are counted
            or (_TAKING.search(text, max(0, start - _SMALL), start) and _TIME_TAKEN.match(text, after))
        ):
            return False  # 用3年左右时间: by when it is done
        if unit.name == "年" and text.endswith("连续", 0, start):
            if rules and _GRANTED_FOR.search(text, max(0, start - _PLACE), start):
                return True  # 奖励时间为连续5年, 提供连续3年…贷款: how long a grant is paid
            return rules and following.startswith(
                ("未", "不", "没有", "无")
            )  # 连续三年: a time, 连续三年未…: a condition
        if unit.name in _HOURS and first.low >= _MANY:  # 9万小时: no period is that long
            return True
        if _TO_YEAR.search(text, max(0, start - _TO_YEAR_WINDOW), start):
            return True
        if before == "以" and following.startswith(("为限", "为期")):
            return True
        if unit.name in _HOURS and first.low < _WHOLE_DAY and _DAILY.search(text, max(0, start - _PLACE), start):
            return True
        opening = start - (before in ("(", " "))
        if first.low != first.low.to_integral_value() and unit.name in _SHORT_SPANS:
            return True  # 22.2个月: no date has tenths
        left = self._limit_left.before(text, max(0, opening - 10), opening)
        if before == "前" and _LIMIT_FRONT.search(text, max(0, start - 4), start):
            return True
        if rules and before == "后" and text.startswith(("施行", "实施", "生效"), after):
            return True  # 公布后二年施行
        if unit.name in _HOURS and first.low == _WHOLE_DAY and not _ROUND_THE_CLOCK.match(text, after):
            return False
        if rules and before == "后" and _DEFERRED.search(text, max(0, start - _LOOK_BACK), start):
            return True
        if rules and unit.name in _RULE_TIMES and before not in ("每", "前", "上", "下", "近", "后"):
            named = self._not_right.at(text, after, after + len(following))
            if first.low < 100 and (not named or named in ("前", "后")):
                return not following.startswith(("度", "级", "前3", "以来"))
        if unit.name in self._short_times and following.startswith("内"):
            return True
        if following.startswith("内") and _DUE.match(text, after + 1):
            return True  # 五年内不得
        if following.startswith("内"):
            # 后1年内 in a rule limits; 三年内 alone is a deadline.
            return _AFTER.search(text, max(0, start - 3), start) is not None or left not in ("", "近", "约")
        if (
            first.low != first.low.to_integral_value()
            and unit.name == "年"
            and first.low > 10
            and text[start : unit.start].rstrip()[-4:-2] in ("19", "20")
        ):
            return False  # "17.2025年": a label before a year
        if left in ("近", "约") and unit.name in ("年", "个月"):  # 近两年: a time, not a span
            return False
        if following.startswith("前"):  # 期满三个月前 sets a limit, 由五年前的46% does not
            return left.endswith(("满", "提前", "少", "于"))
        if self._not_right.at(text, after, after + len(following)):
            return False
        return bool(left)

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
