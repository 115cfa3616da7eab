"""时限与提醒：随案件一起提交，改期不撞车，重做不重复。"""

from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from nonebot_plugin_refund.domain.days.check_ins import FOLLOW_UP
from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.case.cases import CaseDraft
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.person import people
from nonebot_plugin_refund.storage.records import CaseRecord, Person, ReminderRecord
from nonebot_plugin_refund.storage.reminding import check_ins, reminders, timers
from nonebot_plugin_refund.storage.reminding.timers import ReminderDraft, TimerDraft, replace_timers
from nonebot_plugin_refund.storage.tables import DeliveryItemRow, DeliveryRow, ReminderRow

MakeTimer = Callable[..., TimerDraft]


@pytest.fixture
async def session(database: Database) -> AsyncGenerator[AsyncSession]:
    async with database.transaction() as session:
        yield session


@pytest.fixture
async def case(session: AsyncSession, alice: Person, case_draft: CaseDraft, now: datetime) -> CaseRecord:
    await people.touch(session, alice, now)
    return await cases.create(session, alice, case_draft, now)


@pytest.fixture
async def theirs(session: AsyncSession, stranger: Person, case_draft: CaseDraft, now: datetime) -> CaseRecord:
    """不是 alice 的那个人的案件。"""
    await people.touch(session, stranger, now)
    return await cases.create(session, stranger, case_draft, now)


def _planned(timer: TimerDraft, *hours: int) -> list[ReminderDraft]:
    return [ReminderDraft(timer.timer_id, f"{h}h", timer.due_at - timedelta(hours=h)) for h in hours]


async def _states(session: AsyncSession, case: CaseRecord) -> dict[tuple[str, int, str], str]:
    found = await reminders.of_case(session, case.person, case.id)
    return {(r.timer_id, r.timer_version, r.offset): r.state for r in found}


async def test_repeating_the_same_plan_changes_nothing(
    session: AsyncSession, case: CaseRecord, timer_draft: MakeTimer, now: datetime
) -> None:
    timer = timer_draft()
    first = await replace_timers(session, case, [timer], _planned(timer, 3, 24), now)
    before = await reminders.of_case(session, case.person, case.id)
    again = await replace_timers(session, case, [timer], _planned(timer, 3, 24), now)
    assert again == first
    assert await reminders.of_case(session, case.person, case.id) == before
    assert len(before) == 2


async def test_a_moved_date_starts_a_new_version_and_back_again_another(
    session: AsyncSession, case: CaseRecord, timer_draft: MakeTimer, now: datetime
) -> None:
    early, late = timer_draft(days=4), timer_draft(days=6)
    versions = []
    for timer in (early, late, early):
        (current,) = await replace_timers(session, case, [timer], _planned(timer, 3), now)
        versions.append(current.timer_version)
    assert versions == [1, 2, 3]
    assert await _states(session, case) == {
        ("seven-days", 1, "3h"): "cancelled",
        ("seven-days", 2, "3h"): "cancelled",
        ("seven-days", 3, "3h"): "pending",
    }


async def test_a_timer_no_longer_wanted_takes_its_reminders_with_it(
    session: AsyncSession, case: CaseRecord, timer_draft: MakeTimer, now: datetime
) -> None:
    gone, kept = timer_draft("merchant-48h", 2), timer_draft()
    await replace_timers(session, case, [gone, kept], _planned(gone, 1) + _planned(kept, 1), now)
    await replace_timers(session, case, [kept], _planned(kept, 1), now)
    assert await _states(session, case) == {
        ("merchant-48h", 1, "1h"): "cancelled",
        ("seven-days", 1, "1h"): "pending",
    }
    assert [timer.timer_id for timer in await timers.current_timers(session, case.id)] == ["seven-days"]


async def test_replanned_offsets_are_added_moved_and_cancelled_within_a_version(
    session: AsyncSession, case: CaseRecord, timer_draft: MakeTimer, now: datetime
) -> None:
    timer = timer_draft()
    await replace_timers(session, case, [timer], _planned(timer, 3, 24), now)
    moved = ReminderDraft(timer.timer_id, "3h", timer.due_at - timedelta(hours=9))
    await replace_timers(session, case, [timer], [moved, *_planned(timer, 48)], now)
    assert await _states(session, case) == {
        ("seven-days", 1, "24h"): "cancelled",
        ("seven-days", 1, "3h"): "pending",
        ("seven-days", 1, "48h"): "pending",
    }
    found = {r.offset: r for r in await reminders.of_case(session, case.person, case.id)}
    assert found["3h"].due_at == found["3h"].next_try_at == moved.due_at


async def test_planning_again_leaves_a_put_off_try_where_it_was_unless_the_moment_moves(
    session: AsyncSession, case: CaseRecord, timer_draft: MakeTimer, now: datetime
) -> None:
    timer = timer_draft()
    await replace_timers(session, case, [timer], _planned(timer, 3), now)
    put_off = timer.due_at - timedelta(hours=1)
    await session.execute(update(ReminderRow).values(next_try_at=put_off))
    await replace_timers(session, case, [timer], _planned(timer, 3), now)
    assert (await _one(session, case, "3h")).next_try_at == put_off
    moved = ReminderDraft(timer.timer_id, "3h", timer.due_at - timedelta(hours=2))
    await replace_timers(session, case, [timer], [moved], now)
    assert (await _one(session, case, "3h")).next_try_at == moved.due_at


async def test_what_was_done_is_not_asked_for_again_unless_its_date_moves(
    session: AsyncSession, case: CaseRecord, timer_draft: MakeTimer, now: datetime
) -> None:
    timer, later = timer_draft(), timer_draft(days=9)
    (current,) = await replace_timers(session, case, [timer], _planned(timer, 3), now)
    assert await timers.complete(session, case.person, current, now) is True
    assert await timers.complete(session, case.person, current, now) is False
    (same,) = await replace_timers(session, case, [timer], _planned(timer, 3), now)
    assert same.state == "done"
    assert await _states(session, case) == {("seven-days", 1, "3h"): "cancelled"}
    await replace_timers(session, case, [later], _planned(later, 3), now)
    assert (await _states(session, case))["seven-days", 2, "3h"] == "pending"


async def test_a_timer_is_due_at_its_moment_and_not_before(
    session: AsyncSession, case: CaseRecord, timer_draft: MakeTimer, now: datetime
) -> None:
    timer = timer_draft()
    (current,) = await replace_timers(session, case, [timer], [], now)
    assert await timers.due_timers(session, timer.due_at - timedelta(seconds=1), 10) == []
    assert await timers.due_timers(session, timer.due_at, 10) == [(case, current)]


async def test_a_passed_timer_still_speaks_when_the_clock_moved_the_stage(
    session: AsyncSession, case: CaseRecord, timer_draft: MakeTimer, now: datetime
) -> None:
    timer, following = timer_draft(days=1), timer_draft("next", 9)
    await replace_timers(session, case, [timer], _planned(timer, 0), now)
    after = now + timedelta(days=2)
    ((owner, due),) = await timers.due_timers(session, after, 10)
    assert owner.id == case.id
    assert await timers.mark_passed(session, due, after) is True
    assert await timers.mark_passed(session, due, after) is False
    await replace_timers(session, case, [following], [], after, keep_passed=True)
    assert await _states(session, case) == {("seven-days", 1, "0h"): "pending"}
    await replace_timers(session, case, [following], [], after)
    assert await _states(session, case) == {("seven-days", 1, "0h"): "cancelled"}


async def test_a_plan_that_contradicts_itself_is_refused(
    session: AsyncSession, case: CaseRecord, timer_draft: MakeTimer, now: datetime
) -> None:
    timer = timer_draft()
    with pytest.raises(ValueError, match="时限重复"):
        await replace_timers(session, case, [timer, timer], [], now)
    with pytest.raises(ValueError, match="没给出的时限"):
        await replace_timers(session, case, [timer], [ReminderDraft("other", "3h", now)], now)


async def test_a_plan_is_gone_with_the_transaction_that_made_it(
    database: Database, alice: Person, case_draft: CaseDraft, timer_draft: MakeTimer, now: datetime
) -> None:
    timer = timer_draft()

    async def open_and_crash() -> None:
        async with database.transaction() as session:
            case = await cases.create(session, alice, case_draft, now)
            await replace_timers(session, case, [timer], _planned(timer, 3), now)
            raise RuntimeError("crash")

    with pytest.raises(RuntimeError, match="crash"):
        await open_and_crash()
    async with database.session() as session:
        assert (await session.scalars(select(ReminderRow))).all() == []


async def _one(session: AsyncSession, case: CaseRecord, offset: str) -> ReminderRecord:
    (found,) = [r for r in await reminders.of_case(session, case.person, case.id) if r.offset.startswith(offset)]
    return found


async def test_snoozing_reminds_once_at_the_chosen_time(
    session: AsyncSession, case: CaseRecord, timer_draft: MakeTimer, now: datetime
) -> None:
    timer = timer_draft()
    (current,) = await replace_timers(session, case, [timer], _planned(timer, 3, 95), now)
    until = now + timedelta(hours=2)
    first = await reminders.snooze(session, case, current, until, now)
    again = await reminders.snooze(session, case, current, until, now)
    assert first is not None
    assert first == again
    assert (first.due_at, first.state) == (until, "pending")
    assert (await _one(session, case, "95h")).reason == "snoozed"
    assert (await _one(session, case, "3h")).state == "pending"
    await replace_timers(session, case, [timer], _planned(timer, 3), now)
    assert (await _one(session, case, "snooze@")).state == "pending"


async def test_a_finished_timer_cannot_be_snoozed(
    session: AsyncSession, case: CaseRecord, timer_draft: MakeTimer, now: datetime
) -> None:
    timer = timer_draft()
    (current,) = await replace_timers(session, case, [timer], _planned(timer, 3), now)
    await timers.complete(session, case.person, current, now)
    assert await reminders.snooze(session, case, current, now + timedelta(hours=2), now) is None


async def test_stopping_covers_plans_made_later_and_resuming_brings_all_back(
    session: AsyncSession, case: CaseRecord, timer_draft: MakeTimer, now: datetime
) -> None:
    timer, later = timer_draft(), timer_draft(days=9)
    await replace_timers(session, case, [timer], _planned(timer, 3), now)
    assert await reminders.stop(session, case.person, now) == 1
    await replace_timers(session, case, [later], _planned(later, 3, 24), now)
    assert set((await _states(session, case)).values()) == {"cancelled"}
    assert await reminders.resume(session, case.person, now) == 2
    assert await _states(session, case) == {
        ("seven-days", 1, "3h"): "cancelled",
        ("seven-days", 2, "3h"): "pending",
        ("seven-days", 2, "24h"): "pending",
    }


async def test_resuming_does_not_bring_back_what_came_due_meanwhile(
    session: AsyncSession, case: CaseRecord, timer_draft: MakeTimer, now: datetime
) -> None:
    timer = timer_draft()
    await replace_timers(session, case, [timer], _planned(timer, 3, 24), now)
    await reminders.stop(session, case.person, now)
    assert await reminders.resume(session, case.person, timer.due_at - timedelta(hours=24)) == 1
    assert await _states(session, case) == {("seven-days", 1, "24h"): "cancelled", ("seven-days", 1, "3h"): "pending"}


async def test_stopping_one_case_leaves_the_other_alone(
    session: AsyncSession, case: CaseRecord, case_draft: CaseDraft, timer_draft: MakeTimer, now: datetime
) -> None:
    other = await cases.create(session, case.person, case_draft, now)
    timer = timer_draft()
    for each in (case, other):
        await replace_timers(session, each, [timer], _planned(timer, 3), now)
    await reminders.stop(session, case.person, now, case=case)
    assert set((await _states(session, case)).values()) == {"cancelled"}
    assert set((await _states(session, other)).values()) == {"pending"}
    await reminders.stop(session, case.person, now)
    assert await reminders.resume(session, case.person, now) == 1
    assert set((await _states(session, case)).values()) == {"cancelled"}
    assert await reminders.resume(session, case.person, now, case=case) == 1


async def test_uncertain_timers_are_listed_for_redating(
    session: AsyncSession, case: CaseRecord, timer_draft: MakeTimer, now: datetime
) -> None:
    sure = timer_draft()
    unsure = TimerDraft("workdays", "expectation", "到账", now, sure.due_at, sure.safe, certain=False)
    await replace_timers(session, case, [sure, unsure], [], now)
    assert [timer.timer_id for _, timer in await timers.uncertain_timers(session)] == ["workdays"]


async def test_a_follow_up_planned_this_very_moment_is_not_yet_one_to_put_off(
    session: AsyncSession, case: CaseRecord, timer_draft: MakeTimer, now: datetime
) -> None:
    timer = timer_draft()
    follow_up = ReminderDraft(timer.timer_id, FOLLOW_UP, now + timedelta(days=3))
    await replace_timers(session, case, [timer], [follow_up], now)
    assert await check_ins.planned(session, case.id, now) == []
    (planned,) = await check_ins.planned(session, case.id, now + timedelta(seconds=1))
    assert planned.offset == FOLLOW_UP


async def test_stopping_for_oneself_stops_nobody_else(
    session: AsyncSession,
    case: CaseRecord,
    theirs: CaseRecord,
    timer_draft: MakeTimer,
    now: datetime,
) -> None:
    await reminders.stop(session, case.person, now)
    assert await reminders.is_stopped(session, case)
    assert not await reminders.is_stopped(session, theirs)
    timer = timer_draft()
    await replace_timers(session, theirs, [timer], _planned(timer, 3), now)
    assert set((await _states(session, theirs)).values()) == {"pending"}


async def test_a_stranger_stops_and_resumes_nothing_of_ones_case(
    session: AsyncSession, case: CaseRecord, stranger: Person, timer_draft: MakeTimer, now: datetime
) -> None:
    timer = timer_draft()
    await replace_timers(session, case, [timer], _planned(timer, 3), now)
    assert await reminders.stop(session, stranger, now, case=case) == 0
    assert not await reminders.is_stopped(session, case)
    await reminders.stop(session, case.person, now, case=case)
    assert await reminders.resume(session, stranger, now, case=case) == 0
    assert await reminders.is_stopped(session, case)


async def test_the_last_sent_is_ones_own_though_a_stranger_got_one_later(
    session: AsyncSession,
    case: CaseRecord,
    theirs: CaseRecord,
    timer_draft: MakeTimer,
    now: datetime,
) -> None:
    timer = timer_draft()
    for owner, minutes in ((case, 0), (theirs, 5)):
        await replace_timers(session, owner, [timer], _planned(timer, 3), now)
        await _sent(session, owner, now + timedelta(minutes=minutes))
    assert [reminder.case_id for reminder in await reminders.last_sent(session, case.person)] == [case.id]
    assert [reminder.case_id for reminder in await reminders.last_sent(session, theirs.person)] == [theirs.id]


async def test_a_quoted_message_is_ones_own_though_another_platform_has_one_with_the_same_number(
    session: AsyncSession, case: CaseRecord, case_draft: CaseDraft, timer_draft: MakeTimer, now: datetime
) -> None:
    same_number_elsewhere = await cases.create(session, Person("console", case.user_id), case_draft, now)
    timer = timer_draft()
    for owner in (case, same_number_elsewhere):
        await replace_timers(session, owner, [timer], _planned(timer, 3), now)
        await _sent(session, owner, now, message_id="7")
    for owner in (case, same_number_elsewhere):
        quoted = await reminders.of_message(session, owner.person, owner.self_id, "7")
        assert [reminder.case_id for reminder in quoted] == [owner.id]


async def test_a_quoted_message_is_that_of_the_account_that_was_quoted(
    session: AsyncSession, case: CaseRecord, case_draft: CaseDraft, timer_draft: MakeTimer, now: datetime
) -> None:
    other = await cases.create(session, case.person, replace(case_draft, self_id="9001"), now)
    timer = timer_draft()
    for owner in (case, other):
        await replace_timers(session, owner, [timer], _planned(timer, 3), now)
        await _sent(session, owner, now, message_id="7")
    for owner in (case, other):
        quoted = await reminders.of_message(session, owner.person, owner.self_id, "7")
        assert [reminder.case_id for reminder in quoted] == [owner.id]


async def _sent(session: AsyncSession, case: CaseRecord, at: datetime, *, message_id: str | None = None) -> None:
    """这件案件的提醒刚送到。"""
    delivery = DeliveryRow(
        platform=case.platform,
        self_id=case.self_id,
        user_id=case.user_id,
        channel="private",
        text="到日子了",
        outcome="sent",
        message_id=message_id,
        marked_duplicate=False,
        started_at=at,
        ended_at=at,
    )
    session.add(delivery)
    await session.flush()
    for row in await session.scalars(select(ReminderRow).where(ReminderRow.case_id == case.id)):
        row.state, row.delivery_id, row.channel, row.settled_at, row.attempt = "sent", delivery.id, "private", at, 1
        session.add(DeliveryItemRow(delivery_id=delivery.id, reminder_id=row.id, attempt=1))
    await session.flush()
