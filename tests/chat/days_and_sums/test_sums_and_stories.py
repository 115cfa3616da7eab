"""问着一题，说的是总数、一段经过：总数用上，经过里的日子留着，不说“这个数不对”；没说没有的不当作没有。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said

CHILD = ("我家娃拿我手机给快手主播刷礼物 气死我了 能退不", "虚岁12 上六年级")
ASKED_SUM = (*CHILD, "11", "完全不知道")


@pytest.mark.parametrize("told", ["8724 你上面不都听见了吗 1944加6780", "总额8724", "一共8724 上面报过了"])
async def test_a_sum_told_with_a_grumble_is_the_sum(bench: Bench, told: str) -> None:
    assert "一共打赏了大约多少元" in await said(bench, *ASKED_SUM)

    assert "打赏总额：8724 元" in await said(bench, told, "改答案")


async def test_one_part_of_several_is_not_the_whole(bench: Bench) -> None:
    await bench.private(*ASKED_SUM)

    assert "打赏总额：1944" not in await said(bench, "苹果三笔加起来1944 微信那边1000 500 2000 3280", "改答案")


async def test_a_sum_told_while_a_day_is_asked_fills_the_unknown_one(bench: Bench) -> None:
    assert "打赏是哪天" in await said(bench, *ASKED_SUM, "不清楚", "7")

    assert "由「不清楚」改成「8724 元」" in await said(bench, "总额8724")


async def test_a_story_at_the_age_keeps_its_day(bench: Bench) -> None:
    told = await said(bench, *CHILD, "大概三个礼拜吧 10月17号开始的 前面三笔是苹果扣的都是648 后来微信的")

    assert "这个数好像不对" not in told
    assert "打赏日期 10月17日" in told


async def test_a_number_out_of_range_is_still_told(bench: Bench) -> None:
    assert "这个数好像不对" in await said(bench, *CHILD, "120")


@pytest.mark.parametrize("told", ["就是我的手机我的号 他晚上偷偷拿的", "我的手机 我的快手号"])
async def test_whose_phone_it_was_is_not_having_nothing(bench: Bench, told: str) -> None:
    asked = await said(bench, *ASKED_SUM, "3400", told)

    assert "你说的是「7. 都没有" in asked
    assert "打赏是哪天" in await said(bench, "对")


@pytest.mark.parametrize("told", ["都没有", "大人的号 别的啥证据都没有", "7", "只有账单"])
async def test_having_nothing_is_taken_when_said(bench: Bench, told: str) -> None:
    assert "打赏是哪天" in await said(bench, *ASKED_SUM, "3400", told)
