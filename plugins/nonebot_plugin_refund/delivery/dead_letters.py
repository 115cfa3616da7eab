"""送不出去的提醒：运营者看得到、能重试。给运营者看的没有案情。"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from ..storage.records import ReminderRecord
from ..storage.reminders import ReminderState
from ..storage.tables import ReminderRow


async def listed(session: AsyncSession, limit: int = 20) -> list[ReminderRecord]:
    """送不出去的，近的在前；原因在 ``reason``、``last_code``、``last_wording``。"""
    rows = await session.scalars(
        select(ReminderRow).where(ReminderRow.state == ReminderState.DEAD).order_by(ReminderRow.id.desc()).limit(limit)
    )
    return [ReminderRecord.of(row) for row in rows]


async def retry(session: AsyncSession, now: datetime, reminder_ids: Collection[int] | None = None) -> int:
    """重新排上：给了行号只排这些，否则全部。返回几条。不再该发的会在出手前的复核里作废。"""
    statement = update(ReminderRow).where(ReminderRow.state == ReminderState.DEAD)
    if reminder_ids is not None:
        statement = statement.where(ReminderRow.id.in_(reminder_ids))
    retried = await session.scalars(
        statement.values(
            state=ReminderState.PENDING,
            next_try_at=now,
            failures=0,
            reason=None,
            settled_at=None,
        )
        .returning(ReminderRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(retried.all())
