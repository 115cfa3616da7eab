"""问候与回访：他说到了这件案件，还没问的就往后挪或不问了。和别的提醒同在一张表里，状态也一样变。"""

from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from ...domain.days.check_ins import FOLLOW_UP
from ...rulebook.scenario_models.models import TimerKind
from ..records import ReminderRecord
from ..tables import ReminderRow, TimerRow
from .reminder_states import CANCELLABLE, ReminderState, moving

_IN_FLIGHT = (ReminderState.PENDING, ReminderState.CLAIMED, ReminderState.SENDING, ReminderState.UNKNOWN)
_ANSWERED = "answered"


async def planned(session: AsyncSession, case_id: int, now: datetime) -> list[ReminderRecord]:
    """这件案件排着的问候和回访，这一刻才排的不算。"""
    rows = await session.scalars(
        select(ReminderRow)
        .where(
            ReminderRow.case_id == case_id,
            ReminderRow.state.in_((*CANCELLABLE, ReminderState.DEAD)),
            ReminderRow.created_at < now,
            or_(ReminderRow.offset == FOLLOW_UP, _is_check_in()),
        )
        .order_by(ReminderRow.id)
    )
    return [ReminderRecord.of(row) for row in rows]


async def cancel(session: AsyncSession, reminder: ReminderRecord, now: datetime) -> None:
    """他已经说了，不用问了。"""
    await session.execute(
        moving(ReminderState.CANCELLED, (*CANCELLABLE, ReminderState.DEAD), now, reason=_ANSWERED).where(
            ReminderRow.id == reminder.id
        )
    )


async def put_off(session: AsyncSession, reminder: ReminderRecord, until: datetime) -> None:
    """还没人领走的，挪到 ``until`` 再问。"""
    await session.execute(
        update(ReminderRow)
        .where(ReminderRow.id == reminder.id, ReminderRow.state == ReminderState.PENDING)
        .values(due_at=until, next_try_at=until)
    )


async def is_reminding(session: AsyncSession, reminder: ReminderRecord) -> bool:
    """和它同一个时限的提醒，还有没送完的。"""
    return bool(await session.scalar(select(exists().where(*_others(reminder), ReminderRow.state.in_(_IN_FLIGHT)))))


async def last_told(session: AsyncSession, reminder: ReminderRecord) -> datetime | None:
    """和它同一个时限的提醒，最近一次什么时候送到的；一次也没送到为空。"""
    return await session.scalar(
        select(ReminderRow.settled_at)
        .where(*_others(reminder), ReminderRow.state == ReminderState.SENT)
        .order_by(ReminderRow.settled_at.desc())
        .limit(1)
    )


async def reminded_at(session: AsyncSession, case_id: int) -> list[datetime]:
    """这件案件的日子还有哪几次提醒排着。"""
    rows = await session.scalars(
        select(ReminderRow.due_at).where(
            ReminderRow.case_id == case_id,
            ReminderRow.state.in_(_IN_FLIGHT),
            ReminderRow.offset != FOLLOW_UP,
            ~_is_check_in(),
        )
    )
    return list(rows)


def _others(reminder: ReminderRecord) -> tuple[ColumnElement[bool], ...]:
    return (
        ReminderRow.case_id == reminder.case_id,
        ReminderRow.timer_id == reminder.timer_id,
        ReminderRow.timer_version == reminder.timer_version,
        ReminderRow.id != reminder.id,
    )


@cache
def _is_check_in() -> ColumnElement[bool]:
    timer = aliased(TimerRow)
    return exists().where(
        timer.case_id == ReminderRow.case_id,
        timer.timer_id == ReminderRow.timer_id,
        timer.timer_version == ReminderRow.timer_version,
        timer.kind == TimerKind.CHECK_IN.value,
    )
