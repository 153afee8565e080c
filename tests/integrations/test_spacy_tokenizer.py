"""The tokenizer in spaCy pipelines: text kept whole, saved and loaded, with settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

spacy = pytest.importorskip("spacy")

from spacy.language import Language  # noqa: E402
from spacy.tokens import Doc  # noqa: E402

from policyparse import read  # noqa: E402
from policyparse.integrations.spacy_tokenizer import PolicyTokenizer  # noqa: E402

TEXT = "一、扩大就业\r\n全年新增 城镇就业  5.2万人，增长6%。🎉"


def build(**settings: object) -> Language:
    return spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "policyparse.zh", **settings}}})


NLP = build()


def words(doc: Doc) -> list[str]:
    return [token.text for token in doc]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_kept(text: str) -> None:
    assert NLP.make_doc(text).text == text


def test_samples_are_kept(corpora: Path) -> None:
    for path in corpora.glob("*.txt"):
        text = read(path).text
        assert NLP.make_doc(text).text == text


def test_a_blank_belongs_to_the_token_before_it() -> None:
    doc = NLP(TEXT)
    assert [token.whitespace_ for token in doc if token.text == "新增"] == [" "]
    assert "5.2" in words(doc)


@pytest.mark.parametrize("engine", ["auto", "jieba"])
def test_saved_and_loaded(engine: str, tmp_path: Path) -> None:
    nlp = build(engine=engine, words=["城镇就业"])
    assert "城镇就业" in words(nlp(TEXT))
    nlp.add_pipe("policyparse")
    nlp.to_disk(tmp_path / "nlp")
    again = spacy.load(tmp_path / "nlp")
    assert isinstance(again.tokenizer, PolicyTokenizer)
    assert words(again(TEXT)) == words(nlp(TEXT))
    third = build(engine=engine, words=["城镇就业"])
    third.add_pipe("policyparse")
    third.from_bytes(nlp.to_bytes())
    assert words(third(TEXT)) == words(nlp(TEXT))


def test_training_can_begin() -> None:
    nlp = build()
    nlp.add_pipe("policyparse")
    nlp.initialize()
    assert words(nlp(TEXT)) == words(NLP(TEXT))
