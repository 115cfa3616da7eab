"""问候与回访：三天没动静问一声，提醒没有回音再问一声；说了、停了、往下走了就不问。"""

from datetime import datetime, timedelta

import pytest

from nonebot_plugin_refund.dialogue.reminders import reminding
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.render.texts.reminder_text import FOLLOWED_UP
from tests.chat.case.test_case_flow import SHOP, TIP
from tests.chat.conversation_harness import GROUP, Bench

CONTACT = ("客服", "1", "1")
"""要联系客服的一件：没有一个日子。"""
ASKED = "联系上客服了吗"
DAY_THREE = datetime(2026, 11, 26, 10, 30, tzinfo=SHANGHAI)
LAST_REMINDER = datetime(2026, 11, 29, 10, 0, tzinfo=SHANGHAI)
FOLLOW_UP = datetime(2026, 12, 1, 10, 30, tzinfo=SHANGHAI)


async def states(bench: Bench, offset: str) -> list[str]:
    """这一种提醒的去处。"""
    rows = await bench.rows('SELECT state FROM refund_reminders WHERE "offset" = :offset ORDER BY id', offset=offset)
    return [row["state"] for row in rows]


async def reminded_of_all(bench: Bench) -> None:
    """七天的截止提醒了三次，一句也没回。"""
    await bench.private(*SHOP)
    for days in (2, 1, 0):
        (said,) = await bench.advance(to=LAST_REMINDER - timedelta(days=days))
        assert "提交退货申请" in said


class TestCheckIn:
    async def test_one_after_three_days_without_a_word(self, bench: Bench) -> None:
        await bench.private(*CONTACT)
        assert await bench.advance(to=DAY_THREE - timedelta(minutes=1)) == []
        (said,) = await bench.advance(to=DAY_THREE)
        assert ASKED in said
        assert "跟我说一声" in said
        assert "已经过了" not in said
        assert await bench.advance(days=30) == []

    async def test_it_survives_a_restart(self, bench: Bench) -> None:
        await bench.private(*CONTACT)
        await bench.restart()
        assert len(await bench.advance(to=DAY_THREE)) == 1

    async def test_it_is_listed_as_a_reminder_and_nowhere_as_a_date(self, bench: Bench) -> None:
        verdict = "".join(await bench.private(*CONTACT))
        progress = (await bench.private("进度"))[0]
        mine = (await bench.private("我的"))[0]
        listed = (await bench.private("提醒"))[0]
        assert "11月26日（周四）10:30 问问联系客服了没有" in listed
        assert not any("11月26日" in text or "问问" in text for text in (verdict, progress, mine))
        assert await bench.private("4") != []

    async def test_at_night_it_waits_for_the_morning(self, bench: Bench) -> None:
        await bench.private(*CONTACT)
        bench.platform.online = False
        await bench.advance(to=DAY_THREE)
        bench.platform.online = True
        assert await bench.advance(to=DAY_THREE.replace(hour=23)) == []
        assert len(await bench.advance(to=DAY_THREE + timedelta(days=1))) == 1

    async def test_a_word_about_the_case_starts_the_days_anew(self, bench: Bench) -> None:
        await bench.private(*CONTACT)
        await bench.advance(days=2)
        await bench.private("进度")
        assert await bench.advance(to=DAY_THREE) == []
        assert len(await bench.advance(to=DAY_THREE + timedelta(days=2))) == 1

    async def test_a_word_about_something_else_does_not(self, bench: Bench) -> None:
        await bench.private(*CONTACT)
        await bench.advance(days=2)
        await bench.private("早上好")
        assert len(await bench.advance(to=DAY_THREE)) == 1

    async def test_looking_at_the_reminders_does_not_move_what_it_shows(self, bench: Bench) -> None:
        await bench.private(*CONTACT)
        await bench.advance(days=2)
        assert "明天 10:30" in (await bench.private("提醒"))[0]
        assert len(await bench.advance(to=DAY_THREE)) == 1

    async def test_a_case_that_moves_is_asked_nothing_of_the_stage_it_left(self, bench: Bench) -> None:
        await bench.private(*CONTACT, "更新 1")
        assert await bench.advance(to=DAY_THREE) == []

    async def test_stopping_stops_it_and_resuming_brings_it_back(self, bench: Bench) -> None:
        await bench.private(*CONTACT, "停止")
        await bench.private("恢复提醒", "停止")
        assert await bench.advance(to=DAY_THREE) == []

    async def test_resumed_in_time_it_comes(self, bench: Bench) -> None:
        await bench.private(*CONTACT, "停止")
        assert await bench.private("恢复提醒") == [reminding.RESUMED.format(count=1)]
        assert len(await bench.advance(to=DAY_THREE)) == 1

    async def test_it_can_be_put_off_past_its_day(self, bench: Bench) -> None:
        await bench.private(*CONTACT)
        await bench.advance(to=DAY_THREE)
        (said,) = await bench.private("推迟 2天")
        assert "11月28日（周六）10:30" in said
        assert await bench.advance(days=1) == []
        (again,) = await bench.advance(days=1)
        assert ASKED in again

    async def test_done_asks_what_happened(self, bench: Bench) -> None:
        await bench.private(*CONTACT)
        await bench.advance(to=DAY_THREE)
        (said,) = await bench.private("完成")
        assert "1. 已联系或已提交" in said
        assert "等客服答复" in (await bench.private("1"))[0]

    async def test_where_something_is_due_within_three_days_nobody_is_asked(self, bench: Bench) -> None:
        """签收第五天：后天就要提醒截止。"""
        await bench.private("退货", "1", "1", "11月18日", "1", "1")
        assert await states(bench, "0d@10:30") == []

    async def test_after_a_refusal(self, bench: Bench) -> None:
        await bench.private(*TIP, "更新 1", "更新 被拒了")
        (said,) = await bench.advance(to=DAY_THREE)
        assert "被拒不等于到头了" in said

    async def test_on_an_open_offer(self, bench: Bench) -> None:
        await bench.private(*TIP, "更新 1", "更新 只同意退一部分")
        (said,) = await bench.advance(to=DAY_THREE)
        assert "那个数想好了吗" in said

    async def test_nobody_is_named_in_a_group_for_a_question(self, bench: Bench) -> None:
        await bench.group("/退款")
        await bench.private(*CONTACT, "同意群提醒")
        bench.platform.strangers_are_friends = False
        assert await bench.advance(to=DAY_THREE) == []
        assert not any(where == f"group {GROUP}" for where, _, _ in bench.platform.received)


class TestFollowUp:
    async def test_two_days_after_a_reminder_nobody_answered(self, bench: Bench) -> None:
        await reminded_of_all(bench)
        assert await bench.advance(to=FOLLOW_UP - timedelta(minutes=1)) == []
        (said,) = await bench.advance(to=FOLLOW_UP)
        assert "提交退货申请：11月29日（周日）24 点，已经过了。" in said
        assert FOLLOWED_UP in said
        assert await bench.advance(days=30) == []

    async def test_of_an_expectation_too(self, bench: Bench) -> None:
        await bench.private(*SHOP, "更新 1")
        assert len(await bench.advance(days=2)) == 1
        (said,) = await bench.advance(days=2, hours=1)
        assert "商家 48 小时处理" in said
        assert FOLLOWED_UP in said

    @pytest.mark.parametrize("answer", ["进度", "商家同意了", "完成", "停止"])
    async def test_not_after_an_answer(self, bench: Bench, answer: str) -> None:
        await reminded_of_all(bench)
        await bench.private(answer)
        await bench.advance(to=FOLLOW_UP)
        assert "sent" not in await states(bench, "follow-up")

    async def test_a_word_between_two_reminders_answers_only_the_first(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        await bench.advance(to=LAST_REMINDER - timedelta(days=2))
        await bench.private("进度")
        await bench.advance(to=LAST_REMINDER)
        (said,) = await bench.advance(to=FOLLOW_UP)
        assert FOLLOWED_UP in said

    async def test_talk_about_another_matter_is_no_answer(self, bench: Bench) -> None:
        await reminded_of_all(bench)
        await bench.private("早上好")
        assert len(await bench.advance(to=FOLLOW_UP)) == 1

    async def test_what_never_arrived_is_not_followed_up(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        bench.platform.strangers_are_friends = False
        await bench.advance(to=LAST_REMINDER)
        bench.platform.strangers_are_friends = True
        assert await bench.advance(to=FOLLOW_UP) == []
        assert await states(bench, "follow-up") == ["cancelled"]

    async def test_a_reminder_that_came_late_gets_its_two_days(self, bench: Bench) -> None:
        """停机四天：提醒和回访一起到时，先提醒，两天后才回访。"""
        await bench.private(*SHOP)
        (late,) = await bench.advance(to=FOLLOW_UP + timedelta(hours=1))
        assert FOLLOWED_UP not in late
        assert await bench.advance(days=1) == []
        (said,) = await bench.advance(days=2)
        assert FOLLOWED_UP in said

    async def test_putting_it_off_counts_from_the_reminder_put_off(self, bench: Bench) -> None:
        await reminded_of_all(bench)
        await bench.private("推迟 1小时")
        assert len(await bench.advance(hours=1)) == 1
        assert await bench.advance(to=FOLLOW_UP) == []
        assert len(await bench.advance(hours=1)) == 1

    async def test_it_is_not_among_the_reminders_listed(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        listed = (await bench.private("提醒"))[0]
        assert "11月29日" in listed
        assert "12月1日" not in listed


class TestClock:
    async def test_a_clock_that_outlives_its_stage_is_reminded_of(self, bench: Bench) -> None:
        """三年的诉讼时效不属于哪个阶段，到时也要提醒。"""
        await bench.private(*TIP)
        (row,) = await bench.rows("SELECT due_at FROM refund_case_timers WHERE timer_id = 'limitation'")
        due = datetime.fromisoformat(row["due_at"]).astimezone(SHANGHAI)
        await bench.advance(to=due - timedelta(days=20))
        said = await bench.advance(to=due.replace(hour=10, minute=0, second=0) - timedelta(days=7))
        assert "三年诉讼时效" in "".join(said)


async def test_progress_names_a_deadline_that_passed_before_anybody_asked(bench: Bench) -> None:
    bench.clock.moment = datetime(2026, 10, 5, 10, 0, tzinfo=SHANGHAI)
    verdict = "".join(await bench.private("退货", "1", "1", "2026-09-25", "1"))
    progress = (await bench.private("进度"))[0]
    for said in (verdict, progress):
        assert "10月2日已过，还可主张到 10月8日" in said
    await bench.private("更新 1")
    assert "10月2日" not in (await bench.private("进度"))[0]
