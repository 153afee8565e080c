"""Patterns of the words by which running prose hands a task to a body, and of what stands around its name."""

from __future__ import annotations

import re

HARD = re.compile(
    r"[,。;:!?\n ](?!下同\))(?:(?<! )|(?<=  ))|、(?<=[牵负统主协总][头责筹导调]、)"
)  # 政府牵头、部门参与 are two clauses
SPACE = frozenset(" \r")
ABOVE_ALL = (",特别是", ",尤其是")
# What may stand between the start of a clause and its subject: a label, a title in 【】, a word that joins sentences.
LABEL = re.compile(
    r"(?:[ \r(〔]*(?:第 ?[一二三四五六七八九十百零\d]{1,5} ?[章节条款](?:之[一二三四五六七八九十])?|[一二三四五六七八九十]{1,3}[是、.]|[(〔\[][一二三四五六七八九十\d]{1,3}[)〕\]]"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}[.、 ]|[①-⑳]|——?|【[^】\n]{2,12}】))*[ (〔]*"
)
COUNTED = re.compile(
    r"(?:全[省市县区州国])?(?:\d+(?:[-—~]\d+)?|[一二两三四五六七八九十]+)[余多]?[家个所户名批处座](?:以上|左右)?"
)
SET_UP = frozenset(("设立", "成立", "组建"))
WITH = frozenset(("会同", "联合", "协同", "商", "会商", "与", "同", "和"))
# 经济 and 联合体 hold these characters without handing over anything, and so do 自由, 申请, 已经.
AGENT = re.compile(
    "(?=[由请经会联协主商报呈送落压接受需告通移提函吸邀遴置设成组加强与同和转交])(?:由|请求?|经(?![济营费验常过办贸开典历理商销纪络])|会同|会商(?=[各有相市省县区国其同财自住公司人教农发税工本上口当军驻海大]|外交)|联合(?![国体会社王])|协同(?!推|发|创)|主管机关为"
    "|商(?<=[门局委厅府办位关构]商)(?=[各有相市省县区国其同财自住公司人教农发税])"
    # To whom something is submitted for a decision, whose duty is fulfilled, who watches.
    "|[报呈送](?![告名销表价道刊纸酬复警请经送])(?=[^,。;\n]{2,24}?(?:审批|审核|核准|核定|批准|备案|审定|审查|审议|复核))"
    "|(?:落实|压实)(?=[^,。;\n]{2,24}?(?:责任|职责))"
    "|(?:接受|受)(?=[^,。;\n]{2,12}?[的之对](?:[^,。;\n]{0,8}?)(?:指挥|监督|指导|监管|检查|考核))"
    "|(?:告知|通知|移[送交](?!司法机关)|提请|函告|商请)(?=[^,。;\\n]{2,40}?(?:查处|处理|办理|依法|协助|解除|核查|管理使用|保管|做好|提供|配合|采取|整改|赶赴|到场))"
    # 及时转同级公安机关办理, 将材料交镇人民政府核实.
    "|(?:(?<=[并者时即况料果见索件,])[转交]|转[交请送])(?=[省市县区乡镇村各有相同本上下当主所属原][^,。;\\n]{2,16}?(?:依法|按规定|处理|办理|核实|核查|查处|审核|审查|研究|落实|处置))"
    "|接受(?=[^,。;\\n]{2,30}(?:部门|机关|机构|人大)(?:依法)?(?:监督|检查|审计|指导|监管|考核))"
    "|吸收|邀请|邀集|遴选|(?<=[府局所部处院署会厂馆场中])[置设](?=[^,。;\n]{2,10}?(?:[一二三四五六七八九十]|,(?:分别)?(?:掌理|综理|主管|负责|办理|承办)))"
    # Those with whom something is done: 应当与气象机构密切配合, 要同行政领导一起….
    "|(?:(?<=[要应当须动,极])|(?<=主动))[与同和](?=[^,。;:与和\\n]{2,40}(?:一起|一道|密切配合|密切协作|加强协作|加强配合|做好|形成工作合力|形成合力|加强沟通))"
    # What is set up to do something, and whose watch over others is to grow.
    "|(?:设立|成立|组建)(?=[^,。;:\\n]{2,30},(?:专门|具体|统一|主要|全面)?(?:负责|承担|统筹|履行|牵头|组织|协调|指导))"
    "|(?:加强|强化)(?=[省市县区各国政部主行审监地中上有纪人])(?=[^,。;:对的\\n]{2,24}对[^,。;\\n]{2,30}的[^,。;的\\n]{0,6}(?:监管|监督|统筹|管理职责|督促|考核))"
    "|通过(?=[省市县区各本上所有相中])(?=[^。;:\\n]{2,60}?(?:转交|转报|转送))"
    # 需要有关部门共同努力: what is needed of a body.
    "|需要?(?=[各有相]|生产|企业|政府|社会各))"
)
NO_AGENT = {"由": "自理事缘来", "请": "申邀聘敬恳", "经": "已曾财神途业一"}
# Those whom others watch and guide: 对省级人民政府和有关部门进行督查和指导, 加强对商会的指导.
UPON = re.compile(
    "对(?=[^,。;:\\n]{2,30}?(?:进行|开展|加强|实行|实施|予以|的)[^,。;\\n]{0,8}?(?:督[查导促]|指导|检查|考核|抽查|巡查|约谈|帮扶))"
)
# 组织部门 and 指导意见 are names and nouns.
NO_CUE = re.compile(
    "(?<=受)委托|(?<=[见和、出理的及])建议|建议[都的书案、和是后,予稿性]|使(?:用|命|者|馆|得)|组织(?:部|机构|单位|者|形式|工作)|监督(?:小组|管理|局|所|站|部门|机[构关]|委|员)|协调(?:机[制构]|小组|办|会议|委员会)|推进(?:机[制构]|小组|组|办|会|中心)|联系(?:人|电话|方式|制度|点)"
    "|(?:指导|支持|引导|促进|推动|鼓励)(?:意见|政策(?!性)|作用|下|力度|措施|性|员|者|资金|目录|价)"
)
MODAL = re.compile(
    "(?=[要应须不可负牵参配承主履务均需是])(?:要|应|须|不得|不能|可|负责|牵头|参与|配合|承担|主管|负总责|履行|务必|均需|需|是)"
)
ORDER = re.compile("[要应须]|必须|务必")  # those that oblige
# Between a subject and its modal: 都要, 也应, 等要.
BETWEEN = frozenset("都均也还等则必,")
# What is to grow between two: 促进院校与企业的结合.
BETWEEN_TWO = re.compile("与[^,。;、\\n的]{2,12}的(?:紧密|有机|深度)?(?:[结融联][合系]|合作|对接|交流|关系|衔接|协作)")
NAME_REST = 4  # characters with which a name may go on
LISTED_CLAUSES = 12
NAME_GROUP = 20
CONDITION = 24  # characters of a condition between a subject and its modal
CLAUSE = 50  # characters of a clause in 的 before the subject
GENERIC = re.compile("单位|部门|机构|企业|地区|机关|主体|组织|省市|省份|城市|园区|区域|项目|人|方")
# No name of a body begins with a pronoun or a preposition.
NO_NAME = re.compile(
    "涉及|密切|或者|包括|做好|配合(?!单位|部门)|[因除仅是可已此这须如]|要(?!素)|跨(?!国)|得(?!力)|在(?!.(?:各|[央国民外省市属]?[企校]|高校|金融|商业|单位|部门|机构|外资))|应当|必须|应(?![急收])|对(?!外[经贸联事援])|[按把以向从为就与于将使让给和及等的]|其(?!他|它|余)|不(?!动产)"
)
# 由发改局、财政局等组成: of whom it consists, not who acts.
MADE_UP = re.compile("等?(?:单位|部门)?(?:共同|联合)?(?:组成|构成)(?!的?[^,。;\n]{2})")
HANDED = re.compile("(?<!自)由")  # 或者由县政府…: what stands behind 由 is read by itself
NO_VERB = frozenset("的、和及与等(〔[之或以")
LABEL_SIGNS = r"0-9(〔第一二三四五六七八九十①-⑳【—\["
LABEL_START = frozenset("0123456789( 〔第一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳【—[\r")


# A time that opens a clause without a comma: 2027年底前各区…, 每月5日经办银行….
TIME = re.compile(
    r"[自从到在]?(?:\d{4}年(?:\d{1,2}月)?|\d{1,2}月|每[年月周]|每季度|\d{1,2}年(?=内))(?:\d{1,2}日)?(?:[上下]半年)?[底初末]?[前起内后]?(?!度|均)"
)
# 在申请期满前人民法院…: a time or place that a body follows without a comma.
WHILE = re.compile("在[^,。;:、的\n]{2,12}?(?:[前后时]|期间|过程中)(?=[各人县市省国有相本主])")
# What is set up under the lead of one body, with the part of others in a clause in 的.
SHARED = re.compile(
    "(?:建立|健全|形成|完善|构建|实行|强化|坚持)(?:由|以)?(?=[^,。;:\n的、立全成善建]{2,24}(?:牵头|负总责)[、,])"
    "|(?<=头)、(?=[^,。;:\n的]{2,24}(?:参与|配合|协同|协作|参加|联动|协助)的)"
)
THEN = re.compile(",(?:应|须|必须|不得)")
TAKES_PART = re.compile("(?:参与|配合|协同|协作|参加|联动|协助)的")
# A time before a class of bodies that bare verbs follow: 每年2月底前各省份完成….
SINCE = re.compile("[前起内后末](?=各[省市县区地乡镇级有相责成][^,。;:\n]{3})")
NO_PRONOUN = frozenset("他它余中次实间")
TIME_START = frozenset("自从到在每0123456789")
