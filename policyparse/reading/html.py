"""HTML."""

from __future__ import annotations

from policyparse.errors import ReadError
from policyparse.model import Source
from policyparse.reading.limits import Limits


def read_html(data: bytes, name: str, limits: Limits) -> Source:
    """Return the main text of a web page. Raises ``ReadError``."""
    raise ReadError(f"{name}: this is an HTML or XML file, which is not read; save its text as a .txt file first")
