"""The list of stages, on one screen.

Each stage is a function of what the stages before it found. ``Parser`` builds the stages once from a lexicon; parsing
keeps no state, so that one parser serves any number of documents.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from policyparse.errors import UsageError
from policyparse.lexicon import Lexicon, load_lexicon
from policyparse.model import Document, Source
from policyparse.parsing.assembly import Findings, assemble
from policyparse.parsing.cells import gaps_of, numbers_in, outside, tables_in
from policyparse.parsing.characters import reading_text
from policyparse.parsing.indicators import IndicatorFinder
from policyparse.parsing.lines import soft_breaks
from policyparse.parsing.metadata import MetadataFinder
from policyparse.parsing.outline import OutlineFinder
from policyparse.parsing.periods import TimeFinder
from policyparse.parsing.quantities import QuantityFinder
from policyparse.parsing.records import Front, Outline, Setting
from policyparse.parsing.responsibilities import DutyFinder
from policyparse.parsing.sentences import Sentences
from policyparse.parsing.setting import SettingFinder
from policyparse.parsing.statements import StatementFinder

if TYPE_CHECKING:
    from policyparse.parsing.tables import TableFinder

STAGES = ("outline", "setting", "metadata", "quantities", "responsibilities")
"""Stages that can be switched off; what stands on one that is off does with less."""


class Parser:
    """A parser with its own lexicon and choice of stages.

    >>> from policyparse import Parser, Source
    >>> parser = Parser(without=["responsibilities"])
    >>> parser.parse(Source(name="plan", text="一、扩大就业\\n新增城镇就业5万人以上。")).responsibilities
    ()
    """

    def __init__(self, lexicon: Lexicon | None = None, *, without: Collection[str] = ()) -> None:
        """Build the stages. Raises ``UsageError`` where ``without`` names no stage of ``STAGES``."""
        if isinstance(without, str):
            without = (without,)
        unknown = sorted(set(without) - set(STAGES))
        if unknown:
            raise UsageError(f"no stage {', '.join(unknown)}; stages that can be switched off: {', '.join(STAGES)}")
        lexicon = lexicon or load_lexicon()
        self.lexicon = lexicon
        self.without = frozenset(without)
        self._outline = OutlineFinder(lexicon)
        self._setting = SettingFinder(lexicon)
        self._metadata = MetadataFinder(lexicon)
        self._times = TimeFinder(lexicon)
        self._quantities = QuantityFinder(lexicon)
        self._indicators = IndicatorFinder(lexicon)
        self._statements = StatementFinder(lexicon)
        self._duties = DutyFinder(lexicon)

    @cached_property
    def _tables(self) -> TableFinder:
        from policyparse.parsing.tables import TableFinder  # most documents have no tables

        return TableFinder(self.lexicon, self._quantities)

    def parse(self, source: Source) -> Document:
        """Return what ``source`` says. Odd text gives diagnostics, never an exception."""
        return assemble(source, self.findings(source))

    def findings(self, source: Source) -> Findings:
        """Return what each stage found in ``source``, with offsets of the reading text."""
        runs = {stage: stage not in self.without for stage in STAGES}
        text = reading_text(source.text, [(m.start, m.end) for m in source.markup])
        gaps = gaps_of(tables_in(source, text), text.folded)
        text = text.parted(gaps)
        text = text.without(outside(soft_breaks(text.folded), gaps))
        marked = [(text.from_source(h.start), text.from_source(h.end), h.level) for h in source.headings]

        tabled = tables_in(source, text)
        headed = text.parted(numbers_in(tabled, text.folded))
        outline = self._outline.find(headed, marked) if runs["outline"] else Outline()
        sentences = Sentences(text.folded)
        setting = self._setting.find(text, outline) if runs["setting"] else Setting("plan")
        front = self._metadata.find(text, outline, setting) if runs["metadata"] else Front()
        times = self._times.find(text.folded, front.year)
        rules = setting.kind in ("law", "measures")
        measures = self._quantities.find(text.folded, text.clean, rules=rules) if runs["quantities"] else []
        choices = self._indicators.find(text, sentences, measures)
        tables = self._tables.find(text, tabled, setting, front, times) if tabled else None
        claims = self._statements.find(text, outline, sentences, setting, times, measures, choices)
        duties = self._duties.find(text, outline, sentences, setting, front.issuer) if runs["responsibilities"] else []
        if tables is not None:
            claims = tables.with_claims(claims) if runs["quantities"] else claims
            duties = tables.with_duties(duties) if runs["responsibilities"] else duties
            measures = [claim.measure for claim in claims]
        return Findings(text, outline, sentences, setting, front, measures, claims, duties)
