"""案件：立案、进展、时钟、结案、清单；提醒与它在同一个事务里。"""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy import text as sql

from nonebot_plugin_refund.dialogue.base import wording
from nonebot_plugin_refund.dialogue.case import casework
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.rulebook.loader import load_folders
from tests.chat.conversation_harness import OTHER, USER, Bench

SHOP = ("退货", "1", "1", "昨天", "1", "1")
"""签收第 1 天的七天无理由：一场说到结论的访谈。"""
TIP = ("打赏", "1", "10", "1", "5000", "1 3", "上周五")


class TestVerdict:
    async def test_case_timers_and_reminders_are_committed_together(self, bench: Bench) -> None:
        said = await bench.private(*SHOP)
        assert "符合七天无理由退货" in said[0]
        code = await bench.only_code()
        assert code in said[1]
        (counts,) = await bench.rows(
            "SELECT (SELECT count(*) FROM refund_cases) AS cases,"
            " (SELECT count(*) FROM refund_case_timers WHERE state = 'open') AS timers,"
            " (SELECT count(*) FROM refund_reminders WHERE state = 'pending') AS reminders,"
            " (SELECT status FROM refund_interviews) AS interview"
        )
        # 一个截止：三次提醒、一次回访；一句三天后的问候
        assert dict(counts) == {"cases": 1, "timers": 2, "reminders": 5, "interview": "finished"}

    async def test_every_promised_moment_is_a_stored_reminder(self, bench: Bench) -> None:
        said = await bench.private(*SHOP)
        assert "11月27日（周五）10:00" in said[1]
        rows = await bench.rows(
            "SELECT due_at FROM refund_reminders WHERE timer_id = 'apply-deadline' AND \"offset\" != 'follow-up'"
            " ORDER BY due_at"
        )
        assert [row["due_at"][:16] for row in rows] == ["2026-11-27 02:00", "2026-11-28 02:00", "2026-11-29 02:00"]

    async def test_when_the_commit_fails_nothing_is_stored_and_the_person_hears_the_truth(self, bench: Bench) -> None:
        await bench.private(*SHOP[:-1])
        engine = bench.assembly.database.engine.sync_engine

        def refuse(connection: object) -> None:
            raise OSError("disk full")

        event.listen(engine, "commit", refuse)
        said = await bench.private(SHOP[-1])
        event.remove(engine, "commit", refuse)
        assert said == [wording.DATABASE_DOWN]
        assert await bench.rows("SELECT * FROM refund_cases") == []
        assert "item-state" not in said[0]
        said = await bench.private(SHOP[-1])
        assert "符合七天无理由退货" in said[0]

    async def test_somebody_who_stopped_reminders_is_promised_none(self, bench: Bench) -> None:
        await bench.private("停止")
        said = await bench.private(*SHOP)
        assert wording.REMINDERS_STOPPED in said[1]
        assert "我会" not in said[1]
        rows = await bench.rows("SELECT DISTINCT state FROM refund_reminders")
        assert [row["state"] for row in rows] == ["cancelled"]
        assert "4 次提醒" in (await bench.private("恢复提醒"))[0]  # 三次日子的，一次问候

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [("1", "法律怎么说"), ("为什么", "法律怎么说"), ("2", "要准备的材料"), ("风险", "留意"), ("4", "是这样算的")],
    )
    async def test_the_menu_below_the_verdict(self, bench: Bench, asked: str, expected: str) -> None:
        said = await bench.private(*SHOP, asked)
        assert expected in said[0]

    async def test_changing_an_answer_shows_what_became_of_verdict_and_dates(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        listed = await bench.private("5")
        assert "3. 签收日期" in listed[0]
        said = await bench.private("修改 3", "前天")
        assert "11月22日」改成「" in said[0]
        assert "结论没变：符合条件" in said[0]
        assert "由 11月29日（周日）改成 11月28日（周六）" in said[0]
        (row,) = await bench.rows("SELECT count(*) AS n FROM refund_cases")
        assert row["n"] == 1
        live = await bench.rows(
            "SELECT \"offset\", due_at FROM refund_reminders WHERE state = 'pending' ORDER BY due_at"
        )
        # 第三天本来就要提醒，问候就不排了；最后是两天没有回音时的回访
        assert [row["due_at"][:10] for row in live] == ["2026-11-26", "2026-11-27", "2026-11-28", "2026-11-30"]
        assert live[-1]["offset"] == "follow-up"

    async def test_a_change_that_turns_the_verdict_says_so(self, bench: Bench) -> None:
        said = await bench.private(*TIP, "修改 1", "2", "1")
        assert "结论由「符合条件」变成「看材料」" in said[0]


class TestWhichCase:
    @pytest.mark.parametrize("command", ["进度", "更新", "材料", "提醒", "结案"])
    async def test_without_any_case(self, bench: Bench, command: str) -> None:
        assert await bench.private(command) == [casework.NO_CASE]

    @pytest.mark.parametrize("command", ["进度", "更新", "材料", "提醒", "结案"])
    async def test_the_only_case_is_meant(self, bench: Bench, command: str) -> None:
        await bench.private(*SHOP)
        code = await bench.only_code()
        assert code in (await bench.private(command))[0]
        assert code in (await bench.private(f"/退款 {command} {code.lower()}"))[0]
        assert code in (await bench.private(f"退款 {command}{code}"))[0]

    @pytest.mark.parametrize("command", ["进度", "更新", "材料", "提醒", "结案"])
    async def test_several_cases_are_offered_by_number(self, bench: Bench, command: str) -> None:
        await bench.private(*SHOP)
        first = await bench.only_code()
        await bench.advance(minutes=1)
        await bench.private(*TIP)
        (asked,) = await bench.private(command)
        assert casework.WHICH_CASE in asked
        assert first in (await bench.private("2"))[0]

    @pytest.mark.parametrize("command", ["进度", "更新", "材料", "提醒", "结案"])
    async def test_somebody_elses_case_is_not_found(self, bench: Bench, command: str) -> None:
        await bench.private(*SHOP)
        code = await bench.only_code()
        assert await bench.private(f"{command} {code}", user=OTHER) == [casework.NOT_YOURS.format(code=code)]
        assert await bench.private("进度 不是号", user=OTHER) == [casework.NOT_A_CODE]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("更新 申请交上去了", "等商家处理"),
            ("更新 {code} 申请交上去了", "等商家处理"),
            ("/退款 更新 {code} 1 昨天", "等商家处理"),
            ("更新 {code} 咕噜咕噜", "1. 申请交上去了"),
            ("材料 1", "✓"),
            ("结案 {code} 已退款", "已结案：已退款"),
        ],
    )
    async def test_what_follows_the_command_is_done_at_once(self, bench: Bench, text: str, expected: str) -> None:
        await bench.private(*SHOP)
        said, *_ = await bench.private(text.format(code=await bench.only_code()))
        assert expected in said

    async def test_mine_lists_open_ones_first_and_only_own(self, bench: Bench) -> None:
        await bench.private(*SHOP, "结案", "1")
        await bench.advance(minutes=1)
        await bench.private(*TIP)
        code = await bench.only_code()
        lines = (await bench.private("我的"))[0].splitlines()
        assert lines[1].startswith(code)
        assert "已结案：已退款" in lines[2]
        assert await bench.private("我的", user=OTHER) == [casework.NO_CASE]

    async def test_change_is_about_the_case_being_talked_about(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        code = await bench.only_code()
        await bench.advance(minutes=1)
        await bench.private(*TIP, f"进度 {code}")
        assert "签收" in (await bench.private("修改 3"))[0]


class TestUnreadable:
    """案件钉住的规则版本坏了，或新程序读不了。"""

    @pytest.mark.parametrize("body", ["{}", '{"scenario": {"id": "shop-return"}, "sources": []}'])
    async def test_it_is_said_and_everything_else_goes_on(self, bench: Bench, body: str) -> None:
        await bench.private(*SHOP)
        code = await bench.only_code()
        async with bench.assembly.database.transaction() as session:
            await session.execute(sql("UPDATE refund_rulebook_snapshots SET body = :body"), {"body": body})
            await session.execute(sql("UPDATE refund_rulebook_snapshots SET digest = 'old'"))
            await session.execute(sql("UPDATE refund_cases SET rulebook_digest = 'old'"))
        await bench.restart()
        assert await bench.private(f"进度 {code}") == [casework.UNREADABLE.format(code=code)]
        assert code in (await bench.private("我的"))[0]
        assert (await bench.private("早上好"))[0] == wording.CLOSED_TALK
        assert "这笔打赏是谁刷的" in (await bench.private("打赏"))[0]
        assert code in (await bench.private("导出"))[-1]


class TestEvents:
    @pytest.mark.parametrize("text", ["1", "1 今天", "申请交上去了", "已申请", "我申请了", "已经申请了"])
    async def test_by_number_label_or_speech(self, bench: Bench, text: str) -> None:
        (said,) = await bench.private(*SHOP, "更新", text)
        assert "等商家处理" in said
        assert "11月25日（周三）10:00" in said

    async def test_with_a_date_the_dates_are_counted_from_it(self, bench: Bench) -> None:
        await bench.private(*SHOP, "更新", "1")
        await bench.advance(days=2)
        (said,) = await bench.private("商家昨天同意了")
        assert "寄回商品" in said
        assert "12月1日" in said

    async def test_a_day_of_the_month_is_not_an_event_number(self, bench: Bench) -> None:
        await bench.private(*SHOP, "更新", "1", "更新")
        await bench.advance(to=datetime(2026, 11, 25, 10, tzinfo=SHANGHAI))
        (said,) = await bench.private("24 号商家同意了")
        assert "寄回商品" in said

    async def test_saying_there_is_news_lists_what_can_be_reported(self, bench: Bench) -> None:
        (said,) = await bench.private(*SHOP, "有新进展了")
        assert "1. 申请交上去了" in said

    @pytest.mark.parametrize("text", ["今天朋友到了好开心呀", "我妈同意了去旅游", "这破公司就这样不给退社保，气死我了"])
    async def test_small_talk_never_moves_a_case(self, bench: Bench, text: str) -> None:
        await bench.private(*SHOP, "更新", "1")
        before = await bench.rows("SELECT stage_id FROM refund_cases")
        await bench.private(text)
        assert await bench.rows("SELECT stage_id FROM refund_cases") == before

    async def test_another_matter_starts_anew_instead_of_moving_the_case(self, bench: Bench) -> None:
        await bench.private(*SHOP, "更新", "1")
        (said,) = await bench.private("孩子给主播打赏了三千，平台拒绝退，怎么办")
        assert "孩子满几周岁" in said

    async def test_in_an_interview_an_event_of_a_case_is_noted_and_the_question_stays_open(self, bench: Bench) -> None:
        await bench.private(*SHOP, "更新", "1")
        code = await bench.only_code()
        said = await bench.private("打赏", "商家同意退货了")
        assert said[0].startswith("好，记下：商家同意退货。")
        assert "这笔打赏是谁刷的" in said[-1]
        assert "寄回商品" in (await bench.private(f"进度 {code}"))[0]

    async def test_refunded_closes_the_case_and_its_reminders(self, bench: Bench) -> None:
        await bench.private(*SHOP, "更新", "1")
        await bench.private("商家同意直接退款不用寄", "退款到账了", "是")
        rows = await bench.rows("SELECT outcome FROM refund_cases")
        assert rows == [{"outcome": "refunded"}]
        assert await bench.rows("SELECT * FROM refund_reminders WHERE state = 'pending'") == []


SMALL = Path(__file__).parents[2] / "rulebook" / "fixtures" / "small"
"""随包的手册里没有到期自动换阶段的时限；这本小的有：商家 48 小时不答复，转去介入。"""


class TestClock:
    @staticmethod
    async def waiting(bench: Bench) -> datetime:
        """走到“等商家”，返回商家该答复的时刻。"""
        await bench.restart(load_folders([SMALL]))
        await bench.private("小事", "1", "昨天", "2", "更新", "1")
        (row,) = await bench.rows("SELECT stage_id FROM refund_cases")
        assert row["stage_id"] == "waiting"
        return bench.clock.moment + timedelta(hours=48)

    async def test_the_clock_moves_the_case_as_of_the_moment_it_fell_due(self, bench: Bench) -> None:
        due = await self.waiting(bench)
        await bench.advance(to=due)
        await bench.advance(seconds=20)
        rows = await bench.rows("SELECT stage_id, stage_entered_at FROM refund_cases")
        assert rows == [{"stage_id": "arbitration", "stage_entered_at": f"{due.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"}]

    async def test_after_a_long_downtime_the_first_look_finds_it_moved_as_of_then(self, bench: Bench) -> None:
        due = await self.waiting(bench)
        bench.clock.moment += timedelta(days=40)
        await bench.restart()
        await bench.private("进度")
        rows = await bench.rows("SELECT stage_id, stage_entered_at FROM refund_cases")
        assert rows == [{"stage_id": "arbitration", "stage_entered_at": f"{due.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"}]
        events = await bench.rows("SELECT event_id FROM refund_case_events ORDER BY id")
        assert [event["event_id"] for event in events] == ["applied", "merchant-reply"]

    async def test_looking_and_the_timekeeper_move_it_only_once(self, bench: Bench) -> None:
        await self.waiting(bench)
        bench.clock.moment += timedelta(days=3)
        await asyncio.gather(
            bench.private("进度"), bench.assembly.due_changes.pass_due_timers(bench.clock.now()), bench.private("我的")
        )
        events = await bench.rows("SELECT event_id FROM refund_case_events ORDER BY id")
        assert [event["event_id"] for event in events] == ["applied", "merchant-reply"]

    async def test_the_same_moment_twice_changes_nothing_more(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        await bench.advance(days=8)
        before = await bench.rows("SELECT * FROM refund_cases")
        await bench.advance()
        assert await bench.rows("SELECT * FROM refund_cases") == before

    async def test_a_passed_deadline_is_called_passed(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        await bench.advance(days=8)
        assert "过了" in (await bench.private("进度"))[0]


class TestClosing:
    async def test_closing_cancels_the_reminders(self, bench: Bench) -> None:
        (said,) = await bench.private(*SHOP, "结案", "已退款")
        assert "已结案：已退款" in said
        rows = await bench.rows("SELECT DISTINCT state, reason FROM refund_reminders")
        assert rows == [{"state": "cancelled", "reason": "case_closed"}]
        assert await bench.advance(days=10) == []

    async def test_a_closed_case_takes_no_more_events(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        code = await bench.only_code()
        await bench.private("结案", "1")
        for command in ("更新", "结案"):
            assert await bench.private(f"{command} {code}") == [casework.ALREADY_CLOSED.format(code=code)]

    async def test_closing_ends_the_change_that_was_under_way(self, bench: Bench) -> None:
        await bench.private(*SHOP, "修改 1", "结案", "4")
        assert await bench.private("前天") == [wording.CLOSED_TALK]
        assert await bench.rows("SELECT * FROM refund_reminders WHERE state = 'pending'") == []


class TestEvidence:
    async def test_tick_look_and_untick(self, bench: Bench) -> None:
        listed = (await bench.private(*SHOP, "材料"))[0]
        assert "○" in listed
        ticked = (await bench.private("1、2"))[0]
        assert ticked.count("✓") == 2
        assert "为什么要" in (await bench.private("看 1"))[0]
        assert (await bench.private("1"))[0].count("✓") == 1

    async def test_a_picture_is_ticked_not_kept(self, bench: Bench) -> None:
        await bench.private(*SHOP, "材料")
        said, _ = await bench.private("", segments=("image",))
        assert "没有保存图片" in said
        listed, _ = await bench.private("材料")
        assert "1. ✓" in listed

    async def test_mine_is_private_to_its_owner(self, bench: Bench) -> None:
        await bench.private(*SHOP, "材料", "1", user=USER)
        assert await bench.private("材料", user=OTHER) == [casework.NO_CASE]
