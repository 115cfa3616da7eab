"""启动：设置写错时说清楚再退出，磁盘原样不动；对外监听没有口令时大声警告。"""

import socket
from pathlib import Path

import pytest

from tests.e2e.harness.bot_process import BotProcess


def files_in(folder: Path) -> dict[str, bytes]:
    """文件夹里的全部文件和内容。"""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"PORT": "abc"}, "（.env 第 2 行）"),
        pytest.param({"COMMAND_START": "/"}, "COMMAND_START 读不懂", marks=pytest.mark.thorough),
        ({"REFUND_QUIET_START": "25:99"}, "（.env 第 5 行）"),
        pytest.param({"REFUND_ADAPTER": "qq"}, "只能写 'auto'、'console'", marks=pytest.mark.thorough),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
async def test_a_broken_setting_names_itself_and_touches_nothing(
    tmp_path: Path, settings: dict[str, str], expected: str
) -> None:
    bot = BotProcess(tmp_path / "bot", settings)
    before = files_in(bot.folder)
    await bot.launch()
    assert await bot.wait_exit() != 0
    assert expected in bot.text
    assert files_in(bot.folder) == before


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
    with socket.socket() as taken:
        # 端口占着：警告在监听之前就说，测试里不必真的对外监听
        taken.bind(("127.0.0.1", bot.port))
        taken.listen()
        await bot.launch()
        assert await bot.wait_exit() != 0
    assert ("没有设置访问口令" in bot.text) is warned
    assert ("ONEBOT_ACCESS_TOKEN=" in bot.text) is warned


async def test_a_file_that_is_no_database_names_itself_and_is_left_alone(tmp_path: Path) -> None:
    bot = BotProcess(tmp_path / "bot")
    data = bot.folder / "data" / "nonebot_plugin_refund"
    data.mkdir(parents=True)
    (data / "refund.sqlite3").write_text("这是一封信，不是数据库" * 20, encoding="utf-8")
    before = files_in(bot.folder)
    await bot.launch()
    assert await bot.wait_exit() != 0
    assert "refund.sqlite3 不是 SQLite 数据库" in bot.text
    assert files_in(bot.folder) == before


async def test_a_broken_rulebook_names_file_and_line_and_nothing_is_created(tmp_path: Path) -> None:
    bot = BotProcess(tmp_path / "bot")
    own = bot.folder / "data" / "nonebot_plugin_refund" / "rulebook"
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text("id: mine\nversion: 1\ntitel: 写错的键\n", encoding="utf-8")
    before = files_in(bot.folder)
    await bot.launch()
    assert await bot.wait_exit() != 0
    assert "mine.yaml:3: [schema]" in bot.text
    assert "Traceback" not in bot.text
    assert files_in(bot.folder) == before
