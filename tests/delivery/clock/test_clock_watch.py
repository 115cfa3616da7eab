"""钟忽然跳了：先不推送、不宣布到期、不删东西；对回来当没跳过，稳住了才认。"""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nonebot_plugin_refund.clock_watch import (
    FAR,
    FAR_SETTLES_IN,
    LONG_STOPPED,
    NO_DELETING_FOR,
    SETTLES_IN,
    TOLERANCE,
    ClockWatch,
)

World = Any
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
FAR_JUMPS = [timedelta(days=200), timedelta(days=-200), timedelta(days=400), timedelta(days=365 * 30)]


class Clocks:
    """墙上的钟和拨不动的钟，一起走，也可以只拨墙上的。"""

    def __init__(self) -> None:
        self.wall, self.seconds = NOON, 1000.0

    def now(self) -> datetime:
        return self.wall

    def pass_by(self, time: timedelta) -> None:
        self.wall += time
        self.seconds += time.total_seconds()

    def set_by(self, jump: timedelta) -> None:
        self.wall += jump


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def watch(clocks: Clocks) -> ClockWatch:
    return ClockWatch(clocks, lambda: clocks.seconds)


def test_time_that_passes_and_small_corrections_are_no_jump(clocks: Clocks, watch: ClockWatch) -> None:
    for correction in (timedelta(), TOLERANCE / 2, -TOLERANCE / 2) * 50:
        clocks.pass_by(timedelta(hours=3))
        clocks.set_by(correction)
        assert watch.is_steady()
        assert watch.may_delete()


def test_a_machine_that_slept_for_a_week_has_not_jumped(clocks: Clocks, watch: ClockWatch) -> None:
    clocks.pass_by(timedelta(days=7))
    assert watch.is_steady()


@pytest.mark.parametrize("jump", [timedelta(minutes=2), timedelta(hours=-5), *FAR_JUMPS])
def test_a_jump_that_is_taken_back_leaves_nothing_done_in_between(
    clocks: Clocks, watch: ClockWatch, jump: timedelta
) -> None:
    clocks.set_by(jump)
    for _ in range(5):
        assert not watch.is_steady()
        assert not watch.may_delete()
        clocks.pass_by(timedelta(minutes=1))
    clocks.set_by(-jump)
    assert watch.is_steady()


@pytest.mark.parametrize(
    ("jump", "settles_in"),
    [(timedelta(hours=1), SETTLES_IN), (-timedelta(hours=1), SETTLES_IN), *((j, FAR_SETTLES_IN) for j in FAR_JUMPS)],
)
def test_a_clock_that_stays_where_it_jumped_to_is_believed_after_a_while(
    clocks: Clocks, watch: ClockWatch, jump: timedelta, settles_in: timedelta
) -> None:
    clocks.set_by(jump)
    assert not watch.is_steady()
    clocks.pass_by(settles_in - timedelta(seconds=1))
    assert not watch.is_steady()
    clocks.pass_by(timedelta(seconds=1))
    assert watch.is_steady()


@pytest.mark.parametrize("jump", FAR_JUMPS)
def test_after_a_far_jump_nothing_is_deleted_for_a_day_even_when_it_is_believed(
    clocks: Clocks, watch: ClockWatch, jump: timedelta
) -> None:
    clocks.set_by(jump)
    watch.is_steady()
    clocks.pass_by(FAR_SETTLES_IN)
    assert watch.is_steady()
    assert not watch.may_delete()
    clocks.pass_by(NO_DELETING_FOR)
    assert watch.may_delete()


def test_a_clock_that_keeps_jumping_is_never_believed(clocks: Clocks, watch: ClockWatch) -> None:
    for _ in range(100):
        clocks.set_by(timedelta(hours=1))
        assert not watch.is_steady()
        clocks.pass_by(SETTLES_IN / 2)


@pytest.mark.parametrize(
    ("stopped", "steady", "deletes"),
    [
        (timedelta(minutes=5), True, True),
        (FAR + timedelta(hours=1), True, False),
        (LONG_STOPPED + timedelta(days=1), False, False),
        (timedelta(days=200), False, False),
        (-timedelta(days=200), False, False),
        (-timedelta(minutes=1), True, True),
    ],
)
def test_a_start_is_compared_with_the_last_moment_written_down(
    clocks: Clocks, watch: ClockWatch, stopped: timedelta, steady: bool, deletes: bool
) -> None:
    watch.started_after(clocks.now() - stopped)
    assert (watch.is_steady(), watch.may_delete()) == (steady, deletes)
    clocks.pass_by(FAR_SETTLES_IN)
    assert watch.is_steady()
    clocks.pass_by(NO_DELETING_FOR)
    assert watch.may_delete()


def test_the_first_start_ever_has_nothing_to_compare_with(watch: ClockWatch) -> None:
    watch.started_after(None)
    assert watch.may_delete()


async def test_while_the_clock_is_in_doubt_nothing_is_pushed_given_up_or_taken_back(world: World) -> None:
    await world.open_case(hours=(20,), due_in=48)
    await world.open_case("10002")
    world.messenger.friends["10002"] = False
    worker = world.worker()
    await worker.run_once()
    assert await world.states() == ["pending", "waiting"]
    worker.may_push = lambda: False
    world.clock.advance(days=200)
    await worker.run_once()
    world.clock.advance(days=-200)
    worker.may_push = lambda: True
    await worker.run_once()
    assert await world.states() == ["pending", "waiting"]
    world.clock.advance(hours=20)
    await worker.run_once()
    assert await world.states() == ["sent", "waiting"]


async def test_the_loop_waits_and_goes_on_when_the_clock_is_trusted_again(world: World) -> None:
    await world.open_case()
    worker, stop, arrived = world.worker(longest_sleep=timedelta(milliseconds=1)), asyncio.Event(), asyncio.Event()
    looks: list[bool] = []

    def trusted() -> bool:
        looks.append(len(looks) >= 3)
        return looks[-1]

    async def note_arrival() -> None:
        arrived.set()

    worker.may_push = trusted
    world.messenger.before_delivery = note_arrival
    loop = asyncio.create_task(worker.run(stop))
    async with asyncio.timeout(10):
        await arrived.wait()
        stop.set()
        await loop
    assert looks[:4] == [False, False, False, True]
