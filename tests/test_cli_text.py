"""``policyparse text``, and limits on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policyparse.cli import UNREADABLE, WRONG_USAGE, run

PAGE = "<html><body><p>一、扩大就业</p><p>到2025年，新增就业5万人。</p></body></html>"


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = tmp_path / "plan.html"
    path.write_text(PAGE, encoding="utf-8")
    return str(path)


def test_the_text_that_offsets_count_in(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["text", page]) == 0
    text = capsys.readouterr().out
    assert text == "一、扩大就业\n到2025年，新增就业5万人。\n"
    assert run([page]) == 0
    (target,) = json.loads(capsys.readouterr().out)["targets"]
    assert text[target["quantity"]["start"] : target["quantity"]["end"]] == "5万人"


def test_a_text_file_is_printed_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes("一、扩大就业\r\n新增就业5万人。".encode("gbk"))
    assert run(["text", str(path), "-o", str(tmp_path / "out.txt")]) == 0
    assert (tmp_path / "out.txt").read_bytes().decode() == "一、扩大就业\r\n新增就业5万人。"


def test_where_each_stretch_stands(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["text", page, "--json"]) == 0
    source = json.loads(capsys.readouterr().out)
    assert source["media_type"] == "text/html"
    assert source["places"][1] == {"start": 7, "end": 22, "page": None, "box": None, "path": "/html/body/p[2]"}


def test_limits_are_given_by_name(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([page, "--limit", "elements=1"]) == UNREADABLE
    assert "limit elements" in capsys.readouterr().err
    assert run(["text", page, "--limit", "elements=1"]) == UNREADABLE
    for wrong in ("elements", "elements=x", "stars=3", "pages=0"):
        assert run([page, "--limit", wrong]) == WRONG_USAGE
        assert "limit" in capsys.readouterr().err
