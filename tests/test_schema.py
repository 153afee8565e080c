"""The committed JSON Schema is the one of the types."""

from __future__ import annotations

import json
from pathlib import Path

from policyparse.export.schema import document_schema
from policyparse.model import SCHEMA_VERSION


def test_the_committed_schema_is_up_to_date(root: Path) -> None:
    path = root / "docs" / "schema" / f"policyparse-document-{SCHEMA_VERSION}.json"
    remedy = f"types and schema differ; if that is meant, run: python -m policyparse schema -o docs/schema/{path.name}"
    assert json.loads(path.read_text(encoding="utf-8")) == document_schema(), remedy


def test_no_other_schema_is_committed_for_this_version(root: Path) -> None:
    names = [path.name for path in (root / "docs" / "schema").iterdir()]
    assert names.count(f"policyparse-document-{SCHEMA_VERSION}.json") == 1
