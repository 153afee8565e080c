"""``policyparse convert``: every format out, annotations back, and what is refused."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from policyparse import evaluate
from policyparse.cli import run

TEXT = "一、扩大就业\n全年新增城镇就业5万人以上。（牵头单位：市教育局；配合单位：市财政局）\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def convert(*words: object) -> int:
    return run(["convert", *map(str, words)])


@pytest.mark.parametrize(
    ("to", "shows"),
    [
        ("akn", "<akomaNtoso "),
        ("measeval", "docId\tannotSet"),
        ("csv", "document,title"),
        ("markdown", "## 一、扩大就业"),
        ("label-studio", '"predictions"'),
        ("doccano", '"entities"'),
    ],
)
def test_to_standard_output(plan: Path, to: str, shows: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert convert(plan, "--to", to) == 0
    shown, said = capsys.readouterr()
    assert shows in shown
    assert not said


def test_to_files(plan: Path, tmp_path: Path, corpora: Path) -> None:
    out = tmp_path / "out"
    sample = corpora / "city-education-2024.txt"
    for to in ("akn", "measeval", "markdown", "brat", "gold"):
        assert convert(plan, sample, "--to", to, "--out", out / to) == 0
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {
        "akn/plan.akn.xml",
        "measeval/plan.tsv",
        "markdown/plan.md",
        "brat/plan.ann",
        "gold/plan.gold.json",
    } <= names
    assert {"brat/annotation.conf", "brat/visual.conf", "akn/city-education-2024.akn.xml"} <= names
    etree.parse(out / "akn" / "plan.akn.xml")
    assert convert(plan, sample, "--to", "xlsx", "--out", out / "rows.xlsx") == 0
    assert zipfile.is_zipfile(out / "rows.xlsx")
    assert convert(plan, sample, "--to", "csv", "--out", out / "rows.csv") == 0
    assert (out / "rows.csv").read_bytes().startswith(b"\xef\xbb\xbfdocument,")
    assert convert(plan, "--to", "akn", "--out", out / "one.xml") == 0
    assert etree.parse(out / "one.xml").getroot().tag.endswith("akomaNtoso")
    assert evaluate(out / "gold").layers["target record"].f1 == 1


@pytest.mark.parametrize("tool", ["brat", "label-studio", "doccano"])
def test_out_and_back(tool: str, tmp_path: Path, corpora: Path) -> None:
    assert convert(corpora, "--from", "gold", "--to", tool, "--out", tmp_path / tool) == 0
    assert convert(tmp_path / tool, "--from", tool, "--to", "gold", "--out", tmp_path / "gold") == 0
    for path in (tmp_path / "gold").iterdir():
        assert path.read_bytes() == (corpora / path.name).read_bytes()
    other = "doccano" if tool == "brat" else "brat"
    assert convert(tmp_path / tool, "--from", tool, "--to", other, "--out", tmp_path / "other") == 0
    assert convert(tmp_path / "other", "--from", other, "--to", "gold", "--out", tmp_path / "again") == 0
    assert len(list((tmp_path / "again").glob("*.gold.json"))) == 13
    for path in (tmp_path / "again").glob("*.txt"):
        assert path.read_bytes() == (corpora / path.name).read_bytes()


def test_one_file_back(plan: Path, tmp_path: Path) -> None:
    assert convert(plan, "--to", "label-studio", "--out", tmp_path / "tasks.json") == 0
    assert not (tmp_path / "labels.xml").exists(), "a file is what was asked for"
    assert convert(tmp_path / "tasks.json", "--from", "label-studio", "--to", "gold", "--out", tmp_path / "g") == 0
    assert (tmp_path / "g" / "plan.txt").read_text(encoding="utf-8") == TEXT
    assert convert(plan, "--to", "label-studio", "--out", tmp_path / "folder") == 0
    assert (tmp_path / "folder" / "labels.xml").is_file()


def test_counts_of_doccano(plan: Path, tmp_path: Path) -> None:
    plan.write_text("🎉👨‍👩‍👧" + TEXT, encoding="utf-8")
    for count in ("utf-16", "code-points", "graphemes"):
        out = tmp_path / f"{count}.jsonl"
        assert convert(plan, "--to", "doccano", "--count", count, "--out", out) == 0
        assert convert(out, "--from", "doccano", "--to", "gold", "--out", tmp_path / count) == 0
    golds = [(tmp_path / count / "plan.gold.json").read_bytes() for count in ("utf-16", "code-points", "graphemes")]
    assert golds[0] == golds[1] == golds[2]


def test_names_from_outside_stay_inside(tmp_path: Path) -> None:
    names = ["../../evil", "/etc/passwd", "a\\b\\c", "..", "", "x\x00y\n", "plan", "PLAN", "长" * 300, ".hidden"]
    tasks = [{"data": {"name": name, "text": TEXT}} for name in names]
    (tmp_path / "tasks.json").write_text(json.dumps(tasks), encoding="utf-8")
    before = sorted(path.name for path in tmp_path.parent.iterdir())
    assert (
        convert(tmp_path / "tasks.json", "--from", "label-studio", "--to", "gold", "--out", tmp_path / "o" / "p") == 0
    )
    written = [path.relative_to(tmp_path / "o" / "p").as_posix() for path in (tmp_path / "o").rglob("*.txt")]
    assert len(written) == len(names)
    assert {"evil.txt", "passwd.txt", "c.txt", "plan.txt", "PLAN-2.txt", "hidden.txt"} <= set(written)
    assert sorted(path.name for path in tmp_path.parent.iterdir()) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o", "tasks.json"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["PLAN", "--to", "xlsx"], 2, "needs --out FILE.xlsx"),
        (["PLAN", "--to", "brat"], 2, "give --out FOLDER"),
        (["PLAN", "PLAN", "--to", "akn"], 2, "needs --out FOLDER"),
        (["PLAN", "--to", "gold", "--out", "FOLDER"], 2, "holds the files to read"),
        (["PLAN", "--to", "gold", "--out", "PLAN"], 2, "is a file"),
        (["PLAN", "--to", "csv", "--out", "PLAN"], 2, "is one of the files to read"),
        (["FOLDER", "--from", "gold", "--to", "akn"], 2, "is made from documents"),
        (["FOLDER", "--from", "gold", "--to", "brat", "--out", "FOLDER/x"], 1, "no *.gold.json in it"),
        (["FOLDER/none", "--from", "brat", "--to", "gold", "--out", "FOLDER/x"], 1, "no such file"),
        (["PLAN", "--from", "doccano", "--to", "gold", "--out", "FOLDER/x"], 1, "no doccano document"),
        (["PLAN", "--to", "docx"], 2, "docx"),
        (["FOLDER/none.txt", "--to", "csv"], 1, "no such file"),
    ],
)
def test_refused(words: list[str], code: int, message: str, plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = [word.replace("PLAN", str(plan)).replace("FOLDER", str(plan.parent)) for word in words]
    assert convert(*there) == code
    said = capsys.readouterr().err
    assert message in said
    assert said.startswith("policyparse: ")
    assert said.count("\n") == 1
    assert plan.read_text(encoding="utf-8") == TEXT


def test_brat_without_its_text(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert convert(plan, "--to", "brat", "--out", tmp_path / "b") == 0
    (tmp_path / "b" / "plan.txt").unlink()
    assert convert(tmp_path / "b", "--from", "brat", "--to", "gold", "--out", tmp_path / "g") == 1
    assert "there is no plan.txt beside it" in capsys.readouterr().err


def test_an_unreadable_document_costs_no_other(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(plan, tmp_path / "second.txt")
    assert (
        convert(plan, tmp_path / "none.txt", tmp_path / "second.txt", "--to", "markdown", "--out", tmp_path / "m") == 1
    )
    assert sorted(path.name for path in (tmp_path / "m").iterdir()) == ["plan.md", "second.md"]
    assert "no such file" in capsys.readouterr().err


def test_what_xml_cannot_hold_is_said(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan.write_text(TEXT.replace("全年", "全\x0b年") + TEXT * 40, encoding="utf-8")
    assert convert(plan, "--to", "akn") == 0
    assert "1 characters that XML forbids" in capsys.readouterr().err
