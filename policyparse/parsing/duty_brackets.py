"""Brackets and labels that name responsible bodies, wherever they stand in the text."""

from __future__ import annotations

import re

from policyparse.lexicon import Lexicon
from policyparse.parsing.bodies import Bodies, trim
from policyparse.parsing.duty_lists import DutyLists
from policyparse.parsing.records import Duty

_SIGN = re.compile(r"[()\[\]〔〕【】]")
_PAIRS = {")": "(", "]": "[〔", "〕": "〔[", "】": "【"}
_CUE = re.compile(r"牵头|负责|配合|任单位|任部门|单位[:;]|部门[:;]|主体:|落实|督[查办导]|指导|主办|协办|承办|实施")
_LONGEST = 1500
_DEEPEST = 12
# A label outside brackets: 责任单位：…, or at the start of a line without its colon.
_LABEL = re.compile(r"[位门体室构头合任] ?:|(?m:^) *(?=[^\n ]{2,8}[位门] +[^\n])")
_BEFORE_LABEL = frozenset("\n。;,、 )]〕】([〔【")
_LINE_END = re.compile(r"[\n。]")
_LEADS = re.compile("[为是](?:总|主)?牵头")
_GOES_ON = frozenset(",。、;:的和与及)")
_NOTE = 16  # characters within which a note says what it says


class BracketFinder:
    """Finds lists of responsible bodies in brackets and behind labels."""

    def __init__(self, lexicon: Lexicon, bodies: Bodies) -> None:
        self._lists = DutyLists(lexicon, bodies)
        self._bodies = bodies
        rules = lexicon.group("duties.rules")
        self._first_leads = rules["first_leads"]
        self._comma_leads = rules["comma_leads"]

    def find(self, text: str) -> list[list[Duty]]:
        """Return one list of duties for each bracket or label, in the order of the text."""
        groups, plain, covered = self._brackets(text)
        groups += self._labels(text, covered)
        if groups or len(plain) > 1:
            groups += plain
        groups.sort(key=lambda duties: duties[0].start)
        self._apply_notes(text, groups)
        return groups

    def _brackets(self, text: str) -> tuple[list[list[Duty]], list[list[Duty]], list[tuple[int, int]]]:
        groups: list[list[Duty]] = []
        plain: list[list[Duty]] = []
        covered: list[tuple[int, int]] = []
        stack: list[tuple[str, int]] = []
        for match in _SIGN.finditer(text):
            sign, position = match.group(), match.start()
            opens = _PAIRS.get(sign)
            if opens is None:
                stack.append((sign, position))
                del stack[:-_DEEPEST]
                continue
            while stack and stack[-1][0] not in opens:
                stack.pop()
            if not stack:
                continue
            start = stack.pop()[1] + 1
            if not 2 < position - start < _LONGEST:
                continue
            if _CUE.search(text, start, position):
                if duties := self._lists.read(text, start, position):
                    while covered and covered[-1][0] >= start:
                        covered.pop()
                        groups.pop()
                    groups.append(duties)
                    covered.append((start, position))
            elif self._closes_item(text, start - 1, position) and (duties := self._lists.plain(text, start, position)):
                # Behind 会同 a bracket says by itself that it gives a task; else only several such brackets do.
                (groups if duties[-1].role == "support" else plain).append(duties)
        return groups, plain, covered

    def _closes_item(self, text: str, start: int, end: int) -> bool:
        """Tell whether a bracket stands behind a whole sentence."""
        before = text[start - 1 : start] if start else ""
        after = text[end + 1 : end + 2]
        head = self._bodies.head(text, *trim(text, start + 1, end)) or self._bodies.head(
            text, start + 1, max(start + 1, text.rfind(",", start, end))
        )
        if before == "\n" or after in ("", "\n", "\r"):
            return before in ("。", ";", "\n") and after in ("", "\n", "\r") and bool(head)
        # Where the lines of a paragraph were joined the next sentence follows: …。(商务部、农业部)加强….
        return before in ("。", ";") and after not in _GOES_ON and head == "public"

    def _labels(self, text: str, covered: list[tuple[int, int]]) -> list[list[Duty]]:
        groups: list[list[Duty]] = []
        index, done = 0, -1
        for match in _LABEL.finditer(text):
            colon = match.group().endswith(":")
            start = match.end() - 1 if colon else match.end()
            while index < len(covered) and covered[index][1] < start:
                index += 1
            if start < done or (index < len(covered) and covered[index][0] <= start):
                continue
            if not colon:
                if self._lists.label_at(text, start, min(len(text), start + 60)) < 0:
                    continue
            else:
                label = self._lists.label_before(text, max(0, start - 14), start)
                if label is None or label[1] is None or (label[0] and text[label[0] - 1] not in _BEFORE_LABEL):
                    continue
                start = label[0]
            end = self._line_end(text, start)
            duties = self._lists.read(text, start, end)
            done = end  # the labels inside were read with it
            if duties:
                groups.append(duties)
        return groups

    def _line_end(self, text: str, start: int) -> int:
        """Return where the list behind a label ends: with its line or sentence, or before a bracket that never opened."""
        limit = min(len(text), start + _LONGEST)
        stop = _LINE_END.search(text, start, limit)
        end = stop.start() if stop else limit
        if trim(text, start, end)[1] <= start + 8 and stop:  # the label stands alone on its line, the list on the next
            following = _LINE_END.search(text, end + 1, limit)
            line = (end + 1, following.start() if following else limit)
            if self._bodies.head(text, *trim(text, *line)):
                end = line[1]
        depth = 0
        for match in _SIGN.finditer(text, start, end):
            depth += 1 if match.group() in "([〔【" else -1
            if depth < 0:
                return match.start()
        return end

    def _apply_notes(self, text: str, groups: list[list[Duty]]) -> None:
        """Let the first of each list lead, from the note that says so (列第一位者为牵头单位，下同) on."""
        for words, comma in ((self._first_leads, False), (self._comma_leads, True)):
            note = self._note(text, words)
            if note < 0:
                continue
            for duties in groups:
                if duties[-1].end + _NOTE < note or any(duty.role == "lead" for duty in duties):
                    continue
                for index, duty in enumerate(duties):
                    if duty.role == "responsible":
                        duty.role = "lead"
                    if not comma or index + 1 == len(duties) or "," in text[duty.end : duties[index + 1].start]:
                        break

    def _note(self, text: str, words: tuple[str, ...]) -> int:
        """Return where a note of the given words begins, -1 if the text has none."""
        for lead in _LEADS.finditer(text):
            start = max(0, lead.start() - _NOTE)
            places = [place for word in words if (place := text.rfind(word, start, lead.start())) >= 0]
            if places:
                return min(places)
        return -1
