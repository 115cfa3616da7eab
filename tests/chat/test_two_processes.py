"""两个进程一个库（PostgreSQL 是有意的，SQLite 是误开了两个）：到期的案件只走一步，问的人得到像样的回答。"""

import asyncio
import itertools
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from nonebot_plugin_refund.chat import wording
from nonebot_plugin_refund.rulebook.loader import load_folders

from .conversation_harness import Bench

SMALL = Path(__file__).parents[1] / "rulebook" / "fixtures" / "small"
"""有一个到期自动换阶段的时限：商家 48 小时不答复，转去介入。"""


@pytest.fixture
async def benches(target: Path) -> AsyncIterator[tuple[Bench, Bench]]:
    first, second = Bench(target), Bench(target)
    second._numbers = itertools.count(1000)  # 两边的消息号不能撞，撞了会当成同一条
    for bench in (first, second):
        bench.rulebook = load_folders([SMALL])
        bench.clock = first.clock
        await bench.start()
    yield first, second
    for bench in (first, second):
        await bench.close()


@pytest.mark.parametrize("attempt", range(3))
async def test_a_case_that_fell_due_moves_once_whoever_looks_first(benches: tuple[Bench, Bench], attempt: int) -> None:
    first, second = benches
    await first.private("小事", "1", "昨天", "2", "更新", "1")
    first.clock.moment += timedelta(days=3, hours=attempt)
    now = first.clock.now()
    _, answer, _, listed = await asyncio.gather(
        first.office.timekeeper.pass_due_timers(now),
        first.private("进度"),
        second.office.timekeeper.pass_due_timers(now),
        second.private("我的"),
    )
    assert wording.FAILED not in (*answer, *listed)
    events = await first.rows("SELECT event_id FROM refund_case_events ORDER BY id")
    assert [event["event_id"] for event in events] == ["applied", "merchant-reply"]


async def test_a_person_served_by_two_processes_at_once_still_has_one_interview(
    benches: tuple[Bench, Bench],
) -> None:
    first, second = benches
    await first.private("小事", "1")
    await asyncio.gather(first.private("昨天"), second.private("昨天"))
    rows = await first.rows("SELECT id FROM refund_interviews WHERE status = 'active'")
    assert len(rows) == 1


async def test_what_one_process_was_told_the_other_knows_at_once(benches: tuple[Bench, Bench]) -> None:
    first, second = benches
    await first.private("小事", "1", "昨天", "2")
    assert await first.only_code() in (await second.private("我的"))[0]
    await second.private("停止")
    await first.advance(days=3)
    assert first.platform.sent == second.platform.sent == []
