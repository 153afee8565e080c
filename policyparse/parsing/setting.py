"""Kind of document and its regions: what roles and responsibilities hang on.

The kind comes from the form of the document (articles, salutation of an assembly), from its title, and where these say
nothing from the density of words of grant. The regions follow the headings: in a report the chapters that look back and
those that look ahead, in a plan the chapters that describe what there is, and annexes by their names.
"""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.parsing.characters import Text
from policyparse.parsing.numerals import parse_number
from policyparse.parsing.records import Outline, Region, Section, Setting
from policyparse.parsing.words import WordSet

_HEAD = 1500
"""How far the beginning of a document is looked at for its kind, in characters."""
_LONG_FRONT = 800
"""A longer text before the first division of a report is part of its body."""
_LEAD = 80
"""How far the first sentence of a chapter is looked at where its heading says nothing."""
_GRANTS = 3.5
"""From this many words of grant in 1,000 characters on, a text without a telling title is a document of measures."""
_SAMPLE = 20_000

_SHORT = 16
"""A heading that describes what there is has at most this many characters."""

_YEAR = re.compile(r"((?:19|20)\d\d)(?=年|[,，]|-|—|$)|((?:一九|二〇|二零)[零〇一二三四五六七八九]{2})年")
_OCCASION = re.compile(
    r"((?:19|20)\d\d) ?年 ?\d{1,2} ?月|((?:一九|二〇|二零)[零〇一二三四五六七八九]{2})年[一二三四五六七八九十]+月"
)
_SPOKEN = re.compile(r"(?:我)?(?:受|代表)[^。\n]{0,30}(?:政府|国务院|委员会|法院|检察院)[^。\n]{0,20}(?:报告|审议)")
_ARTICLE = re.compile(r"第.{1,10}[条條]")
# A document without a title line often names itself in its first sentence: 现将《…方案》印发, 特制定如下措施.
_NAMED = re.compile(
    r"《([^》]{4,60})》[^。\n]{0,30}印发|(?:制定|出台|提出|形成|制订)(?:了)?((?:本|以下|如下|若干)[^。,\n]{1,12})"
)
_NAMED_HEAD = 700
_NOT_TURNING = re.compile(r"完成|实现了|确定的|提出的|超额|圆满|围绕")


class SettingFinder:
    """Tells what kind of document a text is, and which of its regions review, plan, or set rules."""

    def __init__(self, lexicon: Lexicon) -> None:
        kind, region = lexicon.group("setting.kind"), lexicon.group("setting.region")
        self._rules, self._plans, self._laws = WordSet(kind["rules"]), WordSet(kind["plans"]), kind["laws"]
        self._report = kind["report"]
        self._grants = kind["grants"]
        self._review_words, self._plan_words = WordSet(region["review"]), WordSet(region["plan"])
        self._background, self._goals = WordSet(region["background"]), WordSet(region["goals"])
        self._firm = WordSet(region["firm_review"])
        self._demands = WordSet(region["demands"])
        self._accounts, self._appraisals = WordSet(kind["accounts"]), WordSet(kind["appraisals"])
        self._glossary, self._results = WordSet(region["glossary"]), WordSet(region["results"])
        self._turning, self._turning_time = WordSet(region["turning"]), WordSet(region["turning_time"])

    def find(self, text: Text, outline: Outline) -> Setting:
        """Return kind and regions of ``text``."""
        kind, sign, word = self._kind(text.folded, outline)
        if kind == "account":
            regions = self._sections(text.folded, outline, "review", kind)
            return Setting("report", _joined(regions, len(text.folded)), sign, word)
        default = {"law": "rules", "measures": "rules", "plan": "plan", "report": "plan"}[kind]
        regions = (
            self._report_regions(text.folded, outline)
            if kind == "report"
            else self._sections(text.folded, outline, default, kind)
        )
        return Setting(kind, _joined(regions, len(text.folded)), sign, word)

    def _kind(self, folded: str, outline: Outline) -> tuple[str, str, str]:
        """Return the kind, what told it, and the word that did where there is one."""
        articles = sum(_ARTICLE.fullmatch(s.label.replace(" ", "")) is not None for s in outline.sections)
        lines = sum(not s.inline for s in outline.sections)
        if articles >= 3 and articles * 5 >= lines:
            return "law", "articles", ""
        head = folded[:_HEAD]
        signs = sum(word in head for word in self._report)
        if (signs >= 2 and _SPOKEN.search(head)) or signs >= 3:
            return "report", "address", ""
        title = self._title(head, outline)
        if self._accounts.within(title, 0, len(title)):
            return "account", "account", ""
        planned, plan_word = self._plans.last(title, 0, len(title))
        ruled, rule_word = self._rules.last(title, 0, len(title))
        if planned >= 0 or ruled >= 0:
            # The word nearer to the end counts; rules by which work is appraised are a list of tasks.
            if planned > ruled:
                return "plan", "title", plan_word
            if self._appraisals.within(title, 0, len(title)):
                return "plan", "appraisal", ""
            return "measures", "title", rule_word
        sample = folded[:_SAMPLE]
        density = sum(sample.count(word) for word in self._grants) * 1000 / max(len(sample), 500)
        return ("measures", "grants", "") if density >= _GRANTS else ("plan", "none", "")

    def _title(self, head: str, outline: Outline) -> str:
        """Return the lines before the body that may be a title: without a full stop, before the first division."""
        end = min((s.start for s in outline.sections[:1]), default=len(head))
        lines = []
        for line in head[: max(end, 0)].split("\n"):
            line = line.strip()
            if 4 <= len(line) <= 120 and not line.endswith(("。", ":", ";", ",")) and "http" not in line:
                lines.append(line.replace(" ", ""))
            if len(lines) >= 8 or line.endswith("。"):
                break
        if not lines and (named := _NAMED.search(head, 0, _NAMED_HEAD)):
            return named[1] or named[2]
        return "".join(lines)

    def _report_regions(self, folded: str, outline: Outline) -> list[Region]:
        """Return the regions of a report: its chapters by their headings, annexes by their names."""
        tops = [s for s in outline.sections if s.level == 1]
        year = _year_of(folded, tops)
        regions: list[Region] = []
        first = tops[0].start if tops else len(folded)
        purpose = ""
        if first > _LONG_FRONT:
            regions += self._turns(folded, 0, first, "review")
            purpose = regions[-1].purpose
        else:
            regions.append(Region(0, first, "front"))
        annexed = False
        for index, top in enumerate(tops):
            end = tops[index + 1].start if index + 1 < len(tops) else len(folded)
            named = self._annex(top)
            annexed = annexed or bool(named) or _is_annex(top)
            if named or annexed:
                regions.append(Region(top.start, end, named or "plan"))
                continue
            said = self._looks(top.heading, year) or self._opens(folded, top, year)
            if said == "review" and purpose == "plan" and not self._firm.within(top.heading, 0, len(top.heading)):
                said = ""
            if not said and purpose == "review" and top.style.startswith("（"):
                said = "review"  # items of a chapter whose own heading the text lost
            if not said:
                said = purpose if purpose == "plan" else ("review" if index == 0 and len(tops) > 1 else "plan")
            inner = self._within(folded, outline, top, end, said, year)
            if said == "review" and (self._both(top.heading) or top.style.startswith("（")):
                inner = [part for one in inner for part in self._turns(folded, one.start, one.end, one.purpose)]
            regions += inner
            purpose = inner[-1].purpose
        if not any(r.purpose == "plan" for r in regions):
            turned: list[Region] = []
            for region in regions:
                turned += (
                    self._turns(folded, region.start, region.end, region.purpose)
                    if region.purpose in ("review", "front")
                    else [region]
                )
            regions = turned
        return regions

    def _within(
        self, folded: str, outline: Outline, top: Section, end: int, said: str, year: int | None
    ) -> list[Region]:
        """Return the regions of one chapter: its second-level headings may look the other way (过去一年…, 今年…)."""
        regions = [Region(top.start, end, said)]
        for section in outline.sections:
            if section.level != 2 or not top.start < section.start < end or section.inline:
                continue
            heading = section.heading
            other = self._looks(heading, year, strict=True)
            if named := self._annex(section):
                other = named
            if other and other != regions[-1].purpose:
                regions[-1].end = section.start
                regions.append(Region(section.start, end, other))
            elif not other and regions[-1].purpose != said and section.parent >= 0:
                regions[-1].end = section.start
                regions.append(Region(section.start, end, said))
        return regions

    def _looks(self, heading: str, year: int | None, *, strict: bool = False) -> str:
        """Return ``review`` or ``plan`` as the heading says, or ``""``."""
        length = len(heading)
        if strict and length > 16:
            return ""
        found = _YEAR.search(heading)
        when = _as_year(found) if found else None
        if self._review_words.within(heading, 0, length) and not (
            strict and when is None and "回顾" not in heading and "过去" not in heading
        ):
            return "review"
        if strict:
            return ""
        if when is not None and year is not None and when < year:
            return "review"
        if self._plan_words.within(heading, 0, length) or (when is not None and year is not None and when >= year):
            return "plan"
        return ""

    def _both(self, heading: str) -> bool:
        """Tell whether a chapter that looks back goes on to what is planned (1996年工作回顾和1997年工作要求)."""
        position, word = self._review_words.first(heading, 0, len(heading))
        return position >= 0 and self._plan_words.within(heading, position + len(word), len(heading))

    def _opens(self, folded: str, section: Section, year: int | None) -> str:
        """Return what the first words of a chapter say about its time: 一年来… looks back, 今年… ahead."""
        lead = folded[section.body : section.body + _LEAD].lstrip()
        if lead.startswith(("一年来", "过去", "五年来", "去年", "几年来")):
            return "review"
        found = _YEAR.match(lead)
        when = _as_year(found) if found else None
        if when is not None and year is not None:
            return "review" if when < year else "plan"
        if lead.startswith(("今年", "新的一年", "今后", "未来")):
            return "plan"
        return ""

    def _turns(self, folded: str, start: int, end: int, purpose: str) -> list[Region]:
        """Return a stretch without telling headings as review and plan: it turns where a paragraph says what is to come."""
        position = start
        while 0 <= position < end:
            line_end = folded.find("\n", position, end)
            line_end = end if line_end < 0 else line_end
            stop = min(line_end, position + 60)
            time = self._turning_time.first(folded, position, stop)[0]
            if time >= 0:
                turn = self._turning.first(folded, time, stop)[0]
                if turn >= 0 and not _NOT_TURNING.search(folded, position, turn):
                    return [Region(start, position, purpose), Region(position, end, "plan")]
            position = line_end + 1
        return [Region(start, end, purpose)]

    def _annex(self, section: Section) -> str:
        heading, length = section.heading, len(section.heading)
        if length <= 20 and self._glossary.within(heading, 0, length):
            return "glossary"
        if (_is_annex(section) or length <= 30) and self._results.within(heading, 0, length) and section.level == 1:
            return "results" if _is_annex(section) else ""
        return ""

    def _sections(self, folded: str, outline: Outline, default: str, kind: str) -> list[Region]:
        """Return the regions of a plan, of measures or of a law."""
        regions = [Region(0, len(folded), default)]
        if kind == "law":
            return regions
        until = 0
        for section in outline.sections:
            if section.level > 3 or section.inline or section.start < until or not section.heading:
                continue
            purpose = self._annex(section)
            heading, length = section.heading, len(section.heading)
            if (
                kind == "plan"
                and section.level <= 2
                and length <= _SHORT
                and self._background.before(heading, 0, length)
                and not self._demands.at(heading, 0, length)
            ):
                purpose = purpose or "review"
            if kind == "measures" and length <= 16 and self._goals.within(heading, 0, length):
                purpose = purpose or "plan"
            if not purpose:
                continue
            until = section.end
            regions[-1].end = section.start
            regions += [Region(section.start, until, purpose), Region(until, len(folded), default)]
        return regions


def _is_annex(section: Section) -> bool:
    return section.label.startswith("附")


def _as_year(match: re.Match[str]) -> int:
    return int(match[1]) if match[1] else int(parse_number(match[2]))


def _year_of(folded: str, tops: list[Section]) -> int | None:
    """Return the year of a report: that of its date line, else the latest that a chapter's heading names."""
    if found := _OCCASION.search(folded, 0, 400):
        return _as_year(found)
    years = [
        _as_year(m)
        for top in tops
        for m in _YEAR.finditer(top.heading)
        if "规划" not in top.heading and "远景" not in top.heading
    ]
    return max(years, default=None)


def _joined(regions: list[Region], length: int) -> list[Region]:
    """Return the regions without empty ones, neighbours with the same purpose as one, up to the end of the text."""
    joined: list[Region] = []
    for region in regions:
        if region.end <= region.start:
            continue
        if joined and joined[-1].purpose == region.purpose:
            joined[-1].end = region.end
        else:
            joined.append(region)
    if joined:
        joined[0].start, joined[-1].end = 0, length
    return joined
