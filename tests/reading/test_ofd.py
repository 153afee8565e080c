"""OFD files made here, by the structure of GB/T 33190: pages, templates, text objects and paths."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from policyparse import Source, parse
from policyparse.errors import ReadError
from policyparse.reading.files import read_bytes
from policyparse.reading.limits import Limits

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE, PER_LINE, LEFT, STEP = 5.6, 28, 27.0, 9.9
SENTENCE = "加快建设现代化产业体系，推动制造业高端化、智能化、绿色化发展，新增高新技术企业120家以上。"
BODY = SENTENCE * 2


def width(text: str) -> float:
    return sum(SIZE / 2 if char.isascii() else SIZE for char in text)


def text_object(text: str, left: float, top: float, size: float = SIZE, extra: str = "") -> str:
    """Return a text object whose base line is at ``top`` millimetres; each character has its own distance."""
    steps = " ".join(f"{size / 2 if char.isascii() else size:g}" for char in text[:-1])
    return (
        f'<ofd:TextObject ID="1" Boundary="{left} {top - size} 180 {size * 1.2}" Font="1" Size="{size}" {extra}>'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def path_object(data: str, extra: str = "") -> str:
    return (
        f'<ofd:PathObject ID="2" Boundary="0 0 210 297" LineWidth="0.3" {extra}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def paragraph(text: str, top: float, indent: int = 2) -> tuple[str, float]:
    objects, line, room, left = [], "", (PER_LINE - indent) * SIZE, LEFT + indent * SIZE
    for char in [*text, ""]:
        if not char or width(line + char) > room + 0.01:
            objects.append(text_object(line, left, top))
            line, room, left, top = "", PER_LINE * SIZE, LEFT, top + STEP
        line += char
    return "".join(objects), top


def page(*objects: str, before: str = "") -> str:
    return (
        f'<ofd:Page {NS}>{before}<ofd:Content><ofd:Layer ID="9" Type="Body">{"".join(objects)}</ofd:Layer>'
        "</ofd:Content></ofd:Page>"
    )


def ofd(*pages: str, template: str = "", **parts: str) -> bytes:
    templates = '<ofd:TemplatePage ID="77" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    files = {
        "OFD.xml": f'<ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID>'
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{templates}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)},
        **({"Doc_0/Tpls/Tpl_0/Content.xml": template} if template else {}),
        **{name.replace("__", "/"): content for name, content in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if content:
                archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}'.encode())
    return out.getvalue()


def read(data: bytes) -> Source:
    return read_bytes(data, "plan.ofd")


def test_lines_are_joined_to_paragraphs_also_over_pages() -> None:
    first, top = paragraph("一、总体要求", 40)
    second, _ = paragraph(BODY[:26], top)
    rest, _ = paragraph(BODY[26:], 30, indent=0)
    source = read(
        ofd(page(first, second, text_object("— 1 —", 100, 285, 4)), page(rest, text_object("— 2 —", 100, 285, 4)))
    )
    assert source.text == f"一、总体要求\n{BODY}\n"
    assert source.media_type == "application/ofd"


def test_every_line_has_its_place() -> None:
    content, _ = paragraph(BODY, 40)
    source = read(ofd(page(), page(content)))
    place = source.places[0]
    assert place.page == 2
    assert source.text[place.start : place.end] == BODY[:26]
    points = 72 / 25.4
    left, right = (LEFT + 2 * SIZE) * points, (LEFT + PER_LINE * SIZE) * points
    assert place.box == pytest.approx((left, (40 - SIZE) * points, right, 40 * points), abs=3)


@pytest.mark.parametrize(
    "code",
    [
        '<ofd:TextCode X="0" Y="5" DeltaX="g 4 5 2.5 2.5 2.5 g 2 5">新增岗位500个。</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="5" DeltaX="g 99999999 5">新增岗位500个。</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="5">新增岗位500个。</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="5" DeltaX="g g x 5">新增岗位500个。</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="5">新增</ofd:TextCode><ofd:TextCode X="10" Y="5">岗位500个。</ofd:TextCode>',
    ],
)
def test_distances_between_characters(code: str) -> None:
    item = f'<ofd:TextObject ID="1" Boundary="20 20 100 6" Font="1" Size="5">{code}</ofd:TextObject>'
    assert read(ofd(page(item))).text.replace("\u3000", "").replace(" ", "") == "新增岗位500个。\n"


def test_matrices_scale_and_move() -> None:
    item = (
        '<ofd:TextObject ID="1" Boundary="20 20 100 6" Font="1" Size="1" CTM="5 0 0 5 3 0">'
        '<ofd:TextCode X="0" Y="1" DeltaX="g 3 1">新增岗位</ofd:TextCode></ofd:TextObject>'
    )
    source = read(ofd(page(item)))
    assert source.text == "新增岗位\n"
    assert source.places[0].box == pytest.approx([mm * 72 / 25.4 for mm in (23, 20.6, 43, 25.6)], abs=1)


def test_slanted_and_hidden_text_goes() -> None:
    content, _ = paragraph(BODY, 40)
    slanted = text_object("内部资料", 60, 150, 20, 'CTM="0.7 -0.7 0.7 0.7 0 0"')
    hidden = text_object("看不见", 60, 200, 5, 'Visible="false"')
    assert read(ofd(page(content, slanted, hidden))).text == BODY + "\n"


def test_blocks_and_templates() -> None:
    content, _ = paragraph(BODY, 60)
    template = page(text_object("云州市人民政府文件", 60, 40, 8))
    use = '<ofd:Template TemplateID="77" ZOrder="Background"/><ofd:Template TemplateID="78"/>'
    nested = "<ofd:PageBlock>" * 3 + content + "</ofd:PageBlock>" * 3
    assert read(ofd(page(nested, before=use), template=template)).text == f"云州市人民政府文件\n{BODY}\n"


@pytest.mark.parametrize(
    "rules",
    [
        [path_object("M 30 40 L 150 40 M 30 50 L 150 50 M 30 60 L 150 60"), path_object("M 30 40 L 30 60 M 90 40 L 90 60 M 150 40 L 150 60")],
        [path_object(f"S {x} {y} L {x + 60} {y} L {x + 60} {y + 10} L {x} {y + 10} C") for x in (30, 90) for y in (40, 50)],
        [path_object(f"M {x} {y} L {x + w} {y} L {x + w} {y + h} L {x} {y + h} C", 'Fill="true" Stroke="false"')
         for x, y, w, h in ((30, 40, 120, 0.2), (30, 50, 120, 0.2), (30, 60, 120, 0.2), (30, 40, 0.2, 20), (90, 40, 0.2, 20), (150, 40, 0.2, 20))],
    ],
)  # fmt: skip
def test_a_ruled_table_is_a_table(rules: list[str]) -> None:
    words = [("指标", 32, 47), ("2025年", 92, 47), ("森林覆盖率", 32, 57), ("42.5%", 92, 57)]
    source = read(ofd(page(*rules, *(text_object(text, left, top, 4) for text, left, top in words))))
    assert source.text == "指标\t2025年\n森林覆盖率\t42.5%\n"
    assert len(source.tables) == 1


def test_what_is_found_stands_where_the_text_has_it() -> None:
    content, _ = paragraph("一、" + SENTENCE, 40)
    document = parse(read(ofd(page(content))))
    assert [statement.quantity.text for statement in document.statements()] == ["120家"]
    assert [node.label for node in document.nodes()] == ["一、"]


def test_paths_may_be_absolute() -> None:
    data = ofd(page(paragraph(BODY, 40)[0]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b">Doc_0/", b">/Doc_0/").replace(b'"Pages/', b'"/Doc_0/Pages/'))
    assert read(out.getvalue()).text == BODY + "\n"


def test_a_scan_says_what_to_do() -> None:
    image = '<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="5"/>'
    with pytest.raises(ReadError, match=r"plan\.ofd: .*\(a scan\); recognise the text first"):
        read(ofd(page(image)))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (ofd(), "this OFD file has no pages"),
        (ofd(page(), Doc_0__Document__xml=""), "there is no text in it"),
        (ofd(page())[:-40], "is damaged|not read"),
        (ofd(page("<ofd:Unclosed>")), "is damaged"),
        (ofd(page().replace("Content", "Inhalt")), "there is no text in it"),
        (
            ofd('<!DOCTYPE a [<!ENTITY b "c">]>' + page(text_object("&b;", 20, 20))),
            "declares a document type|is damaged",
        ),
    ],
)
def test_damaged_files(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        read(data)
    assert ";" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_parts_that_are_missing_or_lie_outside() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "OFD.xml", f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocRoot>../../etc/passwd</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        )
    with pytest.raises(ReadError, match=r"plan\.ofd: .* is missing in this OFD file; get the file again"):
        read(out.getvalue())


def test_entities_are_not_expanded() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE ofd [<!ENTITY l0 "啊">{levels}]><ofd:OFD {NS}><ofd:DocRoot>&l9;</ofd:DocRoot></ofd:OFD>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("OFD.xml", bomb.encode())
    with pytest.raises(ReadError, match=r"plan\.ofd: "):
        read(out.getvalue())


def test_limits() -> None:
    content = page(paragraph(BODY, 40)[0])
    data = ofd(*[content] * 4)
    for limits, reason in (
        (Limits(pages=3), "limit pages"),
        (Limits(characters=50), "limit characters"),
        (Limits(entries=3), "limit entries"),
        (Limits(unpacked_bytes=2000), "limit unpacked_bytes"),
        (Limits(ratio=2, ratio_from=1), "limit ratio"),
    ):
        with pytest.raises(ReadError, match=reason):
            read_bytes(data, "plan.ofd", limits=limits)


def test_a_bomb_of_one_page() -> None:
    data = ofd(page(" " * 40_000_000))
    assert len(data) < 200_000
    with pytest.raises(ReadError, match="limit ratio"):
        read(data)
