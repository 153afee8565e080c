"""Soft line breaks: which line ends are joined, and that nothing else is removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse.parsing.characters import fold
from policyparse.parsing.lines import soft_breaks

SPECS = Path(__file__).parent.parent / "specs"

WRAPPED = """一、支持生育和养育家庭
（一）结婚助力。积极搭建婚恋平台，抵制高价彩礼，倡导文
明婚俗新风，切实减轻婚嫁负担。对符合条件的夫妻，按贷款额
度的1%提供一次性贴息，享受贴息政策的最高贷款额度为二十
万元。
（二）生育关爱。适时新增报销产前检查费，提高生育医疗费报
— 2 —
销标准。生活困难且符合条件的家庭，纳入最低生活保障范围。
（三）住房支持。为多子女家庭提高贷款额度，优先配租。
"""

INDENTED = """　　发展数字经济是抓住新一轮科技革命机遇的战略选择，要完
善基础设施，壮大产业集群，优化发展环境，加快融合应用步伐。
要坚持创新驱动，企业主体，政府引导，安全可控，建立健全有
效的推进机制。
　　一、总体要求
　　坚持统筹规划，分步实施，到规划期末全市数字经济规模有较
大增长，一是产业更强；二是治理更优；三是服务更好，努力走在
前列。
"""


def joined(text: str) -> str:
    for start, end in reversed(soft_breaks(fold(text))):
        text = text[:start] + text[end:]
    return text


def rows() -> list[list[str]]:
    lines = (SPECS / "lines.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("printed", "expected"), rows())
def test_line_ends(printed: str, expected: str) -> None:
    text = printed.replace("/", "\n").replace("_", "\u3000")
    assert joined(text) == expected.replace("/", "\n").replace("_", "\u3000")


def test_wrapped_text_keeps_its_items_apart() -> None:
    assert joined(WRAPPED).splitlines() == [
        "一、支持生育和养育家庭",
        "（一）结婚助力。积极搭建婚恋平台，抵制高价彩礼，倡导文明婚俗新风，切实减轻婚嫁负担。"
        "对符合条件的夫妻，按贷款额度的1%提供一次性贴息，享受贴息政策的最高贷款额度为二十万元。",
        "（二）生育关爱。适时新增报销产前检查费，提高生育医疗费报销标准。生活困难且符合条件的家庭，纳入最低生活保障范围。",
        "（三）住房支持。为多子女家庭提高贷款额度，优先配租。",
    ]


def test_indented_paragraphs_join_at_stops_too() -> None:
    lines = joined(INDENTED).splitlines()
    assert [line[:6] for line in lines] == ["　　发展数字", "　　一、总体", "　　坚持统筹"]


def test_unwrapped_text_is_left_alone() -> None:
    text = "一、目标\n\n全面完成任务，确保质量。\n\n二、措施\n\n加强领导，落实责任。\n"
    assert soft_breaks(fold(text)) == []


@given(st.text(alphabet="一二（）(),.、。，；：\n\r 　甲乙丙丁12—“”", max_size=400))
def test_breaks_are_in_order_and_hold_line_ends(text: str) -> None:
    folded = fold(text)
    reached = 0
    for start, end in soft_breaks(folded):
        assert reached <= start < end <= len(folded)
        assert set("\n\r") & set(folded[start:end])
        reached = end
