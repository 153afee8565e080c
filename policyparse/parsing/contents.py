"""Lines that repeat the document's own headings: tables of contents, and headings that a copy prints twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyparse.parsing.labels import Label
from policyparse.parsing.levels import BOX

_LEADERS = re.compile(r"[.·…—_\-\s、:。]*\(?\d{0,3}\)?$")
_SPACE = re.compile(r"[\s.…·、。:,;]+")
_LONGEST = 70  # characters of a line that may repeat a heading
_SHORTEST_RUN = 3


def repeated_lines(folded: str, lines: Sequence[tuple[int, int]], labels: Sequence[Label | None]) -> set[int]:
    """Return the indices of lines that belong to a table of contents or are printed a second time.

    A table of contents is what follows a line 目录 up to the first repeated line or the first sentence; or three lines
    or more in a row that are all repeated below.
    """
    keys = [_key(folded, start, end) for start, end in lines]
    last = {key: index for index, key in enumerate(keys) if key}
    found: set[int] = set()
    run: list[int] = []
    for index, key in enumerate(keys):
        if index and key and key == keys[index - 1] and labels[index] is not None:
            found.add(index)  # a bold heading that the copy prints twice
            continue
        if key and last[key] > index + 1 and folded[lines[index][1] - 1] not in "。;":  # items of a law may be alike
            run.append(index)
            continue
        if len(run) >= _SHORTEST_RUN and sum(labels[i] is not None for i in run) * 2 >= len(run):
            found.update(run)
        run = []
    for index, label in enumerate(labels):
        if label is not None and label.style == BOX and keys[index]:
            beside = (i for i in (index - 1, index + 1) if 0 <= i < len(keys))
            found.update(i for i in beside if keys[i] and keys[i] in keys[index])  # a box's title in two parts
    for index, (start, end) in enumerate(lines):
        if folded[start:end].replace(" ", "") in ("目录", "目次"):
            found.update(_block(folded, lines, keys, index))
    return found


def _block(folded: str, lines: Sequence[tuple[int, int]], keys: Sequence[str], heading: int) -> list[int]:
    """Return the lines of the table of contents under the line ``heading``."""
    seen: set[str] = set()
    block = [heading]
    for index in range(heading + 1, len(lines)):
        key = keys[index]
        if not key or key in seen or folded[lines[index][1] - 1] in "。;:":
            break
        seen.add(key)
        block.append(index)
    return block


def _key(folded: str, start: int, end: int) -> str:
    """Return what a repeated heading has in common: its text without space, leaders and page number."""
    if not 2 <= end - start <= _LONGEST:
        return ""
    return _SPACE.sub("", _LEADERS.sub("", folded[start:end].lstrip("-*# ")))
