"""Notes of units in a text: the brackets and lines (（责任单位：…）, 牵头单位：…) that say who answers for an item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policyparse.parsing.records import Duty

IN_CHARGE = frozenset(("lead", "support", "responsible", "supervise"))
"""Roles of bodies that answer for a task; those that are merely urged do not."""
_LONGEST_NOTE = 400
_OPEN, _CLOSE = "([〔【", ")]〕】"
_WORDS = re.compile(r"[\w%‰]")
# A label of units, at the beginning of a line or sentence.
_LABEL = re.compile(
    r"[【\[]?\w{0,6}(?:责任|牵头|配合|负责|实施|承办|协办|主办|落实|主管|参与|参加|督办|督导|协同|协助|包保|承担)"
    r"(?:单位|部门|主体|机构|处室|科室|领导|人)(?:及分工)?[】\]]?\s?:"
)
# Lines and clauses beside those of units: who is in charge in person, and by when.
_TIME_LABEL = r"(?:完成|办结|工作|推进|落实|整改|实施|进度)?(?:时限|时间|期限|日期|时间节点|进度)(?:要求|安排)?"
_FIELD = re.compile(
    r"[\s;。,]{0,4}[【\[]?(?:" + _TIME_LABEL + r"|(?:责任|牵头|分管|包保|包联|联系|配合|督办|市级|县级|区级)?"
    r"(?:领导|责任人|负责人|联系人|责任领导))[】\]]? ?:[^\n;。)\]】〕]{0,80}[;。]?"
)
_TIME_FIELD = re.compile(_TIME_LABEL + r"[】\]]? ?: ?([^\n;,。)\]】〕]{1,40})")


@dataclass(slots=True)
class Note:
    """A bracket or line that names units: its extent, the duties in it, and where it says by when."""

    start: int
    end: int
    duties: list[int]
    due: tuple[int, int] | None = None


class NoteFinder:
    """Finds the notes of a text with the duties that they name."""

    def __init__(self, folded: str, duties: Sequence[Duty]) -> None:
        self._folded = folded
        self._duties = duties

    def notes(self) -> list[Note]:
        """Return the notes in order."""
        notes: list[Note] = []
        for index, duty in enumerate(self._duties):
            if duty.rows or duty.role not in IN_CHARGE:
                continue
            if notes and duty.start < notes[-1].end:
                notes[-1].duties.append(index)
                continue
            extent = self._bracket(duty) or self._labelled(duty)
            if extent is None:
                continue
            if notes and not _WORDS.search(self._folded, notes[-1].end, max(extent[0], notes[-1].end)):
                notes[-1].end = extent[1]
                notes[-1].duties.append(index)
            else:
                notes.append(Note(*extent, [index]))
        for note in notes:
            self._extend(note)
        return notes

    def _extend(self, note: Note) -> None:
        """Take the lines before and behind a note to it that say who is in charge in person, or by when."""
        while field := _FIELD.match(self._folded, note.end):
            note.end = field.end()
        while note.start and self._folded[note.start - 1] == "\n":
            line = self._folded.rfind("\n", 0, note.start - 1) + 1
            above = _FIELD.match(self._folded, line, note.start)
            if above is None or self._folded[above.end() : note.start].strip():
                break
            note.start = line
        if due := _TIME_FIELD.search(self._folded, note.start, note.end):
            note.due = due.span(1)

    def _bracket(self, duty: Duty) -> tuple[int, int] | None:
        """Return the bracket that consists of the duty and its like, with what closes it."""
        depth, at = 0, duty.start - 1
        lowest = max(0, duty.start - _LONGEST_NOTE)
        while at >= lowest:
            character = self._folded[at]
            if character in _CLOSE:
                depth += 1
            elif character in _OPEN:
                if not depth:
                    break
                depth -= 1
            elif character == "\n" and not depth and at < duty.start - _LONGEST_NOTE // 2:
                return None
            at -= 1
        else:
            return None
        end = self._closing(at)
        if end < duty.end or (duty.cue is not None and not at <= duty.cue[0] < end):
            return None
        return at, end

    def _closing(self, start: int) -> int:
        depth = 0
        for at in range(start, min(len(self._folded), start + 4 * _LONGEST_NOTE)):
            if self._folded[at] in _OPEN:
                depth += 1
            elif self._folded[at] in _CLOSE:
                depth -= 1
                if not depth:
                    return at + 1
        return -1

    def _labelled(self, duty: Duty) -> tuple[int, int] | None:
        """Return the stretch from a label (责任单位：) to the end of its line, where the duty stands behind it."""
        lowest = max(0, duty.start - _LONGEST_NOTE, self._folded.rfind("\n", 0, duty.start) + 1)
        labels = [
            label.start()
            for label in _LABEL.finditer(self._folded, lowest, duty.start)
            if not self._in_bracket(label.start(), label.group())
        ]
        if labels and "。" not in self._folded[labels[0] : duty.start]:
            start = labels[0]
        elif (start := self._cue_before(duty)) < 0:
            return None
        end = self._folded.find("\n", duty.end)
        return start, len(self._folded) if end < 0 else end

    def _in_bracket(self, start: int, label: str) -> bool:
        """Tell whether a bracket opens at a label and goes on behind it; 【责任单位】： is a label."""
        opened = label[0] in _OPEN and label.rstrip(": ")[-1] not in _CLOSE
        return opened or (start > 0 and self._folded[start - 1] in _OPEN)

    def _cue_before(self, duty: Duty) -> int:
        """Return where the duty's own words of duty begin, if they are a label before it: with a colon or on a line's start."""
        if duty.cue is None or duty.cue[1] > duty.start:
            return -1
        start, end = duty.cue
        if ":" in self._folded[end : end + 3]:
            return start
        # The label on a line of its own, or at the start of one with a blank behind it.
        return start if opens_line(self._folded, start) and self._folded[end : end + 1] in (" ", "\n") else -1


def opens_line(folded: str, offset: int) -> bool:
    """Tell whether nothing but blanks and an opening bracket stands before ``offset`` on its line."""
    return not folded[folded.rfind("\n", 0, offset) + 1 : offset].strip(" 【[")
