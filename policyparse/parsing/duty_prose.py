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
from policyparse.parsing.words import WordSet

_HARD = re.compile(
    r"(?!,下同\))[,。;:!?\n ](?:(?<! )|(?<=  ))|、(?<=[牵负统主协][头责筹导调]、)"
)  # 政府牵头、部门参与 are two clauses
_SPACE = frozenset(" \r")
_ABOVE_ALL = (",特别是", ",尤其是")
# What may stand between the start of a clause and its subject: a label, a title in 【】, a word that joins sentences.
_LABEL = re.compile(
    r"(?:[ \r(〔]*(?:第 ?[一二三四五六七八九十百零\d]{1,5} ?[章节条款](?:之[一二三四五六七八九十])?|[一二三四五六七八九十]{1,3}[是、.]|[(〔\[][一二三四五六七八九十\d]{1,3}[)〕\]]"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}[.、 ]|[①-⑳]|——?|【[^】\n]{2,12}】))*[ (〔]*"
)
_COUNTED = re.compile(
    r"(?:全[省市县区州国])?(?:\d+(?:[-—~]\d+)?|[一二两三四五六七八九十]+)[余多]?[家个所户名批处座](?:以上|左右)?"
)
_SET_UP = frozenset(("设立", "成立", "组建"))
_WITH = frozenset(("会同", "联合", "协同", "商", "会商", "与", "同", "和"))
# 经济 and 联合体 hold these characters without handing over anything, and so do 自由, 申请, 已经.
_AGENT = re.compile(
    "(?=[由请经会联协主商报呈送落压接受需告通移提函吸邀遴置设成组加强与同和])(?:由|请求?|经(?![济营费验常过办贸开典历理商销纪络])|会同|会商(?=[各有相市省县区国其同财自住公司人教农发税工本上]|外交)|联合(?![国体会社王])|协同(?!推|发|创)|主管机关为"
    "|商(?<=[门局委厅府办位关构]商)(?=[各有相市省县区国其同财自住公司人教农发税])"
    # To whom something is submitted for a decision, whose duty is fulfilled, who watches.
    "|[报呈送](?![告名销表价道刊纸酬复警请经送])(?=[^,。;\n]{2,24}?(?:审批|审核|核准|核定|批准|备案|审定|审查|审议|复核))"
    "|(?:落实|压实)(?=[^,。;\n]{2,24}?(?:责任|职责))"
    "|(?:接受|受)(?=[^,。;\n]{2,12}?[的之对](?:[^,。;\n]{0,8}?)(?:指挥|监督|指导|监管|检查|考核))"
    "|(?:告知|通知|移送|移交|提请|函告|商请)(?=[^,。;\\n]{2,40}?(?:查处|处理|办理|依法|协助|解除|核查|管理使用|保管))"
    "|吸收|邀请|邀集|遴选|(?<=[府局所部处院署会厂馆场中])[置设](?=[^,。;\n]{2,10}?(?:[一二三四五六七八九十]|,(?:分别)?(?:掌理|综理|主管|负责|办理|承办)))"
    # Those with whom something is done: 应当与气象机构密切配合, 要同行政领导一起….
    "|(?:(?<=[要应当须动,极])|(?<=主动))[与同和](?=[^,。;:与和\\n]{2,40}(?:一起|一道|密切配合|密切协作|加强协作|加强配合|做好|形成工作合力|形成合力|加强沟通))"
    # What is set up to do something, and whose watch over others is to grow.
    "|(?:设立|成立|组建)(?=[^,。;:\\n]{2,30},(?:专门|具体|统一|主要|全面)?(?:负责|承担|统筹|履行|牵头|组织|协调|指导))"
    "|(?:加强|强化)(?=[^,。;:对的\\n]{2,24}对[^,。;\\n]{2,30}的[^,。;的\\n]{0,6}(?:监管|监督|统筹|管理职责|督促|考核))"
    "|通过(?=[^。;:\\n]{2,60}?(?:转交|转报|转送))"
    # 需要有关部门共同努力: what is needed of a body.
    "|需要?(?=[各有相]|生产|企业|政府|社会各))"
)
_NO_AGENT = {"由": "自理事缘来", "请": "申邀聘敬恳", "经": "已曾财神途业一"}
# Those whom others watch and guide: 对省级人民政府和有关部门进行督查和指导, 加强对商会的指导.
_UPON = re.compile(
    "对(?=[^,。;:\\n]{2,30}?(?:进行|开展|加强|实行|实施|予以|的)[^,。;\\n]{0,8}?(?:督[查导促]|指导|检查|考核|抽查|巡查|约谈|帮扶))"
)
# 组织部门 and 指导意见 are names and nouns.
_NO_CUE = re.compile(
    "(?<=[见和、出理的及])建议|建议[都的书案、和是后,予稿性]|使(?:用|命|者|馆|得)|组织(?:部|机构|单位|者|形式|工作)|监督(?:管理|局|所|站|部门|机[构关]|委|员)|协调(?:机[制构]|小组|办|会议|委员会)|推进(?:机[制构]|小组|组|办|会|中心)|联系(?:人|电话|方式|制度|点)"
    "|(?:指导|支持|引导|促进|推动|鼓励)(?:意见|政策(?!性)|作用|下|力度|措施|性|员|者|资金|目录|价)"
)
_MODAL = re.compile(
    "(?=[要应须不可负牵参配承主履务均需是])(?:要|应|须|不得|不能|可|负责|牵头|参与|配合|承担|主管|负总责|履行|务必|均需|需|是)"
)
_ORDER = re.compile("[要应须]|必须|务必")  # those that oblige
# Between a subject and its modal: 都要, 也应, 等要.
_BETWEEN = frozenset("都均也还等则必,")
_NAME_REST = 4  # characters with which a name may go on
_LISTED_CLAUSES = 12
_NAME_GROUP = 20
_CONDITION = 24  # characters of a condition between a subject and its modal
_CLAUSE = 50  # characters of a clause in 的 before the subject
_GENERIC = re.compile("单位|部门|机构|企业|地区|机关|主体|组织|省市|省份|城市|园区|区域|项目|人|方")
# No name of a body begins with a pronoun or a preposition.
_NO_NAME = re.compile(
    "涉及|[因除仅是可已此这须如]|要(?!素)|跨(?!国)|得(?!力)|在(?!.(?:各|[央国民外省市属]?[企校]|高校|金融|商业|单位|部门|机构|外资))|应当|必须|应(?![急收])|对(?!外[经贸联事援])|[按把以向从为就与于将使让给和及等的]|其(?!他|它|余)|不(?!动产)"
)
_HANDED = re.compile("(?<!自)由")  # 或者由县政府…: what stands behind 由 is read by itself
_NO_VERB = frozenset("的、和及与等(〔[之或以")
_LABEL_SIGNS = r"0-9(〔第一二三四五六七八九十①-⑳【—\["
_LABEL_START = frozenset("0123456789( 〔第一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳【—[\r")


# A time that opens a clause without a comma: 2027年底前各区…, 每月5日经办银行….
_TIME = re.compile(
    r"[自从到在]?(?:\d{4}年(?:\d{1,2}月)?|\d{1,2}月|每[年月周]|每季度)(?:\d{1,2}日)?(?:[上下]半年)?[底初末]?[前起内后]?(?!度|均)"
)
# 在申请期满前人民法院…: a time or place that a body follows without a comma.
_WHILE = re.compile("在[^,。;:、的\n]{2,12}?(?:[前后时]|期间|过程中)(?=[各人县市省国有相本主])")
# What is set up under the lead of one body, with the part of others in a clause in 的.
_SHARED = re.compile(
    "(?:建立|健全|形成|完善|构建|实行|强化|坚持)(?:由|以)?(?=[^,。;:\n的、立全成善建]{2,24}(?:牵头|负总责)[、,])"
    "|(?<=头)、(?=[^,。;:\n的]{2,24}(?:参与|配合|协同|协作|参加|联动|协助)的)"
)
_TAKES_PART = re.compile("(?:参与|配合|协同|协作|参加|联动|协助)的")
# A time before a class of bodies that bare verbs follow: 每年2月底前各省份完成….
_SINCE = re.compile("[前起内后末](?=各[省市县区地乡镇级有相责成][^,。;:\n]{3})")
_NO_PRONOUN = frozenset("他它余中次实间")
_TIME_START = frozenset("自从到在每0123456789")


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
            f"(?m:^)[ \\r]*(?=[^\\s])|[。;][ \\r]*(?=[{_LABEL_SIGNS}{first}])|[,:!?)][ \\r]*(?=[(①-⑳{first}])"
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
            if match.start() < done or _NO_CUE.match(text, match.start()):
                continue
            begin, limit = match.end(), clauses.end(match.end())
            while word := self._fillers.at(text, begin, limit):
                begin += len(word)
            if counted := _COUNTED.match(text, begin, limit):
                begin = counted.end()
            done = begin
            phrase = self._reader.read(text, begin, limit)
            if phrase and not self._made(text, phrase, limit):
                phrase = phrase.inner  # 支持学校迁入高新区
                if phrase is None or limit - phrase.end <= _NAME_REST or not self._made(text, phrase, limit):
                    continue
            if phrase:
                found.append(Candidate("directing", match.span(), phrase, limit))

        for match in _UPON.finditer(text, start, end):
            counted = _COUNTED.match(text, match.end(), end)
            begin = counted.end() if counted else match.end()
            phrase = self._reader.read(text, begin, clauses.end(begin))
            if phrase and phrase.follow != "modal" and not _NO_NAME.match(text, phrase.members[0][0]):
                found.append(Candidate("directing", match.span(), phrase, clauses.end(begin)))

    def _agents(self, text: str, clauses: _Clauses, start: int, end: int, found: list[Candidate]) -> None:
        for match in _AGENT.finditer(text, start, end):
            if match.start() and text[match.start() - 1] in _NO_AGENT.get(match.group(), ""):
                continue
            if self._names(text, match):
                continue
            limit = clauses.end(match.end())
            counted = _COUNTED.match(text, match.end(), limit)
            phrase = self._reader.read(text, counted.end() if counted else match.end(), limit)
            if phrase and match.group() in _SET_UP and text[phrase.end : phrase.end + 1] != ",":
                continue
            if phrase and (self._made(text, phrase, limit) or match.group() in ("会同", "主管机关为")):
                trigger = "companion" if match.group() in _WITH else "agent"
                found.append(Candidate(trigger, match.span(), phrase, limit))

    def _names(self, text: str, match: re.Match[str]) -> bool:
        """Tell whether what looks like handing over opens a name: 联合采购办公室."""
        return match.group() in ("联合", "协同") and bool(self._naming.at(text, match.end(), match.end() + 3))

    def _subjects(
        self, text: str, clauses: _Clauses, start: int, end: int, found: list[Candidate], *, ordered: bool
    ) -> None:
        seen: set[int] = set()
        closes = self._bodies.closes
        for match in (_ORDER if ordered else _MODAL).finditer(text, start, end):
            before = match.start() - 1
            while before > start and text[before] in _BETWEEN:
                before -= 1
            if before > start and (closes(text[before]) or text[before] in ")〕"):
                self._subject(text, clauses, self._clause(text, clauses, before), found, seen, modal=True)
        if ordered:
            return
        for match in _SHARED.finditer(text, start, end):
            self._share(text, clauses, match.end(), found)
        for match in _SINCE.finditer(text, start, end):
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
        if text[start : start + 1] in _LABEL_START and (label := _LABEL.match(text, start)):
            begin = label.end()
        while word := self._leads.at(text, begin, begin + 8):
            begin += len(word)
        if text[begin : begin + 1] == "其" and text[begin + 1 : begin + 2] not in _NO_PRONOUN:
            begin += 1  # 其主管部门: the pronoun is no part of the name
        if text[begin : begin + 1] in _TIME_START and (time := _TIME.match(text, begin) or _WHILE.match(text, begin)):
            begin = time.end()
        if begin > start:
            if begin in seen:
                return
            seen.add(begin)
        if (agent := _AGENT.match(text, begin)) and not self._names(text, agent):
            return
        limit = clauses.end(begin)
        if text.startswith(_ABOVE_ALL, limit):  # 各地、各部门,特别是…所在地,要…
            limit = min(clauses.end(limit + 1), begin + REACH)
        inner = 0
        verb = self._opens_with_verb(text, begin)
        if verb:  # no subject, unless in the noun of a clause: 从事运输的企业应当…
            if not modal:
                return
            if self._within(text, begin + verb, limit, found):
                return
            inner = text.find("的", begin, min(limit, begin + _CLAUSE)) + 1
            if not inner:
                return
        phrase = self._reader.read(text, inner or begin, limit)
        if phrase is None or (phrase.modified and text[begin] == "对" and not inner):
            return  # 对有突出贡献的单位,可以…: done to it, not by it
        if phrase.follow == "stop":
            self._over_comma(text, phrase, ("modal",))
        if inner:
            phrase.modified = True
            if phrase.follow not in ("modal", "charge"):
                return
        if self._acts(text, phrase):
            found.append(Candidate("subject", (phrase.end, phrase.end + len(phrase.word)), phrase, limit))

    def _within(self, text: str, begin: int, limit: int, found: list[Candidate]) -> bool:
        """Add the body behind the verb of a clause, if it leads or takes part: 建立省政府牵头、各部门参与的机制."""
        phrase = self._reader.read(text, begin, limit)
        if self._directing.match(text, begin - 2):
            return False
        if phrase and phrase.word in self._sharing and not _NO_NAME.match(text, phrase.members[0][0]):
            found.append(Candidate("subject", (phrase.end, phrase.end + len(phrase.word)), phrase, limit))
            return True
        return False

    def _share(self, text: str, clauses: _Clauses, begin: int, found: list[Candidate]) -> None:
        """Add the body that leads or takes part in what is set up: 各市要建立县政府牵头、有关部门参与的机制."""
        phrase = self._reader.read(text, begin, clauses.end(begin))
        if phrase is None or _NO_NAME.match(text, phrase.members[0][0]):
            return
        if phrase.follow == "other" and (role := _TAKES_PART.match(text, phrase.end)):
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
        if not verb or (verb not in self._never and _GENERIC.match(text, after)):
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
            return limit - phrase.end > 1 and after not in _NO_VERB and not _NO_NAME.match(text, phrase.members[0][0])
        return self._acts(text, phrase)

    def _acts(self, text: str, phrase: Phrase) -> bool:
        """Tell whether a predicate follows a phrase that may be a name."""
        if phrase.follow == "stop" and phrase.kind == "public" and not phrase.modified:
            self._commas(text, phrase)
        if phrase.follow == "stop" and (phrase.modified or len(phrase.members) > 1 or text[phrase.end - 1] == "等"):
            self._over_comma(text, phrase, ("act", "open"))
        if phrase.follow == "other":
            self._far(text, phrase)
        if _HANDED.search(text, *phrase.members[0]):
            return False
        return phrase.follow not in ("other", "stop") and not _NO_NAME.match(text, phrase.members[0][0])

    def _far(self, text: str, phrase: Phrase) -> None:
        """Let a phrase that any verb follows have the modal behind the comma: 主管机关知悉后,应…."""
        end = phrase.end
        comma = text.find(",", end, end + _CONDITION)
        if comma < 0 or text[end] in _NO_VERB or any(sign in text[end:comma] for sign in "。;\n:"):
            return
        if text[comma - 1] in "后时的前" and self._reader.follow(text, comma + 1, comma + 5)[0] == "modal":
            phrase.follow = "far"

    def _commas(self, text: str, phrase: Phrase) -> None:
        """Let a list of bodies that commas part go on to its predicate: 各省党委,中央直属机关工委,…,每年上缴…."""
        members, end, last = [*phrase.members], phrase.end, phrase
        for _ in range(_LISTED_CLAUSES):
            begin = end + 1 + (text[end + 1 : end + 2] in _SPACE)
            stop = _HARD.search(text, begin, begin + REACH)
            if text[end : end + 1] != "," or stop is None:
                break
            more = self._reader.read(text, begin, stop.start())
            if more is None or more.kind != "public" or more.modified or _NO_NAME.match(text, begin):
                break
            members, end, last = [*members, *more.members], more.end, more
            if more.follow not in ("other", "stop"):
                break
        if last is phrase or len(members) - len(phrase.members) < 2:
            return
        if last.follow == "stop" and text[end : end + 1] == ",":
            follow, word = self._reader.follow(text, end + 1, min(len(text), end + 9))
            last.end, last.follow, last.word = end + 1, follow, word
        if last.follow not in ("other", "stop"):
            phrase.members, phrase.end, phrase.follow, phrase.word = members, last.end, last.follow, last.word

    def _over_comma(self, text: str, phrase: Phrase, follows: tuple[str, ...]) -> None:
        """Let a phrase that a comma sets off have the predicate behind it: 各地方和各企业，都要…."""
        if text[phrase.end : phrase.end + 1] != ",":
            return
        begin = phrase.end + 1
        if text[begin : begin + 1] in _SPACE:
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
            opener = text.rfind("(", max(0, bracket - _NAME_GROUP), bracket)
            name = opener - (text[opener - 1 : opener] == " ")  # 县 (市) 议会
            if name <= 0 or not self._bodies.closes(text[name - 1]):
                return bracket + 1
            bracket = text.rfind(")", start, opener)
        return start


class _Clauses:
    """Where clauses begin and end, looked up in logarithmic time."""

    __slots__ = ("_length", "starts")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.starts = [start] + [match.end() for match in _HARD.finditer(text, start, end)]
        self._length = end

    def start(self, position: int) -> int:
        return self.starts[bisect_right(self.starts, position) - 1]

    def end(self, position: int) -> int:
        """Return where the clause ends that holds ``position``, its closing sign left out."""
        index = bisect_right(self.starts, position)
        stop = self.starts[index] - 1 if index < len(self.starts) else self._length
        return max(position, min(stop, position + REACH))
