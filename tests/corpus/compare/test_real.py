"""Headline figures of real reports, as a reader finds them in the texts."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import policyparse
from policyparse.comparison import Comparison, Form
from policyparse.corpus.compare.comparing import compare
from policyparse.export.comparison_words import Words

pytestmark = pytest.mark.shared

Row = list[tuple[int, str, str, str | None]]


@pytest.fixture(scope="session")
def store(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the reports of some issuers since 2005."""
    folder = shared / "real" / "reports"
    issuers = ("national", "beijing", "shanghai", "guangzhou", "zhejiang")
    files = [path for issuer in issuers for path in (folder / issuer).glob("20*.txt") if path.stem >= "2005"]
    out = tmp_path_factory.mktemp("real") / "store"
    policyparse.batch(files, out, root=folder)
    return out


@pytest.fixture(scope="session")
def national(store: Path) -> Comparison:
    return policyparse.compare(store, issuers="国务院", years="2005:2025")


def row(comparison: Comparison, key: str, form: Form, first: int, last: int) -> Row:
    series = comparison.find(key, form)
    assert series is not None
    words = Words("zh")
    return [
        (cell.year, words.figure(cell.target), cell.result.text if cell.result else "", cell.verdict)
        for cell in series.cells
        if first <= cell.year <= last
    ]


def test_growth_of_the_whole_country(national: Comparison) -> None:
    assert row(national, "gdp", "rate", 2005, 2025) == [
        (2005, "8%左右", "9.9%", "met"),
        (2006, "8%左右", "10.7%", "met"),
        (2007, "8%左右", "", "not_reported"),
        (2008, "8%左右", "9%", "met"),
        (2009, "8%左右", "8.7%", "met"),
        (2010, "8%左右", "10.3%", "met"),
        (2011, "8%左右", "9.2%", "met"),
        (2012, "7.5%", "7.8%", "met"),
        (2013, "7.5%左右", "7.7%", "met"),
        (2014, "7.5%左右", "7.4%", "tolerance"),
        (2015, "7%左右", "6.9%", "tolerance"),
        (2016, "6.5%—7%", "6.7%", "met"),
        (2017, "6.5%左右", "6.9%", "met"),
        (2018, "6.5%左右", "6.6%", "met"),
        (2019, "6%—6.5%", "6.1%", "met"),
        (2020, "", "2.3%", None),
        (2021, "6%以上", "8.1%", "met"),
        (2022, "5.5%左右", "3%", "missed"),
        (2023, "5%左右", "5.2%", "met"),
        (2024, "5%左右", "5%", "met"),
        (2025, "5%左右", "", "not_reported"),
    ]


def test_prices_jobs_and_unemployment_of_the_whole_country(national: Comparison) -> None:
    prices = {year: rest for year, *rest in row(national, "cpi", "rate", 2005, 2025)}
    assert prices[2007] == ["3%以内", "4.8%", "missed"]
    assert prices[2010] == ["3%左右", "3.3%", "missed"]
    assert prices[2018] == ["3%左右", "2.1%", "met"]
    assert prices[2024] == ["3%左右", "0.2%", "met"]
    assert prices[2025] == ["2%左右", "", "not_reported"]
    jobs = {year: rest for year, *rest in row(national, "urban_new_jobs", "level", 2005, 2025)}
    assert jobs[2007] == ["900万人以上", "", "not_reported"]
    assert jobs[2012] == ["900万人以上", "1266万人", "met"]
    assert jobs[2019] == ["1100万人以上", "1352万人", "met"]
    assert jobs[2023] == ["1200万人左右", "1244万人", "met"]
    unemployment = row(national, "surveyed_unemployment", "level", 2018, 2024)
    assert [each[1:] for each in unemployment] == [
        ("5.5%以内", "5%", "met"),
        ("5.5%左右", "5.3%", "met"),
        ("6%左右", "5.2%", "met"),
        ("5.5%左右", "5.1%", "met"),
        ("5.5%以内", "5.5%", "met"),
        ("5.5%左右", "5.2%", "met"),
        ("5.5%左右", "5.1%", "met"),
    ]


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [
        (
            "北京",
            [
                (2010, "9%", "10%", "met"),
                (2011, "8%", "8.1%", "met"),
                (2012, "8%左右", "", "not_reported"),
                (2013, "8%左右", "7.7%", "tolerance"),
                (2014, "7.5%左右", "7.3%", "tolerance"),
                (2015, "7%左右", "6.9%", "tolerance"),
                (2016, "6.5%", "6.7%", "met"),
                (2017, "6.5%左右", "", "not_reported"),
                (2018, "6.5%左右", "6.6%", "met"),
                (2019, "6%-6.5%", "6.2%", "met"),
                (2020, "6%左右", "1.2%", "missed"),
            ],
        ),
        (
            "上海",
            [
                (2010, "8%以上", "10%", "met"),
                (2011, "8%左右", "8%", "met"),
                (2012, "8%左右", "", "not_reported"),
                (2013, "7.5%左右", "7.7%", "met"),
                (2014, "7.5%左右", "7%", "missed"),
                (2015, "", "6.9%", None),
                (2016, "6.5%-7%", "6.8%", "met"),
                (2017, "6.5%左右", "", "not_reported"),
                (2018, "6.5%左右", "6.6%", "met"),
                (2019, "6%-6.5%", "6%", "met"),
                (2020, "6%左右", "1.7%", "missed"),
            ],
        ),
        (
            "广州",
            [
                (2010, "10％", "13％", "met"),
                (2011, "11％", "11％", "met"),
                (2012, "11％", "10.5%", "missed"),
                (2013, "10%", "11.6%", "met"),
                (2014, "10%", "8.6%", "missed"),
                (2015, "8%", "8.4%", "met"),
                (2016, "8%左右", "8.1％", "met"),
                (2017, "8％左右", "7%", "unclear"),
                (2018, "7.5%左右", "", "not_reported"),
                (2019, "6－6.5％", "6.8％", "met"),
                (2020, "", "2.7%", None),
            ],
        ),
        (
            "浙江",
            [
                (2010, "9%左右", "11.8%", "met"),
                (2011, "9%左右", "9%", "met"),
                (2012, "8.5%", "8%", "missed"),
                (2013, "8%以上", "8.2%", "met"),
                (2014, "8%左右", "7.6%", "tolerance"),
                (2015, "7.5%左右", "8%", "met"),
                (2016, "7%—7.5%", "7.5%", "met"),
                (2017, "7%以上", "7.8%", "met"),
                (2018, "7%左右", "7.1%", "met"),
                (2019, "6.5%左右", "6.8%", "met"),
                (2020, "6%-6.5%", "3.6%", "missed"),
            ],
        ),
    ],
)
def test_growth_of_other_issuers(store: Path, issuer: str, expected: Row) -> None:
    comparison = policyparse.compare(store, issuers=issuer, years="2010:2020")
    assert row(comparison, "gdp", "rate", 2010, 2020) == expected


def test_issuers_of_one_year(store: Path) -> None:
    comparison = policyparse.compare(store, years="2019:2019")
    ranking = next(one for one in comparison.rankings if one.key == "gdp" and one.form == "rate")
    assert len(ranking.rows) == 5
    assert ranking.rows[0].issuer == "浙江省人民政府"


def test_twenty_reports_take_seconds(shared: Path) -> None:
    folder = shared / "real" / "reports" / "national"
    parsed = []
    for year in range(2005, 2025):
        source = policyparse.read(folder / f"{year}.txt")
        parsed.append((policyparse.parse(source), source))
    started = time.perf_counter()
    comparison = compare(parsed)
    assert time.perf_counter() - started < 10
    assert len(comparison.tasks) > 500
