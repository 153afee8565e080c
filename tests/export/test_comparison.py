"""A comparison as page, workbook, CSV and JSON: complete, self-contained, and safe with hostile text."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree, html

import policyparse
from policyparse.comparison import Comparison
from policyparse.export.comparison_charts import comparison_charts
from policyparse.export.comparison_csv import comparison_csv
from policyparse.export.comparison_html import comparison_html
from policyparse.export.comparison_json import comparison_json
from policyparse.export.comparison_tables import TABLES, comparison_tables
from policyparse.export.comparison_words import WORDS
from policyparse.export.comparison_xlsx import comparison_xlsx
from policyparse.export.pages import render_page

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def comparison(corpora: Path) -> Comparison:
    return policyparse.compare(sorted(corpora.glob("lanjiang-report-*.txt")))


@pytest.fixture(scope="module")
def page(comparison: Comparison) -> str:
    return comparison_html(comparison)


@pytest.fixture(scope="module")
def hostile() -> Comparison:
    reports = []
    for year in (2022, 2023, 2024):
        text = (
            f"澜江市{year}年政府工作报告\n一、{year}年工作安排\n今年主要预期目标是：地区生产总值增长{year - 2017}%左右{EVIL}；"
            f'=cmd|企业{EVIL}满意率达到9{year - 2020}%。\n=HYPERLINK("x")推进各项建设和改革工作不断深入。'
        )
        reports.append(policyparse.Source(name=f"{EVIL}/{year}.txt", text=text))
    return policyparse.compare([(policyparse.parse(source), source) for source in reports])


def test_the_page_names_no_address_and_loads_nothing(page: str) -> None:
    tree = html.document_fromstring(page)
    assert tree.xpath("//link | //img | //iframe | //object | //embed | //*[@src] | //*[@srcset]") == []
    assert {link for link in tree.xpath("//@href | //@*[local-name()='href']") if not link.startswith("#")} == set()
    own = "".join(tree.xpath("//style/text()"))
    assert "url(" not in own
    assert "@import" not in own
    assert all('"$schema"' not in data for data in tree.xpath("//script[@type='application/json']/text()"))


def test_the_policy_lists_every_script_of_the_page(page: str) -> None:
    tree = html.document_fromstring(page)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';")
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 3
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert tree.xpath("//@*[starts-with(name(), 'on')]") == []


def test_every_cell_leads_to_its_evidence(page: str, comparison: Comparison) -> None:
    tree = html.document_fromstring(page)
    links = tree.xpath("//table[@id='series-table']//a/@href")
    ids = {f"#{name}" for name in tree.xpath("//ol[@class='evidence']/li/@id")}
    figures = [f for one in comparison.series for cell in one.cells for f in (cell.target, cell.result) if f]
    assert len(links) == len(figures)
    assert set(links) == ids
    assert {mark.text for mark in tree.xpath("//ol[@class='evidence']//mark")} >= {figure.text for figure in figures}
    assert all(tree.xpath(f"boolean(//*[@id='{name[1:]}'])") for name in tree.xpath("//nav/a/@href"))


def test_tables_are_sortable_by_value(page: str) -> None:
    tree = html.document_fromstring(page)
    tables = tree.xpath("//table[contains(@class, 'sortable')]")
    assert len(tables) >= 4
    for table in tables:
        heads = len(table.xpath("./thead/tr/th"))
        assert {len(row) for row in table.xpath("./tbody/tr")} == {heads}
    values = tree.xpath("//table[@id='indicators-table']/tbody/tr/td[5]/@data-value")
    assert all(re.fullmatch(r"-?\d+(\.\d+)?", value) for value in values)


def test_charts_show_target_and_result(comparison: Comparison, page: str) -> None:
    charts = comparison_charts(comparison)
    assert any(chart.title.startswith("地区生产总值") for chart in charts)
    for chart in charts:
        assert "目标" in chart.svg
        assert etree.fromstring(chart.svg.encode()).tag.endswith("svg")
    tree = html.document_fromstring(page)
    assert len(tree.xpath("//figure[@data-chart]")) == len(charts)
    for number in range(1, len(charts) + 1):
        (data,) = tree.xpath(f"//script[@id='chart-{number}']/text()")
        assert json.loads(data)["layer"]


def test_text_of_documents_stays_text(hostile: Comparison) -> None:
    page = comparison_html(hostile)
    assert EVIL not in page
    tree = html.document_fromstring(page)
    assert tree.xpath("//img") == []
    assert len(tree.xpath("//script[not(@type)]")) == 3
    assert "alert(1)" not in "".join(tree.xpath("//script[not(@type)]/text()"))
    assert any("alert(1)" in text for text in tree.xpath("//ol[@class='evidence']//text()"))


def test_english_labels(comparison: Comparison) -> None:
    tree = html.document_fromstring(comparison_html(comparison, "en"))
    assert tree.get("lang") == "en"
    assert "Promise and delivery" in tree.xpath("//h2/text()")


def test_every_word_has_two_languages() -> None:
    assert all(zh and en for name, (zh, en) in WORDS.items() if name not in ("change.", "no"))


def test_csv(comparison: Comparison, hostile: Comparison) -> None:
    rows = list(csv.DictReader(io.StringIO(comparison_csv(comparison, "indicators", "en"))))
    (growth,) = [row for row in rows if (row["key"], row["form"], row["year"]) == ("gdp", "rate", "2023")]
    assert (growth["target_low"], growth["result_low"], growth["verdict"]) == ("6", "5.8", "met within tolerance")
    assert growth["target_file"].endswith("lanjiang-report-2023.txt")
    for name in TABLES:
        table = list(csv.reader(io.StringIO(comparison_csv(hostile, name))))
        assert len({len(row) for row in table}) == 1
        assert not any(
            cell.startswith(("=", "+", "-", "@")) and not re.fullmatch(r"-?[\d.]+", cell)
            for row in table
            for cell in row
        )


def test_workbook(comparison: Comparison, hostile: Comparison) -> None:
    for one in (comparison, hostile):
        with zipfile.ZipFile(io.BytesIO(comparison_xlsx(one))) as archive:
            names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
            filled = [table for table in comparison_tables(one) if table.rows]
            assert len(names) == len(filled)
            for name in names:
                sheet = etree.fromstring(archive.read(name))
                assert sheet.findall(f".//{SHEET}f") == [], "no formulas"
                assert sheet.find(f".//{SHEET}autoFilter") is not None
                assert sheet.find(f".//{SHEET}pane") is not None
                assert sheet.findall(f".//{SHEET}hyperlink") == []
            shared = archive.read("xl/sharedStrings.xml").decode()
    assert "=HYPERLINK" in shared or "=cmd" in shared


def test_json_holds_everything(comparison: Comparison) -> None:
    assert Comparison.model_validate_json(comparison_json(comparison)) == comparison
    first = json.loads(comparison_json(comparison))["series"][0]["cells"][0]["target"]
    assert first["low"] == "6"


def test_a_script_that_would_end_its_element_is_refused() -> None:
    with pytest.raises(ValueError, match="script"):
        render_page("base.html", {"language": "zh"}, ["'</script>'"])
