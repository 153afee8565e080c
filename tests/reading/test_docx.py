"""Word files: automatic numbers, headings, tables, text boxes, notes, tracked changes, and files that are none."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from policyparse import Document, parse, read
from policyparse.errors import ReadError
from policyparse.model import Source
from policyparse.reading import Limits, read_bytes

W = nsdecls("w")


def lines(source: Source) -> list[str]:
    return source.text.rstrip("\n").split("\n")


def read_word(word: Any, **limits: int) -> Source:
    return read_bytes(word.bytes(), "plan.docx", limits=Limits(**limits))


def insert(word: Any, xml: str) -> None:
    """Put XML at the end of the body, before its section properties."""
    word.document.element.body[-1].addprevious(parse_xml(xml))


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def content(document: Document) -> dict[str, list[Any]]:
    return {
        "nodes": [(node.label, node.heading, node.level) for node in document.nodes()],
        "statements": [
            (s.role, s.quantity.text, s.quantity.bound, [i.name for i in s.indicators]) for s in document.statements()
        ],
        "responsibilities": [(r.role, r.entity.text) for r in document.responsibilities],
    }


@pytest.mark.parametrize(
    "name",
    [
        "city-education-2024",
        "county-commerce-agenda",
        "domestic-services-opinion-2024",
        "elderly-care-plan-2026",
        "lanjiang-report-2023",
        "parking-measures-2024",
        "urban-renewal-scheme-2024",
    ],
)
def test_automatic_numbers_give_the_same_result_as_the_text(
    name: str, corpora: Path, numbered_docx: Callable[[str], bytes], check: Callable[[Document, str], None]
) -> None:
    text = (corpora / f"{name}.txt").read_text(encoding="utf-8").replace("．", ".")
    source = read_bytes(numbered_docx(text), "plan.docx")
    document = parse(source)
    check(document, source.text)
    assert content(document) == content(parse(text))


def test_numbers_count_by_level_and_start_again_below(word: Any, xml_level: Callable[..., str]) -> None:
    word.abstract(3, xml_level(0, "chineseCounting", "第%1章") + xml_level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    first = word.list(3)
    for depth, text in ((0, "总则"), (1, "目标"), (1, "原则"), (0, "任务"), (1, "分工")):
        word.paragraph(text, (first, depth))
    assert lines(read_word(word)) == ["第一章 总则", "1.1 目标", "1.2 原则", "第二章 任务", "2.1 分工"]


def test_lists_of_one_abstract_list_count_on_unless_they_start_anew(word: Any, xml_level: Callable[..., str]) -> None:
    word.abstract(3, xml_level(0, "decimal", "%1."))
    first, second = word.list(3), word.list(3)
    third = word.list(3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    for key in (first, first, second, third, third, first):
        word.paragraph("抓好落实。", (key, 0))
    labels = [line.partition(".")[0] for line in lines(read_word(word))]
    assert labels == ["1", "2", "3", "1", "2", "3"]


def test_a_level_that_never_restarts(word: Any, xml_level: Callable[..., str]) -> None:
    levels = xml_level(0, "chineseCountingThousand", "%1、") + xml_level(
        1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'
    )
    word.abstract(3, levels)
    key = word.list(3)
    for depth in (0, 1, 0, 1):
        word.paragraph("扩大就业", (key, depth))
    assert [line[:2] for line in lines(read_word(word))] == ["一、", "1.", "二、", "2."]


@pytest.mark.parametrize(
    ("style", "pattern", "label"),
    [
        ("ideographDigital", "%1、", "一、"),
        ("chineseLegalSimplified", "（%1）", "（壹）"),
        ("decimalEnclosedCircle", "%1", "① "),
        ("ideographTraditional", "%1.", "甲."),
        ("upperRoman", "%1.", "I."),
        ("lowerLetter", "%1)", "a)"),
        ("decimalFullWidth", "%1．", "１．"),
        ("decimalZero", "%1.", "01."),
        ("none", "附件：%1", "附件："),
        ("bullet", "\uf0b7", ""),
        ("bullet", "——", "——"),
    ],
)
def test_styles_of_numbers(word: Any, xml_level: Callable[..., str], style: str, pattern: str, label: str) -> None:
    word.abstract(3, xml_level(0, style, pattern))
    word.paragraph("扩大就业", (word.list(3), 0))
    assert lines(read_word(word)) == [f"{label}扩大就业"]


def test_a_style_brings_number_and_heading(word: Any, xml_level: Callable[..., str]) -> None:
    word.abstract(
        3,
        xml_level(0, "chineseCounting", "%1、", '<w:pStyle w:val="Heading1"/>')
        + xml_level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="Heading2"/>'),
    )
    key = word.list(3)
    for name in ("Heading 1", "Heading 2"):
        style = word.document.styles[name].element
        style.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:numId w:val="{key}"/></w:numPr>'))
    word.paragraph("总体要求", style="Heading 1")
    word.paragraph("发展目标", style="Heading 2")
    word.paragraph("没有编号的正文，到2025年建成学校3所。")
    word.paragraph("保障措施", style="Heading 1")
    source = read_word(word)
    assert lines(source)[0:2] == ["一、总体要求", "（一）发展目标"]
    assert lines(source)[3] == "二、保障措施"
    assert [(source.text[h.start : h.end], h.level) for h in source.headings] == [
        ("一、总体要求", 1),
        ("（一）发展目标", 2),
        ("二、保障措施", 1),
    ]


def test_a_number_before_a_year_keeps_its_distance(word: Any, xml_level: Callable[..., str]) -> None:
    word.abstract(3, xml_level(0, "decimal", "%1."))
    word.paragraph("2025年建成学校3所。", (word.list(3), 0))
    assert lines(read_word(word)) == ["1. 2025年建成学校3所。"]


def test_tables_stand_where_they_stand_with_merged_cells(word: Any) -> None:
    word.paragraph("主要指标")
    table = word.document.add_table(rows=3, cols=4)
    for row, texts in enumerate(
        (("类别", "指标", "2020年", "2025年"), ("民生", "床位（张）", "120", "200"), ("", "学位（个）", "300", "450"))
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    word.paragraph("以上为主要指标。")
    source = read_word(word)
    assert lines(source) == [
        "主要指标",
        "类别\t指标\t2020年\t2025年",
        "民生\t床位（张）\t120\t200",
        "\t学位（个）\t300\t450",
        "以上为主要指标。",
    ]
    (found,) = source.tables
    cells = {(cell.row, cell.column): cell for cell in found.cells}
    assert cells[1, 0].rows == 2
    assert source.text[cells[2, 1].start : cells[2, 1].end] == "学位（个）"
    place = source.place_at(cells[2, 1].start)
    assert place is not None
    assert place.path == "body/tbl[1]/tr[3]/tc[2]/p[1]"


def test_a_table_in_a_cell_is_a_table_of_its_own(word: Any) -> None:
    outer = word.document.add_table(rows=2, cols=2)
    for column, text in enumerate(("项目", "说明")):
        outer.cell(0, column).text = text
    outer.cell(1, 0).text = "学校"
    inner = outer.cell(1, 1).add_table(rows=2, cols=2)
    for row in range(2):
        for column in range(2):
            inner.cell(row, column).text = f"内{row}{column}"
    source = read_word(word)
    assert [len(table.cells) for table in source.tables] == [2, 4]
    assert "内00\t内01\n内10\t内11" in source.text


def test_a_cell_that_holds_the_document_is_no_table(word: Any) -> None:
    cell = word.document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "一、扩大就业"
    cell.add_paragraph("新增就业5万人。")
    source = read_word(word)
    assert lines(source) == ["一、扩大就业", "新增就业5万人。"]
    assert not source.tables


def test_changes_read_as_accepted(word: Any) -> None:
    insert(
        word,
        f'<w:p {W}>{run("新建")}<w:del w:id="1" w:author="a"><w:r><w:delText>3</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="a">{run("5")}</w:ins>{run("所学校")}'
        f'<w:moveFrom w:id="3" w:author="a">{run("和医院")}</w:moveFrom></w:p>',
    )
    insert(word, f'<w:p {W}><w:pPr><w:rPr><w:del w:id="4" w:author="a"/></w:rPr></w:pPr>{run("被合并的一段，")}</w:p>')
    insert(word, f'<w:p {W}><w:moveTo w:id="5" w:author="a">{run("和下一段")}</w:moveTo></w:p>')
    assert lines(read_word(word)) == ["新建5所学校", "被合并的一段，和下一段"]


def test_fields_hidden_text_breaks_and_links(word: Any) -> None:
    def field(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    insert(
        word,
        f"<w:p {W}>{run('见')}{field('begin')}<w:r><w:instrText> PAGEREF x </w:instrText></w:r>{field('separate')}{run('第3页')}"
        f"{field('end')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:br/></w:r><w:hyperlink>{run('链接文字')}"
        f"</w:hyperlink><w:r><w:noBreakHyphen/></w:r><w:sdt><w:sdtContent>{run('控件文字')}</w:sdtContent></w:sdt></w:p>",
    )
    assert lines(read_word(word)) == ["见第3页", "链接文字-控件文字"]


def test_a_text_box_follows_its_paragraph_once(word: Any) -> None:
    box = f"<w:txbxContent><w:p>{run('专栏1 重点工程')}</w:p></w:txbxContent>"
    insert(
        word,
        f'<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml">'
        f"{run('正文一段。')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    assert lines(read_word(word)) == ["正文一段。", "专栏1 重点工程"]


def test_notes_follow_the_text_and_headers_stay_out(word: Any) -> None:
    section = word.document.sections[0]
    section.header.paragraphs[0].text = "内部资料"
    section.footer.paragraphs[0].text = "第1页"
    word.paragraph("到2025年，覆盖率达到90%。")
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p>{run("线")}</w:p></w:footnote>'
        f'<w:footnote w:id="1"><w:p>{run("覆盖率指服务到户的比例。")}</w:p></w:footnote></w:footnotes>'
    )
    source = read_bytes(with_part(word.bytes(), "word/footnotes.xml", notes), "plan.docx")
    assert lines(source) == ["到2025年，覆盖率达到90%。", "覆盖率指服务到户的比例。"]
    assert source.places[-1].path == "footnotes/footnote[2]/p[1]"


def test_every_stretch_has_its_place(word: Any, corpora: Path, numbered_docx: Callable[[str], bytes]) -> None:
    text = (corpora / "city-education-2024.txt").read_text(encoding="utf-8")
    source = read_bytes(numbered_docx(text), "plan.docx")
    assert all(source.place_at(at) is not None for at, sign in enumerate(source.text) if not sign.isspace())
    assert [place.start for place in source.places] == sorted(place.start for place in source.places)


def test_both_namespaces_of_the_standard(word: Any) -> None:
    word.paragraph("扩大就业")
    strict = (
        (
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        (
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )
    data = word.bytes()
    for old, new in strict:
        data = rewritten(data, lambda _, part, old=old, new=new: part.replace(old.encode(), new.encode()))
    assert lines(read_bytes(data, "plan.docx")) == ["扩大就业"]


def rewritten(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return a ZIP file with its parts changed; ``None`` leaves one out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return stream.getvalue()


def with_part(data: bytes, name: str, part: str) -> bytes:
    stream = io.BytesIO(rewritten(data, lambda each, content: None if each == name else content))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return stream.getvalue()


def test_a_broken_relationship_costs_nothing(word: Any) -> None:
    word.paragraph("扩大就业")

    def broken(name: str, part: bytes) -> bytes | None:
        if name.endswith("document.xml.rels"):
            return part.replace(b'Target="settings.xml"', b'Target="NULL"')
        return None if name.endswith(("settings.xml", "theme1.xml")) else part

    assert lines(read_bytes(rewritten(word.bytes(), broken), "plan.docx")) == ["扩大就业"]


BOMB = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a '好好好好好好好好好好'>{}]>".format(
    "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9))
)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda name, part: None if name == "word/document.xml" else part, "no Word file|a ZIP file"),
        (
            lambda name, part: part[:-40] if name == "word/document.xml" else part,
            r"word/document\.xml in it is damaged",
        ),
        (
            lambda name, part: (
                (BOMB + f"<w:document {W}><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>").encode()
                if name == "word/document.xml"
                else part
            ),
            "declares a document type",
        ),
        (
            lambda name, part: (
                f"<w:document {W}><w:body>{'<w:sdt>' * 5000}{'</w:sdt>' * 5000}</w:body></w:document>".encode()
                if name == "word/document.xml"
                else part
            ),
            "is damaged",
        ),
        (
            lambda name, part: f"<w:styles {W}/>".encode() if name == "word/document.xml" else part,
            "holds no document",
        ),
    ],
    ids=["no main part", "cut off", "entities", "deep", "other root"],
)
def test_a_file_that_is_no_word_file(word: Any, change: Callable[[str, bytes], bytes | None], reason: str) -> None:
    word.paragraph("扩大就业")
    with pytest.raises(ReadError, match=reason) as caught:
        read_bytes(rewritten(word.bytes(), change), "plan.docx")
    assert "\n" not in str(caught.value)
    assert ";" in str(caught.value)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"unpacked_bytes": 5_000}, "limit unpacked_bytes"),
        ({"entries": 3}, "limit entries"),
        ({"ratio": 2, "ratio_from": 1_000}, "limit ratio"),
        ({"file_bytes": 1_000}, "limit file_bytes"),
        ({"elements": 20}, "limit elements"),
        ({"characters": 5}, "limit characters"),
    ],
)
def test_limits(word: Any, limits: dict[str, int], reason: str) -> None:
    word.paragraph("扩大就业，新增岗位3000个。" * 200)
    with pytest.raises(ReadError, match=reason):
        read_word(word, **limits)


def test_sizes_that_an_archive_promises_are_not_believed() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 40_000_000)
    with pytest.raises(ReadError, match="limit ratio"):
        read_bytes(stream.getvalue(), "bomb.docx")


def test_the_content_decides_and_not_the_name(word: Any, tmp_path: Path) -> None:
    word.paragraph("扩大就业")
    path = tmp_path / "plan.txt"
    path.write_bytes(word.bytes())
    assert read(path).media_type.endswith("wordprocessingml.document")
    other = tmp_path / "plan.docx"
    other.write_text("一、扩大就业", encoding="gbk")
    assert read(other).text == "一、扩大就业"
