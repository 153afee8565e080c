"""The verbs on text: ``parse`` and the default parser behind it."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from policyparse.lexicon import Lexicon
from policyparse.model import Document, Source
from policyparse.parsing.pipeline import Parser


@lru_cache(maxsize=1)
def default_parser() -> Parser:
    """Return the parser with the built-in lexicon and all stages; it keeps no state between documents."""
    return Parser()


def parse(
    text: str | Source, *, name: str = "text", lexicon: Lexicon | None = None, without: Collection[str] = ()
) -> Document:
    """Extract outline, targets, facts, responsibilities and metadata from ``text``.

    >>> from policyparse import parse
    >>> document = parse("一、扩大就业\\n全年新增城镇就业5万人以上。")
    >>> [(t.quantity.text, t.quantity.bound) for t in document.targets]
    [('5万人', 'ge')]
    """
    source = text if isinstance(text, Source) else Source(name=name, text=text)
    parser = default_parser() if lexicon is None and not without else Parser(lexicon, without=without)
    return parser.parse(source)
