"""A comparison as one HTML page that needs nothing else: charts, sortable tables, and the evidence behind each cell."""

from __future__ import annotations

from typing import Any

from policyparse.comparison import Cell, Comparison, Figure, Task
from policyparse.export.comparison_charts import chart_script, comparison_charts
from policyparse.export.comparison_tables import bodies
from policyparse.export.comparison_words import Language, Words, plain
from policyparse.export.pages import page_text, render_page

_LONGEST, _BRIEF = 1200, 240
_MOST_TASKS = 4000
"""Tasks of which a page shows the whole text; of more it shows the beginning."""
_MOST_SERIES = 2000
"""Indicators in a page; of more, those without a key that stand in one year only are left out."""


def comparison_html(comparison: Comparison, language: Language = "zh") -> str:
    """Return the page. Charts are still pictures until their script has drawn them; all else works without scripts."""
    from markupsafe import Markup

    page = _Page(comparison, Words(language))
    charts = comparison_charts(comparison, language)
    scripts = [chart_script(), page_text("charts.js")] if charts else []
    rankings, tasks = page.rankings(), page.tasks()
    groups = [group for group in comparison.groups if len(group.members) > 1 or group.given]
    sections = {"charts": charts, "series": True, "indicators": True, "ranks": rankings, "tasks": tasks}
    values = {
        "language": language,
        "word": page.words,
        "issuers": comparison.issuers,
        "years": page.years,
        "tolerance": f"{plain((comparison.tolerance * 100).normalize())}%",
        "notes": (*comparison.notes, *page.notes),
        "documents": comparison.documents,
        "sections": [
            *(name for name, there in sections.items() if there),
            *(["groups"] if groups else []),
            *("documents", "evidence"),
        ],
        # The pictures come from Vega, which escapes what it writes into them.
        "charts": [
            {"title": chart.title, "svg": Markup(chart.svg), "specification": chart.specification}  # noqa: S704
            for chart in charts
        ],
        "series": page.series(),
        "deliveries": page.deliveries(),
        "rankings": rankings,
        "tasks": tasks,
        "groups": groups,
        "evidence": page.evidence,
    }
    return render_page("comparison.html", values, scripts)


class _Page:
    def __init__(self, comparison: Comparison, words: Words) -> None:
        self.words = words
        self.evidence: list[dict[str, Any]] = []
        self.years = sorted({cell.year for one in comparison.series for cell in one.cells}) or sorted(
            {document.year for document in comparison.documents}
        )
        shown = list(comparison.series)
        self.notes: list[str] = []
        if len(shown) > _MOST_SERIES:
            shown = [one for one in shown if one.key or one.stated > 1]
            self.notes.append(f"{words('left_out')}：{len(comparison.series) - len(shown)}")
        self._series = shown
        self._longest = _LONGEST if len(comparison.tasks) <= _MOST_TASKS else _BRIEF
        self._comparison = comparison
        self._paths = {document.id: document.path for document in comparison.documents}
        self._places: dict[tuple[str, str], str] = {}

    def series(self) -> list[dict[str, Any]]:
        rows = []
        for one in self._series:
            by_year = {cell.year: cell for cell in one.cells}
            cells = [self._cell(by_year.get(year)) for year in self.years]
            rows.append(
                {
                    "issuer": one.issuer,
                    "name": one.name,
                    "names": "、".join(one.names),
                    "form": self.words("form", one.form),
                    "once": one.key is None and one.stated < 2,
                    "cells": cells,
                }
            )
        return rows

    def deliveries(self) -> list[dict[str, Any]]:
        return [
            {"issuer": series.issuer, "name": series.name, "form": self.words("form", series.form), "year": cell.year}
            | self._cell(cell)
            for series in self._series
            for cell in series.cells
            if cell.target
        ]

    def rankings(self) -> list[dict[str, Any]]:
        return [
            {
                "year": ranking.year,
                "name": ranking.name,
                "form": self.words("form", ranking.form),
                "issuer": row.issuer,
                "target_rank": row.target_rank or "",
                "result_rank": row.result_rank or "",
                "verdict": row.verdict or "",
                "verdict_shown": self.words.of("verdict", row.verdict),
            }
            | self._figures(row.target, row.result)
            for ranking in self._comparison.rankings
            for row in ranking.rows
        ]

    def tasks(self) -> list[dict[str, Any]]:
        return [
            {
                "issuer": pair.issuer,
                "year": pair.year,
                "years": f"{pair.before_year} → {pair.year}",
                "alignment": pair.alignment,
                "alignment_shown": self.words("alignment", pair.alignment),
                "score": "" if pair.score is None else f"{pair.score:.0f}",
                "lead_changed": self.words("yes" if pair.lead_changed else "no"),
                "before": self._task(pair.before),
                "after": self._task(pair.after),
            }
            for pair in self._comparison.tasks
        ]

    def _task(self, task: Task | None) -> dict[str, str] | None:
        if task is None:
            return None
        return {
            "heading": task.heading,
            "text": task.text[: self._longest] + ("…" if len(task.text) > self._longest else ""),
            "bodies": bodies(task),
            "place": f"{self._paths[task.document]} {task.start}—{task.end}",
        }

    def _cell(self, cell: Cell | None) -> dict[str, Any]:
        if cell is None:
            return {"state": "", "movement": "", "verdict": "", **self._figures(None, None)}
        return {
            "state": cell.state,
            "movement": self.words.of("movement", cell.movement),
            "verdict": cell.verdict or "",
            "verdict_shown": self.words.of("verdict", cell.verdict),
            "why": self.words.of("reason", cell.reason) if cell.reason else cell.rule or "",
        } | self._figures(cell.target, cell.result)

    def _figures(self, target: Figure | None, result: Figure | None) -> dict[str, Any]:
        return {
            "target": self.words.figure(target),
            "target_at": self._cite(target),
            "value": plain(target.signed[0]) if target else "",
            "result": self.words.figure(result),
            "result_at": self._cite(result),
            "result_value": plain(result.signed[0]) if result else "",
        }

    def _cite(self, figure: Figure | None) -> str:
        """Return the anchor of the sentence behind a figure; each sentence and quantity is listed once."""
        if figure is None:
            return ""
        place = (figure.document, figure.statement)
        if place not in self._places:
            name = self._places[place] = f"e{len(self._places) + 1}"
            at, end = figure.position, figure.position + len(figure.text)
            self.evidence.append(
                {
                    "id": name,
                    "before": figure.sentence[:at],
                    "text": figure.sentence[at:end] or figure.text,
                    "after": figure.sentence[end:],
                    "path": self._paths[figure.document],
                    "start": figure.start,
                    "end": figure.end,
                }
            )
        return self._places[place]
