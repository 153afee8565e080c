"""The page of a document in a browser: filters, the way from a row to its sentence and back, sorting, keyboard, glyphs."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from policyparse import Source, parse, read, report

Show = Callable[[str], Chrome]

TEXT = """澜溪市2025年教育工作要点
一、2024年工作回顾
新建公办幼儿园12所，学前教育普惠率达到91%。
二、2025年工作安排
（一）扩大资源
1.新建公办幼儿园5所，新增学位1500个。（牵头单位：市教育局；配合单位：市财政局）
2.改造薄弱学校30所，年底前完工。（牵头单位：市住建局）
（二）提高质量
3.义务教育巩固率达到99.5%以上。（牵头单位：市教育局）
"""


@pytest.fixture
def page(show: Show) -> Chrome:
    source = Source(name="plan.txt", text=TEXT)
    return show(report(parse(source), source))


def rows(browser: Chrome, table: str) -> list[str]:
    cells = browser.find_elements(By.CSS_SELECTOR, f"#{table} tbody tr[data-key]")
    return [cell.get_attribute("data-key") or "" for cell in cells if cell.is_displayed()]


def values(browser: Chrome, column: int) -> list[str]:
    found = browser.find_elements(By.CSS_SELECTOR, f"#targets-table tbody td:nth-child({column})")
    return [cell.text for cell in found]


def marked(browser: Chrome, key: str) -> bool:
    mark = browser.find_element(By.ID, f"at-{key}")
    return "off" not in (mark.get_attribute("class") or "").split()


def in_view(browser: Chrome, element: Any) -> bool:
    script = """const box = arguments[0].getBoundingClientRect(), frame = arguments[0].closest('main, aside').getBoundingClientRect();
    return box.top >= frame.top && box.bottom <= frame.bottom;"""
    return bool(browser.execute_script(script, element))


def test_filter_by_body(page: Chrome) -> None:
    everything = rows(page, "targets-table")
    assert len(everything) == 4
    unit = Select(page.find_element(By.ID, "unit"))
    unit.select_by_visible_text("市教育局（2）")
    assert len(rows(page, "targets-table")) == 3
    kept = rows(page, "targets-table")
    assert all(marked(page, key) for key in kept)
    assert not any(marked(page, key) for key in everything if key not in kept)
    assert page.find_element(By.CSS_SELECTOR, "#tab-targets .count").text == "3"
    assert page.find_element(By.CSS_SELECTOR, "#tab-facts .count").text == "0"
    assert "empty" in (page.find_element(By.CSS_SELECTOR, ".outline li[data-node='1']").get_attribute("class") or "")
    page.find_element(By.ID, "reset").click()
    assert rows(page, "targets-table") == everything


def test_filter_by_role(page: Chrome) -> None:
    page.find_element(By.CSS_SELECTOR, "#roles input[value=target]").click()
    assert rows(page, "targets-table") == []
    page.find_element(By.ID, "tab-facts").click()
    facts = rows(page, "facts-table")
    assert facts
    assert all(marked(page, key) for key in facts)
    page.find_element(By.CSS_SELECTOR, "#roles input[value=lead]").click()
    page.find_element(By.ID, "tab-responsibilities").click()
    assert [page.find_element(By.ID, f"row-{key}").text.split()[1] for key in rows(page, "duties-table")] == [
        "市财政局"
    ]


def test_search_in_the_table(page: Chrome) -> None:
    page.find_element(By.CSS_SELECTOR, "input[data-filters=targets-table]").send_keys("巩固率")
    assert len(rows(page, "targets-table")) == 1


def test_from_a_row_to_its_sentence_and_back(show: Show) -> None:
    filler = "".join(f"{number}.开展教研活动，持续提高教学水平，办好人民满意的教育。\n" for number in range(4, 200))
    source = Source(name="plan.txt", text=f"{TEXT}{filler}200.新建体育馆7座。（牵头单位：市体育局）\n")
    browser = show(report(parse(source), source))
    row = browser.find_elements(By.CSS_SELECTOR, "#targets-table tbody tr")[-1]
    mark = browser.find_element(By.ID, f"at-{row.get_attribute('data-key')}")
    assert mark.text == "7座"
    assert not in_view(browser, mark)
    row.find_element(By.CSS_SELECTOR, "td:nth-child(2)").click()
    assert in_view(browser, mark)
    assert browser.switch_to.active_element == mark
    lit = browser.find_elements(By.CSS_SELECTOR, "main .hit")
    assert "".join(piece.text for piece in lit).strip("。") == "200.新建体育馆7座"
    browser.find_element(By.ID, "tab-about").click()
    mark.click()
    assert row.is_displayed()
    assert "hit" in (row.get_attribute("class") or "")
    assert in_view(browser, row)
    assert not browser.find_elements(By.CSS_SELECTOR, "main .hit")
    duty = browser.find_elements(By.CSS_SELECTOR, "main a.entity")[-1]
    assert duty.text == "市体育局"
    duty.click()
    assert browser.find_element(By.ID, "duties-table").is_displayed()


def test_keyboard_alone(page: Chrome) -> None:
    first = page.find_element(By.CSS_SELECTOR, "#targets-table tbody a")
    first.send_keys(Keys.ENTER)
    mark = page.switch_to.active_element
    assert (mark.get_attribute("id") or "").startswith("at-")
    mark.send_keys(Keys.ESCAPE)
    assert page.switch_to.active_element == first
    tab = page.find_element(By.ID, "tab-targets")
    tab.send_keys(Keys.ARROW_RIGHT)
    assert page.find_element(By.ID, "facts").is_displayed()
    assert not page.find_element(By.ID, "targets").is_displayed()
    assert page.switch_to.active_element == page.find_element(By.ID, "tab-facts")


def test_sorting(page: Chrome) -> None:
    head = page.find_element(By.CSS_SELECTOR, "#targets-table th:nth-child(4)")
    head.click()
    assert values(page, 4) == ["5所", "30所", "≥ 99.5%", "1500个"]
    head.click()
    assert values(page, 4) == ["1500个", "≥ 99.5%", "30所", "5所"]
    assert head.get_attribute("aria-sort") == "descending"


def test_outline_leads_to_the_text(page: Chrome) -> None:
    page.find_element(By.CSS_SELECTOR, ".outline li[data-node='2.2'] a").click()
    assert page.execute_script("return location.hash") == "#n-2.2"


def test_hostile_text_does_nothing(show: Show) -> None:
    text = (
        '一、</script><script>document.title="ran"</script><img src=x onerror=\'document.title="ran"\'>\n'
        "1.新建幼儿园5所\u202e</main>。（责任单位：市教育局</option></select>）\n"
    )
    source = Source(name="x", text=text)
    browser = show(report(parse(source), source))
    assert "ran" not in browser.title
    assert not browser.find_elements(By.TAG_NAME, "img")
    assert 'document.title="ran"' in browser.find_element(By.ID, "text").text
    assert browser.find_elements(By.CSS_SELECTOR, "#targets-table tbody tr")


def test_a_policy_stops_what_is_not_the_pages_own(show: Show, chromium: Chrome) -> None:
    source = Source(name="x", text=TEXT)
    page = report(parse(source), source).replace("</body>", "<script>document.title = 'ran'</script></body>")
    assert "ran" not in show(page).title
    said = chromium.get_log("browser")
    assert len(said) == 1
    assert "Content Security Policy" in said[0]["message"]


def test_a_long_document_stays_quick(show: Show) -> None:
    item = "新建幼儿园5所，新增学位1500个，义务教育巩固率达到99%以上。（责任单位：市教育局、市财政局）\n"
    source = Source(name="x", text="一、教育\n" + "".join(f"{number}.{item}" for number in range(1, 600)))
    page = report(parse(source), source)
    started = time.perf_counter()
    browser = show(page)
    assert time.perf_counter() - started < 15
    took = browser.execute_script(
        """const unit = document.getElementById("unit"), started = performance.now();
        unit.value = "u2"; unit.dispatchEvent(new Event("change")); document.body.offsetHeight;
        document.querySelectorAll("#targets-table tbody tr")[1000].cells[1].click();
        return performance.now() - started;"""
    )
    assert took < 3000
    assert browser.find_elements(By.CSS_SELECTOR, "main .came")


def test_pages_of_the_samples_open(show: Show, corpora: Path) -> None:
    for path in sorted(corpora.glob("*.txt"))[:4]:
        source = read(path)
        document = parse(source)
        browser = show(report(document, source))
        assert len(rows(browser, "targets-table")) == len(document.targets)


def test_no_character_is_an_empty_box(page: Chrome) -> None:
    """Glyphs of different characters look different; boxes for missing ones would all look the same."""
    assert_glyphs(page, "main p", "澜溪新建公办幼儿园学前教育普惠率巩固≥①〔〕％")


def assert_glyphs(browser: Chrome, selector: str, characters: str) -> None:
    """Draw each character in the font of an element and compare the pictures with each other and with that of no character."""
    browser.execute_script(
        """const font = getComputedStyle(document.querySelector(arguments[0])).fontFamily;
        const sheet = document.createElement("div");
        sheet.id = "glyphs";
        sheet.style.cssText = "position:fixed;left:0;top:0;z-index:99;background:#fff;color:#000;display:flex";
        for (const character of arguments[1]) {
          const cell = document.createElement("div");
          cell.textContent = character;
          cell.style.cssText = "width:48px;height:64px;font-size:40px;line-height:64px;overflow:hidden;text-align:center";
          cell.style.fontFamily = font;
          sheet.append(cell);
        }
        document.body.append(sheet);""",
        selector,
        f"{characters}\U0010fffd",
    )
    cells = browser.find_elements(By.CSS_SELECTOR, "#glyphs > div")
    pictures = [Image.open(io.BytesIO(cell.screenshot_as_png)).convert("L").tobytes() for cell in cells]
    browser.execute_script("document.getElementById('glyphs').remove()")
    assert len(pictures) == len(characters) + 1
    assert len(set(pictures)) == len(pictures)
    assert all(min(picture) < 128 < max(picture) for picture in pictures[:-1])
