"""The command line: what it prints where, and its exit codes."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.cells import cell_len

from policyparse import Document, Explanation, __version__, explain, parse, parse_file, read
from policyparse.cli import run

TEXT = "一、扩大就业\n全年新增城镇就业5万人以上。\n二、改善民生\n改造老旧小区12个。\n"


class Answer(NamedTuple):
    code: int
    out: str
    err: str


Command = Callable[..., Answer]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    def call(*words: str | Path) -> Answer:
        code = run([str(word) for word in words])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return call


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def process(*words: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    called = [sys.executable, "-m", "policyparse", *map(str, words)]
    return subprocess.run(called, input=stdin, capture_output=True, env=environment, timeout=60)


def test_a_document_is_printed_as_json(command: Command, plan: Path) -> None:
    answer = command(plan)
    assert (answer.code, answer.err) == (0, "")
    assert Document.model_validate_json(answer.out) == parse_file(plan)
    assert "扩大就业" in answer.out, "characters stand for themselves"
    assert answer.out.endswith("}\n")


def test_several_documents_are_json_lines(command: Command, plan: Path) -> None:
    answer = command(plan, plan)
    lines = answer.out.splitlines()
    assert [Document.model_validate_json(line) for line in lines] == [parse_file(plan)] * 2
    assert command("--format", "jsonl", plan).out == lines[0] + "\n"


def test_standard_input(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("gbk"))))
    shown = json.loads(command("-").out)
    assert shown["source"]["name"] == "standard input"
    assert shown["source"]["encoding"] == "gb18030"


@pytest.mark.parametrize("part", ["targets", "outline", "responsibilities"])
def test_only_one_part(command: Command, plan: Path, part: str) -> None:
    shown = json.loads(command(plan, "--only", part).out)
    assert set(shown) == {"schema_version", "source", part}


def test_stages_can_be_switched_off(command: Command, plan: Path) -> None:
    shown = json.loads(command(plan, "--without", "quantities", "--without", "outline").out)
    assert shown["targets"] == shown["facts"] == shown["outline"] == []
    answer = command(plan, "--without", "nonsense")
    assert answer.code == 2
    assert answer.err.startswith("policyparse: no stage nonsense; stages that can be switched off: outline")


def test_own_lexicon(command: Command, plan: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[nonsense]\nwords = ["甲"]\n', encoding="utf-8")
    answer = command(plan, "--lexicon", own)
    assert (answer.code, answer.out) == (2, "")
    assert f"{own}: unknown lexicon table 'nonsense.words'" in answer.err


def test_one_unreadable_file_does_not_cost_the_others(command: Command, plan: Path, tmp_path: Path) -> None:
    answer = command(tmp_path / "missing.txt", plan, tmp_path)
    assert answer.code == 1
    assert [json.loads(line)["source"]["name"] for line in answer.out.splitlines()] == [str(plan)]
    messages = answer.err.splitlines()
    assert len(messages) == 2
    assert all(message.startswith("policyparse: ") for message in messages)


def test_a_fault_in_the_parser_is_told_in_one_line(
    command: Command, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Document:
        raise RuntimeError("first line\nsecond line")

    monkeypatch.setattr("policyparse.parsing.pipeline.Parser.parse", fail)
    answer = command(plan)
    assert answer == (
        1,
        "",
        f"policyparse: {plan}: internal error, please report it: RuntimeError: first line second line\n",
    )


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--nonsense", "x"],
        ["x", "--format", "xml"],
        ["evaluate"],
        ["evaluate", "x", "--errors", "-1"],
        ["x", "--only"],
        ["explain", "x"],
        ["explain", "--at", "3"],
    ],
)
def test_wrong_usage(command: Command, words: Sequence[str]) -> None:
    answer = command(*words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("policyparse: ")
    assert answer.err.count("\n") == 1


def test_results_go_to_a_file_in_one_step(command: Command, plan: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    assert command(plan, "-o", target) == (0, "", "")
    written = target.read_text(encoding="utf-8")
    assert Document.model_validate_json(written) == parse_file(plan)
    assert command(tmp_path / "missing.txt", "-o", target).code == 1
    assert target.read_text(encoding="utf-8") == written, "a failure leaves what stood there"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json", "plan.txt"]


def test_a_file_is_not_written_over_itself(command: Command, plan: Path, tmp_path: Path) -> None:
    answer = command(plan, "-o", plan)
    assert (answer.code, plan.read_text(encoding="utf-8")) == (2, TEXT)
    answer = command(plan, "-o", tmp_path / "no" / "folder.json")
    assert answer.code == 2
    assert "cannot be written" in answer.err


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_for_people(command: Command, plan: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    answer = command(plan, "--format", "table", "--lang", language)
    assert answer.code == 0
    assert max(cell_len(line) for line in answer.out.splitlines()) <= 120
    assert "\x1b" not in answer.out
    assert "5万人" in answer.out
    assert ("量化目标" in answer.out) is (language == "zh")


def test_columns_stand_below_each_other_where_characters_are_wide(command: Command, plan: Path) -> None:
    lines = command(plan, "--format", "table", "--only", "targets").out.splitlines()
    head = next(line for line in lines if "数值" in line)
    rows = [line for line in lines if re.match(r"\s*t\d", line)]
    edge = cell_len(head[: head.index("数值")]) + cell_len("数值")
    assert len(rows) == 2
    for row, value in zip(rows, ("5万人", "12个"), strict=True):
        assert cell_len(row[: row.index(value)]) + cell_len(value) == edge


@pytest.mark.parametrize("part", ["outline", "targets", "responsibilities"])
@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_windows_of_any_width(
    command: Command, corpora: Path, monkeypatch: pytest.MonkeyPatch, part: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    path = corpora / "urban-renewal-scheme-2024.txt"
    answer = command(path, "--format", "table", "--only", part)
    assert max(cell_len(line) for line in answer.out.splitlines()) <= width
    document = parse_file(path)
    if part == "outline":
        assert all(node.label in answer.out for node in document.nodes())
    else:
        assert all(found.id in answer.out for found in getattr(document, part))
    if part == "targets":
        head = answer.out.splitlines()[:5]
        assert any("指标" in line and "变化" in line and "数值" in line for line in head)
        assert any("责任单位" in line for line in head) is (width >= 80)


def test_text_that_steers_a_terminal_is_shown_without_effect(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("一、\x1b[31m扩大就业\u2028[bold]要求\n全年新增就业5万人。\n" * 3, encoding="utf-8")
    answer = command(path, "--format", "table")
    assert answer.code == 0
    assert "\x1b" not in answer.out


def test_schema(command: Command, root: Path) -> None:
    answer = command("schema")
    assert answer.out == (root / "docs/schema/policyparse-document-1.0.json").read_text(encoding="utf-8")


def test_an_explanation_for_people(command: Command, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    at = str(TEXT.index("5万人"))
    answer = command("explain", plan, "--at", at)
    assert (answer.code, answer.err) == (0, "")
    assert "\x1b" not in answer.out
    assert max(cell_len(line) for line in answer.out.splitlines()) <= 120
    lines = answer.out.splitlines()
    assert lines[0] == "t1  ≥ 5万人"
    shown = dict(line.split(maxsplit=1) for line in lines[1:] if line.startswith("  "))
    assert shown["角色"] == "目标"
    assert shown["规则"].startswith("plan（")
    assert shown["指标"] == "城镇就业"
    assert shown["上下限"].endswith("以上）")
    assert shown["变化"].endswith("新增）")
    head = next(line for line in lines if "候选指标" in line)
    first = lines[lines.index(head) + 2]
    assert first.split()[:2] == ["*", "城镇就业"], "the star marks the one that was chosen"
    assert cell_len(head[: head.index("位置")]) == cell_len(first[: first.index("L ")]), (
        "columns stand below each other"
    )
    english = command("explain", plan, "--at", at, "--lang", "en").out
    assert "in a region that plans a quantity is a target" in english
    assert "left of the quantity" in english


def test_an_explanation_of_a_responsibility(command: Command, corpora: Path) -> None:
    path = corpora / "county-commerce-agenda.txt"
    for duty in parse_file(path).responsibilities[:12]:
        answer = command("explain", path, "--at", str(duty.entity.start), "--lang", "en")
        assert answer.code == 0
        assert answer.out.startswith(f"{duty.id}  {' '.join(duty.entity.text.split())}\n")
        assert "comes from" in answer.out


def test_an_explanation_as_json(command: Command, plan: Path) -> None:
    at = TEXT.index("12个")
    answer = command("explain", plan, "--at", str(at), "--json")
    found = Explanation.model_validate_json(answer.out)
    assert found == explain(read(plan), at)
    assert found.statement is not None
    assert found.statement.statement == parse_file(plan).targets[1]
    assert "老旧小区" in answer.out, "characters stand for themselves"


@pytest.mark.parametrize("width", [40, 60, 200])
def test_an_explanation_in_a_window_of_any_width(
    command: Command, plan: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    answer = command("explain", plan, "--at", str(TEXT.index("5万人")))
    assert max(cell_len(line) for line in answer.out.splitlines()) <= width


@pytest.mark.parametrize(
    ("at", "said"), [("0", "nearest: 5万人 at 15"), ("9999", "lies outside of the text"), ("x", "")]
)
def test_a_place_that_cannot_be_explained(command: Command, plan: Path, at: str, said: str) -> None:
    answer = command("explain", plan, "--at", at)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("policyparse: ")
    assert said in answer.err
    assert answer.err.count("\n") == 1


def test_a_steering_character_is_shown_without_effect_in_an_explanation(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("一、\x1b[31m扩大就业\n全年新增\x1b[1m就业5万人。\n", encoding="utf-8")
    answer = command("explain", path, "--at", "20")
    assert answer.code == 0
    assert "\x1b" not in answer.out


def test_evaluate(command: Command, corpora: Path) -> None:
    answer = command("evaluate", corpora, "--errors", "1")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("13 documents\noutline node ")
    figures = json.loads(command("evaluate", corpora, "--json").out)
    assert f"F1 {figures['layers']['quantity span']['f']:.3f}" in answer.out


def test_evaluate_a_folder_without_samples(command: Command, tmp_path: Path) -> None:
    answer = command("evaluate", tmp_path)
    assert (answer.code, answer.out) == (1, "")
    assert "no *.gold.json in it" in answer.err


def test_help_and_version() -> None:
    assert process("--version").stdout.decode() == f"policyparse {__version__}\n"
    shown = process("--help")
    assert shown.returncode == 0
    for option in (b"--format", b"--only", b"--output", b"--lexicon", b"--without", b"--lang", b"evaluate GOLD_DIR"):
        assert option in shown.stdout
    assert b"GOLD_DIR" in process("evaluate", "--help").stdout


def test_a_process_reads_bytes_and_writes_utf8() -> None:
    answer = process("-", stdin=TEXT.encode("gbk"))
    assert (answer.returncode, answer.stderr) == (0, b"")
    shown = json.loads(answer.stdout.decode("utf-8"))
    assert [target["quantity"]["text"] for target in shown["targets"]] == ["5万人", "12个"]


def test_two_processes_print_the_same(corpora: Path) -> None:
    paths = sorted(corpora.glob("*.txt"))
    assert process(*paths).stdout == process(*paths).stdout


def test_whoever_stops_reading_is_no_error(corpora: Path) -> None:
    called = [sys.executable, "-m", "policyparse", *map(str, sorted(corpora.glob("*.txt")) * 5)]
    with subprocess.Popen(called, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(timeout=60) == 141


def test_nothing_heavy_is_loaded_for_one_plan(corpora: Path) -> None:
    path = next(corpora.glob("*.txt"))
    program = (
        "import sys; from policyparse.cli import run; code = run([sys.argv[1]]);"
        "heavy = {'spacy', 'jieba', 'rjieba', 'opencc', 'numpy', 'charset_normalizer', 'rich.table'} & sys.modules.keys();"
        "sys.exit(f'loaded: {heavy}' if heavy else code)"
    )
    answer = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, timeout=60)
    assert (answer.returncode, answer.stderr) == (0, b"")


def test_a_cold_start_is_quick(corpora: Path) -> None:
    path = next(corpora.glob("*.txt"))
    process(path)
    best = min(_seconds(lambda: process(path)) for _ in range(3))
    assert best < 2.5, "1.2 seconds on a common machine; a busy one gets twice that"


def test_the_result_does_not_depend_on_the_locale(corpora: Path) -> None:
    path = next(corpora.glob("*.txt"))
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    called = [sys.executable, "-m", "policyparse", str(path)]
    plain = subprocess.run(called, capture_output=True, env=environment, timeout=60)
    assert (plain.returncode, plain.stdout) == (0, process(path).stdout)


def test_text_and_file_give_the_same(plan: Path) -> None:
    from_file = parse_file(plan).model_dump(exclude={"source"})
    assert parse(TEXT).model_dump(exclude={"source"}) == from_file


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
