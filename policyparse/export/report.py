"""A document as one HTML page that needs nothing else: its text with everything marked, outline, tables and filters."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from policyparse.errors import UsageError
from policyparse.export.marked_text import Mark, MarkedText, Piece, sentence_around, visible
from policyparse.export.pages import page_text, render_page
from policyparse.export.report_words import Language, words
from policyparse.model import Document, Node, Responsibility, Source, Statement, Table
from policyparse.parsing.characters import reading_text
from policyparse.parsing.lines import soft_breaks

_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈"}
_STATEMENT_ROLES = ("target", "actual", "standard", "other")
_DUTY_ROLES = ("lead", "support", "responsible", "supervise", "directed")
_MOST_CELLS = 5000
_OPENING = 18
_APART = (*"0123456789章节编篇条部栏件", "部分")


@dataclass(slots=True)
class Block:
    """A line of the text or a table of it, as the page shows it."""

    level: int = 0
    pieces: list[Piece] = field(default_factory=list)
    rows: list[list[dict[str, Any]]] | None = None


def report(document: Document, source: Source, *, lang: Language = "zh") -> str:
    """Return a page that shows ``document`` beside the text of ``source``, which it was parsed from.

    Raises ``UsageError`` where the two do not belong together.

    >>> from policyparse import Source, parse, report
    >>> source = Source(name="plan", text="一、教育\\n新建幼儿园5所。")
    >>> report(parse(source), source).startswith("<!DOCTYPE html>")
    True
    """
    if source.info().text_sha256 != document.source.text_sha256:
        raise UsageError(
            f"{document.source.name}: the source has another text than the one that the document was parsed from"
        )
    page = _Page(document, source, words(lang))
    values = {
        "language": lang,
        "word": page.words,
        "title": visible(document.metadata.title or document.source.name),
        "outline": page.outline(),
        "blocks": list(page.blocks()),
        "targets": [page.statement(one) for one in document.targets],
        "facts": [page.statement(one) for one in document.facts],
        "duties": [page.duty(one) for one in document.responsibilities],
        "units": page.units,
        "statement_roles": page.counted(_STATEMENT_ROLES, (one.role for one in document.statements())),
        "duty_roles": page.counted(_DUTY_ROLES, (one.role for one in document.responsibilities)),
        "about": page.about(),
        "diagnostics": page.diagnostics(),
    }
    return render_page("report.html", values, [page_text("report.js")])


class _Page:
    def __init__(self, document: Document, source: Source, words: dict[str, str]) -> None:
        self.words = words
        self._document = document
        self._source = source
        self._text = source.text
        self._nodes = list(document.nodes())
        self._labels = {node.id: self._labelled(node) for node in self._nodes}
        counts = Counter(duty.entity.name for duty in document.responsibilities)
        self._unit_keys = {name: f"u{number}" for number, (name, _) in enumerate(counts.most_common(), 1)}
        self.units = [
            {"key": key, "name": visible(name), "count": counts[name]} for name, key in self._unit_keys.items()
        ]
        reading = reading_text(source.text, [(extent.start, extent.end) for extent in source.markup])
        self._soft = {
            at
            for start, end in soft_breaks(reading.folded)
            for at in range(reading.to_source(start), reading.to_source(end - 1) + 1)
            if source.text[at] == "\n"
        }
        self._duties = {duty.id: duty for duty in document.responsibilities}
        self._sentences: dict[tuple[int, int], str] = {}
        for statement in document.statements():
            self._sentence(statement.sentence.start, statement.sentence.end)
        self._duty_sentences = {
            duty.id: self._sentence(*sentence_around(self._text, duty.entity.start, duty.entity.end))
            for duty in document.responsibilities
        }

    def _sentence(self, start: int, end: int) -> str:
        return self._sentences.setdefault((start, end), f"s{len(self._sentences) + 1}")

    # The text

    def blocks(self) -> Iterator[Block]:
        """Yield the lines and tables of the text."""
        marked = MarkedText(
            self._text,
            self._marks(),
            ((start, end, key) for (start, end), key in self._sentences.items()),
            [
                *((node.start, f"n-{node.id}") for node in self._nodes),
                *((one.start, f"d-{number}") for number, one in enumerate(self._document.diagnostics, 1)),
            ],
        )
        starts = [node.start for node in self._nodes]
        at = 0
        for table in (*self._tables(), None):
            end = table.start if table else len(self._text)
            for stretches in self._lines(at, end):
                start, stop = stretches[0][0], stretches[-1][1]
                first, last = bisect_left(starts, start), bisect_left(starts, stop)
                level = next((node.level for node in self._nodes[first:last] if self._is_heading(node, start, stop)), 0)
                pieces = [piece for stretch in stretches for piece in marked.pieces(*stretch)]
                if any(piece.text.strip() or piece.anchor for piece in pieces):
                    yield Block(level=level, pieces=pieces)
            if table:
                yield Block(rows=list(self._rows(table, marked)))
                at = table.end

    def _lines(self, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
        """Yield the paragraphs: each as its lines, of which there are several where a sentence was broken in two."""
        stretches: list[tuple[int, int]] = []
        while start < end:
            stop = self._text.find("\n", start, end)
            stop = end if stop < 0 else stop
            if stop > start:
                stretches.append((start, stop))
            if stretches and stop not in self._soft:
                yield stretches
                stretches = []
            start = stop + 1
        if stretches:
            yield stretches

    def _tables(self) -> list[Table]:
        """Return the tables that can be shown as such: with cells in order, not one inside another."""
        found: list[Table] = []
        for table in self._source.tables:
            cells = table.cells
            apart = all(one.end <= two.start for one, two in pairwise(cells))
            if cells and apart and len(cells) <= _MOST_CELLS and (not found or table.start >= found[-1].end):
                found.append(table)
        return found

    def _rows(self, table: Table, marked: MarkedText) -> Iterator[list[dict[str, Any]]]:
        row: list[dict[str, Any]] = []
        number = table.cells[0].row
        for cell in table.cells:
            if cell.row != number:
                yield row
                row, number = [], cell.row
            row.append({"rows": cell.rows, "columns": cell.columns, "pieces": marked.pieces(cell.start, cell.end)})
        yield row

    def _is_heading(self, node: Node, start: int, stop: int) -> bool:
        """Tell whether the line from ``start`` to ``stop`` is the node's heading and nothing else."""
        if not node.heading or self._text[start : node.start].strip(" \u3000\t#*"):
            return False
        return stop - node.start <= len(node.label) + len(node.heading) + 6

    def _marks(self) -> Iterator[Mark]:
        for extent in self._source.markup:
            yield Mark(extent.start, extent.end, "markup")
        for node in self._nodes:
            end = self._text.find(node.heading, node.start, node.start + 400) if node.heading else -1
            end = end + len(node.heading) if end >= 0 else node.start + len(node.label)
            yield Mark(node.start, end, "label")
        for one in self._document.statements():
            for indicator in one.indicators:
                yield Mark(indicator.start, indicator.end, "indicator", one.id)
            if one.deadline:
                yield Mark(one.deadline.start, one.deadline.end, "deadline", one.id)
            quantity = one.quantity
            yield Mark(quantity.start, quantity.end, f"quantity {one.role}", one.id, f"row-{one.id}")
        for duty in self._document.responsibilities:
            yield Mark(duty.entity.start, duty.entity.end, f"entity {duty.role}", duty.id, f"row-{duty.id}")

    # The rest of the page

    def outline(self) -> list[dict[str, Any]]:
        return [
            {"id": node.id, "level": min(node.level, 6), "label": self._labelled(node)}
            for node in self._nodes
            if node.heading or self._begins_line(node)
        ]

    def _labelled(self, node: Node) -> str:
        """Return label and heading, of a division without heading the beginning of its text."""
        heading = node.heading
        if not heading:
            first = node.start + len(node.label)
            opening = self._text[first : min(node.end, first + _OPENING)].split("\n")[0].strip()
            heading = f"{opening}…" if opening else ""
        return visible(f"{node.label}{' ' if node.label.endswith(_APART) else ''}{heading}")

    def _begins_line(self, node: Node) -> bool:
        return not self._text[self._text.rfind("\n", 0, node.start) + 1 : node.start].strip(" \u3000\t#*-")

    def statement(self, one: Statement) -> dict[str, Any]:
        quantity, sign = one.quantity, _SIGNS.get(one.quantity.bound, "")
        sign += "≈" if quantity.approximate and sign != "≈" else ""
        duties = [self._duties[key] for key in one.responsible if key in self._duties]
        duties.sort(key=lambda duty: duty.role != "lead")
        names = dict.fromkeys(duty.entity.name for duty in duties)
        return {
            "id": one.id,
            "role": one.role,
            "sentence": self._sentences[one.sentence.start, one.sentence.end],
            "units": " ".join(self._unit_keys[name] for name in names),
            "indicator": visible("、".join(indicator.name for indicator in one.indicators)),
            "change": self.words.get(one.change, ""),
            "value": f"{sign} {visible(quantity.text)}".strip(),
            "number": format(quantity.low, "f"),
            "deadline": visible(one.deadline.text) if one.deadline else "",
            "due": (one.deadline.due.isoformat() if one.deadline and one.deadline.due else ""),
            "period": visible(one.period.text) if one.period else "",
            "modality": self.words[one.modality],
            # Those that are merely urged are found by the filter, but do not answer for the target.
            "bodies": list(dict.fromkeys(visible(duty.entity.name) for duty in duties if duty.role != "directed")),
            **self._place(one.node),
        }

    def duty(self, one: Responsibility) -> dict[str, Any]:
        return {
            "id": one.id,
            "role": one.role,
            "sentence": self._duty_sentences[one.id],
            "units": self._unit_keys[one.entity.name],
            "name": visible(one.entity.name),
            "cue": visible(one.cue.text) if one.cue else "",
            **self._place(one.node),
        }

    def _place(self, node: str | None) -> dict[str, str]:
        return {"node": node or "", "section": self._labels.get(node or "", "")}

    def counted(self, roles: tuple[str, ...], found: Iterator[str]) -> list[dict[str, Any]]:
        counts = Counter(found)
        return [{"role": role, "count": counts[role]} for role in roles if counts[role]]

    def about(self) -> list[tuple[str, str]]:
        metadata, source = self._document.metadata, self._document.source
        period = metadata.period
        years = [str(day.year) for day in (period.start, period.end) if day] if period else []
        said = {
            "title": metadata.title,
            "doc_number": metadata.doc_number,
            "issuer": metadata.issuer,
            "addressee": metadata.addressee,
            "issued_on": metadata.issued_on,
            "planned": "—".join(dict.fromkeys(years)),
            "file": source.name,
            "media_type": source.media_type,
            "encoding": source.encoding,
            "chars": f"{source.chars:,}",
            "sha": source.text_sha256,
        }
        return [(self.words[key], visible(str(value))) for key, value in said.items() if value]

    def diagnostics(self) -> list[dict[str, Any]]:
        return [
            {"number": number, "code": one.code, "message": visible(one.message), "start": one.start, "end": one.end}
            for number, one in enumerate(self._document.diagnostics, 1)
        ]
