"""一个人的全部数据：导出、删除；以及到期清理。"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from ..records import Person
from ..tables import (
    Base,
    CaseEventRow,
    CaseRow,
    ChangeRow,
    DeliveryItemRow,
    DeliveryRow,
    EvidenceTickRow,
    InterviewRow,
    NoteRow,
    OwedReplyRow,
    PersonRow,
    ReminderRow,
    TimerRow,
)

OWN_TABLES: dict[str, type[Base]] = {
    "person": PersonRow,
    "interviews": InterviewRow,
    "notes": NoteRow,
    "owed_replies": OwedReplyRow,
    "changes": ChangeRow,
    "cases": CaseRow,
    "reminders": ReminderRow,
    "deliveries": DeliveryRow,
}
"""带着平台与账号的表。"""

_CASE_TABLES: dict[str, type[Base]] = {
    "case_events": CaseEventRow,
    "evidence_ticks": EvidenceTickRow,
    "case_timers": TimerRow,
}
"""挂在案件下面的表，删案件时由外键一并删去。"""

PURGE_BATCH = 500
"""一批至多删多少件案件、多少行。"""


async def export_person(session: AsyncSession, person: Person) -> dict[str, Any]:
    """这个人在库里的一切，按表分列；时刻写成 ISO 8601（UTC），可以直接转成 JSON。"""
    own_cases = select(CaseRow.id).where(*_owned_by(CaseRow, person))
    own_reminders = select(ReminderRow.id).where(*_owned_by(ReminderRow, person))
    exported: dict[str, Any] = {"owner": asdict(person)}
    for name, table in OWN_TABLES.items():
        exported[name] = await _rows(session, table, and_(*_owned_by(table, person)))
    for name, table in _CASE_TABLES.items():
        exported[name] = await _rows(session, table, _column(table, "case_id").in_(own_cases))
    exported["delivery_items"] = await _rows(session, DeliveryItemRow, DeliveryItemRow.reminder_id.in_(own_reminders))
    return exported


async def delete_person(session: AsyncSession, person: Person) -> None:
    """删掉这个人在库里的一切。正在路上的提醒随行一起消失，之后的写入全部落空。"""
    for table in (ChangeRow, CaseRow, DeliveryRow, InterviewRow, NoteRow, OwedReplyRow, PersonRow):
        await session.execute(delete(table).where(*_owned_by(table, person)))


async def purge_closed(session: AsyncSession, before: datetime) -> int:
    """删掉 ``before`` 之前结案的案件（一次至多五百件，返回几件，直到返回零）。

    只有结论、没有后续阶段的案件没什么可结，从最后一次动它算起。
    """
    over = or_(CaseRow.closed_at < before, and_(CaseRow.stage_id.is_(None), CaseRow.updated_at < before))
    # 不排序：一排序 SQLite 就改成按行号翻遍全部案件，而不是走两条索引
    ids = (await session.scalars(select(CaseRow.id).where(over).limit(PURGE_BATCH))).all()
    if ids:
        await delete_cases(session, ids)
    return len(ids)


async def delete_cases(session: AsyncSession, case_ids: Sequence[int]) -> None:
    """删掉这些案件及其访谈、送达记录。归谁由调用的人先看好。"""
    of_cases = (
        await session.scalars(
            select(DeliveryItemRow.delivery_id)
            .join(ReminderRow, ReminderRow.id == DeliveryItemRow.reminder_id)
            .where(ReminderRow.case_id.in_(case_ids))
            .distinct()
        )
    ).all()
    await session.execute(delete(InterviewRow).where(InterviewRow.case_id.in_(case_ids)))
    await session.execute(delete(CaseRow).where(CaseRow.id.in_(case_ids)))
    # 合并发出的消息里若还有别的案件的提醒，记录留着
    still_used = exists().where(DeliveryItemRow.delivery_id == DeliveryRow.id)
    await session.execute(delete(DeliveryRow).where(DeliveryRow.id.in_(of_cases), ~still_used))


async def _rows(session: AsyncSession, table: type[Base], condition: ColumnElement[bool]) -> list[dict[str, Any]]:
    result = await session.execute(select(*table.__table__.columns).where(condition))
    return [{name: _plain(value) for name, value in row.items()} for row in result.mappings()]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _column(table: type[Base], name: str) -> ColumnElement[Any]:
    return table.__table__.columns[name]


def _owned_by(table: type[Base], person: Person) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _column(table, "platform") == person.platform, _column(table, "user_id") == person.user_id
