"""How well a document in another format agrees with its plain text.

``python -m benchmarks.formats DIR`` takes every NAME.txt in DIR beside which the same document stands in another format
(NAME.html, NAME.pdf, NAME.docx, …), parses both, and counts as the same a node with the same label and heading, and a quantity
with the same text, each in the same order. White space does not count. F1 over all documents together; ``--each`` shows a row
a document, ``--differences`` what differs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from policyparse import Document, parse, read
from policyparse.errors import ReadError

FORMATS = (".html", ".htm", ".pdf", ".docx", ".doc", ".wps", ".ofd", ".md")


@dataclass(slots=True)
class Agreement:
    both: int = 0
    text: int = 0
    other: int = 0

    def __iadd__(self, more: Agreement) -> Agreement:
        self.both, self.text, self.other = self.both + more.both, self.text + more.text, self.other + more.other
        return self

    @property
    def f1(self) -> float:
        return 2 * self.both / (self.text + self.other) if self.text + self.other else 1.0


def nodes(document: Document) -> list[str]:
    return [_bare(f"{node.label}|{node.heading}") for node in document.nodes()]


def quantities(document: Document) -> list[str]:
    return [_bare(statement.quantity.text) for statement in document.statements()]


def bodies(document: Document) -> list[str]:
    return [_bare(f"{each.role}|{each.entity.text}") for each in document.responsibilities]


LAYERS = {"nodes": nodes, "quantities": quantities, "responsibilities": bodies}


def agreement(text: Sequence[str], other: Sequence[str]) -> tuple[Agreement, list[str]]:
    """Align two sequences; return how much of them is the same, and what is not."""
    matcher = SequenceMatcher(None, text, other, autojunk=False)
    both = sum(block.size for block in matcher.get_matching_blocks())
    differences = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            differences.append(f"text {list(text[a:b])!r}  other {list(other[c:d])!r}")
    return Agreement(both, len(text), len(other)), differences


def pairs(folder: Path) -> list[tuple[Path, Path]]:
    return [
        (text, other)
        for text in sorted(folder.glob("*.txt"))
        for other in (text.with_suffix(suffix) for suffix in FORMATS)
        if other.exists()
    ]


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--each", action="store_true", help="a row a document")
    arguments.add_argument("--differences", action="store_true", help="what differs")
    options = arguments.parse_args()
    totals = {layer: Agreement() for layer in LAYERS}
    seconds = 0.0
    for text, other in pairs(options.folder):
        expected = parse(read(text))
        begin = time.perf_counter()
        try:
            source = read(other)
        except ReadError as error:
            print(f"{other.name}: {error}")
            continue
        seconds += time.perf_counter() - begin
        found = parse(source)
        row, lines = [], []
        for layer, of in LAYERS.items():
            agreed, differences = agreement(of(expected), of(found))
            totals[layer] += agreed
            row.append(f"{layer} {agreed.f1:.3f} ({agreed.text}/{agreed.other})")
            lines += [f"  {layer}: {line}" for line in differences]
        if options.each or (options.differences and lines):
            print(f"{other.name:20} {'  '.join(row)}")
        if options.differences:
            print("\n".join(lines))
    for layer, total in totals.items():
        print(f"{layer:18} F1 {total.f1:.4f}  same {total.both}  text {total.text}  other {total.other}")
    print(f"reading the other formats took {seconds:.2f} s")


def _bare(text: str) -> str:
    return "".join(text.split())


if __name__ == "__main__":
    main()
