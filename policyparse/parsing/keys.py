"""Canonical keys: which indicator of the lexicon the name of what is measured stands for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from policyparse.errors import LexiconError
from policyparse.lexicon import CanonicalIndicator, Lexicon
from policyparse.lexicon.canonical import ANYWHERE, plain
from policyparse.model import Kind
from policyparse.parsing.words import WordSet

_LONGEST = 60
_ROUNDS = 4
# A name that stands before another one is no part of it where it is itself a measure: 进出口总额出口, 农民收入农民人均纯收入.
_SHORT = 3
_MEASURES = frozenset("额值率量入格数资")
# What no name differs by: spaces, quotation marks, what stands in brackets, the particle.
_NOISE = re.compile(r"""[ "'“”‘’《》「」*]|\([^()]{0,20}\)|[()]|的""")
# Years and the lengths of periods before a name.
_YEARS = re.compile(
    r"[0-9〇一二三四五六七八九十零]{1,4}(?:[-—~至到][0-9]{2,4})?(?:年代?|月份?)(?:度|末|底|来|间)?|[十一二三四五]{2,3}五(?:时期|期间|末)?"
)
# A place by the suffix of its rank, where what stands before it does not speak of a class of places.
_PLACE = re.compile(
    r"[^各重贫困灾试点示范中小大城内外两每多些个新老区全等和与的于由从为占高属]{2,4}?(?:省|市|县|自治区|自治州)"
)


class KeyFinder:
    """Finds the canonical key of a name, by the longest alias that ends it."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Index the aliases. Raises ``LexiconError`` where two keys have aliases that read the same."""
        self._same = tuple(lexicon.pairs("keys.same").items())
        self._any_same = re.compile("|".join(re.escape(word) for word, _ in self._same) or "(?!)")
        self._before = WordSet(lexicon.words("keys.before.words"))
        self._narrowing = WordSet(lexicon.words("keys.narrowing.words"))
        self._places = WordSet(lexicon.words("bodies.names.places"))
        self._tails = WordSet((*lexicon.words("keys.behind.level"), *lexicon.words("keys.behind.change")))
        self._changes = frozenset(lexicon.words("keys.behind.change"))
        self._known: Mapping[str, CanonicalIndicator] = lexicon.indicators
        self._keys: dict[str, str] = {}
        self._anywhere: set[str] = set()
        for one in lexicon.indicators.values():
            self._add(one.key, one.names)
        defined = {plain(name): one.key for one in lexicon.indicators.values() for name in one.names}
        for word, key in lexicon.pairs("indicators").items():
            name = self._form(plain(word))
            if name and defined.get(word) != key:  # an entry of the user's own
                self._keys[name] = key
                if word.startswith(ANYWHERE):
                    self._anywhere.add(name)
        self._moving = {form for form in self._keys if self._moves(form)}
        self._names = WordSet(form for form in self._keys if len(form) > _SHORT and form[-1] in _MEASURES)
        sizes: dict[str, set[int]] = {}
        for form in self._keys:
            sizes.setdefault(form[-2:], set()).add(len(form))
        # Lengths of the aliases by their last two characters, longest first: most names end like none of them.
        self._sizes = {end: tuple(sorted(found, reverse=True)) for end, found in sizes.items()}

    def key(self, name: str, span: str, kind: Kind, unit: str, change: bool) -> str | None:
        """Return the key of the indicator ``name`` if a quantity of this kind and unit can state it, else ``None``.

        ``span`` is what is printed, folded: it decides where ``name``, put together with a head from elsewhere or in
        traditional characters, has no key.
        """
        key = self._key(name, kind, unit, change)
        return key or self._key(span, kind, unit, change) if span != name else key

    def _key(self, name: str, kind: Kind, unit: str, change: bool) -> str | None:
        form = self._form(name[-_LONGEST:])
        for _ in range(_ROUNDS):
            key, alias = self._matched(form)
            if key is not None:
                change = change or alias in self._moving
                known = self._known.get(key)
                return key if known is None or known.fits(kind, unit, change) else None
            tail = self._tails.before(form, 0, len(form))
            if not tail:
                break
            change = change or tail in self._changes
            form = form[: -len(tail)]
        return None

    def _matched(self, form: str) -> tuple[str | None, str]:
        for size in self._sizes.get(form[-2:], ()):
            start = len(form) - size
            key = self._keys.get(form[start:]) if start >= 0 else None
            if key is not None and (not start or self._stands_alone(form, start)):
                return key, form[start:]
        return None, ""

    def _stands_alone(self, form: str, start: int) -> bool:
        if form[start:] in self._anywhere:
            return not self._narrowing.before(form, 0, start)
        return self._negligible(form, start)

    def _negligible(self, form: str, end: int) -> bool:
        """Tell whether what stands before ``end`` only says where, when or how the indicator is stated."""
        position = 0
        while position < end:
            size = len(self._before.at(form, position, end)) or len(self._places.at(form, position, end))
            size = size or len(self._names.at(form, position, end))
            if not size:
                match = _YEARS.match(form, position, end) or _PLACE.match(form, position, end)
                if match is None:
                    return False
                size = match.end() - position
            position += size
        return True

    def _moves(self, form: str) -> bool:
        """Tell whether an alias names a change (经济增长速度)."""
        while tail := self._tails.before(form, 0, len(form)):
            if tail in self._changes:
                return True
            form = form[: -len(tail)]
        return False

    def _form(self, name: str) -> str:
        form = _NOISE.sub("", unicodedata.normalize("NFKC", name).upper())
        if self._any_same.search(form):
            for word, same in self._same:
                form = form.replace(word, same)
        return form

    def _add(self, key: str, names: Iterable[str]) -> None:
        for name in names:
            form = self._form(plain(name))
            owner = self._keys.setdefault(form, key)
            if owner != key:
                raise LexiconError(f"the names of {owner!r} and of {key!r} read the same: {form!r}")
            if name.startswith(ANYWHERE):
                self._anywhere.add(form)
