"""三个真的机器人进程共用一个 PostgreSQL：强杀一个、挂起一个，对方的账上一条不少，多的只来自结果不明。"""

import asyncio
from pathlib import Path

import pytest
from campaigns.several import Mishap, Plan, run_one
from campaigns.worlds.several_world import World

from tests.postgres import postgres_database

SEED = 7


def test_every_kind_of_mishap_is_drawn_and_a_pause_outlasts_the_lease() -> None:
    plans = [Plan.drawn(SEED, index) for index in range(4)]
    assert {plan.mishap for plan in plans} == set(Mishap)
    assert plans[0] == Plan.drawn(SEED, 0)


async def test_three_processes_keep_the_promise_when_one_is_killed_and_one_is_paused(
    postgres_server: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    databases = postgres_database(postgres_server)
    url = await asyncio.to_thread(databases.__enter__)
    request.addfinalizer(lambda: databases.__exit__(None, None, None))
    world = World(url, tmp_path)
    try:
        await world.start()
        results = [await run_one(world, SEED, index) for index in range(3)]
    finally:
        await world.close()
    assert [words for result in results for words in result.violations] == []
    assert sum(result.counts["提醒"] for result in results) > 30
    assert sum(result.counts["丢失"] for result in results) == 0
