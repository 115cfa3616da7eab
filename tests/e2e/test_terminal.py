"""终端界面：什么都不设置，`bot.py` 打开一个群和一个私聊。"""

from pathlib import Path

from .offset_clock import until_noon
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


async def test_a_closed_terminal_goes_on_with_the_same_question_and_reminds_in_time(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "bot")
    await terminal.open()
    try:
        await terminal.wait_for("发「/退款」看菜单")
        await open_private_chat(terminal)
        await ask(terminal, "退款", "快手小店退货退款")
        await ask(terminal, "1", "走到哪一步了")
        await ask(terminal, "还没申请", "因为什么想退")
        await ask(terminal, "不喜欢", "物流显示哪天签收的")
    finally:
        await terminal.kill()

    terminal = Terminal(tmp_path / "bot")
    await terminal.open()
    try:
        await open_private_chat(terminal)
        await ask(terminal, "为什么", "物流显示哪天签收的")
        await ask(terminal, "昨天", "东西现在什么样")
        await ask(terminal, "完好", "买的是哪一类东西")
        await ask(terminal, "普通商品", "已记成案件")
        terminal.advance(until_noon(days=4))
        await terminal.wait_for("办好了回「完成」", 60)
    finally:
        await terminal.close()


async def open_private_chat(terminal: Terminal) -> None:
    """点左边的「私聊」。"""
    await terminal.wait_for("看菜单")
    terminal.click("私聊")
    await terminal.wait_for("User(user)")


async def ask(terminal: Terminal, said: str, expected: str) -> None:
    """说一句，等到屏幕上出现该有的回答。"""
    await terminal.say(said)
    await terminal.wait_for(expected)
