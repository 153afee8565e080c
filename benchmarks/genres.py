"""Which genre an annotated document belongs to, by its title, its year and the kind that the parser gives it."""

from __future__ import annotations

from collections.abc import Sequence

from policyparse.corpus.gold import Sample
from policyparse.parsing.assembly import Findings

GENRES = (
    "reports",
    "old reports in Chinese numerals",
    "measures",
    "opinions and notices",
    "plans",
    "laws",
    "traditional characters",
)
_TITLES = {
    "意见": "opinions and notices",
    "规划": "plans",
    "计划": "plans",
    "方案": "plans",
    "要点": "plans",
    "纲要": "plans",
    "预案": "plans",
    "措施": "measures",
    "政策": "measures",
}
_KINDS = {"law": "laws", "measures": "measures", "plan": "opinions and notices", "report": "reports"}
_OLD = 1990
_WRITTEN = 0.5
"""Share of a report's annotated quantities in Chinese numerals from which it counts as an old one whatever its year."""
_TRADITIONAL = 0.02
"""Share of characters that folding simplifies from which a document counts as written in traditional characters."""


def genre(sample: Sample, found: Findings) -> str:
    """Return the genre of a document, one of ``GENRES``."""
    if traditional_share(found) > _TRADITIONAL:
        return "traditional characters"
    kind = found.setting.kind
    if kind == "law":
        return "laws"
    if kind == "report":
        year = sample.gold.metadata.issued_on[:4] or found.front.year
        old = (year is not None and int(year) < _OLD) or written_share(
            [q.text for q in sample.gold.quantities]
        ) > _WRITTEN
        return "old reports in Chinese numerals" if old else "reports"
    title = sample.gold.metadata.title
    last = max(_TITLES, key=title.rfind)
    # The word nearest to the end names the genre; 关于印发…方案的通知 is a plan, …的通知 alone a notice.
    return _TITLES[last] if last in title else _KINDS[kind]


def traditional_share(found: Findings) -> float:
    """Return the share of Chinese characters that are written in their traditional form."""
    pairs = zip(found.text.clean, found.text.folded, strict=True)
    return sum(one != other and other > "\u2e7f" for one, other in pairs) / max(len(found.text.clean), 1)


def written_share(quantities: Sequence[str]) -> float:
    """Return the share of quantities without a digit."""
    written = sum(
        not any((sign.isdigit() and sign.isascii()) or "０" <= sign <= "９" for sign in text) for text in quantities
    )
    return written / max(len(quantities), 1)
