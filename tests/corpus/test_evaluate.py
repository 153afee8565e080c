"""Evaluation: what counts as right, what is said of gold files that do not fit, and the same figures as the scorer."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from policyparse import Parser, evaluate, parse_file
from policyparse.corpus.measures import alike, close
from policyparse.errors import EvaluationError, ReadError

TEXT = "一、扩大就业\n全年新增城镇就业5万人以上。\n"


def gold(**changes: Any) -> dict[str, Any]:
    quantity = {
        "start": 15,
        "end": 18,
        "text": "5万人",
        "kind": "count",
        "low": "50000",
        "high": "50000",
        "unit": "人",
        "bound": "ge",
        "role": "target",
        "indicator": ["城镇就业"],
        "change": "increase",
        "deadline": "全年",
    }
    return {
        "doc": "plan.txt",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "chars": len(TEXT),
        "windows": [[0, len(TEXT)]],
        "metadata": {"title": "", "period": "", "boilerplate": []},
        "outline": [{"start": 0, "label": "一、", "level": 1, "heading": "扩大就业"}],
        "quantities": [quantity],
        "responsibilities": [],
        **changes,
    }


def sample(folder: Path, **changes: Any) -> Path:
    (folder / "plan.txt").write_bytes(TEXT.encode())
    (folder / "plan.gold.json").write_text(json.dumps(gold(**changes), ensure_ascii=False), encoding="utf-8")
    return folder


def test_the_gold_quantity_stands_where_it_says() -> None:
    assert TEXT[15:18] == "5万人"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("城镇新增就业", "新增就业", True),
        ("就业", "就业率", True),
        ("就业", "失业", False),
        ("", "", True),
        ("", "年内", False),
        ("（就业）", "就业", True),
        ("率", "率", True),
        ("率", "就业率", False),
        ("人人人人", "人人", True),
    ],
)
def test_phrases_agree_where_they_share_half_of_their_bigrams(one: str, other: str, expected: bool) -> None:
    assert alike(one, other) is expected
    assert alike(other, one) is expected


def test_values_agree_to_a_thousandth() -> None:
    assert close(Decimal("0.6667"), Decimal(2) / 3)
    assert close(Decimal(1000), Decimal(1001))
    assert not close(Decimal(1000), Decimal(1002))
    assert not close(Decimal(0), Decimal("0.001"))


def test_errors_name_document_and_offset(tmp_path: Path) -> None:
    evaluation = evaluate(sample(tmp_path), parser=Parser(without=["quantities", "outline"]))
    assert evaluation.layers["quantity span"].errors == ["plan@(15, 18) missed '5万人' (target)"]
    assert evaluation.layers["outline node"].errors == ["plan@0 missed '一、' '扩大就业'"]
    assert "-- quantity span: 1\n   plan@(15, 18) missed" in evaluation.to_text(errors=1)
    assert "missed '" not in evaluation.to_text()


def test_only_what_was_annotated_counts(tmp_path: Path) -> None:
    evaluation = evaluate(sample(tmp_path, windows=[[0, 7]], quantities=[]))
    assert evaluation.layers["quantity span"].false == 0
    assert evaluate(sample(tmp_path, quantities=[])).layers["quantity span"].false == 1


def test_figures_as_json(tmp_path: Path) -> None:
    figures = json.loads(evaluate(sample(tmp_path)).to_json())
    assert figures["documents"] == 1
    assert figures["layers"]["quantity span"] == {"p": 1.0, "r": 1.0, "f": 1.0, "tp": 1, "fp": 0, "fn": 0}
    assert figures["accuracy"]["value"] == {"right": 1, "of": 1}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sha256": "0" * 64}, r"belongs to another text: the SHA-256 of plan\.txt"),
        ({"chars": 3}, r"chars is 3, not 22"),
        ({"quantities": [{"start": 0}]}, r"quantities\.0\.\w+: Field required"),
        ({"windows": "all"}, r"windows: Input should be"),
        ({"quantities": [{**gold()["quantities"][0], "start": 14}]}, "'5万人' does not stand at offset 14"),
        ({"responsibilities": [{"start": 0, "end": 2, "entity": "企业", "role": "lead"}]}, "'企业' does not stand"),
        (
            {"responsibilities": [{"start": 0, "end": 2, "entity": "一、", "role": "chief"}]},
            r"responsibilities\.0\.role",
        ),
    ],
)
def test_gold_that_does_not_fit_is_refused(tmp_path: Path, changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(EvaluationError, match=reason) as caught:
        evaluate(sample(tmp_path, **changes))
    assert "plan.gold.json: " in str(caught.value)


def test_folders_without_samples_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"no \*\.gold\.json in it"):
        evaluate(tmp_path)
    with pytest.raises(EvaluationError, match="no such folder"):
        evaluate(tmp_path / "missing")
    (tmp_path / "plan.gold.json").write_text("{", encoding="utf-8")
    with pytest.raises(EvaluationError, match="the file: Invalid JSON"):
        evaluate(tmp_path)
    sample(tmp_path)
    (tmp_path / "plan.txt").unlink()
    with pytest.raises(ReadError, match="no such file"):
        evaluate(tmp_path)


@pytest.mark.shared
def test_figures_equal_those_of_the_scorer(shared: Path, tmp_path: Path) -> None:
    for path in sorted((shared / "dev").glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        document = parse_file(path.with_name(f"{name}.txt"))
        (tmp_path / f"{name}.json").write_text(document.model_dump_json(), encoding="utf-8")
    scorer = [sys.executable, shared / "annotation" / "score.py", shared / "dev", tmp_path, "--json"]
    theirs = json.loads(subprocess.run(scorer, capture_output=True, check=True, encoding="utf-8").stdout)
    ours = json.loads(evaluate(shared / "dev").to_json())
    assert ours.pop("documents") == len(list(tmp_path.glob("*.json"))) > 0
    assert ours == theirs
