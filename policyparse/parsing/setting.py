"""Kind of document and its regions: what roles and responsibilities hang on."""

from __future__ import annotations

from policyparse.lexicon import Lexicon
from policyparse.parsing.characters import Text
from policyparse.parsing.records import Outline, Region, Setting


class SettingFinder:
    """Tells what kind of document a text is, and which of its regions review, plan, or set rules."""

    def __init__(self, lexicon: Lexicon) -> None:
        pass

    def find(self, text: Text, outline: Outline) -> Setting:
        """Return kind and regions of ``text``."""
        return Setting("plan", [Region(0, len(text.folded), "plan")])
