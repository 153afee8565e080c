"""Word files (.docx, .docm, .dotx; both namespaces of the standard).

The parts are read as XML and not through an object model: a file whose relationships are broken, as other programs write
them, is read all the same, and nothing of it is loaded but the text. Headers and footers stay out of the text; notes
follow it.
"""

from __future__ import annotations

from collections.abc import Iterable

from policyparse.model import Source
from policyparse.reading.building import Block, Grid, TextBuilder
from policyparse.reading.docx_body import BodyReader, Item
from policyparse.reading.docx_numbering import Numbering
from policyparse.reading.docx_parts import WordParts, attribute, children
from policyparse.reading.docx_styles import Styles
from policyparse.reading.limits import Limits
from policyparse.reading.sniffing import DOCX
from policyparse.reading.tables import emit_table

_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"))
_NO_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_docx(data: bytes, name: str, limits: Limits) -> Source:
    """Return the text of a Word file with its automatic numbers. Raises ``ReadError``."""
    parts = WordParts(data, name, limits)
    styles = Styles(parts.styles)
    reader = BodyReader(styles, Numbering(parts.numbering, styles))
    builder = TextBuilder()
    _emit(builder, reader.blocks(parts.body, "body"))
    for part, kind in _NOTES:
        root = getattr(parts, part)
        for index, note in enumerate(children(root, kind), 1):
            if attribute(note, "type") not in _NO_NOTES:
                _emit(builder, reader.blocks(note, f"{part}/{kind}[{index}]"))
    return builder.source(name, DOCX)


def _emit(builder: TextBuilder, items: Iterable[Item]) -> None:
    for item in items:
        if isinstance(item, Grid):
            emit_table(builder, item)
        else:
            assert isinstance(item, Block)
            builder.block(item)
