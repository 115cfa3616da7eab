"""别人的案件、别人的权限：猜号、引用、临时会话、冒充管理员、重放，都得不到一个字。"""

import itertools
from datetime import timedelta
from typing import Any

import pytest
from nonebot.adapters.onebot.v11 import MessageSegment
from sqlalchemy import text as text_of

from nonebot_plugin_refund.dialogue.base import wording
from nonebot_plugin_refund.dialogue.group import group_settings
from nonebot_plugin_refund.dialogue.owner import administration
from nonebot_plugin_refund.dialogue.reading.commands import PERSONAL, CommandName
from nonebot_plugin_refund.storage.case.case_codes import ALPHABET, SHORTEST, draw_code
from tests.chat.bridge.test_onebot_flow import report
from tests.chat.conversation_harness import OTHER, Bench
from tests.chat.events import SELF_ID, USER_ID, group_message, private_message
from tests.chat.platform_harness import Platform

SHOP = ("退货", "1", "1", "昨天", "1", "1")
NOBODYS = "A2A2"
ANOTHER = "30077"
WITH_A_CODE = sorted(command.word for command in PERSONAL - {CommandName.EXPORT, CommandName.DELETE})
SUPERUSER = 10000
NOT_FRIENDS = ("group", "other", "group_self", "discuss", "")
"""私聊的种类里，不是好友的和认不出的。"""


class TestCaseCodes:
    async def test_anothers_code_and_no_code_get_the_same_answer_and_change_nothing(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        code = await bench.only_code()
        before = await bench.rows("SELECT * FROM refund_cases")
        for word, rest in itertools.product(WITH_A_CODE, ("", " 1", " 商家同意了")):
            theirs = await bench.private(f"退款 {word} {code}{rest}", user=OTHER)
            # 另一个人来问：先前那句说不定开了一场问答，同一个人再问就不在同样的情形里了
            nobodys = await bench.private(f"退款 {word} {NOBODYS}{rest}", user=ANOTHER)
            assert [said.replace(code, NOBODYS) for said in theirs] == nobodys, word
        assert await bench.rows("SELECT * FROM refund_cases") == before

    async def test_a_code_is_no_key_not_even_for_the_owner_of_the_bot(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        code = await bench.only_code()
        (said,) = await bench.private(f"进度 {code}", user=str(SUPERUSER), is_superuser=True)
        assert said.replace(code, NOBODYS) == (await bench.private(f"进度 {NOBODYS}", user=OTHER))[0]

    def test_codes_are_drawn_at_random_from_hundreds_of_thousands(self) -> None:
        """号不是凭证，但也不该从自己的号猜得出别人的。"""
        drawn = {draw_code(SHORTEST) for _ in range(500)}
        assert len(drawn) > 480
        assert {letter for code in drawn for letter in code} == set(ALPHABET)


class TestAdministrators:
    async def test_only_the_roles_of_the_protocol_may_change_a_group(self, qq: Platform) -> None:
        qq.calls.answers["get_group_member_info"] = {"role": "member"}
        boasting = {"nickname": "owner", "card": "admin", "title": "群主"}
        for user, role in enumerate(("member", "", None, "OWNER ", "superuser", "admin2", "管理员"), start=USER_ID):
            sender = {"user_id": user, **boasting} | ({} if role is None else {"role": role})
            for text in ("/退款 设置", "/退款 设置 关键词 关", "/退款 图片 关"):
                message = group_message(text, user_id=user, sender=sender)
                assert await qq.receive(message) == [group_settings.ADMINS_ONLY], role
        assert qq.runtime.opened is not None
        async with qq.runtime.opened.database.session() as session:
            assert (await session.execute(text_of("SELECT count(*) FROM refund_group_settings"))).scalar_one() == 0

    @pytest.mark.parametrize(
        "changes", [{"anonymous": {"id": 1, "name": "甲", "flag": "x"}}, {"sub_type": "anonymous"}]
    )
    async def test_whoever_is_anonymous_is_not_heard_at_all(self, qq: Platform, changes: dict[str, Any]) -> None:
        sender = {"user_id": 80000000, "role": "owner"}
        message = group_message("/退款 设置 关键词 关", user_id=80000000, sender=sender, **changes)
        assert await qq.receive(message) == []

    async def test_only_the_owner_may_administer(self, qq: Platform) -> None:
        owner_of_group = {"user_id": USER_ID, "role": "owner"}
        for argument in ("", " 手册", " 死信", " 暂停", " 恢复", " 统计"):
            for event in (
                private_message(f"退款 管理{argument}"),
                group_message(f"/退款 管理{argument}", sender=owner_of_group),
            ):
                assert await qq.receive(event) == [administration.OWNERS_ONLY], argument

    async def test_the_owner_gets_no_figures_in_a_group(self, qq: Platform) -> None:
        message = group_message("/退款 管理", user_id=SUPERUSER, sender={"user_id": SUPERUSER, "role": "member"})
        assert await qq.receive(message) == [administration.PRIVATE_ONLY]

    async def test_even_the_owner_gets_nothing_in_a_temporary_session(self, qq: Platform) -> None:
        for sub_type in NOT_FRIENDS:
            message = private_message("退款 管理", user_id=SUPERUSER, sub_type=sub_type)
            assert await qq.receive(message) == [wording.ADD_FRIEND_FIRST]


class TestOtherWaysToACase:
    async def test_a_private_chat_that_is_not_a_friends_gets_nothing_personal(self, qq: Platform) -> None:
        for text in SHOP:
            await qq.receive(private_message(text))
        for sub_type, text in itertools.product(NOT_FRIENDS, ("我的", "进度", "导出", "1", "确认删除")):
            qq.clock.moment += timedelta(seconds=5)  # 说得太快也会被拦，这里看的不是那个
            assert await qq.receive(private_message(text, sub_type=sub_type)) == [wording.ADD_FRIEND_FIRST]

    async def test_quoting_what_the_bot_said_in_private_brings_nothing_into_the_group(self, qq: Platform) -> None:
        said = [part for text in SHOP for part in await qq.receive(private_message(text))]
        code = said[-1].partition("已记成案件 ")[2][:SHORTEST]
        assert code.isalnum()
        qq.calls.answers["get_msg"] = {
            "time": 1,
            "message_type": "private",
            "message_id": -9,
            "real_id": -9,
            "sender": {"user_id": SELF_ID},
            "message": said[-1],
        }
        quote, ours = {"type": "reply", "data": {"id": "-9"}}, MessageSegment.at(SELF_ID)
        for number, text in zip(
            itertools.count(920_000), ("这件到哪了", f"进度 {code}", "我的", "1", "材料", "导出"), strict=False
        ):
            message = [quote, {"type": ours.type, "data": ours.data}, {"type": "text", "data": {"text": f" {text}"}}]
            answers = await qq.receive(report("group", message, number))
            assert not any(code in part or "毛衣" in part or "【" in part for part in answers)

    async def test_personal_commands_in_a_group_only_point_to_the_private_chat(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        for word in sorted(command.word for command in PERSONAL):
            assert await bench.group(f"/退款 {word}") == [wording.ONLY_IN_PRIVATE.format(word=word)]

    async def test_the_same_message_delivered_again_does_nothing_again(self, bench: Bench) -> None:
        """门之外还有一道：重启以后门忘了，库记得。"""
        await bench.private(*SHOP)
        again = bench.incoming("结案 1")
        assert again is not None
        assert await bench.assembly.reception.receive(again)
        before = await bench.rows("SELECT * FROM refund_case_events")
        await bench.restart()
        assert await bench.assembly.reception.receive(again) == []
        assert await bench.rows("SELECT * FROM refund_case_events") == before

    async def test_a_forged_message_number_of_another_person_is_not_taken_for_a_repetition(self, bench: Bench) -> None:
        """拿别人的消息号占坑，别人的话照样办。"""
        mine = bench.incoming("退款", user=OTHER, message_id="-77")
        theirs = bench.incoming("退款", message_id="-77")
        assert mine is not None
        assert theirs is not None
        assert await bench.assembly.reception.receive(mine)
        assert await bench.assembly.reception.receive(theirs)
