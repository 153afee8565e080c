"""Units and classifiers: what stands after a numeral and says what kind of quantity it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policyparse.errors import LexiconError
from policyparse.lexicon import Lexicon
from policyparse.model import Kind
from policyparse.parsing.words import WordSet

_KINDS: dict[str, Kind] = {kind: kind for kind in ("money", "percentage", "count", "measure", "ratio", "multiple")}
# What one of is meant, after a unit: 微克/立方米, 元/人·月, 批次/千人, 元/(人·年).
_PER = re.compile(r" ?/ ?\(?[十百千万亿]{0,3}")
_AND = re.compile(r"[·•/.]")
_LETTERS = re.compile(r"[a-zA-Zμ㎡³²]{1,6}[23³²]?")
_MOVING = ("下降", "下调")
_BOUNDS = ("以上", "以下", "以内")
_LATIN = re.compile(r"[a-zA-Z]")

_SINCE = 6
"""How far before the end of a number of days the day may stand from which they run."""


@dataclass(slots=True, frozen=True)
class Unit:
    """A unit at ``start:end`` of the text; ``name`` as written there without spaces."""

    start: int
    end: int
    name: str
    kind: Kind


class Units:
    """Looks units up where a numeral ends."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._kinds: dict[str, Kind] = {}
        for unit, kind in lexicon.pairs("units").items():
            if kind not in _KINDS:
                raise LexiconError(f"unit {unit!r}: kind {kind!r} is none of {', '.join(_KINDS)}")
            self._kinds[unit] = _KINDS[kind]
        self._words = WordSet(self._kinds)
        self._written = frozenset(lexicon.words("quantities.written"))
        self._digits_only = frozenset(lexicon.words("quantities.digits_only"))
        following = (unit for unit in self._kinds if self._may_be_written(unit))
        self.openers = frozenset(unit[0] for unit in following) | frozenset(" -—~至到")
        """Signs that may follow a numeral in characters which counts: first signs of units, and signs of a range."""
        self._not_before = {unit: frozenset(signs) for unit, signs in lexicon.pairs("quantities.not_before").items()}
        self._not_before_written = {
            unit: frozenset(signs) for unit, signs in lexicon.pairs("quantities.not_before_written").items()
        }
        self._shares = WordSet([*self._kinds, *lexicon.words("quantities.shares")])

    def at(self, text: str, position: int, *, written: bool) -> Unit | None:
        """Return the unit that begins at ``position`` or one space (a line end) after it.

        ``written`` tells that the numeral before it is in characters: then only those one-character units count that
        rarely form other words with a numeral (三个, not 三方).
        """
        start = position
        if text.startswith(" ", start):
            start += 1
        if not written and text.startswith("\n", start):
            start += 1
        end_of_text = min(len(text), start + 12)
        name = self._words.at(text, start, end_of_text)
        while name:
            end = start + len(name)
            if self._is_whole(text, name, end, written=written):
                break
            name = self._words.at(text, start, end - 1)
        if not name:
            return None
        kind = self._kinds[name]
        end = start + len(name)
        if kind not in ("percentage", "multiple"):
            end = self._per(text, end)
        if kind == "count" and text.startswith("(", end):
            end = self._or(text, end)
        return Unit(start, end, text[start:end], kind)

    def _may_be_written(self, name: str) -> bool:
        """Tell whether a unit may follow a numeral in characters (三个, not 三方)."""
        return name in self._written if len(name) == 1 else name not in self._digits_only

    def _is_whole(self, text: str, name: str, end: int, *, written: bool) -> bool:
        """Tell whether ``name`` ends where a unit may end: not inside a longer word (家庭, 5Gbps)."""
        if written and not self._may_be_written(name):
            return False
        if end >= len(text):
            return True
        following = text[end]
        if name[-1].isascii() and _LATIN.match(name[-1]):
            return not (following.isascii() and following.isalnum())
        if written and following in self._not_before_written.get(name, ()):
            return text.startswith(_BOUNDS, end) or (
                name == "支" and text.startswith("队伍", end)
            )  # 两处以上, 四支队伍
        if following not in self._not_before.get(name, ()):
            return True
        if following == "后" and name == "日":
            return "起" in text[max(0, end - _SINCE) : end]  # 公布之日起三十日后
        return text.startswith(_MOVING, end)  # 101天下降到96天

    def _or(self, text: str, end: int) -> int:
        """Return where a count ends that names another classifier in brackets (10条(段), 8家(次))."""
        word = self._words.at(text, end + 1, min(len(text), end + 3))
        closed = word and self._kinds[word] == "count" and text.startswith(")", end + 1 + len(word))
        return end + len(word) + 2 if closed else end

    def _per(self, text: str, end: int) -> int:
        """Return where the unit ends together with what one of it is meant (/人·月); ``end`` if nothing is."""
        match = _PER.match(text, end)
        if match is None:
            return end
        position = self._share(text, match.end())
        if position < 0:
            return end
        for _ in range(2):
            more = _AND.match(text, position)
            further = self._share(text, more.end()) if more else -1
            if further < 0:
                break
            position = further
        if "(" in match[0]:
            return position + 1 if text.startswith(")", position) else end
        return position

    def _share(self, text: str, position: int) -> int:
        word = self._shares.at(text, position, min(len(text), position + 10))
        if word:
            return position + len(word)
        letters = _LETTERS.match(text, position)
        return letters.end() if letters else -1
