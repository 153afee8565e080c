"""Confidence: how sure it is that a statement's role and indicators are those that a careful reader would give.

A logistic model over what gave them: the rule of the role, the kind of document, how the indicator was found and how clear
its lead over the other candidates was. The weights are data, learned from annotated documents that took no part in the
training of the ranking, so that a confidence of 0.9 means: nine of ten such statements are right.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from math import exp

from policyparse.lexicon import Lexicon
from policyparse.parsing.records import Choice, Measure, Setting

_STEPS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.87, 0.92, 0.95, 0.97, 0.985, 0.995)
_LONG = (1, 2, 4, 8, 12, 20)
_MOST = 20_000


Form = tuple[str, str, str, str, str, int, int, int]
"""What the features are made of: rule, kind of document, purpose, way, kind of quantity, step, names, size."""


class Confidence:
    """Rates statements."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._weights = {name: float(weight) for name, weight in lexicon.pairs("confidence_weights").items()}
        self._rated: dict[Form, float] = {}  # there are few forms, so that each is reckoned once

    def of(self, form: Form) -> float:
        """Return the chance, between 0 and 1 and with two decimals, that role and indicators are right."""
        rated = self._rated.get(form)
        if rated is None:
            if len(self._rated) >= _MOST:
                self._rated.clear()
            get = self._weights.get
            total = sum([get(feature, 0.0) for feature in _features(form)])
            rated = self._rated[form] = round(1.0 / (1.0 + exp(-total)), 2)
        return rated


def confidence_form(measure: Measure, rule: str, purpose: str, choice: Choice, setting: Setting) -> Form:
    """Return what a confidence is reckoned from."""
    named = choice.named
    longest = max([len(one.name) for one in named]) if named else 0
    step, size = bisect_right(_STEPS, choice.certainty), bisect_left(_LONG, longest)
    return rule, setting.kind, purpose, choice.way, measure.kind, step, min(len(named), 3), size


def confidence_features(measure: Measure, rule: str, purpose: str, choice: Choice, setting: Setting) -> tuple[str, ...]:
    """Return what speaks for and against a statement, as names of features."""
    return _features(confidence_form(measure, rule, purpose, choice, setting))


def _features(form: Form) -> tuple[str, ...]:
    rule, document, purpose, way, kind, step, names, size = form
    return (
        "bias",
        f"rule:{rule}",
        f"rule:{rule}|{document}",
        f"document:{document}",
        f"document:{document}|{purpose}",
        f"way:{way}",
        f"sure:{step}",
        f"sure:{step // 3}|{document}",
        f"kind:{kind}|{document}",
        f"names:{names}",
        f"long:{size}",
    )
