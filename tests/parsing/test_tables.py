"""Tables of targets and of tasks: what their columns make of their cells."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from policyparse import Document, Parser, explain, parse
from policyparse.reading import read_bytes

HEAD = "岚山市养老服务发展规划\n（2021—2025年）\n\n一、发展目标\n到2025年，主要指标如下。\n\n"
TARGETS = """指标\t单位\t2020年\t2025年\t年均增速（%）\t属性
地区生产总值\t亿元\t1250.6\t1800左右\t7\t预期性
护理型床位占比（%）\t\t42\t≥55\t\t约束性
城镇新增就业（万人）\t\t3.2\t〔18〕\t\t预期性
单位能耗降低\t%\t—\t—\t〔13.5〕\t约束性
养老机构\t家\t120\t150—160\t\t
"""
TASKS = """序号\t任务\t牵头单位\t责任单位\t完成时限
1\t新建幼儿园5所，新增学位1200个\t市教育局\t各县（区）人民政府、市财政局\t2023年12月底前
2\t培训医师300名\t市卫生健康委员会\t市人力资源社会保障局\t2024年底
3\t加强宣传\t市委宣传部\t各部门\t长期坚持
"""


def statements(document: Document) -> list[tuple[Any, ...]]:
    return [
        (
            s.role,
            s.quantity.text,
            format(s.quantity.low, "f"),
            s.quantity.unit,
            s.quantity.bound,
            s.indicators[0].name,
            s.change,
        )
        for s in document.statements()
    ]


EXPECTED = [
    ("actual", "1250.6", "125060000000", "元", "eq", "地区生产总值", ""),
    ("target", "1800", "180000000000", "元", "approx", "地区生产总值", ""),
    ("target", "7", "7", "%", "eq", "地区生产总值", "increase"),
    ("actual", "42", "42", "%", "eq", "护理型床位占比", ""),
    ("target", "55", "55", "%", "ge", "护理型床位占比", ""),
    ("actual", "3.2", "32000", "人", "eq", "城镇新增就业", "increase"),
    ("target", "18", "180000", "人", "eq", "城镇新增就业", "increase"),
    ("target", "13.5", "13.5", "%", "eq", "单位能耗降低", "decrease"),
    ("actual", "120", "120", "家", "eq", "养老机构", ""),
    ("target", "150—160", "150", "家", "range", "养老机构", ""),
]


def test_each_value_is_a_statement(check: Callable[[Document, str], None]) -> None:
    text = HEAD + TARGETS
    document = parse(text)
    check(document, text)
    assert statements(document) == EXPECTED
    assert [node.label for node in document.nodes()] == ["一、"]
    by_text = {s.quantity.text: s for s in document.statements()}
    assert [by_text[each].modality for each in ("1800", "55", "150—160", "42")] == [
        "expected",
        "binding",
        "stated",
        "stated",
    ]
    due = by_text["1800"].deadline
    assert due is not None
    assert (due.text, due.due) == ("2025年", date(2025, 12, 31))
    assert by_text["7"].deadline is None
    period = by_text["42"].period
    assert period is not None
    assert (period.from_, period.to) == (date(2020, 1, 1), date(2020, 12, 31))
    assert by_text["55"].indicators[0].text == "护理型床位占比"
    start, end = by_text["55"].sentence.start, by_text["55"].sentence.end
    assert text[start:end] == "护理型床位占比（%）\t\t42\t≥55\t\t约束性"


def test_a_table_of_markdown() -> None:
    rows = [line.split("\t") for line in TARGETS.rstrip("\n").split("\n")]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    source = read_bytes((HEAD + "\n".join(lines) + "\n").encode(), "plan.md")
    assert statements(parse(source)) == EXPECTED


def test_a_table_of_a_page() -> None:
    rows = [line.split("\t") for line in TARGETS.rstrip("\n").split("\n")]
    cells = "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows)
    paragraphs = "".join(f"<p>{line}</p>" for line in HEAD.split("\n"))
    source = read_bytes(f"<html><body>{paragraphs}<table>{cells}</table></body></html>".encode(), "plan.html")
    assert statements(parse(source)) == EXPECTED


def test_a_table_of_a_word_file(word: Any) -> None:
    for line in HEAD.strip().split("\n"):
        word.paragraph(line)
    rows = [line.split("\t") for line in TARGETS.rstrip("\n").split("\n")]
    table = word.document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    assert statements(parse(read_bytes(word.bytes(), "plan.docx"))) == EXPECTED


def test_heads_of_two_rows_and_cells_that_span() -> None:
    html = """<html><body><p>岚山市养老服务发展规划（2021—2025年）</p><table>
    <tr><td rowspan=2>类别</td><td rowspan=2>指标</td><td colspan=2>数值</td><td rowspan=2>属性</td></tr>
    <tr><td>2020年</td><td>2025年<br>目标</td></tr>
    <tr><td rowspan=2>供给</td><td>养老床位<br>（万张）</td><td>1.2</td><td>1.44</td><td rowspan=2>约束性</td></tr>
    <tr><td>其中：护理型床位（张）</td><td>5000</td><td>7900</td></tr></table></body></html>"""
    document = parse(read_bytes(html.encode(), "plan.html"))
    assert statements(document) == [
        ("actual", "1.2", "12000", "张", "eq", "养老床位", ""),
        ("target", "1.44", "14400", "张", "eq", "养老床位", ""),
        ("actual", "5000", "5000", "张", "eq", "养老床位护理型床位", ""),
        ("target", "7900", "7900", "张", "eq", "养老床位护理型床位", ""),
    ]
    assert {target.modality for target in document.targets} == {"binding"}


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("产品\t2020年产量（吨）\t2025年计划\n粮食\t1,200\t1500吨\n", ["1,200 吨 actual", "1500吨 吨 target"]),
        ("单位：万元\n项目\t2020年\t2025年\n财政收入\t300\t450\n", ["300 元 actual", "450 元 target"]),
        ("指标\t2025年\t2026年\n未知单位\t7\t8\n", ["7  target", "8  target"]),
        ("姓名\t电话\n张三\t12345678\n李四\t87654321\n", []),
        ("名称\t年末数（万人）\t比重（%）\n人口\t140\t100\n", ["140 人 actual", "100 % actual"]),
        ("指标\t目标值\n就业率\t95%以上\n", ["95% % target"]),
        ("指标\t实际完成\n就业率\t95%\n", ["95% % actual"]),
        ("指标\t2025年\n就业率（%）\t不低于九成\n", ["九成 成 target"]),
    ],
)
def test_units_and_roles(table: str, found: list[str]) -> None:
    document = parse("岚山市发展规划（2021—2025年）\n\n一、目标\n\n" + table)
    assert [f"{s.quantity.text} {s.quantity.unit} {s.role}" for s in document.statements()] == found


def test_rows_of_tasks_have_bodies_and_deadlines(check: Callable[[Document, str], None]) -> None:
    text = "岚山市民生实事任务分工（2022—2025年）\n\n一、任务分工\n\n" + TASKS
    document = parse(text)
    check(document, text)
    assert [(r.role, r.entity.text, r.cue and r.cue.text) for r in document.responsibilities] == [
        ("lead", "市教育局", "牵头单位"),
        ("responsible", "各县（区）人民政府", "责任单位"),
        ("responsible", "市财政局", "责任单位"),
        ("lead", "市卫生健康委员会", "牵头单位"),
        ("responsible", "市人力资源社会保障局", "责任单位"),
        ("lead", "市委宣传部", "牵头单位"),
        ("responsible", "各部门", "责任单位"),
    ]
    assert [(t.quantity.text, t.deadline and t.deadline.text, t.responsible) for t in document.targets] == [
        ("5所", "2023年12月底前", ("r1", "r2", "r3")),
        ("1200个", "2023年12月底前", ("r1", "r2", "r3")),
        ("300名", "2024年底", ("r4", "r5")),
    ]


def test_a_body_beside_several_rows_answers_for_each() -> None:
    html = """<html><body><p>岚山市工作要点任务分工（2024年）</p><table><tr><td>任务</td><td>责任单位</td></tr>
    <tr><td>新建学校3所</td><td rowspan=2>市教育局<br>市财政局</td></tr><tr><td>培训教师200名</td></tr></table></body></html>"""
    document = parse(read_bytes(html.encode(), "plan.html"))
    assert [duty.entity.text for duty in document.responsibilities] == ["市教育局", "市财政局"]
    assert {statement.responsible for statement in document.statements()} == {("r1", "r2")}


def test_stages_that_are_off() -> None:
    text = HEAD + TARGETS + "\n" + TASKS
    assert not Parser(without=["responsibilities"]).parse(as_source(text)).responsibilities
    assert not Parser(without=["quantities"]).parse(as_source(text)).statements()


def as_source(text: str) -> Any:
    return read_bytes(text.encode(), "plan.txt")


def test_explain_a_value_and_a_body() -> None:
    text = HEAD + TARGETS + "\n" + TASKS
    value = explain(text, text.index("1800"))
    assert value.statement is not None
    assert (value.statement.rule.name, value.statement.rule.en[:7]) == ("table", "a value")
    body = explain(text, text.index("市教育局"))
    assert body.responsibility is not None
    assert body.responsibility.origin.name == "table"


def test_time_grows_with_the_table() -> None:
    def seconds(rows: int) -> float:
        text = HEAD + TARGETS + "就业率\t%\t90\t95\t1\t预期性\n" * rows
        begin = time.perf_counter()
        parse(text)
        return time.perf_counter() - begin

    parse(HEAD)
    assert seconds(1_200) < 10 * seconds(300) + 0.5
