"""到期清理：每张带着人的数据的表都有期限，到期分批删，一批一个短事务，不挡着正在说话的人。"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from ..case import changes, snapshots
from ..case.interviews import InterviewStatus
from ..reminding.reminder_states import SETTLED
from ..tables import CaseRow, ChangeRow, DeliveryRow, InterviewRow, NoteRow, PersonRow, ReminderRow
from . import handled, notes, owed_replies
from .personal_data import PURGE_BATCH, delete_cases, purge_closed

DUPLICATES_KEPT = timedelta(days=3)
"""同一条消息隔这么久还会再送来，没有见过。"""

SILENT_CASES_KEPT = timedelta(days=3 * 366)
"""没结案、没人再动、也没有要送的提醒的案件留多久：普通诉讼时效三年（民法典第一百八十八条），过了再留着没有用处。"""

Purge = Callable[[AsyncSession, datetime], Awaitable[int]]
"""删一批早于给定时刻的；返回删了几条，零就是没有了。"""


@dataclass(frozen=True)
class Job:
    """一种到期清理。"""

    purge: Purge
    kept: timedelta | None
    """留多久；空表示照设置里的保留天数。"""


async def purge_silent_cases(session: AsyncSession, before: datetime) -> int:
    """没结案、``before`` 之后没动过、也没有要送的提醒的案件。返回删了几件。"""
    ahead = exists().where(ReminderRow.case_id == CaseRow.id, ReminderRow.state.not_in(SETTLED))
    ids = await session.scalars(
        select(CaseRow.id).where(CaseRow.closed_at.is_(None), CaseRow.updated_at < before, ~ahead).limit(PURGE_BATCH)
    )
    found = ids.all()
    if found:
        await delete_cases(session, found)
    return len(found)


async def purge_interviews(session: AsyncSession, before: datetime) -> int:
    """``before`` 之后没动过的访谈，问完的、搁下的、问到一半的都算。返回几场。"""
    stale = (
        select(InterviewRow.id)
        .where(InterviewRow.status.in_(list(InterviewStatus)), InterviewRow.updated_at < before)
        .limit(PURGE_BATCH)
    )
    removed = await session.scalars(delete(InterviewRow).where(InterviewRow.id.in_(stale)).returning(InterviewRow.id))
    return len(removed.all())


async def purge_deliveries(session: AsyncSession, before: datetime) -> int:
    """``before`` 之前的送达：案件还开着，也不必一直留着说过的每句话。返回几条。"""
    stale = select(DeliveryRow.id).where(DeliveryRow.started_at < before).limit(PURGE_BATCH)
    removed = await session.scalars(delete(DeliveryRow).where(DeliveryRow.id.in_(stale)).returning(DeliveryRow.id))
    return len(removed.all())


async def purge_people(session: AsyncSession, before: datetime) -> int:
    """``before`` 之后没来过、名下什么也没有的人。返回几个。"""
    nothing = and_(*[~_has(table) for table in (CaseRow, InterviewRow, NoteRow, DeliveryRow, ChangeRow)])
    stale = select(PersonRow.platform, PersonRow.user_id).where(PersonRow.seen_at < before, nothing).limit(PURGE_BATCH)
    removed = await session.scalars(
        delete(PersonRow)
        .where(tuple_(PersonRow.platform, PersonRow.user_id).in_(stale))
        .returning(PersonRow.user_id)
        .execution_options(synchronize_session=False)
    )
    return len(removed.all())


JOBS: tuple[Job, ...] = (
    Job(purge_closed, None),
    Job(purge_silent_cases, SILENT_CASES_KEPT),
    Job(purge_interviews, None),
    Job(purge_deliveries, None),
    Job(handled.forget, DUPLICATES_KEPT),
    Job(notes.forget, timedelta()),
    Job(owed_replies.forget, owed_replies.KEPT_FOR),
    Job(changes.forget, changes.KEPT_FOR),
    Job(purge_people, None),
    Job(snapshots.forget_unused, None),
)
"""先后有讲究：案件、访谈走了，人和留底才没有人用着。"""


def _has(table: type[CaseRow | InterviewRow | NoteRow | DeliveryRow | ChangeRow]) -> ColumnElement[bool]:
    return exists().where(table.platform == PersonRow.platform, table.user_id == PersonRow.user_id)
