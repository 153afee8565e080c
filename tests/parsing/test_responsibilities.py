"""Responsibilities: tables of cases, each row one shape of the language; regions, scope, speed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from policyparse import parse
from policyparse.lexicon import load_lexicon
from policyparse.parsing.characters import reading_text
from policyparse.parsing.lines import soft_breaks
from policyparse.parsing.records import Duty, Outline, Region, Section, Setting
from policyparse.parsing.responsibilities import DutyFinder
from policyparse.parsing.sentences import Sentences

SPECS = Path(__file__).parent.parent / "specs"
TABLES = (
    "responsibilities.tsv",
    "responsibility_subjects.tsv",
    "responsibility_organs.tsv",
    "responsibility_rules.tsv",
)
FINDER = DutyFinder(load_lexicon())


def rows(name: str) -> list[list[str]]:
    lines = (SPECS / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def duties(
    source: str, kind: str = "plan", purpose: str = "plan", issuer: str | None = None, outline: Outline | None = None
) -> list[Duty]:
    text = reading_text(source)
    text = text.without(soft_breaks(text.folded))
    if outline is None:
        outline = Outline()
        outline.close()
    setting = Setting(kind, [Region(0, len(text.folded), purpose)])
    return FINDER.find(text, outline, Sentences(text.folded), setting, issuer)


def said(source: str, found: list[Duty]) -> str:
    return "|".join(f"{source[duty.start : duty.end]} {duty.role}" for duty in found)


@pytest.mark.parametrize(("text", "expected", "why"), [row for name in TABLES for row in rows(name)])
def test_entities_and_roles(text: str, expected: str, why: str) -> None:
    text = text.replace("\\n", "\n")
    assert said(text, duties(text)) == expected, why


@pytest.mark.parametrize(("text", "issuer", "expected", "why"), rows("responsibility_names.tsv"))
def test_full_names(text: str, issuer: str, expected: str, why: str) -> None:
    assert "|".join(duty.name for duty in duties(text, issuer=issuer or None)) == expected, why


@pytest.mark.parametrize("purpose", ["review", "results", "glossary"])
def test_what_is_over_gives_nobody_anything_to_do(purpose: str) -> None:
    assert not duties("组织企业参加展会12场。各部门要求真务实。（责任单位：市商务局）", "report", purpose)


def test_laws_charge_public_bodies_only() -> None:
    text = "第三条　停车设施经营者应当明码标价。\n第四条　公安机关应当维护秩序。"
    assert said(text, duties(text, "law")) == "公安机关 responsible"


def test_a_bracket_holds_for_the_item_that_it_closes() -> None:
    text = "1.提升服务。一是增设窗口；二是延长时间。（责任单位：市民政局）\n2.另一项。各部门要配合。"
    one, inner, two = text.index("1."), text.index("二是"), text.index("2.")
    outline = Outline(
        [
            Section(one, "1.", "1.", 1, 1, "提升服务", one + 2, one + 6, one + 7, end=two),
            Section(inner, "二是", "一是", 2, 2, "", inner, inner, inner + 2, end=two, parent=0, inline=True),
            Section(two, "2.", "1.", 2, 1, "另一项", two + 2, two + 5, two + 6, end=len(text)),
        ]
    )
    outline.close()
    assert [duty.scope for duty in duties(text, outline=outline)] == [0, 2]


def test_the_cue_is_the_word_that_gave_the_role() -> None:
    text = "各部门要落实责任。鼓励企业扩产。（市商务局牵头）"
    cues = [text[duty.cue[0] : duty.cue[1]] for duty in duties(text) if duty.cue]
    assert cues == ["要", "鼓励", "牵头"]


def test_spans_are_those_of_the_source() -> None:
    text = "加密公交。（责任单位：市交通\n运输局、市公安局）\n"
    found = parse(text).responsibilities
    assert [text[r.entity.start : r.entity.end] == r.entity.text for r in found] == [True, True]


HOSTILE = {
    "directed": "鼓励企业、" * 20_000,
    "list": "（责任单位：" + "市商务局、" * 20_000 + "）",
    "brackets": "（" * 30_000 + "责任单位：市商务局" + "）" * 30_000,
    "openers": "（责任单位：" * 15_000,
    "subjects": "各部门和" * 25_000 + "要",
    "modifiers": "的企业" * 30_000,
    "no signs": "市商务局负责" * 15_000,
    "agents": "由会同请经" * 20_000,
    "labels": "责任单位：\n" * 15_000,
    "leads": "有关部门应当提供下列信息：\n" + "（一）公安部门有关信息；\n" * 8_000,
    "duties": "公安部：负责" * 15_000,
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_time_grows_with_the_text_only(shape: str) -> None:
    text = HOSTILE[shape]
    started = time.process_time()
    duties(text)
    assert time.process_time() - started < len(text) * 60e-6
