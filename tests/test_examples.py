"""The examples run as they are."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

from policyparse import parse_file


def output(example: Path, *words: str) -> str:
    called = [sys.executable, "-W", "error", str(example), *words]
    answer = subprocess.run(called, capture_output=True, encoding="utf-8", timeout=120, cwd=example.parent.parent)
    assert (answer.returncode, answer.stderr) == (0, "")
    return answer.stdout


def test_every_example_runs(root: Path) -> None:
    examples = sorted((root / "examples").glob("*.py"))
    assert len(examples) >= 3
    for example in examples:
        assert output(example)


def test_parse_one_file(root: Path, corpora: Path) -> None:
    path = corpora / "private-economy-measures-2024.txt"
    shown = output(root / "examples" / "parse_one_file.py", str(path))
    document = parse_file(path)
    assert all(node.label + node.heading in shown for node in document.nodes())
    assert all(f"\n{target.id}\t" in shown for target in document.targets)


def test_targets_to_csv(root: Path, corpora: Path) -> None:
    table = output(root / "examples" / "targets_to_csv.py").removeprefix("\ufeff")
    rows = list(csv.DictReader(table.splitlines(keepends=True)))
    expected = [(path.name, target) for path in sorted(corpora.glob("*.txt")) for target in parse_file(path).targets]
    assert len(rows) == len(expected) > 50
    for row, (name, target) in zip(rows, expected, strict=True):
        assert (row["file"], row["id"], row["unit"]) == (name, target.id, target.quantity.unit)
        assert row["low"] == format(target.quantity.low, "f")


def test_own_lexicon(root: Path) -> None:
    lines = output(root / "examples" / "own_lexicon.py").splitlines()
    assert "['30驿点']" in lines[0].split("→")[1]
    assert "['30驿点']" not in lines[0].split("→")[0]
    assert [line[:5] for line in lines[1:]] == ["2023:", "2024:", "2025:"]
    assert all("gdp increase" in line for line in lines[1:])


def test_ledger_of_a_plan(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "台账.xlsx"
    shown = output(
        root / "examples" / "ledger_of_a_plan.py",
        str(root / "corpora" / "domestic-services-opinion-2024.txt"),
        "--out",
        str(out),
    )
    assert out.read_bytes()[:2] == b"PK"
    assert re.search(r"^  1\t", shown, re.MULTILINE)
    assert re.search(r"^\d+\t\w+$", shown, re.MULTILINE)


def test_spacy_pipeline(root: Path, tmp_path: Path) -> None:
    picture = tmp_path / "picture.html"
    lines = output(root / "examples" / "spacy_pipeline.py", str(picture)).splitlines()
    assert len(lines) == 5
    assert all("'TARGET': " in line for line in lines[:3])
    assert "INDICATOR" in picture.read_text(encoding="utf-8")


def test_to_annotation_tool(root: Path, corpora: Path, tmp_path: Path) -> None:
    path = corpora / "city-education-2024.txt"
    lines = output(root / "examples" / "to_annotation_tool.py", str(path), str(tmp_path)).splitlines()
    assert lines[0] == "sent: tasks.json, labels.xml"
    total = len(parse_file(path).statements())
    assert lines[2] == f"role: {total - 1} of {total} as corrected"
    assert (tmp_path / "gold" / path.name).read_bytes() == path.read_bytes()
