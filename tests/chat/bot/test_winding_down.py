"""停机：答到一半的等一小会儿，等不到就打断；打断的事务整个回滚；停妥之后不接新的。"""

import asyncio

import pytest

from nonebot_plugin_refund.chat import winding_down
from nonebot_plugin_refund.chat.winding_down import WindingDown


async def test_an_answer_under_way_is_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(winding_down, "ANSWER_GRACE", 10)
    house, said = WindingDown(), asyncio.Event()
    almost = asyncio.Event()

    async def answer() -> None:
        with house.answering():
            await almost.wait()
            said.set()

    task = asyncio.create_task(answer())
    await asyncio.sleep(0)
    stopping = asyncio.create_task(house.wind_down())
    await asyncio.sleep(0)
    assert house.takes_on_more
    almost.set()
    async with asyncio.timeout(5):
        await stopping
    assert said.is_set()
    assert not task.cancelled()
    assert not house.takes_on_more


async def test_an_answer_that_hangs_is_interrupted_and_can_roll_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(winding_down, "ANSWER_GRACE", 0)
    house, rolled_back = WindingDown(), []

    async def answer() -> None:
        with house.answering():
            try:
                await asyncio.Event().wait()
            finally:
                await asyncio.sleep(0)
                rolled_back.append(True)

    task = asyncio.create_task(answer())
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await house.wind_down()
    assert rolled_back == [True]
    assert task.cancelled()


async def test_loops_are_told_to_stop_and_those_that_do_not_listen_are_interrupted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(winding_down, "LOOP_GRACE", 0.01)
    house, ended = WindingDown(), []

    async def polite() -> None:
        await house.stop.wait()
        ended.append("polite")

    async def deaf() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("deaf")

    house.keep(polite())
    house.keep(deaf())
    async with asyncio.timeout(5):
        await house.wind_down()
        await house.wind_down()
    assert ended == ["polite", "deaf"]


def test_everything_together_fits_into_five_seconds() -> None:
    from launch.stopping import CONNECTIONS_GRACE, LONGEST

    from nonebot_plugin_refund.delivery.settings import DeliverySettings

    grace = DeliverySettings().shutdown_grace.total_seconds()
    assert grace < winding_down.LOOP_GRACE
    assert winding_down.LOOP_GRACE + winding_down._INTERRUPTED + CONNECTIONS_GRACE < LONGEST < 5


async def test_a_loop_with_nothing_to_finish_does_not_hold_up_the_stop() -> None:
    house, begun = WindingDown(), asyncio.Event()

    async def idle() -> None:
        begun.set()
        await asyncio.Event().wait()

    house.keep(idle(), waited_for=False)
    await begun.wait()
    async with asyncio.timeout(winding_down.LOOP_GRACE / 2):
        await house.wind_down()
