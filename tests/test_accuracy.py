"""The programs that measure: genres, kinds of error, ablation, and the page that is written from them."""

from __future__ import annotations

import ast
import re
import time
from pathlib import Path

import pytest

from benchmarks import ablation
from benchmarks.accuracy import confidences, main, page
from benchmarks.error_kinds import counted
from benchmarks.genres import GENRES, genre
from benchmarks.limits import FIELDS, Limit, limits, reading
from benchmarks.rules import removable, rule_modules, rule_names, without, without_rule
from benchmarks.surgery import branches, parsed, without_branch
from benchmarks.switches import (
    NOTHING,
    Switch,
    branch_switches,
    duty_family,
    indicator_family,
    pattern_switches,
    switches,
)
from policyparse import Evaluation, Parser, Source, parse
from policyparse.corpus.gold import Sample, load_samples
from policyparse.parsing import roles

PLAN = "云坪县2024年工作要点\n一、重点任务\n（一）扩大就业。全年新增城镇就业5万人以上，奖励每人1000元。（县人社局、县财政局负责）\n各镇要抓好落实。"

LAW = "云坪县停车管理办法\n" + "".join(f"第{n}条　泊位不少于{k}0个。\n" for k, n in enumerate("一二三四五", 1))


@pytest.fixture(scope="module")
def samples(corpora: Path) -> list[Sample]:
    return load_samples(corpora)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("lanjiang-report-2024", "reports"),
        ("county-report-1986", "old reports in Chinese numerals"),
        ("private-economy-measures-2024", "measures"),
        ("domestic-services-opinion-2024", "opinions and notices"),
        ("urban-renewal-scheme-2024", "plans"),
        ("parking-measures-2024", "laws"),
    ],
)
def test_genres(samples: list[Sample], name: str, expected: str) -> None:
    sample = next(one for one in samples if one.name == name)
    assert genre(sample, Parser().findings(sample.source)) == expected


def test_text_in_traditional_characters_is_a_genre_of_its_own(samples: list[Sample]) -> None:
    text = "縣政府工作報告\n一、實業發展\n全縣國民經濟應當進一步發展，機關與學會設點十處。\n" * 3
    source = samples[0].source.model_copy(update={"text": text})
    assert genre(samples[0], Parser().findings(source)) == "traditional characters"


def test_kinds_of_error_account_for_every_error(samples: list[Sample]) -> None:
    parser = Parser()
    evaluation = Evaluation()
    for sample in samples:
        evaluation.add(sample.name, sample.gold, parser.parse(sample.source))
    kinds = counted(samples, parser)
    counts = [count for _, count, _ in kinds]
    assert counts == sorted(counts, reverse=True)
    assert all(1 <= documents <= count for _, count, documents in kinds)
    for field in ("role", "change", "bound", "deadline", "indicator"):
        found = sum(count for kind, count, _ in kinds if kind.layer == field)
        accuracy = evaluation.accuracy[field]
        assert found == accuracy.of - accuracy.right
    wrong = evaluation.layers["responsibility"]
    found = sum(count for kind, count, _ in kinds if kind.layer == "responsibility")
    assert max(wrong.false, wrong.missed) <= found <= wrong.false + wrong.missed


def test_a_document_without_errors_has_no_kinds(samples: list[Sample]) -> None:
    sample = samples[0]
    empty = sample.gold.model_copy(
        update={"windows": ((0, 0),), "quantities": (), "responsibilities": (), "outline": ()}
    )
    kinds = counted([Sample(sample.name, sample.source, empty)], Parser())
    assert not [kind for kind, _, _ in kinds if kind.layer in ("role", "quantity", "responsibility", "outline")]


def test_a_rule_can_be_taken_out_and_is_back_afterwards() -> None:
    source = Source(name="law", text=LAW)
    parser = Parser()
    assert {claim.rule for claim in parser.findings(source).claims} == {"law"}
    with without_rule("law"):
        assert "law" not in {claim.rule for claim in parser.findings(source).claims}
    assert {claim.rule for claim in parser.findings(source).claims} == {"law"}


def test_every_rule_but_the_defaults_can_be_taken_out() -> None:
    names = removable()
    assert len(names) == len(set(names)) > 10
    assert {"plan", "review", "rules"} == set(rule_names()) - set(names)
    before = parse(PLAN)
    for name in names:
        assert any(ast.dump(without(module, name)) != ast.dump(parsed(module)) for module in rule_modules()), name
        with without_rule(name):
            parse(PLAN)
    assert parse(PLAN) == before


def test_a_branch_can_be_taken_out() -> None:
    found = branches(roles)
    assert all(str(branch).startswith("roles:") for branch in found)
    law = next(branch for branch in found if "'law'" in branch.condition)
    source = Source(name="law", text=LAW)
    with without_branch(law):
        assert "law" not in {claim.rule for claim in Parser().findings(source).claims}
    assert {claim.rule for claim in Parser().findings(source).claims} == {"law"}


def test_every_switch_works_and_leaves_nothing_behind() -> None:
    before = parse(PLAN)
    parser = Parser()
    groups: dict[str, int] = {}
    for switch in switches():
        groups[switch.group] = groups.get(switch.group, 0) + 1
        if switch.group in ("table", "indicator feature", "duty feature") and groups[switch.group] % 25 != 1:
            continue
        with switch.off(), ablation.limited(20):
            lexicon = switch.lexicon()
            used = parser if lexicon is parser.lexicon else Parser(lexicon)
            used.parse(Source(name="plan", text=PLAN))
    assert parse(PLAN) == before
    assert groups.keys() >= {
        "role rule",
        "setting",
        "change",
        "bound",
        "indicator",
        "indicator side",
        "table",
        "outline",
    }
    assert all(switch.group for switch in (*branch_switches(), *pattern_switches()))


def test_what_runs_for_ever_is_stopped() -> None:
    with pytest.raises(TimeoutError), ablation.limited(1):
        time.sleep(10)


def test_a_table_that_is_off_matches_nothing() -> None:
    switch = next(one for one in switches() if one.name == "duties.prose.directing")
    lexicon = switch.lexicon()
    assert lexicon.words("duties.prose.directing") == (NOTHING,)
    assert len(lexicon.tables) == len(Parser().lexicon.tables)


def test_families_of_features() -> None:
    assert [indicator_family(name) for name in ("L.len:4", "X0.stem|only", "P0|,|phrase", "bias")] == [
        "len", "stem", "base", "base",
    ]  # fmt: skip
    assert duty_family("t=agent|g=state") == "t|g"


def test_ablation_shows_what_falls(samples: list[Sample], corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    two = [sample for sample in samples if sample.name in ("lanjiang-report-2024", "county-commerce-agenda")]
    chosen = [one for one in switches() if (one.group, one.name) in {("bound", "right"), ("change", "all")}]

    def broken() -> None:
        raise LookupError

    rows = ablation.ablate([two, two[:1]], [*chosen, Switch("none", "fails", broken)])
    change, bound = rows[0], rows[1]
    assert [row.switch.group for row in rows] == ["change", "bound", "none"]
    assert all(row.matters() and not row.harms() for row in rows)
    assert change.falls[0]["change"] > 0.05
    assert abs(change.falls[0]["bound"]) < 1e-9
    assert bound.falls[0]["bound"] > 0.05
    assert (rows[2].broken, rows[2].falls) == ("LookupError", [])
    shown = ablation.to_markdown(rows)
    assert "| change: all |" in shown
    assert "fails" not in shown, "what the parser cannot run without stands below the table"
    assert len({line.count(" | ") for line in shown.splitlines()[2:]}) == 1
    text = ablation.to_text(rows, ["one", "two"])
    assert text.startswith("Fall in thousandths: one / two\n")
    ablation.main([str(corpora), "--group", "time"])
    assert "Costs nothing" in capsys.readouterr().out


def test_confidence_is_compared_with_what_is_right(samples: list[Sample]) -> None:
    rates = list(confidences(samples[0], Parser().parse(samples[0].source)))
    assert rates
    assert all(0 <= rate <= 1 for rate, _ in rates)


def test_the_page_holds_figures_and_no_text_of_the_documents(samples: list[Sample]) -> None:
    sets = {"dev": samples[:4], "check": samples[4:8], "corpora": samples[8:]}
    shown = "\n".join(page(sets, [(0.95, True), (0.4, False)], []))
    for title in ("By layer", "By genre", "Confidence", "The commonest kinds of error", "Known limits"):
        assert f"\n## {title}\n" in shown
    assert "What each part is worth" not in shown
    assert "| target record, F1 | " in shown
    assert any(f"| {one} | dev |" in shown for one in GENRES)
    assert "| 0.90 or more |" in shown
    figures = shown[: shown.index("## Known limits")]
    texts = "".join(sample.source.text for sample in samples)
    assert not [run for run in re.findall(r"[\u4e00-\u9fff]{6,}", figures) if run in texts]


def test_a_folder_without_documents_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path)])
    assert f"{tmp_path / 'dev'}: no such folder" in capsys.readouterr().err


@pytest.mark.parametrize("limit", limits(), ids=lambda limit: limit.what[:30])
def test_known_limits_are_well_formed(limit: Limit) -> None:
    assert limit.text.count(limit.phrase) >= 1
    assert limit.field in FIELDS
    assert limit.wanted
    assert reading(limit)
