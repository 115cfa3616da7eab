"""送达循环：合并、间隔、安静时段、互不耽误、掉线就等、退避与死信。"""

import asyncio
from collections.abc import Callable
from datetime import time, timedelta
from itertools import pairwise
from typing import Any

import pytest

from nonebot_plugin_refund.delivery.composer import Cancel, Postpone
from nonebot_plugin_refund.delivery.messenger import Account, NotConnected, Rejected, RejectionKind
from nonebot_plugin_refund.delivery.queue.outbox import LONGEST_WORDING
from nonebot_plugin_refund.domain.days.reminders import QuietHours
from nonebot_plugin_refund.domain.understanding.private_data.private import MASK

World = Any


async def test_a_reminder_is_sent_once_when_due_and_not_before(world: World) -> None:
    _, _, (reminder,) = await world.open_case(hours=(1,))
    worker = world.worker()
    await worker.run_once()
    assert world.messenger.received == []
    world.clock.advance(hours=1)
    await worker.run_once()
    await worker.run_once()
    assert world.messenger.received == [("private", "10001", f"<{reminder.id}>")]
    settled = await world.only_reminder()
    assert (settled.state, settled.channel, settled.settled_at) == ("sent", "private", world.clock.now())


async def test_each_attempt_is_recorded_with_the_implementations_own_words(
    world: World, rejected: Callable[[str], Rejected]
) -> None:
    await world.open_case()
    world.messenger.behaviours["10001"] = [rejected("transient")]
    await world.run_until_settled()
    first, second = await world.deliveries()
    assert (first.outcome, first.code, first.wording) == ("rejected", "1200", "EventChecker Failed")
    assert (second.outcome, second.message_id, second.channel) == ("accepted", "m1", "private")


async def test_of_the_implementations_words_no_private_number_and_only_a_little_is_kept(
    world: World,
) -> None:
    await world.open_case()
    echoed = "EventChecker Failed: 电话13800138000 身份证11010519491231002X " + "很长" * 5000
    world.messenger.behaviours["10001"] = [Rejected(RejectionKind.PERMANENT, "1200", echoed)]
    await world.run_until_settled()
    (delivery,) = await world.deliveries()
    reminder = await world.only_reminder()
    for kept in (delivery.wording, reminder.last_wording):
        assert kept.startswith(f"eventchecker failed: 电话{MASK} 身份证{MASK}")
        assert len(kept) == LONGEST_WORDING


async def test_several_due_reminders_of_one_person_become_one_message(world: World) -> None:
    first = (await world.open_case(hours=(0, 1)))[2]
    second = (await world.open_case(hours=(1,)))[2]
    await world.open_case("10002", hours=(1,))
    world.clock.advance(hours=2)
    await world.worker().run_once()
    ids = [reminder.id for reminder in (*first, *second)]
    assert world.messenger.received_by("10001") == [" ".join(f"<{each}>" for each in ids)]
    assert len(world.messenger.received_by("10002")) == 1
    assert len(await world.deliveries()) == 2


async def test_sends_of_an_account_are_spaced_and_accounts_do_not_wait_for_each_other(world: World) -> None:
    for n in range(4):
        await world.open_case(str(20000 + n))
    await world.worker(spacing=timedelta(seconds=1.5), jitter=timedelta(seconds=1)).run_once()
    assert len(world.messenger.received) == 4
    assert world.time.slept == [2.0, 2.0, 2.0]


async def test_a_slow_target_delays_nobody(world: World) -> None:
    await world.open_case("10001")
    await world.open_case("10002")
    second_arrived = asyncio.Event()

    async def first_waits_for_second() -> None:
        if world.messenger.calls[-1][1] == "10002":
            second_arrived.set()
        await second_arrived.wait()

    world.messenger.before_delivery = first_waits_for_second
    await world.worker().run_once()
    assert await world.states() == ["sent", "sent"]


async def test_a_target_that_never_answers_ends_as_unknown(world: World) -> None:
    await world.open_case()
    world.messenger.behaviours["10001"] = ["hang"]
    await world.worker(send_timeout=timedelta(milliseconds=1)).run_once()
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.last_code) == ("unknown", "timeout")


async def test_an_unforeseen_error_counts_as_unknown_not_as_unsent(world: World) -> None:
    await world.open_case("10001")
    await world.open_case("10002")
    world.messenger.behaviours["10001"] = [KeyError("data")]
    await world.worker().run_once()
    assert await world.states() == ["unknown", "sent"]
    assert (await world.reminders())[0].last_code == "KeyError"


async def test_no_account_connected_means_wait_and_then_all_goes_out_merged(world: World, account: Account) -> None:
    world.messenger.connected = set()
    await world.open_case(hours=(0, 1))
    worker = world.worker()
    await worker.run_once()
    world.clock.advance(days=30)
    await worker.run_once()
    assert await world.states() == ["pending", "pending"]
    world.messenger.connected = {account}
    await worker.run_once()
    assert await world.states() == ["sent", "sent"]
    assert len(world.messenger.received) == 1


async def test_going_offline_in_mid_send_is_no_failure(world: World, not_connected: NotConnected) -> None:
    await world.open_case()
    world.messenger.behaviours["10001"] = [not_connected] * 3
    await world.run_until_settled()
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.failures, reminder.unknowns) == ("sent", 0, 0)


async def test_another_accounts_reminders_are_left_to_it(world: World) -> None:
    await world.open_case()
    world.messenger.connected = {Account("onebot", "9001")}
    await world.worker().run_once()
    assert await world.states() == ["pending"]


async def test_the_night_is_quiet_unless_waiting_would_pass_the_deadline(world: World) -> None:
    night = QuietHours(time(22), time(8))
    await world.open_case("10001", hours=(11,), due_in=100)
    await world.open_case("10002", hours=(11,), due_in=14)
    world.clock.advance(hours=11)  # 上海 23:00；10002 的时限次日 02:00 到期
    worker = world.worker(quiet=night)
    await worker.run_once()
    assert [to for _, to, _ in world.messenger.received] == ["10002"]
    assert await world.states() == ["pending", "sent"]
    world.clock.advance(hours=9)
    await worker.run_once()
    assert await world.states() == ["sent", "sent"]


async def test_the_recheck_may_cancel_or_postpone(world: World) -> None:
    await world.open_case("10001")
    await world.open_case("10002")
    first, second = await world.reminders()
    until = world.clock.now() + timedelta(hours=1)
    world.composer.rechecks = {first.id: Cancel("answered"), second.id: Postpone(until)}
    worker = world.worker()
    await worker.run_once()
    first, second = await world.reminders()
    assert (first.state, first.reason) == ("cancelled", "answered")
    assert (second.state, second.next_try_at) == ("pending", until)
    world.composer.rechecks = {}
    world.clock.advance(hours=1)
    await worker.run_once()
    assert await world.states() == ["cancelled", "sent"]
    assert [to for _, to, _ in world.messenger.received] == ["10002"]


async def test_nothing_to_say_is_cancelled_not_sent_empty(world: World) -> None:
    await world.open_case()
    world.composer.silent = True
    await world.worker().run_once()
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.reason, world.messenger.calls) == ("cancelled", "nothing_to_say", [])


async def test_one_reminder_that_cannot_be_written_does_not_hold_up_the_persons_others(world: World) -> None:
    await world.open_case(hours=(0, 1))
    world.clock.advance(hours=1)
    broken, fine = await world.reminders()
    world.composer.broken = {broken.id}
    await world.run_until_settled()
    assert world.messenger.received_by("10001") == [f"<{fine.id}>"]
    broken, fine = await world.reminders()
    assert (broken.state, broken.reason, fine.state) == ("dead", "too_many_failures", "sent")
    assert broken.last_code == "LookupError"
    assert "没有这段文案" not in (broken.last_wording or ""), "异常的消息里可能有案情"


async def test_rejections_back_off_and_end_as_a_dead_letter(world: World, rejected: Callable[[str], Rejected]) -> None:
    await world.open_case(due_in=0)
    world.messenger.behaviours["10001"] = [rejected("transient")] * 99
    worker = world.worker(max_failures=4)
    waits = []
    while (reminder := await world.only_reminder()).state == "pending":
        world.clock.moment = reminder.next_try_at
        await worker.run_once()
        waits.append((await world.only_reminder()).next_try_at - world.clock.now())
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert (reminder.state, reminder.failures, reminder.last_code) == ("dead", 4, "1200")
    assert len(await world.deliveries()) == 4


async def test_being_refused_for_the_moment_is_tried_again_until_the_deadline_and_densely_before_it(
    world: World, rejected: Callable[[str], Rejected]
) -> None:
    _, timer, _ = await world.open_case(due_in=240)
    world.messenger.behaviours["10001"] = [rejected("transient")] * 9999
    worker = world.worker()
    tried = []
    while (reminder := await world.only_reminder()).state == "pending":
        world.clock.moment = reminder.next_try_at
        tried.append(world.clock.now())
        await worker.run_once()
    before = [moment for moment in tried if moment < timer.due_at]
    assert max(later - earlier for earlier, later in pairwise(before)) <= timedelta(hours=6)
    assert timer.due_at - before[-1] <= timedelta(minutes=2)
    assert (reminder.state, reminder.reason) == ("dead", "too_many_failures")
    assert world.clock.now() >= timer.due_at


async def test_a_permanent_rejection_is_dead_at_once(world: World, rejected: Callable[[str], Rejected]) -> None:
    await world.open_case()
    world.messenger.behaviours["10001"] = [rejected("permanent")]
    await world.worker().run_once()
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.reason, len(world.messenger.calls)) == ("dead", "rejected", 1)


async def test_an_unknown_outcome_found_in_the_history_is_not_sent_again(world: World) -> None:
    await world.open_case()
    world.messenger.history_offered = True
    world.messenger.behaviours["10001"] = ["deliver_then_lose"]
    await world.run_until_settled()
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.reason) == ("sent", "found_in_history")
    assert len(world.messenger.calls) == 1
    assert [delivery.outcome for delivery in await world.deliveries()] == ["found_in_history"]


async def test_an_unknown_outcome_absent_from_the_history_is_sent_again_unmarked(world: World) -> None:
    _, _, (reminder,) = await world.open_case()
    world.messenger.history_offered = True
    world.messenger.behaviours["10001"] = ["lose"]
    await world.run_until_settled()
    assert world.messenger.received_by("10001") == [f"<{reminder.id}>"]
    assert [delivery.outcome for delivery in await world.deliveries()] == ["absent_in_history", "accepted"]


async def test_an_unknown_outcome_without_history_is_sent_once_more_and_says_so(world: World) -> None:
    _, _, (reminder,) = await world.open_case()
    world.messenger.behaviours["10001"] = ["deliver_then_lose"]
    await world.run_until_settled()
    assert world.messenger.received_by("10001") == [f"<{reminder.id}>", f"（可能重复）<{reminder.id}>"]


async def test_outcomes_that_stay_unknown_stop_being_pushed(world: World) -> None:
    await world.open_case()
    world.messenger.behaviours["10001"] = ["deliver_then_lose"] * 99
    await world.run_until_settled()
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.unknowns, len(world.messenger.received)) == ("waiting", 3, 3)


async def test_a_reminder_whose_case_closed_while_unknown_is_not_repeated(world: World) -> None:
    await world.open_case()
    world.messenger.behaviours["10001"] = ["lose"]
    worker = world.worker()
    await worker.run_once()
    assert await world.states() == ["unknown"]
    world.clock.advance(minutes=1)
    (reminder,) = await world.reminders()
    world.composer.rechecks = {reminder.id: Cancel("answered")}
    await worker.run_once()
    assert await world.states() == ["cancelled"]


async def test_the_loop_sleeps_to_the_next_reminder_and_is_woken_by_a_poke(world: World) -> None:
    await world.open_case(hours=(1,))
    stop = asyncio.Event()
    worker = world.worker()
    arrived = asyncio.Event()

    async def note_arrival() -> None:
        arrived.set()

    world.messenger.before_delivery = note_arrival
    loop = asyncio.create_task(worker.run(stop))
    await asyncio.sleep(0)
    world.clock.advance(hours=1)
    worker.poke()
    async with asyncio.timeout(10):
        await arrived.wait()
        stop.set()
        await loop
    assert await world.states() == ["sent"]


async def test_the_loop_survives_a_database_that_fails_for_a_while(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.open_case()
    worker = world.worker(longest_sleep=timedelta(milliseconds=1))
    stop, arrived = asyncio.Event(), asyncio.Event()
    sweep, failures = worker._sweep, iter(range(3))

    async def fail_then_sweep() -> None:
        if next(failures, None) is not None:
            raise OSError("disk full")
        await sweep()

    async def note_arrival() -> None:
        arrived.set()

    monkeypatch.setattr(worker, "_sweep", fail_then_sweep)
    world.messenger.before_delivery = note_arrival
    loop = asyncio.create_task(worker.run(stop))
    async with asyncio.timeout(10):
        await arrived.wait()
        stop.set()
        await loop
    assert await world.states() == ["sent"]


async def test_a_send_cut_off_by_shutdown_is_unknown_at_the_next_start(world: World) -> None:
    await world.open_case()
    world.messenger.behaviours["10001"] = ["hang"]
    stop, calling = asyncio.Event(), asyncio.Event()

    async def note_call() -> None:
        calling.set()

    world.messenger.before_delivery = note_call
    loop = asyncio.create_task(world.worker(shutdown_grace=timedelta(0)).run(stop))
    async with asyncio.timeout(10):
        await calling.wait()
        stop.set()
        await loop
    assert await world.states() == ["unknown"]
    world.restart()
    world.clock.advance(seconds=30)
    await world.run_until_settled()
    reminder = await world.only_reminder()
    assert (reminder.state, reminder.unknowns) == ("sent", 1)


async def test_what_was_claimed_but_not_yet_sent_is_back_in_the_queue_when_the_bot_stops(world: World) -> None:
    for user in ("10001", "10002", "10003"):
        await world.open_case(user)
    stop, calling = asyncio.Event(), asyncio.Event()

    async def note_call() -> None:
        calling.set()
        await asyncio.sleep(0)

    world.messenger.before_delivery = note_call
    worker = world.worker(shutdown_grace=timedelta(0))
    loop = asyncio.create_task(worker.run(stop))
    async with asyncio.timeout(10):
        await calling.wait()
        stop.set()
        await loop
    assert not {"claimed", "sending"} & set(await world.states())
    world.restart()
    world.clock.advance(seconds=30)
    await world.run_until_settled()
    assert set(await world.states()) == {"sent"}


@pytest.mark.parametrize(("hours", "naps"), [((0.002,), [7.2, 7.2]), ((5,), [30.0, 30.0])])
async def test_the_loop_does_not_spin_while_nothing_is_due(
    world: World, monkeypatch: pytest.MonkeyPatch, hours: tuple[float, ...], naps: list[float]
) -> None:
    await world.open_case(hours=hours)
    worker, stop = world.worker(longest_sleep=timedelta(seconds=30)), asyncio.Event()
    slept: list[float] = []

    async def nap(seconds: float) -> None:
        await worker._drain()
        assert not worker._woken.is_set(), "没有事却被叫醒，就会空转"
        slept.append(seconds)
        if len(slept) == 2:
            stop.set()

    monkeypatch.setattr(worker, "_sleep", nap)
    async with asyncio.timeout(10):
        await worker.run(stop)
    assert slept == naps
