"""Which statement gives a year's figure, how it moves, and what the year after says."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import policyparse
from policyparse.comparison import Comparison, Series
from policyparse.errors import UsageError

City = Callable[..., Comparison]


def row(series: Series | None) -> list[tuple[int, str, str | None, str, str | None]]:
    assert series is not None
    return [
        (
            cell.year,
            cell.target.text if cell.target else "",
            cell.movement,
            cell.result.text if cell.result else "",
            cell.verdict,
        )
        for cell in series.cells
    ]


def test_promise_and_delivery_of_an_invented_city(corpora: Path) -> None:
    comparison = policyparse.compare(sorted(corpora.glob("lanjiang-report-*.txt")))
    assert comparison.issuers == ("澜江市人民政府",)
    assert row(comparison.find("gdp", "rate")) == [
        (2023, "6%", None, "5.8%", "tolerance"),
        (2024, "5.5%", "lowered", "5.5%", "met"),
        (2025, "5%—5.5%", "lowered", "", "not_reported"),
    ]
    assert row(comparison.find("fixed_investment", "rate")) == [
        (2023, "8%", None, "6.1%", "missed"),
        (2024, "6%", "lowered", "4.7%", "missed"),
        (2025, "5%", "lowered", "", "not_reported"),
    ]
    jobs = row(comparison.find("urban_new_jobs"))
    assert [cell[1:3] for cell in jobs] == [("2.3万人", None), ("2.3万人", "reworded"), ("2.2万人", "lowered")]
    unemployment = comparison.find("surveyed_unemployment")
    assert unemployment is not None
    assert [(cell.state, cell.movement) for cell in unemployment.cells][-1] == ("absent", "dropped")


def test_every_figure_is_where_it_says(corpora: Path) -> None:
    comparison = policyparse.compare(sorted(corpora.glob("lanjiang-report-*.txt")))
    texts = {path.name: policyparse.read(path).text for path in corpora.glob("*.txt")}
    figures = [
        figure for one in comparison.series for cell in one.cells for figure in (cell.target, cell.result) if figure
    ]
    assert len(figures) > 100
    for figure in figures:
        text = texts[Path(comparison.document(figure.document).path).name]
        assert text[figure.start : figure.end] == figure.text
        assert figure.sentence[figure.position : figure.position + len(figure.text)] == figure.text
        assert figure.sentence in text


def test_a_store_and_its_files_compare_alike(corpora: Path, tmp_path: Path) -> None:
    policyparse.batch(corpora / "lanjiang-report-*.txt", tmp_path / "store")
    from_store = policyparse.compare(tmp_path / "store", years="2023:2025")
    from_files = policyparse.compare(sorted(corpora.glob("lanjiang-report-*.txt")))
    with policyparse.open_store(tmp_path / "store") as store:
        from_open_store = policyparse.compare(store, issuers="澜江", years=(2023, 2025))
    assert from_store.series == from_open_store.series

    def plain(comparison: Comparison) -> list[object]:
        return [
            (
                one.key,
                one.name,
                one.form,
                [(c.year, c.movement, c.verdict, c.target and c.target.text) for c in one.cells],
            )
            for one in comparison.series
            if one.key
        ]

    assert plain(from_store) == plain(from_files)
    assert [(pair.alignment, pair.score) for pair in from_store.tasks] == [
        (pair.alignment, pair.score) for pair in from_files.tasks
    ]


def test_an_indicator_that_vanishes_for_a_year_is_absent(city: City) -> None:
    series = city(
        {
            2021: ("地区生产总值增长6%以上", ""),
            2022: ("居民消费价格涨幅3%左右", "地区生产总值增长6.2%。"),
            2023: ("地区生产总值增长6%以上", "地区生产总值增长2.1%。"),
        }
    ).find("gdp", "rate")
    assert series is not None
    assert [(cell.state, cell.movement, cell.verdict) for cell in series.cells] == [
        ("stated", None, "met"),
        ("absent", "dropped", None),
        ("stated", "new", "not_reported"),
    ]
    assert series.cells[1].result is not None


def test_a_year_without_a_document(city: City) -> None:
    series = city({2020: ("地区生产总值增长7%", ""), 2022: ("地区生产总值增长6%", "地区生产总值增长5%。")}).find("gdp")
    assert series is not None
    assert [(cell.year, cell.state, cell.reason, cell.against) for cell in series.cells] == [
        (2020, "stated", "no_document", None),
        (2021, "no_document", None, None),
        (2022, "stated", "no_document", 2020),
    ]


@pytest.mark.parametrize(
    ("before", "after", "movement"),
    [
        ("增长8%", "增长8.5%", "raised"),
        ("增长8%", "增长7%左右", "lowered"),
        ("增长8%", "增长8%", "unchanged"),
        ("增长8%", "增长8%左右", "reworded"),
        ("增长7%左右", "增长6.5%—7%", "lowered"),
        ("增长6.5%—7%", "增长6.5%左右", "lowered"),
        ("增长6%—7%", "增长6.2%—6.8%", "reworded"),
        ("增长8%", "达到900亿元", "reworded"),
    ],
)
def test_movement(city: City, before: str, after: str, movement: str) -> None:
    comparison = city({2020: (f"地区生产总值{before}", ""), 2021: (f"地区生产总值{after}", "")})
    cells = [cell for one in comparison.series if one.key == "gdp" for cell in one.cells if cell.year == 2021]
    assert {cell.movement for cell in cells} == {movement}


def test_a_decline_moves_as_it_is_worded(city: City) -> None:
    series = city({2020: ("单位地区生产总值能耗下降3%", ""), 2021: ("单位地区生产总值能耗下降4%以上", "")})
    assert [cell[2] for cell in row(series.find("energy_intensity"))] == [None, "raised"]


def test_growth_and_level_are_two_series(city: City) -> None:
    comparison = city(
        {
            2020: ("地区生产总值增长8%左右、达到900亿元", ""),
            2021: ("地区生产总值增长7%", "地区生产总值达到910亿元，增长8.3%。"),
        }
    )
    assert row(comparison.find("gdp", "rate"))[0][3:] == ("8.3%", "met")
    assert row(comparison.find("gdp", "level"))[0][3:] == ("910亿元", "met")


def test_averages_quarters_and_other_years_are_no_results(city: City) -> None:
    reached = (
        "五年来，地区生产总值年均增长9.1%，累计新增城镇就业30万人。"
        "去年一季度地区生产总值增长2.2%。去年，地区生产总值比上年增长7.7%，城镇新增就业6.5万人。"
        "地区生产总值比2015年增长45%。"
    )
    comparison = city({2020: ("地区生产总值增长8%，城镇新增就业6万人", ""), 2021: ("城镇新增就业6万人", reached)})
    assert row(comparison.find("gdp", "rate"))[0][3] == "7.7%"
    assert row(comparison.find("urban_new_jobs"))[0][3] == "6.5万人"


def test_the_goal_of_the_year_not_that_of_five_years(city: City) -> None:
    goals = "地区生产总值年均增长6.5%，到2025年城镇新增就业累计30万人；今年地区生产总值增长7%，城镇新增就业6万人以上"
    comparison = city({2021: (goals, "")})
    assert row(comparison.find("gdp", "rate"))[0][1] == "7%"
    assert row(comparison.find("urban_new_jobs"))[0][1] == "6万人"


def test_years_are_shown_as_asked_and_the_year_after_gives_results(city: City) -> None:
    reports = {
        year: (f"地区生产总值增长{year - 2012}%", f"地区生产总值增长{year - 2012}.5%。") for year in range(2018, 2022)
    }
    series = city(reports, years="2019:2020").find("gdp")
    assert row(series) == [(2019, "7%", None, "8.5%", "met"), (2020, "8%", "raised", "9.5%", "met")]


def test_documents_alone_have_no_sentences(corpora: Path) -> None:
    documents = [policyparse.parse_file(path) for path in sorted(corpora.glob("lanjiang-report-*.txt"))]
    comparison = policyparse.compare(documents)
    series = comparison.find("gdp", "rate")
    assert series is not None
    assert [cell.target.text for cell in series.cells if cell.target] == ["6%", "5.5%", "5%—5.5%"]
    assert {cell.target.sentence for cell in series.cells if cell.target} == {""}


def test_what_cannot_take_part_is_said(tmp_path: Path) -> None:
    nameless = tmp_path / "plan.txt"
    nameless.write_text("全年新增城镇就业5万人以上。", encoding="utf-8")
    with pytest.raises(UsageError, match=r"plan\.txt: issuer and year unknown; give it in a table"):
        policyparse.compare(nameless)
    table = tmp_path / "table.csv"
    table.write_text("file,issuer,year\nplan.txt,澜江市人民政府,2024\n", encoding="utf-8")
    assert policyparse.compare(nameless, metadata=table).documents[0].year == 2024


def test_two_documents_of_one_issuer_and_year(city: City, tmp_path: Path) -> None:
    for name, goal in (("a", "7%"), ("b", "8%")):
        text = f"澜江市2024年政府工作报告\n一、2024年工作安排\n今年主要预期目标是：地区生产总值增长{goal}。"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    comparison = policyparse.compare(tmp_path)
    assert len(comparison.documents) == 1
    assert any("several documents of 澜江市人民政府 2024" in note for note in comparison.notes)


@pytest.mark.parametrize("years", ["2030:2020", "abc", "1:2:3"])
def test_years_that_are_none(city: City, years: str) -> None:
    with pytest.raises(UsageError, match="year"):
        city({2020: ("地区生产总值增长8%", "")}, years=years)


@pytest.mark.parametrize("tolerance", ["1", "-0.1", "nan"])
def test_a_tolerance_that_is_none(city: City, tolerance: str) -> None:
    with pytest.raises(UsageError, match="tolerance"):
        city({2020: ("地区生产总值增长8%", "")}, tolerance=tolerance)


def test_decimals_stay_decimals(city: City) -> None:
    series = city({2020: ("地区生产总值增长6.25%", "")}).find("gdp")
    assert series is not None
    target = series.cells[0].target
    assert target is not None
    assert target.low == Decimal("6.25")


def test_odd_documents_compare_in_little_time() -> None:
    texts = [
        "地区生产总值增长8%，" * 3000,
        "一、目标\n" + "（一）工作。完成任务项目建设和改造工作若干。\n" * 4000,
        "从" * 5000 + "到8%",
        "",
        "\u0000\ufffd" * 200,
    ]
    sources = [
        policyparse.Source(name=f"澜江市/{year}.txt", text=f"澜江市{year}年政府工作报告\n{text}")
        for year, text in enumerate(texts, start=2018)
    ]
    comparison = policyparse.compare([(policyparse.parse(source), source) for source in sources])
    assert len(comparison.documents) == len(texts)
    assert any("tasks the first 3000 are compared" in note for note in comparison.notes)
