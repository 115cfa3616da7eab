"""把领走了却没有了结的提醒收回来：没出手的重新排队，写明要发的算结果不明。

两种时候：租约过期，那个进程多半死了；自己要停机，趁还在把手上的都交回去，下次启动不必等租约。
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from ...storage.connection.dialect import skip_locked
from ...storage.records import ReminderRecord
from ...storage.reminding.reminder_states import Fork, ReminderState, moving
from ...storage.tables import DeliveryRow, ReminderRow
from .outbox import Channel, DeliveryOutcome


def after_doubt() -> Fork:
    """结果不明的去哪里：过一会儿先查送到没有；点名的不重发，群里多一条打扰的是所有人。"""
    return Fork(ReminderRow.channel == Channel.GROUP_MENTION, ReminderState.WAITING, ReminderState.UNKNOWN)


async def reclaim(session: AsyncSession, now: datetime, *, lease: timedelta) -> int:
    """租约过期的收回来。返回几条。

    钟被往回拨过时，旧租约会远在将来；比两倍租约还远的也收回来。
    """
    expired = or_(ReminderRow.lease_until <= now, ReminderRow.lease_until > now + lease * 2)
    return await _take_back(session, now, expired, "lease_expired", look_again_at=now)


async def give_back(
    session: AsyncSession,
    reminders: Collection[ReminderRecord],
    now: datetime,
    *,
    reconcile_delay: timedelta,
) -> int:
    """停机时交回手上的。只动仍由这一次领取占着的（围栏号没变）；返回几条。

    刚打断的那条也许还在路上，``reconcile_delay`` 之后才去查它到没到。
    """
    ours = tuple_(ReminderRow.id, ReminderRow.attempt).in_([(held.id, held.attempt) for held in reminders])
    return await _take_back(session, now, ours, "stopped", look_again_at=now + reconcile_delay)


async def _take_back(
    session: AsyncSession,
    now: datetime,
    which: ColumnElement[bool],
    reason: str,
    *,
    look_again_at: datetime,
) -> int:
    idle = Fork(ReminderRow.possible_duplicate.is_(True), ReminderState.UNKNOWN, ReminderState.PENDING)
    unsent = await session.scalars(
        moving(idle, (ReminderState.CLAIMED,))
        .where(_unlocked(ReminderRow.state == ReminderState.CLAIMED, which))
        .returning(ReminderRow.id)
        .execution_options(synchronize_session=False)
    )
    unsure = await session.execute(
        moving(
            after_doubt(),
            (ReminderState.SENDING,),
            now,
            unknowns=ReminderRow.unknowns + 1,
            possible_duplicate=True,
            next_try_at=look_again_at,
            reason=reason,
        )
        .where(_unlocked(ReminderRow.state == ReminderState.SENDING, which))
        .returning(ReminderRow.id, ReminderRow.delivery_id)
        .execution_options(synchronize_session=False)
    )
    lost = unsure.all()
    await session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id.in_({row.delivery_id for row in lost}), DeliveryRow.outcome == DeliveryOutcome.SENDING)
        .values(outcome=DeliveryOutcome.UNKNOWN, wording=reason, ended_at=now)
    )
    return len(unsent.all()) + len(lost)


def _unlocked(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """符合条件、没有被别的进程锁着的：几个进程同时收回也不会互相等。"""
    picked = skip_locked(select(ReminderRow.id).where(*conditions)).cte("takeable")
    return ReminderRow.id.in_(select(picked.c.id))
