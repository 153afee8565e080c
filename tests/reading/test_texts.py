"""A text says the same in every encoding, and where its lines are wrapped."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyparse import parse, read
from policyparse.reading.files import read_bytes

NAMES = ("city-education-2024", "parking-measures-2024", "lanjiang-report-2024", "domestic-services-opinion-2024")


def findings(text: str, encoding: str = "utf-8") -> tuple[list[tuple[str, int, str]], list[str], list[str]]:
    document = parse(read_bytes(text.encode(encoding), "plan.txt"))
    nodes = [(node.label, node.level, "".join(node.heading.split())) for node in document.nodes()]
    quantities = ["".join(statement.quantity.text.split()) for statement in document.statements()]
    return nodes, quantities, ["".join(each.entity.text.split()) for each in document.responsibilities]


def columns(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)


def wrapped(text: str, width: int, indent: str) -> str:
    """Return ``text`` as an old mail program sends it: lines of one width, paragraphs indented, no comma in front."""
    lines = []
    for paragraph in text.splitlines():
        line = indent if paragraph.strip() else ""
        for char in paragraph.strip():
            if columns(line + char) > width and char not in "，。；：、）”》":
                lines.append(line)
                line = ""
            line += char
        lines.append(line)
    return "\r\n".join(lines)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_encoding(corpora: Path, name: str, encoding: str) -> None:
    text = read(corpora / f"{name}.txt").text
    assert findings(text, encoding) == findings(text)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("width", "indent"), [(56, "　　"), (72, "    "), (60, "")])
def test_lines_that_are_wrapped(corpora: Path, name: str, width: int, indent: str) -> None:
    text = read(corpora / f"{name}.txt").text
    assert findings(wrapped(text, width, indent), "gb18030") == findings(text)


def test_traditional_characters_are_read_and_stay() -> None:
    simplified = (
        "第一条　为促进就业，制定本办法。\n第二条　市教育局应当在30个工作日内办理。\n第三条　补贴标准不低于5000元。\n"
    )
    traditional = (
        "第一條　為促進就業，制定本辦法。\n第二條　市教育局應當在30個工作日內辦理。\n第三條　補貼標準不低於5000元。\n"
    )
    source = read_bytes(traditional.encode("big5"), "plan.txt")
    assert (source.text, source.encoding) == (traditional, "big5hkscs")
    found, expected = parse(source), parse(simplified)
    assert [node.label for node in found.nodes()] == ["第一條", "第二條", "第三條"]
    assert [(s.quantity.start, s.quantity.bound, s.role) for s in found.statements()] == [
        (s.quantity.start, s.quantity.bound, s.role) for s in expected.statements()
    ]
    assert [r.entity.text for r in found.responsibilities] == ["市教育局"]


@pytest.mark.shared
def test_real_laws_in_traditional_characters(shared: Path) -> None:
    paths = sorted((shared / "real" / "laws").glob("tw*"))
    assert paths
    for path in paths:
        text = read(path).text
        nodes = findings(text)[0]
        assert sum(label.endswith("條") for label, _, _ in nodes) >= 5, path
        assert findings(text, "big5hkscs")[0] == nodes
