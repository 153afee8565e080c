"""The parts of a Word file: which they are, their trees, and what is the same in both namespaces of the standard."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from policyparse.errors import ReadError
from policyparse.reading.limits import Limits
from policyparse.reading.markup import Element, xml_tree
from policyparse.reading.packages import Package

_DEFAULT_MAIN = "word/document.xml"


def local(element: Element) -> str:
    """Return an element's name without its namespace, ``""`` for what is no element."""
    tag = element.tag
    return str(tag).rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str, default: str = "") -> str:
    """Return an attribute by its name without namespace (files of the strict standard have another one)."""
    if element is None:
        return default
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return default


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first child with one of ``names``."""
    if element is not None:
        for each in element:
            if local(each) in names:
                return each
    return None


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children called ``name``."""
    if element is not None:
        for each in element:
            if local(each) == name:
                yield each


def number(text: str, default: int, least: int = 0, most: int = 1_000_000) -> int:
    """Return ``text`` as a number within bounds."""
    try:
        return max(least, min(int(text[:12]), most))
    except ValueError:
        return default


def is_on(element: Element | None) -> bool:
    """Tell whether a switch such as ``<w:vanish/>`` is there and not switched off."""
    return element is not None and attribute(element, "val", "1").lower() not in ("0", "false", "off", "none")


class WordParts:
    """The trees of a Word file's main parts; one that is missing is ``None``."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        """Unpack the parts. Raises ``ReadError`` where the file has no document in it."""
        self._package = Package(data, name, limits, what="Word file")
        self._name, self._limits = name, limits
        main = self._target("", "officeDocument") or _DEFAULT_MAIN
        if main not in self._package:
            raise ReadError(
                f"{name}: this is no Word file though it is packed like one: {main} is missing; open it in Word or WPS and "
                "save it again as .docx"
            )
        document = self._tree(main)
        body = child(document, "body")
        if local(document) != "document" or body is None:
            raise ReadError(
                f"{name}: {main} in it holds no document; open it in Word or WPS and save it again as .docx"
            )
        self.body: Element = body
        self.styles = self._part(main, "styles")
        self.numbering = self._part(main, "numbering")
        self.footnotes = self._part(main, "footnotes")
        self.endnotes = self._part(main, "endnotes")

    def _part(self, main: str, kind: str) -> Element | None:
        folder = posixpath.dirname(main)
        path = self._target(main, kind) or posixpath.join(folder, f"{kind}.xml")
        return self._tree(path) if path in self._package else None

    def _target(self, source: str, kind: str) -> str:
        """Return the part that ``source`` names as its ``kind``, ``""`` where it names none."""
        folder, base = posixpath.split(source)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        if path not in self._package:
            return ""
        for relation in self._tree(path):
            if attribute(relation, "Type").endswith(f"/{kind}") and attribute(relation, "TargetMode") != "External":
                target = unquote(attribute(relation, "Target"))
                found = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                return posixpath.normpath(found)
        return ""

    def _tree(self, path: str) -> Element:
        return xml_tree(self._package.read(path), self._name, path, self._limits)
