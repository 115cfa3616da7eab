"""上万句随机而不怀好意的话走过对话这一层：没有一句办砸，没有一句带出别人的话。

平时跑 1000 句；全量：``REFUND_FUZZ_MESSAGES=20000 uv run --group test pytest -n 0 tests/chat/bot/test_fuzz.py``。
"""

import logging
import os
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import event

from nonebot_plugin_refund.dialogue.base import wording
from tests.chat.bot.hostile_messages import MARKER, Crowd, Message
from tests.chat.conversation_harness import Bench

MESSAGES = int(os.environ.get("REFUND_FUZZ_MESSAGES", "1000"))
SEED = int(os.environ.get("REFUND_FUZZ_SEED", "20261129"))
_STEP = 50
"""每说这么多句，钟往前走一截；每说十倍这么多句，进程重启一次。"""
_SILENT_ON_DISK = "PRAGMA synchronous=OFF"
"""只为测试快些：这里试的是说话，不是断电。"""


async def test_no_message_breaks_the_conversation(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    codes: list[str] = []
    answered: Counter[str] = Counter()
    await _hurry(bench)
    for number, message in enumerate(Crowd(SEED, max(12, MESSAGES // 150), lambda: codes).messages(MESSAGES), start=1):
        said = await _say(bench, message)
        answered[message.where] += bool(said)
        _check(message, said)
        if number % _STEP == 0:
            for pushed in await bench.advance(hours=5):
                assert MARKER not in pushed
            codes[:] = [row["code"] for row in await bench.rows("SELECT code FROM refund_cases")]
        if number % (10 * _STEP) == 0:
            await bench.restart()
            await _hurry(bench)
    assert caplog.text == ""
    assert MARKER.encode() not in bench.bytes_on_disk()
    assert min(answered.values()) > 0
    await _deep_enough(bench)


def _check(message: Message, said: list[str]) -> None:
    context = f"{message.user} 在 {message.where} 说：{message.text!r}"
    for text in said:
        assert "这一步我没办成" not in text, context
        assert MARKER not in text, context
        assert "[CQ:" not in text, context
        assert "全体" not in text, context
        assert len(text) < 1500 or text.startswith("{"), context  # 导出的文件可以长
    if message.where == "temporary" and said:
        assert said == [wording.ADD_FRIEND_FIRST], context
    if message.where == "private":
        assert said, context


async def _say(bench: Bench, message: Message) -> list[str]:
    changes: dict[str, Any] = message.changes
    match message.where:
        case "private":
            return await bench.private(message.text, user=message.user, **changes)
        case "temporary":
            return await bench.temporary(message.text, user=message.user, **changes)
        case _:
            mentioned = message.where == "mention"
            return await bench.group(message.text, user=message.user, mentioned=mentioned, **changes)


async def _hurry(bench: Bench) -> None:
    engine = bench.assembly.database.engine
    event.listen(engine.sync_engine, "connect", lambda connection, _: connection.execute(_SILENT_ON_DISK))
    await engine.dispose()


async def _deep_enough(bench: Bench) -> None:
    """乱说也要走到过深处，否则什么也没试到。"""
    (reached,) = await bench.rows(
        "SELECT (SELECT count(*) FROM refund_interviews WHERE status = 'finished') AS verdicts,"
        " (SELECT count(*) FROM refund_case_events) AS events,"
        " (SELECT count(*) FROM refund_reminders WHERE state = 'sent') AS reminders"
    )
    assert all(count >= MESSAGES // 500 for count in reached.values()), dict(reached)
