"""Trees of XML and HTML from outside: nothing is fetched, no entity is expanded, and size and depth have bounds."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from policyparse.errors import ReadError
from policyparse.reading.limits import Limits

Element = Any
"""An element of a tree (lxml has no types of its own)."""

_PROLOGUE = 65_536
_TOO_DEEP = "Excessive depth"
# Inline tags that pages of the nineties open and never close: without them the same text is not nested.
_INLINE = re.compile(
    r"</?(?:font|span|b|i|u|s|em|strong|big|small|tt|strike|ins|label|code|o:p|st1:[a-z]{1,20})(?=[\s/>])[^<>]{0,5000}>",
    re.IGNORECASE,
)


def xml_tree(data: bytes, name: str, part: str, limits: Limits) -> Element:
    """Return the root of an XML part of a document. Raises ``ReadError``; ``name`` and ``part`` are for messages."""
    _check_elements(data.count(b"<"), name, limits)
    if b"<!DOCTYPE" in data[:_PROLOGUE].replace(b"\0", b""):
        raise _declares_type(name, part)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(
            f"{name}: {part} in it is damaged ({_first_line(error)}); open and save it in an office program, or get it again"
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _declares_type(name, part)
    return root


def html_tree(text: str, name: str, limits: Limits) -> Element:
    """Return the root of a web page, as a browser would repair it. Raises ``ReadError``."""
    _check_elements(text.count("<"), name, limits)
    root, deep = _html(text)
    if deep:
        root, deep = _html(_INLINE.sub("", text))
    if deep:
        raise ReadError(
            f"{name}: its elements are nested more than 256 deep, which no page needs; save its text as a .txt file"
        )
    if root is None:
        raise ReadError(f"{name}: there is no text in this HTML file; give a file that holds the text of a document")
    return root


def _html(text: str) -> tuple[Element, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    data = text.replace("\0", "\ufffd").encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):  # nothing in it, or nothing but an error
        root = None
    return root, any(_TOO_DEEP in entry.message for entry in parser.error_log)


def _declares_type(name: str, part: str) -> ReadError:
    return ReadError(
        f"{name}: {part} in it declares a document type, which no office program writes and which can be used to "
        "exhaust a reader; open and save it in an office program"
    )


def _check_elements(tags: int, name: str, limits: Limits) -> None:
    if tags > 2 * limits.elements:
        raise ReadError(
            f"{name}: has more than {limits.elements:,} elements (limit elements); "
            "if it is one document, split it or raise the limit"
        )


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:200]
