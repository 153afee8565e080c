"""Patterns of years, days and five-year plans, and the record of a period that was found."""

from __future__ import annotations

import re
from dataclasses import dataclass

YEAR = r"(?:(?:1[89]|20)\d\d|[一二][八九〇零][〇零一二三四五六七八九十]{2})"
YEAR_IN = re.compile(rf"(?<![\d-])({YEAR})\s?年")
RANGE = re.compile(rf"(?<!\d)({YEAR})年?(?:-|—{{1,2}}|~|至|到)({YEAR})年?")
DAY = rf"({YEAR})\s?年\s?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?日"
WINDOW = re.compile(rf"{DAY}\s?(?:起|\(含当日\))?\s?(?:-|—{{1,2}}|~|至|到)\s?{DAY}")
FIVE_YEARS = re.compile(
    r"[“\"]?(十[一二三四五六七八九]?|[一二三四五六七八九])五(?:[”\"]|(?=时期|期间|计划|规划))"
    r"|第([一二三四五六七八九十]{1,2})个五年"
)
"""A five-year plan: its number is in one of the two groups."""

Span = tuple[int, int]


@dataclass(slots=True)
class FoundPeriod:
    """First and last year, the words they were read from, and whether they had to be inferred."""

    first: int | None
    last: int | None
    spans: list[Span]
    inferred: bool = False
