"""From when and until when a document holds, as its closing words say (自2022年6月1日起施行,有效期3年)."""

from __future__ import annotations

import re

from policyparse.parsing.dates import number, year_number
from policyparse.parsing.year_patterns import DAY, WINDOW, YEAR, Span

_TAIL = 1_500
_SENTENCE = re.compile(r"[^。\n;]{4,300}")
_HOLDS = ("有效期", "执行", "实施", "施行", "适用于", "有效至", "期限")
_ITSELF = re.compile(
    r"[本该此][\u4e00-\u9fff]{0,8}?(?:通知|措施|意见|政策|办法|方案|文件|规定|行动|计划|规划|细则)"
    r"|(?:以上|上述|其余)(?:政策|措施|规定|条款)|^[\s\d一二三四五六七八九十、.()]*(?:政策|《)|政策(?:措施)?(?:执行|实施|有效)"
)
_FORCE = re.compile(rf"自\s?{DAY}\s?(?:之日)?起?(?:正式)?(?:开始)?(?:施行|实施|执行|生效)")
_UNTIL = re.compile(rf"(?:至|到|截至|截止)\s?({YEAR})\s?年")
_TERM = re.compile(r"(?:有效期|期限|施行期|执行期|试行期?)(?:限)?(?:暂定|暂|为|是|:)*([一二两三四五]|\d{1,2})年")
_ITEM_WINDOW = re.compile(rf"(?:{DAY}|[之即]日)\s?起?\s?(?:-|—{{1,2}}|~|至|到)\s?{DAY}")
_OFTEN = 3
_SECTION = re.compile(
    rf"(?:实施|执行|施行|适用|政策|有效)(?:时间|期限|时限|期)[^。;\n]{{0,16}}\n?\s{{0,8}}(?:自|从)?\s?{WINDOW.pattern}"
)


def closing_sentences(folded: str) -> list[re.Match[str]]:
    """Return the sentences near the end that say from when and until when the document itself holds."""
    sentences = _SENTENCE.finditer(folded, max(0, len(folded) - _TAIL))
    return [hit for hit in sentences if any(word in hit.group() for word in _HOLDS) and _ITSELF.search(hit.group())]


def force_year(folded: str, closing: list[re.Match[str]]) -> tuple[int, Span] | None:
    """Return the year from which the document is in force."""
    for sentence in reversed(closing):
        if (hit := _FORCE.search(folded, sentence.start(), sentence.end())) and (year := year_number(hit[1])):
            return year, hit.span()
    return None


def valid_window(folded: str, closing: list[re.Match[str]]) -> tuple[int | None, int | None, Span] | None:
    """Return first and last year of validity (执行期限为…至…, 有效期至…), as far as they are dates."""
    for sentence in closing:
        if hit := WINDOW.search(folded, sentence.start(), sentence.end()):
            return year_number(hit[1]), year_number(hit[4]), hit.span()
        if hit := _UNTIL.search(folded, sentence.start(), sentence.end()):
            return None, year_number(hit[1]), hit.span()
    if hit := _SECTION.search(folded):
        return year_number(hit[1]), year_number(hit[4]), (hit.start(1), hit.end())
    return None


def recurring_window(folded: str) -> tuple[int | None, int, Span] | None:
    """Return the window that holds for most measures of a document without closing words (自…起至…, in item after item)."""
    windows: dict[tuple[int | None, int], list[Span]] = {}
    for hit in _ITEM_WINDOW.finditer(folded):
        last = year_number(hit[4])
        if last is not None:
            windows.setdefault((year_number(hit[1]) if hit[1] else None, last), []).append(hit.span())
    if not windows:
        return None
    (first, last), spans = max(windows.items(), key=lambda item: len(item[1]))
    return (first, last, spans[0]) if len(spans) >= _OFTEN else None


def valid_length(folded: str, closing: list[re.Match[str]]) -> tuple[int, Span] | None:
    """Return the number of years for which the document is valid (有效期3年)."""
    for sentence in closing:
        hit = _TERM.search(folded, sentence.start(), sentence.end())
        if hit is not None and (length := number(hit[1])):
            return length, hit.span()
    return None
