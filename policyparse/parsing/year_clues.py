"""The year of a document that does not name it: sessions, anniversaries and five-year plans that it speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policyparse.lexicon import Lexicon
from policyparse.parsing.dates import number, plan_years, year_number
from policyparse.parsing.words import WordSet

_H = "一二三四五六七八九十"
_SESSION = re.compile(rf"([{_H}]{{1,3}})届(?:[{_H}]中[、和及])*([{_H}]中全会)|党的([{_H}]{{2,3}})大(?!常委)")
_CONGRESS = re.compile(
    rf"(?:全国人大|全国政协|全国人民代表大会)([{_H}]{{1,3}})届([{_H}]{{1,2}})次会议|([{_H}]{{1,3}})届全国(?:人大|政协|人民代表大会)(?:第)?([{_H}]{{1,2}})次会议"
)
_ANNIVERSARY = re.compile(rf"([{_H}百]{{1,4}}|\d{{1,3}})(?:周年|华诞)")
_PLAN_YEAR = re.compile(
    rf"[“\"]?(十[{_H[:-1]}]?|[{_H[:-1]}])五[”\"]?(?:规划|计划|时期)?的?(开局|起步|第一|首|收官|最后一|末|第二|第三|第四|中期)(?:之)?年"
)
_NTH = {
    "开局": 0,
    "起步": 0,
    "第一": 0,
    "首": 0,
    "第二": 1,
    "第三": 2,
    "中期": 2,
    "第四": 3,
    "收官": 4,
    "最后一": 4,
    "末": 4,
}
_WELCOMED = re.compile("迎接|喜迎|召开前")
# Not a year by which something is due: 到2020年, 2020年6月底前.
_SPOKEN_OF = re.compile(
    r"(?<![\d到至])((?:19|20)\d\d|一九[一二三四五六七八九〇零]{2}|二[〇零][〇零一二三四五六七八九]{2})年"
    r"(?!(?:\d{1,2}月)?[底末]?之?前)"
)
_SIXTH_CONGRESS, _TERM = 1983, 5
_NEXT_YEAR_FROM = 7  # a session in the second half of a year guides the work of the next
_REACH, _ENOUGH = 60_000, 200


@dataclass(slots=True)
class Inferred:
    """A year and the words that it follows from."""

    year: int
    spans: list[tuple[int, int]]


class YearClues:
    """Infers the year for which a document plans."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._sessions = {name: (int(when[:4]), int(when[5:7])) for name, when in lexicon.pairs("sessions").items()}
        self._events = {name: int(year) for name, year in lexicon.pairs("anniversaries").items()}
        self._event_words = WordSet(self._events)

    def infer(self, folded: str) -> Inferred | None:
        """Return the year that most clues agree on, None where there is no clue.

        The latest session sets a lower bound; what is said of a five-year plan and of anniversaries names the year.
        """
        votes: dict[int, int] = {}
        spans: dict[int, list[tuple[int, int]]] = {}
        bound, bound_span = self._latest_session(folded)
        clues = [*self._plan_years(folded), *self._anniversaries(folded), *_most_spoken_of(folded)]
        for year, weight, span in clues:
            if bound is None or year >= bound - 1:
                votes[year] = votes.get(year, 0) + weight
                spans.setdefault(year, []).append(span)
        if bound is not None and bound_span is not None:
            votes[bound] = votes.get(bound, 0) + 3
            spans.setdefault(bound, []).append(bound_span)
        if not votes:
            return None
        year = max(votes, key=lambda y: (votes[y], y))
        return Inferred(year, sorted(set(spans[year]))[:4])

    def _plan_years(self, folded: str) -> list[tuple[int, int, tuple[int, int]]]:
        found = []
        for hit in _PLAN_YEAR.finditer(folded, 0, _REACH):
            ordinal = number(hit[1])
            if ordinal:
                found.append((plan_years(ordinal)[0] + _NTH[hit[2]], 5, hit.span()))
        return found[:_ENOUGH]

    def _anniversaries(self, folded: str) -> list[tuple[int, int, tuple[int, int]]]:
        found = []
        for hit in _ANNIVERSARY.finditer(folded, 0, _REACH):
            event = self._event_words.before(folded, max(0, hit.start() - 14), hit.start())
            count = _count(hit[1])
            if event and count:
                found.append((self._events[event] + count, 4, (hit.start() - len(event), hit.end())))
        return found[:_ENOUGH]

    def _latest_session(self, folded: str) -> tuple[int | None, tuple[int, int] | None]:
        """Return the year of work that the latest session guides, and where the text speaks of it."""
        best: tuple[int, int, tuple[int, int]] | None = None
        for hit in _SESSION.finditer(folded, 0, _REACH):
            name = f"{hit[1]}届{hit[2]}" if hit[1] else f"党的{hit[3]}大"
            when = self._sessions.get(name)
            if when is not None and (best is None or when > best[:2]):
                coming = _WELCOMED.search(folded, max(0, hit.start() - 8), hit.start())
                best = (when[0], 1 if coming else when[1], hit.span())  # 迎接党的十八大: in the year of the session
        for hit in _CONGRESS.finditer(folded, 0, _REACH):
            term, nth = number(hit[1] or hit[3]), number(hit[2] or hit[4])
            if term and nth and term >= 6:
                when = (_SIXTH_CONGRESS + _TERM * (term - 6) + nth - 1, 3)
                if best is None or when > best[:2]:
                    best = (*when, hit.span())
        if best is None:
            return None, None
        return best[0] + (best[1] >= _NEXT_YEAR_FROM), best[2]


def _count(text: str) -> int | None:
    """Return the number of an anniversary (90, 九十, 一百, 百)."""
    if "百" in text:
        rest = text.partition("百")[2]
        return 100 + (number(rest) or 0)
    return number(text)


def _most_spoken_of(folded: str) -> list[tuple[int, int, tuple[int, int]]]:
    """A report speaks most of the year before its own."""
    counts: dict[int, list[tuple[int, int]]] = {}
    for hit in _SPOKEN_OF.finditer(folded, 0, _REACH):
        if (year := year_number(hit[1])) is not None:
            counts.setdefault(year, []).append(hit.span())
    if not counts:
        return []
    year = max(counts, key=lambda y: (len(counts[y]), y))
    return [(year + 1, 4, counts[year][0])] if len(counts[year]) >= 3 else []
