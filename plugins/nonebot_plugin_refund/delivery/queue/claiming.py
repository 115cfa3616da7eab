"""领取：选出到时的，同时写成已领取，围栏号加一。几个进程各领各的，一个人的不会分到两处。"""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Select, exists, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.dml import ReturningUpdate

from ...storage.connection.dialect import skip_locked
from ...storage.owner import controls
from ...storage.records import ReminderRecord
from ...storage.reminding.reminder_states import IDLE, ReminderState, moving
from ...storage.tables import ReminderRow
from ..messenger import Account

_MERGED_AT_MOST = 100
"""为了合成一条消息而多带上的，至多这么多条。"""

_RETURN_ROWS = {"synchronize_session": False, "populate_existing": True}


async def claim(
    session: AsyncSession, account: Account, now: datetime, *, limit: int, lease: timedelta
) -> list[ReminderRecord]:
    """领取这个账号到时的提醒，再带上同一批人其余到时的（好合成一条消息）。早到时的在前。

    结果不明的先领：它们等着查历史，耽误久了消息就翻不到了。
    ``limit`` 数的是人：一个人由他最早到时的那条代表，谁锁住那条，他的就都归谁，不会被两个进程分开送。
    主人暂停了推送就一条也不领；提醒都原样排着，恢复后照常领。
    """
    if await controls.sending_paused_since(session):
        return []
    claimed: list[ReminderRecord] = []
    for state in (ReminderState.UNKNOWN, ReminderState.PENDING):
        if len(claimed) < limit:
            due = claimable(account, state, now).limit(limit - len(claimed))
            claimed += await _claim(session, due, now, lease)
    people = {reminder.user_id for reminder in claimed}
    if people:
        claimed += await _claim(session, also_claimable(account, people, now).limit(_MERGED_AT_MOST), now, lease)
    return sorted(claimed, key=lambda reminder: (reminder.due_at, reminder.id))


async def next_due(session: AsyncSession, accounts: Collection[Account]) -> datetime | None:
    """这些账号最早的下一条什么时候到；没有、或推送暂停着，为空。"""
    if await controls.sending_paused_since(session):
        return None
    moments = [
        moment
        for account in accounts
        for state in IDLE
        if (
            moment := await session.scalar(
                select(ReminderRow.next_try_at).where(*_of(account, state)).order_by(ReminderRow.next_try_at).limit(1)
            )
        )
    ]
    return min(moments, default=None)


def claimable(account: Account, state: ReminderState, now: datetime) -> Select[int]:
    """这个账号到时的，每人最早的一条，早到的在前；走 ``(state, platform, self_id, next_try_at)`` 索引，不用排序。"""
    return (
        select(ReminderRow.id)
        .where(*_of(account, state), ReminderRow.next_try_at <= now, ~_has_an_earlier_one())
        .order_by(ReminderRow.next_try_at)
    )


@cache
def _has_an_earlier_one() -> ColumnElement[bool]:
    """同一个账号对同一个人还有更早到时的。走按人的索引，不去看“所有到时的”。"""
    earlier = aliased(ReminderRow)
    return exists().where(
        earlier.platform == ReminderRow.platform,
        earlier.user_id == ReminderRow.user_id,
        earlier.state == ReminderRow.state,
        _unindexed(earlier.self_id) == ReminderRow.self_id,
        tuple_(func.coalesce(earlier.next_try_at, earlier.due_at), earlier.id)
        < tuple_(ReminderRow.next_try_at, ReminderRow.id),
    )


def also_claimable(account: Account, people: Collection[str], now: datetime) -> Select[int]:
    """这些人其余到时的；走按人的索引。"""
    return select(ReminderRow.id).where(
        ReminderRow.platform == account.platform,
        ReminderRow.user_id.in_(people),
        ReminderRow.state.in_(IDLE),
        _unindexed(ReminderRow.self_id) == account.self_id,
        # 同样是为了不让优化器去看“所有到时的”
        func.coalesce(ReminderRow.next_try_at, ReminderRow.due_at) <= now,
    )


def claim_statement(due: Select[int], now: datetime, lease: timedelta) -> ReturningUpdate[ReminderRow]:
    """领取用的那一句：选出到时的（PostgreSQL 跳过别人锁着的），同时写成已领取。"""
    picked = skip_locked(due).cte("picked")
    return (
        moving(
            ReminderState.CLAIMED,
            IDLE,
            state=_unindexed(ReminderRow.state),
            attempt=ReminderRow.attempt + 1,
            lease_until=now + lease,
        )
        .where(ReminderRow.id.in_(select(picked.c.id)))
        .returning(ReminderRow)
    )


async def _claim(session: AsyncSession, due: Select[int], now: datetime, lease: timedelta) -> list[ReminderRecord]:
    rows = await session.scalars(claim_statement(due, now, lease), execution_options=_RETURN_ROWS)
    return [ReminderRecord.of(row) for row in rows]


def _of(account: Account, state: ReminderState) -> tuple[ColumnElement[bool], ...]:
    return (
        ReminderRow.state == state,
        ReminderRow.platform == account.platform,
        ReminderRow.self_id == account.self_id,
    )


def _unindexed(column: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """照样比较，但不许优化器拿这一列挑索引：没有统计信息的 SQLite 会挑中“所有 pending”那一段逐行看。"""
    return column + ""
