"""“规则有更新”的通知：和提醒走同一条路（安静时段、合并、送不到等下次），所以一样不会丢。

提醒总要挂在一个时限上；没有在走的时限的案件也得能通知，所以通知自己带一行：种类是 ``notice``、已到期的时限。
它不是案件的日子，列时限的地方都略过它。
"""

from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from ..connection.dialect import insert
from ..records import CaseRecord
from ..tables import ReminderRow, TimerRow
from .reminder_states import CANCELLABLE, ReminderState, moving
from .reminders import is_stopped, new_row
from .timers import NOTICE_KIND, TimerState

NOTICE_TIMER = "@rules-changed"
"""通知挂着的那一行的名字；手册里的 id 只能以字母开头，不会与它撞上。"""
PREFIX = "rules@"
"""通知的 ``offset``：后面是新版本，同一件案件、同一个版本只有一条。"""


def new_edition_of(offset: str) -> str | None:
    """这条提醒通知的是哪个新版本；不是通知为空。"""
    return offset.removeprefix(PREFIX) if offset.startswith(PREFIX) else None


async def announce(session: AsyncSession, case: CaseRecord, digest: str, at: datetime, now: datetime) -> bool:
    """在 ``at`` 告诉本人一次：他这件用的规则有了新版本 ``digest``。返回是不是这次才排上的。

    同一件案件、同一个版本只告诉一次；上一个版本还没送出去的不再送。停了提醒的人不打扰。
    调用前要占住案件这一行（``cases.get_by_id(..., to_change=True)``）。
    """
    offset = f"{PREFIX}{digest}"
    told = select(exists().where(ReminderRow.case_id == case.id, ReminderRow.offset == offset))
    if await session.scalar(told):
        return False
    await session.execute(
        moving(ReminderState.CANCELLED, CANCELLABLE, now, reason="superseded")
        .where(ReminderRow.case_id == case.id, ReminderRow.timer_id == NOTICE_TIMER)
        .execution_options(synchronize_session=False)
    )
    version = await _next_version(session, case)
    await session.execute(insert(session, TimerRow).values(_timer(case, version, at, now)))
    stopped = await is_stopped(session, case)
    row = new_row(case, (NOTICE_TIMER, version), offset, at, now, stopped=stopped)
    # 群里点名说的是“快到日子了”，通知不是：不给群，送不到就等他下次说话
    await session.execute(insert(session, ReminderRow).values(row | {"origin_group_id": None}))
    return not stopped


async def _next_version(session: AsyncSession, case: CaseRecord) -> int:
    latest = await session.scalar(
        select(func.max(TimerRow.timer_version)).where(TimerRow.case_id == case.id, TimerRow.timer_id == NOTICE_TIMER)
    )
    return (latest or 0) + 1


def _timer(case: CaseRecord, version: int, at: datetime, now: datetime) -> dict[str, object]:
    return {
        "case_id": case.id,
        "timer_id": NOTICE_TIMER,
        "timer_version": version,
        "kind": NOTICE_KIND,
        "title": "规则有更新",
        "starts": now,
        "due_at": now,
        "safe": at.date(),
        "certain": True,
        "explain": [],
        "state": TimerState.PASSED.value,
        "settled_at": now,
    }
