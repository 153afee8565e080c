"""Full names of bodies: prefixes and heads that a list leaves out, and common short forms written in full.

``省商务厅、住房城乡建设厅`` names 省住房城乡建设厅; ``公安、司法行政部门`` names 公安部门; 市发改委 is 市发展和改革委员会.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyparse.lexicon import Lexicon
from policyparse.parsing.bodies import Bodies
from policyparse.parsing.words import WordSet

_BLANK = re.compile(r"\s+")
# Whose body it is: 省, 市, 县, or a place by its name (澜江市). 市场监管局 and 省级 begin otherwise.
_OWNER = re.compile(
    r"(?:自治区|直辖市|[一-鿿]{2,7}(?:省|市|县|自治州|自治县)|[省市县区州旗盟])(?![场级直政长属内辖容])"
)
# Bureaus of a government, which share the prefix of the one before them; not what has a name or a class of its own.
_BUREAU = re.compile(
    r"(?:局|委|厅|办|委员会|办公室|中心|总工会|工会|妇联|残联|科协|文联|工商联|贸促会|法院|检察院|局（[^）]*）)$"
)
_OWN_NAME = re.compile(
    r"各|有关|相关|其他|属地|国|中国|中央|全国|人民银行|人行|省|市(?!场|政公用|容)|县|区|州|旗|自治区|团|[^局委厅办]{2,12}(?:分局|支局|监管局|分行|支行|管委会|海关|[县区市]政府)|.{1,6}(?<![市地校社])区"
)
_PLACES = re.compile(r"省|自治区|市|县|区|州|旗")
_SUFFIX = re.compile(r"(?:等)?(部门|机关|机构|单位)$")


class FullNames:
    """Gives bodies their full names."""

    def __init__(self, lexicon: Lexicon, bodies: Bodies) -> None:
        self._short = lexicon.pairs("abbreviations")
        self._short_words = WordSet(self._short)
        self._bodies = bodies

    def names(self, printed: Sequence[str], issuer: str | None) -> list[str]:
        """Return the full names of the members of one list, in order; ``issuer`` tells whose bureaus they are."""
        names = [_BLANK.sub("", name) for name in printed]
        shared = self._shared_head(names)
        owner = _rank(issuer)
        full = []
        for index, name in enumerate(names):
            own = _OWNER.match(name)
            if own and _BUREAU.search(name):
                owner = own.group()
            elif self._is_elided(name) and _fits(owner, name):
                name = owner + name
            elif shared and index < len(names) - 1 and self._bodies.named(name, 0, len(name)):
                name += shared
            full.append(self._spelt_out(name))
        return full

    def _shared_head(self, names: list[str]) -> str:
        """Return the head that the last of a list lends to the others: 公安、司法行政部门."""
        match = _SUFFIX.search(names[-1]) if len(names) > 1 else None
        return match.group(1) if match else ""

    def _spelt_out(self, name: str) -> str:
        word = self._short_words.before(name, 0, len(name))
        before = name[: len(name) - len(word)]
        if word and not name.endswith(self._short[word]) and (word[-1] in "会心府院" or self._ends_owner(before)):
            return name[: -len(word)] + self._short[word]
        for bank in ("人行", "人民银行"):  # 人行澜江市分行
            if name.startswith(bank) and len(name) > len(bank):
                return self._short[bank] + name[len(bank) :]
        return name

    def _ends_owner(self, before: str) -> bool:
        """Tell whether what stands before a short form is only whose it is: 建委 in 市建委, not in 住房城乡建委."""
        return not before or before[-1] in "省市县区州旗盟委府)）" or before in ("国家", "全国", "各地")

    def _is_elided(self, name: str) -> bool:
        """Tell whether a bureau's name lacks whose it is, and has no name of its own: 财政局, not 河南银保监局."""
        return (
            bool(_BUREAU.search(name)) and not _OWN_NAME.match(name) and not self._bodies.place_at(name, 0, len(name))
        )


def _rank(issuer: str | None) -> str:
    """Return the rank of a local issuer: 省 for 安徽省人民政府, 自治区, 市, 县, 区; ``""`` where it is not known."""
    if not issuer:
        return ""
    government = issuer.find("人民政府")
    place = issuer[:government] if government > 0 else issuer
    ranks = _PLACES.findall(place)
    return ranks[-1] if ranks else ""


def _fits(owner: str, name: str) -> bool:
    """Tell whether a bureau of this name may belong to ``owner``: only provinces have 厅."""
    if not owner:
        return False
    return not name.endswith("厅") or owner.endswith(("省", "自治区"))
