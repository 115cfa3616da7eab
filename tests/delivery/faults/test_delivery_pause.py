"""主人暂停推送：停着时一条也不推，什么也不丢；恢复后各推一次。"""

from datetime import time, timedelta
from typing import Any

import pytest

from nonebot_plugin_refund.delivery.messenger import Account, Receipt
from nonebot_plugin_refund.delivery.queue import claiming
from nonebot_plugin_refund.delivery.queue.outbox import Channel
from nonebot_plugin_refund.domain.days.reminders import QuietHours
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.owner import controls
from nonebot_plugin_refund.storage.records import Person, ReminderRecord

World = Any
CrashPlan = Any


async def _pause(world: World, database: Database | None = None) -> bool:
    async with (database or world.database).transaction() as session:
        return await controls.pause_sending(session, world.clock.now())


async def _resume(world: World) -> bool:
    async with world.database.transaction() as session:
        return await controls.resume_sending(session)


async def _claim(world: World, account: Account) -> list[ReminderRecord]:
    async with world.database.transaction() as session:
        return await claiming.claim(session, account, world.clock.now(), limit=9, lease=world.settings.lease)


async def test_nothing_is_sent_while_paused_and_everything_once_after_resuming(world: World) -> None:
    for user_id, hours in (("1", (0, 1)), ("2", (1,)), ("3", (5,))):
        await world.open_case(user_id, hours=hours)
    await _pause(world)
    for _ in range(4):
        await world.worker().run_once()
        world.clock.advance(hours=1)
    assert world.messenger.calls == []
    assert await world.states() == ["pending"] * 4
    await _resume(world)
    world.time.slept.clear()
    await world.worker().run_once()
    merged = sorted((user, text.count("<")) for _, user, text in world.messenger.received)
    assert merged == [("1", 2), ("2", 1)], "按人合并"
    assert len(world.time.slept) == 1, "第二个人隔一会儿再发"
    await world.run_until_settled()
    assert set(world.times_received().values()) == {1}
    assert await world.states() == ["sent"] * 4


async def test_the_pause_outlives_the_process_and_binds_every_other(world: World, account: Account) -> None:
    await world.open_case()
    await _pause(world)
    world.restart()
    second = Database(world.target)
    await world.worker(second).run_once()
    await world.worker().run_once()
    await second.close()
    assert (world.messenger.calls, await _claim(world, account)) == ([], [])
    await _resume(world)
    await world.worker().run_once()
    assert len(world.messenger.received) == 1


async def test_a_paused_worker_does_not_wake_up_for_what_is_due(world: World, account: Account) -> None:
    await world.open_case()
    async with world.database.session() as session:
        assert await claiming.next_due(session, [account]) == world.clock.now()
    await _pause(world)
    async with world.database.session() as session:
        assert await claiming.next_due(session, [account]) is None


async def test_what_was_claimed_before_the_pause_is_put_back_unsent(world: World, account: Account) -> None:
    await world.open_case()
    before = await world.only_reminder()
    claimed = await _claim(world, account)
    await _pause(world)
    await world.worker()._sender.deliver(account, claimed)
    after = await world.only_reminder()
    assert (world.messenger.calls, after.state, after.next_try_at) == ([], "pending", before.next_try_at)
    await _resume(world)
    await world.worker().run_once()
    assert world.times_received() == {before.id: 1}


async def test_a_doubtful_one_stays_doubtful_over_the_pause(world: World, account: Account) -> None:
    await world.open_case()
    world.messenger.behaviours["10001"] = ["lose"]
    await world.worker().run_once()
    world.clock.advance(minutes=1)
    claimed = await _claim(world, account)
    await _pause(world)
    await world.worker()._sender.deliver(account, claimed)
    assert await world.states() == ["unknown"]
    await _resume(world)
    await world.worker().run_once()
    assert [text.startswith("（可能重复）") for _, _, text in world.messenger.received] == [True]


async def test_nobody_is_mentioned_in_a_group_while_paused(world: World, account: Account) -> None:
    await world.open_case()
    await world.consent()
    world.messenger.friends["10001"] = False
    claimed = await _claim(world, account)
    await _pause(world)
    await world.worker()._sender.deliver(account, claimed)
    assert (world.messenger.calls, await world.states()) == ([], ["pending"])


async def test_a_person_who_speaks_is_told_what_is_owed_even_while_paused(world: World, account: Account) -> None:
    await world.open_case()
    await _pause(world)
    heard: list[str | None] = []

    async def reply(owed: str | None) -> Receipt:
        heard.append(owed)
        return Receipt("1")

    await world.worker().next_message.deliver_with_reply(account, Person("onebot", "10001"), reply)
    reminder = await world.only_reminder()
    assert (heard, reminder.state, reminder.channel) == ([f"<{reminder.id}>"], "sent", Channel.ON_NEXT_MESSAGE)


async def test_quiet_hours_still_hold_after_resuming(world: World) -> None:
    world.settings = world.worker(quiet=QuietHours(time(22), time(8)))._settings
    await world.open_case(due_in=72)
    await _pause(world)
    world.clock.advance(hours=11)
    await _resume(world)
    await world.worker().run_once()
    assert world.messenger.calls == [], "恢复时是上海 23 点"
    world.clock.advance(hours=9, minutes=1)
    await world.worker().run_once()
    assert len(world.messenger.received) == 1


async def test_pausing_twice_keeps_the_first_moment_and_resuming_twice_is_harmless(world: World) -> None:
    assert await _pause(world) is True
    first = world.clock.now()
    world.clock.advance(hours=1)
    assert await _pause(world) is False
    async with world.database.session() as session:
        assert await controls.sending_paused_since(session) == first
    assert (await _resume(world), await _resume(world)) == (True, False)
    async with world.database.session() as session:
        assert await controls.sending_paused_since(session) is None


@pytest.mark.parametrize("at", range(1, 25, 2))
async def test_a_crash_anywhere_between_pausing_and_resuming_loses_and_repeats_nothing(
    world: World, crash_plan: type[CrashPlan], at: int
) -> None:
    for user_id in ("1", "2"):
        await world.open_case(user_id)
    plan = crash_plan(at=at)
    database = world.restart(plan)
    worker = world.worker(database)
    try:
        await _pause(world, database)
        await worker.run_once()
        async with database.transaction() as session:
            await controls.resume_sending(session)
        await worker.run_once()
    except BaseException as crash:
        if type(crash).__name__ not in ("Crash", "BaseExceptionGroup"):
            raise
    world.restart()
    async with world.database.session() as session:
        paused = await controls.sending_paused_since(session) is not None
    before = len(world.messenger.received)
    world.clock.advance(minutes=3)
    await world.worker().run_once()
    if paused:
        assert len(world.messenger.received) == before == 0
        await _resume(world)
    world.clock.advance(minutes=3)
    await world.run_until_settled()
    assert await world.states() == ["sent", "sent"]
    marked = sum(text.startswith("（可能重复）") for _, _, text in world.messenger.received)
    assert sorted(world.times_received()) == sorted(reminder.id for reminder in await world.reminders())
    assert sum(world.times_received().values()) <= 2 + marked


async def test_the_clock_running_on_during_a_pause_composes_at_the_moment_of_sending(world: World) -> None:
    """停过了截止：文案在恢复后、出手时才写，写的是那时的情形。"""
    await world.open_case(due_in=2)
    await _pause(world)
    world.clock.advance(hours=3)
    seen: list[Any] = []
    compose = world.composer.compose

    async def remembering(session: Any, reminders: Any, now: Any) -> Any:
        seen.append(now)
        return await compose(session, reminders, now)

    world.composer.compose = remembering
    await _resume(world)
    world.clock.advance(minutes=1)
    await world.worker().run_once()
    assert seen == [world.clock.now()]
    assert timedelta(hours=3) < world.clock.now() - (await world.only_reminder()).due_at
