"""几个进程一个库：PostgreSQL 是有意的，SQLite 是误开了两个；哪一种都各领各的，一条不丢，一条不多。"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from nonebot_plugin_refund.delivery.messenger import Account, Rejected
from nonebot_plugin_refund.delivery.queue import claiming, taking_back
from nonebot_plugin_refund.delivery.queue.outbox import Channel
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.reminding.reminders import ReminderState
from nonebot_plugin_refund.storage.tables import ReminderRow
from tests.backends import postgres_only

World = Any
LEASE = timedelta(seconds=120)
OTHER = Account("onebot", "9001")


class FreezingDatabase(Database):
    """“写明要发”一提交就停住；停的时候外面发生 ``after_mark``。"""

    after_mark: Callable[[], Awaitable[None]] | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        async with super().transaction() as session:
            yield session
            sending = await session.scalar(select(ReminderRow.id).where(ReminderRow.state == ReminderState.SENDING))
        if sending is not None and self.after_mark is not None:
            frozen, self.after_mark = self.after_mark, None
            await frozen()


async def test_two_processes_connected_to_one_account_send_each_reminder_once(world: World) -> None:
    for n in range(12):
        await world.open_case(str(20000 + n), hours=(0, 1))
    world.clock.advance(hours=1)
    second = Database(world.target)
    workers = [world.worker(database, batch=2) for database in (world.database, second)]
    await asyncio.gather(*(worker.run_once() for worker in workers))
    await second.close()
    assert set(await world.states()) == {"sent"}
    assert set(world.times_received().values()) == {1}
    assert len(world.messenger.received) == 12


async def test_two_processes_that_both_never_rest_keep_the_promise_when_one_dies(world: World, crash_plan: Any) -> None:
    for step in range(1, 16, 2):
        await world.open_case(str(20000 + step))
        plan = crash_plan(at=step)
        dying = world.worker(world.restart(plan))
        world.messenger.at_each_step = crash_plan().step  # 对方的平台不跟着它死
        second = Database(world.target)
        surviving = world.worker(second)
        outcomes = await asyncio.gather(dying.run_once(), surviving.run_once(), return_exceptions=True)
        assert all(outcome is None or type(outcome).__name__ == "Crash" for outcome in outcomes)
        await second.close()
        world.restart()
        world.clock.advance(minutes=10)
    await world.run_until_settled()
    received = world.times_received()
    for reminder in await world.reminders():
        assert reminder.state == "sent"
        assert 1 <= received[reminder.id] <= 1 + reminder.unknowns


async def test_a_process_frozen_beyond_its_lease_sends_nothing_it_had_claimed(world: World, account: Account) -> None:
    """挂起时手里领着还没出手的：租约过期，别人接走，它醒来什么也发不了。"""
    await world.open_case()
    async with world.database.transaction() as session:
        claimed = await claiming.claim(session, account, world.clock.now(), limit=9, lease=LEASE)
    frozen = world.worker()._sender
    world.clock.advance(minutes=3)
    second = Database(world.target)
    await world.worker(second).run_once()
    await frozen.deliver(account, claimed)
    await second.close()
    assert await world.states() == ["sent"]
    assert set(world.times_received().values()) == {1}


async def test_a_process_frozen_between_its_mark_and_its_call_does_not_make_the_call(world: World) -> None:
    """写明要发、还没出手就被挂起：别人按不明接走发了；它醒来不许再发一遍。"""
    await world.open_case()
    frozen = FreezingDatabase(world.target)
    second = Database(world.target)

    async def freeze_and_be_overtaken() -> None:
        world.clock.advance(minutes=3)
        await world.worker(second).run_once()

    frozen.after_mark = freeze_and_be_overtaken
    await world.worker(frozen).run_once()
    for database in (frozen, second):
        await database.close()
    assert await world.states() == ["sent"]
    assert set(world.times_received().values()) == {1}
    assert [delivery.outcome for delivery in await world.deliveries()] == ["not_sent", "accepted"]


async def test_a_process_frozen_while_sending_overwrites_nothing(
    world: World, account: Account, rejected: Callable[[str], Rejected]
) -> None:
    """挂起时已经写明要发：别人按不明处理并了结；它醒来收到“被拒绝”，也改不动结局。"""
    await world.open_case()
    async with world.database.transaction() as session:
        claimed = await claiming.claim(session, account, world.clock.now(), limit=9, lease=LEASE)
    frozen = world.worker()._sender
    prepared = await frozen.prepare(account, claimed, Channel.PRIVATE)
    world.clock.advance(minutes=3)
    second = Database(world.target)
    await world.worker(second).run_once()
    assert await world.states() == ["sent"]
    assert await frozen.settle(prepared, rejected("permanent")) == []
    await second.close()
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.unknowns) == ("sent", 1)
    assert [delivery.outcome for delivery in await world.deliveries()] == ["rejected", "accepted"]


async def test_each_process_claims_only_what_its_own_accounts_can_deliver(world: World) -> None:
    for user_id in ("10001", "10002"):
        await world.open_case(user_id)
    async with world.database.transaction() as session:
        owner = update(ReminderRow).where(ReminderRow.user_id == "10002")
        await session.execute(owner.values(self_id=OTHER.self_id))
    second = Database(world.target)
    await world.worker().run_once()
    assert [to for _, to, _ in world.messenger.received] == ["10001"]
    world.messenger.connected = {OTHER}
    await world.worker(second).run_once()
    await second.close()
    assert [to for _, to, _ in world.messenger.received] == ["10001", "10002"]


@postgres_only
async def test_claiming_never_waits_for_rows_that_another_process_is_claiming(world: World, account: Account) -> None:
    for n in range(6):
        await world.open_case(str(20000 + n))
    second = Database(world.target)
    now = world.clock.now()
    async with asyncio.timeout(10), world.database.transaction() as first_session:
        first = await claiming.claim(first_session, account, now, limit=4, lease=LEASE)
        async with second.transaction() as session:
            rest = await claiming.claim(session, account, now, limit=9, lease=LEASE)
            assert await taking_back.reclaim(session, now + timedelta(days=1), lease=LEASE) == 2
    await second.close()
    assert len(first) == 4
    assert {reminder.id for reminder in first}.isdisjoint(reminder.id for reminder in rest)
    assert len(rest) == 2


@postgres_only
async def test_a_person_half_claimed_by_one_process_is_not_claimed_by_another(world: World, account: Account) -> None:
    """别的进程锁住了他最早的一条、还没来得及带上其余的：其余的不许被另一个进程拿去另发一条。"""
    for user_id in ("10001", "10002"):
        await world.open_case(user_id, hours=(0, 1))
    world.clock.advance(hours=1)
    now = world.clock.now()
    second = Database(world.target)
    async with asyncio.timeout(10), world.database.transaction() as first_session:
        leader = claiming.claimable(account, ReminderState.PENDING, now).limit(1)
        rows = await first_session.scalars(claiming.claim_statement(leader, now, LEASE))
        (half_claimed,) = [row.user_id for row in rows]
        async with second.transaction() as session:
            rest = await claiming.claim(session, account, now, limit=9, lease=LEASE)
    await second.close()
    assert [reminder.user_id for reminder in rest] == [({"10001", "10002"} - {half_claimed}).pop()] * 2
