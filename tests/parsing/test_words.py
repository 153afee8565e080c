"""Word lists looked for from either end of a window."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse.parsing.words import WordSet

VERBS = WordSet(["增长", "增加", "增加值", "降", "下降"])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("工业增加值增长", (2, "增加值"), (5, "增长")),
        ("能耗下降", (2, "下降"), (2, "下降")),
        ("没有", (-1, ""), (-1, "")),
        ("", (-1, ""), (-1, "")),
    ],
)
def test_first_and_last_prefer_longer_words(text: str, first: tuple[int, str], last: tuple[int, str]) -> None:
    assert VERBS.first(text, 0, len(text)) == first
    assert VERBS.last(text, 0, len(text)) == last


def test_words_must_lie_in_the_window() -> None:
    assert VERBS.at("增加值", 0, 2) == "增加"
    assert VERBS.before("下降", 1, 2) == "降"
    assert not VERBS.within("增长", 1, 2)


@given(st.lists(st.text("甲乙丙", min_size=1, max_size=3), min_size=1), st.text("甲乙丙丁", max_size=30))
def test_within_agrees_with_a_plain_search(words: list[str], text: str) -> None:
    assert WordSet(words).within(text, 0, len(text)) == any(word in text for word in words)
