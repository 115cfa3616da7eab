"""两个进程一个库（PostgreSQL 是有意的，SQLite 是误开了两个）：到期的案件只走一步，问的人得到像样的回答。"""

import asyncio
import itertools
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from nonebot_plugin_refund.dialogue.base import wording
from nonebot_plugin_refund.rulebook.loader import load_folders
from nonebot_plugin_refund.storage.errors import StaleVersionError, is_worth_another_try
from nonebot_plugin_refund.storage.person import people
from nonebot_plugin_refund.storage.records import Person
from tests.backends import postgres_only
from tests.chat.conversation_harness import PLATFORM, USER, Bench

STRANGER = Person(PLATFORM, "30009")

SMALL = Path(__file__).parents[2] / "rulebook" / "fixtures" / "small"
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
        first.assembly.due_changes.pass_due_timers(now),
        first.private("进度"),
        second.assembly.due_changes.pass_due_timers(now),
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
    assert first.platform.received == second.platform.received == []


@postgres_only
async def test_whoever_loses_a_deadlock_tries_again_and_the_person_notices_nothing(
    benches: tuple[Bench, Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    """两边各占着一行、又等对方那一行：服务器撤销其中一个，被撤销的从头再办。"""
    first, second = benches
    both_hold_one = asyncio.Barrier(2)
    undone: list[BaseException] = []

    async def crossing(session: AsyncSession, person: Person, now: datetime) -> people.Settings:
        mine, other = (person, STRANGER) if person.user_id == USER else (STRANGER, Person(PLATFORM, USER))
        settings = await original(session, mine, now)
        if not undone:
            await both_hold_one.wait()
        try:
            await original(session, other, now)
        except DBAPIError as error:
            undone.append(error)
            raise
        return settings

    original = people.touch
    async with first.assembly.database.transaction() as session:
        for person in (Person(PLATFORM, USER), STRANGER):
            await original(session, person, first.clock.now())
    monkeypatch.setattr(people, "touch", crossing)
    answered = await asyncio.gather(first.private("小事"), second.private("小事", user=STRANGER.user_id))
    assert undone, "没有撞上，什么也没验"
    assert all(wording.FAILED not in said for said in answered)
    rows = await first.rows("SELECT user_id FROM refund_interviews WHERE status = 'active'")
    assert len(rows) == 2


def test_only_a_collision_is_worth_another_try() -> None:
    """磁盘满、断了线这些，重办只会再错一次。"""
    assert is_worth_another_try(StaleVersionError())
    assert not is_worth_another_try(DBAPIError("INSERT", None, OSError("disk full")))
    assert not is_worth_another_try(ValueError())
