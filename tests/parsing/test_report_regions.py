"""Regions of reports and annexes: tables of whole small documents, each row one way in which they are divided."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyparse.lexicon import load_lexicon
from policyparse.parsing.characters import reading_text
from policyparse.parsing.outline import OutlineFinder
from policyparse.parsing.setting import SettingFinder

SPECS = Path(__file__).parent.parent / "specs"
LEXICON = load_lexicon()
OUTLINES, SETTINGS = OutlineFinder(LEXICON), SettingFinder(LEXICON)
REPORT = """政府工作报告
——2023年1月8日在澜江市第六届人民代表大会第三次会议上

各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议。

一、2022年工作回顾
过去一年，全市新建学校12所。

二、2023年工作安排
今年要新建学校15所。

"""


def rows(name: str) -> list[list[str]]:
    lines = (SPECS / name).read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n").split("\t") for line in lines if line and not line.startswith("#")]


def purpose(source: str, words: str) -> str:
    text = reading_text(source)
    return SETTINGS.find(text, OUTLINES.find(text)).purpose_at(source.rindex(words))


@pytest.mark.parametrize(("source", "words", "expected", "why"), rows("chapters.tsv"))
def test_chapters(source: str, words: str, expected: str, why: str) -> None:
    assert purpose(source, words) == expected, why


@pytest.mark.parametrize(("heading", "body", "words", "expected", "why"), rows("annexes.tsv"))
def test_annexes(heading: str, body: str, words: str, expected: str, why: str) -> None:
    assert purpose(f"{REPORT}{heading}\n{body}\n", words) == expected, why


def test_an_annex_that_plans_follows_one_that_reports() -> None:
    source = f"{REPORT}附件1\n2022年民生实事完成情况\n新建公厕20座。\n\n附件2\n2023年民生实事项目\n新建公园9座。\n"
    assert purpose(source, "新建公厕") == "results"
    assert purpose(source, "新建公园") == "plan"
