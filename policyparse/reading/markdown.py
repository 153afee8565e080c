"""Markdown: which characters of the text are markup, and which lines it marks as headings.

The text stays as it is, so that offsets count in it. Nothing is rendered: what surrounds the words is listed, and the
words between are read as they would be in plain text. Numbers of ordered lists (``1.``) are the plan's own labels and
stay; so do the bars of tables, which keep the cells apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyparse.model import MarkedHeading
from policyparse.reading.stretches import Stretch, apart

# Every pattern is a line or a short stretch without nested repetition, so that time grows with the text only.
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?:[ \t\u3000]+|(?<=##)(?=[^\s#]))", re.MULTILINE)
_HEADING_END = re.compile(r"[ \t\u3000]+#+[ \t]*$")
_UNDERLINE = re.compile(r"^ {0,3}(={2,}|-{2,})[ \t]*\r?$", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]?){3,100}|(?:_[ \t]?){3,100}|(?:-[ \t]){3,100})[ \t]*\r?$", re.MULTILINE)
_QUOTE = re.compile(r"^[ \t]{0,12}(?:>[ \t]?){1,9}", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]{0,24}[-*+][ \t]+(?=\S)", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})[\w-]{0,20}[ \t]*\r?$", re.MULTILINE)
_TABLE_RULE = re.compile(
    r"^[ \t]{0,3}\|?[ \t]*:?-{1,200}:?[ \t]*(?:\|[ \t]*:?-{1,200}:?[ \t]*){1,60}\|?[ \t]*\r?$", re.MULTILINE
)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,80}\]:[ \t]*[!-~]{1,500}.{0,200}$", re.MULTILINE)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,11}(?:[ \t][^<>\n]{0,300})?/?>")
_SPACE_ENTITY = re.compile(r"&(?:nbsp|emsp|ensp|#160|#12288);")
# A destination is in ASCII, or begins like a path or an address: 【】 and （） of the plan are no links.
_LINK = re.compile(
    r"(!?\[)([^\[\]\n]{0,300})(\]\((?:[!-'*-~]{1,500}|(?:\.|/|https?:)[^()\s]{1,500})(?:[ \t]+\"[^\"\n]{0,200}\")?\))"
)
_FOOTNOTE = re.compile(r"\[\^[\w-]{1,30}\]")
_ESCAPE = re.compile(r"\\(?:[!-/:-@\[-`{-~]|(?=\r?\n))")
_EMPHASIS = re.compile(r"\*{1,3}|_{1,3}|`{1,2}|~~|\n[ \t\r]*\n")
_KEY = re.compile(r"[\w.-]{1,60}[ \t]*[:=]|[ \t]*(?:-[ \t]|#)|[ \t]")
_LEAD = re.compile(r"^ {0,3}\*\*[^*\s][^*\n]{0,200}\*\*", re.MULTILINE)
_FRONT_LINES = 80
_SETEXT_MAX = 60
_WINDOW = 2000
"""Characters that emphasis may stretch over."""


def is_markdown(text: str, *, named: bool = False) -> bool:
    """Tell whether ``text`` is written in Markdown: headings with ``#``, front matter, bold at the head of a line, the
    rule below the head of a table.

    ``named``: its name says so, which decides where the text is plain enough to be either.
    """
    return named or bool(_HEADING.search(text) or _LEAD.search(text) or _TABLE_RULE.search(text) or _front_matter(text))


def markdown_markup(text: str) -> tuple[list[Stretch], tuple[MarkedHeading, ...]]:
    """Return the stretches of ``text`` that are markup, in order and without overlap, and the marked headings."""
    lines, headings = _headings(text)
    front = _front_matter(text)
    found = [(0, front)] if front else []
    found += lines
    found += _comments(text)
    for pattern in (_TABLE_RULE, _RULE, _FENCE, _QUOTE, _BULLET, _DEFINITION, _FOOTNOTE, _TAG, _SPACE_ENTITY):
        found += [match.span() for match in pattern.finditer(text)]
    found += [(at, at + 1) for at in map(re.Match.start, _ESCAPE.finditer(text))]
    for link in _LINK.finditer(text):
        found += [link.span()] if link[1] == "![" else [link.span(1), link.span(3)]
    found = apart(found)
    found = apart([*found, *_emphasis(text, found)])
    return found, tuple(_trimmed(text, headings, found))


def _front_matter(text: str) -> int:
    """Return where the front matter ends (``---`` or ``+++``, lines of ``key: value``, the same again), 0 without."""
    lines = text[:20_000].split("\n", _FRONT_LINES)[:_FRONT_LINES]
    fence = lines[0].rstrip()
    if fence not in ("---", "+++"):
        return 0
    end = len(lines[0]) + 1
    for number, line in enumerate(lines[1:]):
        end += len(line) + 1
        if line.rstrip() in (fence, "..."):
            return min(end, len(text)) if number else 0
        if line.strip() and not _KEY.match(line):
            return 0
    return 0


def _headings(text: str) -> tuple[list[Stretch], list[tuple[int, int, int]]]:
    """Return the markup of headings, and the headings as (start, end, level)."""
    markup, headings = [], []
    for opening in _HEADING.finditer(text):
        end = _line_end(text, opening.end())
        closing = _HEADING_END.search(text, opening.end(), end)
        markup.append(opening.span())
        if closing:
            markup.append((closing.start(), end))
        headings.append((opening.end(), closing.start() if closing else end, len(opening[1])))
    for underline in _UNDERLINE.finditer(text):
        markup.append(underline.span())
        above = text.rfind("\n", 0, max(underline.start() - 1, 0)) + 1
        before = text[max(above - 2, 0) : above].strip("\r\n")
        line = text[above : underline.start()].strip()
        if above < underline.start() and 0 < len(line) <= _SETEXT_MAX and not before and line[0] not in "#>|-":
            headings.append((above, underline.start(), 1 if underline[1][0] == "=" else 2))
    return markup, sorted(headings)


def _comments(text: str) -> Iterator[Stretch]:
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start + 4)) >= 0:
        yield start, end + 3
        start = text.find("<!--", end + 3)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _emphasis(text: str, taken: list[Stretch]) -> Iterator[Stretch]:
    """Yield the marks of bold, italics, code and strike-through that come in pairs within a paragraph."""
    waiting: dict[str, tuple[int, int]] = {}
    marks = iter((*taken, (len(text), len(text))))
    low, high = next(marks)
    for match in _EMPHASIS.finditer(text):
        start, end = match.span()
        while high <= start:
            low, high = next(marks, (len(text), len(text) + 1))
        mark = match[0]
        if mark[0] == "\n":
            waiting.clear()
            continue
        if low < end:  # part of other markup
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        if before.isalnum() and after.isalnum() and (before + after).isascii():
            continue  # snake_case, 3*4
        opened = waiting.pop(mark, None)
        if opened and start - opened[1] <= _WINDOW and start > opened[1] and before and not before.isspace():
            yield opened
            yield start, end
        elif after and not after.isspace():
            waiting[mark] = (start, end)


def _trimmed(text: str, headings: list[tuple[int, int, int]], markup: list[Stretch]) -> Iterator[MarkedHeading]:
    """Yield the headings without markup and white space at their edges; those that hold nothing else are left out."""
    by_start, by_end = dict(markup), {end: start for start, end in markup}
    for start, end, level in headings:
        while start < end and (start in by_start or text[start].isspace()):
            start = by_start.get(start, start + 1)
        while start < end and (end in by_end or text[end - 1].isspace()):
            end = by_end.get(end, end - 1)
        if start < end:
            yield MarkedHeading(start=start, end=end, level=level)
