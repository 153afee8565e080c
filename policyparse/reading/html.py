"""Web pages: the document in them, without what the site puts around it.

The text is that of the page's main element (``html_pages``), a paragraph a line, with the page's title and the table of
metadata (索引号, 发文机关, 成文日期) above it where they stand outside. Scripts are not run and nothing is fetched.
"""

from __future__ import annotations

import re

from policyparse.errors import DecodeError
from policyparse.model import Diagnostic, Source
from policyparse.reading.building import Grid, TextBuilder
from policyparse.reading.encodings import decode
from policyparse.reading.html_blocks import blocks_of
from policyparse.reading.html_pages import Page, metadata_lines
from policyparse.reading.limits import Limits
from policyparse.reading.markup import html_tree
from policyparse.reading.sniffing import HTML
from policyparse.reading.tables import emit_table

_CHARSET = re.compile(rb"<meta[^<>]{0,300}?charset\s{0,4}=\s{0,4}[\"']?\s{0,4}([\w:.-]{1,40})", re.IGNORECASE)
_HEAD = 8_192
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
_BROKEN_ALLOWED = 0.001


def read_html(data: bytes, name: str, limits: Limits) -> Source:
    """Return the main text of a web page. Raises ``ReadError``."""
    text, encoding, broken = decoded(data, name)
    page = Page(html_tree(text, name, limits))
    builder = TextBuilder()
    for line in page.front():
        builder.block(line)
    for item in blocks_of(page.main, path=page.path_of_main, dropped=page.dropped):
        if isinstance(item, Grid):
            lines = metadata_lines(item)
            for line in lines:
                builder.block(line)
            if not lines:
                emit_table(builder, item)
        elif not page.is_control(item.text):
            builder.block(item)
    found = []
    if broken:
        message = f"{broken} bytes are not valid {encoding.upper()}, which the page declares, and are read as U+FFFD"
        found.append(Diagnostic(code="text.broken", message=message, start=0, end=0))
    return builder.source(name, HTML, encoding=encoding, diagnostics=found)


def decoded(data: bytes, name: str) -> tuple[str, str, int]:
    """Return the text of a page, its encoding, and how many of its bytes are broken.

    What the bytes are by themselves goes before what the page declares, since many a page declares something else; the
    declaration decides where the bytes leave it open, and for a page of which a few bytes are broken.
    """
    try:
        return *decode(data, name), 0
    except DecodeError:
        for encoding in (_declared(data), "utf-8"):
            if not encoding:
                continue
            try:
                text = data.decode(encoding, "replace")
            except LookupError:  # no encoding has the declared name
                continue
            broken = text.count("\ufffd")
            if broken <= 1 + len(text) * _BROKEN_ALLOWED:
                return text, encoding, broken
        raise


def _declared(data: bytes) -> str:
    found = _CHARSET.search(data, 0, _HEAD)
    if not found:
        return ""
    charset = found[1].decode("ascii", "replace").lower()
    return _SUPERSETS.get(charset, charset)
