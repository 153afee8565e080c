"""Follow indicators through the reports of three years, under keys from a lexicon file of one's own.

python examples/own_lexicon.py
"""

from __future__ import annotations

from pathlib import Path

from policyparse import Parser, load_lexicon, parse, read

HERE = Path(__file__).resolve().parent
CORPORA = HERE.parent / "corpora"


def main() -> None:
    """Show what the entries of ``own_lexicon.toml`` change."""
    lexicon = load_lexicon(HERE / "own_lexicon.toml")

    # A unit that the built-in lexicon does not know.
    text = "年内新建便民服务点30驿点以上。"
    print([q.quantity.text for q in parse(text).statements()], end=" → ")
    print([q.quantity.text for q in parse(text, lexicon=lexicon).statements()])

    parser = Parser(lexicon)
    for path in sorted(CORPORA.glob("lanjiang-report-*.txt")):
        document = parser.parse(read(path))
        goals = [
            f"{indicator.key} {target.change} {target.quantity.bound} {target.quantity.text}"
            for target in document.targets
            for indicator in target.indicators
            if indicator.key
        ]
        print(f"{path.stem[-4:]}: {', '.join(goals)}")


if __name__ == "__main__":
    main()
