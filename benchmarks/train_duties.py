"""Learn the weights by which bodies in running prose are chosen: ``python -m benchmarks.train_duties GOLD_DIR…``.

Reads annotated documents (``NAME.txt`` beside ``NAME.gold.json``), collects the phrases of bodies that the parser proposes,
and fits a logistic model that tells those which are annotated from the others. The invented sentences of
``duty_sentences.tsv`` are learned from too. ``--texts DIR`` adds what readers judged in the documents below it: the
stretches of ``judged_windows.tsv``, in which every body is marked, and the single phrases of ``judged_duties.tsv``. Only
numbers are written: one feature and its weight a row.

With ``--leave-out`` nothing is written: each document in turn is left out of the training and then scored.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from policyparse import Parser, Source
from policyparse.corpus.gold import load_samples
from policyparse.parsing.characters import reading_text
from policyparse.parsing.lines import soft_breaks
from policyparse.parsing.records import Outline, Setting
from policyparse.reading import read

WEIGHTS = Path(__file__).parent.parent / "policyparse" / "lexicon" / "duty_weights.tsv"
SENTENCES = Path(__file__).parent / "duty_sentences.tsv"
STRETCHES = Path(__file__).parent / "judged_windows.tsv"
PHRASES = Path(__file__).parent / "judged_duties.tsv"
HEADER = (
    "# Weights of the features by which phrases of bodies in prose are chosen; written by benchmarks/train_duties.py.\n"
)
PENALTY = 2.0
STEPS = 25
SMALLEST = 0.01


@dataclass
class Example:
    """A phrase that was proposed: its features, its members, how many of them are annotated."""

    document: str
    features: list[str]
    members: list[tuple[int, int]]
    right: int


def proposed(parser: Parser, source: Source) -> Iterator[tuple[list[tuple[int, int]], list[str]]]:
    """Yield the members (in the source) and the features of each phrase that the parser proposes."""
    text = reading_text(source.text, [(m.start, m.end) for m in source.markup])
    text = text.without(soft_breaks(text.folded))
    marked = [(text.from_source(h.start), text.from_source(h.end), h.level) for h in source.headings]
    outline = parser._outline.find(text, marked)
    setting = parser._setting.find(text, outline)
    for candidate, features in parser._duties.candidates(text.folded, outline, setting):
        yield [text.span(*member) for member in candidate.phrase.members], features


def annotated(parser: Parser, folder: Path) -> Iterator[Example]:
    """Yield what is proposed in the annotated stretches of the samples of ``folder``."""
    for sample in load_samples(folder):
        gold = {(r.start, r.end) for r in sample.gold.responsibilities}
        for members, features in proposed(parser, sample.source):
            if sample.gold.covers(members[0][0]):
                yield Example(sample.name, features, members, sum(member in gold for member in members))


def judged(parser: Parser, texts: Path) -> Iterator[Example]:
    """Yield what is proposed in the stretches that a reader went through, and the phrases that were judged one by one."""
    stretches: dict[str, list[tuple[int, int, set[tuple[int, int]]]]] = {}
    for name, start, end, bodies in _rows(STRETCHES):
        marked = {(int(first), int(last)) for first, last in (body.split("-") for body in bodies.split())}
        stretches.setdefault(name, []).append((int(start), int(end), marked))
    verdicts: dict[str, dict[tuple[int, int], int]] = {}
    for name, start, end, verdict in _rows(PHRASES):
        verdicts.setdefault(name, {})[int(start), int(end)] = int(verdict)
    for name in sorted({*stretches, *verdicts}):
        alone = verdicts.get(name, {})
        for members, features in proposed(parser, read(texts / name)):
            place = members[0][0]
            known = next((marked for start, end, marked in stretches.get(name, ()) if start <= place < end), None)
            if known is not None:
                yield Example(name, features, members, sum(member in known for member in members))
            elif (verdict := alone.pop((place, members[-1][1]), None)) is not None:
                yield Example(name, features, members, verdict * len(members))


def _rows(table: Path) -> Iterator[list[str]]:
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def invented(parser: Parser, rows: Path) -> Iterator[Example]:
    """Yield what is proposed in invented sentences, in which braces mark the bodies that have something to do."""
    for number, line in enumerate(rows.read_text(encoding="utf-8").splitlines()):
        if not line or line.startswith("#"):
            continue
        kind, marked = line.split("\t")
        gold, plain = set(), ""
        for piece in marked.split("{"):
            body, closed, rest = piece.rpartition("}")
            if closed:
                gold.add((len(plain), len(plain) + len(body)))
            plain += body + rest
        text = reading_text(plain)
        outline = Outline()
        outline.close()
        for candidate, features in parser._duties.candidates(text.folded, outline, Setting(kind)):
            members = candidate.phrase.members
            yield Example(f"sentence {number}", features, members, sum(member in gold for member in members))


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights of a logistic model; long lists weigh a little more."""
    wishes = [float(0 < len(e.members) <= 2 * e.right) for e in examples]
    heeds = [len(e.members) ** 0.5 for e in examples]
    return solve([e.features for e in examples], wishes, heeds, PENALTY)


def solve(
    rows: Sequence[Sequence[str]], wishes: Sequence[float], heeds: Sequence[float], penalty: float
) -> dict[str, float]:
    """Return the weights of a logistic model (Newton's method, L2 penalty) of ``wishes``, each row heeded as told."""
    index: dict[str, int] = {}
    for row in rows:
        for feature in row:
            index.setdefault(feature, len(index))
    matrix = np.zeros((len(rows), len(index)))
    for number, row in enumerate(rows):
        matrix[number, [index[feature] for feature in row]] = 1.0
    wish, heed = np.array(wishes), np.array(heeds)
    weights = np.zeros(len(index))
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-(matrix @ weights)))
        gradient = matrix.T @ (heed * (chance - wish)) + penalty * weights
        curve = (matrix * (heed * chance * (1.0 - chance))[:, None]).T @ matrix + penalty * np.eye(len(index))
        step = np.linalg.solve(curve, gradient)
        weights -= step
        if np.abs(step).max() < 1e-4:
            break
    return {feature: float(weights[i]) for feature, i in index.items()}


def leave_out(examples: Sequence[Example], extra: Sequence[Example]) -> None:
    """Print for each document how well its phrases are chosen when it takes no part in the training."""
    chosen_all = right_all = gold_all = 0
    for name in sorted({e.document for e in examples}):
        weights = fit([e for e in (*examples, *extra) if e.document != name])
        own = [e for e in examples if e.document == name]
        chosen = [e for e in own if sum(weights.get(feature, 0.0) for feature in e.features) > 0]
        counts = sum(len(e.members) for e in chosen), sum(e.right for e in chosen), sum(e.right for e in own)
        chosen_all, right_all, gold_all = chosen_all + counts[0], right_all + counts[1], gold_all + counts[2]
        sys.stdout.write(f"{name:40} chosen {counts[0]:4}, right {counts[1]:4} of {counts[2]:4} within reach\n")
    score = 2 * right_all / (chosen_all + gold_all)
    sys.stdout.write(f"{'all':40} chosen {chosen_all:4}, right {right_all:4} of {gold_all:4}, F1 {score:.3f}\n")


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
    options.add_argument("--texts", type=Path, metavar="DIR", help="the folder of the documents that were judged")
    options.add_argument("--leave-out", action="store_true", help="score each document by the others; write nothing")
    options.add_argument("--out", type=Path, default=WEIGHTS)
    given = options.parse_args(None if words is None else list(words))
    parser = Parser()
    examples = [example for folder in given.folders for example in annotated(parser, folder)]
    extra = list(invented(parser, SENTENCES))
    if given.texts:
        extra += judged(parser, given.texts)
    if given.leave_out:
        leave_out(examples, extra)
    else:
        write(fit([*examples, *extra]), given.out)


if __name__ == "__main__":
    main()
