"""Text that a web page put around a document: time stamps, sources, page controls, introductions, lists of links."""

from __future__ import annotations

import itertools
import re

from policyparse.lexicon import Lexicon
from policyparse.parsing.head_lines import Line, head_lines, tail_lines
from policyparse.parsing.words import WordSet

_COMMENT = re.compile(r"<!--[^<>]{0,400}-->")
_CLOCK = re.compile(r"\D{0,8}(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s?\d{1,2}[:时]\d{2}")
_DATELINE = re.compile(r"[\u4e00-\u9fff]{2,10}(?:\d{4}年)?\d{1,2}月\d{1,2}日电$")
_FIELD = re.compile(r"[【\[(〔]?([\u4e00-\u9fff]{2,8})[】\])〕]?[:>]")
_TRIM = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_SIGNS = re.compile(r"[>|×】《》»«]{1,4}$")
_HEAD, _TAIL, _FIELD_LENGTH = 30, 60, 160
_COLUMNS, _ROWS = 4, 3


class BoilerplateFinder:
    """Finds what a web page added."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._fields = frozenset(lexicon.words("metadata.page.fields"))
        self._rows = frozenset(lexicon.words("metadata.page.rows"))
        self._controls = frozenset(lexicon.words("metadata.page.controls"))
        self._lists = WordSet(lexicon.words("metadata.page.lists"))
        self._marks = WordSet(lexicon.words("metadata.page.marks"))
        self._links = WordSet(lexicon.words("metadata.page.links"))
        self._remarks = WordSet(lexicon.words("metadata.page.remarks"))
        self._handovers = lexicon.words("metadata.page.handover")
        self._press = WordSet(lexicon.words("metadata.page.press"))
        self._titles = WordSet(lexicon.words("metadata.title.nouns"))

    def find(self, folded: str) -> list[tuple[int, int]]:
        """Return the stretches in order, without overlap, without the spaces around them."""
        found = [m.span() for m in _COMMENT.finditer(folded)]
        head, tail = head_lines(folded, limit=_HEAD), tail_lines(folded, _TAIL)
        found += self._introduction(folded, head)
        found += self._head(head)
        found += self._tail(tail)
        return _merged(found)

    def _head(self, lines: list[Line]) -> list[tuple[int, int]]:
        """Read the lines above the body, down to the first paragraph of prose."""
        added: list[int] = []
        for index, line in enumerate(lines):
            listed = bool(added) and added[-1] == index - 1 and self._opens_list(lines[index - 1].bare)
            links = self._opens_list(line.bare) and index + 1 < len(lines) and self._is_link(lines[index + 1].bare)
            if self._is_page(line.bare) or self._remarked(line.bare) or links or (listed and self._is_link(line.bare)):
                added.append(index)
            elif len(line.bare) > _FIELD_LENGTH and index > 2:
                break
        for left, right in itertools.pairwise(tuple(added)):
            if right - left > _COLUMNS:
                continue
            for index in range(left + 1, right):  # names of columns between page controls
                if len(lines[index].bare) > 8 or lines[index].bare[-1] == ":" or self._titled(lines[index].bare):
                    break
                added.append(index)
        controls = {index for index in added if not _SIGNS.match(lines[index].bare)}
        kept = [index for index in added if index in controls or {index - 1, index + 1} & controls]
        return [(lines[index].start, lines[index].end) for index in kept]

    def _tail(self, lines: list[Line]) -> list[tuple[int, int]]:
        """Read the lines below the body: from a list of links on everything, before it what is plainly of the page."""
        found: list[tuple[int, int]] = []
        for index, line in enumerate(lines):
            if self._opens_list(line.bare) and all(len(other.bare) <= 120 for other in lines[index + 1 :]):
                return found + [(other.start, other.end) for other in lines[index:]]
            signs = bool(_SIGNS.match(line.bare)) and not found
            if not signs and (self._is_page(line.bare) or (found and self._is_row(line.bare))):
                found.append((line.start, line.end))
        return found + self._table(lines)

    def _table(self, lines: list[Line]) -> list[tuple[int, int]]:
        """Return the rows of a site's table of metadata that closes a page (索引号, 发文机关, 成文日期, 发文字号)."""
        rows = [line for line in lines if self._is_row(line.bare)]
        return [(line.start, line.end) for line in rows] if len(rows) >= _ROWS else []

    def _is_row(self, bare: str) -> bool:
        name, colon, _ = bare.partition(":")
        return bool(colon) and name in self._rows and len(bare) <= _FIELD_LENGTH

    def _introduction(self, folded: str, lines: list[Line]) -> list[tuple[int, int]]:
        """Read the report of the press before the document itself (某社某地某日电 近日,…全文如下)."""
        if not lines:
            return []
        end = -1
        for phrase in self._handovers:
            at = folded.find(phrase, 0, 3_000)
            if at >= 0 and (after := folded[at + len(phrase) : at + len(phrase) + 1]) in (
                "",
                "。",
                ":",
                "\n",
                " ",
                ")",
            ):
                end = max(end, at + len(phrase) + (after in ("。", ":", ")")))
        if end < 0:
            return []
        opening = next(
            (line for line in lines if line.start < end and self._press.within(line.bare, 0, min(len(line.bare), 60))),
            None,
        )
        if opening is None:
            line = next((line for line in lines if line.start < end <= line.end + 1), None)
            return [(line.start, line.end)] if line is not None and len(line.bare) <= 20 else []
        return [
            (max(line.start, opening.start), min(line.end, end)) for line in lines if opening.start <= line.start < end
        ]

    def _is_page(self, bare: str) -> bool:
        """Tell whether a line is of the page: a field (来源:…), a control (打印), a time with the clock, a mark."""
        if len(bare) > _FIELD_LENGTH:
            return False
        if self._marks.within(bare, 0, len(bare)) or _CLOCK.match(bare) or _SIGNS.match(bare) or _DATELINE.match(bare):
            return True
        plain = _TRIM.sub("", bare)
        if plain in self._controls or (plain in self._fields and len(plain) < len(bare)):
            return True
        field = _FIELD.match(bare)
        return field is not None and field[1] in self._fields

    def _opens_list(self, bare: str) -> bool:
        inner = bare.lstrip("【[(》>·")
        word = self._lists.at(inner, 0, len(inner))
        return bool(word) and (len(inner) <= len(word) + 6 or inner[len(word)] == ":")

    def _is_link(self, bare: str) -> bool:
        return bare[0] in "《【[·" and self._links.within(bare, 0, len(bare))

    def _remarked(self, bare: str) -> bool:
        inner = bare[1:]
        word = self._remarks.at(inner, 0, len(inner)) if bare[0] in "(【[" else ""
        return bool(word) and inner[len(word) : len(word) + 1] == ":" and len(bare) <= _FIELD_LENGTH

    def _titled(self, bare: str) -> bool:
        return bool(self._titles.before(bare, 0, len(bare)))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return merged
