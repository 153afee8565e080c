"""A tokenizer for spaCy pipelines: words of jieba's dictionary, with numbers as tokens of their own.

The package's entry point registers it as ``policyparse.zh``, so that a config may name it without importing this module:

    [nlp.tokenizer]
    @tokenizers = "policyparse.zh"
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from policyparse.integrations.segmentation import Engine, Segmenter

NAME = "policyparse.zh"


class PolicyTokenizer:
    """Turns text into a ``Doc`` whose tokens, with their white space, are exactly the text."""

    def __init__(self, vocab: Vocab, segmenter: Segmenter) -> None:
        self.vocab = vocab
        self.segmenter = segmenter

    def __call__(self, text: str) -> Doc:
        """Return the ``Doc`` of ``text``."""
        words: list[str] = []
        spaces: list[bool] = []
        for word in self.segmenter.words(text):
            # A blank after a word is part of its token, as everywhere in spaCy; further white space is a token.
            if word[0] == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
                word = word[1:]
            if word:
                words.append(word)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def __reduce__(self) -> tuple[type[PolicyTokenizer], tuple[Vocab, Segmenter]]:
        return PolicyTokenizer, (self.vocab, self.segmenter)

    # The settings stand in the pipeline's config, so there is nothing to store; spaCy asks for these all the same.

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> PolicyTokenizer:
        """Return the tokenizer as it is."""
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        """Write nothing."""

    def from_disk(self, _path: str | Path, **_: Any) -> PolicyTokenizer:
        """Return the tokenizer as it is."""
        return self


def make_tokenizer(engine: Engine = "auto", words: list[str] | None = None) -> Callable[[Language], PolicyTokenizer]:
    """Return what builds the tokenizer of a pipeline.

    ``engine`` is ``jieba``, ``rjieba`` (the extra ``fast``: the same words, many times as fast) or ``auto``: the faster one
    that is there. ``words`` are added to the dictionary.

    >>> import spacy
    >>> nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "policyparse.zh"}}})
    >>> [token.text for token in nlp("新建中小学2-3所")]
    ['新建', '中小学', '2', '-', '3', '所']
    """

    def build(nlp: Language) -> PolicyTokenizer:
        return PolicyTokenizer(nlp.vocab, Segmenter(engine, words or ()))

    return build


registry.tokenizers.register(NAME, func=make_tokenizer)
