"""Web pages: the document in them, and pages that nobody should write."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from policyparse import parse
from policyparse.errors import ReadError
from policyparse.model import Source
from policyparse.reading import Limits, read_bytes

TITLE = "岚山市人民政府关于印发岚山市养老服务发展规划的通知"
BODY = """
<p align="center">岚政发〔2021〕28号</p>
<p>各县（区）人民政府：</p>
<p align="right">岚山市人民政府<br/>2021年12月28日</p>
<p><strong><span style="font-family:黑体">一、发<span>展</span>目标</span></strong></p>
<p>　　（一）<b>扩大供给。</b>到2025年，新增养老床位<span>2</span><span>400</span>张，占比不低于<font>55&#37;</font>。<br>　　（二）提升质量。</p>
<div style="display:none">推荐内容99个</div>
<table border="1"><tr><th rowspan="2">指标</th><th colspan="2">数值</th></tr><tr><th>2020年</th><th>2025年</th></tr>
<tr><td>养老床位（万张）</td><td>1.2</td><td>1.44</td></tr></table>
"""
LINES = [
    "岚政发〔2021〕28号",
    "各县（区）人民政府：",
    "岚山市人民政府",
    "2021年12月28日",
    "一、发展目标",
    "　　（一）扩大供给。到2025年，新增养老床位2400张，占比不低于55%。",
    "　　（二）提升质量。",
    "指标\t数值",
    "\t2020年\t2025年",
    "养老床位（万张）\t1.2\t1.44",
]
PAGE = f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=CHARSET"/>
<title>{TITLE}_岚山市人民政府门户网站</title><meta name="ArticleTitle" content="{TITLE}"/>
<script>document.write("<p>二、脚本</p>");</script><style>p {{color: red}}</style></head>
<body><form id="aspnetForm"><div class="header"><div class="nav"><ul><li><a href="/">首页</a></li><li>政务公开</li></ul></div></div>
<div class="crumbs">您现在的位置：<a href="/">首页</a> &gt; 规划计划</div>
<table class="head"><tr><td><b>索&nbsp;&nbsp;引&nbsp;&nbsp;号：</b></td><td>LS000-2021-00012</td><td><b>发文机关：</b></td>
<td>岚山市人民政府</td></tr><tr><td><b>成文日期：</b></td><td>2021年12月28日</td><td>文　　号：</td><td>岚政发〔2021〕28号</td></tr></table>
<h1>{TITLE}</h1>
<div class="info">发布时间：2021-12-30 10:20　【字体：<a>大</a> <a>中</a> <a>小</a>】　<a>打印</a></div>
<div class="bdsharebuttonbox">分享到：<a>微信</a></div>
<div class="CLASS" id="ID">{BODY}</div>
<div class="share">扫一扫在手机打开当前页</div>
<div class="xgwz"><h3>相关文章</h3><ul><li><a>一图读懂规划</a></li></ul></div></form>
<div class="footer">主办单位：岚山市人民政府办公室　ICP备12345号</div></body></html>
"""
METADATA = [
    "索引号：LS000-2021-00012",
    "发文机关：岚山市人民政府",
    "成文日期：2021年12月28日",
    "文号：岚政发〔2021〕28号",
]


def page(charset: str = "utf-8", css: str = "TRS_Editor", key: str = "x") -> str:
    return PAGE.replace("CHARSET", charset).replace("CLASS", css).replace('id="ID"', f'id="{key}"')


def read_page(text: str, encoding: str = "utf-8") -> Source:
    return read_bytes(text.encode(encoding), "page.html")


def lines(source: Source) -> list[str]:
    return [line for line in source.text.split("\n") if line]


@pytest.mark.parametrize(
    ("css", "key"), [("TRS_Editor", "x"), ("content", "zoom"), ("b12c", "UCAP-CONTENT"), ("article-content", "x")]
)
def test_the_document_of_a_page(css: str, key: str) -> None:
    source = read_page(page(css=css, key=key))
    assert lines(source) == [*METADATA, TITLE, *LINES]
    assert source.media_type == "text/html"
    assert [(source.text[h.start : h.end], h.level) for h in source.headings] == [(TITLE, 1)]
    document = parse(source)
    assert (document.metadata.title, document.metadata.doc_number) == (TITLE, "岚政发〔2021〕28号")
    assert [node.label for node in document.nodes()] == ["一、", "（一）", "（二）"]
    assert [(t.quantity.text, t.quantity.unit) for t in document.targets] == [
        ("2400张", "张"),
        ("55%", "%"),
        ("1.44", "张"),
    ]


def test_a_page_that_names_its_parts_by_nothing_we_know() -> None:
    text = lines(read_page(page(css="q1", key="q2")))
    assert text[-len(LINES) :] == LINES
    assert not any(word in line for line in text for word in ("首页", "分享", "扫一扫", "ICP备", "脚本", "99"))


@pytest.mark.parametrize(
    ("encoding", "declared", "found"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("gb18030", "gb2312", "gb18030"),
        ("utf-8", "gb2312", "utf-8"),
        ("gb18030", "utf-8", "gb18030"),
        ("utf-8-sig", "gbk", "utf-8-sig"),
        ("utf-16", "utf-16", "utf-16"),
    ],
)
def test_the_charset_is_that_of_the_bytes(encoding: str, declared: str, found: str) -> None:
    source = read_page(page(declared), encoding)
    assert source.encoding == found
    assert TITLE in source.text


def test_a_few_broken_bytes_are_marked() -> None:
    data = page().encode().replace("扩大供给".encode(), "扩大供给".encode()[:-1], 1)
    source = read_bytes(data, "page.html")
    assert "\ufffd" in source.text
    assert [found.code for found in source.diagnostics] == ["text.broken"]


def test_places_name_the_elements() -> None:
    source = read_page("<html><body><div><p>一、扩大就业</p><p>新增<b>5</b>万人。<br>完成。</p></div></body></html>")
    assert [(source.text[p.start : p.end], p.path) for p in source.places] == [
        ("一、扩大就业", "/html/body/div/p[1]"),
        ("新增5万人。", "/html/body/div/p[2]"),
        ("完成。", "/html/body/div/p[2]"),
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<p>一、总&#x8981;求&nbsp;&ldquo;十四五&rdquo;&hellip;&#160;&lt;1&gt;</p>",
            "一、总要求\u00a0“十四五”…\u00a0<1>",
        ),
        ("<p>两次转义&amp;nbsp;与&amp;ldquo;引号&amp;rdquo;</p>", "两次转义\u00a0与“引号”"),
        ("<div>扩大\n   就业，\r\n新增  5 万人</div>", "扩大就业，新增 5 万人"),
        ("<p>甲<br><br/>乙</p>丙<div>丁</div>戊", "甲\n乙\n丙\n丁\n戊"),
        ("<ol><li>扩大就业</li><li>改善民生</li></ol>", "1.扩大就业\n2.改善民生"),
        ('<ol style="list-style-type:cjk-ideographic" start="3"><li>扩大就业</li></ol>', "三、扩大就业"),
        ("<ol><li>一、扩大就业</li></ol><ul><li>改善民生</li></ul>", "一、扩大就业\n改善民生"),
        ("<p>新建<del>3</del><ins>5</ins>所</p><script>x</script><textarea>y</textarea>", "新建5所"),
        ("<table><tr><td><p>一、扩大就业</p></td></tr></table>", "一、扩大就业"),
        ("<p>【字体：大 中 小】</p><p>扩大就业</p><p>打印</p>", "扩大就业"),
        ("<p>没有<i>结束的<p>段落<b>", "没有结束的\n段落"),
    ],
)
def test_pieces(html: str, text: str) -> None:
    assert lines(read_page(f"<html><body>{html}</body></html>")) == text.split("\n")


def test_spans_of_cells() -> None:
    html = (
        "<table><tr><td rowspan=2>甲</td><td colspan='2'>乙</td></tr><tr><td>丙<p>丁</p></td><td>戊</td></tr></table>"
    )
    source = read_page(f"<html><body>{html}</body></html>")
    assert source.text == "甲\t乙\n\t丙\u2028丁\t戊\n"
    assert [(c.row, c.column, c.rows, c.columns) for c in source.tables[0].cells] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "扩大就业",
        "<table><tr><td>" * 50_000 + "扩大就业",
        "<ul><li>" * 50_000,
        "<html>" + "<a><p>" * 50_000,
    ],
)
def test_a_hundred_thousand_elements_deep(html: str) -> None:
    begin = time.perf_counter()
    with pytest.raises(ReadError, match=r"nested more than 256 deep.*; save its text"):
        read_page(f"<html><body>{html}</body></html>")
    assert time.perf_counter() - begin < 5


def test_inline_elements_that_never_end_are_no_depth() -> None:
    html = "".join(f"<p>{'<font size=2><b>' * 3}第{n}段。</p>" for n in range(400))
    assert len(lines(read_page(f"<html><body>{html}</body></html>"))) == 400


@pytest.mark.parametrize(
    "html",
    [
        "<p>扩大就业</p>" * 20_000,
        "<table>" + "<tr><td rowspan=60000 colspan=1000>甲</td><td>乙</td></tr>" * 5_000 + "</table>",
        "<p>" + "扩大<b>就业</b>" * 50_000 + "</p>",
        "</p></div></table>" * 20_000 + "<p>扩大就业</p>",
        "&nbsp;" * 100_000 + "扩大就业",
        "<p class='" + "nav " * 50_000 + "'>扩大就业</p>",
    ],
    ids=["paragraphs", "spans", "inline", "ends", "spaces", "classes"],
)
def test_time_grows_with_the_page(html: str) -> None:
    begin = time.perf_counter()
    assert "就业" in (text := read_page(f"<html><body>{html}</body></html>").text) or "甲" in text
    assert time.perf_counter() - begin < 10


def test_no_entity_of_its_own_and_no_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密文件", encoding="utf-8")
    html = f'<!DOCTYPE html [<!ENTITY a SYSTEM "{secret.as_uri()}"><!ENTITY b "&a;&a;">]><html><body><p>扩大就业&a;&b;</p></body></html>'
    assert "秘密" not in read_page(html).text


def test_limits_of_a_page() -> None:
    with pytest.raises(ReadError, match="limit elements"):
        read_bytes(b"<html>" + b"<p>x</p>" * 1_000, "page.html", limits=Limits(elements=100))


def test_a_page_without_text() -> None:
    with pytest.raises(ReadError, match="there is no text in it"):
        read_page("<html><head><title>首页</title></head><body><script>1</script></body></html>")


@pytest.mark.shared
def test_the_same_documents_as_text(shared: Path) -> None:
    from benchmarks.formats import LAYERS, Agreement, agreement, pairs

    totals = {layer: Agreement() for layer in LAYERS}
    for text, other in pairs(shared / "real" / "html"):
        expected, found = (parse(read_bytes(path.read_bytes(), path.name)) for path in (text, other))
        for layer, of in LAYERS.items():
            totals[layer] += agreement(of(expected), of(found))[0]
    assert totals["nodes"].f1 >= 0.97
    assert totals["quantities"].f1 >= 0.98


def test_a_document_that_only_a_script_would_show() -> None:
    for style in ("visibility: hidden; opacity: 0", "display:none"):
        hidden = page(css="rich_media_content", key="js_content").replace(
            '<div class="rich', f'<div style="{style}" class="rich'
        )
        assert lines(read_page(hidden))[-len(LINES) :] == LINES
