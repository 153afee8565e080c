"""From a plan to an annotation tool and back: the parser proposes, people correct, the result is gold for evaluate.

python examples/to_annotation_tool.py [FILE [FOLDER]]
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from policyparse import annotation_record, evaluate, load_annotations, parse, read, save_annotations

CORPORA = Path(__file__).resolve().parent.parent / "corpora"


def correct(tasks: Path) -> None:
    """Do what an annotator does in the browser: take the first proposal and call its first target a standard."""
    (task,) = json.loads(tasks.read_text(encoding="utf-8"))
    result = task.pop("predictions")[0]["result"]
    first = next(one for one in result if one.get("value", {}).get("labels") == ["target"])
    first["value"]["labels"] = ["standard"]
    print("corrected:", first["value"]["text"])
    task["annotations"] = [{"result": result}]
    tasks.write_text(json.dumps([task], ensure_ascii=False), encoding="utf-8")


def main() -> None:
    """Send a plan out, correct it, fetch it back and score the parser against the correction."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA / "urban-renewal-scheme-2024.txt"
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else temporary)
        source = read(path)
        proposal = annotation_record(parse(source), source, name=path.stem)

        sent = save_annotations([proposal], "label-studio", folder / "tasks", predictions=True)
        print("sent:", ", ".join(one.name for one in sent))
        correct(folder / "tasks" / "tasks.json")

        back = load_annotations(folder / "tasks" / "tasks.json", "label-studio")
        save_annotations(back, "gold", folder / "gold")
        role = evaluate(folder / "gold").accuracy["role"]
        print(f"role: {role.right} of {role.of} as corrected")


if __name__ == "__main__":
    main()
