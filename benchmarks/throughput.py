"""How fast documents are parsed: ``python -m benchmarks.throughput``.

Prints three tables: characters a second for all stages and for each, the time of a cold ``python -m policyparse FILE``,
and how time grows with the size of the text. One process, one thread; documents are read before the clock starts.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from policyparse import Parser, Source, read
from policyparse.parsing import pipeline

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("POLICYPARSE_SHARED") or ROOT.parent / "shared")
MEGA = 1_000_000
# Stages that are functions of the pipeline's module; the others are members of the parser that have a `find`.
FUNCTIONS = ("reading_text", "soft_breaks", "Sentences", "assemble")


def main(words: Sequence[str] | None = None) -> None:
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.throughput", description=__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, help="documents to parse (default: reports, else corpora)")
    arguments.add_argument("--rounds", type=int, default=3, help="the best of so many rounds counts")
    arguments.add_argument("--skip-growth", action="store_true")
    chosen = arguments.parse_args(words)
    folder = chosen.folder or (
        SHARED / "real" / "reports" if (SHARED / "real" / "reports").is_dir() else ROOT / "corpora"
    )
    paths = sorted(folder.rglob("*.txt"))
    if not paths:
        sys.exit(f"{folder}: no *.txt in it; name a folder of documents")
    sources = [read(path) for path in paths]
    size = sum(len(source.text) for source in sources)
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    print(f"{folder.name}: {len(sources)} documents, {size:,} characters\n")
    show_throughput(sources, size, chosen.rounds)
    show_cold_start(paths, chosen.rounds)
    if not chosen.skip_growth:
        show_growth("".join(source.text for source in sources))


def show_throughput(sources: Sequence[Source], size: int, rounds: int) -> None:
    parser = Parser()
    parser.parse(sources[0])
    best = min(seconds(lambda: parse_all(parser, sources)) for _ in range(rounds))
    document = parser.parse(max(sources, key=lambda source: len(source.text)))
    printed = min(seconds(document.model_dump_json) for _ in range(rounds))
    print(f"{'all stages':22}{size / best:14,.0f} characters/s {best:9.2f} s")
    spent = min((stage_times(sources) for _ in range(rounds)), key=lambda times: sum(times.values()))
    for stage, taken in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"  {stage:20}{size / taken:14,.0f} characters/s {taken:9.2f} s")
    print(f"{'to JSON, largest':22}{document.source.chars / printed:14,.0f} characters/s {printed:9.4f} s\n")


def show_cold_start(paths: Sequence[Path], rounds: int) -> None:
    path = min(paths, key=lambda p: abs(p.stat().st_size - 16_000))
    plain = [sys.executable, "-c", "pass"]
    called = [sys.executable, "-m", "policyparse", str(path)]
    print(f"{'cold start':22}")
    for name, command in (("the interpreter alone", plain), (f"{path.name}, {path.stat().st_size:,} bytes", called)):
        run(command)
        print(f"  {name:34}{min(seconds(lambda c=command: run(c)) for _ in range(2 * rounds)):9.3f} s")
    print()


def show_growth(text: str) -> None:
    parser = Parser()
    whole = text * (8 * MEGA // len(text) + 1)
    sentence = "进一步推动经济社会持续健康发展和民生改善"
    kinds: dict[str, Callable[[int], str]] = {
        "documents joined": lambda n: whole[:n],
        "one line, no stop": lambda n: (sentence * (n // len(sentence) + 1))[:n],
        "one line of digits": lambda n: "1" * n,
        "unpaired brackets": lambda n: "（" * n,
        "a number each clause": lambda n: ("增长5%，" * (n // 5 + 1))[:n],
    }
    sizes = [MEGA, 2 * MEGA, 4 * MEGA, 8 * MEGA]
    print(f"{'growth (s)':22}" + "".join(f"{size // MEGA:>8} M" for size in sizes) + "   last/first")
    for name, made in kinds.items():
        row = []
        for size in sizes if name != "a number each clause" else [n // 8 for n in sizes]:
            source = Source(name=name, text=made(size))
            row.append(seconds(lambda s=source: parser.parse(s)))
        shown = name if name != "a number each clause" else name + " /8"
        print(f"  {shown:20}" + "".join(f"{taken:10.2f}" for taken in row) + f"{row[-1] / max(row[0], 1e-6):12.1f}")


def stage_times(sources: Sequence[Source]) -> dict[str, float]:
    """Return the seconds that each stage takes, measured at its calls; what it calls is part of it."""
    spent: dict[str, float] = {}

    def timed(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*given: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return call(*given, **named)
            finally:
                spent[name] = spent.get(name, 0.0) + time.perf_counter() - start

        return measured

    parser = Parser()
    parse_all(parser, sources[:3])
    with ExitStack() as stack:
        for name in FUNCTIONS:
            if hasattr(pipeline, name):
                stack.enter_context(patch.object(pipeline, name, timed(name.lower(), getattr(pipeline, name))))
        for name, stage in vars(parser).items():
            if callable(getattr(stage, "find", None)):
                stack.enter_context(swapped(parser, name, Timed(timed(name.strip("_"), stage.find))))
        parse_all(parser, sources)
    return spent


class Timed:
    """Stands for a stage while its calls are measured."""

    def __init__(self, find: Callable[..., Any]) -> None:
        self.find = find


@contextmanager
def swapped(parser: Parser, name: str, stand_in: Timed) -> Iterator[None]:
    kept = getattr(parser, name)
    setattr(parser, name, stand_in)
    try:
        yield
    finally:
        setattr(parser, name, kept)


def parse_all(parser: Parser, sources: Sequence[Source]) -> None:
    for source in sources:
        parser.parse(source)


def run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


def seconds(call: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
