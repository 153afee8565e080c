"""PDF files made here: lines, columns, tables, what pages repeat, and files that cannot be read."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest

from policyparse import Source, parse, read
from policyparse.errors import ReadError
from policyparse.reading.files import read_bytes
from policyparse.reading.limits import Limits

pytest.importorskip("reportlab", reason="reportlab writes the PDF files of these tests")

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
LEFT, TOP, SIZE, LEADING = 90.0, 100.0, 16.0, 28.0
PER_LINE = 25

SENTENCE = "加快建设现代化产业体系，推动制造业高端化、智能化、绿色化发展，规模以上工业增加值增长6.5%左右，"
BODY = SENTENCE * 3 + "新增高新技术企业120家以上。"


class Paper:
    """Pages to print on, measured from the upper left corner."""

    def __init__(self, **options: object) -> None:
        registerFont(UnicodeCIDFont(FONT))
        self._file = io.BytesIO()
        self.canvas = Canvas(self._file, pagesize=(WIDTH, HEIGHT), **options)  # type: ignore[arg-type]

    def write(self, text: str, left: float, top: float, size: float = SIZE) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(left, HEIGHT - top, text)

    def paragraph(
        self, text: str, top: float, *, left: float = LEFT, per_line: int = PER_LINE, indent: int = 2
    ) -> float:
        """Write ``text`` in lines of ``per_line`` characters, the first indented; return where the next may begin."""
        for number, line in enumerate(self.wrapped(text, per_line, indent)):
            self.write(line, left + (indent * SIZE if number == 0 else 0), top)
            top += LEADING
        return top

    def wrapped(self, text: str, per_line: float = PER_LINE, indent: int = 2) -> list[str]:
        """Return ``text`` in lines as a printer sets them: no line begins with a comma or full stop."""
        lines, room = [""], (per_line - indent) * SIZE
        for char in text:
            if self.canvas.stringWidth(lines[-1] + char, FONT, SIZE) > room + 0.1:
                over = lines[-1][-1] if char in "，。；：、）%" else ""
                lines[-1] = lines[-1][: len(lines[-1]) - len(over)]
                lines.append(over)
                room = per_line * SIZE
            lines[-1] += char
        return lines

    def grid(self, across: list[float], down: list[float], cells: dict[tuple[int, int], str], size: float = 12) -> None:
        for x in across:
            self.canvas.line(x, HEIGHT - down[0], x, HEIGHT - down[-1])
        for y in down:
            self.canvas.line(across[0], HEIGHT - y, across[-1], HEIGHT - y)
        for (row, column), text in cells.items():
            self.write(text, across[column] + 4, down[row] + 18, size)

    def turn(self) -> None:
        self.canvas.showPage()

    def data(self) -> bytes:
        self.canvas.save()
        return self._file.getvalue()


def source(paper: Paper) -> Source:
    return read_bytes(paper.data(), "plan.pdf")


def lines(paper: Paper) -> list[str]:
    return source(paper).text.splitlines()


def test_lines_are_joined_to_paragraphs() -> None:
    paper = Paper()
    top = paper.paragraph(BODY, TOP)
    paper.paragraph(BODY[:60], top)
    assert lines(paper) == [BODY, BODY[:60]]


def test_a_heading_stands_alone() -> None:
    paper = Paper()
    paper.write("云州市促进制造业发展若干措施", 150, 80, 22)
    top = paper.paragraph("一、总体要求", TOP + 40)
    top = paper.paragraph(BODY, top)
    top = paper.paragraph("二、重点任务", top)
    paper.paragraph(BODY, top)
    assert lines(paper) == ["云州市促进制造业发展若干措施", "一、总体要求", BODY, "二、重点任务", BODY]


def test_paragraphs_without_indent_are_told_by_what_would_have_fitted() -> None:
    paper = Paper()
    top = paper.paragraph(BODY[:60], TOP, indent=0)
    paper.paragraph(BODY[:60], top, indent=0)
    assert lines(paper) == [BODY[:60], BODY[:60]]


def test_paragraphs_are_told_by_the_space_between_them() -> None:
    full = (BODY * 2)[: 4 * PER_LINE]
    paper = Paper()
    top = paper.paragraph(full, TOP, indent=0)
    paper.paragraph(full, top + LEADING, indent=0)
    assert lines(paper) == [full, full]


def test_a_paragraph_goes_on_over_the_page() -> None:
    paper = Paper()
    first = "".join(paper.wrapped(BODY)[:2])
    paper.paragraph(first, 700)
    paper.write("— 1 —", 280, 800, 12)
    paper.turn()
    paper.paragraph(BODY[len(first) :], TOP, indent=0)
    paper.write("— 2 —", 280, 800, 12)
    assert lines(paper) == [BODY]


@pytest.mark.parametrize(
    "shape", ["{n}", "- {n} -", "— {n} —", "第{n}页", "第 {n} 页 共 4 页", "{n}/4", "·{n}·", "云州市发展规划　　{n}"]
)
def test_page_numbers_go(shape: str) -> None:
    paper = Paper()
    texts = [f"第{word}页上的正文，{SENTENCE}" for word in "甲乙丙丁"]
    for number, text in enumerate(texts, 1):
        paper.paragraph(text, TOP)
        paper.write(shape.format(n=number), 280, 800, 10)
        paper.turn()
    assert lines(paper) == texts


def test_running_heads_go_and_the_title_stays() -> None:
    paper = Paper()
    paper.write("云州市“十五五”规划纲要", 160, 130, 24)
    for word in "甲乙丙":
        paper.write("云州市“十五五”规划纲要", 90, 50, 9)
        paper.paragraph(f"{word}、{SENTENCE}", 200)
        paper.turn()
    assert lines(paper) == ["云州市“十五五”规划纲要", *(f"{word}、{SENTENCE}" for word in "甲乙丙")]


def test_a_line_that_happens_to_stand_at_one_height_stays() -> None:
    paper = Paper()
    for number in (3, 8, 20):
        paper.paragraph(f"新建学校{number}所。", 60)
        paper.paragraph(BODY, TOP)
        paper.turn()
    assert [line for line in lines(paper) if len(line) < 20] == ["新建学校3所。", "新建学校8所。", "新建学校20所。"]


def test_characters_printed_twice_are_read_once() -> None:
    paper = Paper()
    for shift in (0, 0.3, 0.6):
        paper.write("一、总体要求", LEFT + shift, TOP)
    paper.paragraph(BODY, TOP + LEADING)
    assert lines(paper) == ["一、总体要求", BODY]


def test_a_title_printed_on_two_lines_is_read_once() -> None:
    paper = Paper()
    paper.write("云州市发展规划", 200, 80, 24)
    paper.write("云州市发展规划", 200, 120, 24)
    paper.paragraph(BODY, 180)
    assert lines(paper) == ["云州市发展规划", BODY]


def test_columns_are_read_one_after_the_other() -> None:
    paper = Paper()
    paper.write("云州市人民政府公报", 200, 80, 22)
    left, right = "左栏" + BODY, "右栏" + BODY
    top_left = paper.paragraph(left, 140, left=60, per_line=14)
    paper.paragraph(right, 140, left=320, per_line=14)
    paper.paragraph("通栏" + BODY, top_left + 60, left=60, per_line=30)
    assert lines(paper) == ["云州市人民政府公报", left, right, "通栏" + BODY]


def test_columns_written_line_by_line_across() -> None:
    paper = Paper()
    left, right = "左" + SENTENCE * 2, "右" + SENTENCE * 2
    for row, (one, other) in enumerate(zip(paper.wrapped(left, 14, 0), paper.wrapped(right, 14, 0), strict=True)):
        paper.write(one, 60, 140 + row * LEADING)
        paper.write(other, 320, 140 + row * LEADING)
    assert lines(paper) == [left, right]


def test_a_ruled_table_is_a_table() -> None:
    paper = Paper()
    paper.paragraph("主要指标如下。", TOP)
    paper.grid(
        [90, 220, 320, 420],
        [140, 170, 200, 230],
        {
            (0, 0): "指标", (0, 1): "2025年", (0, 2): "2030年",
            (1, 0): "森林覆盖率", (1, 1): "42.5%", (1, 2): "45%",
            (2, 0): "常住人口", (2, 2): "320万人",
        },
    )  # fmt: skip
    paper.paragraph("以上指标为预期性。", 270)
    found = source(paper)
    assert found.text == (
        "主要指标如下。\n指标\t2025年\t2030年\n森林覆盖率\t42.5%\t45%\n常住人口\t\t320万人\n以上指标为预期性。\n"
    )
    (table,) = found.tables
    cells = {(cell.row, cell.column): found.text[cell.start : cell.end] for cell in table.cells}
    assert cells[1, 1] == "42.5%"
    assert cells[2, 1] == ""
    assert len(cells) == 9


def test_cells_that_span() -> None:
    paper = Paper()
    for y in (140, 170, 200, 230):
        paper.canvas.line(90 if y != 200 else 220, HEIGHT - y, 420, HEIGHT - y)
    for x, down in ((90, 140), (220, 140), (320, 170), (420, 140)):
        paper.canvas.line(x, HEIGHT - down, x, HEIGHT - 230)
    for text, left, top in (("任务", 94, 160), ("目标", 224, 160), ("就业", 94, 205)):
        paper.write(text, left, top, 12)
    for text, left, top in (("上半年", 224, 190), ("3万人", 324, 190), ("全年", 224, 220), ("6万人", 324, 220)):
        paper.write(text, left, top, 12)
    (table,) = source(paper).tables
    spans = {(cell.row, cell.column): (cell.rows, cell.columns) for cell in table.cells}
    assert spans == {
        (0, 0): (1, 1),
        (0, 1): (1, 2),
        (1, 0): (2, 1),
        (1, 1): (1, 1),
        (1, 2): (1, 1),
        (2, 1): (1, 1),
        (2, 2): (1, 1),
    }


def test_a_table_that_is_open_at_the_sides_and_drawn_with_rectangles() -> None:
    paper = Paper()
    for y in (140, 170, 200):
        paper.canvas.rect(90, HEIGHT - y, 330, 0.7, stroke=0, fill=1)
    paper.canvas.rect(240, HEIGHT - 200, 0.7, 60, stroke=0, fill=1)
    for text, left, top in (("任务", 94, 160), ("单位", 250, 160), ("扩大就业", 94, 190), ("人社局", 250, 190)):
        paper.write(text, left, top, 12)
    assert source(paper).text == "任务\t单位\n扩大就业\t人社局\n"


def test_a_table_goes_on_over_the_page_without_its_head() -> None:
    paper = Paper()
    head = {(0, 0): "任务", (0, 1): "单位"}
    paper.grid([90, 300, 500], [700, 730, 760], {**head, (1, 0): "扩大就业", (1, 1): "人社局"})
    paper.turn()
    paper.grid([90, 300, 500], [80, 110, 140], {**head, (1, 0): "稳定物价", (1, 1): "发改委"})
    found = source(paper)
    assert found.text == "任务\t单位\n扩大就业\t人社局\n稳定物价\t发改委\n"
    assert len(found.tables) == 1
    assert found.place_at(found.text.index("发改委")).page == 2  # type: ignore[union-attr]


def test_cells_of_several_lines() -> None:
    paper = Paper()
    paper.grid([90, 220, 420], [140, 170, 260], {(0, 0): "任务", (0, 1): "要求", (1, 0): "扩大就业"})
    paper.write("实施就业优先战略，全年新增城镇", 226, 190, 12)
    paper.write("就业5万人。", 226, 210, 12)
    paper.write("稳定重点群体就业。", 226, 230, 12)
    assert (
        source(paper).text
        == "任务\t要求\n扩大就业\t实施就业优先战略，全年新增城镇就业5万人。\u2028稳定重点群体就业。\n"
    )


def test_a_frame_is_no_table() -> None:
    paper = Paper()
    top = paper.paragraph(BODY, TOP)
    paper.grid([85, 510], [top, top + 120], {})
    paper.write("专栏1　重点工程", 240, top + 20, 12)
    text = "建设数字乡村示范点30个，建成高标准农田12万亩，改造提升农村公路200公里，新建一批冷链物流设施。"
    for row, line in enumerate(paper.wrapped(text, 34, 0)):
        paper.write(line, 95, top + 50 + row * 20, SIZE * 0.75)
    found = source(paper)
    assert not found.tables
    assert found.text.splitlines()[1:] == [
        "专栏1　重点工程",
        text,
    ]


def test_every_line_has_its_place() -> None:
    paper = Paper()
    paper.paragraph(BODY, TOP)
    paper.turn()
    paper.paragraph("结尾。", TOP)
    found = source(paper)
    for place in found.places:
        assert place.page in (1, 2)
        assert place.box is not None
        left, top, right, bottom = place.box
        assert 0 <= left < right <= WIDTH
        assert 0 <= top < bottom <= HEIGHT
    first = found.places[0]
    assert found.text[first.start : first.end] == BODY[: PER_LINE - 2]
    assert first.box == pytest.approx((122, 86, 490, 102), abs=4)
    assert found.place_at(found.text.index("结尾")).page == 2  # type: ignore[union-attr]
    assert [place.start for place in found.places] == sorted(place.start for place in found.places)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_pages_that_lie_on_their_side(degrees: int) -> None:
    paper = Paper()
    paper.canvas.setPageRotation(degrees)
    matrices = {
        90: (0, 1, -1, 0, HEIGHT, 0),
        180: (-1, 0, 0, -1, WIDTH, HEIGHT),
        270: (0, -1, 1, 0, 0, WIDTH),
    }
    paper.canvas.transform(*matrices[degrees])
    # Where the font is missing, PDFium sees no Chinese line that runs upwards; figures it draws with another one.
    text = "新建学校12所，改造道路305公里，" * 5 + "新增绿地40公顷。"
    paper.paragraph(text, TOP)
    found = source(paper)
    assert found.text == text + "\n"
    assert found.places[0].box == pytest.approx((122, 86, 478, 102), abs=4)


def test_watermarks_that_lie_across_go() -> None:
    paper = Paper()
    paper.paragraph(BODY, TOP)
    paper.canvas.saveState()
    paper.canvas.translate(200, 300)
    paper.canvas.rotate(45)
    paper.canvas.setFont(FONT, 60)
    paper.canvas.drawString(0, 0, "内部资料")
    paper.canvas.restoreState()
    assert lines(paper) == [BODY]


def test_notes_at_the_foot_come_after_the_paragraph() -> None:
    paper = Paper()
    first = "".join(paper.wrapped(BODY)[:2])
    paper.paragraph(first, 600)
    paper.write("①指规模以上工业企业。", LEFT, 780, 10)
    paper.turn()
    top = paper.paragraph(BODY[len(first) :], TOP, indent=0)
    paper.paragraph("下一段。", top)
    assert lines(paper) == [BODY, "①指规模以上工业企业。", "下一段。"]


def test_latin_words_keep_their_spaces() -> None:
    paper = Paper()
    paper.paragraph("推进Internet of Things与PM2.5治理，建设5G基站 300 座。", TOP, per_line=60)
    (line,) = lines(paper)
    assert "Internet of Things" in line
    assert "PM2.5治理" in line
    assert line.replace(" ", "").endswith("建设5G基站300座。")


def test_the_same_document_says_the_same(corpora: Path) -> None:
    text = (corpora / "city-education-2024.txt").read_text(encoding="utf-8")
    paper = Paper()
    top = TOP
    for line in filter(None, (line.strip() for line in text.splitlines())):
        rows = len(line) // PER_LINE + 1
        if top + rows * LEADING > 780:
            paper.turn()
            top = TOP
        top = paper.paragraph(line, top)
    expected, found = parse(text), parse(source(paper))
    assert [(node.label, node.level) for node in found.nodes()] == [
        (node.label, node.level) for node in expected.nodes()
    ]
    assert [s.quantity.text for s in found.statements()] == [s.quantity.text for s in expected.statements()]
    assert found.source.media_type == "application/pdf"


def picture(paper: Paper) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    paper.canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "white")), 0, 0, WIDTH, HEIGHT)


def test_a_scan_says_what_to_do() -> None:
    paper = Paper()
    for number in (1, 2):
        picture(paper)
        paper.write(str(number), 290, 800, 9)
        paper.turn()
    with pytest.raises(ReadError, match=r"plan\.pdf: .*without a text layer \(a scan\); recognise the text .*ocrmypdf"):
        source(paper)


def test_single_pages_that_are_pictures_are_named() -> None:
    paper = Paper()
    paper.paragraph(BODY, TOP)
    paper.turn()
    picture(paper)
    paper.turn()
    found = source(paper)
    assert [(each.code, each.message) for each in found.diagnostics] == [
        ("page.picture", "page 2 is a picture without text, which was not read")
    ]
    assert found.text == BODY + "\n"


def test_encrypted_files() -> None:
    locked = Paper(encrypt=StandardEncryption("secret", "owner"))
    locked.paragraph(BODY, TOP)
    with pytest.raises(ReadError, match=r"plan\.pdf: this PDF is encrypted with a password; save a copy without one"):
        source(locked)
    open_to_all = Paper(encrypt=StandardEncryption("", "owner", canCopy=0))
    open_to_all.paragraph(BODY, TOP)
    assert lines(open_to_all) == [BODY]


def test_damaged_files() -> None:
    paper = Paper()
    paper.paragraph(BODY, TOP)
    data = paper.data()
    for broken in (b"%PDF-1.7\n", data[:400], b"%PDF-1.4\n" + b"x" * 5000, data[:100] + b"\0" * (len(data) - 100)):
        with pytest.raises(ReadError, match=r"plan\.pdf: (this PDF is damaged|there is no text).*;"):
            read_bytes(broken, "plan.pdf")


def raw_pdf(objects: list[bytes]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


def test_a_file_without_pages() -> None:
    with pytest.raises(ReadError, match=r"plan\.pdf: .*(no pages|damaged).*;"):
        read_bytes(raw_pdf([CATALOG, b"<< /Type /Pages /Kids [] /Count 0 >>"]), "plan.pdf")


def test_a_file_that_promises_pages() -> None:
    data = raw_pdf([CATALOG, b"<< /Type /Pages /Kids [] /Count 2000000000 >>"])
    with pytest.raises(ReadError, match=r"plan\.pdf: .*(pages|damaged).*;"):
        read_bytes(data, "plan.pdf")


def test_a_page_tree_that_bites_its_tail() -> None:
    with pytest.raises(ReadError, match=r"plan\.pdf: .*;"):
        read_bytes(raw_pdf([CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]), "plan.pdf")


def page_with(content: bytes) -> bytes:
    packed = zlib.compress(content)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return raw_pdf([CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream, font])


def test_a_million_objects() -> None:
    data = raw_pdf(
        [
            CATALOG,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R >>",
            *[b"null"] * 1_000_000,
        ]
    )
    with pytest.raises(ReadError, match="there is no text in it"):
        read_bytes(data, "plan.pdf")


def test_a_million_lines_on_a_page() -> None:
    lines = b"".join(b"%d %d m %d %d l S\n" % (i % 500, i % 800, i % 500 + 40, i % 800) for i in range(300_000))
    assert read_bytes(page_with(lines + b"BT /F 12 Tf 72 720 Td (Plan 2030) Tj ET"), "plan.pdf").text == "Plan 2030\n"


def test_limits() -> None:
    paper = Paper()
    for _ in range(3):
        paper.paragraph(BODY, TOP)
        paper.turn()
    data = paper.data()
    with pytest.raises(ReadError, match=r"plan\.pdf: has 3 pages, more than 2 \(limit pages\); raise the limit"):
        read_bytes(data, "plan.pdf", limits=Limits(pages=2))
    with pytest.raises(ReadError, match=r"more than 100 characters \(limit characters\); split it, or raise the limit"):
        read_bytes(data, "plan.pdf", limits=Limits(characters=100))
    with pytest.raises(ReadError, match=r"\(limit file_bytes\)"):
        read_bytes(data, "plan.pdf", limits=Limits(file_bytes=1000))


@pytest.mark.shared
def test_real_documents_agree_with_their_text(shared: Path) -> None:
    from benchmarks.formats import agreement, nodes, quantities

    totals = {nodes: [0, 0], quantities: [0, 0]}
    for path in sorted((shared / "real" / "pdf").glob("*.pdf")):
        expected, found = parse(read(path.with_suffix(".txt"))), parse(read(path))
        for layer, total in totals.items():
            agreed, _ = agreement(layer(expected), layer(found))
            total[0] += 2 * agreed.both
            total[1] += agreed.text + agreed.other
    assert totals[nodes][0] / totals[nodes][1] >= 0.96
    assert totals[quantities][0] / totals[quantities][1] >= 0.97


def test_pages_that_cannot_be_read_are_named() -> None:
    content = b"BT /F 12 Tf 72 720 Td (Plan 2030) Tj ET"
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    pages = b"<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>"
    found = read_bytes(raw_pdf([CATALOG, pages, page, stream, font]), "plan.pdf")
    assert found.text == "Plan 2030\n"
    assert [(each.code, each.message) for each in found.diagnostics] == [
        ("page.broken", "page 2 is damaged and was passed over")
    ]


def test_what_a_browser_prints_around_a_page_goes() -> None:
    paper = Paper()
    for number, word in enumerate("甲乙丙", 1):
        paper.write("2026/3/1 10:20", 30, 25, 8)
        paper.write("云州市促进就业若干措施_云州市人民政府", 220, 25, 8)
        paper.paragraph(f"{word}、{SENTENCE}", TOP)
        paper.write("https://www.example.org/2026/content_12345.html", 30, 825, 8)
        paper.write(f"{number}/3", 560, 825, 8)
        paper.turn()
    assert lines(paper) == [f"{word}、{SENTENCE}" for word in "甲乙丙"]


def test_a_table_of_three_lines() -> None:
    paper = Paper()
    paper.paragraph("主要指标如下。", TOP)
    for y in (140, 165, 245):
        paper.canvas.line(90, HEIGHT - y, 500, HEIGHT - y)
    rows = [
        ("指标", "2025年", "2030年"),
        ("森林覆盖率", "42.5%", "45%"),
        ("常住人口", "", "320万人"),
        ("研发投入强度", "2.1%", "2.8%"),
    ]
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            paper.write(text, (94, 260, 400)[column], (158, 185, 210, 235)[number], 12)
    paper.paragraph("以上指标为预期性。", 290)
    found = source(paper)
    assert found.text == (
        "主要指标如下。\n指标\t2025年\t2030年\n森林覆盖率\t42.5%\t45%\n常住人口\t\t320万人\n研发投入强度\t2.1%\t2.8%\n"
        "以上指标为预期性。\n"
    )
    assert len(found.tables) == 1


def test_text_between_lines_is_no_table() -> None:
    paper = Paper()
    for y in (60, 64, 700):
        paper.canvas.line(60, HEIGHT - y, 540, HEIGHT - y)
    left, right = "左" + SENTENCE * 2, "右" + SENTENCE * 2
    for row, (one, other) in enumerate(zip(paper.wrapped(left, 14, 0), paper.wrapped(right, 14, 0), strict=True)):
        paper.write(one, 60, 140 + row * LEADING)
        paper.write(other, 320, 140 + row * LEADING)
    found = source(paper)
    assert not found.tables
    assert found.text.splitlines() == [left, right]
    paper = Paper()
    for y in (60, 64, 700):
        paper.canvas.line(85, HEIGHT - y, 510, HEIGHT - y)
    top = paper.paragraph("第一章　总则", TOP)
    paper.paragraph(BODY, top)
    assert lines(paper) == ["第一章　总则", BODY]
