"""The grammar of a list of responsible bodies: labels, members, roles behind a member, 会同, notes.

It reads what stands inside a bracket or behind a label: ``牵头单位：A；责任单位：B、C``, ``A牵头，B、C按职责分工配合``,
``A会同B督查，C负责``, ``责任单位：A牵头，相关单位参与配合``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policyparse.lexicon import Lexicon
from policyparse.model import ResponsibilityRole
from policyparse.parsing.bodies import CLOSERS, OPENERS, Bodies, closing, trim
from policyparse.parsing.records import Duty
from policyparse.parsing.words import WordSet

ROLES: tuple[ResponsibilityRole, ...] = ("lead", "support", "supervise", "responsible")
_LONGEST_LABEL = 14
_LONGEST_NAME = 45
_COLON = re.compile("[:;]")
_STOP = frozenset("、,;。")
_WITH = re.compile("会同|联合|商(?![丘洛河水都南州城务业会品贸户家标场])")  # 商丘 is a place
# A time before or behind a list of bodies: 2025年底前完成，市商务局; 市商务局，持续推进.
_TIME = r"(?:[^、,;()]{0,8}?\d[^、,;()]{0,14}?[年月日底前][^、,;()]{0,8}|(?:持续|长期|常态化|分年度|全年|按年度)[^、,;()]{0,8})"
_TIMED = re.compile(rf"{_TIME}[,;、]")
_TIME_LAST = re.compile(rf"[,;]{_TIME}$")
_JOINTLY = re.compile("会同|联合")
# What may stand before a body: 由市商务局负责, 以下均需各县（区）落实.
_BEFORE = re.compile(r"(?:以[下上][^,;。]{0,8}?(?:均|都)?[需须由]|[^,;。]{0,12}?由|请|各?[市省县]?领导小组统筹,|其中)")
_NO_START = re.compile("[仅是可已将该此这对按把以从就使让给及的]|其(?!他|它|余)|不(?!动产)")
_NO_NAME = re.compile(r"\d|[月日年]底|时限|进度|[。!?\"“”]|^第[一二三]")


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    sign: str  # the separator before it


@dataclass(slots=True)
class _Label:
    start: int
    body: int
    role: ResponsibilityRole | None
    cue: tuple[int, int]


class DutyLists:
    """Reads a list of bodies with their roles."""

    def __init__(self, lexicon: Lexicon, bodies: Bodies) -> None:
        self._bodies = bodies
        labels, tails = lexicon.group("duties.labels"), lexicon.group("duties.tails")
        self._labels: dict[str, ResponsibilityRole | None] = dict.fromkeys(labels["other"])
        self._tails: dict[str, ResponsibilityRole | None] = dict.fromkeys(tails["manner"])
        for role in ROLES:
            self._labels.update(dict.fromkeys(labels[role], role))
            self._tails.update(dict.fromkeys(tails[role], role))
        self._label_words = WordSet(self._labels)
        self._tail_words = WordSet(self._tails)
        self._notes = WordSet(lexicon.words("duties.rules.notes"))

    def label_before(self, text: str, start: int, colon: int) -> tuple[int, ResponsibilityRole | None] | None:
        """Return start and role of the label that ends before ``colon``, None if there is none."""
        _, end = trim(text, start, colon)
        word = self._label_words.before(text, max(start, end - _LONGEST_LABEL), end)
        return (end - len(word), self._labels[word]) if word else None

    def label_at(self, text: str, start: int, end: int) -> int:
        """Return where the text after a label that opens at ``start`` and lacks its colon begins; -1 if none opens."""
        word = self._label_words.at(text, start, end)
        if not word or not self._labels[word] or word[-1] not in "位门":
            return -1
        after = start + len(word)
        after += text.startswith(("为", "是"), after, end)
        rest = trim(text, after, min(end, after + _LONGEST_NAME))
        if rest[0] >= rest[1] or text[after] in _STOP or self._tail_words.at(text, *rest):
            return -1
        return after

    def read(self, text: str, start: int, end: int) -> list[Duty]:
        """Return the duties that the list gives, in the order of the text; none where it is no such list."""
        duties: list[Duty] = []
        labels = self._find_labels(text, start, end)
        first = labels[0].start if labels else end
        self._segment(text, start, first, None, duties)
        for label, following in zip(labels, [*(lab.start for lab in labels[1:]), end][: len(labels)], strict=True):
            if label.role:
                self._segment(text, label.body, following, label, duties)
        return duties

    def plain(self, text: str, start: int, end: int) -> list[Duty]:
        """Return the members of a list of bodies without label or role (（市商务局、市财政局）), none if one is no body.

        Those behind 会同 support; a time beside the list (2025年底前完成，市商务局) is passed over.
        """
        if timed := _TIMED.match(text, start, end):
            start = timed.end()
        if timed := _TIME_LAST.search(text, start, end):
            end = timed.start()
        with_ = _JOINTLY.search(text, start + 2, end)
        parts: list[tuple[int, int, ResponsibilityRole]] = [(start, with_.start() if with_ else end, "responsible")]
        if with_:
            parts.append((with_.end(), end, "support"))
        duties = [
            Duty(*self._name(text, *member), role)
            for first, last, role in parts
            for member in self._bodies.members(text, first, last)
        ]
        return duties if all(self._is_name(text, duty.start, duty.end, strict=True) for duty in duties) else []

    def _find_labels(self, text: str, start: int, end: int) -> list[_Label]:
        found = []
        position = start
        opening = self.label_at(text, *trim(text, start, end))
        if opening > 0 and not (opening < end and text[opening : opening + 3].strip()[:1] in (":", ";")):
            begin = trim(text, start, end)[0]
            word_role = self._labels[text[begin:opening].rstrip("为是")]
            found.append(_Label(begin, opening, word_role, (begin, opening)))
        for colon in _COLON.finditer(text, start, end):
            if label := self.label_before(text, max(position, colon.start() - _LONGEST_LABEL - 2), colon.start()):
                begin, role = label
                if text[colon.start()] == ";" and (role is None or (begin > start and text[begin - 1] not in " (")):
                    continue
                found.append(_Label(begin, colon.end(), role, (begin, colon.start())))
                position = colon.end()
        return found

    def _pieces(self, text: str, start: int, end: int) -> list[_Piece]:
        found = []
        sign = ""
        begin = position = start
        while position < end:
            if text[position] in OPENERS:
                position = closing(text, position, end)
                continue
            if text[position] in _STOP:
                found.append(_Piece(*trim(text, begin, position), sign))
                sign = text[position]
                begin = position + 1
            position += 1
        found.append(_Piece(*trim(text, begin, end), sign))
        return [piece for piece in found if piece.start < piece.end]

    def _segment(self, text: str, start: int, end: int, label: _Label | None, duties: list[Duty]) -> None:
        """Read what stands behind one label, or the whole list where there is none."""
        run: tuple[int, int] | None = None  # members whose role is still to come
        main: tuple[int, int] | None = None  # those before 会同
        for piece in self._pieces(text, start, end):
            if piece.sign in (";", "。") and run:
                self._close(text, run, main, label, duties)
                run = main = None
            begin, last = piece.start, piece.end
            if self._notes.within(text, begin, last):
                if piece.sign != "、":
                    break  # nothing that follows 下同 is a body
                continue
            if before := _BEFORE.match(text, begin, last):
                begin = before.end()
                if run and label:  # 以下措施均需各区落实 says it of others than the list before it
                    self._close(text, run, main, label, duties)
                    run = main = None
            if (inner := self.label_at(text, begin, last)) > 0:
                role = self._labels[text[begin:inner].rstrip("为是")]
                if run:
                    self._close(text, run, main, label, duties)
                    run = main = None
                label = _Label(begin, inner, role, (begin, inner))
                begin = trim(text, inner, last)[0]
            body_end, tail_role, cue = self._tail(text, begin, last)
            if (with_ := _WITH.search(text, begin + 2, body_end)) and self._bodies.head(
                text, *trim(text, begin, self._tail(text, begin, with_.start())[0])
            ):
                left_end, left_role, left_cue = self._tail(text, begin, with_.start())
                left = (run[0] if run else begin, left_end)
                if left_role:
                    self._emit(text, left, left_role, left_cue, label, duties)
                    main = None
                    if not tail_role:
                        tail_role, cue = "support", (with_.start(), with_.end())
                        self._emit(text, (with_.end(), body_end), tail_role, cue, label, duties)
                        run = None
                        continue
                    tail_role = "support"
                    run = None
                    begin = with_.end()
                else:
                    main, run, begin = left, None, with_.end()
            if not tail_role and not self._bodies.head(text, begin, body_end):
                # 市财政局负责落实资金: the role stands inside the piece.
                body_end, tail_role, cue = self._inner(text, begin, last)
            run = (run[0] if run else begin, body_end)
            if tail_role:
                if main:
                    self._emit(text, main, tail_role, cue, label, duties)
                    tail_role = "support"
                self._emit(text, run, tail_role, cue, label, duties)
                run = main = None
        if run:
            self._close(text, run, main, label, duties)

    def _tail(self, text: str, start: int, end: int) -> tuple[int, ResponsibilityRole | None, tuple[int, int]]:
        """Strip words of role and manner off the end; return where the body ends, the role, and the words' span."""
        role: ResponsibilityRole | None = None
        position = end
        while word := self._tail_words.before(text, start, position):
            position -= len(word)
            if (found := self._tails[word]) and (role in (None, "responsible") or found != "responsible"):
                role = found
            position = trim(text, start, position)[1]
        if position <= start + 1 and not self._bodies.head(text, start, position):
            return end, None, (end, end)  # nothing is left: the words themselves are what the piece says
        cue = trim(text, position, end)
        if text[position - 1] == "等" and position - start > 2:
            position -= 1
        return position, role, cue

    def _inner(self, text: str, start: int, end: int) -> tuple[int, ResponsibilityRole | None, tuple[int, int]]:
        position = start + 2
        while position < min(end, start + _LONGEST_NAME):
            word = self._tail_words.at(text, position, end)
            if word and self._bodies.head(text, start, position - (text[position - 1] == "等")):
                after = position + len(word)
                while following := self._tail_words.at(text, after, end):
                    word, after = following, after + len(following)
                role = self._tails[word]
                if role or word not in self._tails:
                    return position - (text[position - 1] == "等"), role, (position, after)
            position += 1
        return end, None, (end, end)

    def _close(
        self,
        text: str,
        run: tuple[int, int],
        main: tuple[int, int] | None,
        label: _Label | None,
        duties: list[Duty],
    ) -> None:
        """Give members that no words of role follow the role of their label."""
        if label is None:
            return
        for part in (main, run):
            if part:
                self._emit(text, part, None, label.cue, label, duties)

    def _emit(
        self,
        text: str,
        run: tuple[int, int],
        role: ResponsibilityRole | None,
        cue: tuple[int, int],
        label: _Label | None,
        duties: list[Duty],
    ) -> None:
        for start, end in self._bodies.members(text, *run):
            start, end = self._name(text, start, end)
            if not self._is_name(text, start, end, strict=label is None):
                continue
            given = role or (label.role if label else None) or "responsible"
            # Of the members behind 牵头单位 or before 牵头 the first leads, the others answer with it.
            if given == "lead" and duties and duties[-1].cue == cue and "分" not in text[cue[0] : cue[1]]:
                given = "responsible"
            duties.append(Duty(start, end, given, cue=cue))

    def _name(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Return the name without 等 behind it and without a clause in 的 before it."""
        if end - start > 2 and text[end - 1] == "等":
            end -= 1
        cut = text.rfind("的", start, end)
        if cut > start and self._bodies.head(text, cut + 1, end):
            start = cut + 1
        return trim(text, start, end)

    def _is_name(self, text: str, start: int, end: int, *, strict: bool) -> bool:
        if not 2 <= end - start <= _LONGEST_NAME:
            return False
        if _NO_START.match(text, start):
            return False
        if self._bodies.head(text, start, end):
            return True
        if strict or self._tail_words.before(text, start, end):
            return False
        return not _NO_NAME.search(text, start, end) and text[start] not in CLOSERS
