"""The outline: a table of labels, a file of texts with their trees, and what must hold for any text."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse.lexicon import load_lexicon
from policyparse.parsing.characters import fold, reading_text
from policyparse.parsing.labels import LabelReader, ordinal
from policyparse.parsing.lines import soft_breaks
from policyparse.parsing.outline import OutlineFinder
from policyparse.parsing.records import Outline

SPECS = Path(__file__).parent.parent / "specs"
FINDER, READER = OutlineFinder(load_lexicon()), LabelReader()


def outline(source: str) -> Outline:
    text = reading_text(source)
    return FINDER.find(text.without(soft_breaks(text.folded)))


def tree(found: Outline) -> str:
    return "\n".join(f"{'  ' * (s.level - 1)}{s.label}|{s.heading}" for s in found.sections)


def cases() -> list[object]:
    blocks = (SPECS / "outline.txt").read_text(encoding="utf-8").split("\n== ")[1:]
    parts = [block.split("\n--\n") for block in blocks]
    named = [(*head.split("\n", 1), tail.rstrip()) for head, tail in parts]
    return [pytest.param(text, expected, id=name) for name, text, expected in named]


def label_rows() -> list[list[str]]:
    lines = (SPECS / "labels.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("text", "expected"), cases())
def test_tree(text: str, expected: str) -> None:
    assert tree(outline(text)) == expected


@pytest.mark.parametrize(("line", "label", "style", "number"), label_rows())
def test_label(line: str, label: str, style: str, number: str) -> None:
    found = READER.read(fold(line), 0, len(line))
    if not label:
        assert found is None or found.weak, "a weak label needs a numbering that it continues"
        return
    assert found is not None
    assert (line[found.start : found.stop], found.style) == (label, style)
    assert found.number == (None if number == "-" else int(number))


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("十九", 19),
        ("二十", 20),
        ("九十九", 99),
        ("一百", 100),
        ("一百一十二", 112),
        ("二〇", 20),
        ("7", 7),
        ("甲", None),
    ],
)
def test_ordinal(numeral: str, value: int | None) -> None:
    assert ordinal(numeral) == value


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("一、甲乙。\n三、丙丁。\n", "outline.gap", "三、: number 3 follows 1: 2 is missing"),
        ("一、甲乙。\n二、丙丁。\n二、戊己。\n", "outline.repeat", "二、: number 2 stands twice in a row"),
        (
            "一、甲乙。\n二、丙丁。\n一、戊己。\n",
            "outline.restart",
            "一、: numbering starts again at 1 where 3 was expected",
        ),
    ],
)
def test_odd_numbering_gives_a_finding(text: str, code: str, said: str) -> None:
    (found,) = outline(text).findings
    assert (found.code, found.message) == (code, said)
    assert text[found.start : found.end] == said.partition(":")[0]


def test_annexes_and_new_sections_start_numbering_without_a_finding() -> None:
    text = "一、甲\n1.乙。\n2.丙。\n二、丁\n1.戊。\n附件1\n甲方案\n一、己\n附件2\n乙方案\n一、庚\n"
    assert outline(text).findings == []


def test_ids_are_paths_of_numbers_or_positions() -> None:
    text = "一、甲乙\n12.丙丁。\n二、戊己\n13.庚辛。\n——壬癸。\n13.子丑。\n"
    ids = [s.id for s in outline(text).sections]
    assert ids == ["1", "1.12", "2", "2.13", "2.13.1", "2.2"]


def test_sections_end_where_the_next_of_their_level_begins() -> None:
    text = "一、甲乙\n（一）丙丁。\n二、戊己\n壬癸。\n"
    found = outline(text)
    assert [(s.start, s.end) for s in found.sections] == [(0, 12), (5, 12), (12, 20)]
    assert [found.at(offset) for offset in (0, 6, 13, 18)] == [0, 1, 2, 2]


def test_inline_sections_end_with_their_paragraph() -> None:
    text = "一、甲乙\n要做到：一是丙丁；二是戊己。\n壬癸子丑。\n"
    found = outline(text)
    assert [s.inline for s in found.sections] == [False, True, True]
    assert found.sections[2].end == text.index("\n", 10)
    assert found.at(text.index("壬")) == 0


def test_marked_headings_open_divisions_at_the_level_of_the_format() -> None:
    text = "兰江市规划\n发展目标\n到二〇三〇年，全市基本实现现代化，人民生活更加美好。\n经济目标\n经济总量翻一番。\n保障措施\n加强领导。\n"
    marked = [
        (text.index(h), text.index(h) + len(h), level)
        for h, level in (("兰江市规划", 1), ("发展目标", 2), ("经济目标", 3), ("保障措施", 2))
    ]
    reading = reading_text(text)
    assert tree(FINDER.find(reading, marked)) == "|发展目标\n  |经济目标\n|保障措施"


def test_labels_in_marked_headings_keep_their_label() -> None:
    text = "第一章 总则\n第一条 为了管理，制定本办法。\n附则\n本办法自发布之日起施行。\n"
    marked = [(0, 6, 2), (text.index("附则"), text.index("附则") + 2, 2)]
    assert tree(FINDER.find(reading_text(text), marked)) == "第一章|总则\n  第一条|\n|附则"


def test_nothing_in_an_empty_text() -> None:
    assert outline("").sections == []
    assert outline(" \n\r\n\u3000").paragraphs == []


_SIGNS = st.sampled_from(
    "一二三十、。；：，（）()12345.．第章节条是要——①②附件专栏\n\n 　甲乙丙丁目录“”《》[]【】各位代表"
)


@given(st.lists(_SIGNS, max_size=300).map("".join))
def test_any_text_gives_a_tree(text: str) -> None:
    reading = reading_text(text)
    reading = reading.without(soft_breaks(reading.folded))
    sections = FINDER.find(reading).sections
    assert len({s.id for s in sections}) == len(sections)
    for index, section in enumerate(sections):
        assert section.start <= section.heading_start <= section.heading_end <= len(reading.folded)
        assert section.start < section.end
        assert section.parent < index
        if section.parent < 0:
            assert section.level == 1
            continue
        above = sections[section.parent]
        assert above.level == section.level - 1
        assert above.start <= section.start
        assert section.end <= above.end


@pytest.mark.parametrize(
    "build",
    [
        lambda n: "关于印发实施方案的通知" * n,
        lambda n: "（一）" * n,
        lambda n: "(" * n * 3,
        lambda n: "1\n" * n,
        lambda n: "".join(f"{i % 900}.甲乙{i}丙。\n" for i in range(n)),
        lambda n: "".join(f"一是甲{i}；二是丙；" for i in range(n)),
        lambda n: "".join(f"附件：1.甲{i}\n2.乙{i}\n" for i in range(n)),
        lambda n: "".join(f"甲乙丙丁{'戊' * (i % 7)}\n{'我们要加强管理工作，' * 3}第{i}。\n" for i in range(n)),
        lambda n: "一、甲。\n三、乙。\n" * n,
        lambda n: "一、“" + "甲。" * n,
        lambda n: "第一章" + "    " * n + "第一条 ",
    ],
)
def test_time_grows_with_the_text(build: Callable[[int], str]) -> None:
    took = []
    for n in (2_000, 20_000):
        text = build(n)
        start = time.perf_counter()
        outline(text)
        took.append(time.perf_counter() - start)
    assert took[1] < 60 * took[0] + 0.5, took


@pytest.mark.shared
def test_education_plan_has_its_divisions(shared: Path) -> None:
    found = outline((shared / "dev" / "city-education-plan.txt").read_text(encoding="utf-8"))
    assert len(found.sections) == 32
    assert [s.number for s in found.sections if s.level == 1] == [1, 2, 3, 4, 5, 6]
    assert [s.number for s in found.sections if s.level == 2] == list(range(1, 27))
    assert all(s.heading for s in found.sections)
    assert next(s.id for s in found.sections if s.parent == 12) == "3.11"
    assert found.findings == []
