"""The outline: numbered and headed divisions, from a stack of numbering styles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policyparse.lexicon import Lexicon
from policyparse.parsing.characters import Text
from policyparse.parsing.contents import repeated_lines
from policyparse.parsing.enumerators import SERIAL, Enumerator, Enumerators, sequences
from policyparse.parsing.gaps import split_gaps
from policyparse.parsing.headings import Headings, broken_headings
from policyparse.parsing.labels import Label, LabelReader
from policyparse.parsing.levels import ANNEX, BOX, HEADING, PREAMBLE, Placing, Stack
from policyparse.parsing.lines import LINE
from policyparse.parsing.naming import Naming
from policyparse.parsing.records import Finding, Outline, Section
from policyparse.parsing.running import split_running
from policyparse.parsing.settling import Ahead, Following, settle
from policyparse.parsing.words import WordSet

_MARKUP = re.compile(r"[ *#>_]{0,60}")
_IMAGE = re.compile(r"!\[[^\]\n]{0,80}\]\([^()\n\"]{0,300}\"(专栏 ?\d{1,2} ?[^ \"\n]{1,60})")
_SPLIT = re.compile(r" {2,40}(?=第[一二三四五六七八九十百]{1,5}[章节条] )")
_OWN_LINE = frozenset(("第N章", "第N编", "第N篇", "第N部分", "第N部", "第N节", ANNEX, BOX))
_WRAP_WINDOW = 60
_LONGEST_TITLE = 50


class OutlineFinder:
    """Finds the divisions of a document."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.labels = LabelReader()
        self.headings = Headings(lexicon)
        self.naming = Naming(lexicon)
        self.wrap_openers = WordSet(lexicon.words("outline.wrap_openers"))
        self.wraps = WordSet(lexicon.words("outline.wraps"))

    def find(self, text: Text, marked: Sequence[tuple[int, int, int]] = ()) -> Outline:
        """Return the outline of ``text``; ``marked`` are headings (start, end, level) that the format marks."""
        return _Builder(self, text, marked).build()


@dataclass(slots=True)
class _Carried:
    """The list of enumerators that a line left open: the next line may go on with it."""

    line: int
    depth: int  # of the divisions that were open
    last: Enumerator
    section: int

    def goes_on(self, line: int, depth: int, sign: Enumerator) -> bool:
        """Tell whether ``sign``, the first of line ``line``, is the next of the list."""
        beside = (line, depth, sign.style, sign.number)
        return sign.style in SERIAL and beside == (self.line + 1, self.depth, self.last.style, self.last.number + 1)


class _Builder:
    """One pass over one document."""

    def __init__(self, rules: OutlineFinder, text: Text, marked: Sequence[tuple[int, int, int]]) -> None:
        self.rules, self.text, self.folded = rules, text, text.folded
        self.sections: list[Section] = []
        self.findings: list[Finding] = []
        self.stretches: list[tuple[int, int]] = []  # each section's own line, or its part of a line
        self.line_of: list[int] = []
        self.carried: _Carried | None = None
        self.closed: dict[int, int] = {}  # where sections end that end before a line without a label
        self.within_line: set[int] = set()  # sections that end with their line
        self.stack = Stack()
        self.shown = 0  # lines seen so far, without those that are skipped
        folded = self.folded
        lines, self.labels = split_gaps(folded, split_running(folded, _lines(folded)), rules.labels)
        self.lines = lines
        self.skipped = repeated_lines(folded, lines, self.labels)
        for index in self.skipped:
            self.labels[index] = None
        self.signs = Enumerators(folded, lines)
        settle(folded, lines, self.labels, self.signs)
        self.following = Following(self.labels)
        self.alone = rules.headings.lone(folded, lines, self.labels, self.skipped, self.following)
        self.broken = broken_headings(folded, lines, self.labels, self.alone)
        for index in self.broken:
            self.alone[index] = False
        self.marked = self._marked(marked)

    def build(self) -> Outline:
        """Walk over the lines once and return the outline."""
        folded = self.folded
        is_report = any(folded.startswith("各位代表", start) and end - start <= 8 for start, end in self.lines[:40])
        for index, (start, end) in enumerate(self.lines):
            if index in self.skipped:
                continue
            self.shown += 1
            label = self.labels[index]
            if label is not None:
                self._open(index, label)
            elif self.alone[index] or index in self.marked:
                self._open_heading(index)
            else:
                self._close(index, is_report)
            self._enumerate(index, start if label is None else label.end, end)
        self._name()
        self._number()
        outline = Outline(self.sections, self.lines, self.findings)
        outline.close()
        return outline

    def _close(self, index: int, is_report: bool) -> None:
        """Close divisions that end before a line without a label."""
        start, end = self.lines[index]
        before = [frame.section for frame in self.stack.frames]
        if len(before) < 2:
            return
        if is_report and self._looks_back(start, end):
            self.stack.cut(1)
        else:
            self.stack.close_list(self.shown, Ahead(self.following, index))
        for section in before[len(self.stack.frames) :]:
            self.closed[section] = start

    def _marked(self, marked: Sequence[tuple[int, int, int]]) -> dict[int, int]:
        """Return the format's level of those lines that it marks as headings, without the document's title."""
        levels = {start: level for start, _, level in marked}
        found = {index: levels[start] for index, (start, _) in enumerate(self.lines) if start in levels}
        titles = [index for index, level in found.items() if level == 1]
        if len(titles) == 1 and all(label is None for label in self.labels[: titles[0] + 1]):
            del found[titles[0]]
        return found

    def _looks_back(self, start: int, end: int) -> bool:
        """Tell whether a paragraph speaks of its whole top division and no longer of the last item."""
        if end - start < _WRAP_WINDOW // 2:
            return False
        rules = self.rules
        return bool(rules.wrap_openers.at(self.folded, start, end)) or rules.wraps.within(
            self.folded, start, min(end, start + _WRAP_WINDOW)
        )

    def _open(self, index: int, label: Label) -> None:
        end = self.lines[index][1]
        placing = self.stack.place(
            label.style, label.number, len(self.sections), self.shown, Ahead(self.following, index)
        )
        section = self._add(index, placing, label.start, label.stop, label.style, label.number, label.end, end)
        if not label.path:
            self._report(placing, section)
        if index in self.marked:
            self.stack.frames[-1].mark = self.marked[index]
        if label.end >= end or label.style == ANNEX:
            self._take_heading(index, section, label.end, end)
        elif index + 1 in self.broken:
            section.heading_start, section.heading_end = label.end, self.lines[index + 1][1]

    def _open_heading(self, index: int) -> None:
        start, end = self.lines[index]
        if self.rules.headings.is_top(self.folded, start, end):
            self.stack.cut(0)
        level = self.marked.get(index)
        if level is not None:
            placing = self.stack.mark(level, len(self.sections), self.shown)
        else:
            following = self.following.next(index)
            if following is not None and following.number == 1 and (depth := self.stack.find(following.style)) >= 0:
                self.stack.cut(depth)  # a list that begins anew: this heading stands above it
            if self.stack.find(PREAMBLE) >= 0:
                self.stack.cut(0)
            style = PREAMBLE if self.rules.headings.is_preamble(self.folded, start, end) else HEADING
            placing = self.stack.place(style, None, len(self.sections), self.shown, Ahead(self.following, index))
        section = self._add(index, placing, start, start, HEADING, None, start, end)
        section.heading_start, section.heading_end, section.body = start, end, end

    def _take_heading(self, index: int, section: Section, start: int, end: int) -> None:
        """The heading of a label that has its line for itself is what follows on that line or on the next."""
        if start < end:
            section.heading_start, section.heading_end, section.body = start, end, end
            return
        below = index + 1
        if below >= len(self.lines) or self.labels[below] is not None:
            return
        start, end = self.lines[below]
        if section.style not in _OWN_LINE and not self.rules.headings.may_head(self.folded, start, end):
            return
        if end - start <= _LONGEST_TITLE and self.folded[end - 1] not in "。;:":
            section.heading_start, section.heading_end, section.body = start, end, end
            self.alone[below] = False

    def _add(
        self,
        index: int,
        placing: Placing,
        start: int,
        stop: int,
        style: str,
        number: int | None,
        body: int,
        end: int,
        *,
        inline: bool = False,
    ) -> Section:
        label = self.text.clean[start:stop]
        section = Section(
            start, label, style, number, placing.level, "", body, body, body, 0, placing.parent, "", inline
        )
        self.sections.append(section)
        self.stretches.append((start, end))
        self.line_of.append(index)
        return section

    def _report(self, placing: Placing, section: Section) -> None:
        if not placing.finding:
            return
        said = {
            "gap": f"number {section.number} follows {placing.expected - 1}: {placing.expected} is missing",
            "repeat": f"number {section.number} stands twice in a row",
            "restart": f"numbering starts again at {section.number} where {placing.expected} was expected",
        }[placing.finding]
        end = section.start + len(section.label)
        self.findings.append(Finding(f"outline.{placing.finding}", f"{section.label}: {said}", section.start, end))

    def _enumerate(self, index: int, start: int, end: int) -> None:
        """Add the enumerators inside a line as sections below the division in which it stands."""
        signs = self.signs.within(start, end)
        if not signs:
            return
        frames = self.stack.frames
        label = self.labels[index]
        path = [frame.section for frame in frames]
        base = len(path)
        opened: dict[str, int] = {}
        if label is not None and label.number is not None:
            opened[label.style] = label.number
        elif self.carried is not None and self.carried.goes_on(self.shown, len(path), signs[0]):
            opened[signs[0].style] = signs[0].number - 1
            path.append(self.carried.section)
            base += 1
        accepted = sequences(signs, opened)
        first = len(self.sections)
        for at, (sign, depth) in enumerate(accepted):
            del path[max(base + depth - 1, 0) :]
            stop = accepted[at + 1][0].start if at + 1 < len(accepted) else end
            placing = Placing(len(path) + 1, path[-1] if path else -1)
            path.append(len(self.sections))
            body = sign.stop
            while body < stop and self.folded[body] == " ":
                body += 1
            self._add(index, placing, sign.start, sign.stop, sign.style, sign.number, body, stop, inline=True)
            if depth or label is None or not frames:
                self.within_line.add(len(self.sections) - 1)
            else:  # a sibling of the line's own label: the list goes on from it
                frames[-1].number, frames[-1].section = sign.number, len(self.sections) - 1
        if accepted:
            outermost = max(at for at, (_, depth) in enumerate(accepted) if depth <= accepted[0][1])
            self.carried = _Carried(self.shown, len(frames), accepted[outermost][0], first + outermost)

    def _name(self) -> None:
        lines, labels = self.lines, self.labels
        more: list[bool] = []
        for at, section in enumerate(self.sections):
            below = self.line_of[at] + 1
            child = at + 1 < len(self.sections) and self.sections[at + 1].parent == at
            text = (
                below < len(lines)
                and labels[below] is None
                and not self.rules.naming.is_duty(self.folded, *lines[below])
            )
            heading = below < len(lines) and (self.alone[below] or below in self.marked)
            over = at in self.closed and below < len(lines) and self.closed[at] <= lines[below][0]
            more.append(not section.inline and (child or (text and not heading and not over)))
        self.rules.naming.name(self.folded, self.text.clean, self.sections, self.stretches, more)

    def _number(self) -> None:
        """Set the end and the id of every section."""
        end = len(self.folded.rstrip())
        open_until = [end] * (max((s.level for s in self.sections), default=0) + 2)
        for at in range(len(self.sections) - 1, -1, -1):
            section = self.sections[at]
            level = section.level
            section.end = min(open_until[: level + 1])
            if at in self.within_line:
                section.end = min(section.end, self.lines[self.line_of[at]][1])
            open_until[level] = section.start
            open_until[level + 1 :] = [end] * (len(open_until) - level - 1)
        for at, section in enumerate(self.sections):
            above = self.sections[section.parent].end if section.parent >= 0 else end
            section.end = min(section.end, above, self.closed.get(at, end))
        taken: set[str] = set()
        counts: dict[int, int] = {}
        for section in self.sections:
            position = counts[section.parent] = counts.get(section.parent, 0) + 1
            prefix = self.sections[section.parent].id + "." if section.parent >= 0 else ""
            number = section.number if section.number and f"{prefix}{section.number}" not in taken else position
            while f"{prefix}{number}" in taken:
                number += 1
            section.id = f"{prefix}{number}"
            taken.add(section.id)


def _lines(folded: str) -> list[tuple[int, int]]:
    """Return the logical lines without the space and the markup at their edges."""
    lines: list[tuple[int, int]] = []
    divided = "  第" in folded  # articles that stand on one line, parted by wide space
    for found in LINE.finditer(folded):
        start, end = found.span()
        if folded[start] == "!" and (image := _IMAGE.match(folded, start, end)):
            lines.append(image.span(1))  # a box that the copy has as a picture: its title alone is left
            continue
        if not divided:
            _add_line(folded, lines, start, end)
            continue
        for split in [*(m.end() for m in _SPLIT.finditer(folded, start, end)), end]:
            _add_line(folded, lines, start, split)
            start = split
    return lines


def _add_line(folded: str, lines: list[tuple[int, int]], start: int, end: int) -> None:
    while end > start and folded[end - 1] in " *_":
        end -= 1
    if start < end and folded[start] in " *#>_" and (markup := _MARKUP.match(folded, start, end)):
        start = markup.end()
    if start < end:
        lines.append((start, end))
