"""Explanations: what decided a statement or a responsibility, found by offset."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from benchmarks.rules import rule_names
from policyparse import Parser, Source, explain, parse, read
from policyparse.errors import UsageError
from policyparse.lexicon import load_lexicon
from policyparse.parsing import compositions, confidence, leads, roles, setting, survey
from policyparse.parsing.explanation import Explainer
from policyparse.reasons import ResponsibilityReasons, StatementReasons

PLAN = """临溪市2025年工作要点
一、扩大就业
全年新增城镇就业5万人以上，城镇调查失业率控制在5.5%左右。
二、培育产业
到2025年底，建成标准厂房80万平方米。从30%提高到35%。
服务业增加值、社会消费品零售总额分别增长6%和7%，培育企业十几家，投入2—3亿元。
三、保障措施
（牵头单位：市人社局；配合单位：市财政局）
鼓励企业加大投入。各县区要加强领导，按时完成任务。
责任单位：市商务局
市教育局：负责学位建设。
"""


def statement(text: str, phrase: str) -> StatementReasons:
    found = explain(text, text.index(phrase)).statement
    assert found is not None
    return found


def duty(text: str, phrase: str) -> ResponsibilityReasons:
    found = explain(text, text.index(phrase)).responsibility
    assert found is not None
    return found


def test_a_statement_says_its_rule_and_its_indicator() -> None:
    why = explain(PLAN, PLAN.index("5万人"))
    assert (why.kind.name, why.sign.name, why.sign_word, why.purpose.name) == ("plan", "title", "要点", "plan")
    assert why.headings == ("一、扩大就业",)
    found = why.statement
    assert found is not None
    assert found.statement == parse(PLAN).statements()[0]
    assert (found.rule.name, found.way.name) == ("plan", "ranked")
    assert found.rule.zh != found.rule.en != found.rule.name
    assert found.candidates[0].name == found.statement.indicators[0].name == "城镇就业"
    assert found.candidates[0].side.name == "L"
    scores = [one.score for one in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert len(found.candidates) <= 6, "five, and the one that was chosen"
    assert [one.chosen for one in found.candidates].count(True) == 1
    assert sum(one.share for one in found.candidates) <= 1.01
    weights = load_lexicon().pairs("indicator_weights")
    for one in found.candidates:
        assert one.features
        assert all(float(weights[rated.feature]) == rated.weight for rated in one.features)


@pytest.mark.parametrize(
    ("phrase", "bound", "words"),
    [
        ("5万人", "right", ["以上"]),
        ("5.5%", "right", ["左右"]),
        ("80万平方米", "plain", []),
        ("十几家", "numeral", []),
        ("2—3亿元", "range", []),
    ],
)
def test_what_gave_the_bound(phrase: str, bound: str, words: list[str]) -> None:
    found = statement(PLAN, phrase).bound
    assert (found.how.name, [word.text for word in found.words]) == (bound, words)


@pytest.mark.parametrize(
    ("phrase", "change", "words"),
    [
        ("5万人", "verb", ["新增"]),
        ("5.5%", "level", []),
        ("6%", "verb", ["增长"]),
    ],
)
def test_what_gave_the_change(phrase: str, change: str, words: list[str]) -> None:
    found = statement(PLAN, phrase).change
    assert (found.how.name, [word.text for word in found.words]) == (change, words)


def test_a_level_at_which_a_change_arrives() -> None:
    text = "一、绿化\n森林覆盖率提高到45%。"
    found = statement(text, "45%").change
    assert (found.how.name, [word.text for word in found.words]) == ("arrival", ["提高到"])


@pytest.mark.parametrize(
    ("text", "phrase", "change", "words"),
    [
        ("一、增长\n特色产业产值翻一番。", "翻一番", "unit", ["翻一番"]),
        ("一、减负\n研发费用按100%的比例加计扣除。", "100%", "behind", ["加计扣除"]),
    ],
)
def test_a_change_that_the_clause_words_otherwise(text: str, phrase: str, change: str, words: list[str]) -> None:
    found = statement(text, phrase).change
    assert (found.how.name, [word.text for word in found.words]) == (change, words)


def test_where_the_deadline_stands() -> None:
    found = statement(PLAN, "80万平方米").deadline
    assert found is not None
    assert (found.how.name, [word.text for word in found.words]) == ("sentence", ["到2025年底"])
    lead = "临溪市规划\n一、发展目标\n到2030年，主要目标是：基础更牢。森林覆盖率达到45%。\n"
    found = statement(lead, "45%").deadline
    assert found is not None
    assert (found.how.name, found.words[0].text) == ("lead", "到2030年")


def test_a_series_has_no_candidates() -> None:
    found = statement(PLAN, "7%")
    assert found.way.name == "series"
    assert found.candidates == ()
    assert [one.name for one in found.statement.indicators] == ["社会消费品零售总额"]


@pytest.mark.parametrize(
    ("phrase", "origin", "role"),
    [
        ("市人社局", "bracket", "lead"),
        ("市财政局", "bracket", "support"),
        ("市商务局", "label", "responsible"),
        ("市教育局", "item", "responsible"),
    ],
)
def test_where_a_responsibility_comes_from(phrase: str, origin: str, role: str) -> None:
    found = duty(PLAN, phrase)
    assert (found.origin.name, found.responsibility.role) == (origin, role)
    assert found.responsibility.entity.text == phrase
    assert (found.trigger, found.score, found.features) == (None, None, ())
    assert found.scope == "3"


@pytest.mark.parametrize(("phrase", "trigger"), [("企业加大", "directing"), ("各县区", "subject")])
def test_a_body_in_prose_says_its_trigger_and_score(phrase: str, trigger: str) -> None:
    found = duty(PLAN, phrase)
    assert found.origin.name == "prose"
    assert found.trigger is not None
    assert found.trigger.name == trigger
    assert found.score is not None
    assert found.score > 0
    assert found.features
    assert max(found.features, key=lambda one: abs(one.weight)) == found.features[0]


def test_a_note_that_lets_the_first_lead() -> None:
    text = "一、任务\n抓好落实。（市商务局、市财政局负责。列第一位者为牵头单位）\n二、要求\n做好保障。（市统计局、市公安局负责）\n"
    assert [duty(text, name).by_note for name in ("市统计局", "市公安局")] == [True, False]


def test_the_region_and_its_heading() -> None:
    text = "政府工作报告\n各位代表：我代表市人民政府向大会报告工作，请予审议。\n一、2023年工作回顾\n生产总值增长5%。\n二、2024年工作安排\n生产总值增长6%。\n"
    why = explain(text, text.index("5%"))
    assert (why.kind.name, why.sign.name, why.purpose.name) == ("report", "address", "review")
    assert why.region == "一、2023年工作回顾"
    assert why.statement is not None
    assert why.statement.rule.name == "review"
    assert explain(text, text.index("6%")).region == "二、2024年工作安排"


def test_a_place_beside_takes_the_only_one_in_its_sentence() -> None:
    sentence = PLAN.index("到2025年底")
    why = explain(PLAN, sentence)
    assert why.at == sentence
    assert why.statement is not None
    assert why.statement.statement.quantity.text == "80万平方米"


def test_a_place_in_the_name_of_an_indicator() -> None:
    found = explain(PLAN, PLAN.index("城镇调查失业率") + 2).statement
    assert found is not None
    assert found.statement.quantity.text == "5.5%"


@pytest.mark.parametrize("phrase", ["一、扩大就业", "，城镇调查", "分别增长"])
def test_a_place_where_nothing_stands_names_the_nearest(phrase: str) -> None:
    at = PLAN.index(phrase)
    with pytest.raises(UsageError, match=rf"at offset {at}; nearest: .+ at \d+, .+ at \d+"):
        explain(PLAN, at)


@pytest.mark.parametrize("at", [-1, len(PLAN), 10**9])
def test_a_place_outside_of_the_text(at: int) -> None:
    with pytest.raises(UsageError, match=rf"offset {at} lies outside of the text, which has {len(PLAN)} characters"):
        explain(PLAN, at)


def test_a_text_without_anything_to_explain() -> None:
    with pytest.raises(UsageError, match="the text has no quantity and no responsible body"):
        explain("提高认识。", 1)


def test_offsets_are_those_of_the_source() -> None:
    text = PLAN.replace("\n", "\r\n")
    markup = Source(name="plan", text="# " + PLAN)
    assert explain(text, text.index("80万")).statement is not None
    assert explain(markup, markup.text.index("80万")).statement is not None


def test_everything_that_is_found_can_be_explained(corpora: Path) -> None:
    explainer = Explainer(Parser())
    for name in ("county-commerce-agenda", "county-report-1986", "startup-loan-rules-2025"):
        source = read(corpora / f"{name}.txt")
        document = parse(source)
        for one in document.statements():
            found = explainer.explain(source, one.quantity.start).statement
            assert found is not None
            assert found.statement == one
            assert found.rule.en
            chosen = [rated.name for rated in found.candidates if rated.chosen]
            assert len(chosen) == (found.way.name == "ranked")
            if chosen and len(one.indicators) == 1:
                assert chosen == [one.indicators[0].name] or one.indicators[0].name.endswith(chosen[0])
        for duty in document.responsibilities:
            reasons = explainer.explain(source, duty.entity.start).responsibility
            assert reasons is not None
            assert reasons.responsibility == duty


def meanings(table: str) -> set[str]:
    lexicon = load_lexicon()
    chinese, english = (lexicon.pairs(f"explanations.{table}.{language}") for language in ("zh", "en"))
    assert chinese.keys() == english.keys()
    return set(chinese)


def test_every_rule_has_a_meaning() -> None:
    names = set(rule_names())
    assert "plan" in names, "rules are still found in the source"
    # Regions that need no rule give their own name.
    names |= set(roles._DEFAULTS) - {"results", "front"}
    assert names <= meanings("rules"), f"no meaning in explanations.toml: {sorted(names - meanings('rules'))}"


def test_every_other_name_has_a_meaning() -> None:
    signs = {
        part.value
        for node in ast.walk(ast.parse(inspect.getsource(setting)))
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 3
        for part in node.value.elts[1:2]
        if isinstance(part, ast.Constant)
    }
    assert signs <= meanings("signs")
    assert meanings("purposes") == set(roles._DEFAULTS)
    assert meanings("kinds") == {"report", "plan", "measures", "law"}
    assert meanings("ways") == {"series", "ranked", "none"}
    source = "".join(inspect.getsource(module) for module in (compositions, leads, survey))
    sides = {one or other for one, other in re.findall(r'sided\("(\w)"\)|label = f"(\w)\{', source)}
    assert sides == meanings("sides")
    for table in ("evidence", "origins", "triggers"):
        assert meanings(table)


def test_the_features_of_confidence_are_those_that_are_rated() -> None:
    found = statement(PLAN, "5万人")
    weights = load_lexicon().pairs("confidence_weights")
    assert inspect.signature(confidence.confidence_features).parameters
    assert all(float(weights[one.feature]) == one.weight for one in found.confidence)
