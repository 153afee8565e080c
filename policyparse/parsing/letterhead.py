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
    read_act,
    read_date,
    tail_lines,
    trailing_number,
)
from policyparse.parsing.issuers import IssuerReader
from policyparse.parsing.titles import TitleReader

_DATE_LINE = re.compile(
    r"^[ \t(]*(?:(?:19|20)\d\d|[一二][八九〇零][〇零一二三四五六七八九]{2}) ?年[ \d一二三四五六七八九十]{1,5}月[ \d一二三四五六七八九十]{1,5}日[ )]*(?:印发)?[ \t\r]*$",
    re.MULTILINE,
)
_SIGNED = re.compile(r"([\u4e00-\u9fff]{2,30}?)(?=(?:19|20)\d\d年\d{1,2}月\d{1,2}日$)")
_DATED_FIELDS = ("修正日期", "修订日期", "公布日期", "成文日期", "通过日期")


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
        self._titles = TitleReader(lexicon, self._lines)

    def read(self, text: Text, added: Sequence[tuple[int, int]]) -> Letterhead:
        """Return what the document says of itself; ``added`` is what a web page put around it."""
        folded = text.folded
        apart = {start for start, _ in added}
        lines = _without_twins([line for line in head_lines(folded) if not _inside(line, added)])
        for line in lines:
            line.kind = self._lines.kind(line.bare)
        head = Letterhead(lines=lines)
        tail = [line for line in tail_lines(folded) if line.start not in apart and not _inside(line, added)]
        title = self._titles.read(text, lines)
        if title.text:
            head.title, head.title_span, head.issuer = title.text, (title.start, title.end), title.issuer
        self._read_number(head)
        self._read_addressee(text, head)
        head.is_report = head.addressee.startswith(("各位代表", "各位委员")) or any(
            line.kind == "occasion" for line in lines[:8]
        )
        self._read_signature(text, head, tail)
        if not head.issuer:
            head.issuer = self._issuers.from_head(text, head.lines, head.title, head.is_report)
        return head

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
        acts = [line for line in head.lines[:12] if line.kind == "act" or line.bare.startswith(_DATED_FIELDS)]
        signed = next((line for line in head.lines[:20] if line.kind == "date"), None)
        if acts and (signed is None or signed.start > acts[0].start):
            for line in acts:
                when, act = read_act(line.bare)
                if when is None or (head.issued_on is not None and "批准" in act and "通过" not in line.bare):
                    continue
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
            signed: list[Line] = []
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
            closing = _SIGNED.match(line.bare)
            if closing is not None and self._lines.organs(closing[1]):
                head.issued_on, head.issued_span = read_date(line.bare)[0], (line.start, line.end)
                head.issuer = closing[1]
                return


def _lines_above(folded: str, position: int, limit: int) -> list[Line]:
    """Return the last lines before ``position``."""
    floor = max(0, position - 600)
    lines = tail_lines(folded[floor:position], limit, 600)
    for line in lines:
        line.start, line.end = line.start + floor, line.end + floor
    return lines


def _whole_names(names: list[str]) -> list[str]:
    """Join the letters of names that are spaced out (国 务 院)."""
    if names and all(len(name) == 1 for name in names):
        return ["".join(names)]
    return names


def _without_twins(lines: list[Line]) -> list[Line]:
    """Drop lines that repeat the one above (the title of the page over that of the document)."""
    return [
        line for above, line in zip([None, *lines], lines, strict=False) if above is None or above.bare != line.bare
    ]


def _inside(line: Line, added: Sequence[tuple[int, int]]) -> bool:
    return any(start <= line.start < end for start, end in added)
