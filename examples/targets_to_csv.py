"""Write the targets of all plans of a folder into one CSV table, a row a target, each traceable to its sentence.

python examples/targets_to_csv.py [FOLDER] > targets.csv
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from policyparse import parse, read

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
COLUMNS = (
    *("file", "issuer", "year", "id", "indicator", "change", "bound", "low", "high", "unit", "modality", "deadline"),
    *("start", "end", "sentence"),
)


def rows(path: Path) -> list[tuple[object, ...]]:
    """Return the targets of one plan."""
    source = read(path)
    document = parse(source)
    front = document.metadata
    year = front.period.start.year if front.period and front.period.start else ""
    return [
        (
            path.name,
            front.issuer or "",
            year,
            target.id,
            "；".join(indicator.name for indicator in target.indicators),
            target.change,
            target.quantity.bound,
            f"{target.quantity.low:f}",
            f"{target.quantity.high:f}",
            target.quantity.unit,
            target.modality,
            target.deadline.text if target.deadline else "",
            target.quantity.start,
            target.quantity.end,
            source.text[target.sentence.start : target.sentence.end].strip(),
        )
        for target in document.targets
    ]


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA
    sys.stdout.reconfigure(encoding="utf-8-sig", newline="")  # the mark tells spreadsheets that it is UTF-8
    writer = csv.writer(sys.stdout)
    writer.writerow(COLUMNS)
    for path in sorted(folder.glob("*.txt")):
        writer.writerows(rows(path))


if __name__ == "__main__":
    main()
