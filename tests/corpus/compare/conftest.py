"""Reports of an invented city, written for a test year by year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import policyparse
from policyparse.comparison import Comparison

City = Callable[..., Comparison]


def report(year: int, goals: str, reached: str = "", *, issuer: str = "澜江市", tasks: str = "") -> policyparse.Source:
    """Return a report with the review of the year before and the goals of ``year``."""
    lines = [
        f"{issuer}{year}年政府工作报告",
        f"一、{year - 1}年工作回顾",
        f"过去一年，全市上下团结奋斗。{reached}",
        f"二、{year}年工作安排",
        f"今年全市经济社会发展的主要预期目标是：{goals}。" if goals else "今年任务艰巨。",
        *(["三、主要任务", tasks] if tasks else []),
    ]
    return policyparse.Source(name=f"reports/{issuer}/{year}.txt", text="\n".join(lines))


@pytest.fixture
def city() -> City:
    """Compare the reports that are given as year to (goals, reached)."""

    def call(reports: dict[int, tuple[str, str]], **options: Any) -> Comparison:
        sources = [report(year, goals, reached) for year, (goals, reached) in reports.items()]
        return policyparse.compare([(policyparse.parse(source), source) for source in sources], **options)

    return call
