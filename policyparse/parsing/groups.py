"""Groups: sizes that tell which things are meant (60岁以上老人, 亿元以上项目), not how much of them there will be."""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.parsing.contexts import Context
from policyparse.parsing.words import WordSet
from policyparse.parsing.written_counts import CLASSED

# A size that tells which things are meant (500平方米以上商铺, 60岁以上老人): threshold word, then the noun.
_GROUP = re.compile(r"(?:\(含\))?(?:以上|以下|及以上|及以下|以内)(?:\(含\))?(的)?(?![和及与或且并])[\u4e00-\u9fff“]")
# Those who are meant, with the word of bound before their size: 金融资产不低于50万元的自然人.
_GROUP_BOUNDED = re.compile(
    r"(?:人民币)?(?:\(含\))?的(?:各类|中小微?|小微)?(?:自然人|个人|家庭|人员|居民|职工|劳动者|投资者|申请人|企业|机构|单位|公司|合作社|农户)"
)
# The group of a size before its number: 亿元以上项目20个、10亿元以上3个.
_GROUP_NUMBERED = re.compile("以[上下](?:的|达|有|共)?[0-9一二三四五六七八九十]{1,4}[个家户只]")
_BUILDS = (
    "建设",
    "新建",
    "建成",
    "新增",
    "完成",
    "改造",
    "修建",
    "治理",
    "修复",
    "整治",
    "铺设",
    "打造",
    "贯通",
    "敷设",
    "扩建",
)
_EXTENTS = ("公里", "米", "亩", "公顷", "里")
_MORE_COUNTED = re.compile(r"[0-9]|[一二两三四五六七八九十][个座家处所条栋幢]")
_SIZED = ("money", "measure", "percentage")
# The same with the word of bound before the size: 营业收入过亿元企业232个, 过百亿元的3个.
_GROUP_COUNTED = re.compile(
    r"(?:以上|以下)?(?:的|[\u4e00-\u9fff“”]{0,8}?(?:企业|项目|产业|集群|园区|镇|乡|村|街道?|品牌|平台|单位|机构|商场))"
    r"(?:总数|数量)?(?:达到?|增?至|有)?[0-9一二三四五六七八九十两]"
)
# People or households that make up what is meant: 100人以上的自然村.
_GROUP_OF_PEOPLE = re.compile(
    r"以[上下](?:的|已[\u4e00-\u9fff]{1,3})?[\u4e00-\u9fff]{0,4}(?:村(?!劳动|人口|居民|贫困|户|妇女)|企业|单位|机构|小区|学校|工厂|社区|场所|聚居)"
)
# A share chooses things only where it is one of theirs (研发投入占比5%以上的企业); else it is so much of them
# (95%以上的学校, 覆盖80%以上的社区), or says how high (保持90%以上的高水平).
_ATTRIBUTE = re.compile(
    r"(?:率|比例|比重|占比|股权?|含量|纯度|浓度|增速|涨幅|降幅|幅度|利率|税率|(?:占|比|超过|高于|低于|增长|下降|持有)[^,;。0-9]{0,10})$"
)
_AGE = re.compile(r"(?:周岁|岁|年级)$")
# An age that is itself measured: 人均预期寿命提高1岁,达到78.5岁.
_LIFE = re.compile(r"寿命|平均年龄")
_AGED = 30


class Groups:
    """Tells measures by which things are chosen."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._amounts = WordSet(lexicon.group("statements.role")["amounts"])

    def holds(self, context: Context) -> bool:
        """Tell whether the measure is the size by which things are chosen: 60岁以上老人, 亿元以上项目."""
        measure, text = context.measure, context.text
        if _AGE.search(measure.unit):
            start = max(context.sentence_start, measure.reach_start - _AGED)
            return _LIFE.search(text, start, measure.reach_start) is None
        if measure.kind == "money" and measure.bound == "eq" and CLASSED.match(text, measure.end):
            return True
        if measure.bound not in ("ge", "gt", "le", "lt"):
            return False
        if measure.kind == "count":
            return measure.unit in ("人", "户") and _GROUP_OF_PEOPLE.match(text, measure.end) is not None
        if measure.kind not in _SIZED:
            return False
        if measure.kind != "percentage" and measure.reach_start < measure.start:
            if _GROUP_BOUNDED.match(text, measure.end, context.clause_end):
                return True
            return _GROUP_COUNTED.match(text, measure.end, context.clause_end) is not None
        if measure.kind == "money" and _GROUP_NUMBERED.match(text, measure.end, context.clause_end):
            return True
        if measure.kind == "measure" and self._is_built(context):
            return False
        found = _GROUP.match(text, measure.end, context.clause_end)
        if (
            found is not None
            and measure.kind == "percentage"
            and (not found[1] or not _ATTRIBUTE.search(text, context.clause_start, measure.reach_start))
        ):
            return False  # 40%以上(的)企业应用系统: a share, not a size
        return found is not None and not self._amounts.at(text, found.end() - 1, context.clause_end)

    @staticmethod
    def _is_built(context: Context) -> bool:
        """Tell whether the measure is how much will be built, not how big each is: 建设30公里以上绿道."""
        text, measure = context.text, context.measure
        return (
            text.endswith(_BUILDS, context.clause_start, measure.reach_start)
            and measure.bound == "ge"
            and measure.unit.endswith(_EXTENTS)
            and _MORE_COUNTED.search(text, measure.reach_end, context.clause_end) is None
        )
