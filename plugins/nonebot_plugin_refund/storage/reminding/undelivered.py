"""哪些提醒算没送到：运营者在「管理 没送到」里逐件看到、能重试，体检和指标数的也是它们。"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.util import AliasedClass

from ..owner import controls
from ..tables import ReminderRow
from .reminder_states import IDLE, ReminderState

OVERDUE = timedelta(hours=1)
"""到时这么久还没送出去，就不是等间隔、等一次重试能解释的了。"""
RETRIED_FROM = (*IDLE, ReminderState.WAITING, ReminderState.DEAD)
"""运营者能重新排上的。"""

_JUST_WAITING = ("unreachable", "consent_withdrawn", "group_declined", "group_quiet")
"""等本人来说话，而且本该如此：不是好友，或不让点名。"""
_TRYING = ("retry", "friend_lookup", "not_connected", "outcome_unknown", "lease_expired")
"""一直在试，一直没成。"""


def stuck(row: type[ReminderRow] | AliasedClass[ReminderRow] = ReminderRow) -> ColumnElement[bool]:
    """不再自己送的：送不出去的，等本人来却不是因为不是好友的。"""
    waiting = and_(row.state == ReminderState.WAITING, func.coalesce(row.reason, "").not_in(_JUST_WAITING))
    return or_(row.state == ReminderState.DEAD, waiting)


async def undelivered(session: AsyncSession, now: datetime) -> ColumnElement[bool]:
    """没送到的：不再自己送的，和到时 :data:`OVERDUE` 以上还没送出去的。

    主人停着推送时，到时没送的是他要的，不算。
    """
    if await controls.sending_paused_since(session):
        return stuck()
    before = now - OVERDUE
    trying = and_(ReminderRow.due_at <= before, ReminderRow.reason.in_(_TRYING))
    return or_(stuck(), and_(ReminderRow.state.in_(IDLE), or_(ReminderRow.next_try_at <= before, trying)))


async def undelivered_count(session: AsyncSession, now: datetime) -> int:
    """几条没送到。"""
    return await session.scalar(select(func.count(ReminderRow.id)).where(await undelivered(session, now))) or 0
