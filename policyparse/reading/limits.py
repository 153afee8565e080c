"""What a document may cost: bounds that every reader keeps, so that no file takes the memory or the day of a batch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from policyparse.errors import UsageError

_MEGA = 1_000_000
_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that reading one document may take. What goes beyond is a ``ReadError`` that names the limit.

    ``file_bytes`` is the size of a file; ``unpacked_bytes`` what all parts of a ZIP file (.docx, .ofd, .zip) unpack to,
    ``ratio`` how many times larger than the file that may be (looked at from ``ratio_from`` bytes on, since small files of
    much the same are packed very well) and ``entries`` the number of parts; ``elements`` bounds what is marked
    up (HTML, XML); ``characters`` the text; ``pages`` a layout (PDF, OFD); ``seconds`` a conversion by another program.

    >>> Limits(pages=20).pages
    20
    """

    file_bytes: int = 256 * _MEGA
    unpacked_bytes: int = 512 * _MEGA
    ratio: int = 200
    ratio_from: int = 16 * _MEGA
    entries: int = 10_000
    elements: int = 2_000_000
    characters: int = 50 * _MEGA
    pages: int = 5_000
    seconds: int = 120

    def __post_init__(self) -> None:
        """Raise ``UsageError`` for a bound below 1."""
        for field in fields(self):
            if getattr(self, field.name) < 1:
                raise UsageError(f"limit {field.name} is {getattr(self, field.name)}; the least is 1")

    @classmethod
    def from_words(cls, words: Iterable[str]) -> Limits:
        """Return limits from words such as ``pages=20``. Raises ``UsageError`` for what is none.

        >>> Limits.from_words(["pages=20", "ratio=500"]).ratio
        500
        """
        known = [field.name for field in fields(cls)]
        given: dict[str, int] = {}
        for word in words:
            name, _, value = word.partition("=")
            if name not in known or not (value.isascii() and value.isdigit() and len(value) <= _DIGITS):
                raise UsageError(f"limit {word}: is no NAME=NUMBER with a name of {', '.join(known)}")
            given[name] = int(value)
        return cls(**given)
