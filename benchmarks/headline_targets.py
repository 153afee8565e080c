"""How many headline targets and results are found: ``python -m benchmarks.headline_targets DOCUMENTS_DIR``.

``headline_targets.tsv`` holds what a reader wrote down of the goals and of the opening review of government work reports,
independently of any program. A row is found where the parser gives a statement with its canonical key, value and change;
it is right where bound and role agree too. Files that the folder does not hold are left out.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from policyparse import Parser, read
from policyparse.model import Statement

TABLE = Path(__file__).with_suffix(".tsv")
ANY = "any"


@dataclass(frozen=True)
class Row:
    """One headline figure as a reader wrote it down."""

    file: str
    key: str
    role: str
    bound: str
    low: Decimal
    high: Decimal
    change: str

    def has_value_of(self, statement: Statement) -> bool:
        return (statement.quantity.low, statement.quantity.high) == (self.low, self.high)

    def faults(self, statement: Statement) -> list[str]:
        """Return what a statement with this row's value says otherwise."""
        found = {
            "key": self.key in {indicator.key for indicator in statement.indicators},
            "change": self.change in (ANY, statement.change),
            "bound": statement.quantity.bound == self.bound,
            "role": statement.role == self.role,
        }
        return [name for name, right in found.items() if not right]


def main(words: Sequence[str] | None = None) -> None:
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.headline_targets", description=__doc__)
    arguments.add_argument("folder", type=Path, help="the folder that holds the files of the table")
    arguments.add_argument("--errors", type=int, default=None, help="print at most so many wrong rows (default: all)")
    chosen = arguments.parse_args(words)
    by_file: dict[str, list[Row]] = defaultdict(list)
    for row in read_table():
        by_file[row.file].append(row)
    present = {name: rows for name, rows in by_file.items() if (chosen.folder / name).is_file()}
    if not present:
        sys.exit(f"{chosen.folder}: holds none of the files of {TABLE.name}, such as {next(iter(by_file))}")
    parser = Parser()
    causes: Counter[str] = Counter()
    wrong: list[str] = []
    for name, rows in present.items():
        statements = parser.parse(read(chosen.folder / name)).statements()
        for row, fault, statement in judged(rows, statements):
            causes[fault] += 1
            if fault:
                wrong.append(
                    f"{name}\t{row.key} {row.role} {row.bound} {row.low}-{row.high} {row.change or 'level'}\t{fault}\t{said(statement)}"
                )
    for line in wrong[: chosen.errors]:
        print(line)
    total = sum(causes.values())
    print(f"\n{total} rows of {len(present)} documents; right {causes['']} ({causes[''] / total:.1%})")
    for fault, count in causes.most_common():
        if fault:
            print(f"  {fault:24}{count:5}")


def read_table() -> list[Row]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [
        Row(r["file"], r["key"], r["role"], r["bound"], Decimal(r["low"]), Decimal(r["high"]), r["change"])
        for r in csv.DictReader(lines, delimiter="\t")
    ]


def judged(rows: Sequence[Row], statements: Sequence[Statement]) -> Iterator[tuple[Row, str, Statement | None]]:
    """Yield each row with what is wrong about the statement nearest to it; a statement serves one row of a kind."""
    for row in rows:
        same = [statement for statement in statements if row.has_value_of(statement)]
        if not same:
            yield row, "value", None
            continue
        best = min(same, key=lambda statement: ("key" in row.faults(statement), len(row.faults(statement))))
        yield row, "+".join(row.faults(best)), best


def said(statement: Statement | None) -> str:
    if statement is None:
        return "no quantity of this value"
    names = "、".join(f"{one.name}={one.key}" for one in statement.indicators)
    return (
        f"{statement.role} {statement.quantity.bound} {statement.change or 'level'} {statement.quantity.text} {names}"
    )


if __name__ == "__main__":
    main()
