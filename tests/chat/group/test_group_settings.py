"""群设置：群管理员看、改五样；写得不对的什么都不改；安静时段里没人叫就不出声。"""

import asyncio
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from nonebot.adapters.onebot import v11

from nonebot_plugin_refund.chat import runtime
from nonebot_plugin_refund.dialogue.group import group_settings
from nonebot_plugin_refund.dialogue.group.following import catch_up
from nonebot_plugin_refund.dialogue.group.memory import NEVER_QUIET, GroupSettings
from nonebot_plugin_refund.dialogue.reminders import reminding
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.days.reminders import QuietHours
from nonebot_plugin_refund.keyword_level import KeywordLevel
from nonebot_plugin_refund.storage.person import groups
from nonebot_plugin_refund.storage.person.groups import Chosen, GroupChoices
from tests.chat.case.test_case_flow import SHOP
from tests.chat.conversation_harness import GROUP, OTHER, OTHER_GROUP, PLATFORM, USER, Bench
from tests.chat.group.test_group_flow import SURE
from tests.chat.platform_harness import connected
from tests.chat.terms.test_reminder_answers import FIRST_REMINDER

HERE = (PLATFORM, GROUP)
LATE = QuietHours(time(23), time(7, 30))


async def setting(bench: Bench, written: str = "", group: str = GROUP) -> str:
    """管理员发一句“设置 …”，返回唯一的一条回答。"""
    (said,) = await bench.group(f"/退款 设置 {written}", group=group, is_group_admin=True)
    return said


async def stored(bench: Bench) -> GroupChoices:
    async with bench.assembly.database.session() as session:
        return await groups.get(session, *HERE)


ALL_CHANGED = ("关键词 积极", "冷却 10分钟", "图片 关", "点名 关", "安静 23:00-7:30")


class TestSeeing:
    async def test_everything_is_shown_with_an_example_for_each(self, bench: Bench) -> None:
        assert await setting(bench) == (
            "这个群的设置：\n"
            "关键词：谨慎　改：/退款 设置 关键词 积极\n"
            "冷却：5 分钟　改：/退款 设置 冷却 10分钟\n"
            "图片：开　改：/退款 设置 图片 关\n"
            "点名：开　改：/退款 设置 点名 关\n"
            "安静：没有　改：/退款 设置 安静 23:00-7:30\n"
            "「/退款 设置 点名」这样只写哪一项，就细说它；「/退款 设置 恢复默认」全部还原。"
        )

    async def test_every_example_shown_changes_what_it_names_and_is_shown_changed(self, bench: Bench) -> None:
        before = (await setting(bench)).splitlines()[1:-1]
        for line in before:
            _, example = line.split("　改：")
            (said,) = await bench.group(example, is_group_admin=True)
            assert said.startswith("好，")
        after = await setting(bench)
        states = [line.split("　")[0] for line in after.splitlines()[1:-1]]
        assert states == ["关键词：积极", "冷却：10 分钟", "图片：关", "点名：关", "安静：23:00-07:30"]
        assert len(after) <= 200
        for line in after.splitlines()[1:-1]:
            (said,) = await bench.group(line.split("　改：")[1], is_group_admin=True)
            assert said.startswith("好，")

    @pytest.mark.parametrize("word", ["关键词", "冷却", "图片", "点名", "安静"])
    async def test_one_thing_is_told_of_in_detail(self, bench: Bench, word: str) -> None:
        for changed in ((), ALL_CHANGED):
            for written in changed:
                await setting(bench, written)
            said = await setting(bench, word)
            state = next(line for line in (await setting(bench)).splitlines() if line.startswith(word))
            assert said.startswith(state.split("　")[0])
            assert f"「{state.split('　改：')[1]}」" in said
            assert len(said) <= 200

    async def test_all_three_levels_are_explained(self, bench: Bench) -> None:
        said = await setting(bench, "关键词")
        assert all(f"\n{level}：" in said for level in KeywordLevel)

    async def test_what_is_shown_is_what_the_database_holds(self, bench: Bench) -> None:
        async with bench.assembly.database.transaction() as session:
            await groups.choose(session, *HERE, bench.clock.now(), mentions=False)
        assert "点名：关" in await setting(bench)

    @pytest.mark.parametrize(
        ("gap", "shown"), [(90, "90 秒"), (7200, "2 小时"), (300, "5 分钟"), (0, "不限"), (86400, "24 小时")]
    )
    async def test_the_cooldown_is_shown_as_it_is_set(self, bench: Bench, gap: int, shown: str) -> None:
        bench.memory.defaults = GroupSettings(cooldown=timedelta(seconds=gap))
        assert f"冷却：{shown}　" in await setting(bench)

    async def test_the_persons_cooldown_is_told_with_the_groups(self, bench: Bench) -> None:
        assert "同一个人还是至少隔 1 小时" in await setting(bench, "冷却")
        bench.memory.person_cooldown = timedelta()
        assert "同一个人" not in await setting(bench, "冷却")


class TestChanging:
    @pytest.mark.parametrize(
        ("written", "chosen", "answer"),
        [
            ("关键词 关", Chosen(keywords=KeywordLevel.OFF), "好，关键词关了。我只回命令和 @。"),
            ("关键词 OFF", Chosen(keywords=KeywordLevel.OFF), "好，关键词关了。我只回命令和 @。"),
            (
                "关键字 开启",
                Chosen(keywords=KeywordLevel.CAREFUL),
                "好，关键词改成谨慎了。很有把握才接一两句，有人在答就不插嘴。",
            ),
            (
                "积极",
                Chosen(keywords=KeywordLevel.EAGER),
                "好，关键词改成积极了。听出是哪种退款就接，同样不打断别人。",
            ),
            (
                "冷却 10分钟",
                Chosen(cooldown=timedelta(minutes=10)),
                "好，没人叫我时，这个群里两次接话至少隔 10 分钟；同一个人还是至少隔 1 小时。",
            ),
            (
                "冷却：半小时。",
                Chosen(cooldown=timedelta(minutes=30)),
                "好，没人叫我时，这个群里两次接话至少隔 30 分钟；同一个人还是至少隔 1 小时。",
            ),
            (
                "冷却一个小时",
                Chosen(cooldown=timedelta(hours=1)),
                "好，没人叫我时，这个群里两次接话至少隔 1 小时；同一个人还是至少隔 1 小时。",
            ),
            (
                "冷却 0",
                Chosen(cooldown=timedelta()),
                "好，没人叫我时，这个群里接话不限多久一次；同一个人还是至少隔 1 小时。",
            ),
            (
                "冷却 关",
                Chosen(cooldown=timedelta()),
                "好，没人叫我时，这个群里接话不限多久一次；同一个人还是至少隔 1 小时。",
            ),
            ("图片 关", Chosen(pictures=False), "好，以后只发文字。"),
            ("点名 关", Chosen(mentions=False), "好，不在群里点名了；私聊送不到的提醒，等本人下次找我时再说。"),
            (
                "点名 开",
                Chosen(mentions=True),
                "好，提醒私聊送不到、本人又同意过的，我在群里 @ 他一句，不提案情。",
            ),
            (
                "安静 23:00-7:30",
                Chosen(quiet=LATE),
                "好，每天 23:00 到次日 07:30 我不主动出声，也不点名；命令和 @ 照样回。",
            ),
            (
                "安静时段 晚上11点到早上7点半",
                Chosen(quiet=LATE),
                "好，每天 23:00 到次日 07:30 我不主动出声，也不点名；命令和 @ 照样回。",
            ),
            (
                "安静 12点到14点",
                Chosen(quiet=QuietHours(time(12), time(14))),
                "好，每天 12:00 到 14:00 我不主动出声，也不点名；命令和 @ 照样回。",
            ),
            ("安静 关", Chosen(quiet=NEVER_QUIET), "好，没有安静时段了。"),
        ],
    )
    async def test_a_change_is_confirmed_and_survives_a_restart(
        self, bench: Bench, written: str, chosen: Chosen, answer: str
    ) -> None:
        assert await setting(bench, written) == answer
        expected = GroupSettings().with_choices(GroupChoices(**chosen))
        assert bench.memory.settings == {HERE: expected}
        assert await stored(bench) == GroupChoices(**chosen)
        await bench.restart()
        assert bench.memory.settings == {HERE: expected}

    async def test_words_may_be_written_together(self, bench: Bench) -> None:
        for minutes, glued in enumerate(("设置冷却 {}分钟", "设置冷却{}分钟", "设置 冷却{}分钟"), start=1):
            await bench.group(f"/退款 {glued.format(minutes)}", is_group_admin=True)
            assert (await stored(bench)).cooldown == timedelta(minutes=minutes)

    async def test_each_goes_back_alone_and_all_go_back_together(self, bench: Bench) -> None:
        for written in ALL_CHANGED:
            await setting(bench, written)
        assert "5 分钟" in await setting(bench, "冷却 默认")
        assert await stored(bench) == GroupChoices(
            keywords=KeywordLevel.EAGER, pictures=False, mentions=False, quiet=LATE
        )
        assert await setting(bench, "恢复默认") == (
            "好，都回到默认了：关键词：谨慎，冷却：5 分钟，图片：开，点名：开，安静：没有。"
        )
        assert await stored(bench) == GroupChoices()
        assert bench.memory.of(*HERE) == GroupSettings()

    async def test_going_back_is_to_the_operators_defaults(self, bench: Bench) -> None:
        bench.memory.defaults = GroupSettings(KeywordLevel.OFF, timedelta(hours=2), pictures=False, mentions=False)
        await setting(bench, "点名 开")
        assert "关键词：关，冷却：2 小时，图片：关，点名：关" in await setting(bench, "恢复默认")

    async def test_another_group_is_not_changed(self, bench: Bench) -> None:
        for written in ALL_CHANGED:
            await setting(bench, written, group=OTHER_GROUP)
        assert bench.memory.of(*HERE) == GroupSettings()
        assert await stored(bench) == GroupChoices()


NO_SUCH_OPTION = (
    "没有这一项。能设的有关键词、冷却、图片、点名、安静，"
    "比如「/退款 设置 冷却 10分钟」；都还原发「/退款 设置 恢复默认」。"
)
NOT_UNDERSTOOD = {
    "关键词有关、谨慎、积极三档。比如「/退款 设置 关键词 积极」。": ("关键词 也许", "关键词 关 积极"),
    "冷却要写多久，带上单位，最长 24 小时，0 是不限。比如「/退款 设置 冷却 10分钟」。": (
        "冷却 10",
        "冷却 25小时",
        "冷却 开",
        "冷却 -5分钟",
    ),
    "图片只有开、关两样。比如「/退款 设置 图片 关」。": ("图片 也许",),
    "点名只有开、关两样。比如「/退款 设置 点名 关」。": ("点名 全体",),
    "安静要写每天从几点到几点，分清上午下午，如 23:00-7:30、晚上11点到早上7点；不要就写关。": (
        "安静 11点到7点",
        "安静 8:00-8:00",
        "安静 25:00-7:00",
        "安静 开",
    ),
    "没有这一项。是想说「/退款 设置 冷却」吗？这次什么都没改。": ("冷确 10分钟",),
    "没有这一项。是想说「/退款 设置 点名」吗？这次什么都没改。": ("点命 关",),
    NO_SUCH_OPTION: ("天气 开", "关", "默认"),
}


class TestRefusing:
    async def test_a_member_sees_and_changes_nothing(self, bench: Bench) -> None:
        for written in ("", *ALL_CHANGED, "恢复默认", "冷却", "天气"):
            assert await bench.group(f"/退款 设置 {written}") == [group_settings.ADMINS_ONLY]
        assert await stored(bench) == GroupChoices()

    async def test_the_owner_of_the_bot_may(self, bench: Bench) -> None:
        await bench.group("/退款 设置 点名 关", is_superuser=True)
        assert await stored(bench) == GroupChoices(mentions=False)

    async def test_what_is_not_understood_is_told_what_was_expected_and_changes_nothing(self, bench: Bench) -> None:
        for expected, attempts in NOT_UNDERSTOOD.items():
            for written in attempts:
                assert await setting(bench, written) == expected
        assert await stored(bench) == GroupChoices()
        assert bench.memory.settings == {}

    async def test_not_in_private(self, bench: Bench) -> None:
        for written in ("设置 关键词 关", "设置 冷却 0", "设置点名 关"):
            (said,) = await bench.private(f"/退款 {written}")
            assert "要在群里设" in said
        assert bench.memory.settings == {}

    async def test_a_description_that_begins_alike_is_no_command(self, bench: Bench) -> None:
        (said,) = await bench.private("设置图片验证码的地方找不到，买的课怎么退")
        assert "设置 图片" not in said


class TestTalking:
    async def test_the_cooldown_of_the_group_holds(self, bench: Bench) -> None:
        await setting(bench, "冷却 10分钟")
        assert len(await bench.group(SURE)) == 1
        await bench.advance(minutes=9)
        assert await bench.group(SURE, user=OTHER) == []
        await bench.advance(minutes=1)
        assert len(await bench.group(SURE, user=OTHER)) == 1

    async def test_a_shorter_cooldown_counts_from_what_was_said_before(self, bench: Bench) -> None:
        await setting(bench, "冷却 1小时")
        await bench.group(SURE)
        await bench.advance(minutes=4)
        await setting(bench, "冷却 0")
        assert len(await bench.group(SURE, user=OTHER)) == 1
        assert await bench.group(SURE) == []

    async def test_in_quiet_hours_only_who_calls_us_is_answered(self, bench: Bench) -> None:
        await setting(bench, "安静 23:00-7:30")
        bench.clock.moment = datetime(2026, 11, 23, 23, 0, tzinfo=SHANGHAI)
        assert bench.incoming(SURE, group_id=GROUP) is None
        assert len(await bench.group(SURE, mentioned=True)) == 1
        assert len(await bench.group("/退款 打赏")) == 1
        assert len(await bench.group(SURE, group=OTHER_GROUP)) == 1
        bench.clock.moment = datetime(2026, 11, 24, 7, 30, tzinfo=SHANGHAI)
        assert len(await bench.group(SURE)) == 1


class TestMentions:
    async def _asked(self, bench: Bench) -> str:
        await bench.group("/退款")
        await bench.private(*SHOP)
        return (await bench.private("提醒"))[0]

    async def test_a_group_that_does_not_allow_it_sees_no_mention_and_nobody_is_asked(self, bench: Bench) -> None:
        await setting(bench, "点名 关")
        assert reminding.ABOUT_MENTION not in await self._asked(bench)
        await bench.private("同意群提醒")
        bench.platform.strangers_are_friends = False
        assert await bench.advance(to=FIRST_REMINDER) == []
        assert await bench.only_code() in (await bench.private("我来了"))[0]

    async def test_in_the_groups_quiet_hours_the_mention_waits_for_their_end(self, bench: Bench) -> None:
        assert reminding.ABOUT_MENTION in await self._asked(bench)
        await bench.private("同意群提醒")
        bench.platform.strangers_are_friends = False
        end = FIRST_REMINDER + timedelta(hours=1)
        await setting(bench, f"安静 {FIRST_REMINDER:%H:%M}-{end:%H:%M}")
        assert await bench.advance(to=FIRST_REMINDER) == []
        assert await bench.advance(to=end - timedelta(minutes=1)) == []
        assert len(await bench.advance(to=end)) == 1
        assert bench.platform.received[-1][:2] == (f"group {GROUP}", USER)


class TestSeveralProcesses:
    async def test_what_another_process_changed_is_heard_of(self, bench: Bench) -> None:
        database, memory = bench.assembly.database, bench.memory
        async with database.transaction() as session:
            await groups.choose(session, *HERE, bench.clock.now(), keywords=KeywordLevel.OFF, cooldown=timedelta())
        assert len(await bench.group(SURE)) == 1
        await catch_up(database, memory, bench.clock.now())
        assert memory.of(*HERE) == replace(GroupSettings(), keywords=KeywordLevel.OFF, cooldown=timedelta())
        assert bench.incoming(SURE, group_id=GROUP) is None

    async def test_a_clock_that_runs_behind_or_was_set_back_hides_no_change(self, bench: Bench) -> None:
        database, memory, now = bench.assembly.database, bench.memory, bench.clock.now()
        await catch_up(database, memory, now)
        for behind, level in ((timedelta(minutes=9), KeywordLevel.OFF), (timedelta(hours=5), KeywordLevel.EAGER)):
            async with database.transaction() as session:
                await groups.choose(session, *HERE, now - behind, keywords=level)
            await catch_up(database, memory, now - max(timedelta(), behind - timedelta(minutes=9)))
            assert memory.level(*HERE) is level

    async def test_old_settings_are_not_read_again_and_again(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await setting(bench, "点名 关")
        await bench.advance(hours=1)
        remembered: list[object] = []
        monkeypatch.setattr(type(bench.memory), "remember", lambda *read: remembered.append(read))
        await catch_up(bench.assembly.database, bench.memory, bench.clock.now())
        read_from_the_last_time_on = len(remembered)
        await bench.advance(hours=1)
        await catch_up(bench.assembly.database, bench.memory, bench.clock.now())
        assert (read_from_the_last_time_on, len(remembered)) == (1, 1)

    async def test_a_running_bot_hears_of_it_by_itself(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(runtime, "_PASS_EVERY", timedelta(milliseconds=10))
        async with connected(v11.Adapter, tmp_path, monkeypatch) as qq:
            memory, heard = qq.runtime._memory, asyncio.Event()
            remember = memory.remember
            monkeypatch.setattr(memory, "remember", lambda *news: (remember(*news), heard.set()))
            assert qq.runtime.opened is not None
            async with qq.runtime.opened.database.transaction() as session:
                await groups.choose(session, *HERE, qq.clock.now(), keywords=KeywordLevel.OFF)
            async with asyncio.timeout(30):
                await heard.wait()
            assert memory.level(*HERE) is KeywordLevel.OFF

    async def test_settings_made_before_the_start_hold_from_the_first_message_on(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with connected(v11.Adapter, tmp_path, monkeypatch) as qq:
            assert qq.runtime.opened is not None
            async with qq.runtime.opened.database.transaction() as session:
                await groups.choose(session, *HERE, qq.clock.now(), quiet=LATE)
        async with connected(v11.Adapter, tmp_path, monkeypatch) as qq:
            assert qq.runtime._memory.of(*HERE).quiet == LATE
