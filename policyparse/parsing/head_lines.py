"""The lines of a document's head and tail, and what each of them is: title, number, date, occasion, addressee, signature."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from policyparse.lexicon import Lexicon
from policyparse.parsing.dates import day, number, year_number
from policyparse.parsing.words import WordSet

_LINE = re.compile(r"[^\n\r]+")
_SPACES = re.compile(r"\s+")
_DATE = re.compile(
    r"(?P<year>(?:1[89]|20)\d\d|[一二][八九〇零0][〇零0一二三四五六七八九]{2})[年./-]"
    r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])[月./-]"
    r"(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:日|(?!\d))"
)
_COMPACT_DATE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-2]\d|3[01])(?!\d)")
_NUMBER = re.compile(
    r"[(〔【\[]?(?P<number>[\u4e00-\u9fffA-Za-z]{1,16}[〔\[(【〈{](?:19|20)\d\d[〕\])】〉}]"
    r"(?:第|[A-Za-z\u4e00-\u9fff]{0,4})\d{1,5}号)[)〕】\]]?"
)
_ORDER = re.compile(r"[(〔【\[]?第(?P<number>\d{1,4}|[一二三四五六七八九十百〇零]{1,6})号[)〕】\]]?$")
_LABEL = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|第[一二三四五六七八九十百\d]{1,4}[章节编篇条部]"
    r"|\d{1,2}(?:[.、](?!\d)|\.\d)|[①-⑩]|目录$|前言$|序言$)"
)
_NAME = re.compile(r"[:·]?[\u4e00-\u9fff·]{0,5}$")
_BRACKETED = re.compile(r"\([^()]*\)$|\[\^?\d{1,3}\]$")
_NOUN_ENDS = frozenset("知见法案划要点告定复函例则施策报")


@dataclass(slots=True)
class Line:
    """A line without the spaces at its ends; ``bare`` is its text without any space."""

    start: int
    end: int
    bare: str
    kind: str = ""


def read_date(bare: str, position: int = 0) -> tuple[date | None, int, int]:
    """Return the first date in ``bare`` (without spaces) from ``position``, with where it begins and ends."""
    hit = _DATE.search(bare, position) or _COMPACT_DATE.search(bare, position)
    if hit is None:
        return None, -1, -1
    year, month, nth = year_number(hit["year"].replace("0", "〇") if not hit["year"].isdecimal() else hit["year"]), 0, 0
    month, nth = number(hit["month"]) or 0, number(hit["day"]) or 0
    return (day(year, month, nth) if year else None), hit.start(), hit.end()


# The line below a title that tells where it was read: ——在…代表大会上的报告.
_SUBTITLE = re.compile(r"[-—]{1,4}在[^,。;:]{4,60}[会议]上的(?:工作)?(?:报告|讲话|说明)")
_IN_FORCE = ("起", "施行", "实施", "生效")


def read_act(bare: str) -> tuple[date | None, str]:
    """Return the date on a line that tells who passed a rule, and what follows it; not that of its coming into force.

    A bracket may list several acts: its last one counts.
    """
    found: tuple[date | None, str] = (None, "")
    position = 0
    for _ in range(12):
        when, start, end = read_date(bare, position)
        if start < 0:
            break
        if when is not None and bare[start - 1 : start] != "自" and not bare.startswith(_IN_FORCE, end):
            found = when, bare[end:]
            if "(" not in bare[:start]:
                break
        position = end
    return found


def head_lines(folded: str, start: int = 0, limit: int = 60, reach: int = 12_000) -> list[Line]:
    """Return the first lines that hold something, at most ``limit`` of them."""
    lines = []
    for found in _LINE.finditer(folded, start, min(len(folded), start + reach)):
        if (line := _line(folded, found.start(), found.end())) is not None:
            lines.append(line)
            if len(lines) >= limit:
                break
    return lines


def tail_lines(folded: str, limit: int = 30, reach: int = 6_000) -> list[Line]:
    """Return the last lines that hold something, in the order of the text."""
    floor = max(0, len(folded) - reach)
    if floor:
        floor = folded.find("\n", floor) + 1
    found = [_line(folded, m.start(), m.end()) for m in _LINE.finditer(folded, floor)]
    return [line for line in found if line is not None][-limit:]


def _line(folded: str, start: int, end: int) -> Line | None:
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    return Line(start, end, _SPACES.sub("", folded[start : min(end, start + 2000)])) if start < end else None


class LineReader:
    """Tells what a line of the head or tail is."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._nouns = WordSet(lexicon.words("metadata.title.nouns"))
        self._organs = WordSet(lexicon.words("metadata.organ.suffixes"))
        self._addressees = WordSet(lexicon.words("metadata.addressee.words"))
        self._never = WordSet(lexicon.words("metadata.addressee.never"))
        self._salutations = WordSet(lexicon.words("metadata.addressee.salutations"))
        self._posts = WordSet(lexicon.words("metadata.post.words"))
        self._occasions = WordSet(lexicon.words("metadata.session.ends"))
        self._acts = WordSet(lexicon.words("metadata.session.acts"))

    def kind(self, bare: str) -> str:
        """Return ``number``, ``order``, ``date``, ``occasion``, ``speaker``, ``addressee``, ``organ``, ``note``,
        ``masthead`` (某某局文件), ``label`` (the body begins), ``prose`` or ``text`` (a title, or part of one).
        """
        if bare.startswith("各位") or self._salutations.at(bare, 0, min(len(bare), 30)):
            return "addressee"
        if (hit := _NUMBER.match(bare)) and hit.end() == len(bare):
            return "number"
        if _ORDER.match(bare):
            return "order"
        if len(bare) <= 300 and (kind := self._dated(bare)):
            return kind
        if _LABEL.match(bare):
            return "label"
        if bare[-1] == ":" and self.addressee(bare):
            return "addressee"
        if len(bare) <= 30 and self._speaks(bare):
            return "speaker"
        if bare.endswith("文件") and self.organs(bare[:-2]):
            return "masthead"
        if self.organs(bare):
            return "organ"
        if bare[0] == "(" and bare[-1] == ")" and len(bare) <= 40:
            return "note"
        if len(bare) > 120 or bare[-1] in "。;!?:" or "。" in bare[:-1]:
            return "prose"
        return "text"

    def _dated(self, bare: str) -> str:
        """Return ``date``, ``act`` (a date, and who passed or published the rule) or ``occasion``."""
        _, start, end = read_date(bare)
        opens = start >= 0 and (not bare[:start].strip("-—()_·根据于") or bare[start - 1] == "(")
        opens = opens or (
            start > 0 and bare[0] == "(" and bare.endswith(("通过)", "批准)"))
        )  # (某届某次全会某年某月某日通过)
        if opens and self._acts.within(bare, end, len(bare)):
            return "act"
        if len(bare) > 90:
            return ""
        if _SUBTITLE.fullmatch(bare):
            return "occasion"
        around = (bare[:start] + bare[end:] if start >= 0 else bare).strip("-—()_·:,。印发于")
        if start >= 0 and not around:
            return "date"
        if (
            around
            and self._occasions.before(around, 0, len(around))
            and (start >= 0 or around[0] == "在" or "代表大会" in around)
        ):
            return "occasion"
        return ""

    def _speaks(self, bare: str) -> bool:
        """A post, and the name of who holds it (某某市人民政府市长 某某)."""
        return any(
            self._posts.before(bare, 0, cut) and _NAME.fullmatch(bare, cut) for cut in range(2, min(len(bare), 26) + 1)
        )

    def government(self, bare: str) -> str:
        """Return what stands before the post on a speaker's line (某某市人民政府 of 某某市人民政府市长), as a government."""
        for cut in range(2, min(len(bare), 40) + 1):
            post = self._posts.before(bare, 0, cut)
            if post and _NAME.fullmatch(bare, cut):
                return bare[: cut - len(post)]
        return ""

    def salutation(self, bare: str) -> str:
        """Return the words of address that open a line (各位代表)."""
        return self._salutations.at(bare, 0, min(len(bare), 30))

    def addressee(self, bare: str) -> bool:
        """Tell whether a line that ends in a colon names those to whom the document goes."""
        text = bare.rstrip(":")
        if (
            not 2 <= len(text) <= 400
            or any(mark in text for mark in "。;!?《")
            or self._never.within(bare, 0, len(bare))
        ):
            return False
        members = [part for part in re.split("[、,]", re.sub(r"\([^()]{0,60}\)", "", text)) if part]
        named = sum(bool(self._addressees.before(part, 0, len(part))) for part in members)
        return (
            bool(members)
            and max(map(len, members)) <= 40
            and named * 3 >= len(members)
            and bool(self._addressees.before(members[-1], 0, len(members[-1])))
        )

    def organs(self, bare: str) -> bool:
        """Tell whether a line is the name of one or several bodies and nothing else."""
        if (
            not 2 <= len(bare) <= 80
            or any(mark in bare for mark in "。;:,!?《》")
            or self._nouns.before(bare, 0, len(bare))
        ):
            return False
        return (
            bool(self._organs.before(_bare_end(bare), 0, len(_bare_end(bare))))
            and "关于" not in bare
            and "印发" not in bare
        )

    def titled(self, bare: str) -> bool:
        """Tell whether a line ends as a title does (…的通知, …若干措施(试行))."""
        if bare.count("《") > bare.count("》") or bare.count("(") > bare.count(")"):
            return False
        end = _bare_end(_bare_end(bare).rstrip('》”"—-'))
        return bool(self._nouns.before(end, 0, len(end)))


def document_number(bare: str) -> str:
    """Return the document number at the start of a line, or ``""``."""
    hit = _NUMBER.match(bare)
    return hit["number"] if hit else ""


def trailing_number(bare: str) -> str:
    """Return the document number that closes a line (…的意见国发〔2015〕24号), or ``""``."""
    position = max(bare.rfind(mark) for mark in "〔[")
    if position <= 1 or not bare.endswith("号"):
        return ""
    start = position
    while start > 0 and position - start < 8 and "\u4e00" <= bare[start - 1] <= "\u9fff":
        start -= 1
        if start and bare[start - 1] in _NOUN_ENDS and position - start >= 2:
            break
    return bare[start:]


def order_number(bare: str) -> str:
    """Return the number of an order (第19号) on a line of its own, or ``""``."""
    hit = _ORDER.match(bare)
    return hit.group().strip("()〔〕【】[]") if hit else ""


def _bare_end(bare: str) -> str:
    """Return the line without the brackets and footnote marks that close it."""
    for _ in range(3):
        shorter = _BRACKETED.sub("", bare)
        if shorter == bare or not shorter:
            break
        bare = shorter
    return bare
