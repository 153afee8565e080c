"""Compare the reports of one city over the years: targets, what was reached, and how the targets moved.

python examples/compare_years.py [FILE…]
"""

from __future__ import annotations

import sys
from pathlib import Path

from policyparse import compare

CORPORA = Path(__file__).resolve().parent.parent / "corpora"


def main() -> None:
    """Print a line an indicator and year."""
    sys.stdout.reconfigure(encoding="utf-8")
    comparison = compare(sys.argv[1:] or sorted(CORPORA.glob("lanjiang-report-*.txt")))
    for series, cell in comparison.deliveries():
        if series.key is None or series.stated < 2:
            continue
        target = cell.target
        assert target is not None
        words = [series.issuer, str(cell.year), series.name, series.form, target.text, target.bound]
        print("\t".join([*words, cell.movement or "", cell.result.text if cell.result else "", cell.verdict or ""]))


if __name__ == "__main__":
    main()
