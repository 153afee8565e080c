"""The heading of a division as a region: label and heading together, and apart again."""

from __future__ import annotations

import re

from policyparse.parsing.characters import reading_text
from policyparse.parsing.labels import LabelReader

_LONGEST = 400
_CLOSING = "。．."
_LINE_END = re.compile(r"[\n]")
_READER = LabelReader()


def heading_end(text: str, start: int, label: str, heading: str) -> int:
    """Return where the region of a division ends: behind its heading, else its label, else at the end of its line.

    White space in the text that the heading does not have (a line broken in two) is passed over.
    """
    after = _matched(text, start, label)
    if after is None:
        after = start
    elif heading:
        found = _matched(text, after, heading)
        after = after if found is None else found
    if after > start:
        return after
    line_end = _LINE_END.search(text, start + 1)
    return max(min(line_end.start() if line_end else len(text), start + _LONGEST), min(start + 1, len(text)))


def parted(span: str) -> tuple[str, str]:
    """Return the label and the heading of a division whose region has the text ``span``.

    >>> parted("（一）扩大就业。"), parted("总体要求")
    (('（一）', '扩大就业'), ('', '总体要求'))
    """
    stripped = span.strip()
    folded = reading_text(stripped).folded
    label = _READER.read(folded, 0, len(folded)) if stripped and len(folded) == len(stripped) else None
    return split_behind(stripped, stripped[: label.stop] if label else "")


def split_behind(span: str, label: str) -> tuple[str, str]:
    """Return ``label`` and what follows it in ``span``, without white space around it and closing full stop."""
    heading = span[len(label) :].strip()
    return label, heading[:-1].rstrip() if heading[-1:] and heading[-1] in _CLOSING else heading


def style_of(label: str) -> str:
    """Return the numbering style of ``label``, ``""`` where it has none."""
    folded = reading_text(label + " 甲").folded
    found = _READER.read(folded, 0, len(folded)) if label else None
    return found.style if found else ""


def _matched(text: str, start: int, words: str) -> int | None:
    """Return where ``words`` end in ``text`` from ``start`` on, white space apart; ``None`` where they do not stand there."""
    at, stop = start, min(len(text), start + 2 * len(words) + _LONGEST)
    end = start
    for sign in words:
        if sign.isspace():
            continue
        while at < stop and text[at].isspace():
            at += 1
        if at >= stop or text[at] != sign:
            return None
        at += 1
        end = at
    return end
