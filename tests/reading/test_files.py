"""Files, standard input, and files that cannot be read."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from policyparse import parse_file, read
from policyparse.errors import PolicyParseError, ReadError

TEXT = "一、扩大就业\r\n全年新增城镇就业5万人以上。\r\n"


def test_the_text_stays_as_it_stands_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode("gbk"))
    source = read(path)
    assert (source.text, source.encoding, source.media_type) == (TEXT, "gb18030", "text/plain")
    assert source.name == str(path)


def test_offsets_count_in_the_text_with_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode("utf-16"))
    (target,) = parse_file(path).targets
    assert TEXT[target.quantity.start : target.quantity.end] == "5万人"


def test_the_name_is_the_path_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read("plan.txt").name == "plan.txt"
    assert read(Path("plan.txt")).name == "plan.txt"


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
def test_a_file_name_that_is_no_text_can_be_read_and_shown(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb9\xe6\xbb\xae.txt"))
    path.write_text(TEXT, encoding="utf-8")
    assert parse_file(path).model_dump_json()


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("gbk"))))
    source = read("-")
    assert (source.name, source.text) == ("standard input", TEXT)


def test_standard_input_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(ReadError, match="standard input: cannot be read"):
        read("-")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "there is no text in it"),
        (b"\xef\xbb\xbf", "there is no text in it"),
        (" \u3000\r\n\t".encode(), "there is no text in it"),
        (b"PK\x03\x04\x14\x00", "a ZIP file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel, PowerPoint or other Office file"),
        (b"{\\rtf1\\ansi", "an RTF file"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\x00\x01\x02\x03" * 100, "binary data"),
    ],
)
def test_what_is_no_text_is_refused_with_a_remedy(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=reason) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    assert ";" in message, "the remedy stands after a semicolon"


def test_markdown_may_begin_with_a_tag(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text('<p align="center">发展规划</p>\n\n## 一、目标\n', encoding="utf-8")
    assert read(path).media_type == "text/markdown"


def test_places_that_hold_no_file(tmp_path: Path) -> None:
    for path, reason in (
        (tmp_path, "is a directory"),
        (tmp_path / "missing.txt", "no such file"),
        (tmp_path / "plan\0.txt", "cannot be read"),
        (tmp_path / ("x" * 300), "cannot be read"),
    ):
        with pytest.raises(ReadError, match=reason) as caught:
            read(path)
        assert "\n" not in str(caught.value)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", refuse)  # the user who runs the tests may be allowed everything
    with pytest.raises(PolicyParseError, match=r"plan\.txt: permission denied; make the file readable"):
        read(tmp_path / "plan.txt")
