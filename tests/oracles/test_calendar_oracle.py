"""工作日历对照手工录入的官方安排。"""

from datetime import date, timedelta

from nonebot_plugin_refund.domain.days.calendar import WorkCalendar, statutory_holidays
from tests.oracles import official_days


def test_every_day_of_2025_and_2026_matches_the_official_notices() -> None:
    calendar = WorkCalendar()
    days = [date(2025, 1, 1) + timedelta(days=index) for index in range(730)]

    assert [day for day in days if calendar.is_rest_day(day) != official_days.is_off(day)] == []


def test_statutory_holidays_of_an_unpublished_year_are_the_thirteen_of_the_law() -> None:
    assert {day.isoformat() for day in statutory_holidays(2027)} == official_days.STATUTORY_2027
