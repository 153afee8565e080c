"""Akoma Ntoso 3.0 (OASIS LegalDocML, akn-core 1.0): a document as XML for legal document systems.

The outline becomes the hierarchy, the text its paragraphs; quantities, bodies, indicators and deadlines are inline elements
that refer to ``references``, and what the standard has no words for (bounds, roles, offsets) stands in ``proprietary`` in a
namespace of its own. All text of the document is in it once, in order, without line ends and markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from lxml import etree

from policyparse.export.annotation.headings import heading_end
from policyparse.export.xml_text import Mark, MarkedText, for_xml, forbidden_in_xml
from policyparse.model import Document, Node, Source, Statement

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:policyparse:document:1.0"
_SOURCE = "#policyparse"
_UNKNOWN = "0001-01-01"
_QUANTITY, _BODY, _DATE, _CONCEPT, _FRONT = 5, 4, 3, 2, 1

# Style of label to element: 编章节条 as in the Legislation Law (立法法), 一、（一）1.（1） as in GB/T 9704-2012, 7.3.3.
_ELEMENTS = {
    **dict.fromkeys(("第N部", "第N编", "第N篇", "第N部分"), "part"),
    "第N章": "chapter",
    "第N节": "section",
    "第N条": "article",
    "一、": "section",
    "（一）": "subsection",
    **dict.fromkeys(("1.", "1、", "1", "1.1"), "paragraph"),
    **dict.fromkeys(("（1）", "1）", "1.1.1"), "subparagraph"),
    **dict.fromkeys(("①", "1.1.1.1", "第一，", "其一", "一是", "一要"), "point"),
    "——": "indent",
}
_IN_ARTICLE = {"（一）": "point", **dict.fromkeys(("1.", "1、", "1", "（1）", "1）"), "indent")}
_CONTAINERS = {"专栏N": "box", "附件N": "annex"}
# https://docs.oasis-open.org/legaldocml/akn-nc/v1.0/: names in ids.
_SHORT = {"chapter": "chp", "section": "sec", "article": "art", "subsection": "subsec", "paragraph": "para"}
_SHORT |= {"subparagraph": "subpara", "level": "lvl"}
_CLOSING = "。．."
_RUNNING = frozenset(f"{{{AKN}}}{tag}" for tag in ("p", "num", "heading"))
_LINE = re.compile(r"[^\n\r]+")


def akoma_ntoso(document: Document, source: Source | str) -> str:
    """Return ``document`` as an Akoma Ntoso document (XML); ``source`` is the text that it was parsed from.

    Characters that XML forbids are U+FFFD there; ``forbidden_in_xml`` of the text lists them.

    >>> from policyparse import parse
    >>> text = "一、扩大就业\\n全年新增城镇就业5万人以上。"
    >>> print(akoma_ntoso(parse(text), text).partition("<mainBody>")[2].strip().splitlines()[0].strip())
    <section eId="sec_1">
    """
    root = etree.Element(_akn("akomaNtoso"), nsmap={None: AKN, "pp": OWN})
    doc = etree.SubElement(root, _akn("doc"), name="policy")
    _Writing(document, source, doc).write()
    _indent(root)
    shown: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return shown.decode("utf-8") + "\n"


class _Writing:
    def __init__(self, document: Document, source: Source | str, doc: etree._Element) -> None:
        self._document = document
        self._raw = source if isinstance(source, str) else source.text
        self._text = for_xml(self._raw)
        self._doc = doc
        self._organisations: dict[str, str] = {}
        self._concepts: dict[str, str] = {}
        self._eids: dict[str, str] = {}
        for duty in document.responsibilities:
            self._organisations.setdefault(duty.entity.name, f"org_{len(self._organisations) + 1}")
        for statement in document.statements():
            for one in statement.indicators:
                self._concepts.setdefault(one.key or one.name, f"ind_{len(self._concepts) + 1}")
        left_out = () if isinstance(source, str) else source.markup
        self._marked = MarkedText(self._text, self._marks(), left_out)

    def write(self) -> None:
        meta = _sub(self._doc, "meta")
        top = self._document.outline
        front_end = top[0].start if top else 0
        if top and self._lines(0, front_end):
            preface = _sub(self._doc, "preface")
            self._blocks(preface, 0, front_end)
        body = _sub(self._doc, "mainBody")
        at = front_end
        for node in top:
            self._blocks(body, at, node.start)
            self._node(body, node, "", in_article=False)
            at = max(at, node.end)
        self._blocks(body, at, len(self._text))
        if not len(body):
            _sub(body, "p")
        self._meta(meta)

    # The text

    def _node(self, parent: etree._Element, node: Node, above: str, *, in_article: bool) -> None:
        name = _CONTAINERS.get(node.style)
        tag = "hcontainer" if name else _ELEMENTS.get(node.style, "level")
        if in_article:
            tag = _IN_ARTICLE.get(node.style, tag)
        eid = f"{above}{_SHORT.get(tag, tag)}_{node.id.rpartition('.')[2]}"
        self._eids[node.id] = eid
        element = _sub(parent, tag, {"eId": eid, **({"name": name} if name else {})})
        text = self._text
        stop = node.children[0].start if node.children else node.end
        head = min(heading_end(text, node.start, node.label, node.heading), stop)
        label = min(heading_end(text, node.start, node.label, ""), head) if node.label else node.start
        if label > node.start:
            self._marked.write(_sub(element, "num"), node.start, label)
        if node.heading and head > label:
            if head < stop and text[head] in _CLOSING:
                head += 1
            self._marked.write(_sub(element, "heading"), label, head)
        elif not node.label:
            head = node.start
        in_article = in_article or tag == "article"
        if not node.children:
            self._part(element, "content", eid, head, node.end)
            return
        self._part(element, "intro", eid, head, stop)
        at = stop
        for number, child in enumerate(node.children, 1):
            if self._lines(at, child.start):
                between = {"eId": f"{eid}__hcontainer_{number}", "name": "text"}
                self._part(_sub(element, "hcontainer", between), "content", between["eId"], at, child.start)
            self._node(element, child, f"{eid}__", in_article=in_article)
            at = max(at, child.end)
        self._part(element, "wrapUp", eid, at, node.end)

    def _part(self, parent: etree._Element, tag: str, eid: str, start: int, end: int) -> None:
        if self._lines(start, end):
            self._blocks(_sub(parent, tag, {"eId": f"{eid}__{tag.lower()}"}), start, end)

    def _blocks(self, parent: etree._Element, start: int, end: int) -> None:
        for first, last in self._lines(start, end):
            self._marked.write(_sub(parent, "p"), first, last)

    def _lines(self, start: int, end: int) -> list[tuple[int, int]]:
        found = []
        for match in _LINE.finditer(self._text, start, max(start, end)):
            words = match[0]
            first = match.start() + len(words) - len(words.lstrip())
            last = match.end() - len(words) + len(words.rstrip())
            if first < last and self._marked.words(first, last).strip():
                found.append((first, last))
        return found

    def _marks(self) -> Iterator[Mark]:
        for statement in self._document.statements():
            quantity = statement.quantity
            attributes = {
                "refersTo": " ".join(dict.fromkeys(self._concept(one.key or one.name) for one in statement.indicators))
                or "#quantity",
                "class": statement.role,
                "normalized": format(quantity.low, "f")
                if quantity.low == quantity.high
                else f"{quantity.low:f}/{quantity.high:f}",
            }
            yield Mark(quantity.start, quantity.end, _akn("quantity"), attributes, _QUANTITY, f"qty_{statement.id}")
            for one in statement.indicators:
                refers = {"refersTo": self._concept(one.key or one.name)}
                yield Mark(one.start, one.end, _akn("concept"), refers, _CONCEPT)
            if statement.deadline and statement.deadline.due:
                day = {"date": statement.deadline.due.isoformat(), "refersTo": "#deadline"}
                yield Mark(statement.deadline.start, statement.deadline.end, _akn("date"), day, _DATE)
        for duty in self._document.responsibilities:
            refers = {"refersTo": f"#{self._organisations[duty.entity.name]}", "class": duty.role}
            entity = duty.entity
            yield Mark(entity.start, entity.end, _akn("organization"), refers, _BODY, f"body_{duty.id}")
        yield from self._front_marks()

    def _front_marks(self) -> Iterator[Mark]:
        """Yield marks for the parts of the letterhead, where they stand in front of the outline."""
        front = self._document.metadata
        end = self._document.outline[0].start if self._document.outline else min(len(self._text), 2000)
        for tag, words in (("docTitle", front.title), ("docNumber", front.doc_number), ("docAuthority", front.issuer)):
            if words and (place := _found(self._text, end, words)):
                yield Mark(*place, _akn(tag), {}, _FRONT)

    def _concept(self, name: str) -> str:
        return f"#{self._concepts[name]}"

    # What is about the text

    def _meta(self, meta: etree._Element) -> None:
        front = self._document.metadata
        day = front.issued_on or (front.period.start if front.period else None)
        date = {"date": day.isoformat(), "name": "issued" if front.issued_on else "period"} if day else {}
        date = date or {"date": _UNKNOWN, "name": "unknown"}
        number = front.doc_number or front.title or self._document.source.name
        work = f"/akn/cn/doc/policy/{date['date'] if day else 'nodate'}/{_part_of_iri(number)}"
        expression = f"{work}/zho@"
        identification = _sub(meta, "identification", {"source": _SOURCE})
        for tag, iri, main in (
            ("FRBRWork", work, f"{work}/!main"),
            ("FRBRExpression", expression, f"{expression}/!main"),
            ("FRBRManifestation", f"{expression}.xml", f"{expression}/!main.xml"),
        ):
            level = _sub(identification, tag)
            _sub(level, "FRBRthis", {"value": main})
            _sub(level, "FRBRuri", {"value": iri})
            _sub(level, "FRBRdate", date)
            _sub(level, "FRBRauthor", {"href": "#issuer" if tag == "FRBRWork" else _SOURCE})
            if tag == "FRBRWork":
                _sub(level, "FRBRcountry", {"value": "cn"})
                if front.doc_number:
                    _sub(level, "FRBRnumber", {"value": front.doc_number})
                if front.title:
                    _sub(level, "FRBRname", {"value": front.title})
            elif tag == "FRBRExpression":
                _sub(level, "FRBRlanguage", {"language": "zho"})
            else:
                _sub(level, "FRBRformat", {"value": "application/akn+xml"})
        self._references(meta)
        self._proprietary(_sub(meta, "proprietary", {"source": _SOURCE}))

    def _references(self, meta: etree._Element) -> None:
        references = _sub(meta, "references", {"source": _SOURCE})
        issuer = self._document.metadata.issuer or ""

        def refer(tag: str, eid: str, path: str, name: str) -> None:
            _sub(references, tag, {"eId": eid, "href": f"/ontology/{path}", "showAs": name})

        refer("TLCOrganization", "policyparse", "organization/policyparse", "policyparse")
        refer("TLCOrganization", "issuer", f"organization/cn/{_part_of_iri(issuer or 'unknown')}", issuer or "unknown")
        refer("TLCConcept", "quantity", "concept/quantity", "quantity")
        refer("TLCConcept", "deadline", "concept/deadline", "deadline")
        for name, eid in self._organisations.items():
            refer("TLCOrganization", eid, f"organization/cn/{_part_of_iri(name)}", name)
        for name, eid in self._concepts.items():
            refer("TLCConcept", eid, f"concept/indicator/{_part_of_iri(name)}", name)

    def _proprietary(self, parent: etree._Element) -> None:
        source = self._document.source
        _own(parent, "source", name=source.name, chars=source.chars, textSha256=source.text_sha256)
        for statement in self._document.statements():
            self._statement(parent, statement)
        for duty in self._document.responsibilities:
            _own(
                parent,
                "responsibility",
                id=duty.id,
                href=f"#body_{duty.id}",
                refersTo=f"#{self._organisations[duty.entity.name]}",
                role=duty.role,
                node=self._node_ref(duty.node),
                start=duty.entity.start,
                end=duty.entity.end,
            )
        for found in (*self._document.diagnostics, *forbidden_in_xml(self._raw)):
            _own(parent, "diagnostic", code=found.code, message=found.message, start=found.start, end=found.end)

    def _statement(self, parent: etree._Element, statement: Statement) -> None:
        quantity, deadline, period = statement.quantity, statement.deadline, statement.period
        element = _own(
            parent,
            "statement",
            id=statement.id,
            href=f"#qty_{statement.id}",
            role=statement.role,
            node=self._node_ref(statement.node),
            kind=quantity.kind,
            low=format(quantity.low, "f"),
            high=format(quantity.high, "f"),
            unit=quantity.unit,
            bound=quantity.bound,
            approximate="true" if quantity.approximate else None,
            change=statement.change,
            modality=statement.modality,
            baseline=statement.baseline.text if statement.baseline else None,
            deadline=deadline.text if deadline else None,
            due=deadline.due.isoformat() if deadline and deadline.due else None,
            period=period.text if period else None,
            confidence=statement.confidence,
            responsible=" ".join(statement.responsible),
            start=quantity.start,
            end=quantity.end,
        )
        for one in statement.indicators:
            refers = self._concept(one.key or one.name)
            _own(element, "indicator", name=one.name, key=one.key, refersTo=refers, start=one.start, end=one.end)

    def _node_ref(self, node: str | None) -> str | None:
        return f"#{self._eids[node]}" if node in self._eids else None


def _akn(tag: str) -> str:
    return f"{{{AKN}}}{tag}"


def _sub(parent: etree._Element, tag: str, attributes: dict[str, str] | None = None) -> etree._Element:
    clean = {key: for_xml(value) for key, value in (attributes or {}).items()}
    return etree.SubElement(parent, _akn(tag), clean)


def _own(parent: etree._Element, tag: str, **attributes: Any) -> etree._Element:
    shown = {key: for_xml(str(value)) for key, value in attributes.items() if value not in (None, "")}
    return etree.SubElement(parent, f"{{{OWN}}}{tag}", shown)


def _indent(root: etree._Element) -> None:
    """Put each element on a line of its own, but for those inside running text."""
    pending = [(root, 1)]
    while pending:
        element, depth = pending.pop()
        if not len(element) or element.tag in _RUNNING:
            continue
        inner = "\n" + "  " * depth
        element.text = inner
        for child in element:
            child.tail = inner
            pending.append((child, depth + 1))
        element[-1].tail = inner[:-2]


def _part_of_iri(words: str) -> str:
    """Return ``words`` as one step of a path."""
    return quote("".join(words.split())[:120], safe="", errors="replace") or "unnamed"


def _found(text: str, end: int, words: str) -> tuple[int, int] | None:
    """Return where ``words`` stand first in ``text[:end]``, white space apart."""
    wanted = "".join(words.split())
    places = [at for at in range(end) if not text[at].isspace()]
    at = "".join(text[at] for at in places).find(wanted) if wanted else -1
    return (places[at], places[at + len(wanted) - 1] + 1) if at >= 0 else None
