"""逐日、逐元：每一天、每个钱数写成各种样子，读回来是它，或者再问，绝不是另一个。"""

from datetime import date, datetime, timedelta

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.understanding.days.dates import json_value, parse_date
from nonebot_plugin_refund.domain.understanding.sums.amounts import parse_amount
from tests.domain.understanding.spoken import spoken_amounts, spoken_days

DAYS = [date(2025, 1, 1) + timedelta(days=shift) for shift in range(730)]


@pytest.mark.parametrize("later", [3, 17])
def test_every_day_is_read_back_or_asked_again(later: int) -> None:
    wrong: list[str] = []
    asked = total = 0
    for day in DAYS:
        today = day + timedelta(days=later)
        now = datetime(today.year, today.month, today.day, 23, 0, tzinfo=SHANGHAI)
        for text in spoken_days(day, today):
            total += 1
            value = json_value(parse_date(text, now))
            asked += value is None
            if value not in (None, day.isoformat()):
                wrong.append(f"{text}（{today}）：{value}")

    assert wrong == []
    assert asked / total < 0.02


def test_a_day_that_has_not_come_is_never_read() -> None:
    now = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
    read = [
        text
        for shift in range(1, 400)
        for text in list(spoken_days(now.date() + timedelta(days=shift), now.date()))[:7]
        if parse_date(text, now) is not None
    ]

    assert read == []


def test_every_amount_is_read_back_or_asked_again() -> None:
    wrong: list[str] = []
    asked = total = 0
    # 一万以内逐元；再往上每隔七元取一个，各种零的位置都会遇到，整组仍在数秒之内
    for number in (*range(1, 10_000), *range(10_000, 100_000, 7)):
        for text in spoken_amounts(number):
            total += 1
            parsed = parse_amount(text)
            asked += parsed is None
            if parsed is not None and parsed.value != number:
                wrong.append(f"{text}：{parsed.value}，应是 {number}")

    assert wrong == []
    assert asked / total < 0.01
