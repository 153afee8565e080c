"""Calendar arithmetic of official Chinese: years and days in digits or characters, five-year plans by number."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "几": 3, "数": 3, "半": 1}
_FIRST_PLAN, _THIRD_PLAN, _PLAN_YEARS = 1953, 1966, 5


def number(text: str) -> int | None:
    """Return the value of a whole number below 100 in digits or characters (``12``, ``十二``, ``二十``), else None.

    >>> number("二十一"), number("十"), number("05"), number("两")
    (21, 10, 5, 2)
    """
    text = text.strip()
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if any(c not in _DIGITS for c in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return None
    return (_DIGITS[tens] if tens else 1 if ten else 0) * 10 + (_DIGITS[ones] if ones else 0)


def year_number(text: str) -> int | None:
    """Return a year in four digits or characters, or in two for a year of the twentieth century.

    >>> year_number("二〇二二"), year_number("1998"), year_number("五七"), year_number("九十")
    (2022, 1998, 1957, None)
    """
    if text.isdecimal() and text.isascii():
        year = int(text)
    else:
        year = 0
        for character in text:
            if character.isdecimal() and character.isascii():
                year = year * 10 + int(character)
            elif character in _DIGITS and character not in "两几数半":
                year = year * 10 + _DIGITS[character]
            else:
                return None
    if year < 100:
        year += 1900
    return year if 1800 <= year <= 2199 else None


def plan_years(ordinal: int) -> tuple[int, int]:
    """Return first and last year of the N-th five-year plan; between the second and third lie three years of adjustment.

    >>> plan_years(1), plan_years(11), plan_years(14)
    ((1953, 1957), (2006, 2010), (2021, 2025))
    """
    first = _FIRST_PLAN + _PLAN_YEARS * (ordinal - 1) if ordinal < 3 else _THIRD_PLAN + _PLAN_YEARS * (ordinal - 3)
    return first, first + _PLAN_YEARS - 1


def day(year: int, month: int, number_: int) -> date | None:
    """Return that day, None where the calendar has none."""
    if 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= number_ <= monthrange(year, month)[1]:
        return date(year, month, number_)
    return None


def month_end(year: int, month: int) -> date:
    """Return the last day of a month (1 to 12)."""
    return date(year, month, monthrange(year, month)[1])
