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
        decided: dict[int, list[Named]] = {}
        runs = self._series.runs(folded, measures)
        for index, measure in enumerate(measures):
            if not sentence[0] <= measure.start < sentence[1]:
                here = sentences.around(measure.start)
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
            for named in choice.named:
                named.name = named.name or text.clean[named.start : named.end]
            if choice.named:
                last = choice.named[-1]
                mentions.append(Mention(last.start, last.end, last.name, measure, scene.left))
            yield scene, candidates, choice

    def _choose(self, text: str, scene: Scene, candidates: Sequence[Candidate]) -> Choice:
        best = self.ranking.best(candidates, text)
        if best is None:
            return Choice([])
        candidate, certainty = best
        return Choice(self._series.sharing(text, candidate, scene), "ranked", certainty)
