"""A real Chromium without a window; without one these tests are skipped."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
REMEDY = "apt-get install chromium chromium-driver fonts-noto-cjk"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chrome]:
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip(f"no Chromium with its driver here: {REMEDY}")
    fonts = shutil.which("fc-list")
    if fonts and not subprocess.run([fonts, ":lang=zh-cn"], capture_output=True, check=False).stdout:
        pytest.skip(f"no font with Chinese characters here: {REMEDY}")
    options = Options()
    options.binary_location = program
    for option in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "window-size=1500,950"):
        options.add_argument(f"--{option}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = Chrome(options=options, service=Service(driver))
    browser.set_page_load_timeout(60)
    yield browser
    browser.quit()


@pytest.fixture
def show(chromium: Chrome, tmp_path: Path) -> Iterator[Callable[[str], Chrome]]:
    """Open a page as a file; an error in its console fails the test."""

    def show(page: str) -> Chrome:
        path = tmp_path / "page.html"
        path.write_text(page, "utf-8")
        chromium.get(path.as_uri())
        return chromium

    chromium.get_log("browser")
    yield show
    assert [said for said in chromium.get_log("browser") if said["level"] == "SEVERE"] == []
