"""到期清理：每张有人的数据的表都有尽头，没到头的不动。"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from nonebot_plugin_refund.storage.case import cases, interviews
from nonebot_plugin_refund.storage.case.cases import CaseDraft
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.person import notes, owed_replies, people, retention
from nonebot_plugin_refund.storage.person.personal_data import PURGE_BATCH
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.reminding import timers
from nonebot_plugin_refund.storage.reminding.reminders import ReminderState
from nonebot_plugin_refund.storage.reminding.timers import ReminderDraft, TimerDraft
from nonebot_plugin_refund.storage.tables import CaseRow, DeliveryRow, PersonRow, ReminderRow, metadata
from tests.storage.person.ends_of_data import ENDS

PERSONAL_COLUMNS = {"user_id", "case_id", "reminder_id", "delivery_id", "message_id"}
"""带着这些列的表里有人的数据。"""
KEPT = timedelta(days=180)


def test_every_table_with_personal_columns_has_an_end() -> None:
    personal = {name for name, table in metadata.tables.items() if PERSONAL_COLUMNS & set(table.columns.keys())}
    assert personal == set(ENDS)


async def _tidy(database: Database, now: datetime) -> None:
    for job in retention.JOBS:
        while True:
            async with database.transaction() as session:
                if not await job.purge(session, now - (KEPT if job.kept is None else job.kept)):
                    break


async def _people(database: Database) -> set[Person]:
    async with database.session() as session:
        rows = await session.execute(select(PersonRow.platform, PersonRow.user_id))
        return {Person(row.platform, row.user_id) for row in rows}


async def test_who_only_looked_in_is_forgotten_after_the_time_and_who_has_something_is_not(
    database: Database, alice: Person, bob: Person, case_draft: CaseDraft, now: datetime
) -> None:
    async with database.transaction() as session:
        await people.touch(session, alice, now)
        await people.touch(session, bob, now)
        await cases.create(session, bob, case_draft, now)
    await _tidy(database, now + KEPT)
    assert await _people(database) == {alice, bob}
    await _tidy(database, now + KEPT + timedelta(seconds=1))
    assert await _people(database) == {bob}


async def test_a_case_of_a_stranger_keeps_only_the_stranger(
    database: Database, alice: Person, stranger: Person, case_draft: CaseDraft, now: datetime
) -> None:
    async with database.transaction() as session:
        await people.touch(session, alice, now)
        await people.touch(session, stranger, now)
        await cases.create(session, stranger, case_draft, now)
    await _tidy(database, now + KEPT + timedelta(seconds=1))
    assert await _people(database) == {stranger}


async def test_what_was_sent_goes_after_its_time_and_what_is_younger_stays(
    database: Database, alice: Person, now: datetime
) -> None:
    younger = now + timedelta(seconds=1)
    async with database.transaction() as session:
        session.add_all([_delivery(alice, now), _delivery(alice, younger)])
    await _tidy(database, younger + KEPT)
    async with database.session() as session:
        assert (await session.scalars(select(DeliveryRow.started_at))).all() == [younger]


@pytest.mark.parametrize("years", [2, 4])
@pytest.mark.parametrize("state", [ReminderState.PENDING, ReminderState.DEAD])
async def test_an_open_case_ends_after_three_silent_years_unless_a_reminder_is_still_to_come(
    database: Database,
    alice: Person,
    case_draft: CaseDraft,
    timer_draft: Callable[..., TimerDraft],
    now: datetime,
    years: int,
    state: ReminderState,
) -> None:
    async with database.transaction() as session:
        case = await cases.create(session, alice, case_draft, now)
        timer = timer_draft()
        await timers.replace_timers(session, case, [timer], [ReminderDraft(timer.timer_id, "3h", timer.due_at)], now)
        await session.execute(update(ReminderRow).values(state=state))
        session.add(_delivery(alice, now))
    await _tidy(database, now + timedelta(days=366 * years))
    async with database.session() as session:
        left = len(await cases.listed(session, alice))
        assert left == (0 if years == 4 and state is ReminderState.DEAD else 1)
        assert not (await session.scalars(select(DeliveryRow.id))).all()


async def test_the_end_of_silent_cases_is_not_that_of_closed_ones(
    database: Database, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    async with database.transaction() as session:
        case = await cases.create(session, alice, case_draft, now)
        await cases.close(session, case, "refunded", now)
        assert await retention.purge_silent_cases(session, now + timedelta(days=1)) == 0
        await cases.create(session, alice, case_draft, now)
        assert await retention.purge_silent_cases(session, now + timedelta(days=1)) == 1


async def test_nothing_of_somebody_who_never_comes_back_stays_for_ever(
    database: Database, alice: Person, case_draft: CaseDraft, now: datetime
) -> None:
    async with database.transaction() as session:
        await people.touch(session, alice, now)
        await notes.put(session, alice, "delete", now + timedelta(minutes=5))
        await owed_replies.keep(session, alice, "9", ["没说到的话"], now)
        await cases.create(session, alice, case_draft, now)
        await interviews.start(
            session, alice, self_id="9", scenario_id="top-up", rulebook_digest="d1", state={}, now=now
        )
        session.add(_delivery(alice, now))
    await _tidy(database, now + timedelta(days=366 * 4))
    async with database.session() as session:
        for name, table in metadata.tables.items():
            if name in ENDS:
                assert not (await session.execute(select(table))).all(), name


async def test_more_than_a_batch_is_purged_in_several_short_transactions(
    database: Database, case_draft: CaseDraft, now: datetime
) -> None:
    count = PURGE_BATCH + 3
    async with database.transaction() as session:
        for number in range(count):
            await people.touch(session, Person("onebot", f"p{number}"), now)
    async with database.transaction() as session:
        assert await retention.purge_people(session, now + timedelta(days=1)) == PURGE_BATCH
    async with database.transaction() as session:
        assert await retention.purge_people(session, now + timedelta(days=1)) == 3
        assert await session.scalar(select(CaseRow.id)) is None


def _delivery(person: Person, now: datetime) -> DeliveryRow:
    return DeliveryRow(
        platform=person.platform,
        self_id="9000",
        user_id=person.user_id,
        channel="private",
        text="提醒",
        outcome="accepted",
        marked_duplicate=False,
        started_at=now,
    )
