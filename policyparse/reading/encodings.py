"""From bytes to text: the ladder BOM, UTF-8, then the Chinese encodings by how much the result looks like Chinese.

GB18030 and Big5 give text of some kind for nearly any pair of bytes above 0x80, so that success proves nothing. What tells
them apart is that text decoded rightly is full of frequent characters, and text decoded wrongly is not.
"""

from __future__ import annotations

import codecs
from functools import lru_cache

from policyparse.errors import DecodeError, ReadError
from policyparse.lexicon import load_lexicon

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose little-endian mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# GB18030 contains GBK and GB2312. The first of equals wins.
_CHINESE = ("gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")
_SAMPLE = 20_000
_FEW = 16
"""Characters below which a low share of frequent ones says nothing."""
_SOME = 4
"""Characters from which a high share of frequent ones says something."""
_CHINESE_ENOUGH = 0.25
"""Share of frequent characters: 0.6 to 0.9 in text decoded rightly, below 0.1 in text decoded wrongly."""
_CONTROLS = dict.fromkeys((*range(9), 11, *range(14, 26), *range(28, 32), 127, 0xFFFE, 0xFFFF))
_CONTROLS_ALLOWED = 0.02


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of ``data`` and the encoding that it was read with.

    The encoding is named as Python names it, and ``data.decode(encoding)`` is exactly the text. ``name`` is the
    document's name for messages. Raises ``DecodeError`` where some bytes are no text, ``ReadError`` where none are.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, name, encoding), encoding
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    else:
        if "\0" not in text:
            return _checked(text, name), "utf-8"
    found = _most_chinese(data, [*(["utf-8"] if text else []), *_CHINESE])
    if not found:
        _checked(data[:_SAMPLE].decode("latin-1"), name)  # every byte a character: control characters show
        _refuse_broken(data, name)
        found = _by_statistics(data)
    if not found:
        raise _undecodable(data, name, "gb18030")
    return _checked(data.decode(found), name), found


def _decode_marked(data: bytes, name: str, encoding: str) -> str:
    try:
        return _checked(data.decode(encoding), name)
    except UnicodeDecodeError as error:
        raise DecodeError(
            f"{name}: byte 0x{data[error.start]:02X} at offset {error.start} is not valid {encoding.upper()}, which its "
            f"byte order mark announces; save the file again as UTF-8"
        ) from error


def _most_chinese(data: bytes, encodings: list[str]) -> str:
    """Return the encoding in which ``data`` is most like Chinese text, ``""`` where it is like it in none."""
    best, found = -1.0, ""
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        if _is_binary(sample):
            continue
        score = _likeness(sample)
        if score > best and (score >= _CHINESE_ENOUGH or _telling(sample) < _FEW):
            best, found = score, encoding
    return found


def _refuse_broken(data: bytes, name: str) -> None:
    """Raise ``DecodeError`` where ``data`` is text in an encoding of the ladder apart from some bytes."""
    for encoding in ("utf-8", *_CHINESE):
        sample = data[: 3 * _SAMPLE].decode(encoding, "ignore")
        if _telling(sample) >= _SOME and _likeness(sample) >= 2 * _CHINESE_ENOUGH and not _is_binary(sample):
            raise _undecodable(data, name, encoding)


def _by_statistics(data: bytes) -> str:
    """Return what charset-normalizer holds for the encoding, ``""`` where it has no opinion or is wrong."""
    from charset_normalizer import from_bytes  # takes a while to load, and is hardly ever needed

    best = from_bytes(data[: 3 * _SAMPLE]).best()
    if best is None:
        return ""
    try:
        text = data.decode(best.encoding)
    except UnicodeDecodeError:
        return ""
    # Chinese characters, none of them frequent, are bytes of something else.
    chinese = sum("\u3400" <= c <= "\u9fff" for c in text[:_SAMPLE])
    wrong = chinese >= _FEW and _likeness(text[:_SAMPLE]) < _CHINESE_ENOUGH
    return "" if wrong or _is_binary(text[:_SAMPLE]) else best.encoding


def _undecodable(data: bytes, name: str, encoding: str) -> DecodeError:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        at, reason = error.start, f"is not valid {encoding.upper()}"
    else:
        at, reason = 0, "begins no text that reads as Chinese"
    tried = ", ".join(("UTF-8", *(each.upper() for each in _CHINESE)))
    return DecodeError(
        f"{name}: byte 0x{data[at]:02X} at offset {at} {reason}; tried {tried} and charset-normalizer; "
        f"save the file again as UTF-8"
    )


def _checked(text: str, name: str) -> str:
    if _is_binary(text[:_SAMPLE]):
        raise ReadError(f"{name}: binary data, not text; give a text file (.txt or .md)")
    return text


def _is_binary(text: str) -> bool:
    """Tell whether ``text`` has more control characters than a damaged text file has."""
    return len(text) - len(text.translate(_CONTROLS)) > _CONTROLS_ALLOWED * len(text)


def _telling(text: str) -> int:
    """Count the characters outside ASCII."""
    return sum(c > "\x7f" for c in text)


def _likeness(text: str) -> float:
    """Return the share of characters outside ASCII that are frequent in Chinese; 1 where there are none."""
    telling = _telling(text)
    frequent = _frequent()
    return sum(c in frequent for c in text) / telling if telling else 1.0


@lru_cache(maxsize=1)
def _frequent() -> frozenset[str]:
    return frozenset("".join(load_lexicon().words("encodings.common")))
