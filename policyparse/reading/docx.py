"""Word."""

from __future__ import annotations

from policyparse.errors import ReadError
from policyparse.model import Source
from policyparse.reading.limits import Limits


def read_docx(data: bytes, name: str, limits: Limits) -> Source:
    """Return the text of a Word document. Raises ``ReadError``."""
    raise ReadError(f"{name}: this is a .docx file, which is not read; save its text as a .txt file first")
