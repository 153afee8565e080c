"""What kind of file some bytes are."""

from __future__ import annotations

import io
import zipfile

import pytest

from policyparse.errors import UsageError
from policyparse.reading import Limits, sniffing
from policyparse.reading.sniffing import sniff


def packed(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")  # without the time of the day: the same bytes in each run
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        ("一、总则".encode(), "plan.docx", sniffing.TEXT),
        ("一、总则".encode(), "plan.MD", sniffing.MARKDOWN),
        (b"", "", sniffing.TEXT),
        (b"%PDF-1.7", "", sniffing.PDF),
        (b"\r\n\0junk%PDF-1.4", "", sniffing.PDF),
        (packed("[Content_Types].xml", "word/document.xml"), "plan.zip", sniffing.DOCX),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "", sniffing.XLSX),
        (packed("[Content_Types].xml", "ppt/presentation.xml"), "", sniffing.PPTX),
        (packed("OFD.xml", "Doc_0/Document.xml"), "", sniffing.OFD),
        (packed("mimetype", "content.xml"), "", sniffing.ODT),
        (packed("word/plan.txt"), "", sniffing.ZIP),
        (packed("word/document.xml")[:60], "", sniffing.DOCX),
        (b"PK\x03\x04", "", sniffing.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "", sniffing.DOC),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "plan.doc", sniffing.OLE2),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "", sniffing.ENCRYPTED),
        (b"{\\rtf1", "plan.doc", sniffing.RTF),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;", "plan.doc", sniffing.MHTML),
        (b"<!DOCTYPE html>", "", sniffing.HTML),
        (b"\xef\xbb\xbf \n<!-- a -->\n<!-- b --><HTML lang=zh>", "plan.doc", sniffing.HTML),
        ("<!doctype html><p>".encode("utf-16"), "", sniffing.HTML),
        ("<meta charset='gbk'><tbody><tr><td>规划</td>".encode("gbk"), "plan.txt", sniffing.HTML),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", "", sniffing.HTML),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w/>", "", sniffing.WORD_XML),
        (b"<?xml version='1.0'?><note/>", "", sniffing.XML),
        ('<p align="center">规划</p>\n\n## 一、目标\n'.encode(), "plan.md", sniffing.MARKDOWN),
        ('<p align="center">规划</p>\n\n## 一、目标\n'.encode(), "", sniffing.TEXT),
        (b"<div>a</div>" * 5, "", sniffing.HTML),
        (b"<p>a</p>", "plan.html", sniffing.HTML),
        ("<p> 之前是文字".encode(), "", sniffing.TEXT),
    ],
)
def test_kinds(data: bytes, name: str, kind: str) -> None:
    assert sniff(data, name) == kind


def test_limits_are_at_least_one() -> None:
    with pytest.raises(UsageError, match="limit pages is 0; the least is 1"):
        Limits(pages=0)
