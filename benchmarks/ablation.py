"""What each rule is worth: ``python -m benchmarks.ablation GOLD_DIR…``.

Switches off one thing at a time (``benchmarks/switches.py``) and scores the parser against the annotated documents of each
folder. A row tells by how much each measure falls, one figure a folder; a negative figure means that the parser is better
without. Weights are not learned anew, so a feature's row shows how much the present weights lean on it.

``--thorough`` adds every early return of the parser and every pattern of its modules; ``--group NAME`` keeps to one group.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.switches import Switch, branch_switches, pattern_switches, switches
from policyparse import Evaluation, Parser
from policyparse.corpus.gold import Sample, load_samples

MEASURES = (
    "target record",
    "responsibility",
    "role",
    "indicator",
    "change",
    "bound",
    "deadline",
    "quantity span",
    "outline node+level",
    "outline heading",
    "metadata",
)
_METADATA = ("title", "doc_number", "issuer", "addressee", "issued_on", "period", "boilerplate")
_LONGEST = 120
"""Seconds after which a parser without some part counts as broken."""
_SAME = 0.0005
"""A smaller difference is none: it is less than one thing of a thousand."""


@dataclass
class Row:
    """By how much each measure falls on each folder without one thing; ``broken`` names the error that it led to."""

    switch: Switch
    falls: list[dict[str, float]] = field(default_factory=list)
    broken: str = ""

    def matters(self) -> bool:
        """Tell whether any measure falls on any folder."""
        return bool(self.broken) or any(fall >= _SAME for falls in self.falls for fall in falls.values())

    def harms(self) -> bool:
        """Tell whether nothing falls and something rises without it."""
        return not self.matters() and any(fall <= -_SAME for falls in self.falls for fall in falls.values())


def scores(evaluation: Evaluation) -> dict[str, float]:
    """Return the measures by name; ``metadata`` is the mean of its fields."""
    found = {name: evaluation.layers[name].f1 for name in MEASURES if name in evaluation.layers}
    found.update({name: evaluation.accuracy[name].share for name in MEASURES if name in evaluation.accuracy})
    found["metadata"] = sum(evaluation.accuracy[name].share for name in _METADATA) / len(_METADATA)
    return found


def scored(samples: Sequence[Sample], parser: Parser) -> dict[str, float]:
    """Return the measures of a parser on annotated documents."""
    evaluation = Evaluation()
    for sample in samples:
        evaluation.add(sample.name, sample.gold, parser.parse(sample.source))
    return scores(evaluation)


def ablate(folders: Sequence[Sequence[Sample]], chosen: Iterable[Switch], *, show: bool = False) -> list[Row]:
    """Return a row for each switch, in their order; ``show`` tells on standard error how far it is.

    Each core takes switches in a process of its own, forked from this one: a switch changes the library in memory.
    """
    whole = [scored(samples, Parser()) for samples in folders]
    rows = [Row(switch) for switch in chosen]
    _work.update(folders=folders, whole=whole, rows=rows)
    with get_context("fork").Pool(os.cpu_count()) as pool:
        for number, (row, (falls, broken)) in enumerate(zip(rows, pool.imap(_fall, range(len(rows))), strict=True), 1):
            row.falls, row.broken = falls, broken
            if show:
                sys.stderr.write(f"\r{number} of {len(rows)} {row.switch.group}: {row.switch.name[:60]:60}")
    if show:
        sys.stderr.write("\n")
    return rows


_work: dict[str, Any] = {}
"""What the processes inherit."""


def _fall(index: int) -> tuple[list[dict[str, float]], str]:
    """Return by how much each folder's measures fall without a switch, and the error where the parser fails."""
    switch: Switch = _work["rows"][index].switch
    falls = []
    try:
        with switch.off(), limited(_LONGEST):
            parser = Parser(switch.lexicon())
            for samples, before in zip(_work["folders"], _work["whole"], strict=True):
                after = scored(samples, parser)
                falls.append({name: before[name] - after[name] for name in MEASURES})
    except Exception as error:  # noqa: BLE001 (a parser without a part may fail in any way; that is the finding)
        return falls, type(error).__name__
    return falls, ""


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Raise ``TimeoutError`` where the context takes longer: without its end a loop may run for ever."""

    def stop(*given: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def figures(row: Row, measure: str) -> str:
    """Return the falls of one measure, one a folder, in thousandths; ``""`` where there is none."""
    falls = [round(1000 * falls[measure], 1) for falls in row.falls]
    if all(abs(fall) < 1000 * _SAME for fall in falls):
        return ""
    return " / ".join(f"{fall:.0f}" if abs(fall) >= 1000 * _SAME else "0" for fall in falls)


def to_text(rows: Sequence[Row], names: Sequence[str]) -> str:
    """Return the table as text in columns, and the names of what costs nothing."""
    lines = [f"Fall in thousandths: {' / '.join(names)}", ""]
    width = max((len(row.switch.name) for row in rows if row.matters()), default=0) + 2
    group = ""
    for row in rows:
        if not row.matters():
            continue
        if row.switch.group != group:
            group = row.switch.group
            lines.append(f"{group}")
        shown = [f"{measure} {falls}" for measure in MEASURES if not row.broken and (falls := figures(row, measure))]
        lines.append(f"  {row.switch.name:{width}}{row.broken and 'fails: ' + row.broken}{', '.join(shown)}")
    for title, kept in (
        ("Better without", [row for row in rows if row.harms()]),
        ("Costs nothing", [row for row in rows if not row.matters() and not row.harms()]),
    ):
        lines += ["", f"{title}: {len(kept)}"]
        lines += [f"  {row.switch.group}: {row.switch.name}" for row in kept]
    return "\n".join(lines) + "\n"


def to_markdown(rows: Sequence[Row]) -> str:
    """Return the table of what matters in Markdown, without what the parser cannot run without."""
    shown = [measure for measure in MEASURES if any(not row.broken and figures(row, measure) for row in rows)]
    lines = [f"| without | {' | '.join(shown)} |", f"| --- |{' ---: |' * len(shown)}"]
    for row in rows:
        if row.matters() and not row.broken:
            name = f"{row.switch.group}: {row.switch.name}".replace("|", "\\|")
            lines.append(f"| {name} | {' | '.join(figures(row, measure) for measure in shown)} |")
    return "\n".join(lines) + "\n"


def main(words: Sequence[str] | None = None) -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.ablation", description=__doc__.splitlines()[0])
    options.add_argument("folders", nargs="+", type=Path, metavar="GOLD_DIR")
    options.add_argument("--group", action="append", default=[], help="keep to this group; may be repeated")
    options.add_argument("--thorough", action="store_true", help="every early return and every pattern as well")
    given = options.parse_args(words)
    chosen = list(switches())
    if given.thorough or "branch" in given.group:
        chosen += branch_switches()
    if given.thorough or "pattern" in given.group:
        chosen += pattern_switches()
    if given.group:
        chosen = [switch for switch in chosen if switch.group in given.group]
    if not chosen:
        options.error(
            f"no such group; there are {', '.join(dict.fromkeys(s.group for s in switches()))}, branch, pattern"
        )
    rows = ablate([load_samples(folder) for folder in given.folders], chosen, show=True)
    sys.stdout.write(to_text(rows, [folder.name for folder in given.folders]))


if __name__ == "__main__":
    main()
