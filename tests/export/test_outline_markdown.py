"""The outline in Markdown: its headings read back, and text that stays text."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from markdown_it import MarkdownIt

from policyparse import outline_markdown, parse, read
from policyparse.model import Document
from tests.test_properties import TEXTS


def headings(shown: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(shown)
    return [
        "".join(child.content for child in tokens[at + 1].children or ())
        for at, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


def expected(document: Document) -> list[str]:
    top = [document.metadata.title] if document.metadata.title else []
    shown = [(node.label + node.heading or "…") for node in document.nodes() if node.level < 6]
    return [" ".join(words.split()) for words in (*top, *shown)]


def test_headings_read_back(corpora: Path) -> None:
    for path in sorted(corpora.glob("*.txt")):
        document = parse(read(path))
        assert [" ".join(words.split()) for words in headings(outline_markdown(document))] == expected(document)


def test_what_stands_below_a_heading() -> None:
    text = "一、扩大就业\n年内新增城镇就业5万人以上，调查失业率5.5%左右。（牵头单位：市教育局；配合单位：市财政局、市民政局）"
    shown = outline_markdown(parse(text))
    assert "- 城镇就业：≥ +5万人（年内）" in shown
    assert "≈ 5.5%" in shown
    assert "- 牵头：市教育局" in shown
    assert "- 配合：市财政局、市民政局" in shown
    assert "- " not in outline_markdown(parse(text), statements=False)
    assert outline_markdown(parse("")) == ""


@given(TEXTS)
def test_no_text_becomes_markup(text: str) -> None:
    shown = outline_markdown(parse(text))
    for token in MarkdownIt("commonmark").parse(shown):
        assert token.type not in ("html_block", "fence", "code_block", "hr", "blockquote_open", "ordered_list_open"), (
            shown
        )
        kinds = {child.type for child in token.children or ()}
        assert not kinds & {"html_inline", "link_open", "image", "code_inline", "em_open"}, shown
