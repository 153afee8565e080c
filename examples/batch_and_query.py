"""Parse a folder into a store and ask it: which growth targets did a city set, and who leads most tasks?

python examples/batch_and_query.py [FOLDER [STORE]]
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from policyparse import batch, open_store

CORPORA = Path(__file__).resolve().parent.parent / "corpora"


def main() -> None:
    """Build the store, or bring it up to date, and print two answers."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA
    with TemporaryDirectory() as temporary:
        path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(temporary, "store")
        result = batch(folder / "**" / "*.txt", path)
        print(f"{result.parsed} parsed, {result.unchanged} unchanged, {result.failed} failed")

        with open_store(path) as store:
            growth = store.query(
                "SELECT issuer, year, quantity, bound FROM targets"
                " WHERE indicator_key = ? AND change = 'increase' ORDER BY issuer, year",
                ["gdp"],
            )
            for issuer, year, quantity, bound in growth.rows:
                print(f"{year}\t{issuer}\t{bound}\t{quantity}")
            leaders = store.query(
                "SELECT body, count(DISTINCT (document, node)) AS tasks FROM duties"
                " WHERE role = 'lead' GROUP BY body ORDER BY tasks DESC, body LIMIT 3"
            )
            for body, tasks in leaders.rows:
                print(f"{tasks}\t{body}")


if __name__ == "__main__":
    main()
