"""Texts that run together: copies of printed pages in which chapters, articles and items follow each other inside lines.

…制定本法。第二条国家… or 一、总体要求（一）指导思想。…（二）…: where a numbering of articles or of top divisions goes
on inside lines, the lines are divided there, and at the labels below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from policyparse.parsing.labels import ordinal

Lines = list[tuple[int, int]]

_CN = "[一二三四五六七八九十百零]"
# Labels inside a line; what stands before them is looked at afterwards.
_SIGN = re.compile(
    rf"[第(—一二三四五六七八九十](?:(?<=第)(?P<ordinal>{_CN}{{1,6}})(?P<unit>[章条])|(?<=\()(?P<item>{_CN}{{1,3}})\)"
    rf"|(?<=—)—(?=[\u4e00-\u9fff])|(?<=[一二三四五六七八九十])(?P<more>[一二三四五六七八九十]{{0,2}})、)"
)
_ENDS = frozenset("。)〕】”!?")
# A first look: a label of a top style right after the end of a sentence, or after the colon that announces it.
_INSIDE = re.compile(rf"[。)〕】”!?:](?:第{_CN}{{1,6}}[章条]|[一二三四五六七八九十]{{1,3}}、)")
_REFERS = frozenset("规所至和及、,或款项的之以第中关")
_BEGINS = ("中央", "中国", "中华", "中外")  # begin an article, though 中 after its number refers
_LEAST = 2  # labels inside lines that make a text run together
_LONG = 150  # characters of a line that may hold several divisions
_ANEW = 10  # articles after which a first one tells that a text begins anew
_ITEM = 300  # characters of an item of a list inside a sentence
_HEAD = 40  # characters of a heading before the first label below it
_BELOW = {"一、": ("(一)", "——"), "(一)": ("——",)}


@dataclass(slots=True)
class _Sign:
    start: int
    stop: int
    style: str
    number: int
    opens: bool  # begins its line already
    in_list: bool  # after a colon or semicolon: in a list inside a sentence
    after_stop: bool  # or between the heading of a chapter and its first article


def split_running(folded: str, lines: Lines) -> Lines:
    """Return the lines, divided at labels inside them where the text runs together."""
    candidates = _INSIDE.finditer(folded)
    if sum(1 for _ in zip(candidates, range(_LEAST), strict=False)) < _LEAST:
        return lines
    signs = _signs(folded, lines)
    tops = [sign for style in ("条", "章", "一、") for sign in _chain(signs, style)]
    inside = [sign for sign in tops if not sign.opens]
    if len(inside) < _LEAST:
        return lines
    cuts = {sign.start for sign in inside} | set(_below(folded, signs, tops))
    return list(_divided(lines, sorted(cuts)))


def _signs(folded: str, lines: Lines) -> list[_Sign]:
    """Return the labels at the beginning of lines and inside long ones, in order."""
    found: list[_Sign] = []
    for start, end in lines:
        for match in _SIGN.finditer(folded, start, end if end - start > _LONG else min(end, start + 1)):
            at, stop = match.span()
            opens, before = at == start, folded[at - 1] if at else "\n"
            following = folded[stop : stop + 1]
            if not opens and following in _REFERS and not folded.startswith(_BEGINS, stop):
                continue
            if match["unit"]:
                style, number = match["unit"], ordinal(match["ordinal"])
            elif match["item"]:
                style, number = "(一)", ordinal(match["item"])
            elif match["more"] is not None:
                style, number = "一、", ordinal(folded[at : stop - 1])
            else:
                style, number = "——", 1
            if number:
                found.append(_Sign(at, stop, style, number, opens, before in ":;", before in _ENDS))
    for chapter, article in pairwise(found):  # 第二章 总则第九条国家…: neither stands after a stop
        if (chapter.style, article.style) == ("章", "条") and _is_heading(folded, chapter.stop, article.start):
            chapter.after_stop = article.after_stop = True
    return found


def _is_heading(folded: str, start: int, end: int) -> bool:
    return end - start <= _HEAD and "。" not in folded[start:end] and "\n" not in folded[start:end]


def _chain(signs: list[_Sign], style: str) -> Iterator[_Sign]:
    """Yield the labels of a top style that go on with each other; those inside a line stand after the end of a sentence."""
    last = inner = 0
    opening: _Sign | None = None  # the first item of a list inside a sentence
    for sign in signs:
        if sign.style != style:
            continue
        if opening is not None and sign.number == 2 and sign.start - opening.stop > _ITEM:
            yield opening  # so long an item is a division: …意见如下:一、总体要求…
            last, opening = 1, None
        elif not sign.opens and sign.number == inner + 1 and (inner or sign.in_list):
            inner = sign.number  # …如下:一、…。二、…
            opening = sign if inner == 1 else None
            continue
        # The first article may stand right behind its chapter's heading.
        first = style == "条" and sign.number == 1 and (not last or last > _ANEW)
        if not (sign.opens or sign.after_stop or first):
            continue
        # One article may lack its label, damaged or read as a reference.
        skips = sign.number == last + 2 and style == "条" and last > 1
        if sign.number == last + 1 or skips or (sign.opens and sign.number > last):
            last, inner = sign.number, 0
            yield sign
        elif sign.number == 1:
            last = 1
            yield sign


def _below(folded: str, signs: list[_Sign], tops: list[_Sign]) -> Iterator[int]:
    """Yield where labels below a top division begin: after the end of a sentence, or right after a heading."""
    chosen = {sign.start for sign in tops}
    last: dict[str, int] = {}
    above: _Sign | None = None
    for sign in signs:
        heads = (
            above is not None
            and sign.style in _BELOW.get(above.style, ())
            and _is_heading(folded, above.stop, sign.start)
        )
        if sign.start not in chosen and not sign.opens:
            if sign.style == "——":
                stop = folded.find("。", sign.stop, sign.stop + _HEAD)
                if stop < 0 or not (heads or sign.after_stop):
                    continue
            elif sign.style != "(一)" or not (heads or sign.after_stop):
                continue
            if sign.style == "(一)" and sign.number not in (1, last.get(sign.style, 0) + 1):
                continue
            yield sign.start
        last[sign.style] = sign.number
        above = sign


def _divided(lines: Lines, cuts: list[int]) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in lines:
        while at < len(cuts) and cuts[at] < end:
            if cuts[at] > start:
                yield start, cuts[at]
                start = cuts[at]
            at += 1
        yield start, end
