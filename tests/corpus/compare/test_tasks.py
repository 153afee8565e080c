"""Tasks of neighbouring years beside each other."""

from __future__ import annotations

from pathlib import Path

import policyparse
from policyparse.comparison import TaskPair

from .conftest import report

OLD = """（一）扩大就业。实施就业优先战略，开展技能培训两千人次，建设零工市场三处。（市人社局牵头）
（二）改造老旧小区。完成二十个老旧小区改造，惠及居民六千户，同步加装电梯。（市住建局牵头）
（三）整治河道。完成清溪河下游清淤，修建步道五公里，沿岸植树三千株。（市水利局牵头）"""
NEW = """（一）改造老旧小区。完成二十五个老旧小区改造，惠及居民七千户，同步加装电梯。（市民政局牵头）
（二）扩大就业。实施就业优先战略，开展技能培训两千人次，建设零工市场三处。（市人社局牵头）
（三）发展低空经济。建设无人机起降点十二处，开通物流航线两条，引进整机企业一家。（市发展改革委牵头）"""


def pairs(old: str, new: str) -> list[TaskPair]:
    sources = [report(2023, "", tasks=old), report(2024, "", tasks=new)]
    comparison = policyparse.compare([(policyparse.parse(source), source) for source in sources])
    return [pair for pair in comparison.tasks if "主要任务" in ((pair.after or pair.before).section or "")]  # type: ignore[union-attr]


def test_tasks_are_kept_reworded_new_and_dropped() -> None:
    found = {
        (pair.after.heading if pair.after else None, pair.before.heading if pair.before else None): pair
        for pair in pairs(OLD, NEW)
    }
    kept = found["扩大就业", "扩大就业"]
    assert (kept.alignment, kept.score, kept.lead_changed) == ("kept", 100.0, False)
    reworded = found["改造老旧小区", "改造老旧小区"]
    assert reworded.alignment in ("kept", "reworded")
    assert reworded.lead_changed
    assert reworded.after is not None
    assert reworded.after.lead == ("市民政局",)
    assert found["发展低空经济", None].alignment == "new"
    assert found[None, "整治河道"].alignment == "dropped"


def test_the_matching_is_one_to_one() -> None:
    twice = OLD.replace("（三）整治河道。完成清溪河下游清淤，修建步道五公里，沿岸植树三千株。（市水利局牵头）", "")
    twice += "（三）扩大就业。实施就业优先战略，开展技能培训三千人次，建设零工市场四处。（市人社局牵头）"
    found = pairs(twice, NEW)
    taken = [pair.before.start for pair in found if pair.before]
    assert len(taken) == len(set(taken))
    assert [pair.score for pair in found if pair.after and pair.after.heading == "扩大就业"] == [100.0]


def test_the_review_holds_no_tasks(corpora: Path) -> None:
    comparison = policyparse.compare(sorted(corpora.glob("lanjiang-report-*.txt")))
    tasks = [task for pair in comparison.tasks for task in (pair.before, pair.after) if task]
    assert tasks
    texts = {one.id: policyparse.read(corpora / Path(one.path).name).text for one in comparison.documents}
    for task in tasks:
        assert texts[task.document][task.start : task.end].endswith(task.text[-20:])
        assert "回顾" not in task.section


def test_a_line_of_bodies_belongs_to_the_paragraph_before() -> None:
    old = (
        "（一）便民服务\n建成社区食堂十二家，覆盖全部街道，日均供餐两千份以上。\n牵头单位：市民政局\n责任单位：市商务局"
    )
    found = [pair for pair in pairs(old, old) if pair.after]
    assert len(found) == 1
    assert found[0].after is not None
    assert found[0].after.lead == ("市民政局",)
