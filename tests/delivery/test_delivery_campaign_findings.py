"""faults 战役找出来的：等间隔时收回了同意、领到之后掉了线、推迟时已有一条送不出去。"""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from nonebot_plugin_refund.delivery.messenger import Account
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.reminding import reminders

World = Any


async def test_consent_taken_back_while_waiting_for_the_slot_means_no_mention(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.open_case()
    await world.consent()
    world.messenger.friends["10001"] = False
    worker = world.worker()
    waits = 0

    async def take_back_at_the_second_wait(account: Account) -> None:
        nonlocal waits
        waits += 1
        if waits == 2:  # 头一次是出手之前，第二次是点名之前
            await world.consent(agreed=False)

    monkeypatch.setattr(worker._spacing, "wait", take_back_at_the_second_wait)
    await worker.run_once()
    assert waits == 2
    assert world.messenger.calls == []
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.reason) == ("waiting", "consent_withdrawn")


async def test_losing_the_connection_after_the_claim_is_waited_out_and_counts_as_no_failure(
    world: World, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.open_case()

    async def drop(*_: object) -> None:
        world.messenger.connected = set()

    monkeypatch.setattr(world.messenger, "is_friend", drop)
    worker = world.worker()
    for _ in range(worker._settings.max_failures + 1):
        world.messenger.connected = {account}
        await worker.run_once()
        world.clock.advance(minutes=1)
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.failures, reminder.reason) == ("pending", 0, "not_connected")


async def test_a_lookup_that_fails_while_connected_is_no_refusal_however_long_it_lasts(world: World) -> None:
    await world.open_case()
    world.messenger.friends["10001"] = None
    worker = world.worker()
    for _ in range(3 * worker._settings.max_failures):
        await worker.run_once()
        world.clock.advance(hours=1)
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.failures, reminder.reason) == ("pending", 0, "friend_lookup")
    assert reminder.next_try_at - world.clock.now() < worker._settings.lookup_cap, "好了以后不会再等很久"
    world.messenger.friends["10001"] = True
    await worker.run_once()
    assert await world.states() == ["sent"]


async def test_a_snooze_also_replaces_a_dead_letter_of_that_timer(world: World) -> None:
    case, timer, _ = await world.open_case()
    async with world.database.transaction() as session:
        await session.execute(text("UPDATE refund_reminders SET state = 'dead', reason = 'rejected'"))
        now = world.clock.now()
        await reminders.snooze(session, case, timer, now + timedelta(hours=2), now)
    dead, snoozed = await world.reminders()
    assert (dead.state, dead.reason, snoozed.state) == ("cancelled", "snoozed", "pending")
    assert await world.worker().next_message.pending(Person("onebot", "10001")) == 0


async def test_somebody_who_stopped_gets_no_snoozed_reminder_that_would_only_be_cancelled(world: World) -> None:
    case, timer, _ = await world.open_case()
    now = world.clock.now()
    async with world.database.transaction() as session:
        await reminders.stop(session, case.person, now)
        assert await reminders.snooze(session, case, timer, now + timedelta(hours=2), now) is None
    (stopped,) = await world.reminders()
    assert (stopped.state, stopped.reason) == ("cancelled", "stopped")
