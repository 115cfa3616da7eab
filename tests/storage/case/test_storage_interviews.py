"""访谈：一人一场进行中，改动不会互相覆盖。"""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from nonebot_plugin_refund.storage.case import interviews
from nonebot_plugin_refund.storage.case.interviews import InterviewStatus
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.errors import StaleVersionError
from nonebot_plugin_refund.storage.records import InterviewRecord, Person
from nonebot_plugin_refund.storage.tables import InterviewRow


async def _start(database: Database, person: Person, scenario: str, now: datetime) -> InterviewRecord:
    async with database.transaction() as session:
        return await interviews.start(
            session,
            person,
            self_id="9000",
            scenario_id=scenario,
            rulebook_digest="d1",
            state={"answers": {"金额": "￥99.9"}, "at": "q1"},
            now=now,
        )


async def test_starting_a_second_interview_keeps_the_first_for_later(
    database: Database, alice: Person, now: datetime
) -> None:
    first = await _start(database, alice, "shop-return", now)
    second = await _start(database, alice, "top-up", now)
    async with database.session() as session:
        running = await interviews.active(session, alice)
        resting = await interviews.suspended(session, alice)
    assert running == second
    assert [interview.id for interview in resting] == [first.id]
    assert resting[0].state == first.state
    async with database.transaction() as session:
        resumed = await interviews.resume(session, resting[0], now)
        assert (await interviews.active(session, alice)) == resumed
        assert [i.id for i in await interviews.suspended(session, alice)] == [second.id]


async def test_two_active_interviews_of_one_person_are_impossible(
    database: Database, alice: Person, bob: Person, now: datetime
) -> None:
    await _start(database, alice, "shop-return", now)
    await _start(database, alice, "top-up", now)
    await _start(database, bob, "top-up", now)
    with pytest.raises(IntegrityError):
        async with database.transaction() as session:
            await session.execute(text("UPDATE refund_interviews SET status = 'active'"))


async def test_the_slower_of_two_changes_is_refused(database: Database, alice: Person, now: datetime) -> None:
    read = await _start(database, alice, "shop-return", now)

    async def answer(value: str) -> bool:
        try:
            async with database.transaction() as session:
                await interviews.save(session, read, now=now, state={"at": value})
        except StaleVersionError:
            return False
        return True

    outcomes = await asyncio.gather(answer("q2"), answer("q3"), answer("q4"))
    assert sorted(outcomes) == [False, False, True]
    async with database.session() as session:
        row = await session.scalar(select(InterviewRow))
    assert row is not None
    assert row.version == 2


async def test_finishing_leaves_no_active_interview(database: Database, alice: Person, now: datetime) -> None:
    interview = await _start(database, alice, "shop-return", now)
    async with database.transaction() as session:
        saved = await interviews.save(session, interview, now=now, status=InterviewStatus.FINISHED, case_id=7)
    assert (saved.status, saved.case_id, saved.state) == ("finished", 7, interview.state)
    async with database.session() as session:
        assert await interviews.active(session, alice) is None


async def test_the_interviews_of_another_and_of_the_same_number_elsewhere_are_neither_seen_counted_nor_put_aside(
    database: Database, alice: Person, bob: Person, now: datetime
) -> None:
    mine = await _start(database, alice, "shop-return", now)
    for stranger in (bob, Person("console", alice.user_id)):
        async with database.session() as session:
            assert await interviews.active(session, stranger) is None
            assert await interviews.count_started(session, stranger, now) == 0
        theirs = await _start(database, stranger, "top-up", now)
        async with database.transaction() as session:
            await interviews.suspend_active(session, stranger, now)
        async with database.session() as session:
            assert await interviews.active(session, alice) == mine
            assert await interviews.count_started(session, alice, now) == 1
            assert [one.id for one in await interviews.suspended(session, stranger)] == [theirs.id]


async def test_only_interviews_begun_since_are_counted(database: Database, alice: Person, now: datetime) -> None:
    await _start(database, alice, "shop-return", now - timedelta(hours=2))
    await _start(database, alice, "top-up", now)
    async with database.session() as session:
        assert await interviews.count_started(session, alice, now - timedelta(hours=1)) == 1
