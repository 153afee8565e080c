"""What can be switched off one at a time: rules, stages, features and tables of words.

Nothing of this is known to the library: a switch exchanges a method, the code of a function or a table of the lexicon for as
long as its context lasts.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from types import MappingProxyType, ModuleType
from typing import Any
from unittest.mock import patch

import policyparse.parsing
from benchmarks.rules import removable, without_rule
from benchmarks.surgery import branches, parsed, without_branch
from policyparse.lexicon import Lexicon, load_lexicon
from policyparse.parsing import bounds, changes, lines, outline, periods, settling
from policyparse.parsing.bounds import BoundReader
from policyparse.parsing.changes import ChangeReader
from policyparse.parsing.duty_brackets import BracketFinder
from policyparse.parsing.duty_items import ItemFinder
from policyparse.parsing.duty_prose import ProseFinder
from policyparse.parsing.duty_scores import DutyScores
from policyparse.parsing.fullnames import FullNames
from policyparse.parsing.headings import Headings
from policyparse.parsing.indicators import IndicatorFinder
from policyparse.parsing.outline import OutlineFinder
from policyparse.parsing.records import Choice, Outline, Region, Setting
from policyparse.parsing.series import Series
from policyparse.parsing.setting import SettingFinder
from policyparse.parsing.settling import Following
from policyparse.parsing.survey import Surveyor
from policyparse.parsing.timing import TimeLine

NEVER = re.compile(r"(?!)")
NOTHING = "\ue000\ue000"
"""A word that no text holds: a table that holds only this is off, and no pattern made of it is empty."""
_RULES = {"changes": "change rule", "report_regions": "region rule", "series": "series rule", "timing": "time rule"}
"""Modules whose early returns are rules, and what these are called."""
TRIGGERS = ("directing", "agent", "companion", "subject")
_FAMILY = re.compile(r"[A-Z]\d?\.([a-z]+)")
_DEFAULT = {"law": "rules", "measures": "rules", "plan": "plan", "report": "plan"}
_WEIGHTS = ("indicator_weights", "duty_weights", "confidence_weights")


@dataclass(frozen=True)
class Switch:
    """Something that can be switched off while a context lasts, perhaps with a lexicon of its own."""

    group: str
    name: str
    off: Callable[[], AbstractContextManager[Any]]
    lexicon: Callable[[], Lexicon] = load_lexicon


def switches() -> Iterator[Switch]:
    """Yield the switches by group; a part that the parser has no more has none."""
    parts = (_roles, _setting, _changes, _bounds, _indicators, _times, _responsibilities, _outline)
    yield from (switch for part in parts for switch in part() if switch.off is not _gone)
    for name, group in _RULES.items():
        for branch in (one for module in modules() if _short(module) == name for one in branches(module)):
            yield Switch(group, f"{branch.condition} ({name}:{branch.line})", _called(without_branch, branch))
    for name in table_names():
        yield Switch("table", name, nullcontext, _off(name))


def branch_switches() -> Iterator[Switch]:
    """Yield every condition of the parser that leaves its function or loop at once."""
    for module in modules():
        for branch in branches(module):
            yield Switch("branch", str(branch), _called(without_branch, branch))


def pattern_switches() -> Iterator[Switch]:
    """Yield every pattern that stands alone in a module of the parser."""
    for module in modules():
        for name, value in sorted(vars(module).items()):
            if isinstance(value, re.Pattern) and _owns(module, name):
                yield Switch("pattern", f"{_short(module)}.{name}", _put(module, name, NEVER))


def modules() -> list[ModuleType]:
    """Return the modules of the parser's stages."""
    prefix = policyparse.parsing.__name__ + "."
    left_out = {prefix + name for name in ("api", "files", "pipeline", "assembly", "explanation", "evidence")}
    return [module for name, module in sorted(sys.modules.items()) if name.startswith(prefix) and name not in left_out]


def table_names() -> list[str]:
    """Return the tables of words that decide something, weights apart."""
    return [name for name in load_lexicon().tables if name not in _WEIGHTS and not name.startswith("explanations.")]


def _roles() -> Iterator[Switch]:
    for name in removable():
        yield Switch("role rule", name, _called(without_rule, name))


def _setting() -> Iterator[Switch]:
    find = SettingFinder.find

    def kindless(self: SettingFinder, *given: Any) -> Setting:
        return Setting("plan")

    def regionless(self: SettingFinder, *given: Any) -> Setting:
        found = find(self, *given)
        return Setting(found.kind, [Region(0, 1 << 60, _DEFAULT[found.kind])])

    yield Switch("setting", "kind of document", _put(SettingFinder, "find", kindless))
    yield Switch("setting", "regions", _put(SettingFinder, "find", regionless))


def _changes() -> Iterator[Switch]:
    yield Switch("change", "all", _put(ChangeReader, "read", _returning(("", False))))
    yield Switch("change", "words of the clause", _put(ChangeReader, "_own", _returning(("", None))))
    for name in ("_ORIGIN", "_BEHIND", "_COMPARED"):
        yield Switch("change", name, _put(changes, name, NEVER))


def _bounds() -> Iterator[Switch]:
    yield Switch("bound", "left", _put(BoundReader, "_before", lambda self, text, start, lowest: ("eq", start)))
    yield Switch("bound", "right", _put(BoundReader, "_after", lambda self, text, end, highest: ("eq", end)))
    yield Switch("bound", "far left", _put(BoundReader, "_far_before", _returning("eq")))
    yield Switch("bound", "spread back", _put(bounds, "_spread_back", _returning(None)))
    yield Switch("bound", "spread on", _put(bounds, "_spread_on", _returning(None)))


def _indicators() -> Iterator[Switch]:
    def unnamed(self: Any, text: str, scene: Any, candidates: Any) -> Choice:
        return Choice([])

    yield Switch("indicator", "ranking", _put(IndicatorFinder, "_choose", unnamed))
    yield Switch("indicator", "series", _put(Series, "runs", _returning({})))
    split = Series.sharing

    def single(self: Series, text: str, best: Any, scene: Any) -> Any:
        found = split(self, text, best, scene)
        return found if len(found) == 1 else [type(found[0])(best.start, best.end, best.name)]

    yield Switch("indicator", "one value of several", _put(Series, "sharing", single))
    survey = Surveyor.candidates
    for side, meaning in load_lexicon().pairs("explanations.sides.en").items():

        def kept(self: Surveyor, scene: Any, side: str = side) -> Any:
            return [one for one in survey(self, scene) if not one.features[0].startswith(side)]

        yield Switch("indicator side", f"{side}: {meaning}", _put(Surveyor, "candidates", kept))
    for family in feature_families(load_lexicon().pairs("indicator_weights")):
        yield Switch("indicator feature", family, nullcontext, _lighter("indicator_weights", family, indicator_family))
    for family in sorted({duty_family(name) for name in load_lexicon().pairs("duty_weights")}):
        yield Switch("duty feature", family, nullcontext, _lighter("duty_weights", family, duty_family))


def feature_families(weights: Mapping[str, str]) -> list[str]:
    """Return the families of the features: ``s``, ``len``, … of those of one phrase, ``base`` of those of the scene."""
    return sorted({indicator_family(name) for name in weights})


def indicator_family(feature: str) -> str:
    """Return the family of a feature of a candidate: ``L.len:4`` is of ``len``."""
    match = _FAMILY.match(feature)
    return match[1] if match else "base"


def duty_family(feature: str) -> str:
    """Return the family of a feature of the prose scorer: ``t=agent|g=state`` is of ``t|g``."""
    parts = feature.split("|")
    return "|".join(part.split("=")[0] for part in parts)


def _times() -> Iterator[Switch]:
    yield Switch("time", "all", _put(TimeLine, "_before", _returning(None)))
    before = TimeLine._before

    def near(self: TimeLine, context: Any, sorts: Any, start: int) -> Any:
        return before(self, context, sorts, max(start, context.sentence_start))

    yield Switch("time", "deadline of a lead sentence", _put(TimeLine, "_before", near))
    yield Switch("time", "years that are spoken of", _put(periods, "_year_spoken_of", lambda f, c, s, year: year))
    yield Switch("time", "joined phrases", _put(periods, "_joined", _returning(False)))


def _responsibilities() -> Iterator[Switch]:
    yield Switch("responsibility", "brackets", _put(BracketFinder, "_brackets", _returning(([], [], []))))
    yield Switch("responsibility", "labels", _put(BracketFinder, "_labels", _returning([])))
    yield Switch("responsibility", "brackets of bare names", _put(BracketFinder, "_closes_item", _returning(False)))
    yield Switch("responsibility", "notes on who leads", _put(BracketFinder, "_apply_notes", _returning(None)))
    yield Switch("responsibility", "items", _put(ItemFinder, "find", _returning([])))
    yield Switch("responsibility", "items: heads", _put(ItemFinder, "_heads", _returning(None)))
    yield Switch("responsibility", "items: below lead lines", _put(ItemFinder, "_below_leads", _returning(None)))
    yield Switch("responsibility", "full names", _put(FullNames, "names", lambda self, printed, issuer: list(printed)))
    propose = ProseFinder.candidates
    for trigger in TRIGGERS:

        def kept(self: ProseFinder, *given: Any, trigger: str = trigger, **options: Any) -> Any:
            return [one for one in propose(self, *given, **options) if one.trigger != trigger]

        yield Switch("responsibility", f"prose: {trigger}", _put(ProseFinder, "candidates", kept))
    yield Switch("responsibility", "prose: all", _put(ProseFinder, "candidates", _returning([])))
    yield Switch("responsibility", "prose: scorer (takes all)", _put(DutyScores, "score", _returning(1.0)))


def _outline() -> Iterator[Switch]:
    yield Switch("outline", "all", _put(OutlineFinder, "find", lambda self, *given: Outline()))
    yield Switch("outline", "soft line breaks", _put(lines, "soft_breaks", _returning([])))
    yield Switch("outline", "settling", _put(outline, "settle", _returning(None)))
    yield Switch(
        "outline", "headings without a label", _put(Headings, "lone", lambda self, f, ls, *given: [False] * len(ls))
    )
    for name in ("_drop_annex_lists", "_drop_front_dashes", "_drop_agenda"):
        yield Switch("outline", f"settling: {name[6:].replace('_', ' ')}", _put(settling, name, _returning(None)))
    yield Switch("outline", "lists that resume", _put(Following, "resumes", _returning(False)))


def _returning(value: Any) -> Callable[..., Any]:
    return lambda *given, **named: value


def _called(function: Callable[..., AbstractContextManager[Any]], *given: Any) -> Callable[[], Any]:
    return lambda: function(*given)


def _gone() -> AbstractContextManager[Any]:
    raise LookupError("the parser has no such part")


def _put(owner: Any, name: str, new: Any) -> Callable[[], AbstractContextManager[Any]]:
    """Return a context in which ``owner`` has another member of that name, and so have those who imported it."""
    if not hasattr(owner, name):
        return _gone

    @contextmanager
    def put() -> Iterator[None]:
        old = getattr(owner, name)
        owners = [owner]
        if isinstance(owner, ModuleType):
            owners += [m for m in sys.modules.values() if vars(m).get(name) is old and m is not owner]
        patches = [patch.object(one, name, new) for one in owners]
        for one in patches:
            one.start()
        try:
            yield
        finally:
            for one in patches:
                one.stop()

    return put


def _off(name: str) -> Callable[[], Lexicon]:
    """Return a lexicon in which one table holds nothing that a text may hold."""

    def made() -> Lexicon:
        lexicon = load_lexicon()
        table = lexicon.tables[name]
        empty = (NOTHING,) if isinstance(table, tuple) else MappingProxyType({NOTHING: next(iter(table.values()))})
        return _changed(lexicon, name, empty)

    return made


def _lighter(table: str, family: str, family_of: Callable[[str], str]) -> Callable[[], Lexicon]:
    """Return a lexicon whose weights lack one family of features."""

    def made() -> Lexicon:
        lexicon = load_lexicon()
        kept = {name: weight for name, weight in lexicon.pairs(table).items() if family_of(name) != family}
        return _changed(lexicon, table, MappingProxyType(kept))

    return made


def _changed(lexicon: Lexicon, name: str, table: Any) -> Lexicon:
    return replace(lexicon, tables=MappingProxyType({**lexicon.tables, name: table}))


def _owns(module: ModuleType, name: str) -> bool:
    """Tell whether a module assigns that name itself and did not import it."""
    targets = (node.targets for node in parsed(module).body if isinstance(node, ast.Assign))
    return any(isinstance(one, ast.Name) and one.id == name for group in targets for one in group)


def _short(module: ModuleType) -> str:
    return module.__name__.rsplit(".", 1)[-1]
