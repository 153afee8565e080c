"""Indicators: what each quantity measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyparse.lexicon import Lexicon
from policyparse.parsing.candidates import Candidate
from policyparse.parsing.characters import Text
from policyparse.parsing.ranking import Ranking
from policyparse.parsing.records import Choice, Measure, Named
from policyparse.parsing.scenes import Mention, Scene
from policyparse.parsing.sentences import Sentences
from policyparse.parsing.series import Series
from policyparse.parsing.survey import Surveyor

_REMEMBERED = 6
_NEAR = 40
_NEARBY = 300
_TAKEN_UP = 120
_GUESSED = 0.5
"""How sure a name is that the sentence before lends."""
_IDEOGRAPHS = "\u3400"


class IndicatorFinder:
    """Names what quantities measure."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._surveyor = Surveyor(lexicon)
        self.ranking = Ranking(lexicon.pairs("indicator_weights"))
        self._series = Series(lexicon, self._surveyor)

    def find(self, text: Text, sentences: Sentences, measures: Sequence[Measure]) -> list[Choice]:
        """Return the indicators of each measure, in the order of ``measures``."""
        return [choice for _, _, choice in self.steps(text, sentences, measures)]

    def steps(
        self, text: Text, sentences: Sentences, measures: Sequence[Measure]
    ) -> Iterator[tuple[Scene, list[Candidate], Choice]]:
        """Yield for each measure its surroundings, the candidates (empty where a series decided), and the choice."""
        folded = text.folded
        mentions: list[Mention] = []
        sentence = (-1, -1)
        earlier: Mention | None = None
        decided: dict[int, list[Named]] = {}
        runs = self._series.runs(folded, measures)
        for index, measure in enumerate(measures):
            if not sentence[0] <= measure.start < sentence[1]:
                here = sentences.around(measure.start)
                earlier = mentions[-1] if mentions else earlier
                mentions, sentence = [], here
            previous = measures[index - 1] if index else None
            following = measures[index + 1] if index + 1 < len(measures) else None
            scene = self._surveyor.scene(folded, measure, previous, following)
            scene.mentions = mentions[-_REMEMBERED:]
            candidates: list[Candidate] = []
            if index in runs:
                decided.update(self._series.decide(folded, index, measures[index : index + runs[index]], scene))
            choice = Choice(decided.pop(index, []), "series", 1.0)
            if not choice.named:
                candidates = self._surveyor.candidates(scene)
                choice = self._choose(folded, scene, candidates)
            if not choice.named and not candidates and earlier is not None:
                choice = self._taken_up(folded, measure, earlier)
            if choice.named:
                last = choice.named[-1]
                mentions.append(
                    Mention(last.start, last.end, last.name or folded[last.start : last.end], measure, scene.left)
                )
            for named in choice.named:
                named.name = printed(text, named.name, measure) or text.clean[named.start : named.end]
            yield scene, candidates, choice

    def _taken_up(self, text: str, measure: Measure, earlier: Mention) -> Choice:
        """Return what the sentence before measured where this one names nothing: 产值达20亿元。五年间,平均每年增长15%."""
        if measure.start - earlier.end > _TAKEN_UP or text.find("\n", earlier.end, measure.start) >= 0:
            return Choice([])
        return Choice([Named(earlier.start, earlier.end, earlier.name)], "ranked", _GUESSED)

    def _choose(self, text: str, scene: Scene, candidates: Sequence[Candidate]) -> Choice:
        decision = self.ranking.decide(candidates, text)
        if decision is None:
            return Choice([])
        return Choice(self._series.sharing(text, decision.reading, scene), "ranked", decision.certainty)


def printed(text: Text, name: str, measure: Measure) -> str:
    """Return a name that was put together from folded text in the characters that the document prints."""
    if not name or not _unfolded(text, measure.start - _NEAR, measure.end):
        return name
    return name.translate(_unfolded(text, measure.start - _NEARBY, measure.end + _NEARBY))


def _unfolded(text: Text, start: int, end: int) -> dict[int, str]:
    """Return the ideographs of a stretch that folding changed, as a table back."""
    start = max(0, start)
    pairs = zip(text.folded[start:end], text.clean[start:end], strict=True)
    return {ord(one): other for one, other in pairs if one != other and one >= _IDEOGRAPHS}
