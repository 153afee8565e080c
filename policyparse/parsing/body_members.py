"""The members of a phrase of bodies that end together: 教育、公安等部门; 市、县(区)人民政府; 家电、家居企业, which is one."""

from __future__ import annotations

import re

from policyparse.parsing.bodies import OPENERS, Bodies

RANKS = frozenset("各本省市县区乡镇村里州旗盟道")
_LEVEL = RANKS | frozenset("自直")
RANK = re.compile(
    "(?:各|本)?(?:省|自治区|直辖市|设区[的]?市|省辖市|县级市|市辖区|市|县|区|乡|镇|村|里|州|旗|盟|街道)(?: ?[(〔\\[][省市县区乡镇州旗盟、特辖级 ]{1,9}[)〕\\]])?"
)
_CLASS = frozenset("各本所其每")  # 各市、县人民政府 is one class
_ONE_CLASS = ("有关", "相关")
# Fields of government that share a noun: 财政、国土资源、规划、公安消防等主管部门.
_FIELDS_LIST = re.compile(
    "(?:各[级省市县区地州])?"
    "(?:[^,。;:、的《》“” \\n各等]{2,12}、){1,24}[^,。;:、的《》“” \\n各等]{2,14}?等?(?:各|有关|相关|行业|职能|行政|主管|监管|监督管理|管理|党政){0,3}(?:部门|机关|单位|委办局)"
)
_JOINED_FIELDS = re.compile(
    "([^和及与]{2,6})(?:和|以及|及|与)([^和及与]{2,8}?)等?(?:有关|相关|行政|主管|管理){0,2}(?:部门|机关|单位)"
)
_NAMED_FIELDS = 0.5  # share of the fields that must be known
_FIELD = 10  # characters of a field of government before a shared 部门
_ONE_NOUN = ("企业", "机构", "公司", "媒体", "院校", "专区", "行业", "平台")
_GENERIC = 4  # characters of the noun that closes a list with 等: 等部门, 等各类企业
_PARTED = re.compile("(?<=[部门区位地市县校])各(?=[部地有相县市区单行高学院企园旗街])")  # 各地区各部门, without a sign


class MemberReader:
    """Takes phrases that end together apart."""

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies

    def fields(self, text: str, start: int, limit: int) -> list[tuple[int, int]]:
        """Return the members of a list of fields of government that share a noun behind the last: 公安、民政等部门."""
        listed = _FIELDS_LIST.match(text, start, limit)
        if not listed:
            return []
        pieces = _pieces(text, start, listed.end())
        first, end = pieces[-1]
        joined = _JOINED_FIELDS.match(text, first, end)  # 审计和监察部门, but 文化和旅游部门 is one
        if (
            joined
            and self._bodies.named(text, first, joined.end(1))
            and not self._bodies.named(text, first, joined.end(2))
        ):
            pieces[-1:] = [(first, joined.end(1)), (joined.start(2), end)]
        known = sum(
            self._bodies.named(text, first, last)
            or self._bodies.named(text, first + (text[first] in RANKS) + (text[first] == "各"), last)
            for first, last in pieces[:-1]
        )
        return pieces if known >= _NAMED_FIELDS * (len(pieces) - 1) else []

    def split(self, text: str, begin: int, end: int) -> list[tuple[int, int]]:
        """Return the members that end together: 教育、公安、卫健等部门 are three, 家电、家居企业 is one."""
        if parted := [match.start() for match in _PARTED.finditer(text, begin + 2, end)]:
            return list(zip([begin, *parted], [*parted, end], strict=True))
        if "、" not in text[begin:end]:
            return [(begin, end)]
        if text[begin] in _LEVEL and text[end - 1] in RANKS:
            ranks = _pieces(text, begin, end)
            shared = text[begin] == "各" and all(last - first == 1 for first, last in ranks[1:])  # 各市、县
            if not shared and all(RANK.fullmatch(text, *rank) for rank in ranks):
                return ranks  # 各省、自治区、直辖市 without a head that they share
        if text.startswith("各省、自治区", begin):
            return [(begin, end)]  # 各省、自治区、直辖市教育行政部门 is one class
        cut = text.rfind("等", begin, end)
        starts = [begin]
        depth = 0
        for position in range(begin, cut if cut > 0 else end):
            if text[position] in OPENERS:
                depth += 1
            elif text[position] in ")]〕】〉":
                depth -= 1
            elif text[position] == "、" and not depth:
                starts.append(position + 1)
        pieces = list(zip(starts, [*(s - 1 for s in starts[1:]), end], strict=True))
        if (
            text[begin] not in _CLASS
            and not text.startswith(_ONE_CLASS, begin)
            and all(RANK.fullmatch(text, *piece) for piece in pieces[:-1])
        ):
            return pieces  # 市、县(区)人民政府
        # 教育、科研机构 are one class: no body is called by such a field alone.
        fields = not text.endswith(_ONE_NOUN, begin, end) and all(
            self._bodies.named(text, *piece) for piece in pieces[:-1]
        )
        if cut > 0 and end - cut - 1 > _GENERIC and not self._bodies.named(text, pieces[-1][0], cut):
            return [*pieces[:-1], (pieces[-1][0], cut), (cut + 1, end)]
        if fields or (
            text.endswith("部门", begin, end) and all(1 < last - first < _FIELD for first, last in pieces[:-1])
        ):
            return pieces
        return [(begin, end)]


def _pieces(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Return the spans between the signs 、."""
    found = []
    while (sign := text.find("、", begin, end)) >= 0:
        found.append((begin, sign))
        begin = sign + 1
    return [*found, (begin, end)]
