"""Bodies that running prose may give something to do: candidates, by what stands before and behind them.

Four triggers: a verb that makes others act (鼓励企业…), a word that hands a task over (由市统计局…, 会同有关部门…), a
modal or a verb of charge behind a subject (各地区、各部门要…, 财政局负责…), and a subject that simply acts (各地同步建立…).
Whether a candidate is one is for ``duty_scores`` to say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from policyparse.lexicon import Lexicon
from policyparse.parsing.bodies import Bodies
from policyparse.parsing.body_phrases import REACH, Phrase, PhraseReader
from policyparse.parsing.duty_cues import (
    ABOVE_ALL,
    AGENT,
    BETWEEN,
    BETWEEN_TWO,
    CLAUSE,
    CONDITION,
    COUNTED,
    GENERIC,
    HANDED,
    HARD,
    LABEL,
    LABEL_SIGNS,
    LABEL_START,
    LISTED_CLAUSES,
    MADE_UP,
    MODAL,
    NAME_GROUP,
    NAME_REST,
    NO_AGENT,
    NO_CUE,
    NO_NAME,
    NO_PRONOUN,
    NO_VERB,
    ORDER,
    SET_UP,
    SHARED,
    SINCE,
    SPACE,
    TAKES_PART,
    THEN,
    TIME,
    TIME_START,
    UPON,
    WHILE,
    WITH,
)
from policyparse.parsing.words import WordSet


@dataclass(slots=True)
class Candidate:
    """A phrase of bodies that may be given something to do.

    ``trigger``: ``directing``, ``agent``, ``companion``, ``subject``. ``cue`` is the span of the word that hands over
    the task (the modal or verb behind a subject); ``limit`` is where the clause ends.
    """

    trigger: str
    cue: tuple[int, int]
    phrase: Phrase
    limit: int


class ProseFinder:
    """Finds phrases of bodies that prose may make act."""

    def __init__(self, lexicon: Lexicon, bodies: Bodies) -> None:
        self._reader = PhraseReader(lexicon, bodies)
        self._bodies = bodies
        prose = lexicon.group("duties.prose")
        # The class of first characters lets the pattern pass over all others at once.
        cues = sorted(prose["directing"], key=len, reverse=True)
        self._directing = re.compile(f"(?=[{''.join(sorted({cue[0] for cue in cues}))}])(?:{'|'.join(cues)})")
        fields = lexicon.words("bodies.names.words")  # 发展 opens 发展改革部门 as well
        acts = {word for word in (*prose["verbs"], *prose["openers"]) if len(word) > 1} - set(prose["naming"])
        acts -= {act for act in acts if any(field.startswith(act) for field in fields)}
        self._verbs_first = WordSet([*acts, *prose["directing"]])
        self._naming = WordSet(prose["naming"])
        self._never = frozenset(prose["directing"]) & frozenset(prose["breaking"])  # verbs that open no name: 鼓励
        self._joint = frozenset(prose["joint"])
        self._sharing = frozenset((*prose["helping"], *prose["leading"], "负责"))
        self._fillers = WordSet([*prose["fillers"], *prose["directing"]])
        self._leads = WordSet(prose["leads"])
        # A line, or a clause that opens with a label or with a character that names of bodies begin with.
        first = "".join(prose["openings"])
        self._openings = re.compile(
            f"(?m:^)[ \\r]*(?=[^\\s])|[。;][ \\r]*(?=[{LABEL_SIGNS}{first}])|[,:!?)][ \\r]*(?=[(①-⑳{first}])"
            f"|[。;,:!?)][ \\r]*(?=[^,。;:!?\\n的]{{1,24}}?[{''.join(prose['common_ends'])}][和及等或按应对在先如向与根依结为将把于以除])"
        )
        # A public body and what may open a predicate: 办公厅(室)对…, 财政局会同….
        public = "".join(prose["public_ends"])
        self._public = re.compile(f"[{public}][)〕]?(?=[{re.escape(self._reader.opening_characters)}])")
        # The same of other bodies, where the characters before belong to a head: 企业, 协会, 园区.
        others = "".join(prose["other_ends"])
        self._others = re.compile(f"[{others}][)〕]?(?=[{re.escape(self._reader.opening_characters)}])")

    def candidates(
        self, text: str, start: int = 0, end: int | None = None, *, ordered: bool = False
    ) -> list[Candidate]:
        """Return the candidates of a stretch of the text, by trigger and then in the order of the text.

        With ``ordered`` only the subjects before a modal are looked for.
        """
        end = len(text) if end is None else end
        found: list[Candidate] = []
        clauses = _Clauses(text, start, end)
        if not ordered:
            self._directed(text, clauses, start, end, found)
            self._agents(text, clauses, start, end, found)
        self._subjects(text, clauses, start, end, found, ordered=ordered)
        return found

    def _directed(self, text: str, clauses: _Clauses, start: int, end: int, found: list[Candidate]) -> None:
        done = -1
        for match in self._directing.finditer(text, start, end):
            if match.start() < done or NO_CUE.match(text, match.start()):
                continue
            begin, limit = match.end(), clauses.end(match.end())
            if text[begin : begin + 1] == "、" and self._reader.listed_fields(text, match.start(), limit):
                continue  # 组织、人事等部门
            while word := self._fillers.at(text, begin, limit):
                begin += len(word)
            if counted := COUNTED.match(text, begin, limit):
                begin = counted.end()
            done = begin
            phrase = self._reader.read(text, begin, limit)
            if phrase and not self._made(text, phrase, limit):
                phrase = phrase.inner  # 支持学校迁入高新区
                if phrase is None or limit - phrase.end <= NAME_REST or not self._made(text, phrase, limit):
                    continue
            if phrase and not (phrase.word == "与" and BETWEEN_TWO.match(text, phrase.end)):
                found.append(Candidate("directing", match.span(), phrase, limit))
        for match in UPON.finditer(text, start, end):
            counted = COUNTED.match(text, match.end(), end)
            begin = counted.end() if counted else match.end()
            phrase = self._reader.read(text, begin, clauses.end(begin))
            if phrase and phrase.follow != "modal" and not NO_NAME.match(text, phrase.members[0][0]):
                found.append(Candidate("directing", match.span(), phrase, clauses.end(begin)))

    def _agents(self, text: str, clauses: _Clauses, start: int, end: int, found: list[Candidate]) -> None:
        for match in AGENT.finditer(text, start, end):
            if match.start() and text[match.start() - 1] in NO_AGENT.get(match.group(), ""):
                continue
            if self._names(text, match):
                continue
            limit = clauses.end(match.end())
            counted = COUNTED.match(text, match.end(), limit)
            begin = counted.end() if counted else match.end()
            if text[begin : begin + 1] == "其" and text[begin + 1 : begin + 2] not in "他它余中次":
                begin += 1  # 由其主管部门
            phrase = self._reader.read(text, begin, limit)
            if phrase and MADE_UP.match(text, phrase.end):
                continue
            if phrase and match.group() in SET_UP and text[phrase.end : phrase.end + 1] != ",":
                continue
            if phrase and (self._made(text, phrase, limit) or match.group() in ("会同", "主管机关为")):
                trigger = "companion" if match.group() in WITH else "agent"
                found.append(Candidate(trigger, match.span(), phrase, limit))

    def _names(self, text: str, match: re.Match[str]) -> bool:
        """Tell whether what looks like handing over opens a name or a purpose: 联合采购办公室, 主管机关为协助雇主…."""
        if match.group() == "主管机关为":
            return bool(self._verbs_first.at(text, match.end(), match.end() + 5))
        return match.group() in ("联合", "协同") and bool(self._naming.at(text, match.end(), match.end() + 3))

    def _subjects(
        self, text: str, clauses: _Clauses, start: int, end: int, found: list[Candidate], *, ordered: bool
    ) -> None:
        seen: set[int] = set()
        closes = self._bodies.closes
        for match in (ORDER if ordered else MODAL).finditer(text, start, end):
            before = match.start() - 1
            while before > start and text[before] in BETWEEN:
                before -= 1
            if before > start and (closes(text[before]) or text[before] in ")〕"):
                self._subject(text, clauses, self._clause(text, clauses, before), found, seen, modal=True)
        if ordered:
            return
        for match in SHARED.finditer(text, start, end):
            self._share(text, clauses, match.end(), found)
        for match in SINCE.finditer(text, start, end):
            self._subject(text, clauses, self._clause(text, clauses, match.start()), found, seen)
        for match in self._public.finditer(text, start, end):
            self._subject(text, clauses, self._clause(text, clauses, match.start()), found, seen)
        for match in self._others.finditer(text, start, end):
            place = match.start()
            after = match.end()
            if (
                self._bodies.ends(text, max(start, place - 3), place + 1)
                and self._reader.follow(text, after, min(end, after + 6))[0] != "other"
            ):
                self._subject(text, clauses, self._clause(text, clauses, place), found, seen)
        for match in self._openings.finditer(text, start, end):
            if (
                text[match.start() : match.start() + 1] != ")"
                or self._clause(text, clauses, match.end()) == match.end()
            ):
                self._subject(text, clauses, match.end(), found, seen)

    def _subject(
        self, text: str, clauses: _Clauses, start: int, found: list[Candidate], seen: set[int], *, modal: bool = False
    ) -> None:
        if start < 0 or start in seen:
            return
        seen.add(start)
        begin = start
        if text[start : start + 1] in LABEL_START and (label := LABEL.match(text, start)):
            begin = label.end()
        while word := self._leads.at(text, begin, begin + 8):
            begin += len(word)
        if text[begin : begin + 1] == "其" and text[begin + 1 : begin + 2] not in NO_PRONOUN:
            begin += 1  # 其主管部门: the pronoun is no part of the name
        if text[begin : begin + 1] in TIME_START and (time := TIME.match(text, begin) or WHILE.match(text, begin)):
            begin = time.end()
        if counted := COUNTED.match(text, begin):
            begin = counted.end()  # 两个以上部门
        if begin > start:
            if begin in seen:
                return
            seen.add(begin)
        if (agent := AGENT.match(text, begin)) and not self._names(text, agent):
            return
        limit = clauses.end(begin)
        if text.startswith(ABOVE_ALL, limit):  # 各地、各部门,特别是…所在地,要…
            limit = min(clauses.end(limit + 1), begin + REACH)
        inner = 0
        verb = self._opens_with_verb(text, begin)
        if verb and text[begin + verb : begin + verb + 1] == "、" and self._reader.listed_fields(text, begin, limit):
            verb = 0
        if verb:  # no subject, unless in the noun of a clause: 从事运输的企业应当…
            # 收到举报的部门无权处理的,应当…: the modal stands behind the condition.
            if not modal and not (text[limit - 1] == "的" and THEN.match(text, limit)):
                return
            if self._within(text, begin + verb, limit, found):
                return
            inner = text.find("的", begin, min(limit, begin + CLAUSE)) + 1
            if not inner:
                return
        phrase = self._reader.read(text, inner or begin, limit)
        if phrase is None or (phrase.modified and text[begin] == "对" and not inner):
            return  # 对有突出贡献的单位,可以…: done to it, not by it
        if phrase.follow == "stop":
            self._over_comma(text, phrase, ("modal",))
        if inner:
            phrase.modified = True
            if phrase.follow not in ("modal", "charge") and (modal or phrase.follow not in ("act", "open")):
                return
        if self._acts(text, phrase):
            found.append(Candidate("subject", (phrase.end, phrase.end + len(phrase.word)), phrase, limit))

    def _within(self, text: str, begin: int, limit: int, found: list[Candidate]) -> bool:
        """Add the body behind the verb of a clause, if it leads or takes part: 建立省政府牵头、各部门参与的机制."""
        phrase = self._reader.read(text, begin, limit)
        if self._directing.match(text, begin - 2):
            return False
        if phrase and phrase.word in self._sharing and not NO_NAME.match(text, phrase.members[0][0]):
            found.append(Candidate("subject", (phrase.end, phrase.end + len(phrase.word)), phrase, limit))
            return True
        return False

    def _share(self, text: str, clauses: _Clauses, begin: int, found: list[Candidate]) -> None:
        """Add the body that leads or takes part in what is set up: 各市要建立县政府牵头、有关部门参与的机制."""
        phrase = self._reader.read(text, begin, clauses.end(begin))
        if phrase is None or NO_NAME.match(text, phrase.members[0][0]):
            return
        if phrase.follow == "other" and (role := TAKES_PART.match(text, phrase.end)):
            phrase.follow, phrase.word = "charge", role.group()[:-1]
        if phrase.word in self._sharing and not any(
            candidate.phrase.members[0] == phrase.members[0] for candidate in found[-2:]
        ):
            found.append(Candidate("subject", (phrase.end, phrase.end + len(phrase.word)), phrase, clauses.end(begin)))

    def _opens_with_verb(self, text: str, begin: int) -> int:
        """Return the length of the verb that a clause without a subject opens with; 0 where it opens a name: 试点地区."""
        if text.startswith("所有", begin):
            return 0
        verb = self._verbs_first.at(text, begin, begin + 5)
        after = begin + len(verb)
        if not verb or (verb not in self._never and GENERIC.match(text, after)):
            return 0
        if self._bodies.goes_on(text, begin, begin + 8) > len(verb):
            return 0  # 协调机制, 工作专班
        if verb in self._joint and (noun := self._naming.at(text, after, after + 3)):
            return 0 if self._bodies.goes_on(text, after + len(noun), after + 12) else len(verb)  # 联合采购办公室
        return len(verb)

    def _made(self, text: str, phrase: Phrase, limit: int) -> bool:
        """Tell whether a phrase behind a word that hands over a task acts; with any verb, known or not."""
        if phrase.follow == "stop":
            self._commas(text, phrase)
        if phrase.follow == "stop":
            self._over_comma(text, phrase, ("act", "open", "modal", "charge"))
        if phrase.follow == "other":
            after = text[phrase.end : phrase.end + 1]
            if self._reader.person(text, phrase.end, limit):
                return False
            return limit - phrase.end > 1 and after not in NO_VERB and not NO_NAME.match(text, phrase.members[0][0])
        return self._acts(text, phrase)

    def _acts(self, text: str, phrase: Phrase) -> bool:
        """Tell whether a predicate follows a phrase that may be a name."""
        if phrase.follow == "stop" and phrase.kind == "public" and not phrase.modified:
            self._commas(text, phrase)
        if phrase.follow == "stop" and (phrase.modified or len(phrase.members) > 1 or text[phrase.end - 1] == "等"):
            self._over_comma(text, phrase, ("act", "open"))
        if phrase.follow == "other":
            self._far(text, phrase)
        if HANDED.search(text, phrase.members[0][0], phrase.members[-1][1]):
            return False
        return phrase.follow not in ("other", "stop") and not NO_NAME.match(text, phrase.members[0][0])

    def _far(self, text: str, phrase: Phrase) -> None:
        """Let a phrase that any verb follows have the modal behind the comma: 主管机关知悉后,应…."""
        end = phrase.end
        comma = text.find(",", end, end + CONDITION)
        if comma < 0 or text[end] in NO_VERB or any(sign in text[end:comma] for sign in "。;\n:"):
            return
        if text[comma - 1] in "后时的前" and self._reader.follow(text, comma + 1, comma + 5)[0] == "modal":
            phrase.follow = "far"

    def _commas(self, text: str, phrase: Phrase) -> None:
        """Let a list of bodies that commas part go on to its predicate: 各省党委,中央直属机关工委,…,每年上缴…."""
        members, end, last = [*phrase.members], phrase.end, phrase
        for _ in range(LISTED_CLAUSES):
            begin = end + 1 + (text[end + 1 : end + 2] in SPACE)
            stop = HARD.search(text, begin, begin + REACH)
            if text[end : end + 1] != "," or stop is None:
                break
            follow, word = self._reader.follow(text, begin, begin + 8)
            if follow == "modal" or (follow == "open" and len(word) > 1):  # 新 opens 新疆 as well
                break
            more = self._reader.read(text, begin, stop.start())
            if more is None or more.kind != "public" or more.modified or NO_NAME.match(text, begin):
                break
            members, end, last = [*members, *more.members], more.end, more
            if more.follow not in ("other", "stop"):
                break
        if last is phrase or len(members) - len(phrase.members) < 2:
            return
        if last.follow == "stop" and text[end : end + 1] == ",":
            follow, word = self._reader.follow(text, end + 1, min(len(text), end + 9))
            if follow != "modal" and len(word) < 2:
                return
            last.end, last.follow, last.word = end + 1, follow, word
        if last.follow not in ("other", "stop"):
            phrase.members, phrase.end, phrase.follow, phrase.word = members, last.end, last.follow, last.word

    def _over_comma(self, text: str, phrase: Phrase, follows: tuple[str, ...]) -> None:
        """Let a phrase that a comma sets off have the predicate behind it: 各地方和各企业，都要…."""
        if text[phrase.end : phrase.end + 1] != ",":
            return
        begin = phrase.end + 1
        if text[begin : begin + 1] in SPACE:
            begin += 1
        follow, word = self._reader.follow(text, begin, min(len(text), begin + 8))
        if follow in follows or ("modal" in follows and word in ("都", "均")):
            phrase.end, phrase.follow, phrase.word = begin, "modal" if "modal" in follows else follow, word

    def _clause(self, text: str, clauses: _Clauses, position: int) -> int:
        """Return where the clause that holds ``position`` begins; behind a bracket that is no part of a name.

        -1 where it begins too far away.
        """
        start = clauses.start(position)
        if start < position - REACH:
            return -1
        bracket = text.rfind(")", start, position)
        while bracket >= 0:
            opener = text.rfind("(", max(0, bracket - NAME_GROUP), bracket)
            name = opener - (text[opener - 1 : opener] == " ")  # 县 (市) 议会
            if name <= 0 or not self._bodies.closes(text[name - 1]):
                return bracket + 1
            bracket = text.rfind(")", start, opener)
        return start


class _Clauses:
    """Where clauses begin and end, looked up in logarithmic time."""

    __slots__ = ("_length", "starts")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.starts = [start] + [match.end() for match in HARD.finditer(text, start, end)]
        self._length = end

    def start(self, position: int) -> int:
        return self.starts[bisect_right(self.starts, position) - 1]

    def end(self, position: int) -> int:
        """Return where the clause ends that holds ``position``, its closing sign left out."""
        index = bisect_right(self.starts, position)
        stop = self.starts[index] - 1 if index < len(self.starts) else self._length
        return max(position, min(stop, position + REACH))
