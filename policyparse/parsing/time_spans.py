"""Whether a span of time measures or limits something (满2年, 15日内, 缩短至3天), or dates it."""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.parsing.numerals import Numeral
from policyparse.parsing.units import Unit
from policyparse.parsing.words import WordSet

_AFTER = re.compile(r"(?<![今此最先])后")
_DATE = re.compile(r"(?:年|月) ?(?:底|初|末)?[前后]?$|[日号月] ?[-—~至到、]+ ?$")
# Spans of time that a rule sets: any of these in a law or a document of measures.
_SHORT_SPANS = frozenset(("个月", "天", "小时", "分钟", "个工作日", "秒"))
_RULE_TIMES = frozenset(("年", "个纳税年度", "个会计年度", "个完整会计年度", "个月", "天", "小时", "周", "个工作日"))
_LOOK_BACK = 24
_TO_YEAR_WINDOW = 14
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
# What will be done within years, at the start of a sentence: 5年内重点引进100名…, 2012年起5年内,大力实施….
_YEARS_AHEAD = re.compile(
    r"内,?[^,。;:\n]{0,16}?(?:引进|培养|培育|评选|选拔|遴选|新增|新建|建成|建设|打造|组建|扶持|支持|实现|完成|达到|实施|力争|争取|形成|投入|发展)"
    r"[^,。;:\n]*(?<!的)[,。;:\n]"
)
# The same within a sentence, where a number of persons or things follows.
_PERSONS_AHEAD = re.compile(
    r"内[^,。;:\n]{0,16}?(?:引进|培养|培育|评选|选拔|遴选|新增|新建|打造|支持|资助|扶持|培训)[^,。;:\n\d]{0,8}\d+[多余]?[名人个家]"
    r"[^,。;:\n]*(?<!的)[,。;:、\n]"
)
# What a rule grants for years, one after another: 前2年免征,后3年减半征收.
_YEARS_GRANTED = re.compile(r",?(?:每年|均|分别|可)?(?:给予|按|免|减|全额|享受|奖励|补[贴助]|资助|扶持|贴息|返还)")
_YEARS_IN_TURN = re.compile(r"(?:^|[,。;:、\n( ]|其中|投产|开业|经营|设立|认定)[前后头首第]$")
# So long before an event something must be reported or told: 于停业前两个月书面报告.
_BEFORE_EVENT = re.compile(r"(?:于|在|至少|提早|应当?)[^,。;:\n]{2,20}(?<![以之目此])前$")
_MUST_TELL = re.compile(r"(?:[内以]前?)?,?(?:[书以]面|向|报|提[出交请]|通知|告知|公告|公[布示]|申[请报]|将|送)")
# What has not happened so long after an event: 公告后三十日仍无人认领.
_OVERDUE = re.compile(r"[内后]?(?:仍|尚|还|未|无人|不[履申领缴])")
_DAILY = re.compile(r"每[天日周][^,。;:\n\d]{0,8}$")
_WHOLE_DAY = 24
_MANY = 1000
# Open around the clock: 24小时书店.
_ROUND_THE_CLOCK = re.compile("(?:[的、,。]|内|以|之|起|前|后|算|到|办|送)|$")
# A day of the next or each month by which something is due: 次月十五日内.
_NEXT_MONTH = re.compile("(?:次|翌|当)月$")
# What works are built to withstand: 50年一遇的标准, 20年一遇防洪要求.
_RECURRENCE = re.compile(r"一遇(?:的|以上|\([^()]{0,6}\))?[^,。;:\n]{0,8}(?:标准|要求|能力|设防|设计)")
# How often something is done: 两年一次, 一个月或两个月一次; 满两年一次性 is none.
_OFTEN = re.compile(
    r"(?:或者?(?:[一二两三四五六七八九十]{1,2}|\d{1,2})(?:年|个月|周))?(?:左右)?一(?:[遍轮届]|次(?!性))"
)
# The time that something takes: 用3年时间, 利用2-3年左右的时间.
_TAKING = re.compile(r"[用花](?:上|了|近|约)?$|(?:通过|经过|力争|争取)(?:用)?$")
_TIME_TAKEN = re.compile(r"(?:左右|多|上下)?的?(?:时间|功夫|工夫)")
# How long a grant is paid: 奖励时间为连续5年, 提供连续3年每年1亿元贷款, 给予企业连续5年奖励.
_GRANTED_FOR = re.compile(r"(?:(?:时间|期限|年限|周期)(?:为|是|不超过)?|(?:提供|给予|享受)[^,。;:\n]{0,8})连续$")
_SMALL = 3
_AHEAD = 60
_NO_EVENT = frozenset("之以目此提当日空 ,。;:\n")
_OPENS = frozenset("。;:\n ")
_IN_TURN = frozenset("前后头首第")
_PLACE = 10


class TimeSpans:
    """Tells spans of time that are quantities from those that only date something."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._short_times = frozenset(lexicon.words("quantities.time.short"))
        self._limit_left = WordSet(lexicon.words("quantities.time.limit_left"))
        self._limit_right = WordSet(lexicon.words("quantities.time.limit_right"))
        self._not_right = WordSet(lexicon.words("quantities.time.not_right"))

    def counts(self, text: str, start: int, unit: Unit, first: Numeral, second: Numeral | None, *, rules: bool) -> bool:
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
            if rules and _GRANTED_FOR.search(text, max(0, start - _LOOK_BACK), start):
                return True  # 奖励时间为连续5年, 提供连续3年…贷款: how long a grant is paid
            return rules and following.startswith(
                ("未", "不", "没有", "无")
            )  # 连续三年: a time, 连续三年未…: a condition
        if unit.name in _HOURS and first.low >= _MANY:  # 9万小时: no period is that long
            return True
        if _TO_YEAR.search(text, max(0, start - _TO_YEAR_WINDOW), start):
            return True
        if rules and (told := self._in_rules(text, start, unit)) is not None:
            return told
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

    @staticmethod
    def _in_rules(text: str, start: int, unit: Unit) -> bool | None:
        """Tell whether a span of time in a rule limits (True) or dates (False), None where other signs must say."""
        before, after = text[start - 1 : start], unit.end
        if before == "前" and text.startswith("内", after):
            return True if text[start - 2 : start - 1] not in _NO_EVENT else None  # 申请前5年内
        if unit.name == "年" and text.startswith("内", after):
            opens = not before or before in _OPENS or text.endswith("年起", 0, start)
            ahead = _YEARS_AHEAD if opens else _PERSONS_AHEAD if before == "," else None
            return False if ahead and ahead.match(text, after, after + _AHEAD) else None
        if before in _IN_TURN and _YEARS_GRANTED.match(text, after):
            return True if _YEARS_IN_TURN.search(text, max(0, start - _SMALL), start) else None
        if before == "前" and _MUST_TELL.match(text, after):
            return True if _BEFORE_EVENT.search(text, max(0, start - _LOOK_BACK), start) else None
        if before == "起" and text.startswith(("之日", "即日"), start - 3):
            return True
        return True if before == "后" and _OVERDUE.match(text, after) else None
