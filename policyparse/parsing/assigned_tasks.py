"""Tasks that an annex of results quotes as they had been set, before it says what came of each.

Two forms: what came of a task stands on a line of its own below it (完成情况：…), or it follows the bracket that names
who was in charge (完成15处改造（市水务局负责）。15处改造全部完成。).
"""

from __future__ import annotations

import re

from policyparse.parsing.records import Outline, Region

_OUTCOME = re.compile(r"^ {0,4}(?:完成|进展|落实|办理|执行|推进)(?:情况|结果) ?:", re.MULTILINE)
_IN_CHARGE = re.compile(
    r"\((?:[^()\n]{2,80}(?:负责|牵头|牵头负责|牵头落实)|(?:责任|牵头|承办|主办)(?:单位|部门):[^()\n]{2,80})\)[。;]"
)
_TOLD = 6
"""So many characters behind the bracket tell what came of the task."""
_FEW = 2
_PAST = ("results", "review")


def with_assigned(folded: str, outline: Outline, regions: list[Region]) -> list[Region]:
    """Return ``regions`` with the tasks quoted in reports of results as regions of their own (``assigned``)."""
    split: list[Region] = []
    for region in regions:
        quoted = _above_outcomes(folded, outline, region) if region.purpose in _PAST else []
        if region.purpose == "results" and len(quoted) < _FEW:
            quoted = _before_brackets(folded, region)
        split += _cut(region, quoted) if len(quoted) >= _FEW else [region]
    return split


def _above_outcomes(folded: str, outline: Outline, region: Region) -> list[tuple[int, int]]:
    """Return the items that stand above a line 完成情况:…, from the item's label to that line."""
    outcomes = [hit.start() for hit in _OUTCOME.finditer(folded, region.start, region.end)]
    if len(outcomes) < _FEW:
        return []
    labels = [section.start for section in outline.sections if not section.inline]
    found: list[tuple[int, int]] = []
    index, before = 0, region.start
    for outcome in outcomes:
        while index < len(labels) and labels[index] <= before:
            index += 1
        if index < len(labels) and labels[index] < outcome:
            found.append((labels[index], outcome))
        before = outcome
    return found


def _before_brackets(folded: str, region: Region) -> list[tuple[int, int]]:
    """Return the beginnings of paragraphs that end with who was in charge and go on with what came of the task."""
    found: list[tuple[int, int]] = []
    start = region.start
    while start < region.end:
        end = folded.find("\n", start, region.end)
        end = region.end if end < 0 else end
        bracket = _IN_CHARGE.search(folded, start, end)
        if bracket is not None and end - bracket.end() >= _TOLD:
            found.append((start, bracket.end()))
        start = end + 1
    return found


def _cut(region: Region, quoted: list[tuple[int, int]]) -> list[Region]:
    """Return ``region`` with the stretches of ``quoted`` cut out of it."""
    parts: list[Region] = []
    position = region.start
    for start, end in quoted:
        parts += [Region(position, start, region.purpose), Region(start, end, "assigned")]
        position = end
    parts.append(Region(position, region.end, region.purpose))
    return [part for part in parts if part.end > part.start]
