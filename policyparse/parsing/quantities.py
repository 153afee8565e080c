"""Quantities: numerals with their units, values and bounds."""

from __future__ import annotations

import re
from decimal import Decimal

from policyparse.lexicon import Lexicon
from policyparse.parsing.records import Measure


class QuantityFinder:
    """Finds every expression that counts or measures something."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._pattern = re.compile(r"(?<![\d.第])(\d+(?:\.\d+)?)([万亿]?)(个百分点|%|元|个|家|万平方米|平方米|公里|人次|人|名|户|处|所|项|吨|亩)")

    def find(self, folded: str) -> list[Measure]:
        """Return the quantities of ``folded`` in order."""
        found = []
        for m in self._pattern.finditer(folded):
            value = Decimal(m[1]) * {"": 1, "万": 10_000, "亿": 100_000_000}[m[2]]
            kind = "percentage" if m[3] in ("%", "个百分点") else "money" if m[3] == "元" else "count"
            found.append(Measure(m.start(), m.end(), kind, value, value, m[3], "eq", False, m.start(), m.end()))
        return found
