"""What of a Markdown text is markup: tables of text and the words that remain."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse import Source, parse, read
from policyparse.reading import source_of
from policyparse.reading.markdown import is_markdown, markdown_markup


def words(text: str) -> str:
    """Return ``text`` without what is markup."""
    kept, at = [], 0
    for start, end in markdown_markup(text)[0]:
        kept.append(text[at:start])
        at = end
    return "".join((*kept, text[at:]))


@pytest.mark.parametrize(
    ("text", "remains"),
    [
        ("## 一、总体要求", "一、总体要求"),
        ("##一、总体要求", "一、总体要求"),
        ("# 总体要求 #", "总体要求"),
        ("#话题", "#话题"),
        ("总体要求\n====\n正文", "总体要求\n\n正文"),
        ("正文\n\n---\n\n正文", "正文\n\n\n\n正文"),
        ("正文\n\n* * *\n\n正文", "正文\n\n\n\n正文"),
        ("**一是**扩大就业", "一是扩大就业"),
        ("新增**5万**人、__3所__学校", "新增5万人、3所学校"),
        ("*新增*5万人，***确保***完成", "新增5万人，确保完成"),
        ("3*4*5平方米", "3*4*5平方米"),
        ("snake_case_name", "snake_case_name"),
        ("*注：口径有调整。", "*注：口径有调整。"),
        ("**没有结尾", "**没有结尾"),
        ("**一段。\n\n另一段**", "**一段。\n\n另一段**"),
        ("- 新增5万人\n* 新建3所\n+ 改造2处", "新增5万人\n新建3所\n改造2处"),
        ("1. 新增5万人\n2. 新建3所", "1. 新增5万人\n2. 新建3所"),
        ("1\\. 新增5万人\\\n下一行", "1. 新增5万人\n下一行"),
        ("> 引文\n> > 更深", "引文\n更深"),
        ('见[规划](https://example.org/plan.html "全文")第三章', "见规划第三章"),
        ("![图](./图1.png)说明", "说明"),
        ("[责任单位：教育局](牵头)", "[责任单位：教育局](牵头)"),
        ("[责任单位：教育局]", "[责任单位：教育局]"),
        ("文字[^1]\n\n[^1]: http://example.org 注", "文字\n\n"),
        ("```text\n新增5万人\n```", "\n新增5万人\n"),
        ("新增`5万`人<br>，~~不~~<u>超过</u>3%&nbsp;", "新增5万人，不超过3%"),
        ("PM2.5<35微克，3<5", "PM2.5<35微克，3<5"),
        ("|指标|2025年|\n|---|:---:|\n|就业|5万人|", "|指标|2025年|\n\n|就业|5万人|"),
        ("正文<!-- 注\n释 -->正文", "正文正文"),
        ("---\ntitle: 规划\ntags:\n- 教育\n---\n正文", "正文"),
        ("---\n规划\n---\n正文", "\n规划\n\n正文"),
        ('+++\ntitle = "规划"\n+++\n正文', "正文"),
        ("## 一、要求\r\n**重点**\r\n", "一、要求\r\n重点\r\n"),
        ("——规模扩大。……", "——规模扩大。……"),
        ("一一一一", "一一一一"),
    ],
)
def test_markup_is_not_text(text: str, remains: str) -> None:
    assert words(text) == remains


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("# 规划\n## 一、总体要求\n正文", [(1, "规划"), (2, "一、总体要求")]),
        ("## **（一）目标** ##\n", [(2, "（一）目标")]),
        ("规划\n===\n\n要求\r\n---\r\n正文", [(1, "规划"), (2, "要求")]),
        ("一段正文的第一行\n第二行\n---\n", []),
        ("# \n#\n正文", []),
        ("正文\n\n---\n正文", []),
    ],
)
def test_headings_are_without_their_markup(text: str, headings: list[tuple[int, str]]) -> None:
    found = markdown_markup(text)[1]
    assert [(h.level, text[h.start : h.end]) for h in found] == headings


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        ("一、总体要求\n新增5万人。", False, False),
        ("一、总体要求\n新增5万人。", True, True),
        ("## 一、总体要求\n", False, True),
        ("**关于促进就业的意见**\n", False, True),
        ("申请人张**与李**", False, False),
        ("---\ntitle: 规划\n---\n正文", False, True),
        ("——————\n正文", False, False),
    ],
)
def test_content_decides_what_is_markdown(text: str, named: bool, expected: bool) -> None:
    assert is_markdown(text, named=named) is expected


def test_findings_stand_where_the_file_has_them() -> None:
    text = "---\ntitle: 计划\n---\n## 一、**就业**\n- 全年新增城镇就业**5万人**以上。\n"
    source = source_of(text, name="plan.md")
    assert source.media_type == "text/markdown"
    (target,) = parse(source).targets
    assert text[target.quantity.start : target.quantity.end] == target.quantity.text == "5万人"


@given(st.text(st.sampled_from("#*_-=>`~[]()!<>|\\+ \n\r\t:a1.一、。")))
def test_any_text_has_markup_in_order_and_inside(text: str) -> None:
    markup, headings = markdown_markup(text)
    reached = 0
    for start, end in markup:
        assert reached <= start < end <= len(text)
        reached = end
    for heading in headings:
        assert 0 <= heading.start < heading.end <= len(text)
        assert text[heading.start : heading.end].strip() == text[heading.start : heading.end]


@pytest.mark.parametrize("piece", ["**", "*a", "[", "[a](", "<!--", "<a ", "`", "> ", "# ", "\\", "- ", "|--", "_"])
def test_time_grows_with_the_text_only(piece: str) -> None:
    markdown_markup(piece * 100_000)


@pytest.mark.shared
def test_real_documents(shared: Path) -> None:
    for path in sorted((shared / "real" / "markdown").glob("*.md")):
        source = read(path)
        assert isinstance(source, Source)
        assert source.media_type == "text/markdown"
        assert len(source.headings) >= 3
        assert all(source.text[h.start] in "一二三四五六七八九十" for h in source.headings)
        assert {source.text[m.start : m.end] for m in source.markup} == {"**", "## "}
