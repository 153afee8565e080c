"""MeasEval TSV: the columns of the task, offsets that hold, one set a statement."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from hypothesis import given

from policyparse import meas_eval, parse, read
from tests.test_properties import TEXTS

TYPES = {"Quantity", "MeasuredEntity", "Qualifier"}
MODS = {"IsCount", "IsApproximate", "IsRange"}


def rows(shown: str) -> list[dict[str, str]]:
    return list(csv.DictReader(shown.split("\n")[:-1], delimiter="\t", quoting=csv.QUOTE_NONE))


def check(text: str, shown: str) -> None:
    assert all(line.count("\t") == 7 for line in shown.split("\n")[:-1])
    kinds: dict[str, list[str]] = {}
    for row in rows(shown):
        start, end = int(row["startOffset"]), int(row["endOffset"])
        plain = "".join(
            " " if sign in "\t\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029" else sign for sign in text[start:end]
        )
        assert row["text"] == plain
        other = json.loads(row["other"])
        assert row["annotType"] in TYPES
        assert set(other.get("mods", ())) <= MODS
        if row["annotType"] != "Quantity":
            target = other.get("HasQuantity") or other.get("Qualifies")
            assert target == f"T1-{row['annotSet']}"
        kinds.setdefault(row["annotSet"], []).append(row["annotType"])
    assert all(found[0] == "Quantity" and found.count("Quantity") == 1 for found in kinds.values())
    assert len(kinds) == len(parse(text).statements())


def test_the_samples(corpora: Path) -> None:
    for path in sorted(corpora.glob("*.txt")):
        text = read(path).text
        check(text, meas_eval(parse(text), name=path.stem))


@given(TEXTS)
def test_any_text(text: str) -> None:
    check(text, meas_eval(parse(text), name="a\tb\nc"))


def test_modifiers() -> None:
    shown = rows(meas_eval(parse("今年新增岗位约5万个，增长6%以上，处理时限2—3天，办结率95%。")))
    mods = {row["text"]: json.loads(row["other"]).get("mods") for row in shown if row["annotType"] == "Quantity"}
    assert mods["5万个"] == ["IsCount", "IsApproximate"]
    assert mods["6%"] == ["IsRange"]
    assert mods["95%"] is None
