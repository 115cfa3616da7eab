"""发件箱：领取只有一个赢家，围栏挡住过期的进程，领取的代价与排队多少无关。"""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite

from nonebot_plugin_refund.delivery.messenger import Account, Receipt
from nonebot_plugin_refund.delivery.queue import claiming, dead_letters, outbox
from nonebot_plugin_refund.delivery.queue.claiming import claim
from nonebot_plugin_refund.delivery.queue.outbox import Ending, mark_sending, settle
from nonebot_plugin_refund.delivery.queue.taking_back import give_back, reclaim
from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.records import Person, ReminderRecord
from nonebot_plugin_refund.storage.reminding import reminders, timers
from nonebot_plugin_refund.storage.reminding.reminders import ReminderState
from tests.backends import sqlite_only

World = Any
LEASE = timedelta(seconds=120)
SENT = Ending(ReminderState.SENT)


async def _claim(world: World, account: Account, limit: int = 10) -> list[ReminderRecord]:
    async with world.database.transaction() as session:
        return await claim(session, account, world.clock.now(), limit=limit, lease=LEASE)


async def _reclaim(world: World) -> int:
    async with world.database.transaction() as session:
        return await reclaim(session, world.clock.now(), lease=LEASE)


async def _mark(world: World, reminder: ReminderRecord) -> bool:
    async with world.database.transaction() as session:
        return await mark_sending(session, reminder, world.clock.now(), LEASE)


async def _settle(world: World, reminder: ReminderRecord) -> bool:
    async with world.database.transaction() as session:
        return await settle(session, reminder, SENT, world.clock.now())


async def test_two_processes_never_claim_the_same_reminder(world: World, account: Account) -> None:
    for n in range(10):
        await world.open_case(str(20000 + n))
    other = Database(world.target)

    async def grab(database: Database) -> list[ReminderRecord]:
        async with database.transaction() as session:
            return await claim(session, account, world.clock.now(), limit=3, lease=LEASE)

    grabbed = await asyncio.gather(*(grab(database) for _ in range(4) for database in (world.database, other)))
    await other.close()
    ids = [reminder.id for batch in grabbed for reminder in batch]
    assert len(ids) == len(set(ids)) == 10


async def test_a_process_that_stops_gives_back_only_what_is_still_its_own(world: World, account: Account) -> None:
    for user in ("1", "2", "3"):
        await world.open_case(user)
    held = await _claim(world, account)
    assert await _mark(world, held[1])
    world.clock.advance(minutes=5)
    assert await _reclaim(world) == 3
    world.clock.advance(minutes=1)
    taken_over = await _claim(world, account, limit=1)
    async with world.database.transaction() as session:
        delay = timedelta(seconds=20)
        assert await give_back(session, held, world.clock.now(), reconcile_delay=delay) == 0
        assert (await give_back(session, taken_over, world.clock.now(), reconcile_delay=delay)) == len(taken_over)


async def test_only_what_is_due_and_belongs_to_the_account_is_claimed(world: World, account: Account) -> None:
    await world.open_case(hours=(0, 5))
    assert await _claim(world, Account("onebot", "9001")) == []
    assert await _claim(world, Account("console", "9000")) == []
    (claimed,) = await _claim(world, account)
    assert (claimed.offset, claimed.state, claimed.attempt) == ("h0", "claimed", 1)
    assert await _claim(world, account) == []


async def test_the_same_numbers_on_two_platforms_are_claimed_each_by_its_own_account(
    world: World, account: Account
) -> None:
    elsewhere = Account("console", account.self_id)
    _, _, (theirs,) = await world.open_case("1")
    async with world.database.transaction() as session:
        await session.execute(text("UPDATE refund_reminders SET platform = 'console'"))
    _, _, (mine,) = await world.open_case("1")
    assert [reminder.id for reminder in await _claim(world, account)] == [mine.id]
    assert [reminder.id for reminder in await _claim(world, elsewhere)] == [theirs.id]


async def test_what_waits_for_another_account_neither_holds_back_nor_comes_along(
    world: World, account: Account
) -> None:
    absent = Account(account.platform, "9001")
    await world.open_case("1", hours=(0, 2))
    async with world.database.transaction() as session:
        await session.execute(text("UPDATE refund_reminders SET self_id = '9001'"))
    await world.open_case("1", hours=(1, 3))
    world.clock.advance(hours=4)
    assert [reminder.offset for reminder in await _claim(world, account, limit=1)] == ["h1", "h3"]
    assert [reminder.offset for reminder in await _claim(world, absent, limit=1)] == ["h0", "h2"]


async def test_all_that_is_due_for_a_person_is_claimed_together_beyond_the_limit(
    world: World, account: Account
) -> None:
    await world.open_case("1", hours=(0, 2, 3))
    await world.open_case("2", hours=(1, 2))
    world.clock.advance(hours=4)
    claimed = await _claim(world, account, limit=1)
    assert [reminder.offset for reminder in claimed] == ["h0", "h2", "h3"]


async def test_a_slow_process_whose_lease_ran_out_cannot_mark_or_settle(world: World, account: Account) -> None:
    await world.open_case()
    (slow,) = await _claim(world, account)
    world.clock.advance(minutes=3)
    assert await _mark(world, slow) is False, "租约过了，哪怕还没被收回"
    assert await _reclaim(world) == 1
    (quick,) = await _claim(world, account)
    assert quick.attempt > slow.attempt
    assert await _mark(world, slow) is False
    assert await _mark(world, quick) is True
    assert await _settle(world, slow) is False
    assert await _settle(world, quick) is True
    assert await _settle(world, quick) is False
    assert await world.states() == ["sent"]


async def test_a_send_that_outlived_its_lease_is_unknown_and_the_late_settlement_is_refused(
    world: World, account: Account
) -> None:
    await world.open_case()
    (slow,) = await _claim(world, account)
    assert await _mark(world, slow) is True
    world.clock.advance(minutes=3)
    await _reclaim(world)
    assert await _settle(world, slow) is False
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.unknowns, reminder.possible_duplicate) == ("unknown", 1, True)


async def test_a_lease_from_before_the_clock_was_set_back_does_not_hold_for_days(
    world: World, account: Account
) -> None:
    await world.open_case()
    await _claim(world, account)
    world.clock.advance(days=-1)
    assert await _reclaim(world) == 1
    assert await world.states() == ["pending"]


async def test_a_living_lease_is_not_taken_away(world: World, account: Account) -> None:
    await world.open_case()
    await _claim(world, account)
    world.clock.advance(seconds=119)
    assert await _reclaim(world) == 0


@pytest.mark.parametrize("change", ["close", "redate", "done", "stop", "stop_case", "snooze"])
async def test_what_changed_after_the_claim_is_not_sent(world: World, account: Account, change: str) -> None:
    case, timer, _ = await world.open_case()
    (claimed,) = await _claim(world, account)
    now = world.clock.now()
    async with world.database.transaction() as session:
        if change == "close":
            await cases.close(session, case, "refunded", now)
        elif change == "redate":
            later = timers.TimerDraft(
                timer.timer_id, "deadline", "改期", now, timer.due_at + timedelta(days=1), timer.safe
            )
            await timers.replace_timers(session, case, [later], [], now)
        elif change == "done":
            await timers.complete(session, case.person, timer, now)
        elif change == "snooze":
            await reminders.snooze(session, case, timer, now + timedelta(hours=2), now)
        else:
            await reminders.stop(session, case.person, now, case=case if change == "stop_case" else None)
    assert await _mark(world, claimed) is False
    assert (await world.reminders())[0].state == "cancelled"


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE refund_cases SET closed_at = '2026-11-23 00:00:00.000000'", "case_closed"),
        ("UPDATE refund_case_timers SET state = 'cancelled'", "timer_settled"),
        ("UPDATE refund_case_timers SET timer_version = 7", "timer_settled"),
        ("UPDATE refund_people SET reminders_stopped = TRUE", "stopped"),
        ("UPDATE refund_cases SET reminders_stopped = TRUE", "stopped"),
    ],
)
async def test_the_mark_itself_checks_the_case_even_if_nobody_cancelled(
    world: World, account: Account, statement: str, reason: str
) -> None:
    await world.open_case()
    (claimed,) = await _claim(world, account)
    async with world.database.transaction() as session:
        await session.execute(text(statement))
    assert await _mark(world, claimed) is False
    async with world.database.session() as session:
        assert await outbox.why_not(session, claimed) == reason


@pytest.mark.parametrize("stranger", [Person("onebot", "10002"), Person("console", "10001")])
async def test_what_a_stranger_stopped_does_not_stop_the_mark(world: World, account: Account, stranger: Person) -> None:
    await world.open_case()
    (claimed,) = await _claim(world, account)
    async with world.database.transaction() as session:
        await reminders.stop(session, stranger, world.clock.now())
    assert await _mark(world, claimed) is True


async def test_a_full_pass_cancels_what_no_longer_holds_and_says_why(world: World) -> None:
    await world.open_case()
    async with world.database.transaction() as session:
        await session.execute(text("UPDATE refund_cases SET closed_at = '2026-11-23 00:00:00.000000'"))
    await world.worker().run_once()
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.reason, world.messenger.received) == ("cancelled", "case_closed", [])


@sqlite_only
async def test_claiming_walks_the_indexes_without_sorting(world: World, account: Account) -> None:
    now = world.clock.now()
    for due, index in (
        (claiming.claimable(account, ReminderState.PENDING, now), "ix_refund_reminders_claim"),
        (claiming.also_claimable(account, ["1", "2"], now), "ix_refund_reminders_person"),
    ):
        compiled = claiming.claim_statement(due.limit(100), now, LEASE).compile(
            dialect=sqlite.dialect(paramstyle="named"), compile_kwargs={"render_postcompile": True}
        )
        values = {name: str(value) for name, value in compiled.params.items()}
        async with world.database.session() as session:
            rows = await session.execute(text(f"EXPLAIN QUERY PLAN {compiled.string}"), values)
            steps = [row.detail for row in rows]
        assert any(f"INDEX {index} (" in step for step in steps)
        assert "SEARCH refund_reminders USING INTEGER PRIMARY KEY (rowid=?)" in steps
        assert not any("SCAN refund_reminders" in step or "TEMP B-TREE" in step for step in steps)


def test_postgresql_claims_past_rows_locked_by_others(account: Account) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    due = claiming.claimable(account, ReminderState.PENDING, now).limit(10)
    statement = claiming.claim_statement(due, now, LEASE)
    written = str(statement.compile(dialect=postgresql.dialect()))
    assert "FOR UPDATE SKIP LOCKED" in written
    assert "RETURNING" in written
    assert "SKIP LOCKED" not in str(statement.compile(dialect=sqlite.dialect()))


async def test_dead_letters_are_listed_and_retried(world: World) -> None:
    await world.open_case()
    async with world.database.transaction() as session:
        await session.execute(text("UPDATE refund_reminders SET state = 'dead', failures = 8, last_code = '34'"))
        (dead,) = await dead_letters.listed_by_case(session, world.clock.now(), limit=20)
        assert (dead.code, dead.count) == ("34", 1)
        assert await dead_letters.retry(session, world.clock.now(), case_code="没有这个号") == 0
        assert await dead_letters.retry(session, world.clock.now(), case_code=dead.case_code) == 1
    await world.worker().run_once()
    assert await world.states() == ["sent"]


async def test_a_late_receipt_is_known_to_whoever_took_over(world: World, account: Account) -> None:
    """慢的进程写不进提醒，但它的回音记在送达里，接手的人就不会再发一遍。"""
    await world.open_case()
    slow = world.worker()
    (claimed,) = await _claim(world, account)
    prepared = await slow._sender.prepare(account, [claimed], outbox.Channel.PRIVATE)
    assert prepared is not None
    world.clock.advance(minutes=3)
    await _reclaim(world)
    assert await slow._sender.settle(prepared, Receipt("m1")) == []
    assert await world.states() == ["unknown"]
    world.restart()
    await world.worker().run_once()
    assert (await world.states(), world.messenger.calls) == (["sent"], [])
