"""管理：只有主人在私聊里看得到；只有数目和案件号；暂停、恢复、重试说到做到。"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from nonebot_plugin_refund.delivery.messenger import Rejected, RejectionKind
from nonebot_plugin_refund.dialogue.owner import administration, sending
from nonebot_plugin_refund.dialogue.rulebooks import owner_commands
from nonebot_plugin_refund.storage.case.case_codes import ALPHABET
from nonebot_plugin_refund.storage.owner import daily_numbers
from nonebot_plugin_refund.storage.tables import CaseRow, ReminderRow
from tests.chat.case.test_case_flow import SHOP
from tests.chat.conversation_harness import PLATFORM, USER, Bench
from tests.chat.terms.test_reminder_answers import FIRST_REMINDER

OWNER = "10000"
SECRET = "枫叶街三十七号"


async def _administer(bench: Bench, *words: str) -> str:
    answers = [await bench.private(f"/退款 管理 {word}", user=OWNER, is_superuser=True) for word in words or ("",)]
    return "\n".join(answers[-1])


async def _open_cases(bench: Bench, how_many: int, **changes: Any) -> None:
    """直接在库里立案：每件一个新的人、一条排着的提醒。"""
    values = {"scenario": "live-tip", "stage": None, "verdict": "eligible", "closed": None, "outcome": None} | changes
    async with bench.assembly.database.transaction() as session:
        for _ in range(how_many):
            number = (await session.scalar(select(func.count()).select_from(CaseRow)) or 0) + 1
            owner = {"platform": PLATFORM, "user_id": f"{900000 + number}", "self_id": "10001"}
            case = CaseRow(
                id=number,
                code=_code(number),
                scenario_id=values["scenario"],
                rulebook_digest="d",
                answers={"said": SECRET},
                amounts={},
                ledger=[],
                rule_id="r",
                rule_version=1,
                verdict=values["verdict"],
                stage_id=values["stage"],
                stage_entered_at=bench.clock.now(),
                outcome=values["outcome"],
                opened_at=bench.clock.now(),
                updated_at=bench.clock.now(),
                closed_at=values["closed"],
                version=1,
                **owner,
            )
            session.add(case)
            await session.flush()
            due = bench.clock.now() + timedelta(days=40)
            moments = {"due_at": due, "next_try_at": due, "created_at": bench.clock.now()}
            reminder = {"case_id": number, "timer_id": "t", "timer_version": 1, "offset": "h0", "state": "pending"}
            session.add(ReminderRow(**reminder, **moments, **owner))
            await session.flush()


def _code(number: int) -> str:
    return f"K7Q{ALPHABET[number]}"


async def _change(bench: Bench, statement: str) -> None:
    async with bench.assembly.database.transaction() as session:
        await (await session.connection()).exec_driver_sql(statement)


CLOSED = {"closed": datetime(2026, 11, 23, 1, tzinfo=UTC), "outcome": "refunded"}


class TestWhoMayLook:
    @pytest.mark.parametrize(
        "words", ["", "案件", "结论", "提醒", "失败", "没送到", "重试 全部", "暂停推送", "恢复推送", "手册", "胡说"]
    )
    async def test_nobody_but_the_owner_gets_or_changes_anything(self, bench: Bench, words: str) -> None:
        await _open_cases(bench, 6)
        assert await bench.private(f"/退款 管理 {words}") == [administration.OWNERS_ONLY]
        assert await bench.private(f"管理 {words}") == [administration.OWNERS_ONLY]
        assert await bench.group(f"/退款 管理 {words}", is_superuser=True) == [administration.PRIVATE_ONLY]
        assert await bench.group(f"/退款 管理 {words}", is_group_admin=True) == [administration.OWNERS_ONLY]
        said = await bench.temporary(f"/退款 管理 {words}", user=OWNER, is_superuser=True)
        assert "案件" not in "".join(said), "临时会话可能落进群里"
        assert await bench.rows("SELECT * FROM refund_controls WHERE name != 'installation'") == []

    async def test_looking_takes_no_write_transaction(self, bench: Bench) -> None:
        await _open_cases(bench, 6)
        for word in ("", "案件", "结论", "提醒", "失败", "没送到"):
            async with bench.assembly.database.transaction():
                assert await _administer(bench, word), "写锁在别人手里，照样看得到"


class TestNumbers:
    async def test_the_overview_is_short_and_lists_what_else_there_is(self, bench: Bench) -> None:
        await _open_cases(bench, 6)
        await _open_cases(bench, 5, **CLOSED)
        said = await bench.private("/退款 管理", user=OWNER, is_superuser=True)
        assert all(len(text) <= 200 for text in said)
        report = "\n".join(said)
        assert "案件 11 件：没结 6 · 已结 5" in report
        assert "提醒 11 条：排着 11" in report
        assert "没有没送到的提醒" in report
        for word in ("案件", "结论", "提醒", "失败", "没送到", "重试", "暂停推送", "恢复推送", *owner_commands.WORDS):
            assert word in report

    async def test_cases_are_told_by_scenario_stage_and_outcome(self, bench: Bench) -> None:
        tip = bench.rulebook.edition("live-tip").scenario
        await _open_cases(bench, 6, stage=tip.stages[0].id)
        await _open_cases(bench, 7, scenario="gone-scenario", stage="gone-stage")
        await _open_cases(bench, 5, **CLOSED)
        report = await _administer(bench, "案件")
        assert "没结案 13 件" in report
        assert f"{tip.title} 6（{tip.stages[0].title} 6）" in report
        assert "gone-scenario 7（gone-stage 7）" in report
        assert "已结案 5 件：已退款 5" in report

    async def test_a_few_people_hide_behind_others(self, bench: Bench) -> None:
        await _open_cases(bench, 6)
        await _open_cases(bench, 9, scenario="top-up", verdict="unlikely")
        await _open_cases(bench, 2, scenario="shop-return", verdict="ineligible")
        report = await _administer(bench, "案件")
        assert "没结案 17 件" in report
        assert "快币充值 9" in report
        assert "其余 8" in report
        assert bench.rulebook.edition("shop-return").scenario.title not in report
        assert "较难 9 · 其余 8" in await _administer(bench, "结论")

    async def test_few_closed_cases_are_counted_with_the_open_ones(self, bench: Bench) -> None:
        await _open_cases(bench, 6)
        await _open_cases(bench, 2, **CLOSED)
        assert "案件：8 件" in await _administer(bench)
        assert "案件 8 件（没结和已结不分开报）" in await _administer(bench, "案件")

    async def test_two_looks_on_one_day_show_the_same_numbers_and_the_next_day_new_ones(self, bench: Bench) -> None:
        database = bench.assembly.database
        await _open_cases(bench, 8)
        assert await daily_numbers.count_once(database, bench.clock.now())
        first = await _administer(bench)
        await _open_cases(bench, 1)
        assert not await daily_numbers.count_once(database, bench.clock.now())
        again = await _administer(bench)
        bench.clock.moment += timedelta(days=1)
        await daily_numbers.count_once(database, bench.clock.now())
        next_day = await _administer(bench)

        assert first == again, "两次一减，看得出刚才多了谁的一件"
        assert "8 件" in first
        assert "9 件" in next_day

    async def test_what_is_to_be_acted_on_at_once_is_told_as_it_is_now(self, bench: Bench) -> None:
        await _open_cases(bench, 8)
        await daily_numbers.count_once(bench.assembly.database, bench.clock.now())
        paused = await _administer(bench, "暂停推送", "")

        assert "【推送停着】" in paused

    async def test_fewer_than_five_people_are_not_counted_at_all(self, bench: Bench) -> None:
        await _open_cases(bench, 4)
        for word in ("", "案件", "结论", "提醒", "失败"):
            report = await _administer(bench, word)
            assert "不到 5 个人，不报数" in report
            assert "4" not in report

    async def test_reminders_are_told_by_ending_and_reason(self, bench: Bench) -> None:
        await _open_cases(bench, 16)
        await _change(
            bench, "UPDATE refund_reminders SET state = 'cancelled', reason = 'case_closed' WHERE case_id < 7"
        )
        await _change(bench, "UPDATE refund_reminders SET state = 'sent', channel = 'private' WHERE case_id > 11")
        report = await _administer(bench, "提醒")
        assert "提醒：16 条" in report
        for line in ("作废 6（结案了 6）", "送到 5（私聊 5）", "排着 5"):
            assert line in report.splitlines()

    async def test_failures_are_told_by_what_the_other_side_answered(self, bench: Bench) -> None:
        bench.platform.failure = Rejected(RejectionKind.TRANSIENT, "120", "禁言 13800138000")
        for user in range(6):
            await bench.private(*SHOP, user=f"4000{user}")
        await bench.advance(to=FIRST_REMINDER)
        report = await _administer(bench, "失败")
        assert "被拒收" in report
        assert "120 被禁言" in report
        assert "13800138000" not in report

    async def test_no_report_holds_a_case_code_a_user_or_a_word_of_theirs(self, bench: Bench) -> None:
        await _open_cases(bench, 12)
        for word in ("", "案件", "结论", "提醒", "失败", "没送到", "手册"):
            report = await _administer(bench, word)
            assert SECRET not in report
            assert not any(_code(number) in report or f"{900000 + number}" in report for number in range(1, 13))


class TestUndelivered:
    async def _dead(self, bench: Bench, how_many: int = 1) -> None:
        await _open_cases(bench, how_many)
        await _change(
            bench,
            "UPDATE refund_reminders SET state = 'dead', reason = 'rejected', last_code = '34',"
            " last_wording = '发给 900001 失败', settled_at = '2026-11-22 01:00:00.000000'",
        )

    async def test_each_is_told_by_code_reason_and_since_when(self, bench: Bench) -> None:
        await self._dead(bench)
        report = await _administer(bench, "没送到")
        assert f"{_code(1)} 对方拒收（太长） 昨天 09:00" in report
        assert f"重试 {_code(1)}" in report
        assert "900001" not in report
        assert "没送到」看" in await _administer(bench)

    async def test_a_code_that_could_hold_a_number_is_not_shown(self, bench: Bench) -> None:
        await self._dead(bench)
        await _change(bench, "UPDATE refund_reminders SET last_code = '用户 900001 不存在'")
        assert "900001" not in await _administer(bench, "没送到")

    async def test_many_are_listed_a_few_at_a_time(self, bench: Bench) -> None:
        await self._dead(bench, how_many=9)
        report = await _administer(bench, "没送到")
        assert report.count("对方拒收") == 6
        assert sending.MORE in report

    @pytest.mark.parametrize("what", [_code(2), _code(2).lower(), "全部"])
    async def test_a_retry_is_sent_once_however_often_it_is_asked_for(self, bench: Bench, what: str) -> None:
        await self._dead(bench, how_many=2)
        assert "重新排上了" in await _administer(bench, f"重试 {what}")
        (before,) = await bench.rows("SELECT next_try_at, state FROM refund_reminders WHERE case_id = 2")
        assert before["state"] == "pending"
        bench.clock.moment += timedelta(minutes=1)
        assert "没有" in await _administer(bench, f"重试 {what}")
        (after,) = await bench.rows("SELECT next_try_at, state FROM refund_reminders WHERE case_id = 2")
        assert after == before

    async def test_only_the_named_case_is_retried(self, bench: Bench) -> None:
        await self._dead(bench, how_many=2)
        await _administer(bench, f"重试 {_code(2)}")
        rows = await bench.rows("SELECT state FROM refund_reminders ORDER BY case_id")
        assert [row["state"] for row in rows] == ["dead", "pending"]

    @pytest.mark.parametrize("what", ["", "一二三", f"{_code(1)} {_code(2)}"])
    async def test_what_to_retry_is_asked_for(self, bench: Bench, what: str) -> None:
        await self._dead(bench)
        assert "重试哪个" in await _administer(bench, f"重试 {what}")
        assert (await bench.rows("SELECT state FROM refund_reminders"))[0]["state"] == "dead"

    async def test_a_retry_while_paused_says_that_it_waits(self, bench: Bench) -> None:
        await self._dead(bench)
        report = await _administer(bench, "暂停推送", "重试 全部")
        assert report == sending.RETRIED_PAUSED.format(count=1)


class TestPausing:
    async def test_reminders_wait_for_the_resumption_and_then_come_once(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        await _administer(bench, "暂停推送")
        assert await bench.advance(to=FIRST_REMINDER) == []
        await bench.restart()
        assert await bench.advance(hours=1) == []
        assert "推送停着" in await _administer(bench)
        assert sending.RESUMED in await _administer(bench, "恢复推送")
        assert len(await bench.advance(minutes=1)) == 1
        assert await bench.advance(minutes=1) == []
        assert "推送停着" not in await _administer(bench)

    async def test_the_overview_says_since_when(self, bench: Bench) -> None:
        await _administer(bench, "暂停推送")
        bench.clock.moment += timedelta(days=1)
        assert (await _administer(bench)).startswith("【推送停着】从昨天 10:00起")
        assert "昨天 10:00" in await _administer(bench, "暂停推送")

    async def test_a_person_who_speaks_still_hears_what_is_owed(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        await _administer(bench, "暂停推送")
        await bench.advance(to=FIRST_REMINDER)
        (said, *_) = await bench.private("在吗")
        assert await bench.only_code() in said
        assert bench.platform.received_by(USER) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("暂停", "暂停推送"),
        ("恢复", "恢复推送"),
        ("没送", "没送到"),
        ("案件数", "案件"),
        ("手", "手册"),
        ("失误", "失败"),
    ],
)
async def test_a_near_miss_gets_a_suggestion(bench: Bench, written: str, meant: str) -> None:
    assert f"/退款 管理 {meant}」" in await _administer(bench, written)
    assert await bench.rows("SELECT * FROM refund_controls WHERE name != 'installation'") == []


async def test_anything_else_gets_the_list(bench: Bench) -> None:
    report = await _administer(bench, "天气怎么样")
    assert all(word in report for word in ("案件", "没送到", "重试", "暂停推送"))
