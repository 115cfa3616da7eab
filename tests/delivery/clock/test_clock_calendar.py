"""钟与日历：跨进放假安排还没公布的新年，主机用有夏令时的时区。"""

import time as system_time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nonebot_plugin_refund.domain.days.calendar import WorkCalendar, YearArrangement, library_arrangement
from nonebot_plugin_refund.domain.days.reminders import QuietHours, plan_reminders
from nonebot_plugin_refund.domain.days.timers import plan_timer
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Timer
from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.case.cases import CaseDraft
from nonebot_plugin_refund.storage.person import people
from nonebot_plugin_refund.storage.records import Person, TimerRecord
from nonebot_plugin_refund.storage.reminding import timers
from nonebot_plugin_refund.storage.reminding.timers import ReminderDraft, TimerDraft

World = Any
SHANGHAI = ZoneInfo("Asia/Shanghai")
PERSON = Person("onebot", "10001")
QUIET = QuietHours()


def _arrangement_without_2027(year: int) -> YearArrangement | None:
    return None if year > 2026 else library_arrangement(year)


def _arrangement_with_2027(year: int) -> YearArrangement | None:
    if year != 2027:
        return _arrangement_without_2027(year)
    days = {date(2027, 1, day): "元旦" for day in (1, 2, 3)}
    return YearArrangement(holidays=days, made_up=frozenset({date(2027, 1, 9)}))


def _workday_timer() -> Timer:
    """退款到账：7 个工作日，过后一天提醒。"""
    stages = load_rulebook().edition("shop-return").scenario.stages
    return next(timer for stage in stages for timer in stage.timers if timer.id == "money-arrives")


async def _date(world: World, calendar: WorkCalendar, case_id: int | None = None) -> TimerRecord:
    """按这份日历排好时限和提醒：没有案件就先立一件。"""
    now = world.clock.now()
    timer = _workday_timer()
    plan = plan_timer(timer, date(2026, 12, 28), calendar)
    planned = [ReminderDraft.of_plan(each) for each in plan_reminders(timer, plan, now, QUIET)]
    async with world.database.transaction() as session:
        await people.touch(session, PERSON, now)
        if case_id is None:
            draft = CaseDraft("9000", "shop-return", "d1", {}, "r1", 1, "eligible")
            case = await cases.create(session, PERSON, draft, now)
        else:
            case = await cases.get_by_id(session, PERSON, case_id)
            assert case is not None
        (current,) = await timers.replace_timers(session, case, [TimerDraft.of_plan(plan)], planned, now)
    return current


async def test_a_reminder_dated_into_an_unpublished_year_says_so_and_is_sent_after_the_latest_day(world: World) -> None:
    world.clock.moment = datetime(2026, 12, 28, 12, tzinfo=SHANGHAI)
    timer = await _date(world, WorkCalendar(_arrangement_without_2027))
    assert timer.certain is False
    assert timer.due_at.year == 2027
    worker = world.worker(quiet=QUIET)
    while world.clock.now() < timer.due_at:
        await worker.run_once()
        assert world.messenger.received == []
        world.clock.advance(hours=6)
    world.clock.moment = (await world.only_reminder()).due_at
    assert world.clock.now() > timer.due_at
    await worker.run_once()
    assert (await world.states(), len(world.messenger.received)) == (["sent"], 1)


async def test_the_published_schedule_moves_the_reminder_and_sends_it_once(world: World) -> None:
    world.clock.moment = datetime(2026, 12, 28, 12, tzinfo=SHANGHAI)
    before = await _date(world, WorkCalendar(_arrangement_without_2027))
    world.clock.moment = datetime(2026, 12, 30, 12, tzinfo=SHANGHAI)
    after = await _date(world, WorkCalendar(_arrangement_with_2027), before.case_id)
    assert (after.certain, after.timer_version) == (True, before.timer_version + 1)
    assert after.due_at != before.due_at
    worker = world.worker(quiet=QUIET)
    for reminder in await world.reminders():
        world.clock.moment = reminder.due_at
        await worker.run_once()
    world.clock.moment += timedelta(days=30)
    await worker.run_once()
    assert await world.states() == ["cancelled", "sent"]
    assert len(world.messenger.received) == 1


@pytest.fixture(params=["America/New_York", "Europe/London", "UTC"])
def host_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """把主机的时区换掉；测试完再换回来。"""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", request.param)
        system_time.tzset()
        yield request.param
    system_time.tzset()


@pytest.mark.usefixtures("host_zone")
@pytest.mark.parametrize(
    "turn",
    [
        datetime(2026, 11, 1, 6, tzinfo=UTC),  # 纽约 02:00 拨回 01:00
        datetime(2027, 3, 14, 7, tzinfo=UTC),  # 纽约 02:00 拨到 03:00
        datetime(2027, 3, 28, 1, tzinfo=UTC),  # 伦敦拨快
        datetime(2026, 10, 25, 1, tzinfo=UTC),  # 伦敦拨回
    ],
)
async def test_the_hosts_daylight_saving_moves_no_reminder(world: World, turn: datetime) -> None:
    world.clock.moment = turn - timedelta(hours=2)
    await world.open_case(hours=(1, 2, 3))
    planned = [reminder.due_at for reminder in await world.reminders()]
    assert planned == [turn + timedelta(hours=hour) for hour in (-1, 0, 1)]
    worker = world.worker()
    for number, moment in enumerate(planned):
        world.clock.moment = moment - timedelta(seconds=1)
        await worker.run_once()
        assert len(world.messenger.received) == number, "早一秒也不发"
        world.clock.moment = moment
        await worker.run_once()
        assert len(world.messenger.received) == number + 1
    settled = [reminder.settled_at for reminder in await world.reminders()]
    assert settled == planned


@pytest.mark.usefixtures("host_zone")
async def test_quiet_hours_are_shanghais_whatever_the_host_says(world: World) -> None:
    await world.open_case(hours=(0,), due_in=200)
    worker = world.worker(quiet=QUIET)
    world.clock.moment = datetime(2026, 11, 23, 23, 30, tzinfo=SHANGHAI)
    await worker.run_once()
    assert world.messenger.received == []
    world.clock.moment = datetime(2026, 11, 24, 8, 0, tzinfo=SHANGHAI)
    await worker.run_once()
    assert len(world.messenger.received) == 1
