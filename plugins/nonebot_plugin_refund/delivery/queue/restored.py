"""刚从备份恢复的库：备份之后可能已经送过的提醒，都当作结果不明。

备份那一刻还没送、现在已经到时的，备份之后那台机器可能送过，也可能没来得及：谁也不知道。照样发就是没有注明的重复，
不发就是丢失，所以按 ``taking_back.reclaim`` 对“写明要发却没有下文”的同样办法：记一次不明，再发时注明「可能重复」。
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from ...storage.person import erasures
from ...storage.reminding.reminder_states import HELD, IDLE, ReminderState, moving
from ...storage.tables import DeliveryItemRow, DeliveryRow, ReminderRow
from ...storage.upgrade import open_database
from .outbox import Channel, DeliveryOutcome
from .taking_back import after_doubt

RESTORED = "restored"
"""记在 ``reason`` 和送达的 ``wording`` 里。"""
_BATCH = 500


@dataclass(frozen=True)
class Readied:
    """恢复出来的库备好了：几条提醒改成了结果不明，照记号又删了几个人。"""

    doubted: int
    erased: int


async def make_ready(
    file: Path, data_folder: Path, made_at: datetime, now: datetime, replaced: Path | None = None
) -> Readied:
    """让恢复出来、还没有换上的库可以用：升到当前结构，可疑的提醒标成不明，删过数据的人再删一遍。

    Args:
        file: 恢复出来的 SQLite 文件。
        data_folder: 机器人的数据文件夹，删除的记号在里面。
        made_at: 备份是哪一刻的，带时区。
        now: 恢复的时刻，带时区。
        replaced: 要被换下来的库：它记着的删除，文件夹里不一定有。

    Raises:
        StorageError: 升级不了。
        OSError: 记号读不出来。
    """
    also = frozenset() if replaced is None else await asyncio.to_thread(erasures.marks_in_file, replaced)
    database = await open_database(file)
    try:
        async with database.transaction() as session:
            doubted = await doubt_what_was_due(session, made_at, now)
        return Readied(doubted, await erasures.catch_up(data_folder, database, now, also))
    finally:
        await database.close()


async def doubt_what_was_due(session: AsyncSession, made_at: datetime, now: datetime) -> int:
    """把可能在备份之后送过的提醒标成结果不明，返回几条。还没到时的不动：谁也没有提前送过。

    ``waiting``、``dead`` 的仍等本人来，只是再说时也注明可能重复。

    Args:
        session: 恢复出来的库上的写事务；还没有机器人在用它。
        made_at: 备份是哪一刻的。
        now: 恢复的时刻。
    """
    await _doubt_open_deliveries(session, now)
    doubted = [*await _doubt_pushes(session, now), *await _doubt_owed(session)]
    for start in range(0, len(doubted), _BATCH):
        await _record_untold_deliveries(session, doubted[start : start + _BATCH], made_at, now)
    return len(doubted)


async def _doubt_pushes(session: AsyncSession, now: datetime) -> list[int]:
    doubted = await session.scalars(
        moving(
            after_doubt(),
            (*IDLE, *HELD),
            now,
            unknowns=ReminderRow.unknowns + 1,
            possible_duplicate=True,
            next_try_at=now,
            reason=RESTORED,
        )
        .where(_may_have_been_pushed(now))
        .returning(ReminderRow.id)
        .execution_options(synchronize_session=False)
    )
    return list(doubted.all())


def _may_have_been_pushed(now: datetime) -> ColumnElement[bool]:
    """领走的、写明要发的，和到了时的；不问到时在备份之前还是之后：之前到时的也可能拖到之后才送。"""
    due = and_(ReminderRow.state.in_(IDLE), ReminderRow.next_try_at <= now)
    return or_(due, ReminderRow.state.in_(HELD))


async def _doubt_owed(session: AsyncSession) -> list[int]:
    """等本人说话时补上的：备份之后他可能已经来过。"""
    doubted = await session.scalars(
        update(ReminderRow)
        .where(
            ReminderRow.state.in_((ReminderState.WAITING, ReminderState.DEAD)),
            ReminderRow.possible_duplicate.is_(False),
        )
        .values(possible_duplicate=True)
        .returning(ReminderRow.id)
        .execution_options(synchronize_session=False)
    )
    return list(doubted.all())


async def _doubt_open_deliveries(session: AsyncSession, now: datetime) -> None:
    await session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.outcome == DeliveryOutcome.SENDING)
        .values(outcome=DeliveryOutcome.UNKNOWN, wording=RESTORED, ended_at=now)
    )


async def _record_untold_deliveries(
    session: AsyncSession, reminder_ids: list[int], made_at: datetime, now: datetime
) -> None:
    """各记一次说不清内容的送达：翻聊天记录时就知道还有一次查不清，不会把“旧的那次没送到”当成“没送过”。"""
    reminders = (await session.scalars(select(ReminderRow).where(ReminderRow.id.in_(reminder_ids)))).all()
    for reminder in reminders:
        delivery = DeliveryRow(
            platform=reminder.platform,
            self_id=reminder.self_id,
            user_id=reminder.user_id,
            group_id=None,
            channel=Channel.PRIVATE,
            text="",
            outcome=DeliveryOutcome.UNKNOWN,
            wording=RESTORED,
            marked_duplicate=False,
            started_at=made_at,
            ended_at=now,
        )
        session.add(delivery)
        await session.flush()
        session.add(DeliveryItemRow(delivery_id=delivery.id, reminder_id=reminder.id, attempt=reminder.attempt))
    await session.flush()
