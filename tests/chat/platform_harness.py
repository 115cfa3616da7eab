"""真的响应器、真的适配器，只把“调用接口”换成记账：看对谁说了什么、走的哪个接口。"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nonebot
import pytest
from nonebot.adapters import console
from nonebot.adapters.onebot import v11
from nonechat.model import Channel, Robot

from nonebot_plugin_refund.chat.incoming.seen_messages import SeenMessages
from nonebot_plugin_refund.chat.runtime import Runtime
from nonebot_plugin_refund.chat.sending.outgoing import ReplySender
from nonebot_plugin_refund.clock_watch import ClockWatch
from nonebot_plugin_refund.dialogue.group.human_talk import HumanTalk
from tests.chat.conversation_harness import FakeClock
from tests.chat.events import SELF_ID


@dataclass
class Calls:
    """一个账号上的接口调用；``answers`` 里写了的照着答，是异常就抛。"""

    made: list[tuple[str, dict[str, Any]]] = field(default_factory=list[tuple[str, dict[str, Any]]])
    answers: dict[str, Any] = field(default_factory=dict[str, Any])

    async def call(self, bot: Any, api: str, **data: Any) -> Any:
        self.made.append((api, data))
        answer = self.answers.get(api, {"message_id": -len(self.made)})
        if isinstance(answer, Exception):
            raise answer
        return answer(data) if callable(answer) else answer

    def named(self, *apis: str) -> list[dict[str, Any]]:
        """调过的这些接口的参数。"""
        return [data for api, data in self.made if api in apis]

    @property
    def sent(self) -> list[dict[str, Any]]:
        """发消息的调用。"""
        return self.named("send_msg", "send_private_msg", "send_group_msg")


@dataclass
class Platform:
    """接好的一个平台账号。"""

    bot: Any
    calls: Calls
    runtime: Runtime
    clock: FakeClock

    async def receive(self, event: Any) -> list[str]:
        """收到一个事件，走完全部响应器；返回因此说出的话。"""
        before = len(self.calls.sent)
        await self.bot.handle_event(event)
        return [str(data.get("message") or data.get("content")) for data in self.calls.sent[before:]]


@asynccontextmanager
async def connected(
    adapter: type[Any], folder: Path, monkeypatch: pytest.MonkeyPatch, **settings: Any
) -> AsyncIterator[Platform]:
    """把一个账号接上真的插件；数据放在 ``folder``。"""
    from nonebot_plugin_refund.chat.incoming import matchers

    clock, calls = FakeClock(), Calls()
    configuration = matchers.configuration.model_copy(update=settings)
    runtime = Runtime(
        configuration,
        matchers.classifier,
        matchers.memory,
        clock,
        "/退款",
    )
    # 测试里时间拨快了，不是钟被拨错了
    runtime.watch = ClockWatch(clock, lambda: clock.moment.timestamp())
    monkeypatch.setattr(matchers, "runtime", runtime)
    monkeypatch.setattr(matchers, "sayer", ReplySender(runtime))
    monkeypatch.setattr(matchers, "configuration", configuration)
    monkeypatch.setattr(matchers.gate, "_seen", SeenMessages())
    monkeypatch.setattr(matchers.memory, "settings", {})
    monkeypatch.setattr(matchers.memory, "read_at", None)
    monkeypatch.setattr(matchers.listener, "clock", clock)
    monkeypatch.setattr(matchers.listener, "talk", HumanTalk())
    monkeypatch.setattr(matchers.memory, "_spoke_in", {})
    monkeypatch.setattr(matchers.memory, "_spoke_to", {})
    bot = _bot(adapter, calls, monkeypatch)
    # 不走 bot_connect：它要等 NoneBot 启动后才能跑连接时的挂钩
    monkeypatch.setitem(bot.adapter.bots, bot.self_id, bot)
    monkeypatch.setitem(nonebot.get_driver()._bots, bot.self_id, bot)
    await runtime.open(lambda: folder)
    try:
        yield Platform(bot, calls, runtime, clock)
    finally:
        await runtime.close()


def _bot(adapter: type[Any], calls: Calls, monkeypatch: pytest.MonkeyPatch) -> Any:
    found = nonebot.get_adapter(adapter)
    monkeypatch.setattr(found, "_call_api", calls.call)
    if adapter is v11.Adapter:
        return v11.Bot(found, str(SELF_ID))
    channel = Channel("general", "通用")
    calls.answers |= {
        "current_channel": channel,
        "get_channel": lambda data: Channel(data["channel_id"], "通用"),
        "create_dm": lambda data: Channel(f"private:{data['user_id']}", "私聊"),
        "send_msg": "m1",
    }
    return console.Bot(found, Robot("robot"))
