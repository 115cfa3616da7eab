"""kill 的短战役：真的机器人，杀两次。"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from campaigns.worlds.kill_world import KillWorld
from campaigns.worlds.nursery import Nursery

from tests.e2e.harness.fake_qq import Delivered


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    started = Nursery()
    yield started
    started.close()


async def test_a_bot_killed_twice_loses_nothing_and_repeats_only_the_unknown(tmp_path: Path, nursery: Nursery) -> None:
    world = KillWorld(tmp_path, random.Random(1), nursery, kills=2, case_count=10)
    assert await world.play() == []
    assert world.counts["强杀"] == 2
    assert world.counts["最后：sent"] + world.counts["最后：cancelled"] == 10

    # 裁判不是摆设：抹掉一件、重复一件，都看得出来
    lost, repeated = world.qq.delivered[0], world.qq.delivered[-1]
    world.qq.delivered.append(Delivered(**{**vars(repeated)}))
    assert any("送了" in words or "两次" in words for words in world.judge())
    world.qq.delivered = [message for message in world.qq.delivered if message.user_id != lost.user_id]
    assert any("丢了" in words or "其实没有" in words for words in world.judge())
