"""Labels that lost their line: where a numbering jumps, the missing label is looked for inside the lines between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyparse.parsing.labels import Label, LabelReader

Lines = list[tuple[int, int]]

_SPELLINGS = {"1.": "{n}.", "1、": "{n}、", "（一）": "({c})", "一、": "{c}、", "第N条": "第{c}条", "（1）": "({n})"}
_BEFORE = frozenset("。;)〕]】”")
_WINDOW = 4000  # characters of the lines between that are searched
_NUMERALS = "零一二三四五六七八九"


def split_gaps(folded: str, lines: Lines, reader: LabelReader) -> tuple[Lines, list[Label | None]]:
    """Return the lines, divided where a label stands inside one of them, and the labels that open them.

    A copy may lose line ends: …（责任单位：某局）2.某某。 A label is taken there only where the numbering before it
    needs it, and after a stop or a closing bracket.
    """
    labels = [reader.read(folded, start, end) for start, end in lines]
    following: dict[str, int | None] = {}
    successors: list[tuple[int, int | None]] = [(0, None)] * len(lines)  # line and number of the next of the style
    at: dict[str, int] = {}
    for index in range(len(lines) - 1, -1, -1):
        label = labels[index]
        if label is None or label.number is None or label.weak or label.style not in _SPELLINGS:
            continue
        successors[index] = at.get(label.style, index), following.get(label.style)
        at[label.style], following[label.style] = index, label.number
    cuts: list[int] = []
    for index, label in enumerate(labels):
        number = successors[index][1]
        if label is None or label.number is None or label.style not in _SPELLINGS or label.weak:
            continue
        if number == label.number + 1:
            continue
        last = successors[index][0] - 1 if number is not None and number > label.number else index
        cuts += _missing(folded, lines, label, max(last, index), index, number)
    if not cuts:
        return lines, labels
    divided = list(_divided(lines, sorted(set(cuts))))
    return divided, [reader.read(folded, start, end) for start, end in divided]


def _missing(folded: str, lines: Lines, label: Label, last: int, index: int, number: int | None) -> Iterator[int]:
    """Yield the offsets of the labels that should follow ``label`` and stand inside the lines up to ``last``."""
    wanted = (label.number or 0) + 1
    position = label.end
    limit = min(lines[last][1], lines[index][1] + _WINDOW)
    while number is None or number <= 1 or wanted < number:
        sign = _SPELLINGS[label.style].format(n=wanted, c=_chinese(wanted))
        found = folded.find(sign, position, limit)
        while found >= 0 and not _stands(folded, found, found + len(sign)):
            found = folded.find(sign, found + 1, limit)
        if found < 0:
            return
        yield found
        position = found + len(sign)
        wanted += 1


def _stands(folded: str, start: int, end: int) -> bool:
    before = start
    while before and folded[before - 1] == " ":
        before -= 1
    return folded[before - 1] in _BEFORE and folded[end : end + 1] > "\u2e7f" and folded[end] not in "项款、"


def _divided(lines: Sequence[tuple[int, int]], cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in lines:
        while at < len(cuts) and cuts[at] < end:
            if cuts[at] > start:
                yield start, cuts[at]
                start = cuts[at]
            at += 1
        yield start, end


def _chinese(number: int) -> str:
    """Return the Chinese numeral of a number below 1000."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_NUMERALS[hundreds]}百" if 0 < hundreds < 10 else ""
    if text and rest and not tens:
        text += "零"
    if tens:
        text += ("" if tens == 1 and not text else _NUMERALS[tens]) + "十"
    return text + (_NUMERALS[ones] if ones or not text else "")
