"""终端界面：什么都不设置，`bot.py` 打开一个群和一个私聊。"""

from pathlib import Path

from tests.e2e.harness.offset_clock import until_noon
from tests.e2e.harness.terminal import Terminal

HELP = "我不收证件"
NEXT_ROOM, PAGE_UP, PAGE_DOWN = b"\x0e", b"\x1b[5~", b"\x1b[6~"


async def test_it_opens_with_a_group_and_a_private_chat_answers_in_both_and_closes_clean(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "bot")
    await terminal.open()
    try:
        await terminal.wait_for("通用")
        await terminal.wait_for("私聊")
        await terminal.say("/退款 帮助")
        await terminal.wait_for(HELP)
        await terminal.click_until("私聊", "User(user)")
        await terminal.wait_gone(HELP)
        await terminal.say("退款 帮助")
        await terminal.wait_for(HELP)
    finally:
        code = await terminal.close()
    assert code == 0


async def test_the_keys_written_below_switch_the_chat_and_turn_the_pages(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "bot")
    await terminal.open()
    try:
        await terminal.wait_for("换聊天")
        await terminal.wait_for("这里是群")
        await press(terminal, NEXT_ROOM, shown="这里是私聊")
        for said, answer in (
            ("退款", "快手退款，你遇到的是哪一种"),
            ("帮助", HELP),
            ("我的", "你还没有案件"),
            ("孩子用我手机打赏了主播", "当时"),
        ):
            await ask(terminal, said, answer)
        await terminal.wait_gone("这里是私聊")
        await press(terminal, PAGE_UP, shown="这里是私聊")
        await press(terminal, PAGE_DOWN, gone="这里是私聊")
        await press(terminal, NEXT_ROOM, shown="这里是群")
    finally:
        await terminal.close()


async def test_on_opening_the_question_left_open_stands_in_the_private_chat(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "bot")
    await terminal.open()
    try:
        await open_private_chat(terminal)
        await ask(terminal, "孩子用我手机打赏了主播", "当时")
        await ask(terminal, "图片 开", "终端里显示不了图片")
    finally:
        await terminal.close()

    terminal = Terminal(tmp_path / "bot")
    await terminal.open()
    try:
        await terminal.wait_for("看菜单")
        await press(terminal, NEXT_ROOM, shown="刚才的问题还开着")
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
        await ask(terminal, "昨天", "买的是哪一类东西")
        await ask(terminal, "普通商品", "东西现在什么样")
        await ask(terminal, "完好", "已记成案件")
        terminal.advance(until_noon(days=4))
        await terminal.wait_for("办好了回「完成」", 60)
    finally:
        await terminal.close()


async def test_a_terminal_that_is_gone_takes_the_bot_with_it(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "bot")
    await terminal.open()
    await terminal.wait_for("看菜单")
    assert await terminal.tear_away() == 0


async def press(terminal: Terminal, key: bytes, *, shown: str = "", gone: str = "") -> None:
    """按一下，等到屏幕上有 ``shown``、没有 ``gone``。"""
    terminal.press(key)
    if shown:
        await terminal.wait_for(shown)
    if gone:
        await terminal.wait_gone(gone)


async def open_private_chat(terminal: Terminal) -> None:
    """点左边的「私聊」。"""
    await terminal.wait_for("看菜单")
    await terminal.click_until("私聊", "User(user)")


async def ask(terminal: Terminal, said: str, expected: str) -> None:
    """说一句，等到屏幕上出现该有的回答。"""
    await terminal.say(said)
    await terminal.wait_for(expected)
