"""Role, change, modality, deadline: tables of cases, each row one general pattern of the language."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policyparse import parse
from policyparse.lexicon import load_lexicon
from policyparse.parsing.characters import reading_text
from policyparse.parsing.outline import OutlineFinder
from policyparse.parsing.periods import TimeFinder
from policyparse.parsing.quantities import QuantityFinder
from policyparse.parsing.records import Choice, Claim, Region, Setting
from policyparse.parsing.sentences import Sentences
from policyparse.parsing.statements import StatementFinder

SPECS = Path(__file__).parent.parent / "specs"
LEXICON = load_lexicon()
OUTLINES, QUANTITIES = OutlineFinder(LEXICON), QuantityFinder(LEXICON)
TIMES, STATEMENTS = TimeFinder(LEXICON), StatementFinder(LEXICON)


def rows(name: str) -> list[list[str]]:
    lines = (SPECS / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def claims(source: str, purpose: str = "plan", year: int = 2024) -> list[Claim]:
    text = reading_text(source)
    outline = OUTLINES.find(text)
    measures = QUANTITIES.find(text.folded, rules=purpose == "rules")
    times = TIMES.find(text.folded, year)
    setting = Setting("measures" if purpose == "rules" else "report", [Region(0, len(source), purpose)])
    return STATEMENTS.find(
        text, outline, Sentences(text.folded), setting, times, measures, [Choice([]) for _ in measures]
    )


def claim(source: str, quantity: str, purpose: str = "plan") -> Claim:
    for found in claims(source, purpose):
        if source[found.measure.start : found.measure.end] == quantity:
            return found
    raise AssertionError(f"{quantity} is not found in {source}")


@pytest.mark.parametrize(("text", "quantity", "change", "why"), rows("changes.tsv"))
def test_change(text: str, quantity: str, change: str, why: str) -> None:
    assert claim(text, quantity).change == change, why


@pytest.mark.parametrize(("text", "changes", "why"), rows("change_series.tsv"))
def test_change_in_series(text: str, changes: str, why: str) -> None:
    assert [found.change for found in claims(text)] == changes.split(","), why


@pytest.mark.parametrize(("purpose", "text", "quantity", "role", "why"), rows("roles.tsv"))
def test_role(purpose: str, text: str, quantity: str, role: str, why: str) -> None:
    assert claim(text, quantity, purpose).role == role, why


@pytest.mark.parametrize("table", ["tenses.tsv", "quoted_goals.tsv", "groups.tsv"])
def test_hard_roles(table: str) -> None:
    wrong = []
    for purpose, text, quantity, role, why in rows(table):
        found = claim(text.replace("\\n", "\n"), quantity, purpose)
        if found.role != role:
            wrong.append(f"{text} {quantity}: {found.role} by {found.rule}, not {role} ({why})")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("purpose", "text", "quantity", "role", "change", "why"), rows("two_sides.tsv"))
def test_two_sides(purpose: str, text: str, quantity: str, role: str, change: str, why: str) -> None:
    found = claim(text, quantity, purpose)
    assert (found.role, found.change) == (role, change), f"{why}; the rule was {found.rule}"


@pytest.mark.parametrize(("purpose", "text", "quantity", "role", "bound", "why"), rows("old_and_new.tsv"))
def test_old_and_new(purpose: str, text: str, quantity: str, role: str, bound: str, why: str) -> None:
    found = claim(text, quantity, purpose)
    assert (found.role, found.measure.bound) == (role, bound), f"{why}; the rule was {found.rule}"


@pytest.mark.parametrize(("text", "quantity", "deadline", "why"), rows("lead_deadlines.tsv"))
def test_deadline_of_a_lead(text: str, quantity: str, deadline: str, why: str) -> None:
    source = text.replace("\\n", "\n")
    found = claim(source, quantity).deadline
    assert (source[found.start : found.end] if found else "-") == deadline, why


def test_articles_of_law_set_standards() -> None:
    text = "第三条 职工连续工作满12个月以上的，享受年休假。"
    document = parse("某某办法\n\n第一条 为规范管理，制定本办法。\n" + text + "\n第四条 本办法自公布之日起施行。")
    assert [fact.role for fact in document.facts] == ["standard"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("确保城镇新增就业5万人", "binding"),
        ("力争进出口增长10%", "striving"),
        ("城镇新增就业5万人", "stated"),
        ("预期城镇新增就业5万人", "expected"),
    ],
)
def test_modality(text: str, modality: str) -> None:
    assert claims(text)[0].modality == modality


def test_deadline_in_the_sentence_holds_for_what_follows() -> None:
    found = claims("到2025年，森林覆盖率达到42%，城镇化率达到65%。新建公园3个。")
    assert [c.deadline.last if c.deadline else None for c in found] == [date(2025, 12, 31), date(2025, 12, 31), None]


def test_deadline_of_a_sentence_of_goals_holds_for_the_next_sentence() -> None:
    found = claims("今年发展的主要目标是增长6%。城镇新增就业5万人。")
    assert [c.deadline is not None for c in found] == [True, True]


def test_period_and_baseline_of_an_actual() -> None:
    found = claims("2023年，出口额比上年增长8%。", "review")[0]
    assert found.period is not None
    assert found.period.first == date(2023, 1, 1)
    assert found.baseline is not None
    assert found.change == "increase"
