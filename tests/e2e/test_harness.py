"""测试架子自己靠不靠得住：进程能起、能杀、能再起，假 QQ 的每一种毛病都真的出得来。"""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.e2e.conftest import Strangers
from tests.e2e.harness.bot_process import BotProcess, free_port
from tests.e2e.harness.fake_qq import FakeQQ
from tests.e2e.harness.qq_behaviours import MUTED_LLBOT, NOT_FRIEND_NAPCAT, Behaviour, Fate

TOKEN = "0123456789"


@pytest.fixture(scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    """设了访问口令的机器人，这个文件里的测试共用。"""
    process = BotProcess(tmp_path_factory.mktemp("bot"), {"ONEBOT_ACCESS_TOKEN": TOKEN})
    await process.start()
    yield process
    await process.stop()


async def test_bot_survives_kill_and_restart(bot: BotProcess, strangers: Strangers) -> None:
    qq = FakeQQ(bot.url, self_id=strangers.account, token=TOKEN)
    await qq.connect()
    await bot.kill()
    await qq.disconnect()
    # 杀得太快，第一次连上可能还没来得及写进日志
    before = sum(f"Bot {qq.self_id} connected" in line for line in bot.output)
    await bot.start()
    await qq.connect()
    await bot.wait_for_output(f"Bot {qq.self_id} connected", times=before + 1)
    await qq.disconnect()


async def test_a_second_connection_of_the_same_account_is_refused(bot: BotProcess, strangers: Strangers) -> None:
    async with FakeQQ(bot.url, self_id=strangers.account, token=TOKEN):
        with pytest.raises(InvalidStatus):
            await FakeQQ(bot.url, self_id=strangers.account, token=TOKEN).connect()


async def test_wrong_token_is_refused_and_right_token_is_let_in(bot: BotProcess, strangers: Strangers) -> None:
    with pytest.raises(InvalidStatus):
        await FakeQQ(bot.url, self_id=strangers.account, token="wrong").connect()
    async with FakeQQ(bot.url, self_id=strangers.account, token=TOKEN):
        await bot.wait_for_output(f"Bot {strangers.account} connected")


class Caller:
    """站在机器人的位置上：开一个 WebSocket 服务端，等假 QQ 连上来，然后调用它。"""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"ws://127.0.0.1:{self.port}/"
        self.frames: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.connected: asyncio.Queue[ServerConnection] = asyncio.Queue()

    async def handle(self, connection: ServerConnection) -> None:
        await self.connected.put(connection)
        with suppress(ConnectionClosed):
            async for frame in connection:
                await self.frames.put(json.loads(frame))

    async def answers(self, quiet: float = 0.2) -> list[dict[str, Any]]:
        """收回音，直到静了 `quiet` 秒；不含事件。"""
        found: list[dict[str, Any]] = []
        while True:
            try:
                frame = await asyncio.wait_for(self.frames.get(), quiet)
            except TimeoutError:
                return found
            if "echo" in frame:
                found.append(frame)


@pytest.mark.parametrize(
    ("behaviour", "answers", "delivered", "still_connected"),
    [
        (Behaviour(), 1, 1, True),
        (NOT_FRIEND_NAPCAT, 1, 0, True),
        (MUTED_LLBOT, 1, 0, True),
        (Behaviour(Fate.IGNORE), 0, 0, True),
        (Behaviour(Fate.SWALLOW), 0, 1, True),
        (Behaviour(Fate.LATE, delay=0.05), 1, 1, True),
        (Behaviour(Fate.TWICE), 2, 1, True),
        (Behaviour(Fate.CUT_BEFORE), 0, 0, False),
        (Behaviour(Fate.CUT_AFTER), 0, 1, False),
    ],
    ids=lambda value: value.fate.name if isinstance(value, Behaviour) else None,
)
async def test_every_way_of_failing_really_fails(
    behaviour: Behaviour, answers: int, delivered: int, still_connected: bool
) -> None:
    caller = Caller()
    async with serve(caller.handle, "127.0.0.1", caller.port), FakeQQ(caller.url) as qq:
        connection = await caller.connected.get()
        qq.next_send(behaviour, user_id=7)
        call = {"action": "send_private_msg", "params": {"user_id": 7, "message": "到了吗"}, "echo": "1"}
        await connection.send(json.dumps(call))
        assert len(await caller.answers()) == answers
        assert qq.texts_to(7) == ["到了吗"] * delivered
        assert [receipt.fate for receipt in qq.receipts] == [behaviour.fate]
        assert (connection.close_code is None) is still_connected


async def test_rejection_carries_the_real_wording() -> None:
    caller = Caller()
    async with serve(caller.handle, "127.0.0.1", caller.port), FakeQQ(caller.url) as qq:
        connection = await caller.connected.get()
        qq.next_send(NOT_FRIEND_NAPCAT)
        await connection.send(json.dumps({"action": "send_private_msg", "params": {"user_id": 7}, "echo": "1"}))
        (answer,) = await caller.answers()
        assert answer["retcode"] == 1200
        assert "请先添加对方为好友" in str(answer["wording"])


async def test_history_shows_what_was_delivered_and_only_that() -> None:
    caller = Caller()
    async with serve(caller.handle, "127.0.0.1", caller.port), FakeQQ(caller.url) as qq:
        connection = await caller.connected.get()
        qq.next_send(Behaviour(Fate.IGNORE))
        for number, text in enumerate(("丢了的", "送到的")):
            call = {"action": "send_private_msg", "params": {"user_id": 7, "message": text}, "echo": str(number)}
            await connection.send(json.dumps(call))
        await connection.send(
            json.dumps({"action": "get_friend_msg_history", "params": {"user_id": 7, "count": 20}, "echo": "h"})
        )
        history = (await caller.answers())[-1]
        assert "送到的" in json.dumps(history, ensure_ascii=False)
        assert "丢了的" not in json.dumps(history, ensure_ascii=False)


async def test_reports_come_in_both_formats_with_negative_numbers() -> None:
    caller = Caller()
    async with serve(caller.handle, "127.0.0.1", caller.port), FakeQQ(caller.url) as qq:
        picture = {"type": "image", "data": {"file": "a.png"}}
        numbers = [await qq.say_group(5, 7, "第一句") for _ in range(8)]
        qq.message_format = "string"
        await qq.say_group(5, 7, [{"type": "text", "data": {"text": "[看]"}}, picture])
        seen = []
        while len(seen) < 9:
            frame = await asyncio.wait_for(caller.frames.get(), 5)
            if frame["post_type"] == "message":
                seen.append(frame)
        assert any(number < 0 for number in numbers)
        assert isinstance(seen[0]["message"], list)
        assert seen[-1]["message"] == "&#91;看&#93;[CQ:image,file=a.png]"
        assert all("role" not in frame["sender"] for frame in seen)


def test_advances_of_the_clock_add_up(tmp_path: Path) -> None:
    process = BotProcess(tmp_path / "bot")
    process.advance(timedelta(days=3))
    process.advance(timedelta(hours=2))
    assert float(process.offset_file.read_text()) == timedelta(days=3, hours=2).total_seconds()


def test_the_plugin_reads_the_replaced_clock(tmp_path: Path) -> None:
    offset = tmp_path / "offset"
    offset.write_text("86400")
    program = (
        "from pathlib import Path; from tests.e2e.harness.run_bot import replace_clock; "
        f"replace_clock(Path({str(offset)!r})); "
        "from nonebot_plugin_refund.clock import SystemClock; print(SystemClock().now().isoformat())"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    ahead = datetime.fromisoformat(done.stdout.strip()) - datetime.now(UTC)
    assert timedelta(hours=23) < ahead < timedelta(hours=25)
