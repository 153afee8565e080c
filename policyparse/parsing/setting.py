"""Kind of document and its regions: what roles and responsibilities hang on.

The kind comes from the form of the document (articles, salutation of an assembly), from its title, and where these say
nothing from the density of words of grant. The regions follow the headings: in a report the chapters that look back and
those that look ahead, in a plan the chapters that describe what there is, and annexes by their names.
"""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.parsing.assigned_tasks import with_assigned
from policyparse.parsing.characters import Text
from policyparse.parsing.records import Outline, Region, Setting
from policyparse.parsing.report_regions import Annexes, ReportRegions
from policyparse.parsing.words import WordSet

_HEAD = 1500
"""How far the beginning of a document is looked at for its kind, in characters."""
_GRANTS = 3.5
"""From this many words of grant in 1,000 characters on, a text without a telling title is a document of measures."""
_MANY_GRANTS = 10
"""From this many on it is one even where its title speaks of a plan (补贴实施方案)."""
_SAMPLE = 20_000
_TITLE_REACH = 200
"""So far into a document its title stands."""

_SHORT = 16
"""A heading that describes what there is has at most this many characters."""

_SPOKEN = re.compile(r"(?:我)?(?:受|代表)[^。\n]{0,30}(?:政府|国务院|委员会|法院|检察院)[^。\n]{0,60}(?:报告|审议)")
# The line under a report's title: ——1994年3月7日在广州市第十届人民代表大会第二次会议上.
_AT_ASSEMBLY = re.compile(r"^.{0,20}在.{0,20}(?:人民代表大会|届人大).{0,12}会议上", re.MULTILINE)
# The first chapter of a report: 2004年工作回顾, 一九九八年工作的回顾, 1996年主要工作情况.
_YEAR_REVIEWED = re.compile(r"年(?:来)?(?:的)?(?:政府|主要)?工作(?:的)?(?:简要)?(?:回顾|情况|总结)$")
# A title line that is nothing but the name of a report: 2004年清河市政府工作报告; not 落实《政府工作报告》的….
_REPORT_TITLE = re.compile(
    r"^ {0,4}(?!关于|解读|落实|学习)[^\n,。;:!?《》“”|>]{0,20}政府工作报告(?:\([^()\n]{1,8}\))? {0,3}$", re.MULTILINE
)
_ARTICLE = re.compile(r"第.{1,10}[条條]")
# A document without a title line often names itself in its first sentence: 现将《…方案》印发, 特制定如下措施.
_NAMED = re.compile(
    r"《([^》]{4,60})》[^。\n]{0,30}印发|(?:制定|出台|提出|形成|制订)(?:了)?((?:本|以下|如下|若干)[^。,\n]{1,12})"
)
_NAMED_HEAD = 700
# A heading whose items are conditions: 符合下列要求的社会团体予以保留.
# A circular about what happened tells it before its numbered demands: 关于…事故调查处理情况的通报.
_CONDITIONS = re.compile(r"(?:符合|具备|满足)(?:下列|以下|如下)[^。,;\n]{0,8}(?:条件|要求|标准)")
_TOLD_FIRST = re.compile(r"情况的?通报|(?:予以|进行)通报|通报如下")


class SettingFinder:
    """Tells what kind of document a text is, and which of its regions review, plan, or set rules."""

    def __init__(self, lexicon: Lexicon) -> None:
        kind, region = lexicon.group("setting.kind"), lexicon.group("setting.region")
        self._rules, self._plans, self._laws = WordSet(kind["rules"]), WordSet(kind["plans"]), kind["laws"]
        self._report = kind["report"]
        self._grants = kind["grants"]
        self._background, self._goals = WordSet(region["background"]), WordSet(region["goals"])
        self._demands = WordSet(region["demands"])
        self._accounts, self._appraisals = WordSet(kind["accounts"]), WordSet(kind["appraisals"])
        self._annexes, self._reports = Annexes(lexicon), ReportRegions(lexicon)

    def find(self, text: Text, outline: Outline) -> Setting:
        """Return kind and regions of ``text``."""
        kind, sign, word = self._kind(text.folded, outline)
        if kind == "account":
            regions = self._sections(text.folded, outline, "review", kind)
            return Setting("report", _joined(regions, len(text.folded)), sign, word)
        default = {"law": "rules", "measures": "rules", "plan": "plan", "report": "plan"}[kind]
        regions = (
            self._reports.find(text.folded, outline)
            if kind == "report"
            else self._sections(text.folded, outline, default, kind)
        )
        regions = with_assigned(text.folded, outline, _joined(regions, len(text.folded)))
        return Setting(kind, regions, sign, word)

    def _kind(self, folded: str, outline: Outline) -> tuple[str, str, str]:
        """Return the kind, what told it, and the word that did where there is one."""
        articles = sum(_ARTICLE.fullmatch(s.label.replace(" ", "")) is not None for s in outline.sections)
        lines = sum(not s.inline for s in outline.sections)
        if articles >= 3 and articles * 5 >= lines:
            return "law", "articles", ""
        head = folded[:_HEAD]
        signs = sum(word in head for word in self._report)
        if (signs >= 1 and _SPOKEN.search(head)) or signs >= 3 or _AT_ASSEMBLY.search(head):
            return "report", "address", ""
        tops = [section.heading for section in outline.sections if section.level == 1 and not section.inline]
        if len(tops) > 1 and _YEAR_REVIEWED.search(tops[0]):
            return "report", "chapters", ""
        title = self._title(head, outline)
        if signs == 1 and _REPORT_TITLE.search(head, 0, _TITLE_REACH):
            return "report", "title", "政府工作报告"
        if self._accounts.within(title, 0, len(title)):
            return "account", "account", ""
        sample = folded[:_SAMPLE]
        density = sum(sample.count(word) for word in self._grants) * 1000 / max(len(sample), 500)
        planned, plan_word = self._plans.last(title, 0, len(title))
        ruled, rule_word = self._rules.last(title, 0, len(title))
        if planned >= 0 or ruled >= 0:
            # The word nearer to the end counts; rules by which work is appraised are a list of tasks.
            if planned > ruled and density < _MANY_GRANTS:
                return "plan", "title", plan_word
            if self._appraisals.within(title, 0, len(title)):
                return "plan", "appraisal", ""
            return "measures", "title", rule_word
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

    def _sections(self, folded: str, outline: Outline, default: str, kind: str) -> list[Region]:
        """Return the regions of a plan, of measures or of a law."""
        regions = [Region(0, len(folded), default)]
        if kind == "law":
            return regions
        until = 0
        first = next((section.start for section in outline.sections if section.level == 1), 0)
        if kind == "plan" and first and _TOLD_FIRST.search(folded, 0, min(first, _HEAD)):
            regions = [Region(0, first, "review"), Region(first, len(folded), default)]
        for section in outline.sections:
            if section.level > 3 or section.inline or section.start < until or not section.heading:
                continue
            purpose = self._annexes.purpose(section)
            heading, length = section.heading, len(section.heading)
            if (
                kind == "plan"
                and section.level <= 2
                and (length <= _SHORT or heading.endswith(("情况", "回顾")))
                and self._background.before(heading, 0, length)
                and not self._demands.at(heading, 0, length)
            ):
                purpose = purpose or "review"
            if kind == "plan" and _CONDITIONS.search(heading):
                purpose = purpose or "rules"
            if kind == "measures" and length <= 16 and self._goals.within(heading, 0, length):
                purpose = purpose or "plan"
            if not purpose:
                continue
            until = section.end
            regions[-1].end = section.start
            regions += [Region(section.start, until, purpose), Region(until, len(folded), default)]
        return regions


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
