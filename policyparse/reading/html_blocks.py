"""From a tree of HTML to paragraphs and tables, in one pass without recursion."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from typing import Any

from lxml import etree

from policyparse.reading.building import Block, Grid, GridCell
from policyparse.reading.counters import numbered
from policyparse.reading.markup import Element

SKIPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "meta",
        "link",
        "base",
        "title",
        "select",
        "option",
        "textarea",
        "input",
        "button",
        "iframe",
    }
    | {"frame", "object", "embed", "applet", "svg", "math", "canvas", "audio", "video", "map", "nav", "del", "datalist"}
)
"""Elements that hold no text of a document."""
BLOCKS = frozenset(
    {
        "html",
        "head",
        "body",
        "div",
        "p",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "center",
        "form",
        "fieldset",
    }
    | {"ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "blockquote", "address"}
    | {
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "figure",
        "figcaption",
        "details",
        "summary",
        "dir",
    }
)
_HEADING = re.compile(r"h([1-6])$")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60“”‘’…—"
_WRAP = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|mso-hide\s{0,3}:\s{0,3}all", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s{0,3}:\s{0,3}([a-z-]{1,40})", re.IGNORECASE)
_LABELLED = re.compile(
    r"[\s\u3000]{0,9}(?:[(（]?[\d一二三四五六七八九十①-⑳]{1,3}[)）.．、]|第[\d一二三四五六七八九十百]{1,5}[章节条])"
)
_ENTITY = re.compile(r"&(nbsp|emsp|ensp|lt|gt|quot|amp|ldquo|rdquo|mdash|middot|hellip|#\d{2,5});")
_NAMED = {"nbsp": "\u00a0", "emsp": "\u2003", "ensp": "\u2002", "lt": "<", "gt": ">", "quot": '"', "amp": "&"} | {
    "ldquo": "“",
    "rdquo": "”",
    "mdash": "—",
    "middot": "·",
    "hellip": "…",
}

Item = Block | Grid


def is_hidden(element: Element) -> bool:
    """Tell whether an element is not shown, by its own attributes."""
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and len(style) < 10_000 and _HIDDEN.search(style))


def blocks_of(root: Element, *, path: str = "", dropped: Collection[Element] = ()) -> list[Item]:
    """Return the paragraphs and tables below ``root`` in order; ``path`` is its own, ``dropped`` are left out."""
    reader = _Reader(path)
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            reader.end(element, element is root)
        elif (element is not root and (not isinstance(element.tag, str) or element in dropped)) or (
            element.tag in SKIPPED and element is not root
        ):
            reader.pass_over(element)
            walker.skip_subtree()
        else:
            reader.start(element, element is root)
    reader.flush()
    return reader.items


class _Reader:
    """Text as it comes, cut into paragraphs where block elements begin and end."""

    def __init__(self, path: str) -> None:
        self.items: list[Item] = []
        self._sink: list[Any] = self.items
        self._pieces: list[str] = []
        self._steps = [path]
        self._counts: list[Counter[str]] = [Counter()]
        self._block_path = path
        self._level = 0
        self._grids: list[Grid] = []
        self._sinks: list[list[Any]] = []
        self._cells: list[bool] = []
        self._lists: list[tuple[str, int]] = []
        self._label = ""
        self._skipping = 0
        self._filled = -1  # how many paragraphs there were when the last block element began

    def pass_over(self, element: Element) -> None:
        """Leave an element out; its end comes all the same."""
        self._skipping += 1
        if isinstance(element.tag, str):
            self._counts[-1][element.tag] += 1

    def start(self, element: Element, is_root: bool) -> None:
        tag = element.tag
        if not is_root:
            self._counts[-1][tag] += 1
            self._steps.append(f"{tag}[{self._counts[-1][tag]}]")
            self._counts.append(Counter())
        if tag == "br":
            self.flush()
        elif tag in BLOCKS:
            self.flush()
            self._block_path = "/".join(self._steps)
            self._open(tag, element)
            self._filled = len(self._sink)
        if element.text:
            self._pieces.append(element.text)

    def _open(self, tag: str, element: Element) -> None:
        heading = _HEADING.match(tag)
        if heading:
            self._level = int(heading[1])
        elif tag == "table":
            grid = Grid()
            self._sink.append(grid)
            self._grids.append(grid)
        elif tag == "tr" and self._grids:
            self._grids[-1].row()
        elif tag in ("td", "th"):
            self._cell(element)
        elif tag in ("ol", "ul", "dir"):
            style = _LIST_STYLE.search((element.get("style") or "")[:2_000])
            shown = style[1].lower() if style else (element.get("type") or "decimal")
            if tag != "ol" or shown in ("none", "disc", "circle", "square", "inherit"):
                shown = ""
            self._lists.append((shown, _number(element.get("start"), 1, -9_999, 99_999)))
        elif tag == "li" and self._lists:
            shown, value = self._lists[-1]
            value = _number(element.get("value"), value, -9_999, 99_999)
            self._lists[-1] = shown, value + 1
            if shown:
                text = numbered(value, shown)
                self._label = text + ("、" if text[0] in "一二三四五六七八九十" else ".")

    def _cell(self, element: Element) -> None:
        cell: GridCell | None = None
        if self._grids:
            rows, columns = _number(element.get("rowspan"), 1, 1, 65_534), _number(element.get("colspan"), 1, 1, 1_000)
            cell = self._grids[-1].add(rows=rows, columns=columns, path=self._block_path)
        self._cells.append(bool(self._grids))
        if self._grids:
            self._sinks.append(self._sink)
            self._sink = cell.blocks if cell is not None else []

    def end(self, element: Element, is_root: bool) -> None:
        if self._skipping:
            self._skipping -= 1
        else:
            tag = element.tag
            if tag in BLOCKS:
                self.flush()
                self._close(tag)
                if tag == "p" and self._filled == len(self._sink):
                    self._sink.append(Block("", self._block_path))
            if not is_root:
                self._steps.pop()
                self._counts.pop()
            if tag in BLOCKS:
                self._block_path = "/".join(self._steps)
        if element.tail and not is_root:
            self._pieces.append(element.tail)

    def _close(self, tag: str) -> None:
        if _HEADING.match(tag):
            self._level = 0
        elif tag == "table" and self._grids:
            self._grids.pop()
        elif tag in ("td", "th") and self._cells and self._cells.pop():
            self._sink = self._sinks.pop()
        elif tag in ("ol", "ul", "dir") and self._lists:
            self._lists.pop()
            self._label = ""
        elif tag == "li":
            self._label = ""

    def flush(self) -> None:
        """End the paragraph."""
        if not self._pieces:
            return
        text = plain("".join(self._pieces))
        self._pieces.clear()
        if not text.strip():
            return
        if self._label and not _LABELLED.match(text):
            text = self._label + text.lstrip()
        self._label = ""
        self._sink.append(Block(text, self._block_path, self._level))


def plain(text: str) -> str:
    """Return text of a page as it is shown: white space collapsed, a line end between two Chinese characters gone."""
    if "&" in text:  # entities that were escaped twice
        text = _ENTITY.sub(_entity, text)
    return _SPACE.sub(" ", _WRAP.sub("", text.strip(" \t\r\n\f"))) if text else ""


def _entity(match: re.Match[str]) -> str:
    name = match[1]
    if name in _NAMED:
        return _NAMED[name]
    code = int(name[1:])
    return match[0] if 0xD800 <= code <= 0xDFFF or code < 32 else chr(code)


def _number(text: str | None, default: int, least: int, most: int) -> int:
    try:
        return max(least, min(int((text or "")[:12]), most))
    except ValueError:
        return default
