"""The reading text: folding keeps every offset, and removed stretches are found back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse.parsing.characters import Text, fold, reading_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１４．２％", "14.2%"),
        ("（一）", "(一)"),
        ("3～5％", "3~5%"),
        ("二○一二年", "二〇一二年"),
        ("甲，乙；丙：丁。", "甲,乙;丙:丁。"),
        ("全角　空格", "全角 空格"),
    ],
)
def test_fold_makes_look_alikes_equal(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_fold_simplifies_texts_in_traditional_characters() -> None:
    text = "第一條　為規範機關業務，應設委員會，護國學發產實縣區議會處標準進與關於機設點務" * 2
    folded = fold(text)
    assert folded.startswith("第一条 为规范机关业务,应设委员会")
    assert len(folded) == len(text)


def test_fold_leaves_single_traditional_characters_of_simplified_texts() -> None:
    text = "一家名为“國風”的企业。" + "全市经济平稳运行。" * 50
    assert "國" in fold(text)


@given(st.text())
def test_fold_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@st.composite
def texts_with_removals(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    source = draw(st.text(alphabet="甲乙丙丁戊己。\n*", max_size=40))

    def stretches(length: int) -> list[tuple[int, int]]:
        cuts = sorted(draw(st.lists(st.integers(0, length), max_size=8, unique=True)))
        return list(zip(cuts[::2], cuts[1::2], strict=False))

    first = stretches(len(source))
    left = len(source) - sum(end - start for start, end in first)
    return source, first, stretches(left)


def without(text: str, removed: list[tuple[int, int]]) -> str:
    return "".join(c for i, c in enumerate(text) if not any(start <= i < end for start, end in removed))


@given(texts_with_removals())
def test_offsets_lead_back_to_the_source(case: tuple[str, list[tuple[int, int]], list[tuple[int, int]]]) -> None:
    source, markup, breaks = case
    marked = reading_text(source, markup)
    joined = marked.without(breaks)
    assert marked.clean == without(source, markup)
    assert joined.clean == without(marked.clean, breaks)
    for text in (marked, joined):
        check(text, source)


def check(text: Text, source: str) -> None:
    assert len(text.clean) == len(text.folded)
    for offset, character in enumerate(text.clean):
        assert source[text.to_source(offset)] == character
        assert text.from_source(text.to_source(offset)) == offset
    for offset in range(len(source) + 1):
        assert 0 <= text.from_source(offset) <= len(text.clean)


def test_span_leaves_out_markup_at_its_edges() -> None:
    text = reading_text("**力争**增长**5%**以上", [(0, 2), (4, 6), (8, 10), (12, 14)])
    start = text.clean.index("5%")
    assert text.span(start, start + 2) == (10, 12)
