"""按名字说的日子：放假的农历节日由库换算，照放假通知和公开农历表里的日子核对。"""

from datetime import date

import pytest

from nonebot_plugin_refund.domain.understanding.days.festivals import NAMES, festival_in, latest_festival


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("春节", ["2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2028-01-26", "2030-02-03"]),
        ("清明", ["2022-04-05", "2024-04-04", "2025-04-04", "2026-04-05", "2029-04-04", "2030-04-05"]),
        ("端午", ["2022-06-03", "2023-06-22", "2024-06-10", "2025-05-31", "2026-06-19", "2028-05-28", "2030-06-05"]),
        ("中秋", ["2022-09-10", "2023-09-29", "2024-09-17", "2025-10-06", "2026-09-25", "2028-10-03", "2030-09-12"]),
        ("除夕", ["2024-02-09", "2025-01-28", "2026-02-16"]),
        ("元宵", ["2024-02-24", "2025-02-12", "2026-03-03"]),
        ("七夕", ["2025-08-29", "2026-08-19"]),
        ("重阳", ["2025-10-29", "2026-10-18"]),
        ("母亲节", ["2025-05-11", "2026-05-10"]),
    ],
)
def test_the_day_of_a_festival(name: str, days: list[str]) -> None:
    for day in map(date.fromisoformat, days):
        assert festival_in(name, day.year) == day


def test_a_year_that_cannot_be_worked_out_is_not_guessed() -> None:
    assert festival_in("七夕", 2031) is None
    assert festival_in("春节", 2031) == date(2031, 1, 23)


def test_the_latest_one_is_never_in_the_future() -> None:
    today = date(2026, 9, 24)
    for name in NAMES:
        day = latest_festival(name, today)
        assert day is not None, name
        assert day <= today, name
    assert latest_festival("中秋", today) == date(2025, 10, 6)
