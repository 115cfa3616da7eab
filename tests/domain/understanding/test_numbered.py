"""先回编号、再补一句：编号归编号，剩下的话照常读。"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nonebot_plugin_refund.domain.understanding import dates
from nonebot_plugin_refund.domain.understanding.numbered import numbered_choice

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("1", 1, ""),
        ("第2个", 2, ""),
        ("2.", 2, ""),
        ("3、", 3, ""),
        ("1 29号", 1, "29号"),
        ("１ ２９号", 1, "29号"),
        ("1 昨天", 1, "昨天"),
        ("1，昨天下午", 1, "昨天下午"),
        ("2. 周五", 2, "周五"),
        ("第2个 商家刚同意", 2, "商家刚同意"),
        ("选3 3天前", 3, "3天前"),
        ("1 周五到的", 1, "周五到的"),
        ("1 11月22日", 1, "11月22日"),
    ],
)
def test_the_number_is_cut_off(text: str, number: int, rest: str) -> None:
    assert numbered_choice(text, 3) == (number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "4",
        "4 昨天",
        "昨天",
        "3 号商家签收了",
        "3号商家签收了",
        "2 天前",
        "1 周前",
        "2 个小时前",
        "1 月29号",
        "1.29",
        "1、2号",
        "商家 1 29号",
    ],
)
def test_other_numbers_are_no_choice(text: str) -> None:
    assert numbered_choice(text, 3) is None


@pytest.mark.parametrize(("text", "day"), [("1 29号", "2026-11-29"), ("1 31号", "2026-10-31"), ("2 1号", "2026-11-01")])
def test_the_day_after_the_number_is_the_latest_such_day(text: str, day: str) -> None:
    """“1 29号”是这个月（还没到就是上个月）的 29 号，不是一月 29 日。"""
    chosen = numbered_choice(text, 3)
    assert chosen is not None
    assert dates.json_value(dates.parse_date(chosen[1], NOW)) == day
