"""钟：往前往后跳一天、休眠几小时、离线一个月。都用注入的钟，结局是定好的。"""

from datetime import timedelta
from typing import Any

import pytest

from nonebot_plugin_refund.delivery.messenger import Account, NotConnected, Rejected, RejectionKind
from nonebot_plugin_refund.delivery.queue import claiming, outbox
from nonebot_plugin_refund.delivery.queue.outbox import Channel, Ending
from nonebot_plugin_refund.storage.reminding.reminders import ReminderState

World = Any
DAY = timedelta(days=1)


async def test_a_clock_jumping_ahead_sends_early_once_and_not_again_when_set_back(world: World) -> None:
    await world.open_case(hours=(20,))
    worker = world.worker()
    world.clock.moment += DAY
    await worker.run_once()
    world.clock.moment -= DAY
    await worker.run_once()
    world.clock.moment += DAY
    await worker.run_once()
    assert len(world.messenger.received) == 1
    assert await world.states() == ["sent"]


async def test_a_clock_set_back_delays_what_was_not_sent_but_loses_nothing(world: World) -> None:
    await world.open_case(hours=(1,))
    worker = world.worker()
    world.clock.moment -= DAY
    await worker.run_once()
    assert await world.states() == ["pending"], "按墙上的钟还没到时"
    world.clock.moment += DAY + timedelta(hours=1)
    await worker.run_once()
    assert await world.states() == ["sent"]


@pytest.mark.parametrize("jump", [DAY, -DAY])
async def test_a_jump_between_claim_and_mark_gives_the_reminder_back_and_sends_it_once(
    world: World, account: Account, jump: timedelta
) -> None:
    await world.open_case()
    async with world.database.transaction() as session:
        await claiming.claim(session, account, world.clock.now(), limit=10, lease=world.settings.lease)
    world.clock.moment += jump
    worker = world.worker()
    await worker.run_once()
    if jump < timedelta():
        assert await world.states() == ["pending"], "收回来了，按墙上的钟还没到时"
        world.clock.moment -= jump
        await worker.run_once()
    assert await world.states() == ["sent"]
    assert len(world.messenger.received) == 1


@pytest.mark.parametrize("jump", [DAY, -DAY])
async def test_a_jump_in_mid_send_leaves_the_clear_receipt_standing(world: World, jump: timedelta) -> None:
    await world.open_case()

    async def leap() -> None:
        world.clock.moment += jump

    world.messenger.before_delivery = leap
    await world.worker().run_once()
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.unknowns, len(world.messenger.received)) == ("sent", 0, 1)


async def test_a_retry_planned_before_the_clock_was_set_back_waits_for_its_hour_on_the_wall(world: World) -> None:
    await world.open_case()
    world.messenger.behaviours["10001"] = [Rejected(RejectionKind.TRANSIENT, "241", "")]
    worker = world.worker()
    await worker.run_once()
    retry_at = (await world.only_reminder()).next_try_at
    world.clock.moment -= DAY
    await worker.run_once()
    assert await world.states() == ["pending"]
    world.clock.moment = retry_at
    await worker.run_once()
    assert await world.states() == ["sent"]


async def test_a_process_suspended_for_hours_after_the_claim_sends_once_on_waking(
    world: World, account: Account
) -> None:
    await world.open_case()
    suspended = world.worker()
    async with world.database.transaction() as session:
        claimed = await claiming.claim(session, account, world.clock.now(), limit=10, lease=world.settings.lease)
    world.clock.advance(hours=5)
    await suspended._sender.deliver(account, claimed)
    assert world.messenger.calls == [], "租约早过了，醒来的不许接着发"
    await suspended.run_once()
    assert (await world.states(), len(world.messenger.received)) == (["sent"], 1)


async def test_a_process_suspended_between_mark_and_call_does_not_call_on_waking(
    world: World, account: Account
) -> None:
    await world.open_case()
    worker = world.worker()
    async with world.database.transaction() as session:
        claimed = await claiming.claim(session, account, world.clock.now(), limit=10, lease=world.settings.lease)
    prepared = await worker._sender.prepare(account, claimed, Channel.PRIVATE)
    assert prepared is not None
    world.clock.advance(hours=5)
    outcome = await worker._sender._push(prepared, lambda: pytest.fail("睡了五小时还接着发"))
    assert isinstance(outcome, NotConnected)
    await worker._sender.settle(prepared, outcome)
    world.clock.advance(minutes=1)
    await worker.run_once()
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.unknowns, len(world.messenger.received)) == ("sent", 0, 1)


async def test_a_process_suspended_in_mid_call_settles_when_nobody_took_over(world: World) -> None:
    await world.open_case()

    async def sleep_for_hours() -> None:
        world.clock.advance(hours=5)

    world.messenger.before_delivery = sleep_for_hours
    await world.worker().run_once()
    assert (await world.states(), len(world.messenger.received)) == (["sent"], 1)


async def test_a_month_offline_ends_in_one_message_per_person_and_no_failures(world: World, account: Account) -> None:
    for user_id in ("10001", "10002"):
        await world.open_case(user_id, hours=(24, 48, 200), due_in=240)
    world.messenger.connected = set()
    worker = world.worker()
    for _ in range(30):
        world.clock.advance(days=1)
        await worker.run_once()
    assert set(await world.states()) == {"pending"}
    world.messenger.connected = {account}
    await worker.run_once()
    assert [len(world.messenger.received_by(user_id)) for user_id in ("10001", "10002")] == [1, 1]
    assert {(reminder.state, reminder.failures) for reminder in await world.reminders()} == {("sent", 0)}


async def test_waiting_for_a_person_ends_after_its_term_even_if_the_clock_was_set_back_meanwhile(
    world: World, account: Account
) -> None:
    await world.open_case()
    async with world.database.transaction() as session:
        (claimed,) = await claiming.claim(session, account, world.clock.now(), limit=1, lease=world.settings.lease)
        now = world.clock.now()
        ending = Ending(ReminderState.WAITING, next_try_at=now, reason="unreachable")
        await outbox.settle(session, claimed, ending, now, states=(ReminderState.CLAIMED,))
    worker = world.worker()
    world.clock.moment -= DAY
    await worker.run_once()
    assert await world.states() == ["waiting"]
    world.clock.advance(days=62)
    await worker.run_once()
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.reason) == ("dead", "person_never_came")
