"""What the documents show is what happens."""

from __future__ import annotations

import doctest
import re
from dataclasses import fields
from pathlib import Path

from policyparse import Limits
from policyparse.export.annotation.record import LAYERS, RELATIONS
from policyparse.export.flat import COLUMNS
from policyparse.integrations.spacy import COLOURS


def test_the_code_in_the_formats_document(root: Path) -> None:
    failed, tried = doctest.testfile(
        str(root / "docs" / "formats.md"),
        module_relative=False,
        encoding="utf-8",
        optionflags=doctest.NORMALIZE_WHITESPACE,
    )
    assert tried >= 6
    assert not failed


def test_the_code_in_the_outputs_document(root: Path) -> None:
    failed, tried = doctest.testfile(
        str(root / "docs" / "outputs.md"),
        module_relative=False,
        encoding="utf-8",
        optionflags=doctest.NORMALIZE_WHITESPACE,
    )
    assert tried >= 7
    assert not failed


def test_the_code_in_the_interchange_document(root: Path) -> None:
    failed, tried = doctest.testfile(
        str(root / "docs" / "interchange.md"),
        module_relative=False,
        encoding="utf-8",
        optionflags=doctest.NORMALIZE_WHITESPACE,
    )
    assert tried >= 8
    assert not failed


def test_every_column_and_label_is_in_the_interchange_document(root: Path) -> None:
    shown = set(re.findall(r"`(\w+)`", (root / "docs" / "interchange.md").read_text("utf-8")))
    assert shown >= {*COLUMNS, *LAYERS, *RELATIONS, *COLOURS}


def test_every_limit_is_documented_with_its_default(root: Path) -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| .* \| ([\d,]+) \|$", (root / "docs" / "formats.md").read_text("utf-8"), re.MULTILINE
    )
    assert {name: int(value.replace(",", "")) for name, value in rows} == {
        field.name: field.default for field in fields(Limits)
    }
