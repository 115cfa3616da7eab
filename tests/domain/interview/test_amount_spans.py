"""说成一段的钱数：两头差得不远、对判断没有区别的记中间的约数。"""

from datetime import datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.hearing.picking import read_among
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.domain.interview.interview import Misread, MisreadReason
from nonebot_plugin_refund.rulebook.loader import load_rulebook

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
TIPS = next(scenario for scenario in load_rulebook().scenarios if scenario.id == "live-tip")
TOTAL = TIPS.question("amount")


@pytest.mark.parametrize(
    ("said", "middle"),
    [
        ("七八千", 7500),
        ("大概七八千吧 从8月底开始的", 7500),
        ("十五六万", 155000),
        ("两三万", 25000),
        ("四五百块钱", 450),
        ("没细算 三四万是有的", 35000),
        ("7000到8000", 7500),
    ],
)
def test_a_span_is_noted_about_its_middle(said: str, middle: float) -> None:
    assert read_among(TIPS, TOTAL, said, NOW) == Answer(float(middle), approximate=True)


@pytest.mark.parametrize("said", ["三五百块", "一两千", "三千到八千", "150到220"])
def test_a_wide_span_or_one_that_matters_is_asked_about(said: str) -> None:
    read = read_among(TIPS, TOTAL, said, NOW)

    assert isinstance(read, Misread)
    assert read.reason is MisreadReason.AMOUNT_RANGE
