"""Numbers of lists that a format counts by itself, written as they are printed (一, 壹, ①, iv, 2)."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LARGEST_ROMAN = 32_000
_LETTERS_OVER = 30 * 26  # Word repeats letters (aa, bb); nobody goes further

_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "koreanCounting",
        "cjk-ideographic",
        "simp-chinese-informal",
        "trad-chinese-informal",
    }
)
_FORMAL = frozenset(
    {"chineseLegalSimplified", "ideographLegalTraditional", "simp-chinese-formal", "trad-chinese-formal"}
)
_BY_DIGIT = frozenset({"ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "cjk-decimal"})
_CIRCLED = frozenset(
    {"decimalEnclosedCircle", "decimalEnclosedCircleChinese", "ideographEnclosedCircle", "circled-decimal"}
)
_STEM = frozenset({"ideographTraditional", "cjk-heavenly-stem"})
_BRANCH = frozenset({"ideographZodiac", "cjk-earthly-branch"})


def numbered(value: int, style: str) -> str:
    """Return ``value`` in the numbering style called ``style`` by Word or by CSS; digits for one that is not known.

    >>> [numbered(12, style) for style in ("chineseCounting", "decimalEnclosedCircle", "lowerRoman", "decimalZero")]
    ['十二', '⑫', 'xii', '12']
    """
    if value < 0:
        return str(value)
    if style in _CHINESE:
        return _chinese(value, _DIGITS, "十百千万")
    if style in _FORMAL:
        return _chinese(value, _LEGAL, "拾佰仟万")
    if style in _BY_DIGIT:
        return "".join(_DIGITS[int(digit)] for digit in str(value))
    if style in _CIRCLED:
        return _circled(value)
    if style in _STEM and 0 < value <= len(_STEMS):
        return _STEMS[value - 1]
    if style in _BRANCH and 0 < value <= len(_BRANCHES):
        return _BRANCHES[value - 1]
    return _western(value, style)


def _western(value: int, style: str) -> str:
    if style in ("upperRoman", "upper-roman", "I"):
        return _roman(value).upper()
    if style in ("lowerRoman", "lower-roman", "i"):
        return _roman(value)
    if style in ("upperLetter", "upper-alpha", "upper-latin", "A"):
        return _letters(value).upper()
    if style in ("lowerLetter", "lower-alpha", "lower-latin", "a"):
        return _letters(value)
    if style in ("decimalZero", "decimal-leading-zero"):
        return f"{value:02d}"
    if style in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    if style == "decimalEnclosedParen" and 1 <= value <= 20:
        return chr(0x2474 + value - 1)
    if style == "decimalEnclosedFullstop" and 1 <= value <= 20:
        return chr(0x2488 + value - 1)
    if style == "ideographEnclosedParen" and 1 <= value <= 10:
        return f"（{_DIGITS[value] if value < 10 else '十'}）"
    return str(value)


def _chinese(value: int, digits: str, units: str) -> str:
    if value == 0:
        return digits[0]
    if value >= 100_000_000:
        return str(value)
    if value >= 10_000:
        above, below = divmod(value, 10_000)
        zero = "零" if 0 < below < 1_000 else ""
        return _chinese(above, digits, units) + units[3] + zero + (_chinese(below, digits, units) if below else "")
    text, gap = "", False
    for power, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
        digit = value // power % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + unit
            gap = False
        else:
            gap = True
    return text[1:] if text.startswith("一十") else text


def _circled(value: int) -> str:
    if 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if 21 <= value <= 35:
        return chr(0x3251 + value - 21)
    return chr(0x32B1 + value - 36) if 36 <= value <= 50 else str(value)


def _roman(value: int) -> str:
    if not 0 < value <= _LARGEST_ROMAN:
        return str(value)
    text = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        text += sign * count
    return text


def _letters(value: int) -> str:
    if not 0 < value <= _LETTERS_OVER:
        return str(value)
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
