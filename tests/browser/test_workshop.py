"""像志愿者那样用工作台的三页：真的进程，真的浏览器，只凭看得见的字和按钮。"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

pytest.importorskip("playwright.async_api", reason="没装依赖组 browser")

from playwright.async_api import TimeoutError, expect

from tests.e2e.harness.bot_process import BotProcess
from tests.e2e.harness.fake_qq import FakeQQ

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator, Page

    from tests.browser.workshop_process import WorkshopProcess

expect.set_options(timeout=60_000)
OWNER, PERSON = 40001, 30001
FILE = "top-up.yaml"
OPENING = "充值的事先别急，答几个小问题，就知道该找谁了。"


async def tab(page: "Page", name: str) -> None:
    """换到一个标签。"""
    await page.get_by_role("tab", name=name).click()


async def choose(page: "Page", label: str, option: str) -> None:
    """在一个下拉的格子里选一个。"""
    await page.get_by_label(label, exact=True).click()
    await page.get_by_role("option", name=option, exact=True).click()


async def say(page: "Page", *texts: str) -> None:
    """在聊天的格子里说几句；每句等“为什么这样理解”多出一处，回答就也有了。"""
    for text in texts:
        asked = page.get_by_text("为什么这样理解")
        before = await asked.count()
        await page.get_by_label("要说的话").fill(text)
        await page.get_by_role("button", name="说", exact=True).click()
        await expect(asked).to_have_count(before + 1)


async def write(field: "Locator", text: str) -> None:
    """在格子里写上，离开格子。"""
    await field.fill(text)
    await field.blur()


async def edit_top_up(page: "Page", kind: str = "开头的话") -> None:
    """到“改手册”，选充值的一类。"""
    await tab(page, "改手册")
    await choose(page, "场景", "快币充值")
    # 每个场景开头的格子同名：等换成了充值的再往下，不然可能写在前一个场景的格子里
    await expect(page.get_by_label("名字", exact=True)).to_have_value("快币充值")
    await choose(page, "哪一类", kind)


async def write_yaml(page: "Page", text: str) -> None:
    """把编辑器里的字全换掉。"""
    editor = page.locator(".cm-content")
    await expect(editor).to_contain_text("scenario")  # 新建、换文件之后，等它的字到了再写
    await editor.click()
    await page.keyboard.press("Control+a")
    await page.keyboard.insert_text(text)


async def caret_after(page: "Page", text: str, *, within: float = 30_000) -> None:
    """等光标到了这几个字后面，至多等 ``within`` 毫秒。"""
    caret = """text => {
        const at = getSelection(), line = at.focusNode?.parentElement?.closest(".cm-line");
        if (!line) return false;
        const before = document.createRange();
        before.setStart(line, 0);
        before.setEnd(at.focusNode, at.focusOffset);
        return before.toString().endsWith(text);
    }"""
    await page.wait_for_function(caret, arg=text, timeout=within)


async def take_offered(page: "Page", name: str, then: str) -> None:
    """点列着的 ``name``，等光标到 ``then`` 后面；边打边查，点下去的那一刻列表正好重画的，这一下不算，再点一次。"""
    for _ in range(2):
        await page.get_by_role("button", name=name).click()
        with suppress(TimeoutError):
            return await caret_after(page, then, within=8_000)
    return await caret_after(page, then)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[BotProcess]:
    """机器人；它的手册文件夹是 ``tmp_path / "own"``，与工作台的同一个。"""
    process = BotProcess(tmp_path / "bot", {"SUPERUSERS": f'["{OWNER}"]'})
    read_from = process.folder / "data" / "nonebot_plugin_refund" / "rulebook"
    read_from.parent.mkdir(parents=True)
    (tmp_path / "own").mkdir(exist_ok=True)
    read_from.symlink_to(tmp_path / "own")
    await process.start()
    yield process
    await process.stop()


async def test_a_changed_sentence_is_tried_saved_and_reloaded_in_a_running_bot(page: "Page", bot: BotProcess) -> None:
    await edit_top_up(page)
    await write(page.get_by_label("私聊开头"), OPENING)
    await expect(page.get_by_text(f"{FILE}：改了，还没存")).to_be_visible()
    await tab(page, "试一试")
    await say(page, "/退款 场景 top-up")
    await expect(page.get_by_text(OPENING)).to_be_visible()

    await tab(page, "改手册")
    await page.get_by_role("button", name="存", exact=True).click()
    await expect(page.get_by_text(f"存好了：{FILE}")).to_be_visible()
    async with FakeQQ(bot.url, friends={OWNER, PERSON}) as qq:
        assert OPENING not in await qq.ask_private(PERSON, "/退款 场景 top-up")
        await qq.ask_private(OWNER, "/退款 管理 重载")
        await qq.ask_private(OWNER, "/退款 管理 重载 确认")
        await qq.ask_private(PERSON, "退出")
        assert OPENING in await qq.ask_private(PERSON, "/退款 场景 top-up")


async def test_a_changed_limit_moves_the_reminder_and_the_path_is_lit(page: "Page", folder: Path) -> None:
    await tab(page, "YAML")
    await page.get_by_label("新建，如 top-up.yaml").fill(FILE)
    await page.get_by_role("button", name="新建").click()
    longer = """scenario: top-up
stages:
  - id: prepare
    timers:
      - {id: credit-24-hours, lengths: [{limit: {rule: hours, n: 48}, sources: [topup-credit-practice]}]}
"""
    await write_yaml(page, longer)
    await expect(page.get_by_text("改了，还没存").locator("visible=true")).to_be_visible()
    await tab(page, "试一试")
    await say(page, "/退款 场景 top-up", "没到账", "微信付的", "账单显示成功", "今天上午九点")
    await page.get_by_role("button", name="下一条提醒").click()
    await expect(page.get_by_text("提醒 11-25 09:00")).to_be_visible()

    await tab(page, "看一看")
    await expect(page.get_by_text("正聊的这件事走过的路")).to_be_visible()
    drawn = await page.get_by_alt_text("流程图").evaluate("image => fetch(image.src).then(answer => answer.text())")
    walked = re.findall(r'data-walked="([^"]+)"', drawn)
    assert {"ask-problem", "ask-paid-by", "rule-not-credited-waiting"} <= set(walked)
    assert not await asyncio.to_thread(folder.exists)  # 没有存，什么也没写


async def test_an_added_saying_and_an_added_option_are_understood_at_once(page: "Page") -> None:
    await edit_top_up(page, "问题")
    await write(page.get_by_label("还可以怎么说").first, "咕噜咕噜没影了")
    await expect(page.get_by_text(f"{FILE}：改了，还没存")).to_be_visible()
    await tab(page, "YAML")
    with_option = """scenario: top-up
questions:
  - id: problem
    options:
      - {id: not-credited, aliases: [咕噜咕噜没影了]}
  - id: bill
    options:
      - {id: vanished, label: 账单里查不到这笔, aliases: [账单是空的]}
rules:
  - {id: bill-unchecked, when: {bill: [unsure, vanished]}}
"""
    await write_yaml(page, with_option)
    await tab(page, "试一试")
    await say(page, "/退款 场景 top-up", "咕噜咕噜没影了", "微信付的")
    await expect(page.get_by_text("账单里查不到这笔").last).to_be_visible()
    await say(page, "账单是空的", "今天上午九点")

    await expect(page.get_by_text("先看支付账单，成功了再找客服").last).to_be_attached()


async def test_a_broken_file_is_marked_on_its_line_not_saved_and_mended(page: "Page", folder: Path) -> None:
    await tab(page, "YAML")
    await page.get_by_label("新建，如 top-up.yaml").fill(FILE)
    await page.get_by_role("button", name="新建").click()
    await write_yaml(page, "scenario: top-up\nsummary: 充值的事\nopening： 多扣的都看一看\n")
    await expect(page.get_by_text(re.compile(f"{FILE} 第 3 行：.*冒号")).locator("visible=true")).to_be_visible()
    await page.get_by_role("button", name="存", exact=True).locator("visible=true").click()
    await expect(page.get_by_text("没有存")).to_be_visible()
    assert not await asyncio.to_thread(folder.exists)

    await write_yaml(page, "scenario: top-up\nsummary: 充值的事\nopening: 多扣的都看一看\n")
    await expect(page.get_by_text(re.compile("第 3 行"))).to_have_count(0)
    await page.get_by_role("button", name="存", exact=True).locator("visible=true").click()
    await expect(page.get_by_text(f"存好了：{FILE}")).to_be_visible()
    assert "多扣的都看一看" in (folder / FILE).read_text(encoding="utf-8")


async def test_typing_is_kept_and_what_may_be_written_is_offered(page: "Page") -> None:
    await tab(page, "YAML")
    await page.get_by_label("新建，如 top-up.yaml").fill(FILE)
    await page.get_by_role("button", name="新建").click()
    editor = page.locator(".cm-content")
    await expect(editor).to_contain_text("scenario")
    await editor.click()
    await page.keyboard.press("Control+a")
    typed = "scenario: top-up\nsummary: abcdefghijklmnopqrstuvwxyz\nqu"
    await page.keyboard.type(typed, delay=60)  # 人打字那么快：边打边查，一个字也不能丢
    assert await editor.inner_text() == typed

    await take_offered(page, "questions", "questions: ")
    await page.keyboard.press("Enter")
    await page.keyboard.type("  - id: pr")
    await expect(page.get_by_role("button", name="problem")).to_be_visible()
    await page.keyboard.press("Control+Enter")
    await caret_after(page, "- id: problem")
    await page.keyboard.press("Enter")
    await page.keyboard.type("text: 怎么了？")

    await expect(page.get_by_text("改了，还没存").locator("visible=true")).to_be_visible()
    assert await editor.inner_text() == f"{typed}estions: \n  - id: problem\n    text: 怎么了？"


async def test_what_the_change_does_to_written_conversations_is_shown_before_and_after(page: "Page") -> None:
    await edit_top_up(page)
    await write(page.get_by_label("私聊开头"), OPENING)
    await expect(page.get_by_text(f"{FILE}：改了，还没存")).to_be_visible()
    await tab(page, "看一看")

    await page.get_by_role("button", name=re.compile("段对话各走一遍")).click()

    await expect(page.get_by_text(re.compile("段对话走完，[1-9]"))).to_be_visible()
    await expect(page.get_by_text(f"后：退款助手：{OPENING}").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_tab_fits_a_phone_and_the_keyboard_is_enough(
    browser: "Browser", workshop: "WorkshopProcess", scheme: Literal["light", "dark"]
) -> None:
    context = await browser.new_context(viewport={"width": 390, "height": 780}, color_scheme=scheme)
    page = await context.new_page()
    await page.goto(workshop.address)
    await page.get_by_label("要说的话").focus()
    await page.keyboard.insert_text("充值没到账")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("为什么这样理解")).to_be_visible()
    await page.get_by_role("tab", name="试一试").focus()

    for name in ("改手册", "YAML", "看一看"):
        await page.keyboard.press("ArrowRight")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
        wider = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{name} 比屏幕宽 {wider} 像素"
    await context.close()


async def test_hostile_text_is_only_text(page: "Page") -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>"

    await say(page, hostile)

    await expect(page.get_by_text(hostile)).to_be_visible()
    assert dialogs == []
