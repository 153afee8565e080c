"""The verb ``compare``: documents of several years or issuers beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from os import PathLike

from policyparse.comparison import ComparedDocument, Comparison, TaskPair
from policyparse.corpus.compare.candidates import Chooser, by_issuer
from policyparse.corpus.compare.documents import Comparables, Report, Wanted, load, years_of
from policyparse.corpus.compare.grouping import group_indicators, read_groups
from policyparse.corpus.compare.issuers import rank_issuers
from policyparse.corpus.compare.series import SeriesBuilder
from policyparse.corpus.compare.tasks import TaskFinder, align
from policyparse.errors import UsageError
from policyparse.lexicon import Lexicon, load_lexicon
from policyparse.reading.limits import Limits

TOLERANCE = Decimal("0.05")
"""The share of a target's value that 左右 and 约 allow a result to differ by."""

_MOST_TASKS = 3000
"""Tasks of a document that are compared; the work grows with their square."""


def compare(
    documents: Comparables,
    *,
    issuers: str | Iterable[str] = (),
    years: str | Sequence[int] | None = None,
    groups: str | PathLike[str] | None = None,
    metadata: str | PathLike[str] | None = None,
    tolerance: Decimal | float | str = TOLERANCE,
    lexicon: Lexicon | None = None,
    limits: Limits | None = None,
) -> Comparison:
    """Compare documents of several years or issuers: indicators, promise and delivery, tasks, ranks.

    ``documents``: a store (opened or its path), paths of files or folders, or documents, each alone or with its source
    (without it, sentences and tasks are missing). ``issuers``: only those whose name or region contains one of these
    words. ``years``: ``"2005:2025"`` or a pair; the document of the year after the last is read too, for its results.
    ``groups``: a table with ``name`` and ``group`` that overrides how indicators without a key are grouped; ``metadata``: one with
    ``file`` and ``issuer``, ``year``, ``region``. ``tolerance``: the share of a target's value that 左右 allows; ``limits``: what reading a file may cost.

    Raises ``UsageError`` where nothing can be compared or an argument is malformed, ``StoreError`` where the store cannot
    be read. ``docs/compare.md`` has the rules.

    >>> import policyparse
    >>> texts = {
    ...     2023: "澜江市2023年政府工作报告\\n一、2023年工作安排\\n今年主要预期目标是：地区生产总值增长6%左右。",
    ...     2024: "澜江市2024年政府工作报告\\n一、2023年工作回顾\\n地区生产总值增长5.8%。\\n二、2024年工作安排\\n地区生产总值增长5.5%。",
    ... }
    >>> sources = [policyparse.Source(name=f"lanjiang/{year}.txt", text=text) for year, text in texts.items()]
    >>> comparison = policyparse.compare([(policyparse.parse(source), source) for source in sources])
    >>> [(cell.year, cell.target.text, cell.movement, cell.verdict) for cell in comparison.find("gdp", "rate").cells]
    [(2023, '6%', None, 'tolerance'), (2024, '5.5%', 'lowered', 'not_reported')]
    """
    lexicon = lexicon or load_lexicon()
    share = Decimal(str(tolerance))
    if not (share.is_finite() and 0 <= share < 1):
        raise UsageError(f"the tolerance is a share of the value, from 0 to below 1, not {tolerance}")
    first, last = years_of(years)
    words = (issuers,) if isinstance(issuers, str) else tuple(issuers)
    notes: list[str] = []
    reports = load(documents, Wanted(words, first, last), lexicon, metadata, limits, notes)
    shown = [report for report in reports if last is None or report.year <= last]
    if not shown:
        raise UsageError(_nothing(words, first, last, notes))
    grouping = group_indicators(reports, read_groups(groups), lexicon)
    chooser = Chooser(lexicon, grouping)
    chosen = {report.id: chooser.choose(report) for report in reports}
    builder = SeriesBuilder(lexicon, grouping, share)
    ordered = by_issuer(reports)
    series = [one for issuer, own in ordered.items() for one in builder.build(issuer, own, chosen, first, last)]
    used = {one.group for one in series}
    tasks = tuple(_tasks(by_issuer(shown), lexicon, notes))
    return Comparison(
        documents=tuple(_shown(report) for report in reports),
        series=tuple(series),
        tasks=tasks,
        rankings=tuple(rank_issuers(series)),
        groups=tuple(group for group in grouping.groups if group.id in used),
        tolerance=share,
        notes=tuple(notes),
    )


def _tasks(reports: dict[str, list[Report]], lexicon: Lexicon, notes: list[str]) -> Iterable[TaskPair]:
    finder = TaskFinder(lexicon)
    for issuer, own in reports.items():
        before = None
        earlier = []
        for report in own:
            tasks = finder.find(report)
            if len(tasks) > _MOST_TASKS:
                notes.append(f"{report.path}: of its {len(tasks)} tasks the first {_MOST_TASKS} are compared")
                del tasks[_MOST_TASKS:]
            if before is not None:
                yield from align(issuer, before, report, earlier, tasks)
            before, earlier = report, tasks


def _shown(report: Report) -> ComparedDocument:
    return ComparedDocument(
        id=report.id,
        path=report.path,
        issuer=report.issuer,
        region=report.region,
        year=report.year,
        title=report.title,
    )


def _nothing(words: tuple[str, ...], first: int | None, last: int | None, notes: list[str]) -> str:
    asked = [f"issuer {' or '.join(words)}"] if words else []
    if first is not None or last is not None:
        asked.append(f"years {'' if first is None else first}:{'' if last is None else last}")
    what = f"no document of {' and '.join(asked)}" if asked else "no document with issuer and year"
    return f"nothing to compare: {what}" + (f"; {'; '.join(notes[:3])}" if notes else "")
