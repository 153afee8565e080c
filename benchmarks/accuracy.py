"""Write ``docs/accuracy.md``: ``python -m benchmarks.accuracy [SHARED]``.

``SHARED`` is the folder that holds the annotated documents ``dev/`` (read while the rules were written) and ``check/`` (set
aside: only scored); the samples of ``corpora/`` are scored as well. The page holds figures and patterns, no text of these
documents; kinds of error are counted on ``dev`` alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from math import exp
from pathlib import Path

from benchmarks.ablation import Row, ablate, to_markdown
from benchmarks.error_kinds import counted
from benchmarks.genres import GENRES, genre
from benchmarks.limits import still
from benchmarks.switches import switches
from benchmarks.train_confidence import PARTS, learn, rated
from benchmarks.train_indicators import questions
from policyparse import Document, Evaluation, Parser
from policyparse.corpus.evaluate import FIELDS, METADATA
from policyparse.corpus.gold import Sample, load_samples
from policyparse.corpus.measures import alike
from policyparse.errors import EvaluationError
from policyparse.parsing.assembly import assemble

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "accuracy.md"
LAYERS = ("outline node+level", "quantity span", "target record", "entity", "responsibility")
BY_GENRE = ("outline node+level", "quantity span", "role", "indicator", "target record", "responsibility")
LEVELS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
SHOWN_KINDS = 40
FAR = 0.06
"""A genre that lies further under the whole is marked."""
SLIM = 20
"""Fewer things of a sort say little; their score is shown in brackets."""

Rate = tuple[float, bool]


def main(words: Sequence[str] | None = None) -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__.splitlines()[0])
    options.add_argument("shared", nargs="?", type=Path, default=ROOT.parent / "shared", metavar="SHARED")
    options.add_argument("--out", type=Path, default=PAGE)
    options.add_argument("--without-ablation", action="store_true", help="leave out the part that takes longest")
    given = options.parse_args(words)
    try:
        sets = {name: load_samples(given.shared / name) for name in ("dev", "check")}
    except EvaluationError as error:
        options.error(str(error))
    sets["corpora"] = load_samples(ROOT / "corpora")
    rows = []
    if not given.without_ablation:
        rows = ablate([sets["dev"], sets["check"]], switches(), show=True)
    text = "\n".join(page(sets, left_out(given.shared / "dev", sets["dev"]), rows))
    given.out.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{given.out}\n")


def page(sets: Mapping[str, Sequence[Sample]], crossed: Sequence[Rate], rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of the page; ``crossed`` are the confidences by cross-validation, ``rows`` those of the ablation."""
    parser = Parser()
    whole = {name: Evaluation() for name in sets}
    parts: dict[tuple[str, str], Evaluation] = {}
    rates: dict[str, list[Rate]] = {name: [] for name in sets}
    for name, samples in sets.items():
        for sample in samples:
            found = parser.findings(sample.source)
            document = assemble(sample.source, found)
            rates[name] += list(confidences(sample, document))
            for evaluation in (whole[name], parts.setdefault((genre(sample, found), name), Evaluation())):
                evaluation.add(sample.name, sample.gold, document)
    yield from _head(whole)
    yield from _layers(whole)
    yield from _genres(whole, parts)
    yield from _confidence(rates["check"], crossed)
    yield from _errors(sets["dev"], parser)
    if rows:
        yield from _ablation(rows)
    yield from _limits()


def confidences(sample: Sample, document: Document) -> Iterator[Rate]:
    """Yield the confidence of each statement whose quantity is annotated, and whether role and indicators are right."""
    wanted = {(q.start, q.end): q for q in sample.gold.quantities}
    for statement in document.statements():
        want = wanted.get((statement.quantity.start, statement.quantity.end))
        if want is None or statement.confidence is None:
            continue
        names = [text for one in statement.indicators for text in (one.text, one.name) if text]
        named = all(any(alike(wish, name) for name in names) for wish in want.indicator)
        yield statement.confidence, named and statement.role == want.role


def left_out(folder: Path, samples: Sequence[Sample]) -> list[Rate]:
    """Return confidences by cross-validation: ranking and confidence learned from the other documents."""
    statements = rated(samples, list(questions(samples)))
    rates: list[Rate] = []
    for part in range(PARTS):
        here = [one for one in statements if one.part == part]
        if not here:
            continue
        weights = learn([one for one in statements if one.part != part])
        for one in here:
            score = sum(weights.get(feature, 0.0) for feature in one.features)
            rates.append((round(1 / (1 + exp(-score)), 2), one.right))
    return rates


def _head(whole: Mapping[str, Evaluation]) -> Iterator[str]:
    counts = {name: evaluation.documents for name, evaluation in whole.items()}
    yield from (
        "# Accuracy",
        "",
        "Written by `python -m benchmarks.accuracy`; do not edit by hand.",
        "",
        f"Three sets of annotated documents: `dev` ({counts['dev']}), which were read while the rules were written; `check`",
        f"({counts['check']}), which were set aside and only scored; `corpora` ({counts['corpora']}), the invented samples of this",
        "repository. The weights of names and bodies were learned from `corpora`, from judged phrases of other documents and from",
        "invented sentences, those of confidence from `dev` as well, none from `check`. What counts for documents that nobody has",
        "seen is `check`; variants of rules were compared by its scores, so that it flatters a little. The measures are those of",
        "`policyparse evaluate` (`corpora/GUIDELINE.md` defines every field).",
        "",
    )


def _layers(whole: Mapping[str, Evaluation]) -> Iterator[str]:
    yield "## By layer"
    yield ""
    yield f"| measure | {' | '.join(whole)} |"
    yield f"| --- |{' ---: |' * len(whole)}"
    for name in LAYERS:
        cells = (_score(evaluation, name) for evaluation in whole.values())
        yield f"| {name}, F1 | {' | '.join(cells)} |"
    for name in ("outline heading", *FIELDS, *METADATA):
        yield f"| {name} | {' | '.join(_score(evaluation, name) for evaluation in whole.values())} |"
    yield ""


def _genres(whole: Mapping[str, Evaluation], parts: Mapping[tuple[str, str], Evaluation]) -> Iterator[str]:
    yield "## By genre"
    yield ""
    yield f"A star marks a genre that lies more than {FAR} under the whole of its set; brackets, fewer than {SLIM} things; a dash,"
    yield "none. Role and indicator are shares of right answers, the others F1."
    yield ""
    yield f"| genre | set | documents | {' | '.join(BY_GENRE)} |"
    yield f"| --- | --- | ---: |{' ---: |' * len(BY_GENRE)}"
    for one in (*GENRES, "all"):
        for name, total in whole.items():
            evaluation = total if one == "all" else parts.get((one, name))
            if evaluation is None:
                continue
            cells = [_marked(evaluation, total, measure) for measure in BY_GENRE]
            yield f"| {one} | {name} | {evaluation.documents} | {' | '.join(cells)} |"
    yield ""


def _marked(evaluation: Evaluation, total: Evaluation, measure: str) -> str:
    size, score = _size(evaluation, measure), _value(evaluation, measure)
    if not size:
        return "–"
    shown = f"{score:.3f}"
    if size < SLIM:
        return f"({shown})"
    return f"{shown} *" if score < _value(total, measure) - FAR else shown


def _confidence(check: Sequence[Rate], crossed: Sequence[Rate]) -> Iterator[str]:
    yield from (
        "## Confidence",
        "",
        "Of the statements at each level of `confidence`, how many have the right role and the right indicators: on `check`,",
        f"and on `dev` by cross-validation in {PARTS} parts (ranking and confidence learned from the other parts).",
        "",
        "| confidence | check | right | cross-validation | right |",
        "| --- | ---: | ---: | ---: | ---: |",
    )
    for low, high in [*pairwise(LEVELS), (0.9, 1.01)]:
        cells = (cell for rates in (check, crossed) for cell in _level(rates, low, high))
        name = f"{low:.2f} to {high:.2f}" if high <= 1 else f"{low:.2f} or more"
        yield f"| {name} | {' | '.join(cells)} |"
    yield ""


def _level(rates: Sequence[Rate], low: float, high: float) -> tuple[str, str]:
    here = [right for rate, right in rates if low <= rate < high]
    return f"{len(here)}", f"{sum(here) / len(here):.3f}" if here else "–"


def _errors(samples: Sequence[Sample], parser: Parser) -> Iterator[str]:
    kinds = counted(samples, parser)
    yield from (
        "## The commonest kinds of error",
        "",
        f"Counted on `dev`: {sum(count for _, count, _ in kinds)} errors of {len(kinds)} kinds.",
        "",
        "| layer | pattern | errors | documents |",
        "| --- | --- | ---: | ---: |",
    )
    for kind, count, documents in kinds[:SHOWN_KINDS]:
        yield f"| {kind.layer} | {kind.pattern} | {count} | {documents} |"
    yield ""


def _ablation(rows: Sequence[Row]) -> Iterator[str]:
    yield from (
        "## What each part is worth",
        "",
        "One thing is switched off at a time (`python -m benchmarks.ablation GOLD_DIR…`). A cell tells by how many",
        "thousandths the measure falls, on `dev` / on `check`; empty where it stays the same, negative where the parser is",
        "better without. Weights are not learned anew, so the row of a feature shows how much the present weights lean on it.",
        "Canonical keys, full names and modality are not among the measures, and so their tables change none.",
        "",
        to_markdown(rows).rstrip(),
        "",
    )
    for title, kept in (
        ("The parser does not run without", [row for row in rows if row.broken]),
        ("Nothing falls and something rises without", [row for row in rows if row.harms()]),
        (
            "No measure changes on these documents without",
            [row for row in rows if not row.matters() and not row.harms()],
        ),
    ):
        if kept:
            yield from (f"{title} ({len(kept)}):", "")
            for group, members in groupby(kept, key=lambda row: row.switch.group):
                yield f"- {group}: {', '.join(f'`{row.switch.name}`' for row in members)}"
            yield ""


def _limits() -> Iterator[str]:
    yield from (
        "## Known limits",
        "",
        "Each with an invented example; `benchmarks/known_limits.toml` holds them, and only those still wrong are listed.",
        "",
        "| what | example | wanted | read |",
        "| --- | --- | --- | --- |",
    )
    for limit, said in still():
        line = next(line for line in limit.text.split("\n") if limit.phrase in line)
        example = line.replace(limit.phrase, f"**{limit.phrase}**", 1)
        yield f"| {limit.what} | {example} | {limit.field}: {limit.wanted} | {said} |"
    yield ""


def _value(evaluation: Evaluation, measure: str) -> float:
    if measure in evaluation.layers:
        return evaluation.layers[measure].f1
    return evaluation.accuracy[measure].share


def _size(evaluation: Evaluation, measure: str) -> int:
    if measure in evaluation.layers:
        layer = evaluation.layers[measure]
        return layer.right + layer.missed
    return evaluation.accuracy[measure].of


def _score(evaluation: Evaluation, measure: str) -> str:
    return f"{_value(evaluation, measure):.3f}" if _size(evaluation, measure) else "–"


if __name__ == "__main__":
    main()
