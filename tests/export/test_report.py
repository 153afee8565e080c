"""The page of a document: all of its text, everything marked at its place, and nothing of it obeyed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from policyparse import Source, parse, read, report
from policyparse.cli import run
from policyparse.errors import UsageError
from policyparse.export.marked_text import Mark, MarkedText, visible

HOSTILE = (
    "一、</script><script>alert(1)</script>\"引号'<img src=x onerror=alert(2)>\n"
    "1.新建幼儿园5所<!--，\u202e学位\x00\x07\x7f\u200f1500个\u2028。（责任单位：市教育局</td><b>）\n{{ 7 * 7 }}${x}&amp;\n"
)


class Page(HTMLParser):
    """Collects the text of the middle column, the tags, and ids with the text of their elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.paragraphs: list[str] = []
        self.named: dict[str, str] = {}
        self.data: list[str] = []
        self._inside = False
        self._name = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.tags.append(tag)
        self.attributes += attributes
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if (given.get("href") or "").startswith("#"):
            self.targets.append(str(given["href"])[1:])
        if tag == "main":
            self._inside = True
        if self._inside and (tag in ("p", "td") or re.match(r"h\d", tag)):
            self.paragraphs.append("")
        self._name = str(given.get("id") or "") if tag in ("a", "span") else ""

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "main"
        self._name = ""

    def handle_data(self, data: str) -> None:
        if self._inside and self.paragraphs:
            self.paragraphs[-1] += data
        elif not self._inside:
            self.data.append(data)
        if self._name:
            self.named[self._name] = data


def page_of(source: Source, **options: str) -> Page:
    return Page(report(parse(source), source, **options))  # type: ignore[arg-type]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def documents(corpora: Path) -> Iterator[Source]:
    for path in sorted(corpora.glob("*.txt")):
        yield read(path)


def test_all_of_the_text_and_every_finding(corpora: Path) -> None:
    for source in documents(corpora):
        document = parse(source)
        page = Page(report(document, source))
        assert squeezed("".join(page.paragraphs)) == squeezed(visible(source.text))
        assert len(page.ids) == len(set(page.ids))
        assert set(page.targets) <= {*page.ids}
        for one in document.statements():
            assert one.quantity.text.startswith(page.named[f"at-{one.id}"])
            assert f"row-{one.id}" in page.ids
        for duty in document.responsibilities:
            assert duty.entity.text.startswith(page.named[f"at-{duty.id}"])
        assert {f"n-{node.id}" for node in document.nodes()} <= set(page.ids)


def test_nothing_from_outside(corpora: Path) -> None:
    source = read(corpora / "city-education-2024.txt")
    text = report(parse(source), source)
    assert not re.findall(r"(?i)(?:src|href|action)\s*=\s*[\"']?(?!#|[\"'])[^\s>]", text)
    assert not re.findall(r"(?i)https?://|@import|url\(", text)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert "default-src &#39;none&#39;" in policy.group(1)
    assert "unsafe-inline" not in policy.group(1).split("script-src")[1].split(";")[0]


def test_hostile_text_is_shown_as_text() -> None:
    source = Source(name='"><script>x</script>', text=HOSTILE)
    usual = page_of(Source(name="x", text="一、甲\n1.新建幼儿园5所，学位1500个。（责任单位：市教育局）\n乙\n"))
    page = page_of(source)
    assert set(page.tags) <= set(usual.tags)
    assert page.tags.count("script") == usual.tags.count("script") == 2
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    shown = "".join(page.paragraphs)
    assert "</script><script>alert(1)</script>" in shown
    assert "{{ 7 * 7 }}${x}&amp;" in shown
    assert "[U+202E]" in shown
    assert "\u2400\u2407\u2421[U+200F]" in shown
    everything = report(parse(source), source)
    assert not re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", everything)


def test_spans_may_overlap_and_nest() -> None:
    text = "甲乙丙丁戊己"
    marks = [Mark(0, 4, "a", "1", "row-1"), Mark(2, 6, "b", "2", "row-2"), Mark(3, 4, "c", "3"), Mark(3, 3, "d")]
    marked = MarkedText(text, marks, [(1, 6, "s1")], [(2, "n-1"), (4, "n-2")])
    pieces = [*marked.pieces(0, 3), *marked.pieces(3, 6)]
    assert [(one.text, one.classes, one.keys, one.sentences) for one in pieces] == [
        ("甲", "a", "1", ""),
        ("乙", "a", "1", "s1"),
        ("丙", "a b", "1 2", "s1"),
        ("丁", "a b c", "1 2 3", "s1"),
        ("戊己", "b", "2", "s1"),
    ]
    assert [(one.anchor, one.more, one.row) for one in pieces] == [
        ("at-1", [], "row-1"),
        ("", [], "row-1"),
        ("at-2", ["n-1"], "row-2"),
        ("", [], "row-2"),
        ("n-2", [], "row-2"),
    ]


def test_wrapped_lines_are_one_paragraph_and_tables_are_tables(tmp_path: Path) -> None:
    line = "持续完善服务体系，不断提升服务水平，切实增强群众获得感，并且推进公共服务"
    text = f"一、工作安排\n{line}\n{line}\n{line}\n{line}。\n"
    assert any(paragraph.count(line) == 4 for paragraph in page_of(Source(name="x", text=text)).paragraphs)
    path = tmp_path / "x.html"
    path.write_text(
        "<html><body><table><tr><td>指标</td><td>2025年目标</td></tr><tr><td>学位</td><td>1500个</td></tr></table></body></html>",
        "utf-8",
    )
    page = page_of(read(path))
    assert [one.strip() for one in page.paragraphs if one] == ["指标", "2025年目标", "学位", "1500个"]


def test_thirty_thousand_characters_are_quick() -> None:
    item = "新建幼儿园5所，新增学位1500个，义务教育巩固率达到99%以上。（责任单位：市教育局、市财政局）\n"
    source = Source(name="x", text="一、教育\n" + "".join(f"{number}.{item}" for number in range(1, 600)))
    assert len(source.text) > 29_000
    document = parse(source)
    started = time.perf_counter()
    page = report(document, source)
    assert time.perf_counter() - started < 5
    assert len(page) < 4_000_000


def test_odd_texts() -> None:
    for text in ("", "\n\n", " ", "\x00", "一", "\ufeff一、\r\n二、\r\n", "\t\t\n5所"):
        assert page_of(Source(name="x", text=text)).tags
    with pytest.raises(UsageError, match="another text"):
        report(parse("新建5所。"), Source(name="text", text="新建6所。"))


def test_command(tmp_path: Path, corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = str(corpora / "elderly-care-plan-2026.txt")
    out = tmp_path / "报告.html"
    assert run(["report", plan, "--out", str(out)]) == 0
    assert "按角色" in out.read_text("utf-8")
    assert run(["report", plan, "--lang", "en"]) == 0
    assert "By role" in capsys.readouterr().out
    assert run(["report", plan, "--out", plan]) == 2
    assert run(["report", str(tmp_path / "none.txt"), "--out", str(out)]) == 1
