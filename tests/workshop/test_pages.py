"""当一个看网页的人：改一句、聊一聊、拨钟、存、写坏、撤销。"""

import pytest

pytest.importorskip("nicegui", reason="没装附加依赖 workshop")

from nicegui import ui
from nicegui.elements.mixins.value_element import ValueElement
from nicegui.testing import User

from nonebot_plugin_refund.workshop.state import State
from nonebot_plugin_refund.workshop.talk import Room, Speaker
from tests.workshop.workshop_site import KEY

FILE = "top-up.yaml"
SAID = "充值的事先别急，答几个小问题，就知道该找谁了。"
PATIENCE = 100
"""等多少个十分之一秒：机器很忙时也等得到。"""
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def put(user: User, marker: str, value: object) -> None:
    """在格子里写上、选上一个值，像一次打完那样。"""
    with user:
        for element in user.find(kind=ValueElement, marker=marker).elements:
            element.set_value(value)


async def say(user: User, state: State, *texts: str, room: Room = Room.PRIVATE) -> None:
    """在聊天的格子里说几句，每句等它画出来：那时回答也有了。"""
    for text in texts:
        said = len(state.talk.lines[room])
        put(user, "words", text)
        user.find(marker="send").click()
        await user.should_see(marker=f"line-{said}", retries=PATIENCE)


async def test_a_changed_sentence_is_talked_to_then_saved(user: User, state: State) -> None:
    user.find(marker="tab-改手册").click()
    put(user, "scenario", "top-up")
    await user.should_see("field-私聊开头", retries=PATIENCE)
    put(user, "field-私聊开头", SAID)
    await user.should_see("改了，还没存", retries=PATIENCE)

    user.find(marker="tab-试一试").click()
    await say(user, state, "/退款 场景 top-up")
    await user.should_see(SAID, retries=PATIENCE)
    await user.should_see("为什么这样理解", retries=PATIENCE)
    assert state.bench.folder.names() == []

    user.find(marker="tab-改手册").click()
    user.find(marker="save").click()
    await user.should_see(f"存好了：{FILE}", retries=PATIENCE)
    assert f"opening: {SAID}" in (state.bench.folder.read(FILE) or b"").decode()
    user.find(marker="tab-看一看").click()
    await user.should_see("与随包不同的 1 处", retries=PATIENCE)
    await user.should_see("drawn-map", retries=PATIENCE)

    user.find(marker="tab-改手册").click()
    user.find(marker="undo").click()
    await user.should_see("回到了上次存之前的样子", retries=PATIENCE)
    assert state.bench.folder.names() == []
    assert state.bench.drafts == {}


async def test_a_broken_file_is_marked_on_its_line(user: User, state: State) -> None:
    user.find(marker="tab-YAML").click()
    put(user, "new-name", "../outside.yaml")
    user.find(marker="create").click()
    await user.should_see("不能用", retries=PATIENCE)
    put(user, "new-name", FILE)
    user.find(marker="create").click()
    await user.should_see("改了，还没存", retries=PATIENCE)
    editor = next(iter(user.find(ui.codemirror).elements))
    with user:
        editor.set_value(f"scenario: top-up\nsummary: 充值的事\nopening: {HOSTILE} 多扣的一定能退\n")
    await user.should_see(f"{FILE} 第 3 行", retries=PATIENCE)

    assert list(editor.line_tooltips) == [3]
    user.find(marker="yaml-save").click()
    await user.should_see("没有存", retries=PATIENCE)
    assert state.bench.folder.names() == []
    with user:
        editor.set_value("scenario: top-up\nsummary: 充值的事\n")
    await user.should_not_see("note", retries=PATIENCE)
    user.find(marker="yaml-save").click()
    await user.should_see("存好了", retries=PATIENCE)
    assert state.bench.folder.names() == [FILE]


async def test_the_clock_moves_to_the_reminder(user: User, state: State) -> None:
    await say(user, state, "/退款 场景 top-up", "没到账", "微信", "成功", "今天上午九点")
    assert any(line.card is not None for line in state.talk.lines[Room.PRIVATE])

    user.find(marker="jump-下一条提醒").click()
    await user.should_see("提醒 11-24 09:00", retries=PATIENCE)

    reminders = [line for line in state.talk.lines[Room.PRIVATE] if line.speaker is Speaker.REMINDER]
    assert "24 小时" in reminders[0].text
    user.find(marker="jump-一个月").click()
    await user.should_see("现在是 2026-12-24 09:00", retries=PATIENCE)


async def test_hostile_text_is_only_text(user: User, state: State) -> None:
    await say(user, state, HOSTILE)
    put(user, "room", Room.GROUP)
    await say(user, state, f"/退款 {HOSTILE}", room=Room.GROUP)

    assert state.talk.lines[Room.PRIVATE][0].text == HOSTILE
    assert user.find(ui.label).elements
    drawn = [element for element in user.current_layout.descendants() if isinstance(element, ui.html)]
    assert [one for one in drawn if "script" in str(one.content)] == []
    page = (await user.http_client.get("/")).text
    assert "<script>alert(1)" not in page
    assert KEY not in page


async def test_the_group_answers_and_says_why(user: User, state: State) -> None:
    put(user, "room", Room.GROUP)

    await say(user, state, "我给主播刷了三万想退", room=Room.GROUP)

    user.find(marker="why").click()
    assert any("直播打赏" in element.text for element in user.find(ui.label).elements)
