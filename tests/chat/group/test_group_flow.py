"""群里：菜单、简短回答、打错的命令、主动接话、设置；案件和别人的话从不出现。"""

import itertools

import pytest

from nonebot_plugin_refund.dialogue.base import wording
from nonebot_plugin_refund.dialogue.group import group_settings
from nonebot_plugin_refund.dialogue.owner import administration
from nonebot_plugin_refund.dialogue.reading.commands import PERSONAL
from tests.chat.case.test_case_flow import SHOP
from tests.chat.conversation_harness import GROUP, OTHER, OTHER_GROUP, USER, Bench

SURE = "孩子偷偷给主播打赏了三千，能退款吗"
"""没被点名也该接的话。"""


class TestAsked:
    async def test_menu_and_how_to_start_in_private(self, bench: Bench) -> None:
        for text, mentioned in (("/退款", False), ("", True), ("/退款 菜单", False)):
            (said,) = await bench.group(text, mentioned=mentioned)
            assert "3. 直播打赏" in said
            assert "私聊" in said

    @pytest.mark.parametrize(
        ("text", "mentioned"),
        [
            ("/退款 孩子打赏了主播三千", False),
            ("孩子打赏了主播三千怎么退", True),
            ("/退款 打赏", False),
            ("/退款 3", False),
            ("/退款 场景 直播打赏", False),
        ],
    )
    async def test_a_description_gets_the_short_answer(self, bench: Bench, text: str, mentioned: bool) -> None:
        (said,) = await bench.group(text, mentioned=mentioned)
        assert "孩子打赏可以申请退" in said
        assert len(said) <= 160

    async def test_topics(self, bench: Bench) -> None:
        for word in ("客服", "申诉"):
            (said,) = await bench.group(f"/退款 {word}")
            assert len(said) <= 200

    async def test_all_scenarios_one_line_each(self, bench: Bench) -> None:
        (said,) = await bench.group("/退款 场景")
        assert len(said.splitlines()) == 7

    @pytest.mark.parametrize(
        ("written", "meant"), [("帮组", "帮助"), ("进渡", "进度"), ("设制", "设置"), ("结", "结案")]
    )
    async def test_a_near_miss_gets_a_suggestion(self, bench: Bench, written: str, meant: str) -> None:
        (said,) = await bench.group(f"/退款 {written}")
        assert f"/退款 {meant}" in said

    async def test_what_is_not_recognised_gets_an_example(self, bench: Bench) -> None:
        assert await bench.group("/退款 咕噜咕噜咕噜") == [wording.NOT_RECOGNISED_GROUP.format(command="/退款")]

    async def test_ordinary_chat_gets_nothing(self, bench: Bench) -> None:
        assert await bench.group("今晚吃火锅吗") == []


class TestPersonal:
    @pytest.mark.parametrize("command", sorted(command.word for command in PERSONAL))
    async def test_personal_commands_are_refused_without_any_detail(self, bench: Bench, command: str) -> None:
        await bench.private(*SHOP)
        code = await bench.only_code()
        for text in (f"/退款 {command}", f"/退款 {command} {code}"):
            answers = await bench.group(text)
            assert len(answers) == 1
            assert code not in answers[0]
            assert "签收" not in answers[0]
            assert "私聊" in answers[0]

    async def test_a_running_interview_is_not_continued_in_the_group(self, bench: Bench) -> None:
        await bench.private("打赏", "1")
        await bench.group("10", mentioned=True)
        assert await bench.answers() == {"situation": "minor"}

    async def test_only_the_owner_of_the_bot_sees_counts_and_only_in_private(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        code = await bench.only_code()
        assert await bench.private("/退款 管理") == [administration.OWNERS_ONLY]
        assert await bench.group("/退款 管理", is_superuser=True) == [administration.PRIVATE_ONLY]
        report = "".join(await bench.private("/退款 管理", is_superuser=True))
        assert "案件：不到 5 个人" in report
        assert code not in report


class TestKeywords:
    async def test_a_sure_message_gets_two_lines_at_most(self, bench: Bench) -> None:
        (said,) = await bench.group(SURE)
        assert len(said.splitlines()) <= 2

    async def test_an_unsure_message_gets_nothing(self, bench: Bench) -> None:
        for text in ("退了吧这游戏", "退一步海阔天空", "求退款表情包", "淘宝怎么退款"):
            assert await bench.group(text) == []

    async def test_once_per_cooldown_per_group(self, bench: Bench) -> None:
        assert len(await bench.group(SURE)) == 1
        assert await bench.group(SURE, user=OTHER) == []
        await bench.advance(minutes=6)
        assert len(await bench.group(SURE, user=OTHER)) == 1

    async def test_once_per_cooldown_per_person_in_whatever_group(self, bench: Bench) -> None:
        await bench.group(SURE)
        await bench.advance(minutes=30)
        assert await bench.group(SURE, group=OTHER_GROUP) == []
        await bench.advance(minutes=31)
        assert len(await bench.group(SURE, group=OTHER_GROUP)) == 1

    async def test_a_command_is_answered_in_the_cooldown(self, bench: Bench) -> None:
        await bench.group(SURE)
        assert len(await bench.group("/退款 打赏")) == 1

    async def test_nothing_is_written_for_overheard_talk(self, bench: Bench) -> None:
        await bench.group(SURE)
        for table in ("people", "handled_messages", "interviews"):
            assert await bench.rows(f"SELECT * FROM refund_{table}") == []

    async def test_nothing_is_written_for_what_everybody_may_hear(self, bench: Bench) -> None:
        for text in ("/退款", "/退款 打赏", "/退款 帮助", "/退款 我的", "/退款 管理", "/退款 客服"):
            assert len(await bench.group(text)) == 1
        for table in ("people", "handled_messages", "interviews"):
            assert await bench.rows(f"SELECT * FROM refund_{table}") == []


class TestSettings:
    async def test_an_admin_switches_keywords_off_and_it_survives_a_restart(self, bench: Bench) -> None:
        (said,) = await bench.group("/退款 设置 关键词 关", is_group_admin=True)
        assert "关了" in said
        assert await bench.group(SURE) == []
        await bench.restart()
        assert await bench.group(SURE) == []
        assert len(await bench.group(SURE, group=OTHER_GROUP)) == 1
        await bench.advance(hours=2)
        await bench.group("/退款 设置 关键词 开", is_group_admin=True)
        assert len(await bench.group(SURE)) == 1

    async def test_a_member_may_not(self, bench: Bench) -> None:
        assert await bench.group("/退款 设置 关键词 关") == [group_settings.ADMINS_ONLY]
        assert len(await bench.group(SURE)) == 1

    async def test_an_absent_role_is_looked_up_before_the_transaction(self, bench: Bench) -> None:
        bench.roles[GROUP, USER] = True
        assert "关了" in (await bench.group("/退款 设置 关键词 关", is_group_admin=None))[0]
        assert await bench.group("设置 关键词 开", mentioned=True, is_group_admin=None, user=OTHER) == [
            group_settings.ADMINS_ONLY
        ]
        assert bench.role_lookups == 2
        assert bench.queries_inside_transaction == 0

    async def test_the_role_is_not_looked_up_for_other_commands(self, bench: Bench) -> None:
        for text in ("/退款", "/退款 打赏", "/退款 我的"):
            await bench.group(text, is_group_admin=None)
        assert bench.role_lookups == 0


class TestNobodyIsEchoed:
    SAID = (
        "我家住枫叶街三十七号院里",
        "[CQ:at,qq=all] 大家都来看呀",
        "@全体成员 领红包啦快来领",
        "孩子打赏了主播小甜甜三千块钱",
        "[CQ:image,file=http://evil.example/a.png]",
        "{command} {code} %s %(name)s {0}",
        "'; DROP TABLE refund_cases; --",
        "<script>alert(1)</script>",
    )

    async def test_no_answer_holds_a_piece_of_anybodys_message(self, bench: Bench) -> None:
        answers: list[str] = []
        for said, command in itertools.product(self.SAID, ("", "/退款 ", "/退款 进度 ", "/退款 场景 ", "/退款 设置 ")):
            text = command + said
            answers += await bench.group(text, is_group_admin=True)
            answers += await bench.group(text, mentioned=True)
            answers += await bench.private(text)
            answers += await bench.temporary(text)
        await bench.private("退出", "打赏")
        for said in self.SAID:
            answers += await bench.private(said)
        own = "".join(answers)
        for said in self.SAID:
            pieces = {said[start : start + 6] for start in range(len(said) - 5)}
            known = {piece for piece in pieces if any(piece in text for text in _OWN_WORDS)}
            assert [piece for piece in pieces - known if piece in own] == []
        assert "[CQ:" not in own
        assert "全体" not in own

    async def test_temporary_sessions_hear_the_same_neutral_sentence_whatever_is_said(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        code = await bench.only_code()
        for text in ("在吗", "我的", f"进度 {code}", "13800138000", "", "删除我的数据", "确认删除", "1", *self.SAID):
            assert await bench.temporary(text) == [wording.ADD_FRIEND_FIRST]
        assert await bench.only_code() == code
        assert len(wording.ADD_FRIEND_FIRST) < 60


_OWN_WORDS = (wording.NOT_RECOGNISED_GROUP,)
"""机器人自己举例的话里恰好也有的字。"""


async def test_the_question_asked_is_the_one_answered(bench: Bench) -> None:
    said = "\n".join(await bench.group("/退款 商家签收退货五天不退钱"))
    assert "商家收到完好的货后 7 日内该退款" in said
    assert wording.PRIVATE_NEEDS_FRIEND in said
    assert "签收次日" not in said
    assert await bench.rows("SELECT code FROM refund_cases") == []
    assert await bench.rows("SELECT state FROM refund_interviews") == []


TO_THE_POINT = {
    "/退款 运费谁出啊 商家说我自己出": "来回都由商家出",
    "/退款 老公给女主播刷了十几万我能要回来不": "夫妻间",
    "/退款 主播说加微信私下退给我 靠谱吗": "别离开平台",
    "/退款 平台介入一般几天出结果呀": "没有统一天数",
    "/退款 商家只肯退一半要不要答应": "仅作为部分返还",
    "/退款 我妈70多了在直播间买了一堆保健品能退吗": "没拆、没过 7 天的先退",
    "/退款 有没有人遇到过代退款收手续费的，真的假的": "骗局",
    "家人们，快手退货商家拒收了怎么弄啊": "无正当理由拒收",
    "/退款 我儿子9岁拿我手机给主播刷了六千多，能要回来吗？": "孩子打赏可以申请退",
    "/退款 退款到账要几天": "1 到 7 个工作日原路退回",
    "/退款 七天无理由运费谁出": "来回都由商家出",
    "/退款 老人买保健品被忽悠了": "没拆、没过 7 天的先退",
}
"""各样的人在群里问的，和答到点子上该有的几个字；最后一句问的就是整件事，说那一种退款。"""


async def test_everyones_question_in_a_group_gets_its_own_answer(bench: Bench) -> None:
    for said, expected in TO_THE_POINT.items():
        assert expected in "\n".join(await bench.group(said)), said
    assert await bench.rows("SELECT state FROM refund_interviews") == []


async def test_what_is_heard_unsurely_is_not_answered_in_public(bench: Bench) -> None:
    assert await bench.group("/退款 那个东西怎么整") == [wording.NOT_RECOGNISED_GROUP.format(command="/退款")]
