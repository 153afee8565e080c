"""Reading a file, or standard input, into a source."""

from __future__ import annotations

import os
import re
import sys
from os import PathLike
from pathlib import Path

from policyparse.errors import ReadError
from policyparse.model import Source
from policyparse.reading.encodings import decode
from policyparse.reading.markdown import is_markdown, markdown_markup
from policyparse.reading.stretches import apart, extents

STANDARD_INPUT = "-"

# Formats that are no text, by the bytes that they begin with.
_FORMATS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a .docx, .xlsx or other ZIP file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or WPS file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG\r\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)
_RETURNS = re.compile(r"\r+(?=\n)")
# A web page, or a piece of one, by its first tag; a text in Markdown may well begin with <p> or <div>.
_PAGE = re.compile(
    r"(?:\s|\ufeff|<!--(?:(?!-->).){0,500}-->)*<(?:!doctype|\?xml|html|head|meta|title|body|table|tbody|td)\b",
    re.IGNORECASE,
)


def read(path: str | PathLike[str]) -> Source:
    """Return the text of the file at ``path`` with what its format says about it; ``"-"`` is standard input.

    Plain text and Markdown are read, in UTF-8, UTF-16, GB18030 (GBK, GB2312), Big5 or another encoding that its bytes
    give away; ``Source.encoding`` says which. Whether a text is Markdown is decided by its content, and by the name
    ``.md`` where the content leaves it open. Raises ``ReadError`` where there is no such text; the message says why and
    what to do.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from policyparse import read
    >>> with TemporaryDirectory() as folder:
    ...     plan = Path(folder, "plan.txt")
    ...     _ = plan.write_bytes("一、扩大就业，新增岗位3000个。".encode("gbk"))
    ...     source = read(plan)
    >>> source.encoding, source.media_type, source.text
    ('gb18030', 'text/plain', '一、扩大就业，新增岗位3000个。')
    """
    data, name = _bytes_of(path)
    for opening, what in _FORMATS:
        if data.startswith(opening):
            raise ReadError(f"{name}: this is {what}, which is not read; save its text as a .txt file first")
    text, encoding = decode(data, name)
    if _PAGE.match(text, 0, 2000):
        raise ReadError(f"{name}: this is an HTML or XML file, which is not read; save its text as a .txt file first")
    if not text.strip():
        raise ReadError(f"{name}: there is no text in it; give a file that holds the text of a document")
    return source_of(text, name=name, encoding=encoding)


def source_of(text: str, *, name: str, encoding: str | None = None) -> Source:
    """Return ``text`` as a source: its Markdown marked, where it is written in it, and its carriage returns.

    A carriage return before a line end belongs to how the file is stored, not to the plan, so that a file reads the
    same with the line ends of any system.
    """
    returns = [match.span() for match in _RETURNS.finditer(text)]
    if not is_markdown(text, named=name.lower().endswith((".md", ".markdown"))):
        return Source(name=name, encoding=encoding, text=text, markup=extents(returns))
    markup, headings = markdown_markup(text)
    return Source(
        name=name,
        media_type="text/markdown",
        encoding=encoding,
        text=text,
        markup=extents(apart([*markup, *returns])),
        headings=headings,
    )


def _bytes_of(path: str | PathLike[str]) -> tuple[bytes, str]:
    """Return the bytes at ``path`` and the name for them. Raises ``ReadError``."""
    if path == STANDARD_INPUT:
        try:
            return sys.stdin.buffer.read(), "standard input"
        except (AttributeError, OSError, ValueError) as error:  # closed, or replaced by something without bytes
            raise ReadError(f"standard input: cannot be read: {error}; give a file name instead of -") from error
    name = os.fsencode(path).decode("utf-8", "replace")
    try:
        return Path(path).read_bytes(), name
    except IsADirectoryError:
        raise ReadError(f"{name}: is a directory; name the files in it, such as {Path(name) / '*.txt'}") from None
    except FileNotFoundError:
        raise ReadError(f"{name}: no such file; check its name and the folder that you are in") from None
    except PermissionError:
        raise ReadError(f"{name}: permission denied; make the file readable for this user") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReadError(f"{name}: cannot be read: {reason.lower()}; give the path of a text file") from error
