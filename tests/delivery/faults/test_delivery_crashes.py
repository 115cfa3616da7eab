"""崩溃：除了盘上的库全丢，一条不少；多发的只可能来自结果不明，一次不明至多多一次。"""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

World = Any
CrashPlan = Any

FINAL = {"sent", "cancelled", "dead", "waiting"}


async def _assert_promise_kept(world: World) -> None:
    received = world.times_received()
    for reminder in await world.reminders():
        assert reminder.state in FINAL
        times = received[reminder.id]
        if reminder.state == "sent":
            assert times >= 1, "记着送到了，对方却没收到：丢了"
        assert times <= 1 + reminder.unknowns, "没有结果不明的重复"


async def _crash_at(world: World, crash_plan: Callable[..., CrashPlan], step: int) -> CrashPlan:
    plan = crash_plan(at=step)
    database = world.restart(plan)
    worker = world.worker(database)
    try:
        await worker.run_once()
    except BaseException as crash:
        if type(crash).__name__ != "Crash":
            raise
    world.restart()
    world.clock.advance(minutes=10)
    return plan


async def _boundaries(world: World, crash_plan: Callable[..., CrashPlan]) -> list[str]:
    plan = crash_plan()
    database = world.restart(plan)
    await world.worker(database).run_once()
    return plan.steps


STEPS = [
    *("begin", "before commit", "after commit"),  # 收回过期的
    *("begin", "before commit", "after commit"),  # 领取
    *("begin", "before commit", "after commit"),  # 再领取，没有了；同时上一批在写明要发
    *("begin", "before commit", "after commit"),
    "before socket write",
    "before receipt",
    *("begin", "before commit", "after commit"),  # 了结
]
"""一趟里的全部边界；两条到时的提醒合成一条消息。"""


async def test_the_boundaries_are_all_there_are(world: World, crash_plan: Callable[..., CrashPlan]) -> None:
    await world.open_case(hours=(0, 1))
    world.clock.advance(hours=1)
    plan = crash_plan()
    database = world.restart(plan)
    await world.worker(database).run_once()
    assert Counter(plan.steps) == Counter(STEPS)


@pytest.mark.parametrize("history_offered", [False, True])
@pytest.mark.parametrize("step", range(1, len(STEPS) + 1))
async def test_a_crash_at_any_boundary_loses_nothing_and_repeats_at_most_once(
    world: World, crash_plan: Callable[..., CrashPlan], step: int, history_offered: bool
) -> None:
    world.messenger.history_offered = history_offered
    await world.open_case(hours=(0, 1))
    world.clock.advance(hours=1)
    plan = await _crash_at(world, crash_plan, step)
    assert plan.crashed
    delivered_before = len(world.messenger.received)
    await world.run_until_settled()
    await _assert_promise_kept(world)
    assert set(await world.states()) == {"sent"}
    received = set(world.times_received().values())
    if history_offered or not delivered_before:
        assert received == {1}, "查得到历史、或崩溃时还没送到，就一条也不重复"


async def test_a_duplicate_is_marked_and_comes_only_after_the_receipt_was_lost(
    world: World, crash_plan: Callable[..., CrashPlan]
) -> None:
    await world.open_case()
    steps = await _boundaries(world, crash_plan)
    crash_here = steps.index("before receipt") + 1
    world.clock.advance(hours=100)
    second = (await world.open_case("10002"))[2][0]
    plan = await _crash_at(world, crash_plan, crash_here)
    assert plan.steps[-1] == "before receipt"
    await world.run_until_settled()
    assert world.messenger.received_by("10002") == [f"<{second.id}>", f"（可能重复）<{second.id}>"]
    reminder = (await world.reminders())[-1]
    assert (reminder.state, reminder.unknowns, reminder.possible_duplicate) == ("sent", 1, False)


@pytest.mark.parametrize("seed", range(8))
async def test_random_faults_and_repeated_crashes_keep_the_promise(
    world: World, crash_plan: Callable[..., CrashPlan], rejected: Callable[..., Exception], seed: int
) -> None:
    chance = random.Random(seed)
    world.messenger.history_offered = chance.random() < 0.5
    people = [str(10001 + n) for n in range(4)]
    for user_id in people:
        await world.open_case(user_id, hours=[chance.randrange(4) for _ in range(1)] + [5, 6], due_in=500)
        faults = ["accept", "deliver_then_lose", "lose", rejected("transient"), rejected("unreachable")]
        world.messenger.behaviours[user_id] = [chance.choice(faults) for _ in range(chance.randrange(4))]
    for _ in range(chance.randrange(1, 5)):
        world.clock.advance(hours=chance.randrange(1, 3))
        await _crash_at(world, crash_plan, chance.randrange(1, 40))
    await world.run_until_settled()
    await _assert_promise_kept(world)
    for reminder in await world.reminders():
        assert reminder.state != "cancelled", "没有人取消过"
