"""图片的开关：群里管理员设，私聊里各设各的，重启还在；关了只少图，不少话。"""

from dataclasses import replace

import pytest

from nonebot_plugin_refund.dialogue import private_talk
from nonebot_plugin_refund.dialogue.base.turn import Picture, Reply
from nonebot_plugin_refund.dialogue.group import group_settings, group_talk
from nonebot_plugin_refund.dialogue.person import picture_settings
from nonebot_plugin_refund.dialogue.person.picture_settings import CHANGED, STATE, UNKNOWN
from nonebot_plugin_refund.render.cards import HelpCard
from tests.chat.conversation_harness import GROUP, OTHER, OTHER_GROUP, PLATFORM, Bench

ON, OFF = (STATE[wanted].format(command="/退款") for wanted in (True, False))
ILLUSTRATED = Reply("一句话", Picture(HelpCard("卡片", ())))


@pytest.fixture
def illustrated(monkeypatch: pytest.MonkeyPatch) -> None:
    """让平常的回答都带图；设置本身照旧。"""
    settings = picture_settings.hear_in_private

    async def respond(turn: object) -> list[Reply]:
        incoming = turn.incoming  # type: ignore[attr-defined]  只有真的对话会调用它
        said: list[Reply] = []
        if "图片" in incoming.text:
            said = await settings(turn, incoming.text.removeprefix("/退款 设置"))  # type: ignore[arg-type]  同上
        return said or [ILLUSTRATED]

    monkeypatch.setattr(private_talk, "respond", respond)
    monkeypatch.setattr(group_talk, "respond", lambda services, incoming: [ILLUSTRATED])


async def _pictures(bench: Bench, **where: str) -> list[bool]:
    return [reply.picture is not None for reply in await bench.replies("/退款", **where)]


@pytest.mark.usefixtures("illustrated")
class TestWhatIsSent:
    async def test_a_person_who_switches_pictures_off_keeps_the_words(self, bench: Bench) -> None:
        assert await _pictures(bench) == [True]
        await bench.private("/退款 设置 图片 关")
        (reply,) = await bench.replies("/退款")
        assert reply == Reply(ILLUSTRATED.text)
        assert await _pictures(bench, user=OTHER) == [True]
        await bench.restart()
        assert await _pictures(bench) == [False]
        await bench.private("/退款 设置 图片 开")
        assert await _pictures(bench) == [True]

    async def test_a_group_that_switches_pictures_off_keeps_the_words(self, bench: Bench) -> None:
        await bench.group("/退款 设置 图片 关", is_group_admin=True)
        assert await _pictures(bench, group_id=GROUP) == [False]
        assert await _pictures(bench, group_id=OTHER_GROUP) == [True]
        await bench.restart()
        assert await _pictures(bench, group_id=GROUP) == [False]

    async def test_the_operators_default_holds_where_nobody_said(self, bench: Bench) -> None:
        bench.memory.defaults = replace(bench.memory.defaults, pictures=False)
        assert await _pictures(bench) == [False]
        assert await _pictures(bench, group_id=GROUP) == [False]
        await bench.private("/退款 设置 图片 开")
        await bench.group("/退款 设置 图片 开", is_group_admin=True)
        assert await _pictures(bench) == [True]
        assert await _pictures(bench, group_id=GROUP) == [True]


class TestSaying:
    @pytest.mark.parametrize("written", ["/退款 设置 图片 关", "/退款 图片 关", "图片 关闭", "设置 图片 OFF"])
    async def test_in_private_everyone_sets_his_own(self, bench: Bench, written: str) -> None:
        assert await bench.private("/退款 设置") == [ON]
        assert await bench.private(written) == [CHANGED[False]]
        assert await bench.private("/退款 设置") == [OFF]
        assert await bench.private("/退款 设置", user=OTHER) == [ON]

    async def test_in_a_group_only_admins_do(self, bench: Bench) -> None:
        assert await bench.group("/退款 设置 图片 关") == [group_settings.ADMINS_ONLY]
        assert bench.memory.settings == {}
        assert await bench.group("/退款 图片 关", is_group_admin=True) == [CHANGED[False]]
        assert not bench.memory.shows_pictures(PLATFORM, GROUP)
        assert bench.memory.shows_pictures(PLATFORM, OTHER_GROUP)
        (shown,) = await bench.group("/退款 设置 图片", is_group_admin=True)
        assert shown.startswith("图片：关\n")

    async def test_what_is_neither_on_nor_off_changes_nothing(self, bench: Bench) -> None:
        unknown = UNKNOWN.format(command="/退款")
        assert await bench.private("/退款 设置 图片 也许") == [unknown]
        assert await bench.group("/退款 设置 图片 也许", is_group_admin=True) == [unknown]
        assert bench.memory.settings == {}

    async def test_a_sentence_about_pictures_is_no_command(self, bench: Bench) -> None:
        (said,) = await bench.private("图片 和实物不符怎么退")
        assert said not in (ON, OFF, *CHANGED.values())
        assert picture_settings.UNKNOWN.format(command="/退款") != said
