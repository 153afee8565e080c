"""An explanation as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from policyparse.cli.table import WORDS, Language, clean, columns, page, printed, value_of
from policyparse.reasons import Evidence, Explanation, Meaning, ResponsibilityReasons, StatementReasons, Weighed

_SHOWN_FEATURES = 3

_HEADS: dict[Language, dict[str, str]] = {
    "zh": {
        "document": "文种",
        "region": "所在部分",
        "place": "所在条目",
        "role": "角色",
        "rule": "规则",
        "indicator": "指标",
        "key": "统一名称",
        "way": "得出方式",
        "candidate": "候选指标",
        "side": "位置",
        "score": "得分",
        "share": "占比",
        "features": "最强特征",
        "bound": "上下限",
        "change": "变化",
        "deadline": "期限",
        "confidence": "置信度",
        "target": "目标",
        "entity": "单位",
        "duty": "职责",
        "origin": "来源",
        "trigger": "触发词",
        "cue": "依据",
        "scope": "适用条目",
        "whole": "全文",
        "by_note": "按文中说明，列首位的牵头",
        "eq": "无",
        "level": "无",
        "range": "区间",
    },
    "en": {
        "document": "document",
        "region": "region",
        "place": "place",
        "role": "role",
        "rule": "rule",
        "indicator": "indicator",
        "key": "key",
        "way": "found by",
        "candidate": "candidate",
        "side": "side",
        "score": "score",
        "share": "share",
        "features": "strongest features",
        "bound": "bound",
        "change": "change",
        "deadline": "deadline",
        "confidence": "confidence",
        "entity": "entity",
        "duty": "role",
        "origin": "comes from",
        "trigger": "trigger",
        "cue": "cue",
        "scope": "holds for",
        "whole": "the whole document",
        "by_note": "the first of the list leads, as the text says",
        "eq": "none",
        "level": "none",
    },
}


def render(explanation: Explanation, language: Language, *, terminal: bool) -> str:
    """Return an explanation as text in columns; Chinese characters take two columns."""
    console, buffer = page(terminal=terminal)
    words = {**WORDS[language], **_HEADS[language]}
    statement, duty = explanation.statement, explanation.responsibility
    title = ""
    if statement is not None:
        title = f"{statement.statement.id}  {value_of(statement.statement)}"
    elif duty is not None:
        title = f"{duty.responsibility.id}  {clean(duty.responsibility.entity.text)}"
    console.print(Text(title, style="bold"))
    grid = Table.grid(Column(no_wrap=True, style="dim"), Column(overflow="fold"), padding=(0, 2))
    for head, text in (
        *_place(explanation, words, language),
        *(_statement(statement, words, language) if statement else ()),
        *(_duty(duty, words, language) if duty else ()),
    ):
        grid.add_row(head, text)
    console.print(Padding(grid, (0, 0, 1, 2)))
    if statement is not None and statement.candidates:
        console.print(_candidates(statement, words, language))
    return printed(buffer)


def _place(explanation: Explanation, words: dict[str, str], language: Language) -> Iterable[tuple[str, str]]:
    sign = _meaning(explanation.sign, language)
    if explanation.sign_word:
        sign += f" {explanation.sign_word}"
    yield words["document"], _with(_meaning(explanation.kind, language), sign, words)
    yield words["region"], _with(_meaning(explanation.purpose, language), clean(explanation.region), words)
    if explanation.headings:
        yield words["place"], clean(" › ".join(explanation.headings))


def _statement(reasons: StatementReasons, words: dict[str, str], language: Language) -> Iterable[tuple[str, str]]:
    statement = reasons.statement
    yield words["role"], words.get(statement.role, statement.role)
    yield words["rule"], _with(reasons.rule.name, _meaning(reasons.rule, language), words)
    yield words["indicator"], clean(words["comma"].join(one.name for one in statement.indicators)) or words["none"]
    if keys := [one.key for one in statement.indicators if one.key]:
        yield words["key"], words["comma"].join(keys)
    yield words["way"], _with(_meaning(reasons.way, language), f"{reasons.certainty:.2f}", words)
    bound = statement.quantity.bound
    shown = {"eq": words["eq"], "range": words.get("range", "range"), "approx": "≈"}
    signs = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
    yield words["bound"], _evidence(shown.get(bound) or signs.get(bound, bound), reasons.bound, words, language)
    change = words.get(statement.change, statement.change) if statement.change else words["level"]
    yield words["change"], _evidence(change, reasons.change, words, language)
    if statement.deadline is not None and reasons.deadline is not None:
        due = statement.deadline.due
        yield words["deadline"], _evidence(due.isoformat() if due else "?", reasons.deadline, words, language)
    if statement.confidence is not None:
        rated = f"{statement.confidence:.2f}"
        yield words["confidence"], _with(rated, _features(reasons.confidence), words)


def _duty(reasons: ResponsibilityReasons, words: dict[str, str], language: Language) -> Iterable[tuple[str, str]]:
    duty = reasons.responsibility
    yield words["entity"], clean(duty.entity.name)
    yield words["duty"], words.get(duty.role, duty.role)
    if duty.cue is not None:
        yield words["cue"], clean(duty.cue.text)
    note = words["by_note"] if reasons.by_note else ""
    yield words["origin"], _with(_meaning(reasons.origin, language), note, words)
    if reasons.trigger is not None:
        yield words["trigger"], _meaning(reasons.trigger, language)
    if reasons.score is not None:
        yield words["score"], _with(f"{reasons.score:+.2f}", _features(reasons.features, len(reasons.features)), words)
    yield words["scope"], reasons.scope or words["whole"]


def _candidates(reasons: StatementReasons, words: dict[str, str], language: Language) -> Table:
    table = columns(
        Column("", no_wrap=True, style="bold"),
        Column(words["candidate"], overflow="fold", ratio=4, min_width=8),
        Column(words["side"], overflow="fold", ratio=3, min_width=6),
        Column(words["score"], no_wrap=True, justify="right"),
        Column(words["share"], no_wrap=True, justify="right"),
        Column(words["features"], overflow="fold", ratio=5, min_width=10),
    )
    for one in reasons.candidates:
        side = f"{one.side.name} {_meaning(one.side, language)}"
        table.add_row(
            "*" if one.chosen else "",
            clean(one.name),
            side,
            f"{one.score:+.2f}",
            f"{one.share:.0%}",
            _features(one.features),
        )
    return table


def _evidence(shown: str, evidence: Evidence, words: dict[str, str], language: Language) -> str:
    said = _meaning(evidence.how, language)
    if evidence.words:
        said += " " + clean(" … ".join(span.text for span in evidence.words))
    return _with(shown, said, words)


def _features(features: Sequence[Weighed], count: int = _SHOWN_FEATURES) -> str:
    return "  ".join(f"{clean(one.feature)} {one.weight:+.2f}" for one in features[:count])


def _meaning(meaning: Meaning, language: Language) -> str:
    return meaning.zh if language == "zh" else meaning.en


def _with(shown: str, why: str, words: dict[str, str]) -> str:
    return f"{shown}{words['open']}{why}{words['close']}" if why else shown
