"""Shapes around a measure that give its role away in any document: groups, set phrases, sides of a change, limits."""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.parsing.contexts import Context
from policyparse.parsing.two_sides import starts
from policyparse.parsing.words import WordSet

_TIME = re.compile(r"(?:日|天|小时|分钟|月|周|年|秒)$")
# What each one gets: 每人每年(不低于)1000元.
_EACH = re.compile(
    r"(?:每(?:人|户|亩|家|个|件|名|套|辆|头|只|村|所|次|生|床|吨|例|平方米)|人均|户均|亩均)(?:每(?:年|月|天|次|学年|学期))?(?:补助|补贴|奖励|给予|资助|提供|标准|发放|最高|按|为)*$"
)
_RAISED = re.compile(r"提高|达到|增加|增长|提升|降低|下降|调整|上调|力争|确保|突破")
# A share that something is reckoned by: 按年度用量的60%估算.
_BY_SHARE = re.compile(r"按照?[^,;。]{1,40}的$")
_PARTS = ("超出部分的", "超过部分的", "不足部分的", "要求部分的", "增量部分的", "新增部分的", "差额部分的")
# The field in which a rank is held: 在全国37个重点城市中排第7位.
_FIELD = re.compile(r"(?:全国|全省|全球|世界|全市|同类)$")
_RANKED = re.compile(
    r"[^,;。]{0,20}?(?:排在?第|排名|第[0-9一二三四五六七八九十]|位[列居次]|名列|居首|居前|之列|中[排居位名率]|[中最]最|"
    r"(?:考核|评比|评价|测评)[^,;。]{0,4}中)"
)
# All of those to which one belongs: 全国首批5个试点城市之一.
_ONE_OF = re.compile(r"[^,;。0-9一二三四五六七八九十]{1,16}(?<!分)之一")
# A count that points back or ahead to what the text lists: 这两件大事, 上述三类人员, 以上两种条件, 下列五项工作.
_POINTED = re.compile(
    r"(?<![一二三四五六七八九十两几多])(?:这|上述|前述|下述|下列|(?<![0-9个项家人元%户名年岁周天亩额模吨里米])(?:以上|以下|如下))$"
)
# Policies that go by the number of their articles: 落实民营经济31条.
_ARTICLES = re.compile(
    r"(?:实施|落实|落地|执行|贯彻|用好|用足|兑现|出台)[^,;。]{0,24}(?:经济|发展|新政|政策|增长|稳增长|就业|消费|开放|投资|负担|运行|企业|纾困|环境|人才|外资|外贸|改革|创新|新)$"
)
_ARTICLE_NOUNS = re.compile(r"(?:具体|改革|任务|支持|惠企|刚性|硬核|硬性)?(?:政策)?(?:措施|举措|政策)")
_CARRIED_OUT = re.compile(r"(?:落实|执行|贯彻|用好|实施|出台|制定|制订|推出|发布|印发)了?[^,;。]{0,24}$")
_EXECUTED = re.compile(r"(?:落实|执行|贯彻|实施)[^,;。]{0,24}$")
_LAID_DOWN = re.compile(r"(?:包括|部署了?|提出了?|制定的|明确了?|共有|共|分为)$")
_LISTED = frozenset("、和及与等")
# Both markets, both kinds of resources, both sides' zeal: what the argument speaks of as known.
_BOTH = re.compile(r"资源|积极性|本领|手段|文明|市场(?=[、,和及与]?两种资源)")
_MARKETS = re.compile(
    r"(?:资源[、,和及与]?(?:开拓|用好|利用)?|国[内际外](?:和|、|与)?国?[内际外]?(?:这)?|统筹|拓展|开拓)$"
)
# A maxim in quotes: 把握好两个“合理范围”, 按照五个“更加注重”的要求.
_HELD = re.compile(r"(?:坚持|把握好?|守住|做到|抓好|按照[^,;。]{0,8}|落实好?|突出|处理好|增强|树牢|落细|牢记|践行)$")
_MAXIM = re.compile(r"“[^”]{2,10}”(?:[:,。;]|的?(?:要求|原则|理念|问题|精神))")
# How many children a couple may have: 可生育两个孩子的政策.
_CHILDREN = re.compile(r"(?:个|名)?(?:孩子|子女)")
# How often the work is appraised: 每半年考评一次.
_ROUTINE = re.compile(
    r"每(?:半|[0-9一二两三四五六]{1,2})?(?:年|个?月|季度?|周|天|学期)度?(?:定期)?"
    r"(?:考评|考核|评价|评比)[^,;。0-9]{0,6}$"
)
_ENJOYED = re.compile(r"的?(?:政策|优惠)|(?:税前|加计)(?:加计)?(?:扣除|抵扣|抵减)")
_DISCOUNT = re.compile(r"[^,;。]{0,8}(?:优惠|补贴|减免)")
# What works must withstand is a standard: 按照50年一遇的标准设计.
_TO_WITHSTAND = re.compile(r"一遇的?[^,;。]{0,6}(?:标准|要求)[^,;。]{0,4}(?:设|进行|建|加固|实施)")
_PUT_OFF = ("延迟", "延期", "顺延", "展期", "缓缴")
_TERM = re.compile(r"(?:过渡期|有效期|保护期|试用期|缓冲期|宽限期|期限|任期)")
_DOING = re.compile(r"[^,;。]{0,20}?(?:建设|改造|开工|完工|竣工|投产|实施|建成)")
# The value that another is compared with: 比一九八〇年的五千亿元增加.
_COMPARED = re.compile(r"比[^,;。]{0,30}的$")
_REACHED = re.compile(r"(?:达到?|完成|满|不低于|超过)[^,;。]{0,12}$")
_COMPARES = re.compile(r"(?:左右|以上)?(?:增加|增长|提高|减少|下降|降低|上升|扩大)")
_ON_TOP = re.compile(r"(?:[^,;。、0-9]{0,6})的基础上,?(?:再|又|新增|继续|扩|增|提高|净增)|的基础上")
_QUOTED_NAMES = re.compile(r"(?:[“《][^“”《》]{1,16}[”》](?:、|和|以及)?){2,9}$")
# Things of which a share or rate is told in the same clause: 120户企业有三分之二实现扭亏, 80家企业的亏损面降至20%.
_SHARED = re.compile(
    r"[^,;。:、0-9]{2,24}?(?:[有的中][^,;。、]{0,6}|[率面][^,;。、0-9]{0,8}|以上)?(?:[0-9.]{1,6}%|[一二三四五六七八九]分之|百分之)"
)
_WANTED = ("确保", "力争", "争取", "要有", "至少")
_SHARE_OF = ("人", "名", "户", "家", "个", "所")
_SHORT = 6
_GOOD_DEEDS = ("民生实事", "实事", "惠民实事", "方面实事", "方面民生实事", "方面的实事", "方面的民生实事")
_OF_A_KIND = (
    "型",
    "级",
    "内",
    "龙头",
    "领军",
    "头部",
    "标杆",
    "协会",
    "商会",
    "应用",
    "平台",
    "解决方案",
    "大模型",
    "标准",
    "企业",
    "性",
)
"""What makes a noun of classes the attribute of things: 20家行业型平台, 5个领域级中心."""
# What is the case, not in which case: 目标定为8%是适宜的.
_IS = re.compile("[是为]")
_NEAR = 12
_TWO, _PEOPLES, _MAXIMS = 2, 56, 9
_FEW_KINDS = 3
# Great works that the state has numbered: 纳入国家102项重大工程.
_NATIONAL = re.compile(r"重大(?:工程|项目)")
_OF_STATE = ("国家", "规划", "五”", "规划的")
_NAMES = 80


class RoleShapes:
    """Recognises shapes around measures."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.group("statements.role")
        self._set_nouns = WordSet(words["set_nouns"])
        self._closing_set_nouns = WordSet(words["closing_set_nouns"])
        self._making = WordSet(words["making"])
        self._shortening = WordSet(words["shortening"])
        self._promises = WordSet(words["promises"])
        self._kinds = WordSet(words["kinds"])

    def goes_on(self, context: Context) -> bool:
        """Tell whether the measure goes on with a list of amounts: 高中每人1000元,初中900元."""
        return (
            context.joined
            and context.measure.kind == "money"
            and context.measure.reach_start - context.joint <= _SHORT
            and not self._promises.within(context.text, context.joint, context.measure.reach_start)
        )

    def is_set_phrase(self, context: Context) -> bool:
        """Tell whether the measure counts parts of the text's own argument: 八个方面, 抓好三项工作."""
        measure, text = context.measure, context.text
        if measure.kind != "count" or measure.low != measure.high:
            return False
        start = measure.reach_end + text.startswith("的", measure.reach_end)
        if _NATIONAL.match(text, start) and text.endswith(_OF_STATE, context.clause_start, measure.start):
            return True
        if measure.low > 60:
            return False
        if text.startswith(_GOOD_DEEDS, start):
            return False
        if measure.unit == "方面":
            return True
        if (noun := self._set_nouns.at(text, start, context.clause_end)) and not text.startswith(
            _OF_A_KIND, start + len(noun)
        ):
            return True
        if (
            measure.unit != "起"
            and measure.reach_start == measure.start
            and _POINTED.search(text, context.clause_start, measure.start)
        ):
            return True
        if measure.low == _TWO and self._is_both(context, start):
            return True
        if measure.start and text[measure.start - 1] in "”》" and self._counts_quoted(context):
            return True
        if measure.low == _PEOPLES and text.startswith("民族", start):
            return True
        if text.startswith("“", start):
            return measure.low <= _MAXIMS and self._is_maxim(context, start)
        start += 2 * text.startswith("新的", start)
        noun = self._closing_set_nouns.at(text, start, context.clause_end)
        end = start + len(noun)
        if noun and (end >= context.clause_end or text[end] in "、中上是为和与及:"):
            return True
        return self._is_argued(context)

    def _is_argued(self, context: Context) -> bool:
        """Tell whether the measure counts kinds of a thing or steps of a course: 防止两种倾向, 分三步走, 按两步来考虑."""
        measure, text = context.measure, context.text
        if measure.unit == "步":
            return text.endswith(("分", "按", "上述", "上"), context.clause_start, measure.reach_start)
        return (
            measure.unit == "种"
            and measure.low <= _FEW_KINDS
            and measure.reach_end < context.clause_end
            and not self._making.within(text, context.clause_start, measure.reach_start)
        )

    @staticmethod
    def _is_maxim(context: Context, start: int) -> bool:
        return (
            _HELD.search(context.text, context.clause_start, context.measure.reach_start) is not None
            and _MAXIM.match(context.text, start, start + _NEAR + _NEAR) is not None
        )

    @staticmethod
    def _counts_quoted(context: Context) -> bool:
        """Tell whether the measure only counts the names in quotes before it: “甲”“乙”“丙”三项工程."""
        start = context.measure.reach_start
        names = _QUOTED_NAMES.search(context.text, max(context.sentence_start, start - _NAMES), start)
        return names is not None and names[0].count("“") + names[0].count("《") == context.measure.low

    @staticmethod
    def _is_both(context: Context, start: int) -> bool:
        text = context.text
        if text.startswith("市场", start) and _MARKETS.search(
            text, max(context.sentence_start, context.measure.reach_start - _NEAR), context.measure.reach_start
        ):
            return True
        return _BOTH.match(text, start, start + _NEAR) is not None

    def is_kinds(self, context: Context) -> bool:
        """Tell whether the measure counts the kinds that there are: 分为公开、内部和保密三种类型."""
        measure = context.measure
        return measure.unit in ("种", "类", "级", "种类型", "个等级", "个类别", "个级别") and self._kinds.within(
            context.text, context.clause_start, measure.reach_start
        )

    def is_class(self, context: Context) -> bool:
        """Tell whether the measure counts classes of things: 汽车、电子等5类产业, 分为两种."""
        measure, text = context.measure, context.text
        start = context.clause_start
        if self.is_kinds(context):
            return True
        return (
            measure.unit in ("类", "大类", "种类型")
            and measure.reach_end < context.clause_end
            and text[measure.reach_end] != "、"
            and not self._making.within(text, start, measure.reach_start)
        )

    def sums_up(self, context: Context, *, ending: bool = False) -> bool:
        """Tell whether the measure only counts the names before it: 杭州、宁波、温州三个城市; ``ending``: also behind 等."""
        measure, text = context.measure, context.text
        if measure.kind != "count" or measure.low != measure.high or not 2 <= measure.low <= 40:
            return False
        if measure.reach_start != measure.start or measure.end >= context.clause_end:
            return False
        left = context.left
        if "、" not in left or text[measure.reach_end] in "、和及与":
            return False
        if _DOING.match(text, measure.reach_end, context.clause_end):
            return False
        left = left.removesuffix("等") if ending else left
        names = left.rsplit("、", int(measure.low) - 1)
        last = names[-1]
        members = len(names) + ("和" in last) + ("与" in last)
        members += members < measure.low and "和" in names[0]  # 预算和基金、债券三个账户
        return members == measure.low and 1 <= len(last) <= 14 and "等" not in last and "、" not in names[0][-1:]

    def is_policy(self, context: Context) -> bool:
        """Tell whether the measure is a policy's own: 执行下调10%政策, 设立5年过渡期."""
        measure, text = context.measure, context.text
        if measure.unit == "次" and _ROUTINE.search(text, context.clause_start, measure.reach_start):
            return True
        if measure.kind == "count" and text.endswith("生育", context.clause_start, measure.reach_start):
            return _CHILDREN.match(text, measure.reach_end, context.clause_end) is not None
        if measure.unit == "折":
            return _DISCOUNT.match(text, measure.reach_end, context.clause_end) is not None
        if measure.kind == "percentage":
            return _ENJOYED.match(text, measure.reach_end, context.clause_end) is not None
        if _TIME.search(measure.unit) is not None and text.endswith(_PUT_OFF, 0, measure.reach_start):
            return True
        if measure.unit == "年" and _TO_WITHSTAND.match(text, measure.end):
            return True
        if measure.unit == "年" and text.endswith("延长", 0, measure.reach_start):
            return text.startswith(("政策", "的政策"), measure.reach_end)
        return _TIME.search(measure.unit) is not None and _TERM.match(text, measure.end) is not None

    def is_name(self, context: Context, *, told: bool = False) -> bool:
        """Tell whether the measure counts the articles of a policy: 落实民营经济31条, 落实28条政策措施, 部署了13项举措.

        ``told``: where the text looks back, 出台人才新政12条 tells what was done; 12条政策 counts its articles there too.
        """
        measure, text, start, end = context.measure, context.text, context.clause_start, context.clause_end
        if measure.unit not in ("条", "项"):
            return False
        noun = _ARTICLE_NOUNS.match(text, measure.reach_end, end)
        if noun and (noun.end() >= end or text[noun.end()] in _LISTED):
            carries = _CARRIED_OUT if measure.unit == "条" else _EXECUTED if told else None
            carried = carries is not None and carries.search(text, start, measure.reach_start)
            return bool(carried) or _LAID_DOWN.search(text, start, measure.reach_start) is not None
        named = not told and measure.unit == "条" and (measure.reach_end >= end or text[measure.reach_end] in _LISTED)
        return named and _ARTICLES.search(text, start, measure.reach_start) is not None

    def is_total(self, context: Context) -> bool:
        """Tell whether the measure only says below a title how many there are: (共130项)."""
        measure, text = context.measure, context.text
        return (
            measure.kind == "count"
            and text.endswith(("(共", "(共计"), 0, measure.reach_start)
            and text.startswith((")\n", ") \n"), measure.reach_end)
        )

    def is_limit(self, context: Context) -> bool:
        """Tell whether the measure is a time within which something must happen: 受理后5个工作日内."""
        measure, text = context.measure, context.text
        return (
            measure.kind == "measure"
            and _TIME.search(measure.unit) is not None
            and (text.startswith("内", measure.end) or text.startswith("以内", measure.end))
            and not self._shortening.within(text, context.clause_start, measure.reach_start)
        )

    def is_base(self, context: Context) -> bool:
        """Tell whether the measure counts those of whom a share or rate is told: 80家企业有三分之二实现扭亏."""
        measure, text, end = context.measure, context.text, context.clause_end
        if measure.unit not in _SHARE_OF or measure.bound != "eq":
            return False
        if text.endswith(_WANTED, context.clause_start, measure.reach_start):
            return False  # 确保50个村通水率达到100%
        return (
            _SHARED.match(text, measure.reach_end, end) is not None
            and not self._making.within(text, context.clause_start, measure.reach_start)
            and not self._promises.within(text, context.clause_start, measure.reach_start)
        )

    @staticmethod
    def is_case(context: Context) -> bool:
        """Tell whether the measure tells in which case something is done: 投标人在3家及以上的, 有3名以上成员的,采取…."""
        if not context.text.startswith("的,", context.clause_end - 1):
            return False
        return not context.right.strip("及以上下的(含)") or not _IS.search(
            context.text, context.clause_start, context.clause_end
        )

    def is_waited(self, context: Context) -> bool:
        """Tell whether the measure is a time that must have passed: 取得证书满3年."""
        measure, text = context.measure, context.text
        return _TIME.search(measure.unit) is not None and text[measure.start - 1 : measure.start] == "满"

    def is_each(self, context: Context) -> bool:
        """Tell whether the measure is what each one gets: 每人每年1000元."""
        return bool(_EACH.search(context.left)) and not _RAISED.search(context.left)

    def is_share(self, context: Context) -> bool:
        """Tell whether the measure is a share that something is reckoned by: 按年度用量的60%估算."""
        return context.measure.kind == "percentage" and (
            context.left.endswith(_PARTS) or _BY_SHARE.search(context.left) is not None
        )

    def is_field(self, context: Context) -> bool:
        """Tell whether the measure counts those among which a rank is held: 全国37个重点城市中排第7位."""
        measure, text = context.measure, context.text
        if measure.kind != "count":
            return False
        if measure.low > 1 and _ONE_OF.match(text, measure.reach_end, context.clause_end):
            return True
        return (
            _FIELD.search(text, context.clause_start, measure.reach_start) is not None
            and _RANKED.match(text, measure.reach_end, context.clause_end) is not None
        )

    def is_start(self, context: Context) -> str:
        """Return the name of the sign that the measure is where a change begins, or ``""``."""
        measure, text = context.measure, context.text
        if starts(context):
            return "start of a change"
        if _ON_TOP.match(text, measure.reach_end):
            # 投资达到总额25%的基础上 is a condition, not what a change starts from
            return "" if _REACHED.search(text, context.clause_start, measure.reach_start) else "base of a change"
        if _COMPARED.search(text, context.clause_start, measure.reach_start) and _COMPARES.match(text, measure.end):
            return "value compared with"
        return ""
