"""Look-up of sections by offset."""

from __future__ import annotations

from policyparse.parsing.records import Outline, Section


def section(start: int, end: int, parent: int, level: int) -> Section:
    return Section(start, "", "", None, level, "", start, start, start, end=end, parent=parent)


def test_at_finds_the_smallest_section() -> None:
    outline = Outline([section(5, 30, -1, 1), section(10, 20, 0, 2), section(20, 30, 0, 2), section(40, 50, -1, 1)])
    outline.close()
    assert [outline.at(offset) for offset in (0, 5, 10, 19, 20, 29, 30, 39, 40, 49, 50)] == [
        -1, 0, 1, 1, 2, 2, -1, -1, 3, 3, -1,
    ]  # fmt: skip


def test_path_leads_from_the_innermost_up() -> None:
    outline = Outline([section(0, 30, -1, 1), section(10, 20, 0, 2)])
    outline.close()
    assert [s.level for s in outline.path(1)] == [2, 1]


def test_an_outline_without_sections_has_none_anywhere() -> None:
    assert Outline().at(3) == -1
