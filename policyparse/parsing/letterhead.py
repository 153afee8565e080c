"""The letterhead and the signature: title, document number, addressee, issuer and date (GB/T 9704-2012)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from policyparse.lexicon import Lexicon
from policyparse.parsing.characters import Text
from policyparse.parsing.head_lines import (
    Line,
    LineReader,
    document_number,
    head_lines,
    order_number,
    read_date,
    tail_lines,
    trailing_number,
)
from policyparse.parsing.issuers import IssuerReader
from policyparse.parsing.words import WordSet

_TITLE_LENGTH = 160
_FOOTNOTE = re.compile(r"\[\^?\d{1,3}\]$")
_SPACED_OUT = re.compile(r"(?<=[\u4e00-\u9fff〇])[ \u3000\u00a0]+(?=[\u4e00-\u9fff〇](?:[ \u3000\u00a0]|$))")
_DATE_LINE = re.compile(
    r"^[ (]*(?:(?:19|20)\d\d|[一二][八九〇零][〇零一二三四五六七八九]{2}) ?年[ \d一二三四五六七八九十]{1,5}月[ \d一二三四五六七八九十]{1,5}日[ )]*(?:印发)?[ ]*$",
    re.MULTILINE,
)
_SIGNED = re.compile(r"([\u4e00-\u9fff]{2,30}?)(?=(?:19|20)\d\d年\d{1,2}月\d{1,2}日$)")
_TITLE_BRACKET = re.compile(r"\d{4}[-—~至]+\d{4}年|试行|草案|征求意见稿|修订|修正|暂行|摘要|送审稿|讨论稿|节选")
_REMARKS = ("(此件", "(本文", "(备注", "(注")
_STRIP = "—-–―=·*#　 \t\u00a0"


@dataclass(slots=True)
class Letterhead:
    """What head and signature say. ``is_report``: it is addressed to an assembly. ``lines`` are the lines of the head."""

    title: str = ""
    title_span: tuple[int, int] | None = None
    doc_number: str = ""
    addressee: str = ""
    issuer: str = ""
    issued_on: date | None = None
    issued_span: tuple[int, int] | None = None
    is_report: bool = False
    lines: list[Line] = field(default_factory=list)


class LetterheadReader:
    """Reads the head, and the signature wherever it stands."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lines = LineReader(lexicon)
        self._issuers = IssuerReader(lexicon, self._lines)
        self._skipped = WordSet(lexicon.words("metadata.title.skipped"))
        self._whole = frozenset(lexicon.words("metadata.title.whole"))
        self._labels = lexicon.words("metadata.title.labels")

    def read(self, text: Text, added: Sequence[tuple[int, int]]) -> Letterhead:
        """Return what the document says of itself; ``added`` is what a web page put around it."""
        folded = text.folded
        apart = {start for start, _ in added}
        lines = [line for line in head_lines(folded) if not _inside(line, added)]
        for line in lines:
            line.kind = self._lines.kind(line.bare)
        head = Letterhead(lines=lines)
        tail = [line for line in tail_lines(folded) if line.start not in apart and not _inside(line, added)]
        self._read_title(text, head)
        self._read_number(head)
        self._read_addressee(text, head)
        head.is_report = head.addressee.startswith(("各位代表", "各位委员")) or any(
            line.kind == "occasion" for line in lines[:8]
        )
        self._read_signature(text, head, tail)
        if not head.issuer:
            head.issuer = self._issuers.from_head(text, head.lines, head.title, head.is_report)
        return head

    # ---- title

    def _read_title(self, text: Text, head: Letterhead) -> None:
        if self._labelled_title(text, head):
            return
        lines = head.lines
        above = self._above_body(lines)
        if self._take_title(text, head, above):
            return
        # A notice without a title of its own: the title of what it sends stands below its signature.
        seen = False
        below: list[Line] = []
        for line in lines:
            if line.kind in ("date", "note") or (line.bare.endswith(("如下", "如下:")) and len(line.bare) < 12):
                seen, below = True, []
            elif seen and line.kind in ("text", "organ"):
                below.append(line)
            elif line.kind == "label" or below:
                break
        if seen and below and any(self._lines.titled(line.bare) for line in below):
            self._take_title(text, head, below)

    def _labelled_title(self, text: Text, head: Letterhead) -> bool:
        """Read a title behind its label (标题:…, 法规名称:…)."""
        for line in head.lines[:6]:
            name, colon, rest = line.bare.partition(":")
            if colon and name in self._labels and rest:
                at = text.folded.index(":", line.start) + 1
                self._set_title(text, head, at, line.end, text.clean[at : line.end])
                return True
        return False

    def _above_body(self, lines: list[Line]) -> list[Line]:
        """Return the lines that may hold a title: those above addressee, number, date, occasion and body."""
        above: list[Line] = []
        for line in lines:
            if line.kind in ("text", "organ") or (line.kind == "label" and not above and self._lines.titled(line.bare)):
                above.append(line)
            elif line.kind == "prose" and not above and self._lines.titled(line.bare) and "。" not in line.bare:
                above.append(line)
            elif above or line.kind in ("addressee", "prose", "label"):
                break
        return above

    def _take_title(self, text: Text, head: Letterhead, lines: list[Line]) -> bool:
        """Take the first title in a run of lines; it may go over several of them."""
        while lines and self._skipped.within(lines[0].bare, 0, len(lines[0].bare)) and len(lines) > 1:
            lines = lines[1:]
        for last, line in enumerate(lines):
            if not self._lines.titled(line.bare) or (line.kind == "organ" and last + 1 < len(lines)):
                continue
            first = last
            if _whole(line.bare) not in self._whole:
                first = 0
                while first < last and sum(len(other.bare) for other in lines[first : last + 1]) > _TITLE_LENGTH:
                    first += 1
            joined = "".join(other.bare for other in lines[first : last + 1])
            while (
                last + 1 < len(lines)
                and _unfinished(joined)
                and len(joined) + len(lines[last + 1].bare) <= _TITLE_LENGTH
            ):
                last += 1
                joined += lines[last].bare
            chosen = self._with_bracket(head, lines[first : last + 1])
            parts = [text.clean[other.start : other.end].strip(_STRIP) for other in chosen]
            self._set_title(text, head, chosen[0].start, chosen[-1].end, _join(parts))
            return True
        if len(lines) == 1 and self._announced(head, lines[0]):
            line = lines[0]
            self._set_title(text, head, line.start, line.end, text.clean[line.start : line.end].strip(_STRIP))
            return True
        return False

    @staticmethod
    def _with_bracket(head: Letterhead, chosen: list[Line]) -> list[Line]:
        """Add the bracket under a title that belongs to it ((2026—2030年), (试行))."""
        following = next((other for other in head.lines if other.start > chosen[-1].start), None)
        if following is not None and following.kind == "note" and not following.bare.startswith(_REMARKS):
            if _TITLE_BRACKET.search(following.bare):
                return [*chosen, following]
        return chosen

    def _announced(self, head: Letterhead, line: Line) -> bool:
        """Tell whether the line is followed at once by what follows titles only (a number, an occasion, a bracket)."""
        if line.kind != "text" or len(line.bare) > 60 or line.bare[-1] in ",、":
            return False
        following = next((other for other in head.lines if other.start > line.start), None)
        return following is not None and following.kind in ("number", "occasion", "date", "speaker", "note", "act")

    @staticmethod
    def _set_title(text: Text, head: Letterhead, start: int, end: int, value: str) -> None:
        value = _FOOTNOTE.sub("", value.strip(_STRIP)).strip(_STRIP)
        head.title = re.sub(r"\s+", " ", _SPACED_OUT.sub("", value))
        if head.title.startswith(("原标题：", "原标题:")):
            head.title = head.title[4:].strip(_STRIP)
        head.title_span = (start, end)

    # ---- number and addressee

    def _read_number(self, head: Letterhead) -> None:
        for line in head.lines[:40]:
            if line.kind == "number":
                head.doc_number = document_number(line.bare)
                return
            if line.kind == "label":
                break
            name, colon, rest = line.bare.partition(":")
            if colon and name in ("发文字号", "文号", "发文文号", "字号", "文件编号") and document_number(rest):
                head.doc_number = document_number(rest)
                return
            if line.kind == "text" and (number := trailing_number(line.bare)) and document_number(number):
                head.doc_number = document_number(number)
                if head.title.replace(" ", "").endswith(number):
                    head.title = head.title[: -len(number)]
                return
        for before, line in zip(head.lines[:6], head.lines[1:7], strict=False):
            if line.kind == "order" and before.bare.endswith(("令", "公告", "通告")):
                head.doc_number = order_number(line.bare)
                return

    def _read_addressee(self, text: Text, head: Letterhead) -> None:
        for line in head.lines[:30]:
            if line.kind == "addressee":
                word = self._lines.salutation(line.bare)
                if word or line.bare.startswith("各位"):
                    head.addressee = word or line.bare.rstrip(":!,")[:20]
                else:
                    head.addressee = text.clean[line.start : line.end].strip().rstrip("：:").strip()
                return
            if line.kind == "label":
                return
            if line.kind == "prose" and (cut := text.folded.find(":", line.start, min(line.end, line.start + 300))) > 0:
                opening = re.sub(r"\s+", "", text.folded[line.start : cut + 1])
                if self._lines.addressee(opening) and cut + 1 < line.end:
                    head.addressee = text.clean[line.start : cut].strip()
                    return

    # ---- signature

    def _read_signature(self, text: Text, head: Letterhead, tail: list[Line]) -> None:
        """Read date and issuer: of a report from its occasion, of other documents from the signature."""
        if head.is_report:
            for line in head.lines[:10]:
                if line.kind in ("occasion", "date", "note", "act"):
                    when, _, _ = read_date(line.bare)
                    if when is not None:
                        head.issued_on, head.issued_span = when, (line.start, line.end)
                        return
                if line.kind in ("label", "prose"):
                    return
            return
        for line in head.lines[:12]:
            if line.kind == "act" or (
                line.kind in ("text", "date")
                and line.bare.startswith(("修正日期", "修订日期", "公布日期", "成文日期", "发布日期"))
            ):
                when, _, _ = read_date(line.bare)
                if when is not None:
                    head.issued_on, head.issued_span = when, (line.start, line.end)
                    head.issuer = self._issuers.from_act(line.bare) or head.issuer
        if head.issued_on is not None:
            return
        self._read_signed(text, head, tail)

    def _read_signed(self, text: Text, head: Letterhead, tail: list[Line]) -> None:
        """Read the first line that is a date and nothing else, and the names of bodies right above it."""
        for hit in _DATE_LINE.finditer(text.folded):
            bare = re.sub(r"\s+", "", hit.group())
            when, _, _ = read_date(bare)
            if when is None:
                continue
            above = _lines_above(text.folded, hit.start(), 8)
            signed = []
            for line in reversed(above):
                if not self._lines.organs(line.bare):
                    break
                signed.insert(0, line)
            head.issued_on, head.issued_span = when, hit.span()
            if signed:
                names = [re.split(r"[\s\u3000]+", text.clean[line.start : line.end].strip()) for line in signed]
                head.issuer = "、".join(_whole_names([name for group in names for name in group]))
            return
        for line in [*head.lines[:20], *tail[-4:]]:
            hit = _SIGNED.match(line.bare)
            if hit and self._lines.organs(hit[1]):
                head.issued_on, head.issued_span = read_date(line.bare)[0], (line.start, line.end)
                head.issuer = hit[1]
                return


def _lines_above(folded: str, position: int, limit: int) -> list[Line]:
    floor = max(0, position - 600)
    return [
        line
        for line in tail_lines(folded[:position][floor:], limit, 600)
        if (setattr(line, "start", line.start + floor), setattr(line, "end", line.end + floor))
    ]


def _whole_names(names: list[str]) -> list[str]:
    """Join the letters of names that are spaced out (国 务 院)."""
    if names and all(len(name) == 1 for name in names):
        return ["".join(names)]
    return names


def _inside(line: Line, added: Sequence[tuple[int, int]]) -> bool:
    return any(start <= line.start < end for start, end in added)


def _whole(bare: str) -> str:
    return _FOOTNOTE.sub("", bare).strip("—-·:").removeprefix("原标题:")


def _unfinished(joined: str) -> bool:
    """Tell whether a title must go on: an open 《, or 印发/转发 without the notice that it announces."""
    if joined.count("《") > joined.count("》") or joined.count("(") > joined.count(")"):
        return True
    announces = any(word in joined for word in ("关于印发", "关于转发", "关于批转", "转发"))
    return announces and not re.sub(r"\([^()]*\)$", "", joined).endswith(
        ("通知", "函", "决定", "公告", "通报", "批复", "意见")
    )


def _join(parts: list[str]) -> str:
    return "".join(parts)
