"""Why: which rule, words and features gave a statement or a responsibility what it says.

The stages are run as for ``parse``; then what they found at one place is asked again for the reasons. Nothing is recorded
while parsing, which therefore costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from policyparse.errors import UsageError
from policyparse.lexicon import Lexicon
from policyparse.model import Responsibility, Source, Span, Statement
from policyparse.parsing.api import as_source, default_parser
from policyparse.parsing.assembly import Findings, assemble
from policyparse.parsing.candidates import Candidate
from policyparse.parsing.characters import Text
from policyparse.parsing.confidence import confidence_features
from policyparse.parsing.contexts import contexts
from policyparse.parsing.evidence import EvidenceFinder, Said
from policyparse.parsing.pipeline import Parser
from policyparse.parsing.records import BY_ROW, Duty
from policyparse.reasons import (
    Evidence,
    Explanation,
    Meaning,
    RatedCandidate,
    ResponsibilityReasons,
    StatementReasons,
    Weighed,
)

_SHOWN_CANDIDATES = 5
_SHOWN_FEATURES = 6
_NAMED_NEAREST = 3
_LONGEST_NAMED = 20


def explain(text: str | Source, at: int, *, name: str = "text", lexicon: Lexicon | None = None) -> Explanation:
    """Return what stands at offset ``at`` of ``text`` and what decided it.

    ``at`` lies in a quantity, in the name of an indicator or of a responsible body, or anywhere in a sentence that holds
    only one of these. Raises ``UsageError`` with the nearest ones where there is no such thing.

    >>> from policyparse import explain
    >>> why = explain("一、扩大就业\\n全年新增城镇就业5万人以上。", 15)
    >>> why.statement.rule.name, why.statement.bound.words[0].text, why.statement.change.words[0].text
    ('plan', '以上', '新增')
    """
    parser = default_parser() if lexicon is None else Parser(lexicon)
    return Explainer(parser).explain(as_source(text, name), at)


class Explainer:
    """Explains what a parser finds."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        lexicon = parser.lexicon
        self._evidence = EvidenceFinder(lexicon)
        self._tables = {name: table for name, table in lexicon.tables.items() if name.startswith("explanations.")}
        self._indicator_weights = _numbers(lexicon, "indicator_weights")
        self._confidence_weights = _numbers(lexicon, "confidence_weights")
        self._duty_weights = _numbers(lexicon, "duty_weights")

    def explain(self, source: Source, at: int) -> Explanation:
        """Return what stands at offset ``at`` of the text of ``source`` and what decided it.

        Raises ``UsageError`` where nothing stands there and its sentence holds none or several.
        """
        if not 0 <= at < len(source.text):
            raise UsageError(f"offset {at} lies outside of the text, which has {len(source.text)} characters")
        found = self._parser.findings(source)
        document = assemble(source, found)
        statements = document.statements()
        chosen = _at(statements, document.responsibilities, at) or _alone(
            statements, document.responsibilities, _sentence(found, at)
        )
        if chosen is None:
            raise UsageError(_nothing(statements, document.responsibilities, at))
        start = chosen.quantity.start if isinstance(chosen, Statement) else chosen.entity.start
        here = found.text.from_source(start)
        setting, outline = found.setting, found.outline
        return Explanation(
            at=at,
            kind=self._meaning("kinds", setting.kind),
            sign=self._meaning("signs", setting.sign),
            sign_word=setting.sign_word,
            purpose=self._meaning("purposes", setting.purpose_at(here)),
            region=_region_heading(found, here),
            headings=tuple(f"{s.label}{s.heading}" for s in reversed(outline.path(outline.at(here)))),
            statement=self._statement(found, statements.index(chosen), chosen)
            if isinstance(chosen, Statement)
            else None,
            responsibility=self._responsibility(found, chosen) if isinstance(chosen, Responsibility) else None,
        )

    def _meaning(self, table: str, name: str) -> Meaning:
        """Return what a name stands for; a name that the lexicon does not explain stands for itself."""
        said = {}
        for language in ("zh", "en"):
            known = self._tables.get(f"explanations.{table}.{language}")
            said[language] = known.get(name, name) if isinstance(known, Mapping) else name
        return Meaning(name=name, **said)

    def _said(self, text: Text, said: Said) -> Evidence:
        return Evidence(how=self._meaning("evidence", said[0]), words=tuple(_span(text, *word) for word in said[1]))

    def _statement(self, found: Findings, index: int, statement: Statement) -> StatementReasons:
        claim = found.claims[index]
        text, setting = found.text, found.setting
        steps = self._parser._indicators.steps(text, found.sentences, found.measures)
        _, candidates, choice = next(islice(steps, index, None))
        context = contexts(text.folded, found.sentences, found.measures)[index]
        purpose = setting.purpose_at(claim.measure.start)
        features = confidence_features(claim.measure, claim.rule, purpose, choice, setting)
        due = self._evidence.deadline(claim)
        return StatementReasons(
            statement=statement,
            rule=self._meaning("rules", claim.rule),
            way=self._meaning("ways", choice.way),
            certainty=round(choice.certainty, 3),
            candidates=self._candidates(text, candidates),
            bound=self._said(text, self._evidence.bound(text, claim)),
            change=self._said(text, self._evidence.change(context, claim)),
            deadline=self._said(text, due) if due else None,
            confidence=_strongest(features, self._confidence_weights),
        )

    def _candidates(self, text: Text, candidates: list[Candidate]) -> tuple[RatedCandidate, ...]:
        """Return the best candidates and the one that was chosen; of those that read alike only the best."""
        if not candidates:
            return ()
        ranking = self._parser._indicators.ranking
        best = ranking.best(candidates, text.folded)
        shares = ranking.shares(candidates)
        places = sorted(range(len(candidates)), key=lambda place: -shares[place])
        shown: list[RatedCandidate] = []
        for place in places:
            one = candidates[place]
            chosen = best is not None and one is best[0]
            name = one.name or text.clean[one.start : one.end]
            if not chosen and (len(shown) >= _SHOWN_CANDIDATES or any(name == other.name for other in shown)):
                continue
            shown.append(
                RatedCandidate(
                    name=name,
                    side=self._meaning("sides", one.features[0][:1]),
                    score=round(ranking.score(one), 3),
                    share=round(shares[place], 3),
                    chosen=chosen,
                    features=_strongest(one.features, self._indicator_weights),
                )
            )
        return tuple(shown)

    def _responsibility(self, found: Findings, chosen: Responsibility) -> ResponsibilityReasons:
        index = int(chosen.id[1:]) - 1
        duty = found.duties[index]
        origin, raw = self._origin(found, duty)
        trigger: Meaning | None = None
        score: float | None = None
        features: tuple[Weighed, ...] = ()
        if origin == "prose":
            finder = self._parser._duties
            rated = [
                (finder._scores.score(names), candidate.trigger, names)
                for candidate, names in finder.candidates(found.text.folded, found.outline, found.setting)
                if (duty.start, duty.end) in candidate.phrase.members
            ]
            if rated:
                best, why, names = max(rated, key=lambda one: one[0])
                score, trigger = round(best, 3), self._meaning("triggers", why)
                features = _strongest(names, self._duty_weights)
        return ResponsibilityReasons(
            responsibility=chosen,
            origin=self._meaning("origins", origin),
            by_note=raw is not None and raw.role != duty.role,
            trigger=trigger,
            score=score,
            features=features,
            scope=found.outline.sections[duty.scope].id if duty.scope >= 0 else None,
        )

    def _origin(self, found: Findings, duty: Duty) -> tuple[str, Duty | None]:
        """Return which of the finders gave a duty, and what it gave before the notes of the text were applied."""
        if duty.scope == BY_ROW:
            return "table", None
        text, finder = found.text.folded, self._parser._duties
        groups, plain, covered = finder._brackets._brackets(text)
        places = {
            "bracket": groups,
            "plain bracket": plain,
            "label": finder._brackets._labels(text, covered),
            "item": [finder._items.find(text)],
        }
        for origin, lists in places.items():
            for one in (one for group in lists for one in group):
                if (one.start, one.end) == (duty.start, duty.end):
                    return origin, one if origin != "item" else None
        return "prose", None


def _numbers(lexicon: Lexicon, table: str) -> dict[str, float]:
    return {name: float(weight) for name, weight in lexicon.pairs(table).items()}


def _strongest(features: Iterable[str], weights: Mapping[str, float]) -> tuple[Weighed, ...]:
    """Return the features that weigh most, of either sign; those without a weight are left out."""
    known = [Weighed(feature=one, weight=weights[one]) for one in dict.fromkeys(features) if weights.get(one)]
    return tuple(sorted(known, key=lambda one: -abs(one.weight))[:_SHOWN_FEATURES])


def _span(text: Text, start: int, end: int) -> Span:
    first, last = text.span(start, end)
    return Span(start=first, end=last, text=text.source[first:last])


def _sentence(found: Findings, at: int) -> tuple[int, int]:
    """Return the sentence around an offset of the source, in offsets of the source."""
    start, end = found.sentences.around(found.text.from_source(at))
    return found.text.span(start, end)


def _at(
    statements: Iterable[Statement], duties: Iterable[Responsibility], at: int
) -> Statement | Responsibility | None:
    """Return what stands at the offset: a quantity or a body, else the statement whose indicator stands there alone."""
    statements = list(statements)
    for statement in statements:
        if statement.quantity.start <= at < statement.quantity.end:
            return statement
    here = [duty for duty in duties if duty.entity.start <= at < duty.entity.end]
    if here:
        return min(here, key=lambda duty: duty.entity.end - duty.entity.start)
    named = [s for s in statements if any(one.start <= at < one.end for one in s.indicators)]
    return named[0] if len(named) == 1 else None


def _alone(
    statements: Iterable[Statement], duties: Iterable[Responsibility], sentence: tuple[int, int]
) -> Statement | Responsibility | None:
    """Return the only statement or responsibility of a sentence, None where it has none or several."""
    start, end = sentence
    inside: list[Statement | Responsibility] = [s for s in statements if start <= s.quantity.start < end]
    inside += [duty for duty in duties if start <= duty.entity.start < end]
    return inside[0] if len(inside) == 1 else None


def _nothing(statements: Iterable[Statement], duties: Iterable[Responsibility], at: int) -> str:
    """Say what is near an offset at which nothing stands."""
    spans: list[Span] = [*(s.quantity for s in statements), *(duty.entity for duty in duties)]
    if not spans:
        return "the text has no quantity and no responsible body"
    spans.sort(key=lambda span: min(abs(at - span.start), abs(at - span.end + 1)))
    named = (f"{' '.join(span.text.split())[:_LONGEST_NAMED]} at {span.start}" for span in spans[:_NAMED_NEAREST])
    return f"no quantity and no responsible body at offset {at}; nearest: {', '.join(named)}"


def _region_heading(found: Findings, offset: int) -> str:
    """Return the heading at which the region around an offset begins, ``""`` where it begins with none."""
    region = next((r for r in reversed(found.setting.regions) if r.start <= offset), None)
    if region is None:
        return ""
    index = found.outline.at(region.start)
    if index < 0 or found.outline.sections[index].start != region.start:
        return ""
    section = found.outline.sections[index]
    return f"{section.label}{section.heading}"
