"""Which signs at the beginning of lines are labels: weak ones need a numbering that they continue."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from policyparse.parsing.enumerators import SERIAL, Enumerators
from policyparse.parsing.labels import Label
from policyparse.parsing.levels import ANNEX

Lines = Sequence[tuple[int, int]]
Labels = list[Label | None]

_NUMBERED = frozenset(("1.", "1、", "1"))
_OCCASION = re.compile(r"(?:会议|大会|全会)(?:上|的|\(| |$)")
_DATE_LINE = re.compile(r"[(]?(?:\d{4}|[二〇零一九]{4}) {0,2}年 {0,2}[\d一二三四五六七八九十]{1,3} {0,2}月")
_LONGEST_LIST = 60
_LEAP = 3
_SHORT = 60
_AGENDA_WINDOW = 4  # lines between an agenda and the first division
_ANNEX_WINDOW = 12  # lines between the list of annexes and the signature


class Following:
    """Finds the next label of a style."""

    def __init__(self, labels: Sequence[Label | None]) -> None:
        self._labels = labels
        self._where: dict[str, list[int]] = {}
        for index, label in enumerate(labels):
            if label is not None:
                self._where.setdefault(label.style, []).append(index)

    def number(self, index: int, style: str) -> int | None:
        """Return the number of the next label of ``style`` after line ``index``, None if there is none."""
        where = self._where.get(style)
        if not where:
            return None
        at = bisect_right(where, index)
        label = self._labels[where[at]] if at < len(where) else None
        return label.number if label is not None else None

    def starts_again(self, index: int, style: str) -> bool:
        """Tell whether the next label is the first of its list, in the style of the document's top divisions."""
        label = self.next(index)
        return label is not None and label.number == 1 and label.style == style

    def resumes(self, index: int, style: str, number: int) -> bool:
        """Tell whether the list of ``style`` that begins at line ``index`` is over before ``number`` goes on.

        Looks at no more than the next labels of a list of ordinary length.
        """
        where = self._where.get(style, [])
        at = bisect_right(where, index)
        expected = 2
        for line in where[at : at + _LONGEST_LIST]:
            label = self._labels[line]
            found = label.number if label is not None else None
            if found == expected:
                expected += 1
            elif found == 1:
                expected = 2  # the next list inside
            else:
                return found == number
        return False

    def next(self, index: int) -> Label | None:
        """Return the next label of any style after line ``index``."""
        following = [where[at] for where in self._where.values() if (at := bisect_right(where, index)) < len(where)]
        return self._labels[min(following)] if following else None


def settle(folded: str, lines: Lines, labels: Labels, signs: Enumerators) -> None:
    """Remove from ``labels`` what only looks like one."""
    _drop_annex_lists(folded, lines, labels)
    _drop_front_dashes(folded, lines, labels)
    _drop_agenda(folded, lines, labels)
    following = Following(labels)
    last: dict[str, int] = {}
    paths: dict[tuple[int, ...], int] = {}
    for index, label in enumerate(labels):
        if label is None:
            continue
        if label.style in SERIAL:
            keep = _serial(label, signs, last)
        elif label.path and label.style[0] == "1":
            keep = _dotted(folded, label, lines[index][1], paths, last) or _run_together(label, last)
        elif label.weak:
            keep = _continues(folded, label, last, following, index)
        else:
            keep = True
        if not keep:
            labels[index] = None
        elif label.number is not None:
            last[label.style] = label.number
            if label.style in _NUMBERED:
                last["1."] = last["1、"] = last["1"] = label.number


def _serial(label: Label, signs: Enumerators, last: dict[str, int]) -> bool:
    """一是 opens a list only where 二是 follows."""
    if label.number == last.get(label.style, 0) + 1 != 1:
        return True
    sign = signs.at(label.start)
    if sign is None:
        return False
    if sign.number > 1 and signs.before(label.start, sign.style) == sign.number - 1:
        return True
    return sign.later == sign.number + 1


def _dotted(folded: str, label: Label, end: int, paths: dict[tuple[int, ...], int], last: dict[str, int]) -> bool:
    """1.1 is a label where it begins or continues a list of its own, and words follow."""
    prefix, number = label.path[:-1], label.path[-1]
    words = (label.end < end and folded[label.end] > "\u2e7f") or folded[label.end : label.end + 1] in ("“", "《")
    goes_on = number == paths.get(prefix, 0) + 1
    apart = label.end > label.stop or folded[label.stop - 1] in ".、"
    inside = (len(prefix) == 1 and prefix[0] == last.get("1")) or (
        len(prefix) > 1 and prefix[-1] == paths.get(prefix[:-1])
    )
    if not apart and not goes_on and label.path[0] == last.get("1.", 0) + 1:
        return False
    if not (words and label.path[0] and number and (goes_on or apart) and (inside or apart or number > 1)):
        return False
    paths[prefix] = number
    return True


def _run_together(label: Label, last: dict[str, int]) -> bool:
    """In 2.10大工程 after 1. the label is 2. alone."""
    number = label.path[0]
    if number != last.get("1.", 0) + 1:
        return False
    label.stop = label.end = label.start + len(str(number)) + 1
    label.style, label.number, label.path = "1.", number, ()
    return True


def _continues(folded: str, label: Label, last: dict[str, int], following: Following, index: int) -> bool:
    """A weak label must continue a numbering, or begin one that goes on."""
    number = label.number
    if number is None:  # a single dash
        return following.number(index, label.style) is None and last.get("——") is not None
    before = last.get(label.style, 0)
    if label.stop - label.start == 2 and label.style == "一、" and folded[label.start] in "-—":  # a broken numeral
        label.number = before + 1
        return bool(before) or following.number(index, label.style) == 2
    if number == 1:
        return following.number(index, label.style) == 2
    if label.style == "第N条":  # an article without a space after its label, or a reference to one
        return before < number <= before + _LEAP
    return number == before + 1


def _drop_front_dashes(folded: str, lines: Lines, labels: Labels) -> None:
    """The line under a title that names the occasion (——2023年3月5日在…会议上) opens nothing."""
    for index, label in enumerate(labels[:40]):
        if label is not None and label.style == "——":
            start, end = lines[index]
            if end - start < _SHORT and folded[end - 1] not in "。;" and _OCCASION.search(folded, start, end):
                labels[index] = None


def _drop_agenda(folded: str, lines: Lines, labels: Labels) -> None:
    """A list before the first division that announces the divisions (as many as there are, in another style)."""
    first = next((index for index, label in enumerate(labels) if label is not None), len(labels))
    after = first
    while after < len(labels) and (item := labels[after]) is not None and item.number == after - first + 1:
        if lines[after][1] - lines[after][0] > _SHORT:
            return
        after += 1
    count = after - first
    below = next((label for label in labels[after : after + _AGENDA_WINDOW] if label is not None), None)
    top = labels[first] if count > 1 else None
    if top is None or below is None or below.number != 1 or below.style == top.style:
        return
    if folded[lines[first][1] - 1] in "。;" and Following(labels).number(after - 1, top.style) in (1, None):
        numbers = [label.number for label in labels[after:] if label is not None and label.style == below.style]
        if count in numbers and count + 1 not in numbers:
            labels[first:after] = [None] * count


def _drop_annex_lists(folded: str, lines: Lines, labels: Labels) -> None:
    """附件：1.… 2.… before the signature names annexes and is none."""
    for index, label in enumerate(labels):
        if label is None or label.style != ANNEX or not _only_named(folded, lines, labels, index):
            continue
        labels[index] = None
        number = 1
        for here in range(index + 1, min(index + 1 + _ANNEX_WINDOW, len(lines))):
            item = labels[here]
            start, end = lines[here]
            if (item is not None and item.style == ANNEX) or end - start > _SHORT:
                break
            if item is None or item.style not in _NUMBERED:
                continue
            if item.number not in (1, number + 1):
                break
            number = item.number or 1
            labels[here] = None


def _only_named(folded: str, lines: Lines, labels: Labels, index: int) -> bool:
    label = labels[index]
    if label is None or folded[label.stop - 1] not in ":.、":
        return False
    end = min(index + 1 + _ANNEX_WINDOW, len(lines))
    for here in range(index + 1, end):
        start, stop = lines[here]
        item = labels[here]
        if (item is not None and item.style == ANNEX) or (_DATE_LINE.match(folded, start, stop) and stop - start < 30):
            return True
        if stop - start > _SHORT or (item is not None and item.style not in _NUMBERED):
            return False
    return end == len(lines)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What comes after one line (see ``levels.Ahead``)."""

    following: Following
    index: int

    def number(self, style: str) -> int | None:
        """Return the number of the next label of that style."""
        return self.following.number(self.index, style)

    def style(self) -> str:
        """Return the style of the next label."""
        label = self.following.next(self.index)
        return label.style if label is not None else ""

    def resumes(self, style: str, number: int) -> bool:
        """Tell whether an outer list of that style goes on with ``number`` after the one that begins here."""
        return self.following.resumes(self.index, style, number)
