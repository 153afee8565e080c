"""The scores on the annotated samples do not fall below what they were; the figures stand in a table beside the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyparse import Evaluation, evaluate, read

FLOORS = Path(__file__).parent / "specs" / "corpora_scores.tsv"


def floors() -> list[tuple[str, float]]:
    rows = [line.split("\t") for line in FLOORS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(measure, float(floor)) for measure, floor in rows]


@pytest.fixture(scope="module")
def evaluation(corpora: Path) -> Evaluation:
    return evaluate(corpora)


@pytest.mark.parametrize(("measure", "floor"), floors())
def test_no_score_falls(evaluation: Evaluation, measure: str, floor: float) -> None:
    if measure in evaluation.layers:
        layer = evaluation.layers[measure]
        score, errors = layer.f1, layer.errors
    else:
        accuracy = evaluation.accuracy[measure]
        score, errors = accuracy.share, accuracy.errors
    assert score >= floor, "\n".join([f"{measure}: {score:.3f} is below {floor}", *errors[:20]])


def test_every_measure_has_a_floor(evaluation: Evaluation) -> None:
    assert {measure for measure, _ in floors()} == {*evaluation.layers, *evaluation.accuracy}


def test_every_sample_is_annotated_and_described(corpora: Path) -> None:
    texts = {path.stem for path in corpora.glob("*.txt")}
    assert texts == {path.name.removesuffix(".gold.json") for path in corpora.glob("*.gold.json")}
    described = read(corpora / "README.md").text
    assert all(f"`{name}`" in described for name in texts)
