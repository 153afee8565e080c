"""Kind of document and regions, from whole small documents and from single headings."""

from __future__ import annotations

import pytest

from policyparse.lexicon import load_lexicon
from policyparse.parsing.characters import reading_text
from policyparse.parsing.outline import OutlineFinder
from policyparse.parsing.records import Setting
from policyparse.parsing.setting import SettingFinder

LEXICON = load_lexicon()
OUTLINES, SETTINGS = OutlineFinder(LEXICON), SettingFinder(LEXICON)

REPORT = """政府工作报告
——2023年1月8日在云川市第六届人民代表大会第三次会议上
云川市市长 林远

各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议。

一、2022年工作回顾
过去一年，全市新建学校12所。城镇新增就业3万人。

二、2023年主要目标和重点任务
今年要新建学校15所，城镇新增就业3.2万人。

三、切实加强政府自身建设
办理建议300件以上。

附件1
2022年民生实事完成情况
新建公厕20座。

附件2
名词解释
1.三进：指进学校、进社区、进企业3个方面。
"""


def setting(source: str) -> Setting:
    text = reading_text(source)
    return SETTINGS.find(text, OUTLINES.find(text))


def purpose(source: str, words: str) -> str:
    return setting(source).purpose_at(source.index(words))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("各位代表", "front"),
        ("新建学校12所", "review"),
        ("新建学校15所", "plan"),
        ("办理建议", "plan"),
        ("新建公厕", "results"),
        ("3个方面", "glossary"),
    ],
)
def test_regions_of_a_report(words: str, expected: str) -> None:
    assert setting(REPORT).kind == "report"
    assert purpose(REPORT, words) == expected


@pytest.mark.parametrize(
    ("headings", "purposes"),
    [
        # A word that looks back wins over a year and over words of planning.
        (["一、2022年目标任务完成情况回顾", "二、2023年工作安排"], ["review", "plan"]),
        # A year before that of the report looks back, also beside a word that says nothing.
        (["一、2022年主要工作", "二、2023年主要工作"], ["review", "plan"]),
        # Once a report plans, chapters without a telling heading go on planning.
        (["一、过去五年的工作", "二、坚持扩大内需", "三、取得改革新突破"], ["review", "plan", "plan"]),
        (["一、本届政府工作回顾", "二、今后五年的奋斗目标", "三、2023年工作建议"], ["review", "plan", "plan"]),
    ],
)
def test_chapters_of_a_report(headings: list[str], purposes: list[str]) -> None:
    head = REPORT.split("一、2022年工作回顾")[0]
    source = head + "".join(
        f"{heading}\n全市实施项目{i}00个，各项工作有序推进。\n\n" for i, heading in enumerate(headings, 1)
    )
    assert [purpose(source, f"{i}00个") for i in range(1, len(headings) + 1)] == purposes


def test_a_report_without_headings_turns_where_a_paragraph_says_so() -> None:
    head = REPORT.split("一、2022年工作回顾")[0]
    past = "过去一年，全市上下共同努力，新建学校12所。\n" + "我们改善了城乡面貌，办成了许多实事。" * 60 + "\n"
    source = head + past + "今年工作的总体要求是：稳中求进。\n新建学校15所。\n"
    assert purpose(source, "12所") == "review"
    assert purpose(source, "15所") == "plan"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (
            "云川市停车管理办法\n第一条 为了规范停车，制定本办法。\n第二条 停车费每小时5元。\n第三条 本办法自发布之日起施行。\n",
            "law",
        ),
        ("云川市教育局2023年工作要点\n一、扩大学位\n新建学校15所。\n二、提高质量\n培训教师2000人次。\n", "plan"),
        ("云川市“十四五”养老服务规划\n一、发展基础\n已建成养老院30所。\n二、主要任务\n新建养老院20所。\n", "plan"),
        (
            "云川市促进消费若干措施\n一、支持汽车消费\n对购车者给予3000元补贴，一次性奖励企业5万元，最高不超过30万元。\n",
            "measures",
        ),
        ("云川市稳定经济若干措施\n一、加快项目建设\n" + "全年开工重大项目100个，完成投资50亿元。" * 40 + "\n", "plan"),
        ("云川市人才奖励办法\n一、对象\n取得学位的毕业生。\n二、标准\n硕士每人2万元。\n", "measures"),
        ("现将《云川市防汛行动方案》印发给你们，请认真执行。\n一、目标\n加固堤防30公里。\n", "plan"),
        ("为稳定市场，特制定如下措施：\n一、发放补贴\n对购房者给予1%补贴。\n", "measures"),
        ("云川市2022年国民经济和社会发展统计公报\n一、综合\n全年生产总值500亿元，增长5%。\n", "report"),
        ("", "plan"),
        ("没有结构的一句话", "plan"),
    ],
)
def test_kind(source: str, kind: str) -> None:
    assert setting(source).kind == kind


def test_a_plan_describes_what_there_is_in_some_chapters() -> None:
    source = (
        "云川市“十四五”养老服务规划\n第一章 发展基础\n已建成养老院30所。\n第二章 优化发展环境\n新建养老院20所。\n"
        "第三章 主要任务\n新增床位2000张。\n"
    )
    assert purpose(source, "30所") == "review"
    assert purpose(source, "20所") == "plan"
    assert purpose(source, "2000张") == "plan"


def test_items_below_a_heading_of_conditions_are_rules() -> None:
    source = (
        "云川市清理社会团体工作意见\n一、工作安排\n（一）抓紧清理。\n年内清理团体20家。\n（二）符合下列要求的团体予以保留。\n"
        "1.有规范的名称。\n2.有50个以上的成员。\n二、加强管理\n培训干部200人。\n"
    )
    assert purpose(source, "20家") == "plan"
    assert purpose(source, "50个") == "rules"
    assert purpose(source, "200人") == "plan"


def test_regions_cover_the_text_without_gap() -> None:
    for source in (REPORT, "", "一、目标\n", "附件1\n名词解释\n"):
        regions = setting(source).regions
        position = 0
        for region in regions:
            assert region.start == position
            position = region.end
        assert position == len(source) or not source
