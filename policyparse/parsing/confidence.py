"""Confidence: how sure it is that a statement's role and indicators are those that a careful reader would give.

A logistic model over what gave them: the rule of the role, the kind of document, how the indicator was found and how clear
its lead over the other candidates was. The weights are data, learned from annotated documents that took no part in the
training of the ranking, so that a confidence of 0.9 means: nine of ten such statements are right.
"""

from __future__ import annotations

from math import exp

from policyparse.lexicon import Lexicon
from policyparse.parsing.records import Choice, Measure, Setting

_STEPS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.87, 0.92, 0.95, 0.97, 0.985, 0.995)
_LONG = (1, 2, 4, 8, 12, 20)


class Confidence:
    """Rates statements."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._weights = {name: float(weight) for name, weight in lexicon.pairs("confidence_weights").items()}

    def of(self, features: tuple[str, ...]) -> float:
        """Return the chance, between 0 and 1 and with two decimals, that role and indicators are right."""
        get = self._weights.get
        return round(1.0 / (1.0 + exp(-sum([get(feature, 0.0) for feature in features]))), 2)


def confidence_features(measure: Measure, rule: str, purpose: str, choice: Choice, setting: Setting) -> tuple[str, ...]:
    """Return what speaks for and against a statement, as names of features."""
    step = sum(choice.certainty >= bound for bound in _STEPS)
    longest = max((len(named.name) for named in choice.named), default=0)
    size = sum(longest > bound for bound in _LONG)
    return (
        "bias",
        f"rule:{rule}",
        f"rule:{rule}|{setting.kind}",
        f"document:{setting.kind}",
        f"document:{setting.kind}|{purpose}",
        f"way:{choice.way}",
        f"sure:{step}",
        f"sure:{step // 3}|{setting.kind}",
        f"kind:{measure.kind}|{setting.kind}",
        f"names:{min(len(choice.named), 3)}",
        f"long:{size}",
    )
