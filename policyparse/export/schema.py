"""The JSON Schema of the output, generated from the types."""

from __future__ import annotations

from typing import Any

from policyparse.model import SCHEMA_VERSION, Document


def document_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a ``Document`` as it is printed.

    >>> from policyparse.export.schema import document_schema
    >>> document_schema()["properties"]["schema_version"]["const"]
    '1.0'
    """
    schema = Document.model_json_schema(mode="serialization", by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:policyparse:document:{SCHEMA_VERSION}",
        **schema,
    }
