"""规则手册的留底：手册改了，旧案件仍按立案时的规则走。"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from ..connection.dialect import insert
from ..tables import CaseRow, InterviewRow, JsonObject, SnapshotRow, table_of

_SNAPSHOTS = table_of(SnapshotRow)
_IS_KEPT = select(_SNAPSHOTS.c.digest).where(
    _SNAPSHOTS.c.digest == bindparam("digest"), _SNAPSHOTS.c.scenario_id == bindparam("scenario_id")
)


async def keep(session: AsyncSession, digest: str, scenario_id: str, body: Mapping[str, Any], now: datetime) -> None:
    """留底；同一版存过就不再存。"""
    await session.execute(
        insert(session, SnapshotRow)
        .values(digest=digest, scenario_id=scenario_id, body=dict(body), saved_at=now)
        .on_conflict_do_nothing()
    )


async def is_kept(session: AsyncSession, digest: str, scenario_id: str) -> bool:
    """这一版留过底了吗。全文有几十 KB，留过的不必再序列化一遍。"""
    return await session.scalar(_IS_KEPT, {"digest": digest, "scenario_id": scenario_id}) is not None


async def get(session: AsyncSession, digest: str, scenario_id: str) -> JsonObject | None:
    """取回留底；没有则为空。"""
    return await session.scalar(
        select(SnapshotRow.body).where(SnapshotRow.digest == digest, SnapshotRow.scenario_id == scenario_id)
    )


async def forget_unused(session: AsyncSession, before: datetime) -> int:
    """删掉 ``before`` 之前存的、没有案件和访谈还用着的留底。返回删了几份。"""
    used_by_case = exists().where(
        CaseRow.rulebook_digest == SnapshotRow.digest, CaseRow.scenario_id == SnapshotRow.scenario_id
    )
    used_by_interview = exists().where(
        InterviewRow.rulebook_digest == SnapshotRow.digest, InterviewRow.scenario_id == SnapshotRow.scenario_id
    )
    removed = await session.scalars(
        delete(SnapshotRow)
        .where(SnapshotRow.saved_at < before, ~used_by_case, ~used_by_interview)
        .returning(SnapshotRow.digest)
    )
    return len(removed.all())
