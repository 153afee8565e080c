"""A comparison as JSON, with decimals as strings in plain digits."""

from __future__ import annotations

from policyparse.comparison import Comparison


def comparison_json(comparison: Comparison) -> str:
    """Return ``comparison`` as one JSON object."""
    return comparison.model_dump_json(indent=2) + "\n"
