"""A document's outline in Markdown, with the targets and the bodies of each division: for notes, wikis and reviews."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyparse.model import Document, Node, Responsibility, Statement

_DEEPEST = 6  # levels of headings that Markdown has
# What begins something in CommonMark, wherever it stands; at the start of a line digits with a point and the like as well.
_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&])")
_STARTS = re.compile(r"^(\s*)([-+=]|\d+[.)])")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_BOUNDS = {"eq": "", "ge": "≥ ", "gt": "\\> ", "le": "≤ ", "lt": "\\< ", "approx": "≈ ", "range": ""}
_CHANGES = {"": "", "increase": "+", "decrease": "−"}
_DUTIES = {"lead": "牵头", "support": "配合", "responsible": "负责", "supervise": "督导", "directed": "引导对象"}


def outline_markdown(document: Document, *, statements: bool = True) -> str:
    """Return the outline of ``document`` in Markdown; with ``statements`` also targets and bodies, as lists.

    >>> from policyparse import parse
    >>> print(outline_markdown(parse("一、扩大就业\\n全年新增城镇就业5万人以上。（牵头单位：市人社局）")))
    ## 一、扩大就业
    <BLANKLINE>
    - 城镇就业：≥ +5万人（全年）
    - 牵头：市人力资源和社会保障局
    <BLANKLINE>
    """
    parts: list[str] = []
    front = document.metadata
    if front.title:
        parts.append(f"# {_escaped(front.title)}")
    about = [front.doc_number, front.issuer, front.issued_on.isoformat() if front.issued_on else None]
    if any(about):
        parts.append(_begun(" · ".join(_escaped(words) for words in about if words)))
    of_node: dict[str | None, list[str]] = {}
    if statements:
        for target in document.targets:
            of_node.setdefault(target.node, []).append(_target(target))
        bodies: dict[str | None, dict[str, list[Responsibility]]] = {}
        for duty in document.responsibilities:
            bodies.setdefault(duty.node, {}).setdefault(duty.role, []).append(duty)
        for key, by_role in bodies.items():
            for role, duties in by_role.items():
                names = dict.fromkeys(_escaped(duty.entity.name) for duty in duties)
                of_node.setdefault(key, []).append(f"{_DUTIES[role]}：{'、'.join(names)}")
    parts += _list(of_node.get(None, ()))
    for top in document.outline:
        for node in top.walk():
            parts.append(_heading(node))
            parts += _list(of_node.get(node.id, ()))
    return "\n\n".join(parts) + "\n" if parts else ""


def _heading(node: Node) -> str:
    words = _escaped(f"{node.label}{node.heading}") or "…"
    depth = node.level + 1
    # Deeper than headings go: a line in bold, which no list takes in.
    return f"{'#' * depth} {words}" if depth <= _DEEPEST else f"**{words}**"


def _list(lines: list[str] | tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield "\n".join(f"- {line}" for line in lines)


def _target(target: Statement) -> str:
    quantity = target.quantity
    named = "、".join(_escaped(one.name) for one in target.indicators) or "（未名）"
    about = "≈ " if quantity.approximate and quantity.bound != "approx" else ""
    value = f"{about}{_BOUNDS[quantity.bound]}{_CHANGES[target.change]}{_escaped(quantity.text)}"
    by = f"（{_escaped(target.deadline.text)}）" if target.deadline else ""
    return _begun(f"{named}：{value}{by}")


def _escaped(words: str) -> str:
    """Return ``words`` as one line of Markdown that shows them as they are."""
    return _SIGNS.sub(r"\\\1", _CONTROLS.sub(" ", words).strip())


def _begun(line: str) -> str:
    """Return ``line`` so that nothing at its start makes it a list, an underline or the like."""
    return _STARTS.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", line)
