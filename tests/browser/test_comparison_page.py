"""The page of a comparison in a browser: filters, sorting, evidence, charts, glyphs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from policyparse import compare
from policyparse.export.comparison_html import comparison_html
from tests.browser.test_report_page import assert_glyphs

Show = Callable[[str], Chrome]


@pytest.fixture(scope="module")
def compared() -> str:
    corpora = Path(__file__).resolve().parent.parent.parent / "corpora"
    return comparison_html(compare(sorted(corpora.glob("lanjiang-report-*.txt"))))


@pytest.fixture
def page(show: Show, compared: str) -> Chrome:
    return show(compared)


def shown(browser: Chrome, table: str) -> list[str]:
    rows = browser.find_elements(By.CSS_SELECTOR, f"#{table} tbody tr")
    return [row.text for row in rows if row.is_displayed()]


def test_filter(page: Chrome) -> None:
    before = shown(page, "indicators-table")
    page.find_element(By.CSS_SELECTOR, "input[data-filters=indicators-table]").send_keys("地区生产总值")
    kept = shown(page, "indicators-table")
    assert 0 < len(kept) < len(before)
    assert all("地区生产总值" in row for row in kept)


def test_sort(page: Chrome) -> None:
    head = page.find_element(By.CSS_SELECTOR, "#indicators-table th:nth-child(4)")
    cells = "#indicators-table tbody td:nth-child(4)"
    head.click()
    years = [cell.text for cell in page.find_elements(By.CSS_SELECTOR, cells)]
    assert years == sorted(years)
    head.click()
    assert [cell.text for cell in page.find_elements(By.CSS_SELECTOR, cells)] == sorted(years, reverse=True)
    assert len(set(years)) > 1


def test_a_cell_leads_to_its_evidence(page: Chrome) -> None:
    link = page.find_element(By.CSS_SELECTOR, "#series-table td a")
    anchor = (link.get_attribute("href") or "").split("#")[1]
    link.click()
    assert page.execute_script("return location.hash") == f"#{anchor}"
    sentence = page.find_element(By.ID, anchor)
    assert sentence.find_element(By.TAG_NAME, "mark").text
    assert page.execute_script("return arguments[0].getBoundingClientRect().top < innerHeight", sentence)


def test_charts_are_drawn(page: Chrome) -> None:
    assert page.find_elements(By.CSS_SELECTOR, "#charts svg, #charts canvas")


def test_no_character_is_an_empty_box(page: Chrome) -> None:
    assert_glyphs(page, "h1", "澜江市政府工作报告比较目标结果完成未增长")
