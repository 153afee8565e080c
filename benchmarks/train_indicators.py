"""Learn the weights by which candidates for an indicator are ranked: ``python -m benchmarks.train_indicators GOLD_DIR…``.

Reads annotated documents (``NAME.txt`` beside ``NAME.gold.json``), collects for each annotated quantity the candidates that
the parser proposes, and fits a linear model so that those which name the annotated indicator come first (softmax over the
candidates of one quantity, L2 penalty). Only numbers are written: one feature and its weight a row.

The invented sentences of
``indicator_sentences.tsv`` are learned from too, with ``--texts`` also the quantities of ``judged_statements.tsv``. With ``--leave-out`` nothing is written:
each document in turn is left out of the training and then scored.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.judged import JUDGED, judged_samples, sample_of
from policyparse import Parser
from policyparse.corpus.gold import Sample, load_samples
from policyparse.corpus.measures import overlap
from policyparse.parsing.indicators import printed
from policyparse.parsing.records import Named

WEIGHTS = Path(__file__).parent.parent / "policyparse" / "lexicon" / "indicator_weights.tsv"
SENTENCES = Path(__file__).parent / "indicator_sentences.tsv"
HEADER = "# Weights of the features by which candidates for an indicator are ranked; written by benchmarks/train_indicators.py.\n"
PENALTY = 1.4
STEPS = 250
RATE = 0.15
GOOD = 0.5
INVENTED = 0.3  # what a question from an invented sentence counts beside one from a document
SMALLEST = 0.05


@dataclass
class Question:
    """One annotated quantity: the features of its candidates, and how well each names the indicator."""

    document: str
    features: list[tuple[str, ...]]
    worth: list[float]
    decided: bool | None
    names: list[str]
    note: str
    heed: float = 1.0


def questions(samples: Iterable[Sample]) -> Iterator[Question]:
    """Yield what is asked of the ranking by annotated documents."""
    parser = Parser(without=["responsibilities"])
    finder = parser._indicators
    for sample in samples:
        wanted = {(q.start, q.end): q.indicator for q in sample.gold.quantities if q.indicator}
        found = parser.findings(sample.source)
        text = found.text
        steps = finder.steps(text, found.sentences, found.measures)
        for measure, (scene, candidates, choice) in zip(found.measures, steps, strict=True):
            want = wanted.get(text.span(measure.start, measure.end))
            if want is None:
                continue
            here = f"{text.clean[measure.start - 30 : measure.start]}【{text.clean[measure.start : measure.end]}】"
            note = f"{'、'.join(want)}: …{here}{text.clean[measure.end : measure.end + 20]}…".replace("\n", "|")
            if not candidates:
                named = "、".join(one.name for one in choice.named)
                yield Question(sample.name, [], [], _worth(text.clean, choice.named, want) >= GOOD, [named], note)
                continue
            options = [finder._series.sharing(text.folded, one, scene) for one in candidates]
            for named in (named for option in options for named in option):
                named.name = printed(text, named.name, measure)
            worth = [_worth(text.clean, option, want) for option in options]
            names = ["、".join(one.name or text.clean[one.start : one.end] for one in option) for option in options]
            yield Question(sample.name, [one.features for one in candidates], worth, None, names, note)


def invented(rows: Path) -> list[Sample]:
    """Return invented sentences, in which braces hold a quantity and what it measures and ⏎ breaks a line, as samples."""
    samples = []
    for number, line in enumerate(rows.read_text(encoding="utf-8").splitlines()):
        if not line or line.startswith("#"):
            continue
        plain, marks = "一、工作安排\n", []
        for piece in line.replace("⏎", "\n").split("{"):
            marked, closed, rest = piece.rpartition("}")
            if closed:
                quantity, _, names = marked.partition("|")
                marks.append((len(plain), quantity, names.split(";")))
                plain += quantity
            plain += rest
        samples.append(sample_of(f"sentence {number}", plain + "。\n", marks))
    return samples


def _worth(text: str, named: Sequence[Named], want: Sequence[str]) -> float:
    """Return how well the spans or the full names say what is wanted."""
    said = [phrase for one in named for phrase in (text[one.start : one.end], one.name) if phrase]
    return min(max((overlap(wish, phrase) for phrase in said), default=0.0) for wish in want)


def fit(asked: Sequence[Question]) -> dict[str, float]:
    """Return the weights that put the good candidates of each question first."""
    usable = [q for q in asked if any(worth >= GOOD for worth in q.worth)]
    index: dict[str, int] = {}
    ids: list[int] = []
    starts: list[int] = []
    groups: list[int] = []
    target: list[float] = []
    for number, question in enumerate(usable):
        for features, worth in zip(question.features, question.worth, strict=True):
            starts.append(len(ids))
            ids.extend(index.setdefault(feature, len(index)) for feature in features if feature)
            groups.append(number)
            target.append(worth**2 if worth >= GOOD else 0.0)
    feature_ids, first, group = np.array(ids), np.array(starts), np.array(groups)
    lengths = np.diff(np.append(first, len(feature_ids)))
    wish = np.array(target)
    heed = np.array([question.heed for question in usable])
    weights = np.zeros(len(index))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    heads = np.searchsorted(group, np.arange(len(usable)))
    for step in range(1, STEPS + 1):
        score = np.add.reduceat(weights[feature_ids], first)
        score -= np.maximum.reduceat(score, heads)[group]
        chance = np.exp(score)
        chance /= np.add.reduceat(chance, heads)[group]
        good = np.exp(score) * wish
        good /= np.add.reduceat(good, heads)[group]
        push = np.repeat((chance - good) * heed[group], lengths)
        gradient = np.bincount(feature_ids, push, len(weights)) + PENALTY * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {feature: float(weights[i]) for feature, i in index.items()}


def right(question: Question, weights: dict[str, float]) -> bool:
    """Tell whether the first candidate by ``weights`` names the indicator."""
    if question.decided is not None:
        return question.decided
    scores = [sum(weights.get(feature, 0.0) for feature in features) for features in question.features]
    return question.worth[int(np.argmax(scores))] >= GOOD


def leave_out(asked: Sequence[Question]) -> None:
    """Print for each document how many indicators are right when it takes no part in the training."""
    total = reachable = correct = 0
    for name in sorted({q.document for q in asked}):
        weights = fit([q for q in asked if q.document != name])
        own = [q for q in asked if q.document == name]
        hits = sum(right(q, weights) for q in own)
        reach = sum(q.decided if q.decided is not None else max(q.worth) >= GOOD for q in own)
        total, reachable, correct = total + len(own), reachable + reach, correct + hits
        sys.stdout.write(f"{name:40} {hits:4} of {len(own):4}, within reach {reach:4}\n")
    sys.stdout.write(
        f"{'all':40} {correct:4} of {total:4} ({correct / total:.3f}), within reach {reachable / total:.3f}\n"
    )


def write(weights: dict[str, float], path: Path) -> None:
    """Write the weights that matter, sorted by feature."""
    rows = [
        f"{feature}\t{round(weight, 3)}\n" for feature, weight in sorted(weights.items()) if abs(weight) >= SMALLEST
    ]
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    sys.stdout.write(f"{path}: {len(rows)} weights\n")


def main(words: Iterable[str] | None = None) -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folders", nargs="+", type=Path, metavar="GOLD_DIR")
    options.add_argument("--texts", type=Path, metavar="DIR", help=f"add {JUDGED.name}; DIR holds its documents")
    options.add_argument("--leave-out", action="store_true", help="score each document by the others; write nothing")
    options.add_argument("--out", type=Path, default=WEIGHTS)
    given = options.parse_args(None if words is None else list(words))
    samples = [sample for folder in given.folders for sample in load_samples(folder)]
    if given.texts:
        samples += judged_samples(JUDGED, given.texts)
    asked = list(questions(samples))
    asked += [replace(question, heed=INVENTED) for question in questions(invented(SENTENCES))]
    if given.leave_out:
        leave_out(asked)
    else:
        write(fit(asked), given.out)


if __name__ == "__main__":
    main()
