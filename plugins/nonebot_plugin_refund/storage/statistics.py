"""给机器人主人看的总数：只有数目，没有任何人的内容。"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from .cases import open_count
from .reminders import ReminderState
from .tables import ReminderRow


@dataclass(frozen=True, slots=True)
class Counts:
    """几个总数。"""

    open_cases: int
    pending_reminders: int
    """还没有结果的提醒。"""
    sent_reminders: int
    dead_reminders: int
    """送不出去、等人重试的提醒。"""


async def count_all(session: AsyncSession) -> Counts:
    """数一遍。"""
    rows = await session.execute(select(ReminderRow.state, func.count()).group_by(ReminderRow.state))
    by_state = dict(rows.all())
    settled = (ReminderState.SENT, ReminderState.CANCELLED, ReminderState.DEAD)
    return Counts(
        open_cases=await open_count(session),
        pending_reminders=sum(count for state, count in by_state.items() if state not in settled),
        sent_reminders=by_state.get(ReminderState.SENT, 0),
        dead_reminders=by_state.get(ReminderState.DEAD, 0),
    )
