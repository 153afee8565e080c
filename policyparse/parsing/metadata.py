"""Title, document number, issuer, addressee, date, planning period and boilerplate."""

from __future__ import annotations

from policyparse.lexicon import Lexicon
from policyparse.parsing.characters import Text
from policyparse.parsing.records import Front, Outline, Setting


class MetadataFinder:
    """Reads the parts of an official document around its body (GB/T 9704-2012)."""

    def __init__(self, lexicon: Lexicon) -> None:
        pass

    def find(self, text: Text, outline: Outline, setting: Setting) -> Front:
        """Return the metadata of ``text``."""
        return Front()
