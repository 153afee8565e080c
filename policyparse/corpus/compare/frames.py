"""Which time a statement speaks of, as far as the words around it tell: one year, or several at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal, TypeAlias

from policyparse.corpus.compare.documents import Report, Stated
from policyparse.lexicon import Lexicon

Frame: TypeAlias = Literal["", "last", "own", "span"]

_WINDOW = 24
"""How far into a sentence or a heading the words reach that set its time, and how far before a quantity they are sought."""
_LONGEST = 500_000
_NEAR = 300
_FAR = 31
_REACH = 120
_SALUTATION = 8
_LINES = re.compile(r"[^\n]+")
_SENTENCES = re.compile(r"[^。！？；\n]+")
_CLAUSE = "，；。：:,;！？\n"
# 十一五, 十三五 and the like, and 2016至2020年: several years.
_YEARS = (
    r"(?<![\d第续])(?:[二三四五六七八九十两]|[2-9]|[12]\d)年"
    r"(?:来|间|累计|平均|年均|共|全国|全省|全市|全区|我国|我省|我市|城镇|农村|新增|完成|实现|安排|计划)"
)
_SPANS = rf"{_YEARS}|十[一二三四五]五|(?:19|20)\d\d年?(?:至|到|—|-|－|～)(?:19|20)?\d\d年"


class FrameFinder:
    """Finds the frames of one document's statements."""

    def __init__(self, report: Report, lexicon: Lexicon) -> None:
        numbers = {"last": str(report.year - 1), "own": str(report.year)}
        words = {name: lexicon.words(f"comparison.frames.{name}") for name in ("last", "span", "own")}
        later = "|".join(f"到{year}年" for year in range(report.year + 1, report.year + _FAR))
        parts = [f"(?P<span>{_SPANS}|{later}|{_any(words['span'])})"]
        # What something is compared with sets no time: 比上年, 较2019年, 与去年, 从2015年.
        parts += [
            f"(?<![比较于与同从由自到至和超—-])(?P<{name}>{_any([word.format(**numbers) for word in words[name]])})"
            for name in ("last", "own")
        ]
        self._words = re.compile("|".join(parts))
        self._average = re.compile(
            f"(?:{_any(lexicon.words('comparison.figures.average'))})"
            f"(?!{_any(lexicon.words('comparison.figures.average_names'))})|{_YEARS}"
        )
        self._parts = re.compile(_any(lexicon.words("comparison.figures.parts")))
        self._whole = re.compile(_any(lexicon.words("comparison.figures.year")))
        self._headings = {division.id: (division.parent, division.heading) for division in report.divisions}
        self._starts, self._frames = self._scan(report)

    def of(self, stated: Stated) -> Frame:
        """Return the frame that the sentence itself sets, else the one that the text before it has set."""
        return self.own(stated) or self.around(stated)

    def own(self, stated: Stated) -> Frame:
        """Return the frame that words in the same sentence set, before the quantity."""
        found: Frame = ""
        for match in self._words.finditer(stated.before[-400:]):
            found = _named(match)
        return found

    def around(self, stated: Stated, *, near: bool = False) -> Frame:
        """Return the frame that the last sentence or heading before set; ``near``: only one of the lines just before.

        Where the text before is not at hand (a paragraph behind the divisions of its section), there is none.
        """
        start = stated.sentence_start
        index = bisect_right(self._starts, start) - 1
        if index < 0 or (near and start - self._starts[index] > _NEAR):
            return ""
        piece = bisect_right(self._pieces, start, key=lambda extent: extent[0]) - 1
        return self._frames[index] if piece >= 0 and start <= self._pieces[piece][1] else ""

    def section(self, stated: Stated) -> Frame:
        """Return the frame that the nearest heading above sets (二、“十四五”时期的主要目标)."""
        node = stated.node
        while node is not None and node in self._headings:
            parent, heading = self._headings[node]
            if match := self._words.search(heading):
                return _named(match)
            node = parent
        return ""

    def is_average(self, stated: Stated) -> bool:
        """Tell whether the quantity is one a year, or the sum of several years."""
        clause = stated.before[-_WINDOW:]
        cut = max(clause.rfind(sign) for sign in _CLAUSE)
        return bool(self._average.search(clause[cut + 1 :]))

    def is_part(self, stated: Stated) -> bool:
        """Tell whether the sentence has named a quarter or months, and not the whole year since (一季度下降3%)."""
        before = stated.before[-_REACH:]
        parts = [match.end() for match in self._parts.finditer(before)]
        return bool(parts) and not self._whole.search(before, parts[-1])

    def _scan(self, report: Report) -> tuple[list[int], list[Frame]]:
        """Return where in the text the frame changes, and to which.

        What opens a paragraph or a heading holds until another one does; what stands within a paragraph, to its end.
        """
        marks: dict[int, Frame] = {}
        pieces = {division.start: division.text[:_LONGEST] for division in report.divisions}
        pieces |= {stated.sentence_start: stated.sentence for stated in report.statements if not stated.node}
        self._pieces = sorted((start, start + len(text)) for start, text in pieces.items())
        lasting: Frame = ""
        for start, text in sorted(pieces.items()):
            for line in _LINES.finditer(text):
                inner = lasting
                opening = True
                for sentence in _SENTENCES.finditer(text, line.start(), line.end()):
                    if match := self._words.search(sentence.group()[:_WINDOW]):
                        inner = marks[start + sentence.start()] = _named(match)
                        if opening:
                            lasting = inner
                    # 各位代表！ opens a paragraph before its first sentence does.
                    opening = opening and len(sentence.group()) <= _SALUTATION
                if inner != lasting:
                    marks[start + line.end()] = lasting
        starts = sorted(marks)
        return starts, [marks[start] for start in starts]


def _named(match: re.Match[str]) -> Frame:
    return "span" if match["span"] else "last" if match["last"] else "own"


def _any(words: list[str] | tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
