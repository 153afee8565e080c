"""``policyparse compare`` as people call it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from policyparse.cli import run


@pytest.fixture
def reports(corpora: Path) -> list[str]:
    return [str(path) for path in sorted(corpora.glob("lanjiang-report-*.txt"))]


@pytest.mark.parametrize("name", ["out.html", "out.json", "out.csv", "out.xlsx"])
def test_formats_by_the_name_of_the_file(reports: list[str], tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    assert run(["compare", *reports, "--out", str(out)]) == 0
    assert out.stat().st_size > 5000
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_json_on_standard_output(reports: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", *reports]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["schema_version"] == "1.0"
    assert "3 documents of 1 issuers" in captured.err


def test_a_store_with_years_and_issuer(samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.csv"
    words = ["--issuer", "澜江市人民政府", "--years", "2023:2024", "--table", "series", "--lang", "en"]
    assert run(["compare", str(samples), *words, "--out", str(out)]) == 0
    rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["issuer", "indicator", "form", "2023", "2024"]
    assert any(row[1:] == ["地区生产总值", "rate", "≈ 6% → 5.8%", "≈ 5.5% → 5.5%"] for row in rows)
    assert "several documents of 澜江市人民政府 2024" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--out", "x.txt"], "ends in none of"),
        (["--format", "xlsx"], "give --out"),
        (["--table", "tasks"], "goes with --format csv"),
        (["--years", "2025:2020"], "the other way round"),
        (["--issuer", "火星"], "nothing to compare: no document of issuer 火星"),
        (["--groups", "none.csv"], "cannot be read"),
        (["--tolerance", "2"], "tolerance"),
    ],
)
def test_wrong_usage(
    reports: list[str], words: list[str], message: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["compare", *reports, *words]) == 2
    assert message in capsys.readouterr().err


def test_an_input_is_never_overwritten(corpora: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text("一、目标", encoding="utf-8")
    assert run(["compare", str(plan), "--out", str(plan)]) == 2
    assert plan.read_text(encoding="utf-8") == "一、目标"
