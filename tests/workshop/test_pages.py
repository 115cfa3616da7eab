"""当一个看网页的人：改一句、聊一聊、拨钟、存、写坏、撤销。"""

import pytest

pytest.importorskip("nicegui", reason="没装附加依赖 workshop")

from nicegui import ui
from nicegui.testing import User
from tests.workshop.workshop_site import KEY

from nonebot_plugin_refund.workshop.state import State
from nonebot_plugin_refund.workshop.talk import Room, Speaker

FILE = "top-up.yaml"
SAID = "充值的事先别急，答几个小问题，就知道该找谁了。"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


async def say(user: User, *texts: str) -> None:
    """在聊天的格子里说几句。"""
    for text in texts:
        user.find(marker="words").clear().type(text)
        user.find(marker="send").click()
        await user.should_see(kind=ui.label, content=text, retries=50)


async def test_a_changed_sentence_is_talked_to_then_saved(user: User, state: State) -> None:
    user.find(marker="tab-改手册").click()
    with user:
        next(iter(user.find(marker="scenario").elements)).set_value("top-up")
    await user.should_see("field-私聊开头")
    user.find(marker="field-私聊开头").clear().type(SAID)
    await user.should_see("有没存的改动", retries=20)

    user.find(marker="tab-试一试").click()
    await say(user, "/退款 场景 top-up")
    await user.should_see(SAID, retries=20)
    await user.should_see("为什么这样理解")
    assert state.bench.folder.names() == []

    user.find(marker="tab-改手册").click()
    user.find(marker="save").click()
    await user.should_see(f"存好了：{FILE}", retries=20)
    assert f"opening: {SAID}" in (state.bench.folder.read(FILE) or b"").decode()
    user.find(marker="tab-看一看").click()
    await user.should_see("与随包不同的 1 处", retries=30)
    await user.should_see("drawn-map", retries=30)

    user.find(marker="tab-改手册").click()
    user.find(marker="undo").click()
    await user.should_see("回到了上次存之前的样子", retries=20)
    assert state.bench.folder.names() == []
    assert state.bench.drafts == {}


async def test_a_broken_file_is_marked_on_its_line(user: User, state: State) -> None:
    user.find(marker="tab-YAML").click()
    user.find(marker="new-name").type("../outside.yaml")
    user.find(marker="create").click()
    await user.should_see("不能用")
    user.find(marker="new-name").clear().type(FILE)
    user.find(marker="create").click()
    await user.should_see("有没存的改动", retries=20)
    editor = next(iter(user.find(ui.codemirror).elements))
    with user:
        editor.set_value(f"scenario: top-up\nsummary: 充值的事\nopening: {HOSTILE} 多扣的一定能退\n")
    await user.should_see(f"{FILE} 第 3 行", retries=20)

    assert list(editor.line_tooltips) == [3]
    user.find(marker="yaml-save").click()
    await user.should_see("没有存")
    assert state.bench.folder.names() == []
    with user:
        editor.set_value("scenario: top-up\nsummary: 充值的事\n")
    await user.should_not_see("note", retries=20)
    user.find(marker="yaml-save").click()
    await user.should_see("存好了", retries=20)
    assert state.bench.folder.names() == [FILE]


async def test_the_clock_moves_to_the_reminder(user: User, state: State) -> None:
    await say(user, "/退款 场景 top-up", "没到账", "微信", "成功", "今天上午九点")
    assert state.talk.lines[Room.PRIVATE][-1].card is not None or "退款" in state.talk.lines[Room.PRIVATE][-1].text

    user.find(marker="jump-下一条提醒").click()
    await user.should_see("提醒 11-24 09:00", retries=30)

    reminders = [line for line in state.talk.lines[Room.PRIVATE] if line.speaker is Speaker.REMINDER]
    assert "24 小时" in reminders[0].text
    user.find(marker="jump-一个月").click()
    await user.should_see("现在是 2026-12-24 09:00", retries=30)


async def test_hostile_text_is_only_text(user: User, state: State) -> None:
    await say(user, HOSTILE)
    with user:
        next(iter(user.find(marker="room").elements)).set_value(Room.GROUP)
    await say(user, f"/退款 {HOSTILE}")

    assert state.talk.lines[Room.PRIVATE][0].text == HOSTILE
    assert user.find(ui.label).elements
    drawn = [element for element in user.current_layout.descendants() if isinstance(element, ui.html)]
    assert [one for one in drawn if "script" in str(one.content)] == []
    page = (await user.http_client.get("/")).text
    assert "<script>alert(1)" not in page
    assert KEY not in page


async def test_the_group_answers_and_says_why(user: User) -> None:
    with user:
        next(iter(user.find(marker="room").elements)).set_value(Room.GROUP)

    await say(user, "我给主播刷了三万想退")

    user.find(marker="why").click()
    assert any("直播打赏" in element.text for element in user.find(ui.label).elements)
