"""放几天假的节：光说节的名字，是哪一天没说；说了当天、第几天的才是那一天。"""

from datetime import date, datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.hearing.values.offered_days import in_full
from nonebot_plugin_refund.domain.understanding.days.dates import holiday_in
from nonebot_plugin_refund.domain.understanding.days.holidays import Holiday

NOW = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("国庆节收到的", date(2026, 10, 1), date(2026, 10, 7)),
        ("国庆那几天", date(2026, 10, 1), date(2026, 10, 7)),
        ("去年国庆收的货", date(2025, 10, 1), date(2025, 10, 8)),
        ("五一收的", date(2026, 5, 1), date(2026, 5, 5)),
        ("端午放假那几天", date(2026, 6, 19), date(2026, 6, 21)),
        ("中秋", date(2026, 9, 25), date(2026, 9, 27)),
        ("春节", date(2026, 2, 15), date(2026, 2, 23)),
    ],
)
def test_a_holiday_of_several_days_says_no_day(said: str, first: date, last: date) -> None:
    assert holiday_in(said, NOW) == Holiday(said[2:4] if said.startswith("去年") else said[:2], first, last)


@pytest.mark.parametrize(
    "said",
    [
        *("国庆当天收的", "国庆第三天", "十一那天", "中秋节那天", "中秋晚上到的", "大年初三", "春节初二", "国庆前一天"),
        *("国庆节前", "中秋节后", "10月1号国庆节收到的", "双十一", "教师节那天", "昨天", "国庆节早上八点"),
    ],
)
def test_a_day_within_or_beside_a_holiday_is_no_whole_holiday(said: str) -> None:
    assert holiday_in(said, NOW) is None


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("3号", date(2026, 10, 3)),
        ("应该是3号吧", date(2026, 10, 3)),
        ("第二天", date(2026, 10, 2)),
        ("头一天", date(2026, 10, 1)),
        ("最后一天", date(2026, 10, 7)),
        ("8号", None),
        ("不清楚", None),
    ],
)
def test_the_reply_names_a_day_of_the_holiday(said: str, day: date | None) -> None:
    offered = Holiday("国庆", date(2026, 10, 1), date(2026, 10, 7)).days(NOW.date())

    assert in_full(said, offered) == (said if day is None else day.isoformat())


@pytest.mark.parametrize(("said", "day"), [("2", 26), ("26号", 26), ("第三天", 27), ("1", 25)])
def test_a_short_holiday_is_listed_and_taken_by_number_or_day(said: str, day: int) -> None:
    offered = Holiday("中秋", date(2026, 9, 25), date(2026, 9, 27)).days(NOW.date())

    assert in_full(said, offered) == f"2026-09-{day}"
