"""Parse one plan and show its outline, its targets and who answers for them.

python examples/parse_one_file.py [FILE]
"""

from __future__ import annotations

import sys
from pathlib import Path

from policyparse import parse_file

CORPORA = Path(__file__).resolve().parent.parent / "corpora"


def main() -> None:
    """Parse the file that is named, or a sample."""
    path = sys.argv[1] if len(sys.argv) > 1 else CORPORA / "urban-renewal-scheme-2024.txt"
    document = parse_file(path)

    print(document.metadata.title)
    for node in document.nodes():
        print("  " * node.level + node.label + node.heading)

    bodies = {duty.id: duty.entity.name for duty in document.responsibilities}
    for target in document.targets:
        what = "、".join(indicator.name for indicator in target.indicators)
        by = target.deadline.text if target.deadline else ""
        who = "、".join(bodies[key] for key in target.responsible[:3])
        print(f"{target.id}\t{what}\t{target.quantity.bound}\t{target.quantity.text}\t{by}\t{who}")


if __name__ == "__main__":
    main()
