"""Word files made for the tests: with python-docx, and numbers that Word counts written as its XML has them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）"))
_DIGITS = "零一二三四五六七八九"
_LABEL = re.compile(
    r"(?:([一二三四五六七八九十]{1,3})、|（([一二三四五六七八九十]{1,3})）|(\d{1,3})[.．](?!\d)|（(\d{1,3})）)"
)


class WordFile:
    """A Word file under construction."""

    def __init__(self) -> None:
        self.document: Any = Document()
        self.numbering: Any = self.document.part.numbering_part.element
        for child in list(self.numbering):
            self.numbering.remove(child)
        self._next = 1

    def abstract(self, key: int, levels: str) -> None:
        """Add an abstract list; ``levels`` is the XML of its levels."""
        xml = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{levels}</w:abstractNum>'
        nums = self.numbering.findall(qn("w:num"))
        element = parse_xml(xml)
        if nums:
            nums[0].addprevious(element)
        else:
            self.numbering.append(element)

    def list(self, abstract: int, inner: str = "") -> int:
        """Add a list of an abstract one and return its number."""
        key, self._next = self._next, self._next + 1
        xml = f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{abstract}"/>{inner}</w:num>'
        self.numbering.append(parse_xml(xml))
        return key

    def paragraph(self, text: str, number: tuple[int, int] | None = None, style: str | None = None) -> Any:
        """Add a paragraph, in list and level ``number``."""
        paragraph = self.document.add_paragraph(text, style=style)
        if number is not None:
            properties = paragraph._p.get_or_add_pPr()
            found = OxmlElement("w:numPr")
            for tag, value in (("w:ilvl", number[1]), ("w:numId", number[0])):
                element = OxmlElement(tag)
                element.set(qn("w:val"), str(value))
                found.append(element)
            properties.append(found)
        return paragraph

    def bytes(self) -> bytes:
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()


def level(depth: int, style: str, pattern: str, more: str = "") -> str:
    """Return the XML of a level of an abstract list."""
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{pattern}"/></w:lvl>'


def numbered_file(text: str) -> bytes:
    """Return a Word file of ``text`` whose labels are numbers that Word counts, and none of which stands in its text.

    A number that Word would not come to by itself begins a list anew (``w:startOverride``).
    """
    file = WordFile()
    file.abstract(7, "".join(level(depth, *each) for depth, each in enumerate(LEVELS)))
    current = file.list(7)
    counts: list[int] = [0] * len(LEVELS)
    for line in text.split("\n"):
        bare = line.strip()
        label = _LABEL.match(bare)
        if not label:
            file.paragraph(bare)
            continue
        depth = next(index for index, group in enumerate(label.groups()) if group)
        value = _value(label[depth + 1])
        counts[depth] += 1
        if counts[depth] != value:
            counts[depth] = value
            start = f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{value}"/></w:lvlOverride>'
            current = file.list(7, start)
        counts[depth + 1 :] = [0] * (len(LEVELS) - depth - 1)
        file.paragraph(bare[label.end() :].strip(), (current, depth))
    return file.bytes()


def _value(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (_DIGITS.index(ones) if ones else 0)


@pytest.fixture
def word() -> WordFile:
    return WordFile()


@pytest.fixture(scope="session")
def xml_level() -> Callable[..., str]:
    return level


@pytest.fixture(scope="session")
def numbered_docx() -> Callable[[str], bytes]:
    return numbered_file


@pytest.fixture
def save(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(data: bytes) -> Path:
        path = tmp_path / "plan.docx"
        path.write_bytes(data)
        return path

    return write
