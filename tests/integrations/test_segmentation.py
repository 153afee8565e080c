"""Words of Chinese text: both programs over one table, private dictionaries, text kept whole."""

from __future__ import annotations

import pickle
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse import read
from policyparse.errors import UsageError
from policyparse.integrations.segmentation import Engine, Segmenter

ENGINES: list[Engine] = ["jieba", "rjieba"]
TABLE = Path(__file__).parent.parent / "specs" / "segmentation.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@pytest.fixture(scope="module", params=ENGINES)
def segmenter(request: pytest.FixtureRequest) -> Segmenter:
    if find_spec(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    return Segmenter(request.param)


@pytest.mark.parametrize(("text", "words", "why"), ROWS)
def test_table(segmenter: Segmenter, text: str, words: str, why: str) -> None:
    assert "|".join(segmenter.words(text)) == words, why


def test_both_agree_on_the_samples(corpora: Path) -> None:
    pytest.importorskip("rjieba")
    one, other = map(Segmenter, ENGINES)
    for path in sorted(corpora.glob("*.txt")):
        text = read(path).text
        assert list(one.words(text)) == list(other.words(text))


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))
def test_both_agree_on_any_characters(text: str) -> None:
    pytest.importorskip("rjieba")
    assert list(JIEBA.words(text)) == list(SHARED.words(text))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_words_are_the_text(text: str) -> None:
    words = list(SHARED.words(text))
    assert "".join(words) == text
    assert all(words)


SHARED = Segmenter()
JIEBA = Segmenter("jieba")


@pytest.mark.parametrize("engine", ENGINES)
def test_own_words_stay_private(engine: Engine) -> None:
    pytest.importorskip(engine)
    import jieba

    before = jieba.dt.initialized, len(jieba.dt.FREQ)
    text = "建设口袋公园驿站"
    own = Segmenter(engine, ["口袋公园", "园驿"])
    assert "口袋公园" in list(own.words(text))
    assert "口袋公园" not in list(Segmenter(engine).words(text))
    assert (jieba.dt.initialized, len(jieba.dt.FREQ)) == before, "the dictionary that all share is left alone"
    assert list(pickle.loads(pickle.dumps(own)).words(text)) == list(own.words(text))


def test_unknown_engine() -> None:
    with pytest.raises(UsageError, match="no segmentation engine other"):
        Segmenter("other")  # type: ignore[arg-type]
