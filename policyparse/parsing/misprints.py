"""Numerals that a source misprints: 6,352,8万吨. They have no value; the reader is told where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyparse.parsing.records import Finding

# Groups of three, and a last one that is no group; or a comma where the point of a magnitude should stand.
MISPRINT = re.compile(r"(?<![\d,.])(?:\d{1,3}(?:,\d{3})+,\d{1,2}(?![\d,])|\d{2,4},\d{1,2}(?=[万亿]))")
_COMMA = re.compile(r",(?<=\d,)(?=\d)")
_BEFORE_COMMA = 4  # digits at most before the first comma


def misprints(folded: str) -> Iterator[Finding]:
    """Yield a finding for every numeral of ``folded`` whose digits are grouped so that its value is unsure."""
    done = 0
    for comma in _COMMA.finditer(folded):  # found at the speed of one character
        if comma.start() < done:
            continue
        begin = max(done, comma.start() - _BEFORE_COMMA)
        match = next((hit for at in range(begin, comma.start()) if (hit := MISPRINT.match(folded, at))), None)
        if match is None:
            continue
        done = match.end()
        message = f"{match[0]}: the digits are grouped so that the value is unsure; it is not read as a quantity"
        yield Finding("quantities.misprint", message, *match.span())
