"""启动：设置写错时说清楚再退出，磁盘原样不动；对外监听没有口令时大声警告。"""

import socket
from pathlib import Path

import pytest

from .bot_process import BotProcess


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"PORT": "abc"}, "PORT（.env 第 2 行）"),
        ({"COMMAND_START": "/"}, "COMMAND_START 读不懂"),
        ({"REFUND_QUIET_START": "25:99"}, "REFUND_QUIET_START（.env 第 4 行）"),
        ({"REFUND_ADAPTER": "qq"}, "只能写 'auto'、'console'"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
async def test_a_broken_setting_names_itself_and_touches_nothing(
    tmp_path: Path, settings: dict[str, str], expected: str
) -> None:
    bot = BotProcess(tmp_path / "bot", settings)
    before = sorted(bot.folder.iterdir())
    await bot.launch()
    assert await bot.wait_exit() != 0
    assert expected in bot.text
    assert sorted(bot.folder.iterdir()) == before


async def test_a_taken_port_is_named(tmp_path: Path) -> None:
    bot = BotProcess(tmp_path / "bot")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", bot.port))
        taken.listen()
        await bot.launch()
        assert await bot.wait_exit() != 0
    assert f"监听不了 127.0.0.1:{bot.port}" in bot.text


@pytest.mark.parametrize(("token", "warned"), [("", True), ("abcdef", False)])
async def test_listening_to_the_world_without_a_token_warns_loudly(tmp_path: Path, token: str, warned: bool) -> None:
    bot = BotProcess(tmp_path / "bot", {"HOST": "0.0.0.0", "ONEBOT_ACCESS_TOKEN": token})
    await bot.start()
    await bot.stop()
    assert ("没有设置访问口令" in bot.text) is warned
    assert ("ONEBOT_ACCESS_TOKEN=" in bot.text) is warned
