"""Which part of a web page is the document.

Sites of governments put the document into an element that their content system names (TRS_Editor, zoom, UCAP-CONTENT); where
no such name is found, it is the element that holds most of the page's text outside links. Its title and the table of
metadata often stand beside that element.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policyparse.lexicon import load_lexicon
from policyparse.reading.building import Block, Grid
from policyparse.reading.html_blocks import BLOCKS, SKIPPED, blocks_of, is_hidden
from policyparse.reading.markup import Element

# Names that content systems give to the element with the text of the document, and to nothing else.
_TEXT = re.compile(
    r"(?:^|[\s_-])(?:ucap-?content|trs_editor(?:_view)?|trs_ueditor|custom_unionstyle|zoom(?:con)?|pages?_content|js_content"
    r"|ivs_content|vsb_content(?:_\d+)?|zfxxgk_zw_content|xxgk_?content|j-fontcontent|fontzoom)(?:$|[\s_-])",
    re.IGNORECASE,
)
# Names that sites give to it and to what holds it.
_MAIN = re.compile(
    r"(?:^|[\s_-])(?:rich_media_content|article-?_?(?:content|con|body|text|main|conter|detail)?|news_?-?(?:content|con|text|body|detail)"
    r"|con_?text|text_?con(?:tent)?|main_?text|content_?-?(?:text|body|main|article)|wz_?(?:content|con|nr)|zw_?(?:content|con|nr)"
    r"|bt_?content|view_?content|xl_content|info_?content|detail_?-?(?:content|con|text|news)|print_?area|art_?-?con|arti_?content"
    r"|zhengwen|nr_?con)(?:$|[\s_-])",
    re.IGNORECASE,
)
# Names of what stands around it. An element with much of the text is kept whatever it is called.
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav\w{0,12}|top_?nav|menu\w{0,8}|crumbs?|bread_?crumbs?|share\w{0,12}|bdshare\w{0,20}|bshare\w{0,12}|jiathis\w{0,12}"
    r"|social\w{0,8}|foot|footer\w{0,8}|copyright|side_?bar\w{0,6}|tool_?(?:bar|box|s)|relate[ds]?\w{0,10}|recommend\w{0,6}|comments?"
    r"|qr_?code\w{0,6}|ewm|erweima|pager|pagination|font_?size\w{0,6}|change_?font\w{0,4}|print\w{0,6}|search\w{0,8}|login|banner"
    r"|logo|dqwz|weizhi|position|location|wzdh|xgwz|xglj|xgjd|xgxx|prev_?next|next_?prev|sxp|links?|friend_?links?|gotop|backtop)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST = 0.3
"""Share of the page's text that nothing around the document has."""
_ENOUGH = 0.25
"""Share of the page's text that an element named for the document has at least."""
_DESCEND = 0.75
"""Share of an element's text that a child has that is to be the main element in its place."""
_LONGEST_LINK = 200
_SPREAD = 1.3
"""How much more text all named elements have together than the heaviest, where the document is spread over them."""
_MOST_PIECES = 20
_TITLE = 6, 120
_FRONT_LONGEST = 1_500
_LABELS, _METADATA_CELLS = 3, 80
_SPACE = re.compile(r"\s+")
_CHINESE = re.compile(r"[\u3400-\u9fff\uff00-\uffef、。]")
_SIGNS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_FONT = re.compile(
    r"(?:浏览|文章|页面|调整|选择)?(?:文字|字体|字号)(?:大小|选择|显示)?[:：]?(?:特大|超大|加大|默认|标准|正常|[大中小/|、]){1,9}$"
)
_SHORT = 60


class Page:
    """A page taken apart: ``main`` is the element with the document, ``dropped`` what is left out below it."""

    def __init__(self, root: Element) -> None:
        self._order: dict[Element, int] = {}
        self._weights: dict[Element, int] = {}
        self.dropped: set[Element] = set()
        self._root = root
        self._weigh()
        self.main: Element = self._main()
        for element in self.main.iterancestors():
            self.dropped.discard(element)
        self.path_of_main = str(root.getroottree().getpath(self.main))

    def _weigh(self) -> None:
        """Count the Chinese characters of each element's text outside links, and drop what stands around the document."""
        elements = [element for element in self._root.iter() if isinstance(element.tag, str)]
        self._order = {element: at for at, element in enumerate(elements)}
        outside: set[Element] = set()
        for element in elements:  # parents come before their children
            parent = element.getparent()
            if parent in outside or element.tag in SKIPPED:
                outside.add(element)
        weights: dict[Element, int] = {}
        for element in reversed(elements):
            own = 0
            if element not in outside:
                own = weights.get(element, 0) + len(_CHINESE.findall(element.text or ""))
                if element.tag == "a" and own < _LONGEST_LINK:  # one that never ends is no link
                    own = 0
            parent = element.getparent()
            weights[element] = own
            if parent is not None:
                weights[parent] = weights.get(parent, 0) + own + len(_CHINESE.findall(element.tail or ""))
        total = weights.get(self._root, 0)
        for element in elements:
            if element in outside:
                continue
            names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
            around = is_hidden(element) or (len(names) > 1 and _AROUND.search(names))
            if around and weights[element] <= _MOST * total:
                self.dropped.add(element)
        self._weights = weights

    def _main(self) -> Element:
        total = self._weights.get(self._root, 0)
        for pattern in (_TEXT, _MAIN):
            named = [
                element
                for element in self._order
                if element.tag in BLOCKS
                and element not in self.dropped
                and pattern.search(f"{element.get('class') or ''} {element.get('id') or ''}"[:300])
            ]
            best = self._together(named)
            if best is not None and self._weights[best] >= max(_ENOUGH * total, 1):
                return best
        here = self._root
        while True:
            children = [child for child in here if isinstance(child.tag, str) and child not in self.dropped]
            best = max(children, key=lambda child: self._weights.get(child, 0), default=None)
            if (
                best is None
                or best.tag not in BLOCKS
                or best.tag in ("p", "li", "tr", "tbody", "thead", "dl", "ul", "ol")
            ):
                if best is None or best.tag not in ("tr", "tbody"):
                    return here
                if not any(_is_cell_heavy(cell, self._weights, _DESCEND) for cell in best.iter("td")):
                    return here
            if self._weights.get(best, 0) < max(_DESCEND * self._weights.get(here, 0), 1):
                return here
            here = best

    def _together(self, named: list[Element]) -> Element | None:
        """Return the heaviest of some elements, or what holds all of them where the text is spread over several."""
        if not named:
            return None
        best = max(named, key=lambda element: (self._weights[element], -self._order[element]))
        known = set(named)
        outer = [element for element in named if not any(above in known for above in element.iterancestors())]
        total = sum(self._weights[element] for element in outer)
        if total <= _SPREAD * self._weights[best] or len(outer) > _MOST_PIECES:
            return best
        common = set(outer[0].iterancestors())
        for element in outer[1:]:
            common &= set(element.iterancestors())
        holder = max(common, key=lambda element: self._order.get(element, -1), default=best)
        return holder if self._weights.get(holder, 0) <= _SPREAD * total else best

    def front(self) -> list[Block]:
        """Return what belongs to the document and stands outside its main element: metadata and title."""
        if self.main is self._root:
            return []
        lines: list[Block] = []
        metadata = self._metadata_element()
        if metadata is not None:
            lines += _pairs(
                blocks_of(metadata, path=str(self._root.getroottree().getpath(metadata)), dropped=self.dropped)
            )
        title = self._title()
        if title is not None and not any(
            _bare(title.text) == _bare(line.text.partition("：")[2]) for line in lines[:0]
        ):
            lines.append(title)
        return lines

    def _outside_main(self) -> list[Element]:
        """Return the elements before the main one and outside it, in order."""
        above = set(self.main.iterancestors())
        here = self._order[self.main]
        return [element for element, at in self._order.items() if at < here and element not in above]

    def _title(self) -> Block | None:
        wanted = [_bare(meta.get("content") or "") for meta in self._root.iter("meta") if _is_title_meta(meta)]
        wanted += [_bare(title.text or "") for title in self._root.iter("title")]
        opening = _bare("".join(self._opening()))
        best: Element | None = None
        for element in self._outside_main():
            if element.tag in SKIPPED or element in self.dropped or is_hidden(element):
                continue
            if element.tag not in BLOCKS and element.tag not in ("span", "font", "b", "strong", "ucaptitle"):
                continue
            text = _text(element, _TITLE[1] * 4)
            bare = _bare(text)
            if not _TITLE[0] <= len(bare) <= _TITLE[1]:
                continue
            if element.tag == "h1" or any(bare in each for each in wanted if each):
                best = element  # the innermost and last: what stands nearest to the document
        if best is None:
            return None
        text = _SPACE.sub(" ", _text(best, 1_000)).strip()
        if _bare(text) in opening:
            return None
        return Block(text, str(self._root.getroottree().getpath(best)), 1)

    def _opening(self) -> list[str]:
        pieces, size = [], 0
        for piece in self.main.itertext():
            pieces.append(piece)
            size += len(piece.strip())
            if size > 600:
                break
        return pieces

    def _metadata_element(self) -> Element | None:
        """Return the smallest element outside the main one that holds the labels of a table of metadata."""
        rows = _rows()
        labels: list[Element] = []
        seen: set[str] = set()
        for element in self._outside_main():
            if element.tag in SKIPPED:
                continue
            word = _bare((element.text or "")[:60].split("：")[0].split(":")[0])
            if word in rows and word not in seen and element.tag not in ("a", "option", "meta"):
                seen.add(word)
                labels.append(element)
        if len(labels) < _LABELS:
            return None
        common = set(labels[0].iterancestors())
        for label in labels[1:]:
            common &= set(label.iterancestors())
        best = max(common, key=lambda element: self._order.get(element, -1), default=None)
        if best is None or self._order[best] < 0 or self.main in set(best.iter(self.main.tag)):
            return None
        return best if len(_bare(_text(best, 4 * _FRONT_LONGEST))) <= _FRONT_LONGEST else None

    def is_control(self, text: str) -> bool:
        """Tell whether a paragraph is a control of the page and nothing of the document (打印, 字号：大 中 小)."""
        if len(text) > _SHORT:
            return False
        bare = _bare(text)
        return bare in _controls() or bool(_FONT.match(bare)) or (not bare and text.strip(" \u3000\u00a0|｜>»·-") == "")


def _is_cell_heavy(cell: Element, weights: dict[Element, int], share: float) -> bool:
    table = next(cell.iterancestors("tbody", "table"), None)
    return table is not None and weights.get(cell, 0) >= share * max(weights.get(table, 0), 1)


def _is_title_meta(meta: Element) -> bool:
    name = (meta.get("name") or meta.get("property") or "").lower()
    return name in ("articletitle", "og:title", "title", "doctitle")


def _text(element: Element, most: int) -> str:
    """Return the text of an element, no more than about ``most`` characters of it."""
    pieces, size = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece)
        if size > most:
            break
    return "".join(pieces)


def _bare(text: str) -> str:
    return _SIGNS.sub("", text)


def metadata_lines(grid: Grid) -> list[Block]:
    """Return a table as lines ``label：value`` where it is one of metadata, else nothing."""
    lines = _pairs([grid]) if len(grid.cells) <= _METADATA_CELLS else []
    return lines if len(lines) >= _LABELS and 2 * len(lines) >= grid.rows else []


def _pairs(items: list[Block | Grid]) -> list[Block]:
    """Return a table of metadata as lines ``label：value``."""
    rows = _rows()
    cells: list[Block] = []
    pending = list(reversed(items))
    while pending:
        item = pending.pop()
        if isinstance(item, Grid):
            pending.extend(block for cell in reversed(item.cells) for block in reversed(cell.blocks))
        else:
            cells.append(item)
    lines: list[Block] = []
    open_label = False
    for block in cells:
        text = block.text.strip()
        label, _, value = text.replace(":", "：", 1).partition("：")
        if _bare(label) in rows:
            lines.append(Block(f"{_bare(label)}：{value.strip()}", block.path))
            open_label = not value.strip()
        elif open_label and lines:
            lines[-1].text += text
            open_label = False
        else:
            open_label = False
    return [line for line in lines if not line.text.endswith("：")]


@lru_cache(maxsize=1)
def _rows() -> frozenset[str]:
    lexicon = load_lexicon()
    words = (
        *lexicon.words("metadata.page.rows"),
        "发文字号",
        "文号",
        "发布机构",
        "公开日期",
        "名称",
        "公开方式",
        "信息分类",
        "文件编号",
    )
    return frozenset(words)


@lru_cache(maxsize=1)
def _controls() -> frozenset[str]:
    return frozenset(load_lexicon().words("metadata.page.controls"))
