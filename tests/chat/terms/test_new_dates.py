"""放假安排公布后，当初说不准的日期重算，并告诉本人一次。"""

from datetime import UTC, date, datetime, timedelta

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI, WorkCalendar, YearArrangement, library_arrangement
from tests.chat.conversation_harness import USER, Bench

NEW_DATE = "放假安排公布了，日期重算过，改成"


def with_2027(year: int) -> YearArrangement | None:
    """假设 2027 年的通知出来了：元旦放 1 月 1 日到 3 日，1 月 9 日（周六）上班。"""
    if year != 2027:
        return library_arrangement(year)
    days = {date(2027, 1, day): "元旦" for day in (1, 2, 3)}
    return YearArrangement(holidays=days, made_up=frozenset({date(2027, 1, 9)}))


async def wait_for_12315(bench: Bench) -> None:
    """申诉走到“在 12315 提交了”：7 个工作日跨进 2027 年，日期说不准。"""
    bench.clock.moment = datetime(2026, 12, 30, 10, 0, tzinfo=SHANGHAI)
    await bench.private("平台判商家赢了 我不服 还能再申请吗")
    await bench.private("小店买的")
    await bench.private("平台判了 我不服")
    await bench.private("上周五")
    said = await bench.private("在 12315 提交了")
    assert "还没公布" in "\n".join(said)


async def test_owners_are_told_once_when_the_schedule_settles_their_dates(bench: Bench) -> None:
    await wait_for_12315(bench)
    await bench.assembly.due_changes.redate_uncertain(bench.clock.now())
    await bench.assembly.worker.run_once()
    assert bench.platform.received_by(USER) == []

    bench.calendar = WorkCalendar(source=with_2027)
    await bench.restart()
    for _ in range(2):
        await bench.assembly.due_changes.redate_uncertain(bench.clock.now())
        await bench.assembly.worker.run_once()

    (told,) = bench.platform.received_by(USER)
    assert f"{NEW_DATE} 2027年1月9日（周六）24 点" in told


async def test_people_who_stopped_reminders_are_not_told(bench: Bench) -> None:
    await wait_for_12315(bench)
    await bench.private("停止提醒")
    bench.calendar = WorkCalendar(source=with_2027)
    await bench.restart()
    await bench.assembly.due_changes.redate_uncertain(bench.clock.now())
    await bench.assembly.worker.run_once()

    assert bench.platform.received_by(USER) == []


async def test_looking_again_at_dates_that_stay_drops_no_reminder_that_is_still_owed(bench: Bench) -> None:
    await wait_for_12315(bench)
    (first,) = await bench.rows("SELECT min(due_at) AS at FROM refund_reminders WHERE state = 'pending'")
    bench.platform.online = False
    bench.clock.moment = datetime.fromisoformat(first["at"]).replace(tzinfo=UTC) + timedelta(hours=1)
    before = await bench.rows("SELECT id, timer_version, due_at, state FROM refund_reminders ORDER BY id")
    await bench.assembly.due_changes.redate_uncertain(bench.clock.now())
    assert await bench.rows("SELECT id, timer_version, due_at, state FROM refund_reminders ORDER BY id") == before
    bench.platform.online = True
    await bench.assembly.worker.run_once()
    assert len(bench.platform.received_by(USER)) == 1
