"""What holds for any text at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policyparse import Document, Parser, Source, parse, read
from policyparse.reading import source_of

Check = Callable[[Document, str], None]

# Pieces of the genre: put together at random they meet every stage, in ways that nobody writes on purpose.
PIECES = [
    *"一二三十百千万亿零〇两几多余半第、。，；：（）()[]【】〔〕“”《》—-–~～%％‰.．·1230０５ \t\n\r#*_>|",
    *("\r\n", "\n\n", "\u3000\u3000", "——", "……", "\ufeff", "\u200b", "\u2028", "\x00", "𠀀", "é", "👪"),
    *(
        "一、",
        "（一）",
        "第三章",
        "第十二条",
        "1.",
        "1.1",
        "(1)",
        "①",
        "一是",
        "第一，",
        "附件1",
        "专栏2",
        "## ",
        "**",
        "目录",
    ),
    *("2024年", "到2025年", "年内", "6月底前", "“十四五”时期", "今年", "去年", "过去五年", "三年内", "2023—2025年"),
    *(
        "5万人",
        "85%",
        "2-3处",
        "百分之八十五",
        "翻两番",
        "三分之二",
        "十几个",
        "上百家",
        "3.5亿元",
        "1:4",
        "15平方米/套",
    ),
    *(
        "不低于",
        "以上",
        "左右",
        "不超过",
        "约",
        "力争",
        "达到",
        "增长",
        "下降",
        "分别",
        "由",
        "提高到",
        "其中",
        "比上年",
    ),
    *("新增城镇就业", "高新技术企业", "就业满意率", "新建校舍", "奖励", "罚款", "人均", "总量", "规模", "服务", "建设"),
    *(
        "市教育局",
        "各县（市、区）人民政府",
        "省发展改革委、财政厅",
        "企业",
        "牵头单位：",
        "责任单位：",
        "牵头",
        "配合",
        "负责",
    ),
    *(
        "鼓励",
        "督促",
        "应当",
        "要",
        "按职责分工负责",
        "等部门",
        "办公室关于印发",
        "的通知",
        "政府工作报告",
        "各位代表：",
        "工作回顾",
    ),
]
ODD = st.text(st.characters(exclude_categories=["Cs"]))
GENRE = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
PARSER = Parser()
TEXTS = st.one_of(GENRE, ODD, st.tuples(GENRE, ODD, GENRE).map("".join))


@given(TEXTS)
@example("")
@example("\n")
@example("\ufeff")
@example("一、\r\n（一）\r\n1.5%\r\n")
@example("（一）一、其中")
@example("共12-3处")
@example("由60纳米至45纳米")
@example("2024年")
@example("比上年")
def test_any_text_parses_and_every_span_is_right(check: Check, text: str) -> None:
    check(parse(text), text)


@given(TEXTS)
def test_the_same_text_gives_the_same_json(text: str) -> None:
    once = parse(text).model_dump_json()
    assert parse(text).model_dump_json() == once
    assert json.loads(once)["schema_version"] == "1.0"


@given(TEXTS, TEXTS)
def test_documents_do_not_influence_each_other(one: str, other: str) -> None:
    before = PARSER.parse(Source(name="one", text=one))
    PARSER.parse(Source(name="other", text=other))
    assert PARSER.parse(Source(name="one", text=one)) == before


def test_a_parser_that_has_parsed_much_equals_a_new_one(corpora: Path) -> None:
    sources = [read(path) for path in sorted(corpora.glob("*.txt"))]
    new = [Parser().parse(source) for source in sources[:3]]
    for source in sources:
        PARSER.parse(source)
    assert [PARSER.parse(source) for source in sources[:3]] == new


@given(GENRE)
def test_line_ends_of_windows_change_no_finding(text: str) -> None:
    unix = text.replace("\r", "")
    assert findings(of_file(unix)) == findings(of_file(unix.replace("\n", "\r\n")))


def test_line_ends_of_windows_change_no_finding_in_a_plan(corpora: Path) -> None:
    for path in sorted(corpora.glob("*.txt")):
        text = read(path).text
        assert findings(of_file(text)) == findings(of_file(text.replace("\n", "\r\n")))


@pytest.mark.shared
def test_real_documents(check: Check, shared: Path) -> None:
    paths = sorted(path for path in (shared / "real").rglob("*") if path.suffix in (".txt", ".md"))
    assert paths
    for path in paths[::4]:
        source = read(path)
        check(parse(source), source.text)


def of_file(text: str) -> Document:
    """Return the document of a file that holds ``text``."""
    return parse(source_of(text, name="plan.txt"))


def findings(document: Document) -> list[tuple[str, ...]]:
    """Return what was found, without offsets and line ends."""
    nodes = [("node", node.label, node.heading, str(node.level)) for node in document.nodes()]
    statements = [
        (s.role, s.quantity.text, str(s.quantity.low), s.quantity.bound, s.change, *(i.text for i in s.indicators))
        for s in document.statements()
    ]
    duties = [(duty.role, duty.entity.text) for duty in document.responsibilities]
    return [tuple(part.replace("\r", "") for part in found) for found in (*nodes, *statements, *duties)]
