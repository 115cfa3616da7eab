"""从备份恢复之后：备份以后可能送过的，至多再送一次并注明；一定没送过的，照常送一次。"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from nonebot_plugin_refund.delivery.messenger import Receipt
from nonebot_plugin_refund.delivery.queue import dead_letters
from nonebot_plugin_refund.delivery.queue.restored import doubt_what_was_due, make_ready
from nonebot_plugin_refund.storage.person import erasure_marks
from nonebot_plugin_refund.storage.person.erasure_marks import mark_of
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.reminding.reminders import ReminderState
from nonebot_plugin_refund.storage.tables import ReminderRow
from tests.backends import sqlite_only

pytestmark = sqlite_only  # 恢复只管 SQLite 文件
World = Any
MARK = "（可能重复）"


async def _restored(world: World, hours_since_backup: float = 1) -> int:
    """备份是 ``hours_since_backup`` 小时前做的，现在恢复。"""
    now = world.clock.now()
    async with world.database.transaction() as session:
        return await doubt_what_was_due(session, now - timedelta(hours=hours_since_backup), now)


async def _set(world: World, reminder_id: int, **values: Any) -> None:
    async with world.database.transaction() as session:
        await session.execute(update(ReminderRow).where(ReminderRow.id == reminder_id).values(**values))


async def test_what_was_due_comes_at_most_once_more_marked_and_what_was_not_comes_once(world: World) -> None:
    _, _, (due,) = await world.open_case("10001", hours=[-0.5])
    _, _, (late,) = await world.open_case("10002", hours=[-5])
    _, _, (future,) = await world.open_case("10003", hours=[2])
    for reminder in (due, late):  # 备份之后，原来的机器送过了
        world.messenger.received.append(("private", reminder.user_id, f"<{reminder.id}>"))
    assert await _restored(world) == 2
    await world.run_until_settled()
    assert world.messenger.received_by("10001") == [f"<{due.id}>", f"{MARK}<{due.id}>"]
    assert world.messenger.received_by("10002") == [f"<{late.id}>", f"{MARK}<{late.id}>"]
    assert world.messenger.received_by("10003") == [f"<{future.id}>"]
    assert await world.states() == ["sent"] * 3


async def test_restoring_the_same_backup_twice_on_two_days_doubts_only_what_is_due(world: World) -> None:
    await world.open_case("10001", hours=[-0.5, 30])
    assert await _restored(world) == 1
    await world.worker().run_once()
    world.clock.advance(hours=31)
    assert await _restored(world) == 1
    await world.run_until_settled()
    first, second = sorted(world.messenger.received_by("10001"), key=lambda text: text[-2])
    assert MARK in first
    assert MARK in second


@pytest.mark.parametrize("state", [ReminderState.CLAIMED, ReminderState.SENDING])
async def test_what_was_in_hand_at_the_backup_does_not_wait_for_its_lease(world: World, state: ReminderState) -> None:
    _, _, (reminder,) = await world.open_case()
    await _set(world, reminder.id, state=state, attempt=1, lease_until=world.clock.now() + timedelta(minutes=2))
    await _restored(world, 0.001)
    row = await world.only_reminder()
    assert (row.state, row.possible_duplicate, row.unknowns) == ("unknown", True, 1)
    await world.worker().run_once()
    assert world.messenger.received_by("10001") == [f"{MARK}<{reminder.id}>"]


async def test_an_older_doubt_found_absent_in_the_history_does_not_clear_the_new_one(world: World) -> None:
    _, _, (reminder,) = await world.open_case()
    world.messenger.behaviours["10001"] = ["lose"]
    await world.worker().run_once()  # 备份前不明过一次，其实没送到
    world.clock.advance(hours=1)
    await _restored(world)
    world.messenger.received.append(("private", "10001", "原来的机器后来送到的另一种写法"))
    world.messenger.history_offered = True
    await world.run_until_settled()
    assert world.messenger.received_by("10001")[-1] == f"{MARK}<{reminder.id}>"


async def test_an_older_doubt_found_in_the_history_settles_it_without_another(world: World) -> None:
    _, _, (reminder,) = await world.open_case()
    world.messenger.behaviours["10001"] = ["deliver_then_lose"]
    await world.worker().run_once()
    world.clock.advance(hours=1)
    await _restored(world)
    world.messenger.history_offered = True
    await world.run_until_settled()
    assert world.messenger.received_by("10001") == [f"<{reminder.id}>"]


async def test_a_mention_that_may_have_happened_is_not_repeated(world: World) -> None:
    _, _, (reminder,) = await world.open_case()
    held = {"attempt": 1, "lease_until": world.clock.now() + timedelta(minutes=2)}
    await _set(world, reminder.id, state=ReminderState.SENDING, channel="group_mention", **held)
    await _restored(world)
    await world.worker().run_once()
    assert await world.states() == ["waiting"]
    assert world.messenger.received == []


@pytest.mark.parametrize("state", [ReminderState.WAITING, ReminderState.DEAD])
async def test_what_waits_for_the_person_is_marked_when_it_is_told(
    world: World, account: Any, state: ReminderState
) -> None:
    _, _, (reminder,) = await world.open_case()
    await _set(world, reminder.id, state=state)
    await _restored(world)
    tops: list[str | None] = []

    async def reply(top: str | None) -> Receipt:
        tops.append(top)
        return Receipt()

    await world.worker().next_message.deliver_with_reply(account, Person("onebot", "10001"), reply)
    assert tops == [f"{MARK}<{reminder.id}>"]


async def test_a_dead_letter_retried_after_the_restore_is_still_marked(world: World) -> None:
    _, _, (reminder,) = await world.open_case()
    await _set(world, reminder.id, state=ReminderState.DEAD)
    await _restored(world)
    async with world.database.transaction() as session:
        await dead_letters.retry(session, world.clock.now())
    await world.run_until_settled()
    assert world.messenger.received_by("10001") == [f"{MARK}<{reminder.id}>"]


async def test_what_had_ended_before_the_backup_stays_ended(world: World) -> None:
    await world.open_case("10001")
    await world.worker().run_once()
    _, _, (cancelled,) = await world.open_case("10002")
    await _set(world, cancelled.id, state=ReminderState.CANCELLED)
    assert await _restored(world) == 0
    await world.run_until_settled()
    assert len(world.messenger.received) == 1


async def test_somebody_who_deleted_his_data_after_the_backup_stays_deleted(world: World, tmp_path: Path) -> None:
    await world.open_case("10001")
    await world.open_case("10002")
    now = world.clock.now()
    erasure_marks.add(tmp_path / "data", [mark_of(Person("onebot", "10001"), "00" * 32, now + timedelta(minutes=5))])
    await world.database.close()
    readied = await make_ready(world.target, tmp_path / "data", now, now + timedelta(hours=1))
    assert (readied.doubted, readied.erased) == (2, 1)
    assert [reminder.user_id for reminder in await world.reminders()] == ["10002"]
