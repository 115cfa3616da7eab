"""停机：QQ 那边不应答、连接也不肯关，机器人照样 5 秒内停下、退出码 0；没办完的下次启动接着办。"""

import json
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.e2e.harness.bot_process import BotProcess, WakefulBot
from tests.e2e.harness.fake_qq import FakeQQ
from tests.e2e.harness.offset_clock import until_noon
from tests.e2e.harness.qq_behaviours import Behaviour, Fate
from tests.e2e.test_kept_case import BUYER, FAST, NO_QUIET_HOURS, PROMISE, answer_until_signed_date, reminders

LOGS = {"REFUND_LOG_FORMAT": "json", "REFUND_LOG_FILE": "logs/bot.log"}
PROMISED = 5.0
"""说好的几秒；这是承诺，不是测试的耐心。"""


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[BotProcess]:
    """一个等回音等得很久的机器人：停机时那次发送一定还没有结果。"""
    process = WakefulBot(tmp_path / "bot", {**NO_QUIET_HOURS, **FAST, "REFUND_SEND_TIMEOUT_SECONDS": "60", **LOGS})
    await process.start()
    yield process
    await process.stop()


async def stop_with_a_frozen_peer(bot: BotProcess, qq: FakeQQ, by: signal.Signals) -> None:
    """QQ 那边卡死（什么都不读，关连接的请求也不理）的时候停下。"""
    assert qq._socket is not None
    qq._socket.transport.pause_reading()
    await stop_and_measure(bot, by)
    qq._socket.transport.abort()


def ignored(qq: FakeQQ) -> bool:
    """安排好没有回音的那次发送已经到了。"""
    return any(receipt.fate in (Fate.IGNORE, Fate.SWALLOW) for receipt in qq.receipts)


async def stop_and_measure(bot: BotProcess, by: signal.Signals = signal.SIGTERM) -> None:
    """停下它，印出用了几秒，对照承诺。"""
    code, seconds = await bot.asked_to_stop(by)
    sys.stderr.write(f"{by.name}：{seconds:.2f} 秒\n")
    assert code == 0, bot.text[-2000:]
    assert seconds <= PROMISED, bot.text[-2000:]


async def test_stopped_before_a_reply_and_in_the_middle_of_a_send_it_loses_nothing(bot: BotProcess) -> None:
    async with FakeQQ(bot.url, friends={BUYER}) as qq:
        question = await answer_until_signed_date(qq)
        qq.next_send(Behaviour(Fate.IGNORE), user_id=BUYER)
        await qq.say_private(BUYER, "昨天")
        await qq.wait_until(lambda: ignored(qq))
        await stop_with_a_frozen_peer(bot, qq, signal.SIGINT)

    await bot.start()
    async with FakeQQ(bot.url, friends={BUYER}, has_history=False) as qq:
        # 答了、还没听到下一个问题：答案已经落库，接着问的是下一个
        assert question.splitlines()[0] not in await qq.ask_private(BUYER, "继续")
        await qq.ask_private(BUYER, "普通商品")
        await qq.ask_private(BUYER, "完好")
        await qq.wait_until(lambda: any(PROMISE in text for text in qq.texts_to(BUYER)))
        qq.next_send(Behaviour(Fate.SWALLOW), user_id=BUYER)
        bot.advance(until_noon(days=4))
        await qq.wait_until(lambda: ignored(qq))
        await stop_with_a_frozen_peer(bot, qq, signal.SIGTERM)
        received = reminders(qq)

    await bot.start()
    async with FakeQQ(bot.url, friends={BUYER}, has_history=False) as qq:
        bot.advance(timedelta(seconds=30))
        # 机器忙的时候停机前来不及了结，那次发送就等租约到期再接手
        await qq.wait_until(lambda: len(reminders(qq)) == 1, seconds=180)
        await qq.ask_private(BUYER, "我的")
        received += reminders(qq)
    assert [text.startswith("（可能重复）") for text in received] == [False, True]
    check_the_log(bot)


def check_the_log(bot: BotProcess) -> None:
    """标准输出一行一个 JSON，日志文件里也有；立案和送达各有一行，带着案件号、提醒号。"""
    printed = [json.loads(line) for line in bot.output if not line.startswith(("SIG", "停机"))]
    kept = [json.loads(line) for line in (bot.folder / "logs" / "bot.log").read_text(encoding="utf-8").splitlines()]
    assert len(kept) >= len(printed) > 0
    (opened,) = (line for line in printed if line.get("event") == "case_opened")
    assert opened["scenario"] == "shop-return"
    assert opened["case"] in opened["message"]
    settled = [line for line in printed if line.get("event") == "reminder_settled"]
    # 截止日的提醒和三天没消息的问候合成一条送出，各了结一次
    assert [line["outcome"] for line in settled] == ["sent", "sent"]
    assert len({line["reminder"] for line in settled}) == 2
    assert [line["level"] for line in printed if line.get("event") == "started"] == ["INFO"] * 3
