"""提醒到了之后：完成、推迟、停止、恢复，群里点名，没送到的放在下一句回复上面。"""

from datetime import datetime, timedelta

from nonebot_plugin_refund.delivery.messenger import Rejected, RejectionKind
from nonebot_plugin_refund.dialogue.reminders import finishing, reminding
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from tests.chat.case.test_case_flow import SHOP, TIP
from tests.chat.conversation_harness import GROUP, OTHER, USER, Bench

FIRST_REMINDER = datetime(2026, 11, 27, 10, 0, tzinfo=SHANGHAI)


async def reminded(bench: Bench) -> str:
    """立案，等到第一次提醒。"""
    await bench.private(*SHOP)
    (said,) = await bench.advance(to=FIRST_REMINDER)
    return said


async def pending(bench: Bench) -> list[str]:
    rows = await bench.rows("SELECT due_at FROM refund_reminders WHERE state = 'pending' ORDER BY due_at")
    return [row["due_at"][:16] for row in rows]


GREETED = "你好，我在。"


class TestAnswers:
    async def test_a_reminder_comes_once_and_says_how_to_answer(self, bench: Bench) -> None:
        said = await reminded(bench)
        assert "提交退货申请" in said
        assert "完成" in said
        assert await bench.advance(minutes=30) == []

    async def test_done_on_a_deadline_means_its_event_and_the_case_moves(self, bench: Bench) -> None:
        await reminded(bench)
        (said,) = await bench.private("完成")
        assert said.startswith("好，记下：申请交上去了。")
        assert "等商家处理" in said
        (event,) = await bench.rows("SELECT event_id, from_stage, to_stage FROM refund_case_events")
        assert event == {"event_id": "applied", "from_stage": "to-apply", "to_stage": "waiting"}
        living = await bench.rows("SELECT timer_id FROM refund_case_timers WHERE state = 'open'")
        assert living == [{"timer_id": "merchant-48h"}]

    async def test_done_on_a_deadline_can_be_taken_back(self, bench: Bench) -> None:
        await reminded(bench)
        before = await pending(bench)
        await bench.private("完成")
        await bench.private("撤销")
        assert await pending(bench) == before
        assert "提交申请" in (await bench.private("进度"))[0]

    async def test_done_on_a_deadline_met_in_several_ways_only_ends_the_reminders(self, bench: Bench) -> None:
        """驳回后的处理时间：改了重提、申请介入都算办了，说不准是哪样。"""
        await bench.private(*SHOP, "更新 商家拒绝了")
        assert len(await bench.advance(days=3)) == 1
        assert await bench.private("完成") == [finishing.DONE]
        assert await pending(bench) == []
        assert "商家拒绝" in (await bench.private("进度"))[0]

    async def test_done_on_an_expectation_asks_what_happened(self, bench: Bench) -> None:
        await bench.private(*SHOP, "更新 1")
        assert len(await bench.advance(days=2)) == 1
        (said,) = await bench.private("完成")
        assert "1. 商家同意退货" in said
        assert "寄回商品" in (await bench.private("1"))[0]

    async def test_done_on_an_expectation_in_an_interview_leaves_its_numbers_alone(self, bench: Bench) -> None:
        await bench.private(*SHOP, "更新 1")
        code = await bench.only_code()
        await bench.advance(days=1, hours=23)
        await bench.private("打赏", "1")
        assert len(await bench.advance(hours=1)) == 1
        said = await bench.private("完成")
        assert finishing.TELL_LATER.format(code=code) in said[0]
        assert "1. 商家同意退货" not in "".join(said)

    async def test_snooze_for_two_hours(self, bench: Bench) -> None:
        await reminded(bench)
        (said,) = await bench.private("推迟 2小时")
        assert "今天 12:00" in said
        assert (await pending(bench))[0] == "2026-11-27 04:00"
        assert len(await bench.advance(hours=2)) == 1

    async def test_stop_and_resume(self, bench: Bench) -> None:
        await reminded(bench)
        assert await bench.private("停止") == [reminding.STOPPED]
        assert await bench.advance(days=1) == []
        (said,) = await bench.private("恢复提醒")
        assert "1 次提醒" in said
        assert len(await bench.advance(days=1)) == 1

    async def test_a_snooze_after_stopping_promises_nothing_until_reminders_are_resumed(self, bench: Bench) -> None:
        """停着的到时候不会发，所以不能答应“到时再提醒你”。"""
        await reminded(bench)
        await bench.private("停止")
        assert await bench.private("推迟 2小时") == [reminding.STOPPED_SO_NOT_SNOOZED]
        assert await bench.advance(hours=3) == []
        await bench.private("恢复提醒")
        (said,) = await bench.private("推迟 2小时")
        assert "再提醒你" in said
        assert len(await bench.advance(hours=2)) == 1

    async def test_done_in_the_middle_of_an_interview_means_the_fresh_reminder(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        await bench.advance(to=FIRST_REMINDER - timedelta(hours=1))
        await bench.private("打赏", "1")
        await bench.advance(to=FIRST_REMINDER)
        assert "申请交上去了" in (await bench.private("完成"))[0]
        assert (await bench.answers()) == {"situation": "minor"}

    async def test_done_without_a_reminder_is_an_answer_to_nothing(self, bench: Bench) -> None:
        assert await bench.private("完成") == [reminding.NOTHING_TO_ANSWER]

    async def test_quoting_an_older_reminder_means_that_one(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        await bench.private(*TIP, "修改 1", "2", "靠家里")
        bench.platform.received.clear()
        await bench.advance(days=1, hours=8)
        (tell_an_adult,) = await bench.rows(
            "SELECT message_id FROM refund_deliveries WHERE text LIKE '%告诉大人%' ORDER BY id LIMIT 1"
        )
        await bench.advance(to=FIRST_REMINDER)
        await bench.private("完成", reply_to=tell_an_adult["message_id"])
        rows = await bench.rows("SELECT event_id FROM refund_case_events WHERE from_stage IS NOT NULL")
        assert rows == [{"event_id": "told"}]

    async def test_somebody_else_cannot_answer_it(self, bench: Bench) -> None:
        await reminded(bench)
        before = await pending(bench)
        await bench.private("完成", user=OTHER)
        await bench.private("停止", user=OTHER)
        assert await pending(bench) == before


class TestChannels:
    async def test_what_could_not_be_delivered_is_on_top_of_the_next_reply(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        bench.platform.strangers_are_friends = False
        assert await bench.advance(to=FIRST_REMINDER) == []
        said = await bench.private("早上好")
        assert said[0].startswith("【")
        assert said[0].endswith(GREETED)
        assert await bench.private("你好") == [GREETED]

    async def test_it_is_never_shown_in_a_group_or_to_somebody_else(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        bench.platform.strangers_are_friends = False
        await bench.advance(to=FIRST_REMINDER)
        said = [
            *await bench.group("/退款"),
            *await bench.temporary("在吗"),
            *await bench.private("早上好", user=OTHER),
        ]
        assert not any("【" in text for text in said)

    async def test_a_group_mention_needs_consent_and_tells_nothing(self, bench: Bench) -> None:
        await bench.group("/退款")
        await bench.private(*SHOP)
        assert reminding.ABOUT_MENTION in (await bench.private("提醒"))[0]
        assert await bench.private("同意群提醒") == [reminding.MENTION_ON]
        code = await bench.only_code()
        bench.platform.strangers_are_friends = False
        (mention,) = await bench.advance(to=FIRST_REMINDER)
        assert bench.platform.received[-1][:2] == (f"group {GROUP}", USER)
        assert not any(word in mention for word in (code, "退货", "【", "快手小店"))
        assert code in (await bench.private("我来了"))[0]

    async def test_without_consent_nobody_is_mentioned(self, bench: Bench) -> None:
        await bench.group("/退款")
        await bench.private(*SHOP, "不要群提醒")
        bench.platform.strangers_are_friends = False
        assert await bench.advance(to=FIRST_REMINDER) == []

    async def test_a_rejection_is_shown_with_the_reason_it_gave(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        bench.platform.failure = Rejected(RejectionKind.PERMANENT, "34", "消息太长")
        await bench.advance(to=FIRST_REMINDER)
        bench.platform.failure = None
        said = await bench.private("提醒")
        assert "没送到：消息太长" in said[0]
        assert said[0].startswith("【")
