"""The ledger of tasks: which items, with which units, and how they are written."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse import Ledger, Source, ledger, parse, parse_file, report
from policyparse.cli import run
from policyparse.errors import UsageError
from policyparse.export.ledger_words import harmless

PLAN = """澜溪市2025年重点工作任务分解方案
各县（区）人民政府：
现将有关任务分解如下。
一、办好教育
1.新建公办幼儿园5所，新增学位1500个。（牵头单位：市教育局；配合单位：市财政局、市住建局）
2.修订校园安全管理办法，6月底前印发。（市教育局牵头，市公安局配合）
3.学校要开好体育课。
二、改善交通（责任单位：市交通局）
1.新建农村公路120公里以上。
2.打通断头路。
三、服务企业
1.建立台账。开展走访。（责任单位：市工信局）落实贷款贴息。（责任单位：市财政局）
2.办好招聘会：
（1）举办校园招聘会
（2）举办线上招聘会
责任单位：市人社局、各县（区）人民政府
"""


def rows(text: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(row.task, row.lead, row.responsible) for row in ledger(Source(name="plan", text=text)).rows]


def test_each_item_with_its_units() -> None:
    made = ledger(Source(name="plan", text=PLAN))
    assert [(row.task, row.lead, row.responsible, row.support) for row in made.rows] == [
        ("新建公办幼儿园5所，新增学位1500个。", ("市教育局",), (), ("市财政局", "市住建局")),
        ("修订校园安全管理办法，6月底前印发。", ("市教育局",), (), ("市公安局",)),
        ("学校要开好体育课。", (), ("学校",), ()),
        ("新建农村公路120公里以上。", (), ("市交通局",), ()),
        ("打通断头路。", (), ("市交通局",), ()),
        ("建立台账。开展走访。", (), ("市工信局",), ()),
        ("落实贷款贴息。", (), ("市财政局",), ()),
        ("举办校园招聘会", (), ("市人社局", "各县（区）人民政府"), ()),
        ("举办线上招聘会", (), ("市人社局", "各县（区）人民政府"), ()),
    ]
    first, second = made.rows[:2]
    assert first.section == ("一、办好教育",)
    assert [(one.indicator, one.text, one.low) for one in first.figures][1] == ("学位", "1500个", Decimal(1500))
    assert (second.deadline, second.due) == ("6月底前", date(2025, 6, 30))
    assert made.rows[3].figures[0].text == "120公里以上"
    for number, row in enumerate(made.rows, 1):
        assert row.number == number
        assert PLAN[row.position.start : row.position.end].startswith(row.label)
        assert PLAN.splitlines()[row.position.line - 1].startswith(row.label or row.task[:4]) or not row.label


def test_unit_lines_below_each_item() -> None:
    text = "附件\n2024年民生实事\n1．改造老旧小区30个。\n牵头单位：市住建局、市城管局\n责任单位：各县（区）人民政府\n2．新建公园\n牵头单位：市园林局\n"
    assert rows(text) == [
        ("改造老旧小区30个。", ("市住建局", "市城管局"), ("各县（区）人民政府",)),
        ("新建公园", ("市园林局",), ()),
    ]


def test_notes_of_every_shape() -> None:
    text = """澜溪市2025年重点任务分解方案
一、扩大内需
1.新建公园5个。（市城管局牵头，市财政局配合，6月底前完成）
2.举办展会20场。牵头单位：市商务局；配合单位：市文旅局；完成时限：2025年12月底
3.改造老旧小区30个。
牵头领导：李明
牵头单位：市住建局
完成时限：2025年10月31日前
4.完善商业网点规划。【责任单位：市商务局；责任人：王强】
5.发放消费券。（市商务局、市财政局按职责分工负责）
6.加强价格监测。（市发展改革委牵头；完成时限：长期坚持）
7.规范停车。（责任单位：市城管局）建设停车场，具体细则由交通部门制定。（责任单位：市交通局）
"""
    made = ledger(Source(name="plan", text=text))
    assert [(row.task, row.lead or row.responsible, row.deadline) for row in made.rows] == [
        ("新建公园5个。", ("市城管局",), "6月底前"),
        ("举办展会20场。", ("市商务局",), "2025年12月底"),
        ("改造老旧小区30个。", ("市住建局",), "2025年10月31日前"),
        ("完善商业网点规划。", ("市商务局",), ""),
        ("发放消费券。", ("市商务局", "市财政局"), ""),
        ("加强价格监测。", ("市发展改革委",), "长期坚持"),
        ("规范停车。", ("市城管局",), ""),
        ("建设停车场，具体细则由交通部门制定。", ("市交通局",), ""),
    ]


def test_a_long_paragraph_falls_into_sentences() -> None:
    filler = "持续完善服务体系，不断提升服务水平，切实增强群众获得感。" * 6
    text = f"一、2025年工作安排\n（一）扩大内需\n促进消费升级。{filler}举办展会20场。年底前建成步行街。{filler}\n"
    made = ledger(Source(name="plan", text=f"2025年政府工作要点\n{text}"))
    assert [row.task for row in made.rows] == ["举办展会20场。", "年底前建成步行街。"]
    assert made.rows[0].section == ("一、2025年工作安排", "（一）扩大内需", "促进消费升级")


def test_rows_of_a_table(tmp_path: Path) -> None:
    cells = [
        ("序号", "工作任务", "牵头单位", "配合单位", "完成时限"),
        ("1", "新建驿站5个", "市文旅局", "市财政局", "2025年9月底"),
        ("2", "修订管理办法", "市司法局", "市公安局、市城管局", "6月底前"),
    ]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
    page = tmp_path / "plan.html"
    page.write_text(f"<html><body><h1>2025年重点任务分解表</h1><table>{table}</table></body></html>", "utf-8")
    made = [row for row in ledger(page).rows if row.lead]
    assert [(row.task, row.lead, row.support, row.deadline, row.due) for row in made] == [
        ("新建驿站5个", ("市文旅局",), ("市财政局",), "2025年9月底", date(2025, 9, 30)),
        ("修订管理办法", ("市司法局",), ("市公安局", "市城管局"), "6月底前", date(2025, 6, 30)),
    ]


def test_each_target_stands_in_one_row(corpora: Path) -> None:
    for path in sorted(corpora.glob("*.txt")):
        made = ledger(path)
        targets = [(one.quantity.low, one.quantity.unit) for one in parse_file(path).targets]
        assert [(figure.low, figure.unit) for row in made.rows for figure in row.figures] == targets
        assert all(one.position.end <= two.position.start for one, two in pairwise(made.rows))


PIECES = ["一、", "1.", "（1）", "①", "责任单位：", "（牵头单位：", "市教育局", "、市财政局", "）", "新建幼儿园5所", "。", "\n", "，",
          "6月底前", "完成时限：", "【", "】", "\t", "(", "各县（区）人民政府", "附件1", "完成", " ", "=", "2025年", "\x00", "；"]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_any_text(text: str) -> None:
    made = ledger(source := Source(name="x", text=text))
    for row in made.rows:
        assert 0 <= row.position.start < row.position.end <= len(source.text)
    for suffix in (".xlsx", ".csv", ".md"):
        assert made.to_bytes(suffix)
    assert report(parse(source), source)


def test_what_may_be_given(corpora: Path, tmp_path: Path) -> None:
    path = corpora / "city-education-2024.txt"
    document = parse_file(path)
    source = Source(name=str(path), encoding="utf-8", text=path.read_text("utf-8"))
    made = ledger([str(path)])
    assert made.rows
    assert made == ledger(path) == ledger(document) == ledger([(document, source)]) == ledger((document, source))
    with pytest.raises(UsageError, match="the text of 'text' is needed"):
        ledger(parse("新建5所学校。"))
    assert ledger([]) == Ledger()
    with pytest.raises(UsageError, match=r"\.xlsx, \.csv, \.md"):
        made.save(tmp_path / "ledger.pdf")


HOSTILE = """2025年工作要点
1.=HYPERLINK("http://evil.example","x")办好5件实事。（责任单位：市财政局）
2.+1+1新建2所学校。（责任单位：@市教育局）
3.-2新建3所学校|<b>x</b>`a`。（责任单位：市教育局）
4.@SUM(A1:A9)新建4所\x00\x07\u202e学校。（责任单位：市教育局）
5.\t=1+1新建6所学校。（责任单位：市教育局）
6.＝1＋1新建7所学校。（责任单位：市教育局）
"""


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    made = ledger(Source(name="=plan.txt", text=HOSTILE))
    assert len(made.rows) == 6
    text = made.to_bytes(".csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if re.match(r"[\s\u3000]*[=+\-@\t\r＝＋－＠]", cell)]
    assert sum(cell.startswith("'") for cell in cells) >= 6
    book = openpyxl.load_workbook(io.BytesIO(made.to_bytes(".xlsx")))
    kinds = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}
    assert kinds <= {"s", "n", "d"}
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in book.worksheets[0]["C"])
    assert not any(cell.hyperlink for sheet in book for line in sheet.iter_rows() for cell in line)
    page = made.to_bytes(".md").decode()
    assert "<b>" not in page
    assert "\\|&lt;b&gt;x&lt;/b&gt;\\`a\\`" in page


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\u3000-", "＝", "＠"])
def test_harmless(start: str) -> None:
    assert harmless(f"{start}1") == f"'{start}1"
    assert harmless(f"1{start}") == f"1{start}"


def test_workbook_for_reading_and_printing() -> None:
    made = ledger(Source(name="plan.txt", text=PLAN))
    book = openpyxl.load_workbook(io.BytesIO(made.to_bytes(".xlsx")))
    sheet, figures = book.worksheets
    assert [cell.value for cell in sheet[2]][:3] == ["序号", "章节", "工作任务"]
    assert sheet.freeze_panes == "C3"
    assert sheet.auto_filter.ref == f"A2:Q{len(made.rows) + 2}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert sheet.print_title_rows == "$1:$2"
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {"B3:B5", "B6:B7"} <= merged
    assert sheet["A3"].value == 1
    assert sheet.column_dimensions["C"].width > 50
    assert [cell.value for cell in figures[2]][2:8] == ["公办幼儿园", None, "5所", 5, 5, "所"]
    single = next(line for line in sheet.iter_rows(min_row=3) if "公路" in str(line[2].value))
    assert (single[5].value, single[6].value) == ("120公里以上", 120)
    english = openpyxl.load_workbook(io.BytesIO(made.to_bytes(".xlsx", "en"))).worksheets[0]
    assert [cell.value for cell in english[2]][:3] == ["No.", "Section", "Task"]


def test_empty_ledger_can_be_written() -> None:
    for suffix in (".xlsx", ".csv", ".md"):
        assert Ledger().to_bytes(suffix)


def test_command(tmp_path: Path, corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = str(corpora / "elderly-care-plan-2026.txt")
    for name in ("台账.xlsx", "台账.csv", "台账.md"):
        assert run(["ledger", plan, str(corpora / "lanjiang-report-2024.txt"), "--out", str(tmp_path / name)]) == 0
        assert (tmp_path / name).stat().st_size > 1000
    assert run(["ledger", plan, "--lang", "en"]) == 0
    assert "| No. | Section | Task |" in capsys.readouterr().out
    assert run(["ledger", plan, "--out", str(tmp_path / "x.pdf")]) == 2
    assert run(["ledger", plan, str(tmp_path / "none.txt"), "--out", str(tmp_path / "y.csv")]) == 1
    assert (tmp_path / "y.csv").exists()
    assert run(["ledger", str(tmp_path / "none.txt"), "--out", str(tmp_path / "z.csv")]) == 1
    assert not (tmp_path / "z.csv").exists()
    assert run(["ledger", plan, "--out", str(tmp_path / "none" / "z.xlsx")]) == 2


ANNEXED = [
    *(("chengdu", year) for year in (2018, 2019, 2020, 2021, 2022)),
    *(("kunming", year) for year in (2018, 2019, 2021)),
]


def listed(text: str) -> list[tuple[str, set[str]]]:
    """Count by hand: each 牵头单位 of the text, with the number of the item above it and the names behind it."""
    found = []
    lines = text.splitlines()
    for at, line in enumerate(lines):
        for match in re.finditer(r"牵头单位：([^）\n]*)", line):
            labels = (
                re.match(r"\d+(?=\s?[.．])|[一二三四五六七八九十]+(?=、)", one) for one in reversed(lines[: at + 1])
            )
            number = next(label.group() for label in labels if label)
            names = {re.sub(r"[（(〈].*", "", name).strip() for name in match.group(1).split("、")}
            found.append((number, names))
    return found


@pytest.mark.shared
@pytest.mark.parametrize(("city", "year"), ANNEXED)
def test_every_listed_item_with_its_unit(shared: Path, city: str, year: int) -> None:
    path = shared / "real" / "reports" / city / f"{year}.txt"
    expected = listed(path.read_text("utf-8"))
    assert len(expected) >= 10
    annex = [row for row in ledger(path).rows if row.lead and row.label]
    got = [(re.sub(r"\W", "", row.label), {re.sub(r"[（(〈].*", "", name) for name in row.lead}) for row in annex]
    assert got == expected
    behind = [
        set(re.split("[、，]", match))
        for match in re.findall(r"^责任单位：(.*)$", path.read_text("utf-8"), re.MULTILINE)
    ]
    if city == "kunming" and year > 2018:  # the lists of 2018 elide parts of names
        assert [set(row.responsible) for row in annex] == behind
