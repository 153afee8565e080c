"""Issuer, region and year of a document: from a table that the user gives, from its text, or from its path.

The user's table comes before the text, and the text before the path. Which one gave a value is stored beside it:
``metadata``, ``text``, ``path``, or ``text+path`` where the text names the issuer by its level only (省政府) and the
path says of which region.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policyparse.corpus.sidecar import Given
from policyparse.lexicon import Lexicon
from policyparse.model import Document

_WHOLE_COUNTRY = "全国"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|—|-|～)")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z]+")
_REPORT = re.compile(r"^(?:19|20)\d\d(?:[-_ (（]{0,2}\d{0,2}[)）]?)?$|报告|report", re.IGNORECASE)
# One step of an address (浙江省, 杭州市, 西湖区); 市 is none in 城市, 市场, 市民, 市政 and 市容.
_STEP = re.compile(
    r"[\u4e00-\u9fff]{2,7}?(?:特别行政区|自治区|自治州|自治县|省|(?<!城)市(?![场民政容])|州|盟|县|区|旗)(?!委会)"
)
_BEFORE = ("中国共产党", "中共", "中华人民共和国")
# A government named by its level only (省政府, 市人民政府): it says nothing about the place.
_BARE = re.compile(r"(?:[省市县区州旗]|自治区|自治州|自治县)?(?:人民)?政府(?:办公[厅室])?")
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Origin:
    """Issuer, region and year, each with the source that gave it."""

    issuer: str | None = None
    issuer_from: str | None = None
    region: str | None = None
    region_from: str | None = None
    year: int | None = None
    year_from: str | None = None


class OriginFinder:
    """Finds the origin of documents with the names of regions in the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._regions = lexicon.pairs("regions")

    def find(self, document: Document, path: str, given: Given) -> Origin:
        """Return the origin of ``document``, whose name in the store is ``path``."""
        front = document.metadata
        region, region_from = self._region(document, path, given)
        year, year_from = _year(document, path, given)
        issuer: str | None
        if given.issuer:
            issuer, issuer_from = given.issuer, "metadata"
        elif front.issuer and not _BARE.fullmatch(front.issuer):
            issuer, issuer_from = front.issuer, "text"
        elif region and (front.issuer or _is_report(document, path)):
            issuer = "国务院" if region == _WHOLE_COUNTRY else f"{region}人民政府"
            issuer_from = "text" if region_from == "text" else f"text+{region_from}" if front.issuer else region_from
        else:
            issuer, issuer_from = front.issuer, "text"
        return Origin(
            issuer=issuer,
            issuer_from=issuer_from if issuer else None,
            region=region,
            region_from=region_from if region else None,
            year=year,
            year_from=year_from if year else None,
        )

    def region_of(self, name: str) -> str | None:
        """Return the region that the name of a body, a title or a file begins with, in full.

        >>> from policyparse.lexicon import load_lexicon
        >>> finder = OriginFinder(load_lexicon())
        >>> finder.region_of("浙江省人民政府"), finder.region_of("杭州市西湖区人民政府"), finder.region_of("国务院办公厅")
        ('浙江省', '杭州市西湖区', '全国')
        """
        for prefix in _BEFORE:
            rest = name.removeprefix(prefix)
            if rest != name and rest:
                name = rest
        known, end = self._known(name)
        if known == _WHOLE_COUNTRY:
            return known
        steps = [known] if known else []
        while (step := _STEP.match(name, end)) and len(steps) < 4:
            steps.append(step.group())
            end = step.end()
        return "".join(steps) or None

    def _known(self, name: str) -> tuple[str, int]:
        """Return the known region at the start of ``name`` and where its name ends, full or short."""
        for size in range(min(_LONGEST, len(name)), 1, -1):
            full = self._regions.get(name[:size])
            if full:
                return full, len(full) if name.startswith(full) else size
        return "", 0

    def _region(self, document: Document, path: str, given: Given) -> tuple[str | None, str]:
        if given.region:
            return self._regions.get(given.region, given.region), "metadata"
        front = document.metadata
        for named in (given.issuer, front.issuer, front.title):
            if named and not _BARE.fullmatch(named) and (region := self.region_of(named)):
                return region, "metadata" if named == given.issuer else "text"
        for word in _path_words(path):
            region = self._regions.get(word) if word.isascii() else self.region_of(word)
            if region:
                return region, "path"
        return None, ""


def _path_words(path: str) -> Iterator[str]:
    """Yield the words of a path, those of the file's own name first, then those of its folders from the inside out."""
    for part in reversed(path.lower().split("/")):
        yield from _HAN.findall(part)
        yield from _LATIN.findall(part)


def _year(document: Document, path: str, given: Given) -> tuple[int | None, str]:
    if given.year:
        return given.year, "metadata"
    front = document.metadata
    if front.period and front.period.start:
        return front.period.start.year, "text"
    if front.issued_on:
        return front.issued_on.year, "text"
    if front.title and (named := _TITLE_YEAR.search(front.title)):
        return int(named[1]), "text"
    for part in reversed(path.split("/")):
        if named := _YEAR.search(part):
            return int(named[1]), "path"
    return None, ""


def _is_report(document: Document, path: str) -> bool:
    """Tell whether this is a government's report, so that its region gives its issuer."""
    stem = path.rpartition("/")[2].partition(".")[0]
    return bool(_REPORT.search(stem)) or "政府工作报告" in (document.metadata.title or "")
