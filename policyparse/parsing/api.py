"""The verbs on text: ``parse`` and the default parser behind it."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from policyparse.lexicon import Lexicon, load_lexicon
from policyparse.model import Diagnostic, Document, Quantity, Source
from policyparse.parsing.characters import reading_text
from policyparse.parsing.pipeline import Parser
from policyparse.parsing.quantities import QuantityFinder
from policyparse.reading.text_tables import text_tables

_SURROGATE = re.compile("[\ud800-\udfff]")


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
    source = as_source(text, name)
    parser = default_parser() if lexicon is None and not without else Parser(lexicon, without=without)
    return parser.parse(source)


def as_source(text: str | Source, name: str = "text") -> Source:
    """Return ``text`` as a source; halves of surrogate pairs, which no encoding has, become U+FFFD in their place."""
    if isinstance(text, Source):
        return text
    halves = [match.span() for match in _SURROGATE.finditer(text)]
    found = tuple(
        Diagnostic(code="text.surrogate", message="half of a surrogate pair, read as U+FFFD", start=start, end=end)
        for start, end in halves
    )
    text = _SURROGATE.sub("\ufffd", text) if halves else text
    return Source(name=name, text=text, tables=text_tables(text), diagnostics=found)


def find_quantities(text: str, *, lexicon: Lexicon | None = None) -> tuple[Quantity, ...]:
    """Return every expression of ``text`` that counts or measures something, in order, with offsets into ``text``.

    Any text will do; roles and indicators need a whole document (``parse``).

    >>> from policyparse import find_quantities
    >>> [(q.text, q.low, q.high, q.unit, q.bound) for q in find_quantities("新建中小学2-3所，投入不低于1.96亿元")]
    [('2-3所', Decimal('2'), Decimal('3'), '所', 'range'), ('1.96亿元', Decimal('196000000'), Decimal('196000000'), '元', 'ge')]
    """
    finder = _default_quantities() if lexicon is None else QuantityFinder(lexicon)
    reading = reading_text(text)
    return tuple(
        Quantity(
            start=one.start,
            end=one.end,
            text=text[one.start : one.end],
            kind=one.kind,
            low=one.low,
            high=one.high,
            unit=one.unit,
            bound=one.bound,
            approximate=one.approximate,
        )
        for one in finder.find(reading.folded, reading.clean)
    )


@lru_cache(maxsize=1)
def _default_quantities() -> QuantityFinder:
    return QuantityFinder(load_lexicon())
