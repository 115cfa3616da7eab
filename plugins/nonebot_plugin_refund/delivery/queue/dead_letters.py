"""没送到的提醒：运营者看得到、能重试。给运营者看的没有案情。"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from ...storage.reminding.reminder_states import Fork, ReminderState, moving
from ...storage.reminding.undelivered import RETRIED_FROM, undelivered
from ...storage.tables import CaseRow, ReminderRow
from .endings import RETRIED


@dataclass(frozen=True, slots=True)
class DeadCase:
    """一件有没送到的提醒的案件；原因是最近一条的。"""

    case_code: str
    count: int
    """几条没送到。"""
    state: str
    reason: str
    code: str
    """对方给的码；没有为空字符串。"""
    since: datetime | None
    """从什么时候起（UTC）。"""


async def listed_by_case(session: AsyncSession, now: datetime, limit: int) -> list[DeadCase]:
    """有没送到的提醒的案件，至多 ``limit`` 件，最近的在前；只有案件号，没有是谁的、说的什么。"""
    latest = func.max(ReminderRow.id)
    rows = await session.execute(
        select(CaseRow.code, func.count(ReminderRow.id), latest)
        .join(ReminderRow, ReminderRow.case_id == CaseRow.id)
        .where(await undelivered(session, now))
        .group_by(CaseRow.code)
        .order_by(latest.desc())
        .limit(limit)
    )
    found: list[DeadCase] = []
    for code, count, last in rows.all():
        row = await session.get_one(ReminderRow, last)
        since = row.settled_at or row.due_at
        found.append(DeadCase(code, count, row.state, row.reason or "", row.last_code or "", since))
    return found


async def retry(
    session: AsyncSession,
    now: datetime,
    *,
    case_code: str | None = None,
) -> int:
    """重新排上：给了案件号只排这一件的，否则全部。返回几条。不再该发的会在出手前的复核里作废。

    还不知道送到没有的，重新排上也先查、再注明可能重复。再办一遍也无妨：刚排上的不再是没送到的。
    """
    statement = moving(
        Fork(ReminderRow.possible_duplicate.is_(True), ReminderState.UNKNOWN, ReminderState.PENDING),
        RETRIED_FROM,
        next_try_at=now,
        failures=0,
        reason=RETRIED,
    )
    stuck = await undelivered(session, now)
    if case_code is None:
        statement = statement.where(stuck)
    else:
        # 点名要这一件的，本该等他来的也再推送一次试试
        statement = statement.where(or_(stuck, ReminderRow.state == ReminderState.WAITING))
        statement = statement.where(ReminderRow.case_id.in_(select(CaseRow.id).where(CaseRow.code == case_code)))
    retried = await session.scalars(statement.returning(ReminderRow.id).execution_options(synchronize_session=False))
    return len(retried.all())
