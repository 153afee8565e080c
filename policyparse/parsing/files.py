"""The verb on files: ``parse_file``."""

from __future__ import annotations

from collections.abc import Collection
from os import PathLike

from policyparse.lexicon import Lexicon
from policyparse.model import Document
from policyparse.parsing.api import parse
from policyparse.reading import Limits, read


def parse_file(
    path: str | PathLike[str],
    *,
    lexicon: Lexicon | None = None,
    without: Collection[str] = (),
    limits: Limits | None = None,
) -> Document:
    """Read the file at ``path`` (``"-"``: standard input) and return what it says, as ``read`` and ``parse`` do.

    ``limits`` bounds what reading the file may cost. Raises ``ReadError`` where the file cannot be read.

    >>> from policyparse import parse_file
    >>> document = parse_file("corpora/city-education-2024.txt")
    >>> document.source.encoding, document.source.chars
    ('utf-8', 2006)
    """
    return parse(read(path, limits=limits), lexicon=lexicon, without=without)
