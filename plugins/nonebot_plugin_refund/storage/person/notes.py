"""等用户下一句话才算数的事（如“确认删除”）：每人至多一件，过期作废，重启还在。"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from ..connection.dialect import dialect_of, insert_into
from ..records import Person
from ..tables import JsonObject, NoteRow, table_of

_NOTES = table_of(NoteRow)
_PENDING = select(_NOTES.c.kind, _NOTES.c.payload).where(
    _NOTES.c.platform == bindparam("platform"),
    _NOTES.c.user_id == bindparam("user_id"),
    _NOTES.c.expires_at > bindparam("now"),
)


@dataclass(frozen=True)
class Note:
    """等着确认的一件事。"""

    kind: str
    payload: JsonObject


async def put(
    session: AsyncSession, person: Person, kind: str, expires_at: datetime, payload: Mapping[str, Any] | None = None
) -> None:
    """记下一件事，盖掉之前的。"""
    note = {
        "platform": person.platform,
        "user_id": person.user_id,
        "kind": kind,
        "payload": dict(payload or {}),
        "expires_at": expires_at,
    }
    await session.execute(_replace(dialect_of(session)), note)


async def peek(session: AsyncSession, person: Person, now: datetime) -> Note | None:
    """看看等着的事，不取走；没有或已过期为空。"""
    asked = {"platform": person.platform, "user_id": person.user_id, "now": now}
    row = (await session.execute(_PENDING, asked)).one_or_none()
    return None if row is None else Note(row.kind, row.payload)


async def forget(session: AsyncSession, now: datetime) -> int:
    """清掉到 ``now`` 已过期的。返回几件。"""
    removed = await session.scalars(delete(NoteRow).where(NoteRow.expires_at <= now).returning(NoteRow.user_id))
    return len(removed.all())


async def take(session: AsyncSession, person: Person, now: datetime) -> Note | None:
    """取走等着的事：只有一次取得到，过期的取不到（也一并清掉）。"""
    row = (
        await session.execute(
            delete(NoteRow)
            .where(NoteRow.platform == person.platform, NoteRow.user_id == person.user_id)
            .returning(NoteRow.kind, NoteRow.payload, NoteRow.expires_at)
        )
    ).one_or_none()
    return None if row is None or row.expires_at <= now else Note(row.kind, row.payload)


@cache
def _replace(dialect: str) -> Executable:
    statement = insert_into(dialect, _NOTES)
    changed = {name: statement.excluded[name] for name in ("kind", "payload", "expires_at")}
    return statement.on_conflict_do_update(index_elements=["platform", "user_id"], set_=changed)
