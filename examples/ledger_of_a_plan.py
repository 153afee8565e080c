"""The tasks of a plan as a ledger, and who has most of them.

python examples/ledger_of_a_plan.py [FILE… [--out 台账.xlsx]]
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from policyparse import ledger

PLAN = Path(__file__).resolve().parent.parent / "corpora" / "domestic-services-opinion-2024.txt"


def main() -> None:
    """Print the tasks by section and the bodies with most tasks; save the ledger where ``--out`` says so."""
    words = sys.argv[1:]
    out = None
    if "--out" in words:
        at = words.index("--out")
        out = words[at + 1]
        del words[at : at + 2]
    made = ledger(words or [PLAN])
    section: tuple[str, ...] = ()
    for row in made.rows:
        if row.section != section:
            section = row.section
            print(" / ".join(section))
        bodies = "、".join((*row.lead, *row.responsible)) or "—"
        print(f"  {row.number}\t{row.task[:30]}\t{bodies}\t{row.deadline}")
    tasks = Counter(body for row in made.rows for body in (*row.lead, *row.responsible))
    for body, count in tasks.most_common(3):
        print(f"{count}\t{body}")
    if out:
        made.save(out)


if __name__ == "__main__":
    main()
