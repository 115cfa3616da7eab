"""终端界面：什么都不设置，`bot.py` 打开一个群和一个私聊。"""

from pathlib import Path

from .terminal import Terminal


async def test_terminal_opens_with_a_group_and_a_private_chat_and_closes_clean(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "bot")
    await terminal.open()
    await terminal.wait_for("通用")
    await terminal.wait_for("私聊")
    assert await terminal.close() == 0


async def test_a_line_in_the_group_and_a_line_in_private_are_answered(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "bot")
    await terminal.open()
    try:
        await terminal.say("/退款 帮助")
        await terminal.wait_for("退款助手")
        terminal.click("私聊")
        await terminal.wait_for("User(user)")
        assert not terminal.shows("退款助手")
        await terminal.say("退款 帮助")
        await terminal.wait_for("退款助手")
    finally:
        await terminal.close()
