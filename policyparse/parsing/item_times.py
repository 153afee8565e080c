"""Times that stand below or behind a task and say by when it is done: 时序进度:6月底前, (8月底完成,牵头单位:…)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from policyparse.parsing.records import Outline, TimePhrase

_LABEL = re.compile(
    r"(?:^|[\n(;,] {0,4})(?:时序进度|(?:完成|办结|推进|整改)?时限(?:要求)?|完成(?:时间|期限)(?:节点)?|时间(?:进度|要求|节点))"
    r" ?: ?$"
)
_DONE = re.compile(r"(?:之?前)?[^(),;。\n]{0,4}(?:完成|取得|建成|上线|投用|到位|实现)")
_BEFORE = 12
_FAR = 600
"""How far above its time a task begins at most."""


class ItemTimes:
    """Finds the time of the task in which a measure stands."""

    def __init__(self, folded: str, outline: Outline, times: Sequence[TimePhrase]) -> None:
        self._found: list[tuple[int, int, TimePhrase]] = []
        before = 0
        for phrase in times:
            if phrase.sort != "deadline":
                continue
            start = self._task(folded, outline, phrase)
            if start is not None:
                self._found.append((max(start, before), phrase.start, phrase))
                before = phrase.end
        self._ends = [end for _, end, _ in self._found]

    def at(self, offset: int) -> TimePhrase | None:
        """Return the time of the task at ``offset``, None where it has none."""
        index = bisect_right(self._ends, offset)
        if index < len(self._found) and self._found[index][0] <= offset:
            return self._found[index][2]
        return None

    @staticmethod
    def _task(folded: str, outline: Outline, phrase: TimePhrase) -> int | None:
        """Return where the task begins whose time ``phrase`` is, None where it is the time of a sentence."""
        labelled = _LABEL.search(folded, max(0, phrase.start - _BEFORE), phrase.start) is not None
        bracketed = folded[phrase.start - 1 : phrase.start] == "(" and _DONE.match(folded, phrase.end) is not None
        if not labelled and not bracketed:
            return None
        lowest = max(0, phrase.start - _FAR)
        section = outline.at(phrase.start)
        if section >= 0:
            lowest = max(lowest, outline.sections[section].start)
        line = folded.rfind("\n", lowest, phrase.start) + 1
        own_line = not folded[max(line, lowest) : phrase.start].strip("(: ") or labelled
        return lowest if own_line else max(line, lowest)
