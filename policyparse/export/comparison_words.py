"""The words of a comparison's tables and pages, Chinese and English, and figures as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, TypeAlias

from policyparse.comparison import Cell, Figure

Language: TypeAlias = Literal["zh", "en"]

WORDS: Mapping[str, tuple[str, str]] = {
    # headings
    "title": ("政策文件对比", "Comparison of policy documents"),
    "charts": ("走势", "Charts"),
    "series": ("指标逐年对照", "Indicators over time"),
    "indicators": ("目标与完成", "Promise and delivery"),
    "tasks": ("任务沿革", "Tasks over time"),
    "ranks": ("地区排名", "Across issuers"),
    "groups": ("指标归并", "Groups of indicators"),
    "documents": ("文件", "Documents"),
    "evidence": ("原文依据", "Evidence"),
    "notes": ("说明", "Notes"),
    # columns
    "issuer": ("发文机关", "issuer"),
    "region": ("地区", "region"),
    "year": ("年份", "year"),
    "years": ("年份", "years"),
    "indicator": ("指标", "indicator"),
    "key": ("指标代码", "key"),
    "form": ("口径", "form"),
    "unit": ("单位", "unit"),
    "target": ("目标", "target"),
    "target_low": ("目标下限", "target_low"),
    "target_high": ("目标上限", "target_high"),
    "target_unit": ("目标单位", "target_unit"),
    "bound": ("限定", "bound"),
    "change": ("升降", "change"),
    "modality": ("力度", "modality"),
    "state": ("状态", "state"),
    "movement": ("与上年目标相比", "movement"),
    "against": ("对比年份", "against"),
    "result": ("完成", "result"),
    "result_low": ("完成下限", "result_low"),
    "result_high": ("完成上限", "result_high"),
    "result_unit": ("完成单位", "result_unit"),
    "result_bound": ("完成限定", "result_bound"),
    "result_change": ("完成升降", "result_change"),
    "verdict": ("结论", "verdict"),
    "rule": ("判定规则", "rule"),
    "target_sentence": ("目标原文", "target_sentence"),
    "target_file": ("目标出处", "target_file"),
    "target_offset": ("目标位置", "target_offset"),
    "result_sentence": ("完成原文", "result_sentence"),
    "result_file": ("完成出处", "result_file"),
    "result_offset": ("完成位置", "result_offset"),
    "before_year": ("上期", "before_year"),
    "alignment": ("沿革", "alignment"),
    "score": ("相似度", "score"),
    "lead_changed": ("责任单位变化", "lead_changed"),
    "before": ("上期任务", "before"),
    "before_bodies": ("上期责任单位", "before_bodies"),
    "after": ("本期任务", "after"),
    "after_bodies": ("本期责任单位", "after_bodies"),
    "before_file": ("上期出处", "before_file"),
    "before_offset": ("上期位置", "before_offset"),
    "after_file": ("本期出处", "after_file"),
    "after_offset": ("本期位置", "after_offset"),
    "target_rank": ("目标排名", "target_rank"),
    "result_rank": ("完成排名", "result_rank"),
    "group": ("组", "group"),
    "name": ("指标", "name"),
    "kind": ("量的类别", "kind"),
    "given": ("用户指定", "given"),
    "file": ("文件", "file"),
    "document_title": ("标题", "title"),
    # values
    "form.level": ("水平", "level"),
    "form.rate": ("增减幅度", "rate"),
    "form.points": ("百分点变化", "points"),
    "form.amount": ("增减量", "amount"),
    "form.multiple": ("倍数", "multiple"),
    "movement.raised": ("提高", "raised"),
    "movement.lowered": ("降低", "lowered"),
    "movement.unchanged": ("不变", "unchanged"),
    "movement.new": ("新设", "new"),
    "movement.dropped": ("取消", "dropped"),
    "movement.reworded": ("表述改变", "expressed otherwise"),
    "verdict.met": ("完成", "met"),
    "verdict.tolerance": ("在“左右”范围内", "met within tolerance"),
    "verdict.missed": ("未完成", "missed"),
    "verdict.not_reported": ("未报告", "not reported"),
    "verdict.unclear": ("无法判定", "unclear"),
    "reason.no_document": ("没有下一年的文件", "no document of the year after"),
    "reason.not_stated": ("下一年的文件没有提到", "not stated in the document of the year after"),
    "state.stated": ("已提出", "stated"),
    "state.absent": ("未提出", "absent"),
    "state.no_document": ("缺文件", "no document"),
    "alignment.kept": ("延续", "kept"),
    "alignment.reworded": ("改写", "reworded"),
    "alignment.new": ("新增", "new"),
    "alignment.dropped": ("不再提出", "dropped"),
    "change.": ("", ""),
    "change.increase": ("增加", "increase"),
    "change.decrease": ("减少", "decrease"),
    "bound.eq": ("等于", "eq"),
    "bound.ge": ("不低于", "ge"),
    "bound.gt": ("高于", "gt"),
    "bound.le": ("不高于", "le"),
    "bound.lt": ("低于", "lt"),
    "bound.approx": ("左右", "approx"),
    "bound.range": ("区间", "range"),
    "modality.binding": ("约束性", "binding"),
    "modality.expected": ("预期性", "expected"),
    "modality.striving": ("力争", "striving"),
    "modality.stated": ("一般", "stated"),
    "kind.money": ("金额", "money"),
    "kind.percentage": ("百分比", "percentage"),
    "kind.count": ("个数", "count"),
    "kind.measure": ("度量", "measure"),
    "kind.ratio": ("比例", "ratio"),
    "kind.multiple": ("倍数", "multiple"),
    "yes": ("是", "yes"),
    "no": ("", ""),
    # the page
    "search": ("筛选", "Filter"),
    "once": ("只在一年出现的指标", "indicators of one year only"),
    "sort": ("点击表头排序", "Click a heading to sort"),
    "offset": ("位置", "offset"),
    "left_out": (
        "只在一年出现、没有代码的指标太多，网页从略（csv、xlsx、json 中都有）",
        "indicators without a key that stand in one year only, left out of this page (csv, xlsx and json hold them)",
    ),
    "tolerance": ("“左右”允许的偏差", "tolerance of 左右"),
}

_SHOWN = {
    "zh": {
        "eq": "{}",
        "approx": "{}左右",
        "ge": "{}以上",
        "gt": "超过{}",
        "le": "{}以内",
        "lt": "低于{}",
        "range": "{}",
    },
    "en": {"eq": "{}", "approx": "≈ {}", "ge": "≥ {}", "gt": "> {}", "le": "≤ {}", "lt": "< {}", "range": "{}"},
}
_INSIDE = ("余", "多", "几", "数")
"""Words in a quantity that already say that it is no exact one."""
_FALL = {"zh": "下降{}", "en": "decline of {}"}


class Words:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._index = 0 if language == "zh" else 1

    def __call__(self, name: str, value: str | None = None) -> str:
        """Return the word ``name``, or the name of its ``value`` (``word("verdict", "met")``); ``None`` has none."""
        if value is None:
            return WORDS[name][self._index]
        return WORDS[f"{name}.{value}"][self._index]

    def of(self, name: str, value: str | None) -> str:
        """Return the name of a value that may be missing."""
        return "" if value is None else self(name, value)

    def figure(self, figure: Figure | None) -> str:
        """Return a figure as people read it: 8%左右, 下降3%以上.

        >>> from decimal import Decimal
        >>> figure = Figure(start=0, end=2, document="d", statement="t1", text="3%", indicator="能耗", unit="%",
        ...     low=Decimal(3), high=Decimal(3), kind="percentage", bound="ge", change="decrease")
        >>> Words("zh").figure(figure), Words("en").figure(figure)
        ('下降3%以上', 'decline of ≥ 3%')
        """
        if figure is None:
            return ""
        pattern = _SHOWN[self.language][figure.bound]
        if figure.bound == "approx" and self.language == "zh" and any(word in figure.text for word in _INSIDE):
            pattern = "{}"
        if figure.bound == "range" and figure.approximate:
            pattern = _SHOWN[self.language]["approx"]
        shown = pattern.format(figure.text)
        return _FALL[self.language].format(shown) if figure.change == "decrease" else shown

    def verdict(self, cell: Cell) -> str:
        """Return the verdict on a cell, with the reason where there is no result."""
        if cell.verdict is None:
            return ""
        shown = self("verdict", cell.verdict)
        if not cell.reason:
            return shown
        return (
            f"{shown}（{self('reason', cell.reason)}）"
            if self.language == "zh"
            else f"{shown}: {self('reason', cell.reason)}"
        )


def plain(value: Decimal) -> str:
    """Return a value in plain digits."""
    return format(value, "f")
