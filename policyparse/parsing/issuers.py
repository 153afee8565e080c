"""In whose name a document is given, where no signature says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyparse.lexicon import Lexicon
from policyparse.parsing.characters import Text
from policyparse.parsing.head_lines import Line, LineReader, read_act

_SPEAKS_FOR = re.compile(
    r"(?:我|现在?|谨)[,]?(?:代表|受)(?:本届)?([\u4e00-\u9fff]{0,16}?(?:人民政府|[省市县区州]政府|国务院|革命委员会|人民委员会|政府|法院|检察院))"
)
_ASSEMBLY = re.compile(
    r"([\u4e00-\u9fff]{2,24}?)(?:第[一二三四五六七八九十百]{1,4}届|[一二三四五六七八九十]{1,3}届)(?:人民代表大会|人大)"
)
_IN_FULL = re.compile(
    r"(?:^|[\s,。:、在])((?![我从向按])[\u4e00-\u9fff]{2,7}[省市县区州盟旗])第[一二三四五六七八九十]{1,3}届人民代表大会"
)
_REPORT_TITLE = re.compile(
    r"(?:(?:19|20)\d\d年(?:度)?)?([\u4e00-\u9fff]{2,10}?[省市县区州盟旗])(?:(?:19|20)\d\d年(?:度)?)?(?:人民)?政府(?:19|20)?\d{0,2}年?度?工作报告"
)
_BEFORE_REGION = re.compile(r".*(?:在|日|届)")
_COMMITTEE = re.compile(r"\(?中共([\u4e00-\u9fff]{2,14}?[省市县区州盟旗])委")
_AFTER_ORGAN = re.compile(r"关于|印发|转发|批转|对|全年|年度|(?:19|20)\d\d(?:年|[—-])|工作(?:要点|计划|方案|报告)")
_SESSION = re.compile(r"第[一二三四五六七八九十百\d]{1,4}届|第[一二三四五六七八九十百\d]{1,4}次")
_PASSED = re.compile(
    r"(?:经|由)?([\u4e00-\u9fff]{2,40}?)(?:第[一二三四五六七八九十百\d]{1,4}次|令|常务会议|办公会议|会议|批准|通过|发布|公布)"
)
_PLAIN = (
    "省人民政府",
    "市人民政府",
    "县人民政府",
    "区人民政府",
    "州人民政府",
    "自治区人民政府",
    "旗人民政府",
    "人民政府",
    "省政府",
    "市政府",
    "县政府",
    "区政府",
    "自治区政府",
    "政府",
    "自治州人民政府",
    "自治县人民政府",
    "镇人民政府",
    "乡人民政府",
)
_REGION_ENDS = "省市县区州盟旗乡镇"


class IssuerReader:
    """Finds the issuer in the words of a report or in a title."""

    def __init__(self, lexicon: Lexicon, lines: LineReader) -> None:
        self._lines = lines
        self._short = frozenset(lexicon.words("metadata.organ.short"))

    def from_head(self, text: Text, lines: Sequence[Line], title: str, is_report: bool) -> str:
        """Return the issuer that speaker, opening words or title name, or ``""``."""
        report = is_report or bool(_titled(title))
        return self.of_report(text, lines, title) if report else self.of_title(text, title, lines)

    def of_report(self, text: Text, lines: Sequence[Line], title: str) -> str:
        """Return the government for which the speaker reports, with its region where the text names it."""
        opening = text.folded[:2_500]
        hit = _SPEAKS_FOR.search(opening)
        spoken = hit[1] if hit else ""
        if spoken and spoken not in _PLAIN:
            return spoken
        region = ""
        for line in lines[:12]:
            if line.kind == "speaker":
                named = self._lines.government(line.bare)
                if named.endswith(("政府", "国务院")):
                    return named if named not in _PLAIN else self._placed(named, region)
                if named and named[-1] in _REGION_ENDS and named not in ("代", "副"):
                    return named + "人民政府"
            if line.kind == "occasion":
                region = _assembly(line.bare)
        region = region or _assembly(title) or _named_in_full(opening[:400]) or _titled(title)
        if not region and spoken and (committee := _COMMITTEE.search(text.folded, 0, 20_000)):
            region = committee[1]
        if region:
            return self._placed(spoken, region)
        return spoken

    @staticmethod
    def _placed(spoken: str, region: str) -> str:
        """Put the region before a government that is named by its level only (市人民政府)."""
        if not region:
            return spoken
        level = spoken.removesuffix("人民政府").removesuffix("政府")
        if level and not region.endswith(level):
            return spoken
        return region + "人民政府"

    def of_title(self, text: Text, title: str, lines: Sequence[Line]) -> str:
        """Return the body at the head of a title (某某办公厅关于…的通知, 某某局印发《…》的通知), or of an order (…令)."""
        bare = re.sub(r"\s+", "", title)
        for hit in _AFTER_ORGAN.finditer(bare):
            name = bare[: hit.start()]
            if name in self._short or (self._lines.organs(name) and "《" not in name):
                return _spaced(title, hit.start())
            if hit.group() == "关于":
                break
        for line in lines[:8]:
            if line.bare.endswith("令") and len(line.bare) <= 30:
                name = line.bare[:-1].removeprefix("中华人民共和国")
                if name in self._short or self._lines.organs(name):
                    return name
        return ""

    def from_act(self, bare: str) -> str:
        """Return the body that passed or published a rule, from the line that says so."""
        _, act = read_act(bare)
        hit = _PASSED.match(act.lstrip(",()"))
        if hit is None:
            return ""
        name = _SESSION.sub("", hit[1]).removeprefix("经").removeprefix("由")
        return name if self._lines.organs(name) or name in self._short or name.endswith("大会") else ""


def _spaced(title: str, length: int) -> str:
    """Return the first ``length`` characters of a title with the blanks that part its bodies (中共中央 国务院)."""
    for end, sign in enumerate(title):
        length -= not sign.isspace()
        if not length:
            return " ".join(title[: end + 1].split())
    return title


def _assembly(bare: str) -> str:
    """Return the region whose people's congress is named (某某市第九届人民代表大会)."""
    hit = _ASSEMBLY.search(bare)
    region = _BEFORE_REGION.sub("", hit[1]) if hit else ""
    return region if len(region) > 1 and region[-1] in _REGION_ENDS else ""


def _titled(title: str) -> str:
    """Return the region in the title of a report (某某市2020年政府工作报告, 2020年某某省人民政府工作报告)."""
    hit = _REPORT_TITLE.match(re.sub(r"\s+", "", title))
    return hit[1] if hit else ""


def _named_in_full(opening: str) -> str:
    """Return the region of an assembly that running text names in full (某某省第五届人民代表大会第三次会议)."""
    hit = _IN_FULL.search(opening)
    return hit[1] if hit else ""
