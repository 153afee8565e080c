"""Web archives."""

from __future__ import annotations

import pytest

from policyparse.errors import ReadError
from policyparse.reading import read_bytes

HEAD = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
PAGE = "<html><body><p>一、扩大就业</p><p>新增就业5万人。</p></body></html>"


@pytest.mark.parametrize("charset", ["gb2312", "utf-8", "", "nonsense"])
def test_the_page_in_an_archive(charset: str) -> None:
    encoding = charset if charset in ("gb2312", "utf-8") else "gbk"
    said = f"; charset={charset}" if charset else ""
    head = f"--b\r\nContent-Type: text/html{said}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
    source = read_bytes(HEAD + head + PAGE.encode(encoding) + b"\r\n--b--\r\n", "plan.doc")
    assert source.text == "一、扩大就业\n新增就业5万人。\n"
    assert source.places[0].path == "/html/body/p[1]"


def test_an_archive_without_a_page() -> None:
    with pytest.raises(ReadError, match=r"no page in this web archive.*; open it"):
        read_bytes(HEAD + b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n", "plan.mht")


def test_archives_inside_each_other() -> None:
    nested = b"".join(
        b"--b%d\r\nContent-Type: multipart/related; boundary=b%d\r\n\r\n" % (n, n + 1) for n in range(5_000)
    )
    with pytest.raises(ReadError):
        read_bytes(HEAD.replace(b'"b"', b"b0") + nested, "plan.mht")
