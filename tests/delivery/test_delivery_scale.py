"""每一步的代价与库里积了多少无关：数 SQLite 虚拟机的步数，不掐表。"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from nonebot_plugin_refund.delivery.messenger import Account
from nonebot_plugin_refund.delivery.queue import claiming, outbox, taking_back
from nonebot_plugin_refund.delivery.queue.next_message import _ALL_OWED
from nonebot_plugin_refund.storage.case import cases, snapshots
from nonebot_plugin_refund.storage.person import personal_data
from nonebot_plugin_refund.storage.reminding import reminders, timers
from nonebot_plugin_refund.storage.tables import CaseRow, ReminderRow, TimerRow
from tests.backends import sqlite_only

World = Any
LEASE = timedelta(seconds=120)
FEW, MANY = 60, 3000


async def _pile_up(world: World, first: int, count: int, due_in: timedelta) -> None:
    """积下许多别人的案件、时限和提醒。"""
    now = world.clock.now()
    soon = now + due_in
    numbers = range(first, first + count)
    case = {
        "platform": "onebot",
        "self_id": "9000",
        "scenario_id": "shop-return",
        "rulebook_digest": "d1",
        "answers": {},
        "rule_id": "r",
        "rule_version": 1,
        "verdict": "eligible",
        "stage_entered_at": now,
        "opened_at": now,
        "updated_at": now,
        "version": 1,
    }
    timer = {
        "timer_id": "t",
        "timer_version": 1,
        "kind": "deadline",
        "title": "t",
        "starts": now,
        "due_at": soon,
        "safe": soon.date(),
        "certain": True,
        "explain": [],
        "state": "open",
    }
    reminder = {
        "timer_id": "t",
        "timer_version": 1,
        "offset": "0h",
        "platform": "onebot",
        "self_id": "9000",
        "due_at": soon,
        "next_try_at": soon,
        "state": "pending",
        "created_at": now,
    }
    async with world.database.transaction() as session:
        await session.execute(insert(CaseRow), [case | {"id": n, "code": f"A{n}", "user_id": f"u{n}"} for n in numbers])
        await session.execute(insert(TimerRow), [timer | {"case_id": n} for n in numbers])
        await session.execute(insert(ReminderRow), [reminder | {"case_id": n, "user_id": f"u{n}"} for n in numbers])


async def _steps(world: World, work: Callable[[AsyncSession], Awaitable[Any]]) -> int:
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    async with world.database.transaction() as session:
        driver = (await (await session.connection()).get_raw_connection()).driver_connection
        await driver.set_progress_handler(count, 20)
        await work(session)
        await driver.set_progress_handler(None, 0)
        await session.rollback()
    return steps


@sqlite_only
@pytest.mark.parametrize("due_in", [timedelta(hours=30), timedelta(hours=-30)], ids=["not yet due", "overdue"])
async def test_no_step_grows_with_what_is_waiting(world: World, account: Account, due_in: timedelta) -> None:
    case, timer, _ = await world.open_case(hours=(0, 1))
    now = world.clock.now()
    person = case.person
    whose = {"platform": person.platform, "user_id": person.user_id}

    async def claim(session: AsyncSession) -> list[Any]:
        return await claiming.claim(session, account, now, limit=50, lease=LEASE)

    async def mark_and_settle(session: AsyncSession) -> None:
        for reminder in await claim(session):
            assert await outbox.mark_sending(session, reminder, now, LEASE)
            await outbox.open_delivery(
                session, account, [reminder], outbox.Channel.PRIVATE, now, text="", marked_duplicate=False
            )
            assert await outbox.settle(session, reminder, outbox.Ending(reminders.ReminderState.SENT), now)

    async def replan(session: AsyncSession) -> None:
        due_at = timer.due_at + timedelta(days=1)
        draft = timers.TimerDraft(timer.timer_id, "deadline", "改期", now, due_at, due_at.date())
        await timers.replace_timers(session, case, [draft], [timers.ReminderDraft(timer.timer_id, "1h", due_at)], now)

    async def resume(session: AsyncSession) -> None:
        await reminders.stop(session, person, now)
        assert await reminders.resume(session, person, now) == 1

    works: dict[str, Callable[[AsyncSession], Awaitable[Any]]] = {
        "claim": claim,
        "reclaim": lambda session: taking_back.reclaim(session, now, lease=LEASE),
        "give_up": lambda session: outbox.give_up_waiting(session, now, timedelta(days=60)),
        "next_due": lambda session: claiming.next_due(session, [account]),
        "mark_and_settle": mark_and_settle,
        "snooze": lambda session: reminders.snooze(session, case, timer, now + timedelta(hours=2), now),
        "stop": lambda session: reminders.stop(session, person, now),
        "stop_case": lambda session: reminders.stop(session, person, now, case=case),
        "resume": resume,
        "replan": replan,
        "complete": lambda session: timers.complete(session, person, timer, now),
        "close": lambda session: cases.close(session, case, "refunded", now),
        "last_sent": lambda session: reminders.last_sent(session, person),
        "owed": lambda session: session.scalars(_ALL_OWED, {**whose, "now": now}),
        "due_timers": lambda session: timers.due_timers(session, now, 50),
        "uncertain": timers.uncertain_timers,
        "purge": lambda session: personal_data.purge_closed(session, now - timedelta(days=180)),
        "forget": lambda session: snapshots.forget_unused(session, now - timedelta(days=180)),
    }
    await _pile_up(world, 1000, FEW, due_in)
    few = {name: await _steps(world, work) for name, work in works.items()}
    await _pile_up(world, 10_000, MANY, due_in)
    many = {name: await _steps(world, work) for name, work in works.items()}
    # 步数每 20 步报一次，而且从上一句的零头接着数，所以留两下的余地
    grown = {name: (few[name], many[name]) for name in works if many[name] > few[name] * 1.3 + 2}
    assert grown == {}
