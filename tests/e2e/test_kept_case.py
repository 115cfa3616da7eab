"""从群里的一句话到准时的一条提醒：真的机器人进程，中途被 kill -9，也不丢、不重。"""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.e2e.harness.bot_process import BotProcess, WakefulBot
from tests.e2e.harness.fake_qq import FakeQQ
from tests.e2e.harness.offset_clock import until_noon
from tests.e2e.harness.qq_behaviours import Behaviour, Fate

GROUP, BUYER = 20001, 30001
NO_QUIET_HOURS = {"REFUND_QUIET_START": "00:00", "REFUND_QUIET_END": "00:00"}
FAST = {"REFUND_SEND_INTERVAL_SECONDS": "0", "REFUND_SEND_JITTER_SECONDS": "0", "REFUND_SEND_TIMEOUT_SECONDS": "2"}
SIGNED_QUESTION = "物流显示哪天签收的"
REMINDER = "提交退货申请："
PROMISE = "我会提醒你"


def reminders(qq: FakeQQ) -> list[str]:
    """买家收到的提醒；结论和换阶段时也会写到这个日子，要把它们分开。"""
    return [text for text in qq.texts_to(BUYER) if REMINDER in text and "回「完成」" in text]


async def answer_until_signed_date(qq: FakeQQ) -> str:
    """私聊里从菜单走到“哪天签收”，返回这个问题。"""
    await qq.ask_private(BUYER, "退款")
    await qq.ask_private(BUYER, "1")
    await qq.ask_private(BUYER, "还没申请")
    return await qq.ask_private(BUYER, "不喜欢")


async def finish_interview(qq: FakeQQ) -> None:
    """从“哪天签收”答到有结论、答应了提醒。"""
    await qq.ask_private(BUYER, "昨天")
    await qq.ask_private(BUYER, "普通商品")
    await qq.ask_private(BUYER, "完好")
    await qq.wait_until(lambda: any(PROMISE in text for text in qq.texts_to(BUYER)))


@pytest.fixture
def patient_bot(tmp_path: Path) -> BotProcess:
    """没有安静时段、发送不等间隔的机器人：测试在一天里的任何时候跑都一样。"""
    return WakefulBot(tmp_path / "bot", {**NO_QUIET_HOURS, **FAST})


async def test_a_killed_bot_goes_on_with_the_same_question_and_reminds_exactly_once(patient_bot: BotProcess) -> None:
    bot = patient_bot
    await bot.start()
    try:
        async with FakeQQ(bot.url, friends={BUYER}) as qq:
            assert "私聊" in await qq.ask_group(GROUP, BUYER, "/退款")
            assert SIGNED_QUESTION in await answer_until_signed_date(qq)

        await bot.kill()
        await bot.start()
        async with FakeQQ(bot.url, friends={BUYER}) as qq:
            assert SIGNED_QUESTION in await qq.ask_private(BUYER, "为什么")
            await finish_interview(qq)
            assert any("符合条件" in text for text in qq.texts_to(BUYER))
            assert reminders(qq) == []

            bot.advance(until_noon(days=4))
            await qq.wait_until(lambda: len(reminders(qq)) == 1)

            await bot.kill()
            qq.delivered.clear()
        await bot.start()
        async with FakeQQ(bot.url, friends={BUYER}) as qq:
            assert "进度" in await qq.ask_private(BUYER, "我的")
            assert reminders(qq) == []
            assert len(qq.texts_in(GROUP)) == 0
    finally:
        await bot.stop()


async def test_a_reminder_due_while_nobody_is_connected_waits_for_the_connection(patient_bot: BotProcess) -> None:
    bot = patient_bot
    await bot.start()
    try:
        async with FakeQQ(bot.url, friends={BUYER}) as qq:
            await answer_until_signed_date(qq)
            await finish_interview(qq)
        bot.advance(until_noon(days=4))
        async with FakeQQ(bot.url, friends={BUYER}) as qq:
            await qq.wait_until(lambda: len(reminders(qq)) == 1)
    finally:
        await bot.stop()


async def test_a_reminder_whose_answer_was_lost_is_looked_up_and_not_sent_twice(patient_bot: BotProcess) -> None:
    bot = patient_bot
    await bot.start()
    try:
        async with FakeQQ(bot.url, friends={BUYER}) as qq:
            await answer_until_signed_date(qq)
            await finish_interview(qq)
            qq.next_send(Behaviour(Fate.SWALLOW), user_id=BUYER)
            bot.advance(until_noon(days=4))
            await qq.wait_until(lambda: len(reminders(qq)) == 1)
            # 先等它记下「不明」：早拨了钟，查证的时刻就从拨过的钟算起，要真的等上二十秒
            await bot.wait_for_output("：unknown（")
            bot.advance(timedelta(minutes=10))
            await qq.wait_until(lambda: "get_friend_msg_history" in {receipt.action for receipt in qq.receipts})
            await qq.ask_private(BUYER, "我的")
            assert len(reminders(qq)) == 1
    finally:
        await bot.stop()
