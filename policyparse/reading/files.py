"""Reading a file, or standard input, into a source."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from importlib import import_module
from os import PathLike
from pathlib import Path

from policyparse.errors import ReadError
from policyparse.model import Source
from policyparse.reading import sniffing
from policyparse.reading.encodings import decode
from policyparse.reading.limits import Limits
from policyparse.reading.markdown import is_markdown, markdown_markup
from policyparse.reading.stretches import apart, extents
from policyparse.reading.text_tables import text_tables

Reader = Callable[[bytes, str, Limits], Source]
STANDARD_INPUT = "-"

# Formats that are no text, each with its reader, which is loaded when it is called:
# ``(data, name, limits) -> Source``. Raises ``ReadError``.
_READERS = {
    sniffing.DOCX: "policyparse.reading.docx:read_docx",
    sniffing.HTML: "policyparse.reading.html:read_html",
    sniffing.MHTML: "policyparse.reading.mhtml:read_mhtml",
    sniffing.PDF: "policyparse.reading.pdf:read_pdf",
    sniffing.OFD: "policyparse.reading.ofd:read_ofd",
    sniffing.DOC: "policyparse.reading.office:read_doc",
    sniffing.ZIP: "policyparse.reading.archives:read_zip",
}
# Those that are not read: what they are, and what to do.
_AS_DOCX = "open it in Word, WPS or LibreOffice and save it as .docx"
_REFUSED = {
    sniffing.ENCRYPTED: ("an Office file with a password", "open it with its password and save it without one"),
    sniffing.OLE2: ("an old Excel, PowerPoint or other Office file", "save its text as a .txt file first"),
    sniffing.XLSX: ("an Excel file", "save its tables as a .docx or .txt file first"),
    sniffing.PPTX: ("a PowerPoint file", "save its text as a .txt file first"),
    sniffing.ODT: ("an OpenDocument file", _AS_DOCX),
    sniffing.RTF: ("an RTF file", _AS_DOCX),
    sniffing.WORD_XML: ("a Word document in one XML file", _AS_DOCX),
    sniffing.XML: ("an XML file", "save its text as a .txt file first"),
    sniffing.GZIP: ("a gzip file", "unpack it first"),
    sniffing.RAR: ("a RAR archive", "unpack it first"),
    sniffing.SEVEN: ("a 7z archive", "unpack it first"),
    sniffing.IMAGE: ("an image", "recognise its text with an OCR program first"),
}
_RETURNS = re.compile(r"\r+(?=\n)")


def read(path: str | PathLike[str], *, limits: Limits | None = None) -> Source:
    """Return the text of the file at ``path`` with what its format says about it; ``"-"`` is standard input.

    The format is told by the content, not by the name. Text and Markdown are read in UTF-8, UTF-16, GB18030 (GBK, GB2312),
    Big5 or another encoding that its bytes give away; ``Source.encoding`` says which. Whether a text is Markdown is decided
    by its content, and by the name ``.md`` where the content leaves it open. ``limits`` bounds what a file may cost.
    Raises ``ReadError`` where there is no such text; the message says why and what to do.

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
    limits = limits or Limits()
    return read_bytes(*_bytes_of(path, limits), limits=limits)


def read_bytes(data: bytes, name: str, *, limits: Limits | None = None) -> Source:
    """Return what ``read`` returns for a file called ``name`` that holds ``data``. Raises ``ReadError``."""
    limits = limits or Limits()
    check_size(len(data), name, limits)
    kind = sniffing.sniff(data, name)
    if kind in _READERS:
        module, _, function = _READERS[kind].partition(":")
        reader: Reader = getattr(import_module(module), function)
        source = reader(data, name, limits)
    elif kind in _REFUSED:
        what, remedy = _REFUSED[kind]
        raise ReadError(f"{name}: this is {what}, which is not read; {remedy}")
    else:
        text, encoding = decode(data, name)
        source = source_of(text, name=name, encoding=encoding)
    if not source.text.strip():
        raise ReadError(f"{name}: there is no text in it; give a file that holds the text of a document")
    if len(source.text) > limits.characters:
        raise ReadError(
            f"{name}: its text has more than {limits.characters:,} characters (limit characters); "
            "split it, or raise the limit"
        )
    return source


def check_size(size: int, name: str, limits: Limits) -> None:
    """Raise ``ReadError`` where a file of ``size`` bytes is beyond ``limits``."""
    if size > limits.file_bytes:
        raise ReadError(
            f"{name}: has {size:,} bytes, more than {limits.file_bytes:,} (limit file_bytes); "
            "if it is one document, raise the limit"
        )


def source_of(text: str, *, name: str, encoding: str | None = None) -> Source:
    """Return ``text`` as a source: its Markdown marked, where it is written in it, and its carriage returns.

    A carriage return before a line end belongs to how the file is stored, not to the plan, so that a file reads the
    same with the line ends of any system.
    """
    returns = [match.span() for match in _RETURNS.finditer(text)]
    if not is_markdown(text, named=name.lower().endswith((".md", ".markdown"))):
        return Source(name=name, encoding=encoding, text=text, markup=extents(returns), tables=text_tables(text))
    markup, headings = markdown_markup(text)
    return Source(
        name=name,
        media_type="text/markdown",
        encoding=encoding,
        text=text,
        markup=extents(apart([*markup, *returns])),
        headings=headings,
        tables=text_tables(text),
    )


def _bytes_of(path: str | PathLike[str], limits: Limits) -> tuple[bytes, str]:
    """Return the bytes at ``path`` and the name for them. Raises ``ReadError``."""
    if path == STANDARD_INPUT:
        try:
            return sys.stdin.buffer.read(limits.file_bytes + 1), "standard input"
        except (AttributeError, OSError, ValueError) as error:  # closed, or replaced by something without bytes
            raise ReadError(f"standard input: cannot be read: {error}; give a file name instead of -") from error
    name = os.fsencode(path).decode("utf-8", "replace")
    try:
        file = Path(path)
        check_size(file.stat().st_size, name, limits)
        return file.read_bytes(), name
    except IsADirectoryError:
        raise ReadError(f"{name}: is a directory; name the files in it, such as {Path(name) / '*.txt'}") from None
    except (FileNotFoundError, NotADirectoryError):
        from policyparse.reading.archives import read_member  # only such a path may lead into an archive

        if (data := read_member(os.fspath(path), limits)) is not None:
            return data, name
        raise ReadError(f"{name}: no such file; check its name and the folder that you are in") from None
    except PermissionError:
        raise ReadError(f"{name}: permission denied; make the file readable for this user") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReadError(f"{name}: cannot be read: {reason.lower()}; give the path of a text file") from error
