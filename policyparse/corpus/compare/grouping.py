"""Indicators without a canonical key: names that mean the same are one group, by likeness or by the user's file.

Only names with the same kind of quantity, unit and direction of change can be one, unless the file says so. Two names are alike where, without the
words that say only for whom or how (全市, 预计), one is nearly the other, and they do not differ in a word that makes a
difference (城镇 and 农村, 初中 and 高中, a number).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from os import PathLike

from policyparse.comparison import Direction, Form, Group
from policyparse.corpus.compare.documents import Report, Stated
from policyparse.corpus.compare.forms import unit_of
from policyparse.corpus.user_tables import read_rows
from policyparse.errors import UsageError
from policyparse.lexicon import Lexicon
from policyparse.model import Change, Kind

_ALIKE = 82
_LONGEST = 40
_SHORTEST = 2
_NEAREST = 5
_MANY = 5000
"""Names of one kind, unit and direction beyond which only equal ones are put together."""
_COLUMNS = {"name": "name", "indicator": "name", "指标": "name", "名称": "name", "group": "group", "组": "group"}
_NOISE = re.compile(r"[\s“”‘’\"'《》（）()、，,·—-]")
_NUMBERS = re.compile(r"[0-9〇一二三四五六七八九十百千万亿.]+")

Bucket = tuple[Kind, str, Change]


class Grouping:
    """The groups of a comparison."""

    def __init__(self, groups: Iterable[Group], given: Mapping[str, str], lexicon: Lexicon) -> None:
        self.groups = tuple(groups)
        self._given = given
        self._keys = lexicon.indicators
        self._ids = {
            ((group.kind, group.unit, group.change), member): group.id
            for group in self.groups
            for member in group.members
        }
        self._own = {member: group.id for group in self.groups if group.given for member in group.members}
        self._names = {group.id: group.name for group in self.groups}
        self._down = lexicon.words("comparison.direction.down")
        self._none = lexicon.words("comparison.direction.none")

    def group_of(self, name: str, stated: Stated) -> str | None:
        """Return the id of the group that ``name``, counted as in ``stated``, belongs to."""
        return self._own.get(name) or self._ids.get((bucket(stated), name))

    def key_of(self, name: str, stated: Stated) -> str | None:
        """Return the canonical key that the user's file gives to ``name``, where its quantity can state it."""
        key = self._given.get(name)
        known = self._keys.get(key) if key else None
        return key if known and known.fits(stated.kind, stated.unit, bool(stated.change)) else None

    def name(self, group: str) -> str:
        """Return the name of a group: the one that its documents use most."""
        return self._names[group]

    def direction(self, group: str, form: Form) -> Direction:
        """Return which way a group's indicator is better, by its name: of what is to be built or done, more."""
        name = self._names[group]
        if any(word in name for word in self._down):
            return "down"
        return "none" if form == "level" and any(word in name for word in self._none) else "up"


def bucket(stated: Stated) -> Bucket:
    """Return what two statements must have in common so that their indicators can be one."""
    return stated.kind, unit_of(stated), stated.change


def group_indicators(reports: Iterable[Report], given: Mapping[str, str], lexicon: Lexicon) -> Grouping:
    """Return the groups of all indicators without a key that are set or reported; ``given`` overrides likeness."""
    counts: dict[Bucket, Counter[str]] = defaultdict(Counter)
    for report in reports:
        for stated in report.statements:
            if stated.role in ("target", "actual"):
                for name, key in stated.indicators:
                    if key is None and len(name) >= _SHORTEST:
                        counts[bucket(stated)][name] += 1
    likeness = _Likeness(lexicon)
    groups: list[Group] = []
    fixed: dict[str, list[tuple[Bucket, str]]] = defaultdict(list)
    for place in sorted(counts):
        names = counts[place]
        free = Counter({name: count for name, count in names.items() if name not in given})
        for name in names:
            if name in given:
                fixed[given[name]].append((place, name))
        for members in _clusters(free, likeness):
            best = max(members, key=lambda name: (names[name], -len(name), name))
            groups.append(_group(len(groups) + 1, best, members, place))
    for title, owned in fixed.items():
        members = tuple(dict.fromkeys(name for _, name in owned))
        groups.append(_group(len(groups) + 1, title, members, owned[0][0], given=True))
    return Grouping(groups, given, lexicon)


def _group(number: int, name: str, members: tuple[str, ...], place: Bucket, *, given: bool = False) -> Group:
    kind, unit, change = place
    return Group(id=f"g{number}", name=name, members=members, kind=kind, unit=unit, change=change, given=given)


def _clusters(names: Counter[str], likeness: _Likeness) -> list[tuple[str, ...]]:
    """Return clusters of names, the most frequent first in each."""
    from rapidfuzz import fuzz, process

    leaders: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-names[name], len(name), name)):
        form = likeness.form(name)
        if form in leaders:
            leaders[form].append(name)
            continue
        near = (
            []
            if len(leaders) > _MANY
            else process.extract(form, list(leaders), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_NEAREST)
        )
        for leader, _, _ in near:
            if likeness.same(form, leader):
                leaders[leader].append(name)
                break
        else:
            leaders[form] = [name]
    return [tuple(members) for members in leaders.values()]


class _Likeness:
    def __init__(self, lexicon: Lexicon) -> None:
        idle = "|".join(sorted(map(re.escape, lexicon.words("comparison.grouping.idle")), key=len, reverse=True))
        self._idle = re.compile(f"^(?:{idle})+|(?:{idle})+$|的")
        self._contrasts = lexicon.words("comparison.grouping.contrasts")

    def form(self, name: str) -> str:
        """Return ``name`` without what no name differs by."""
        plain = _NOISE.sub("", name)[-_LONGEST:]
        return self._idle.sub("", plain) or plain

    def same(self, one: str, other: str) -> bool:
        """Tell whether two names that are nearly the same do not differ in a word that makes a difference."""
        if _NUMBERS.findall(one) != _NUMBERS.findall(other):
            return False
        return all((word in one) == (word in other) for word in self._contrasts)


def read_groups(path: str | PathLike[str] | None) -> dict[str, str]:
    """Return the user's own groups, name of an indicator to group: a table with ``name`` and ``group`` (指标, 组).

    Comma or tab, any encoding that is read elsewhere; other columns are ignored. A group that is a canonical key joins its
    indicator. Raises ``UsageError`` that names the line where the table is wrong.
    """
    if path is None:
        return {}
    found: dict[str, str] = {}
    for where, row in read_rows(path, "groups", _COLUMNS, _wanting):
        name, group = row.get("name", ""), row.get("group", "")
        if not name and not group:
            continue
        if not name or not group:
            raise UsageError(f"{where}: a row holds the name of an indicator and its group")
        if found.setdefault(name, group) != group:
            raise UsageError(f"{where}: {name!r} stands in two groups, {found[name]!r} and {group!r}")
    return found


def _wanting(header: Collection[str]) -> str:
    return "" if "name" in header and "group" in header else "the columns name and group (指标, 组)"
