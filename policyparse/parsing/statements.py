"""Statements: each quantity with its role, change, modality, action, baseline, deadline and period."""

from __future__ import annotations

from collections.abc import Sequence

from policyparse.lexicon import Lexicon
from policyparse.model import Change, Modality
from policyparse.parsing.changes import ChangeReader
from policyparse.parsing.characters import Text
from policyparse.parsing.confidence import Confidence, confidence_form
from policyparse.parsing.contexts import Context, contexts
from policyparse.parsing.keys import KeyFinder
from policyparse.parsing.records import Choice, Claim, Measure, Outline, Setting, TimePhrase
from policyparse.parsing.roles import GROUP, RoleReader
from policyparse.parsing.sentences import Sentences
from policyparse.parsing.timing import TimeLine, Times
from policyparse.parsing.words import WordSet


class StatementFinder:
    """Turns measures into claims."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._changes = ChangeReader(lexicon)
        self._roles = RoleReader(lexicon)
        self._confidence = Confidence(lexicon)
        self._keys = KeyFinder(lexicon)
        self._actions = WordSet(lexicon.words("statements.action.verbs"))
        modality: dict[str, Modality] = {}
        for name in ("binding", "expected", "striving"):
            for word in lexicon.words(f"statements.modality.{name}"):
                modality[word] = name
        self._modality = modality
        self._modal_words = WordSet(modality)

    def find(
        self,
        text: Text,
        outline: Outline,
        sentences: Sentences,
        setting: Setting,
        times: Sequence[TimePhrase],
        measures: Sequence[Measure],
        choices: Sequence[Choice],
    ) -> list[Claim]:
        """Return one claim for each measure, in the same order."""
        line = TimeLine(text.folded, outline, times)
        claims: list[Claim] = []
        change: Change = ""
        fresh = False
        for context, choice in zip(contexts(text.folded, sentences, measures), choices, strict=True):
            last = claims[-1].measure if claims else None
            change, fresh = self._changes.read(context, change, fresh, last)
            period = line.period(context)
            due = line.deadline(context)
            told = Times(period, due, line.opening(context))
            role, rule = self._roles.read(context, setting, told, claims[-1] if claims else None)
            own: Change = "" if rule == GROUP else change
            for named in choice.named:
                span = text.folded[named.start : named.end]
                named.key = self._keys.key(named.name, span, context.measure.kind, context.measure.unit, bool(own))
            purpose = setting.purpose_at(context.measure.start)
            form = confidence_form(context.measure, rule, purpose, choice, setting)
            claims.append(
                Claim(
                    measure=context.measure,
                    role=role,
                    rule=rule,
                    indicators=choice.named,
                    action=self._action(context),
                    change=own,
                    modality=self._mood(context),
                    baseline=_extent(line.baseline(context)),
                    deadline=due if role == "target" else None,
                    period=period if role == "actual" else None,
                    confidence=self._confidence.of(form),
                    sentence=(context.sentence_start, context.sentence_end),
                )
            )
        return claims

    def _action(self, context: Context) -> tuple[int, int] | None:
        start, verb = self._actions.last(context.text, context.clause_start, context.measure.reach_start)
        return (start, start + len(verb)) if verb else None

    def _mood(self, context: Context) -> Modality:
        _, word = self._modal_words.last(context.text, context.clause_start, context.measure.reach_start)
        return self._modality.get(word, "stated")


def _extent(phrase: TimePhrase | None) -> tuple[int, int] | None:
    return (phrase.start, phrase.end) if phrase else None
