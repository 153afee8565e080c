"""Structure from Chinese policy documents: outline, quantified targets, responsible bodies, metadata.

Four verbs are the public face: ``read`` a file into a ``Source``, ``parse`` a text, ``parse_file``, and ``evaluate``
against annotated samples.
"""

from __future__ import annotations

from policyparse.model import Document, Source
from policyparse.parsing.api import parse
from policyparse.parsing.pipeline import Parser

__version__ = "0.1.0"
__all__ = ["Document", "Parser", "Source", "parse"]
