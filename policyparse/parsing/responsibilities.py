"""Responsibilities: who is given something to do, and in which role."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from policyparse.lexicon import Lexicon
from policyparse.parsing.bodies import Bodies
from policyparse.parsing.characters import Text
from policyparse.parsing.duty_brackets import BracketFinder
from policyparse.parsing.duty_items import ItemFinder
from policyparse.parsing.duty_prose import Candidate, ProseFinder
from policyparse.parsing.duty_roles import DutyRoles
from policyparse.parsing.duty_scores import DutyScores
from policyparse.parsing.fullnames import FullNames
from policyparse.parsing.records import Duty, Outline, Setting
from policyparse.parsing.sentences import Sentences

# Classes of bodies that are no authorities, but charged by laws beside them: schools, media, associations.
_CIVIC = frozenset(("school", "society", "media"))
_TELLING = frozenset(("review", "results"))
_DUMB = frozenset(("glossary", "closing"))
_SILENT = _TELLING | _DUMB
_ORDERS = frozenset(
    ("要", "都要", "均要", "也要", "还要", "应", "应当", "必须", "须", "务必", "都应", "都必须", "均须")
)


class DutyFinder:
    """Finds the bodies to which a text gives something to do."""

    def __init__(self, lexicon: Lexicon) -> None:
        bodies = Bodies(lexicon)
        self._bodies = bodies
        self._brackets = BracketFinder(lexicon, bodies)
        self._items = ItemFinder(lexicon, bodies)
        self._prose = ProseFinder(lexicon, bodies)
        self._scores = DutyScores(lexicon, lexicon.pairs("duty_weights"))
        self._roles = DutyRoles(lexicon)
        self._names = FullNames(lexicon, bodies)
        charged = lexicon.group("duties.charged")
        self._public_names, self._public_ends = tuple(charged["names"]), tuple(charged["ends"])

    def find(
        self, text: Text, outline: Outline, sentences: Sentences, setting: Setting, issuer: str | None
    ) -> list[Duty]:
        """Return the responsibilities in the order of the text; ``issuer`` tells whose bureaus they are."""
        folded = text.folded
        lists = self._lists(folded, setting)
        groups = list(lists)
        for group in lists:
            scope = _bracket_scope(outline, group[0].start)
            for duty in group:
                duty.scope = scope
        taken = _stretches(lists)
        for duty in self._items.find(folded):
            if setting.purpose_at(duty.start) not in _SILENT and not _within(taken, duty.start):
                duty.scope = outline.at(duty.start)
                groups.append([duty])
        seen = {(duty.start, duty.end) for group in groups for duty in group}
        for candidate in self._chosen(folded, outline, setting, taken):
            role = self._roles.role(folded, candidate)
            given = [
                Duty(
                    *member,
                    "responsible" if role == "lead" and place else role,
                    "",
                    candidate.cue,
                    outline.at(member[0]),
                )
                for place, member in enumerate(candidate.phrase.members)
            ]
            groups.append([duty for duty in given if (duty.start, duty.end) not in seen])
        for group in groups:
            self._call(text.clean, group, issuer)
        return sorted((duty for group in groups for duty in group), key=lambda duty: (duty.start, duty.end))

    def candidates(self, text: str, outline: Outline, setting: Setting) -> Iterator[tuple[Candidate, list[str]]]:
        """Yield the phrases of the prose among which the scorer chooses, with their features."""
        yield from self._scored(text, outline, setting, _stretches(self._lists(text, setting)))

    def _lists(self, text: str, setting: Setting) -> list[list[Duty]]:
        groups = self._brackets.find(text)
        return [group for group in groups if setting.purpose_at(group[0].start) not in _SILENT]

    def _call(self, text: str, duties: list[Duty], issuer: str | None) -> None:
        """Give the members of one list their full names."""
        if not duties:
            return
        names = self._names.names([text[duty.start : duty.end] for duty in duties], issuer)
        for duty, name in zip(duties, names, strict=True):
            duty.name = name

    def _scored(
        self, text: str, outline: Outline, setting: Setting, taken: list[tuple[int, int]]
    ) -> Iterator[tuple[Candidate, list[str]]]:
        for start, end, told in _stretched(setting, len(text)):
            for candidate in self._prose.candidates(text, start, end, ordered=told):
                first = candidate.phrase.members[0][0]
                if _within(taken, first) or (told and not _ordered(candidate)):
                    continue
                if setting.kind == "law" and not self._charged(text, candidate):
                    continue
                if candidate.trigger == "subject" and self._scores.over(text, candidate):
                    continue
                heading = _in_heading(outline, first, candidate.limit)
                front = setting.purpose_at(first) == "front"
                yield candidate, self._scores.features(text, candidate, setting.kind, heading, front)

    def _charged(self, text: str, candidate: Candidate) -> bool:
        """Tell whether a law may charge it: as a subject only a public body, the first of a list telling what it lists."""
        if candidate.trigger not in ("subject", "agent"):
            return True
        return any(self._public(text, *member) for member in candidate.phrase.members)

    def _public(self, text: str, start: int, end: int) -> bool:
        return (
            self._bodies.head(text, start, end) in ("public", "post")
            or self._bodies.rank(text, start, end)
            or self._bodies.ends(text, start, end) == "post"
            or self._scores.group(text, start, end) in _CIVIC
            or text.startswith(self._public_names, start)
            or text.endswith(self._public_ends, start, end)
        )

    def _chosen(self, text: str, outline: Outline, setting: Setting, taken: list[tuple[int, int]]) -> list[Candidate]:
        """Return the candidates that the scorer takes, the best of those that overlap."""
        found = [
            (score, candidate)
            for candidate, features in self._scored(text, outline, setting, taken)
            if (score := self._scores.score(features)) > 0
        ]
        whole: dict[int, set[tuple[int, int]]] = {}
        for _, candidate in found:
            members = set(candidate.phrase.members)
            if len(members) > len(whole.get(candidate.phrase.end, ())):
                whole[candidate.phrase.end] = members
        # The last of a list is no subject of its own.
        found = [item for item in found if not set(item[1].phrase.members) < whole[item[1].phrase.end]]
        found.sort(key=lambda item: -item[0])
        used: set[int] = set()
        chosen = []
        for _, candidate in found:
            places = {place for start, end in candidate.phrase.members for place in range(start, end)}
            if used.isdisjoint(places):
                used |= places
                chosen.append(candidate)
        return chosen


def _stretched(setting: Setting, length: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the stretches of the text, and whether each tells what was done; explanations of terms give no tasks."""
    begin, told, dumb = 0, False, False
    for region in setting.regions:
        if ((region.purpose in _TELLING), region.purpose in _DUMB) != (told, dumb):
            if region.start > begin and not dumb:
                yield begin, region.start, told
            begin, told, dumb = region.start, region.purpose in _TELLING, region.purpose in _DUMB
    if begin < length and not dumb:
        yield begin, length, told


def _ordered(candidate: Candidate) -> bool:
    """Tell whether the text says that a body must act, which it may say where it tells what was done, too."""
    return candidate.trigger == "subject" and candidate.phrase.follow == "modal" and candidate.phrase.word in _ORDERS


def _stretches(groups: list[list[Duty]]) -> list[tuple[int, int]]:
    return [(group[0].start, group[-1].end) for group in groups]


def _within(stretches: list[tuple[int, int]], offset: int) -> bool:
    """Tell whether the offset stands in one of the stretches, which are in order."""
    index = bisect_right(stretches, (offset, 1 << 60)) - 1
    return index >= 0 and offset < stretches[index][1]


def _in_heading(outline: Outline, start: int, end: int) -> bool:
    index = outline.at(start)
    if index < 0:
        return False
    section = outline.sections[index]
    return section.heading_start <= start and end <= section.heading_end + 1


def _bracket_scope(outline: Outline, offset: int) -> int:
    """Return the section that a bracket or label holds for: the item, not the last （1）…；（2）… inside it."""
    index = outline.at(offset)
    while index >= 0 and outline.sections[index].inline:
        index = outline.sections[index].parent
    return index
