"""还没发过提醒也能约一次：说了什么时候，就给说着的那件添一次；自己的截止不推过去，夜里的挪开并说明。"""

from datetime import datetime, timedelta

import pytest

from nonebot_plugin_refund.dialogue.reminders import reminding
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said

FAKE = ("买的鞋是假的 申请了退货 商家不理我 昨天收到的 鉴定说是假的", "商家拒绝了")


def _is_at(words: str, now: datetime, days: int, clock: str) -> bool:
    day = (now + timedelta(days=days)).astimezone(SHANGHAI)
    near = {0: "今天 ", 1: "明天 "}.get(days, f"{day.month}月{day.day}日")
    return near in words and clock in words


@pytest.mark.parametrize(
    ("told", "days", "clock"),
    [
        ("后天上午提醒我一下去申请", 2, "09:00"),
        ("明天下午三点喊我", 1, "15:00"),
        ("我下班晚 明天中午叫我一声", 1, "12:00"),
    ],
)
async def test_one_more_reminder_is_sent_when_it_was_asked_for(bench: Bench, told: str, days: int, clock: str) -> None:
    await bench.private(*FAKE)
    now = bench.clock.now()

    answer = await said(bench, told)

    assert _is_at(answer, now, days, clock)
    assert "原来排的照旧" in answer
    hour, minute = map(int, clock.split(":"))
    at = (now.astimezone(SHANGHAI) + timedelta(days=days)).replace(hour=hour, minute=minute)
    (reminder,) = await bench.advance(to=at)
    assert "驳回后的处理时间" in reminder


async def test_a_wish_for_the_night_is_moved_and_said_so(bench: Bench) -> None:
    await bench.private(*FAKE)

    answer = await said(bench, "晚上十一点半提醒我")

    assert "08:00" in answer
    assert reminding.NOT_AT_NIGHT in answer


async def test_it_can_be_taken_back(bench: Bench) -> None:
    await bench.private(*FAKE, "明天下午三点喊我")
    assert "15:00" in await said(bench, "提醒")

    await bench.private("撤销")

    assert "15:00" not in await said(bench, "提醒")


async def test_who_stopped_reminders_is_promised_none(bench: Bench) -> None:
    await bench.private(*FAKE, "停止提醒")

    assert await said(bench, "明天下午三点喊我") == reminding.STOPPED_SO_NOT_SNOOZED


@pytest.mark.parametrize("told", ["商家明天上午通知我结果", "客服下午三点叫我等着"])
async def test_what_the_other_side_promised_to_do_is_no_reminder(bench: Bench, told: str) -> None:
    await bench.private(*FAKE)

    assert "原来排的照旧" not in await said(bench, told)
