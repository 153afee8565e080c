"""Tasks over time: the divisions and paragraphs of neighbouring years beside each other, one to one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from policyparse.comparison import Task, TaskPair
from policyparse.corpus.compare.documents import Division, Duty, Report
from policyparse.lexicon import Lexicon

KEPT, ALIGNED = 85.0, 44.0
"""From these scores on a task is kept; is at least the same one in other words."""
_HEADING_SHARE = 0.4
_SHORTEST, _LONGEST, _LONGEST_HEADING = 12, 300, 60
_MANY = 4_000_000
"""Pairs of tasks beyond which only headings and beginnings are compared."""
_BRIEF = 60
# A line that only says who answers for the one before it.
_DUTY_LINE = re.compile(r"[（(]?(?:牵头|责任|配合|主办|协办|承办|督办|分管)[^：:，。]{0,8}[：:]")
_FIRST_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？]?")


class TaskFinder:
    """Finds the tasks of a document."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._review = lexicon.words("comparison.tasks.review")
        self._apart = lexicon.words("comparison.tasks.apart")
        self._plan = lexicon.words("comparison.tasks.plan")

    def find(self, report: Report) -> list[Task]:
        """Return the tasks in the order of the text: each division without others below it, paragraph by paragraph.

        What stands under a heading that looks back, or in a glossary, is none.
        """
        numbers = {"last": str(report.year - 1)}
        review = tuple(word.format(**numbers) for word in self._review)
        by_id = {division.id: division for division in report.divisions}
        parents = {division.parent for division in report.divisions}
        duties: dict[str | None, list[Duty]] = defaultdict(list)
        for duty in report.duties:
            duties[duty.node].append(duty)
        looks_back: dict[str, bool] = {}
        tasks: list[Task] = []
        for division in report.divisions:
            above = looks_back.get(division.parent, False) if division.parent else False
            if any(word in division.heading for word in self._apart):
                looks_back[division.id] = True
                continue
            own = any(word in division.heading for word in review)
            planned = any(word in division.heading for word in self._plan)
            looks_back[division.id] = not planned if own else above
            if division.id not in parents and not looks_back[division.id]:
                tasks.extend(self._tasks(report, division, by_id, duties))
        return tasks

    def _tasks(
        self, report: Report, division: Division, by_id: dict[str, Division], duties: dict[str | None, list[Duty]]
    ) -> Iterator[Task]:
        inherited: list[Duty] = []
        node = division.parent
        while node is not None and node in by_id:
            inherited += duties.get(node, [])
            node = by_id[node].parent
        section = by_id[division.parent].heading if division.parent in by_id else ""
        for start, text in _paragraphs(division.text):
            body = text.removeprefix(division.label).strip() if start == 0 else text
            if len(body) < _SHORTEST:
                continue
            begin = division.start + start
            own = [duty for duty in duties.get(division.id, []) if begin <= duty.start < begin + len(text)]
            named = [duty for duty in own or inherited if duty.role != "directed"]
            lead = [duty.name for duty in named if duty.role == "lead"]
            rest = [duty.name for duty in named if duty.role != "lead"]
            heading = division.heading if start == 0 and division.heading else _first_sentence(body)
            yield Task(
                start=begin,
                end=begin + len(text),
                document=report.id,
                node=division.id,
                section=section if start == 0 or not division.heading else division.heading,
                heading=heading[:_LONGEST_HEADING],
                text=body,
                lead=tuple(dict.fromkeys(lead)),
                others=tuple(dict.fromkeys(rest)),
            )


def align(issuer: str, before: Report, after: Report, old: list[Task], new: list[Task]) -> Iterator[TaskPair]:
    """Yield each task of ``after`` with the one of ``before`` that it goes on, then those that nothing goes on."""
    partners = _partners(old, new)
    pair = partial(TaskPair, issuer=issuer, before_year=before.year, year=after.year)
    for index, task in enumerate(new):
        if index not in partners:
            yield pair(alignment="new", after=task)
            continue
        other, score = partners[index]
        earlier = old[other]
        yield pair(
            alignment="kept" if score >= KEPT else "reworded",
            score=round(score, 1),
            lead_changed=_lead_changed(earlier, task),
            before=earlier,
            after=task,
        )
    taken = {other for other, _ in partners.values()}
    for index, task in enumerate(old):
        if index not in taken:
            yield pair(alignment="dropped", before=task)


def _partners(old: list[Task], new: list[Task]) -> dict[int, tuple[int, float]]:
    """Return for each new task that has one its old partner and the likeness: the best one-to-one matching in all."""
    if not old or not new:
        return {}
    import numpy
    from rapidfuzz import fuzz, process
    from scipy.optimize import linear_sum_assignment

    size = _LONGEST if len(old) * len(new) <= _MANY else _BRIEF
    headings = process.cdist(
        [task.heading for task in new], [task.heading for task in old], scorer=fuzz.ratio, dtype=numpy.float32
    )
    bodies = process.cdist(
        [task.text[:size] for task in new], [task.text[:size] for task in old], scorer=fuzz.ratio, dtype=numpy.float32
    )
    scores = numpy.maximum(bodies, _HEADING_SHARE * headings + (1 - _HEADING_SHARE) * bodies)
    rows, columns = linear_sum_assignment(numpy.where(scores >= ALIGNED, scores, 0), maximize=True)
    return {
        int(row): (int(column), float(scores[row, column]))
        for row, column in zip(rows, columns, strict=True)
        if scores[row, column] >= ALIGNED
    }


def _lead_changed(before: Task, after: Task) -> bool:
    """Tell whether both tasks say who leads (where nobody does: who answers), and say it differently."""
    old, new = set(before.lead or before.others), set(after.lead or after.others)
    return bool(old and new) and old != new


def _paragraphs(text: str) -> list[tuple[int, str]]:
    """Return the paragraphs of a division with where each begins in it.

    A heading on its own line goes with the next paragraph, a line of responsible bodies with the one before.
    """
    found: list[tuple[int, str]] = []
    start = 0
    headed = False
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        begin = start + (len(line) - len(line.lstrip()))
        start += len(line)
        if not stripped:
            continue
        if headed or (found and _DUTY_LINE.match(stripped)):
            first = 0 if headed else found.pop()[0]
            found.append((first, text[first : begin + len(stripped)]))
            headed = False
        elif not found and begin == 0 and not stripped.endswith(("。", "；")):
            headed = True
        else:
            found.append((begin, stripped))
    if headed:
        found.append((0, text.rstrip()))
    return found


def _first_sentence(text: str) -> str:
    found = _FIRST_SENTENCE.match(text)
    return found.group().rstrip("。；！？") if found else ""
