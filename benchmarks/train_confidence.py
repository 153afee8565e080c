"""Learn the weights by which confidence is rated: ``python -m benchmarks.train_confidence GOLD_DIR…``.

Reads annotated documents (``NAME.txt`` beside ``NAME.gold.json``). The ranking of indicators is learned anew for each part
of them from the other parts, so that a statement is never judged by weights that saw it; then each statement whose quantity
is annotated is right or wrong (role and indicators), and a logistic model learns which. Only numbers are written.

With ``--leave-out`` nothing is written: each part in turn is left out here too, and a table shows for each level of
confidence how many statements were right.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.judged import JUDGED, judged_samples
from benchmarks.train_duties import solve
from benchmarks.train_indicators import Question, fit, questions
from policyparse import Parser
from policyparse.corpus.gold import Sample, load_samples
from policyparse.corpus.measures import overlap
from policyparse.parsing.confidence import confidence_features
from policyparse.parsing.ranking import Ranking

WEIGHTS = Path(__file__).parent.parent / "policyparse" / "lexicon" / "confidence_weights.tsv"
HEADER = "# Weights of the features by which confidence is rated; written by benchmarks/train_confidence.py.\n"
PARTS = 8
CAUTION = 0.55  # in log odds: documents that nobody has seen are read a little worse than those that were learned from
PENALTY = 3.0
GOOD = 0.5
LEVELS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)


@dataclass
class Rated:
    """One statement: the part that its document belongs to, its features, and whether it is right."""

    part: int
    features: tuple[str, ...]
    right: bool


def rated(samples: Sequence[Sample], asked: Sequence[Question]) -> list[Rated]:
    """Return the annotated statements, each judged with weights that were learned from other documents."""
    names = sorted({sample.name for sample in samples})
    part_of = {name: index % PARTS for index, name in enumerate(names)}
    found: list[Rated] = []
    for part in range(PARTS):
        parser = Parser(without=["responsibilities"])
        weights = fit([question for question in asked if part_of[question.document] != part])
        parser._indicators.ranking = Ranking({name: str(weight) for name, weight in weights.items()})
        for sample in samples:
            if part_of[sample.name] == part:
                found.extend(judged(parser, sample, part))
    return found


def judged(parser: Parser, sample: Sample, part: int) -> Iterable[Rated]:
    """Yield the statements of one document whose quantities are annotated."""
    wanted = {(q.start, q.end): q for q in sample.gold.quantities}
    findings = parser.findings(sample.source)
    choices = parser._indicators.find(findings.text, findings.sentences, findings.measures)
    for claim, choice in zip(findings.claims, choices, strict=True):
        want = wanted.get(findings.text.span(claim.measure.start, claim.measure.end))
        if want is None:
            continue
        said = [phrase for one in choice.named for phrase in (findings.text.clean[one.start : one.end], one.name)]
        named = all(max((overlap(wish, phrase) for phrase in said), default=0.0) >= GOOD for wish in want.indicator)
        purpose = findings.setting.purpose_at(claim.measure.start)
        features = confidence_features(claim.measure, claim.rule, purpose, choice, findings.setting)
        yield Rated(part, features, named and claim.role == want.role)


def learn(statements: Sequence[Rated]) -> dict[str, float]:
    """Return the weights of a logistic model of what is right, a little less sure than what was learned from."""
    found = solve(
        [one.features for one in statements], [float(one.right) for one in statements], [1.0] * len(statements), PENALTY
    )
    found["bias"] = found.get("bias", 0.0) - CAUTION
    return found


def table(statements: Sequence[Rated]) -> None:
    """Print how many of the statements at each level of confidence are right, each part rated by the others."""
    rates: list[tuple[float, bool]] = []
    for part in range(PARTS):
        weights = learn([one for one in statements if one.part != part])
        for one in statements:
            if one.part == part:
                score = sum(weights.get(feature, 0.0) for feature in one.features)
                rates.append((round(1 / (1 + float(np.exp(-score))), 2), one.right))
    for low, high in pairwise(LEVELS):
        here = [right for rate, right in rates if low <= rate < high]
        share = f"{sum(here) / len(here):.3f}" if here else "-"
        sys.stdout.write(f"{low:.2f} to {min(high, 1.0):.2f}: {len(here):5} statements, right {share}\n")
    sure = [right for rate, right in rates if rate >= 0.9]
    sys.stdout.write(f"0.90 or more: {len(sure)} of {len(rates)}, right {sum(sure) / max(len(sure), 1):.3f}\n")


def main(words: Iterable[str] | None = None) -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folders", nargs="+", type=Path, metavar="GOLD_DIR")
    options.add_argument("--texts", type=Path, metavar="DIR", help=f"add {JUDGED.name}; DIR holds its documents")
    options.add_argument("--leave-out", action="store_true", help="show how well it is calibrated; write nothing")
    options.add_argument("--out", type=Path, default=WEIGHTS)
    given = options.parse_args(None if words is None else list(words))
    samples = [sample for folder in given.folders for sample in load_samples(folder)]
    if given.texts:
        samples += judged_samples(JUDGED, given.texts)
    asked = list(questions(samples))
    statements = rated(samples, asked)
    if given.leave_out:
        table(statements)
        return
    weights = learn(statements)
    rows = [f"{name}\t{round(weight, 3)}\n" for name, weight in sorted(weights.items()) if abs(weight) >= 0.01]
    given.out.write_text(HEADER + "".join(rows), encoding="utf-8")
    sys.stdout.write(f"{given.out}: {len(rows)} weights from {len(statements)} statements\n")


if __name__ == "__main__":
    main()
