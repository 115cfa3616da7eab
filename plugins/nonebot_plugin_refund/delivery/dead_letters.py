"""送不出去的提醒：运营者看得到、能重试。给运营者看的没有案情。"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from ..storage.records import ReminderRecord
from ..storage.reminders import ReminderState
from ..storage.tables import CaseRow, ReminderRow


@dataclass(frozen=True, slots=True)
class DeadCase:
    """一件有送不出去的提醒的案件；原因是最近一条的。"""

    case_code: str
    count: int
    """几条送不出去。"""
    reason: str
    code: str
    """对方给的码；没有为空字符串。"""
    since: datetime | None
    """从什么时候起（UTC）。"""


async def listed(session: AsyncSession, limit: int = 20) -> list[ReminderRecord]:
    """送不出去的，近的在前；原因在 ``reason``、``last_code``、``last_wording``。"""
    rows = await session.scalars(
        select(ReminderRow).where(ReminderRow.state == ReminderState.DEAD).order_by(ReminderRow.id.desc()).limit(limit)
    )
    return [ReminderRecord.of(row) for row in rows]


async def listed_by_case(session: AsyncSession, limit: int) -> list[DeadCase]:
    """有送不出去的提醒的案件，至多 ``limit`` 件，最近的在前；只有案件号，没有是谁的、说的什么。"""
    latest = func.max(ReminderRow.id)
    rows = await session.execute(
        select(CaseRow.code, func.count(ReminderRow.id), latest)
        .join(ReminderRow, ReminderRow.case_id == CaseRow.id)
        .where(ReminderRow.state == ReminderState.DEAD)
        .group_by(CaseRow.code)
        .order_by(latest.desc())
        .limit(limit)
    )
    found: list[DeadCase] = []
    for code, count, last in rows.all():
        row = await session.get_one(ReminderRow, last)
        found.append(DeadCase(code, count, row.reason or "", row.last_code or "", row.settled_at))
    return found


async def retry(
    session: AsyncSession,
    now: datetime,
    reminder_ids: Collection[int] | None = None,
    *,
    case_code: str | None = None,
) -> int:
    """重新排上：给了行号或案件号只排这些，否则全部。返回几条。不再该发的会在出手前的复核里作废。

    再办一遍也无妨：排上了的不再是送不出去的，不会再排一次。
    """
    statement = update(ReminderRow).where(ReminderRow.state == ReminderState.DEAD)
    if reminder_ids is not None:
        statement = statement.where(ReminderRow.id.in_(reminder_ids))
    if case_code is not None:
        statement = statement.where(ReminderRow.case_id.in_(select(CaseRow.id).where(CaseRow.code == case_code)))
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
