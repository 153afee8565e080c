"""The title of a document, on one line or several (标题, GB/T 9704-2012 7.3.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from policyparse.lexicon import Lexicon
from policyparse.parsing.characters import Text
from policyparse.parsing.head_lines import Line, LineReader, trailing_number
from policyparse.parsing.words import WordSet

_LENGTH = 160
_FOOTNOTE = re.compile(r"\[\^?\d{1,3}\]")
_SPACED_OUT = re.compile(r"(?<=[\u4e00-\u9fff〇])[ \u3000\u00a0]+(?=[\u4e00-\u9fff〇](?:[ \u3000\u00a0]|$))")
_BRACKET = re.compile(r"\d{4}[-—~至]+\d{4}年|试行|草案|征求意见稿|修订|修正|暂行|摘要|送审稿|讨论稿|节选")
_REPORT = re.compile(r"(?:(?:19|20)\d\d年)?[\u4e00-\u9fff]{0,14}政府工作报告$")
_SENT = re.compile(r"[^《]{0,30}《([^》]{6,90})》(?:[^。]{0,60}(?:印发|同意|通过|转发))")
_REMARKS = ("(此件", "(本文", "(备注", "(注")
_STRIP = "—-–―=·*#　 \t\u00a0\r"
_FOLLOWS_TITLES = frozenset(("number", "occasion", "date", "speaker", "note", "act"))


@dataclass(slots=True)
class Title:
    """A title, where it stands, and the issuer where its line ends in one (…的意见,国务院)."""

    text: str = ""
    start: int = -1
    end: int = -1
    issuer: str = ""


class TitleReader:
    """Finds the title among the lines of the head."""

    def __init__(self, lexicon: Lexicon, reader: LineReader) -> None:
        self._reader = reader
        self._skipped = WordSet(lexicon.words("metadata.title.skipped"))
        self._weak = WordSet(lexicon.words("metadata.title.weak"))
        self._labels = frozenset(lexicon.words("metadata.title.labels"))

    def read(self, text: Text, lines: list[Line]) -> Title:
        """Return the title above the body, else that of what a notice without a title sends; empty if there is none."""
        return (
            self._labelled(text, lines)
            or self._taken(text, lines, _above_body(lines))
            or self._sent(text, lines)
            or Title()
        )

    def _labelled(self, text: Text, lines: list[Line]) -> Title | None:
        """Read a title behind its label (标题:…, 法规名称:…)."""
        for line in lines[:6]:
            name, colon, rest = line.bare.partition(":")
            if colon and name in self._labels and rest:
                start = text.folded.index(":", line.start) + 1
                return Title(_tidy(text.clean[start : line.end]), start, line.end)
        return None

    def _sent(self, text: Text, lines: list[Line]) -> Title | None:
        """Read the title below signature and date of a notice that has none of its own."""
        below: list[Line] | None = None
        sent = next((hit[1] for line in lines[:8] if (hit := _SENT.match(line.bare))), "")
        for line in lines:
            if line.kind in ("date", "note") or (line.bare.endswith(("如下", "如下:")) and len(line.bare) < 12):
                below = []
            elif below is not None and line.kind in ("text", "organ"):
                below.append(line)
            elif line.kind == "label" or below:
                break
        for count in range(1, len(below or ()) + 1):
            whole = (below or [])[:count]
            if sent and "".join(part.bare for part in whole) == sent:  # as the notice itself calls it
                return Title(_tidy("".join(_cut(text, part) for part in whole)), whole[0].start, whole[-1].end)
        return self._taken(text, lines, below or [])

    def _taken(self, text: Text, lines: list[Line], run: list[Line]) -> Title | None:
        """Take the first title in a run of lines; it may go over several of them."""
        while len(run) > 1 and self._skipped.within(run[0].bare, 0, len(run[0].bare)):
            run = run[1:]
        for last, line in enumerate(run):
            if len(run) == last + 1 and line.kind == "organ":
                break
            if (signed := self._signed(text, line)) is not None:
                if last + 1 < len(run) and _named(run[last + 1].bare).endswith(line.bare.rpartition(",")[0]):
                    continue  # the page's heading over the document's own title
                return signed
            ending = _named(line.bare)
            if len(ending) <= 3 and last:  # the last letters of a title that was broken within a word
                ending = run[last - 1].bare + ending
            if not self._reader.titled(ending) or (line.kind == "organ" and last + 1 < len(run)):
                continue
            first = self._first(run, last)
            last = self._last(text, run, first, last)
            chosen = _with_bracket(lines, run[first : last + 1])
            return Title(_tidy(_joined(text, chosen)), chosen[0].start, chosen[-1].end)
        if len(run) == 1 and _announced(lines, run[0]):
            return Title(_tidy(_cut(text, run[0])), run[0].start, run[0].end)
        return None

    def _signed(self, text: Text, line: Line) -> Title | None:
        """Read a title that the bodies behind a comma close (关于…的意见,国务院)."""
        name, comma, bodies = line.bare.rpartition(",")
        if not comma or len(name) < 6 or not self._reader.titled(name):
            return None
        if not all(self._reader.organs(body) or body == "国务院" for body in bodies.split("/")):
            return None
        end = text.folded.rindex(",", line.start, line.end)
        return Title(_tidy(text.clean[line.start : end]), line.start, end, "、".join(bodies.split("/")))

    def _first(self, run: list[Line], last: int) -> int:
        """Return where a title begins that ends on line ``last``."""
        if last == 0:
            return 0
        line = run[last].bare
        opens = line.startswith(("关于", "印发", "转发"))
        if opens and run[last - 1].kind == "organ":
            first = last - 1
            while first and run[first - 1].kind == "organ":
                first -= 1  # 中共中央 and 国务院 on lines of their own
            return first
        if opens or _REPORT.match(_named(line)) or self._headed(line):
            return last
        first = 0
        while first < last and sum(len(part.bare) for part in run[first : last + 1]) > _LENGTH:
            first += 1
        while any(self._headed(part.bare) for part in run[first + 1 : last]):
            first += 1  # the last line that opens a title is where it begins
        return first

    def _headed(self, bare: str) -> bool:
        """Tell whether a line opens with a body and 关于 or 印发, so that a title begins there."""
        at = min((at for word in ("关于", "印发", "转发") if (at := bare.find(word)) > 1), default=-1)
        return at > 1 and (self._reader.organs(bare[:at]) or bare[:at].endswith(("国务院", "政府")))

    def _last(self, text: Text, run: list[Line], first: int, last: int) -> int:
        """Return the line on which a title ends that could end on line ``last``."""
        joined = "".join(part.bare for part in run[first : last + 1])
        while last + 1 < len(run) and len(joined) + len(run[last + 1].bare) <= _LENGTH:
            following = run[last + 1]
            at_once = "\n" not in text.folded[run[last].end : following.start].strip(" \r").replace("\n", "", 1)
            weak = bool(self._weak.before(joined, 0, len(joined))) and self._reader.titled(following.bare) and at_once
            if not (_unfinished(joined) or (weak and following.kind == "text" and not self._headed(following.bare))):
                break
            last += 1
            joined += following.bare
        return last


def _above_body(lines: list[Line]) -> list[Line]:
    """Return the lines that may hold a title: those above addressee, number, date, occasion and body."""
    above: list[Line] = []
    for line in lines:
        if line.kind in ("text", "organ"):
            above.append(line)
        elif (
            line.kind == "prose"
            and not above
            and "。" not in line.bare
            and line.bare[-1] not in ":;"
            and len(line.bare) < _LENGTH
        ):
            above.append(line)  # a very long title
        elif above or line.kind in ("addressee", "prose", "label"):
            break
    return above


def _with_bracket(lines: list[Line], chosen: list[Line]) -> list[Line]:
    """Add the bracket under a title that belongs to it ((2026—2030年), (试行))."""
    following = next((line for line in lines if line.start > chosen[-1].start), None)
    if following is None or following.kind != "note" or following.bare.startswith(_REMARKS):
        return chosen
    dated = re.search("年.{1,3}月", following.bare)
    return [*chosen, following] if _BRACKET.search(following.bare) and not dated else chosen


def _announced(lines: list[Line], line: Line) -> bool:
    """Tell whether a line is followed at once by what follows titles only (a number, an occasion, a bracket)."""
    if line.kind != "text" or len(line.bare) > 60 or line.bare[-1] in ",、":
        return False
    following = next((other for other in lines if other.start > line.start), None)
    return following is not None and following.kind in _FOLLOWS_TITLES


def _unfinished(joined: str) -> bool:
    """Tell whether a title must go on: an open 《, or 印发/转发 without the notice that it announces."""
    if joined.count("《") > joined.count("》") or joined.count("(") > joined.count(")"):
        return True
    announces = any(word in joined for word in ("关于印发", "关于转发", "关于批转", "转发"))
    return announces and not re.sub(r"\([^()]*\)$", "", joined).endswith(
        ("通知", "函", "决定", "公告", "通报", "批复", "意见")
    )


def _named(bare: str) -> str:
    """Return a line without footnote marks, without 原标题 before it and the document number behind it."""
    bare = _FOOTNOTE.sub("", bare).strip("—-·:").removeprefix("原标题:")
    return bare.removesuffix(trailing_number(bare))


def _cut(text: Text, line: Line) -> str:
    value = text.clean[line.start : line.end].strip(_STRIP)
    number = trailing_number(line.bare)
    return value[: -len(number)] if number and value.endswith(number) else value


def _joined(text: Text, lines: list[Line]) -> str:
    """Return the lines of a title as one; bodies that each have a line stay parted by a blank."""
    whole = _cut(text, lines[0])
    for above, line in pairwise(lines):
        whole += " " * (above.kind == line.kind == "organ") + _cut(text, line)
    return whole


def _tidy(value: str) -> str:
    value = _FOOTNOTE.sub("", value).strip(_STRIP)
    for label in ("原标题：", "原标题:"):
        value = value.removeprefix(label)
    return re.sub(r"\s+", " ", _SPACED_OUT.sub("", value)).strip(_STRIP)
