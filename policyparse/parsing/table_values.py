"""Values in the cells of a table: a number whose unit often stands elsewhere, in a bracket, a column or above the table."""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.model import Kind
from policyparse.parsing.numerals import read_numeral
from policyparse.parsing.quantities import QuantityFinder
from policyparse.parsing.records import Measure
from policyparse.parsing.units import Units

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_BRACKET = re.compile(r"[(\[〔【]([^()\[\]〔〕【】]{1,20})[)\]〕】]")
_CAPTION = re.compile(r"(?:计量)?单位: ?([^\s:,。;()]{1,14})")
_ABOVE = 120
_MAGNITUDE = re.compile(r"[十百千万亿]{1,3}")
_OPENERS = "[〔【("


class ValueReader:
    """Reads the values of cells with the same grammar as quantities in prose."""

    def __init__(self, lexicon: Lexicon, quantities: QuantityFinder) -> None:
        self._quantities = quantities
        self._units = Units(lexicon)

    def unit_in(self, text: str) -> tuple[str, int]:
        """Return the unit in the last bracket of a text that holds one, and where that bracket opens; else ``""``."""
        found, at = "", len(text)
        for bracket in _BRACKET.finditer(text):
            inner = bracket[1].strip().removeprefix("单位:").strip()
            if self.is_unit(inner):
                found, at = inner, bracket.start()
        return found, at

    def is_unit(self, text: str) -> bool:
        """Tell whether a text is a unit and nothing else, with a magnitude before it or none (万元, 亿吨)."""
        magnitude = _MAGNITUDE.match(text)
        for start in (0, magnitude.end() if magnitude else 0):
            unit = self._units.at(text, start, written=False)
            if unit is not None and unit.end == len(text):
                return True
        return False

    def unit_above(self, folded: str, start: int) -> str:
        """Return the unit that a line above a table gives for all of it (单位：万元)."""
        found = _CAPTION.search(folded, max(0, start - _ABOVE), start)
        return found[1] if found and self.is_unit(found[1]) else ""

    def measure(self, folded: str, start: int, end: int, unit: str) -> Measure | None:
        """Return the quantity of a cell, in its own unit where it has one, else in ``unit``."""
        text = folded[start:end].replace("\n", " ").replace("\u2028", " ")
        numbers = list(_NUMBER.finditer(text))
        if not numbers:
            return None
        own = self._units.at(text, numbers[-1].end(), written=False) or _MAGNITUDE.match(text, numbers[-1].end())
        if own is not None or not unit:
            found = self._quantities.find(text)
            if found:
                return _moved(found[0], start, len(text), len(text), 0)
        last = numbers[-1].end()
        kind = self._kind(unit)
        # The unit is put behind the number, as prose has it, and its length is taken away from all behind it again.
        written = text[:last] + (unit if kind else "%") + text[last:]
        shift = len(written) - len(text)
        found = self._quantities.find(_without_brackets(written))
        if found:
            one = _moved(found[0], start, last, len(text), shift)
            if kind is None:
                one.kind, one.unit = "count", unit
            return one
        return self._plain(text, start, numbers[0], unit, kind)

    def _plain(self, text: str, start: int, number: re.Match[str], unit: str, kind: Kind | None) -> Measure | None:
        numeral = read_numeral(text, number.start())
        if numeral is None:
            return None
        begin, stop = start + number.start(), start + number.end()
        return Measure(begin, stop, kind or "count", numeral.low, numeral.high, unit, "eq", False, begin, stop)

    def _kind(self, unit: str) -> Kind | None:
        """Return the kind of a unit, ``None`` where the unit is not known."""
        magnitude = _MAGNITUDE.match(unit)
        for at in (0, magnitude.end() if magnitude else 0):
            found = self._units.at(unit, at, written=False) if unit else None
            if found is not None and found.end == len(unit):
                return found.kind
        return None


def _without_brackets(text: str) -> str:
    """Return a text with the brackets blanked that mark a value as a sum over the years (〔18〕)."""
    return text.translate({ord(sign): " " for sign in "[]〔〕【】"}) if text[:1] in _OPENERS else text


def _moved(one: Measure, start: int, last: int, length: int, shift: int) -> Measure:
    """Return a measure of a cell's text as one of the whole text; what was put in behind ``last`` does not count."""

    def place(offset: int) -> int:
        return start + min(offset if offset <= last else max(last, offset - shift), length)

    one.start, one.end = place(one.start), place(one.end)
    one.reach_start, one.reach_end = place(one.reach_start), place(one.reach_end)
    return one
