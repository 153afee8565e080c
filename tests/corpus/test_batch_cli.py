"""The commands ``batch`` and ``query``."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from policyparse.cli import run
from policyparse.corpus.store import open_store


class Answer(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def call(*words: str | Path) -> Answer:
        code = run([str(word) for word in words])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return call


def test_batch_then_query(command, plans: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    store = tmp_path / "store"
    (plans / "odd.txt").write_bytes(b"{\\rtf1 ")
    (plans / "plan.txt").write_text("一、扩大就业\n新增就业5人。\n", encoding="utf-8")
    (plans / "zhejiang" / "1998-2.txt").write_bytes((plans / "zhejiang" / "1998.txt").read_bytes() + "。".encode())
    answer = command("batch", plans, "--out", store, "-j", "1")
    assert (answer.code, answer.out) == (1, "")
    lines = answer.err.splitlines()
    assert all(line.startswith("policyparse: ") for line in lines)
    assert "5 parsed, 0 unchanged, 1 failed" in lines[0]
    assert "errors.jsonl lists" in lines[1]
    assert "documents without a year: 1 (plans/plan.txt)" in lines[2]
    assert "浙江省人民政府 1998: plans/zhejiang/1998-2.txt, plans/zhejiang/1998.txt" in answer.err

    (plans / "odd.txt").unlink()
    answer = command("batch", plans, "--out", store)
    assert (answer.code, "0 parsed, 5 unchanged, 0 failed" in answer.err) == (0, True)

    sql = "SELECT path, low, lead FROM targets WHERE year = 1999"
    answer = command("query", store, sql)
    assert (answer.code, answer.err) == (0, "")
    assert next(line.split() for line in answer.out.splitlines() if line) == ["文件", "下限", "牵头单位"]
    assert "19990000" in answer.out
    assert "lead" in command("query", store, sql, "--lang", "en").out
    shown = json.loads(command("query", store, sql, "-f", "json").out)
    assert shown[0] == {"path": "plans/zhejiang/1999.txt", "low": "19990000", "lead": "市人力资源和社会保障局"}
    rows = list(csv.DictReader(io.StringIO(command("query", store, sql, "-f", "csv").out)))
    assert rows[0]["low"] == "19990000"


def test_every_type_is_printed(command, samples: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    shown = json.loads(command("query", samples, "FROM statements ORDER BY document, position", "-f", "json").out)
    with open_store(samples) as store:
        rows = list(store.rows("statements"))
    assert len(shown) == len(rows)
    assert all(isinstance(row["low"], str) and "E" not in row["low"] for row in shown)
    table = list(csv.reader(io.StringIO(command("query", samples, "FROM statements", "-f", "csv").out)))
    assert len(table) == len(rows) + 1
    out = tmp_path / "answer.csv"
    assert command("query", samples, "FROM documents", "-f", "csv", "-o", out) == (0, "", "")
    assert out.read_text(encoding="utf-8").count("\n") == len({row["document"] for row in rows}) + 1
    assert command("query", samples, "SELECT 1 WHERE false", "-f", "json").out == "[]\n"
    assert "only the first 1000 rows" in command("query", samples, "FROM range(2000)", "--lang", "en").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["batch", "{empty}", "--out", "{out}"], 2, "no documents there"),
        (["batch", "{empty}"], 2, "--out"),
        (["batch", "{plans}", "--out", "{plans}"], 3, "is no store"),
        (["batch", "{plans}", "--out", "{out}", "--scheduler", "tcp://127.0.0.1:1"], 2, "goes with --engine dask"),
        (["batch", "{plans}", "--out", "{out}", "--metadata", "{empty}"], 2, "cannot be read"),
        (["query", "{empty}", "SELECT 1"], 3, "no store here"),
        (["query", "{samples}", "SELECT"], 2, "cannot be understood"),
        (["query", "{samples}", "COPY targets TO 'x'"], 2, "only read"),
    ],
)
def test_faults(command, plans: Path, samples: Path, tmp_path: Path, words: list[str], code: int, said: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "empty").mkdir()
    places = {"empty": tmp_path / "empty", "plans": plans, "out": tmp_path / "out", "samples": samples}
    answer = command(*(word.format(**places) for word in words))
    assert answer.code == code
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert answer.out == ""


def test_progress_in_a_terminal(plans: Path, tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    called = [sys.executable, "-m", "policyparse", "batch", str(plans), "--out", str(tmp_path / "store"), "-j", "1"]
    with subprocess.Popen(called, stderr=theirs, stdout=subprocess.PIPE) as running:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:
            pass
        assert running.wait(timeout=60) == 0
    os.close(ours)
    assert "characters/s" in shown.decode()
    assert "0 failed" in shown.decode()


def test_a_plan_loads_no_duckdb(corpora: Path) -> None:
    program = (
        "import sys; from policyparse.cli import run; code = run([sys.argv[1]]);"
        "sys.exit('loaded' if {'duckdb', 'distributed'} & sys.modules.keys() else code)"
    )
    path = next(corpora.glob("*.txt"))
    answer = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, timeout=60)
    assert (answer.returncode, answer.stderr) == (0, b"")
