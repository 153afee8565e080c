"""What kind of file some bytes are, by what stands in them; names lie more often than bytes do."""

from __future__ import annotations

import codecs
import io
import re

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
OFD = "application/ofd"
PDF = "application/pdf"
ZIP = "application/zip"
DOC = "application/msword"
"""The binary format of Word before 2007, and that of WPS: an OLE2 file with a stream WordDocument."""
OLE2 = "application/x-ole-storage"
"""Any other OLE2 file: .xls, .ppt, .msi."""
ENCRYPTED = "application/x-encrypted-office"
RTF = "application/rtf"
WORD_XML = "application/vnd.ms-word+xml"
"""Word's one-file XML (WordprocessingML 2003, or a package in one file)."""
MHTML = "multipart/related"
HTML = "text/html"
XML = "text/xml"
GZIP = "application/gzip"
RAR = "application/vnd.rar"
SEVEN = "application/x-7z-compressed"
IMAGE = "image"
MARKDOWN = "text/markdown"
TEXT = "text/plain"

_HEAD = 4_096
_OPENINGS = (
    (b"{\\rtf", RTF),
    (b"\x1f\x8b", GZIP),
    (b"Rar!\x1a\x07", RAR),
    (b"7z\xbc\xaf\x27\x1c", SEVEN),
    (b"\x89PNG\r\n", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF8", IMAGE),
    (b"II*\0", IMAGE),
    (b"MM\0*", IMAGE),
)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ENTRY, _MOST_ENTRIES = b"PK\x01\x02", 500_000
_MAIN_PARTS = (("word/", DOCX), ("xl/", XLSX), ("ppt/", PPTX))
_UTF_16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SPACE_OR_COMMENT = re.compile(r"(?:[\s\ufeff]+|\xef\xbb\xbf|<!--(?:(?!-->).){0,500}-->){0,50}", re.DOTALL)
# A web page, or a piece of one, by its first tag; a text in Markdown may well begin with <p> or <div>.
_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|meta|title|body|table|tbody|tr|td|link|style|script)\b", re.IGNORECASE
)
_PIECE = re.compile(r"<(?:div|p|span|section|article|ul|ol|h[1-6]|br|font|center|strong|b)\b", re.IGNORECASE)
_XML = re.compile(r"<\?xml\b[^>]{0,200}\?>|<!doctype\b", re.IGNORECASE)
_XHTML = re.compile(r"<html\b", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:div|p|span|section|article|ul|ol|h[1-6]|font|center|strong)\s*>", re.IGNORECASE)
_MANY_CLOSINGS = 4
_MHTML = re.compile(rb"(?:MIME-Version|Content-Type|From|Subject):", re.IGNORECASE)


def sniff(data: bytes, name: str = "") -> str:
    """Return the media type of ``data``: one of this module's constants.

    The content decides. ``name`` is asked only where a text may be either of two: a piece of a web page that begins
    with ``<p>``, which Markdown may do as well, and plain text or Markdown.

    >>> sniff(b"%PDF-1.7 ..."), sniff("一、目标".encode(), "plan.pdf"), sniff(b"<html><body>")
    ('application/pdf', 'text/plain', 'text/html')
    """
    head = data[:_HEAD]
    for opening, kind in _OPENINGS:
        if head.startswith(opening):
            return kind
    if head.startswith(_ZIPS):
        return _kind_of_zip(data)
    if head.startswith(_OLE2):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return ENCRYPTED
        return DOC if "WordDocument".encode("utf-16-le") in data else OLE2
    if b"%PDF-" in head[:1_024]:
        return PDF
    if _MHTML.match(head) and b"multipart/related" in head.lower():
        return MHTML
    return _kind_of_text(head, name.lower())


def _kind_of_zip(data: bytes) -> str:
    """Look at the names of the parts; a directory that cannot be read is told by what the bytes mention."""
    import zipfile  # takes a while to load, and most files are text

    if data.count(_ENTRY) > _MOST_ENTRIES:
        return ZIP
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        return DOCX if b"word/" in data[:65_536] else ZIP
    if "OFD.xml" in names:
        return OFD
    if "[Content_Types].xml" in names:
        for part, kind in _MAIN_PARTS:
            if any(each.startswith(part) for each in names):
                return kind
    if {"mimetype", "content.xml"} <= names:
        return ODT
    return ZIP


def _kind_of_text(head: bytes, name: str) -> str:
    text = head.decode("latin-1")
    for mark, encoding in _UTF_16:
        if head.startswith(mark):
            text = head[2:].decode(encoding, "replace")
    opening = _SPACE_OR_COMMENT.match(text)
    start = opening.end() if opening else 0
    if _PAGE.match(text, start):
        return HTML
    if _XML.match(text, start):
        if "<?mso-application" in text or "schemas.microsoft.com/office/word/2003/wordml" in text:
            return WORD_XML
        if "schemas.microsoft.com/office/2006/xmlPackage" in text:
            return WORD_XML
        return HTML if _XHTML.search(text, start) else XML
    if _PIECE.match(text, start) and not name.endswith((".md", ".markdown")):
        closings = sum(1 for _ in _CLOSING.finditer(text, start))
        if closings >= _MANY_CLOSINGS or (closings and name.endswith((".html", ".htm", ".shtml"))):
            return HTML
    return MARKDOWN if name.endswith((".md", ".markdown")) else TEXT
