"""Indicators: what each quantity measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyparse.lexicon import Lexicon
from policyparse.parsing.candidates import Candidate, Surveyor
from policyparse.parsing.characters import Text
from policyparse.parsing.ranking import Ranking
from policyparse.parsing.records import Measure, Named, Outline, TimePhrase
from policyparse.parsing.scenes import Mention, Scene
from policyparse.parsing.sentences import Sentences
from policyparse.parsing.series import Series

_REMEMBERED = 6


class IndicatorFinder:
    """Names what quantities measure."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._surveyor = Surveyor(lexicon)
        self._ranking = Ranking(lexicon.pairs("indicator_weights"))
        self._series = Series(lexicon, self._surveyor)
        self._keys = lexicon.pairs("indicators")

    def find(
        self,
        text: Text,
        outline: Outline,
        sentences: Sentences,
        times: Sequence[TimePhrase],
        measures: Sequence[Measure],
    ) -> list[list[Named]]:
        """Return the indicators of each measure, in the order of ``measures``."""
        return [found for _, _, found in self.steps(text, sentences, measures)]

    def steps(
        self, text: Text, sentences: Sentences, measures: Sequence[Measure]
    ) -> Iterator[tuple[Scene, list[Candidate], list[Named]]]:
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
                decided.update(self._series.decide(folded, index, runs[index], scene))
            found = decided.pop(index, None)
            if found is None:
                candidates = self._surveyor.candidates(scene)
                best = self._ranking.best(candidates)
                found = self._series.sharing(folded, best, scene) if best is not None else []
            for named in found:
                named.name = named.name or text.clean[named.start : named.end]
                named.key = self._keys.get(named.name)
            if found:
                last = found[-1]
                mentions.append(Mention(last.start, last.end, last.name, measure, scene.left))
            yield scene, candidates, found
