"""Title, document number, issuer, addressee, date, planning period and boilerplate."""

from __future__ import annotations

from policyparse.lexicon import Lexicon
from policyparse.parsing.boilerplate import BoilerplateFinder
from policyparse.parsing.characters import Text
from policyparse.parsing.letterhead import LetterheadReader
from policyparse.parsing.planning_period import PeriodFinder
from policyparse.parsing.records import Front, Outline, Setting


class MetadataFinder:
    """Reads the parts of an official document around its body (GB/T 9704-2012)."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._boilerplate = BoilerplateFinder(lexicon)
        self._letterhead = LetterheadReader(lexicon)
        self._period = PeriodFinder(lexicon)

    def find(self, text: Text, outline: Outline, setting: Setting) -> Front:
        """Return the metadata of ``text``."""
        added = self._boilerplate.find(text.folded)
        head = self._letterhead.read(text, added)
        front = Front(
            title=head.title or None,
            doc_number=head.doc_number or None,
            issuer=head.issuer or None,
            addressee=head.addressee or None,
            issued_on=head.issued_on,
            boilerplate=added,
        )
        self._period.find(text.folded, head, outline, setting, front)
        return front
