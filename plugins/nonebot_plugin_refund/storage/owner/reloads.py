"""最近一次不重启就换手册：几个进程各自看到后跟着换。"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..connection.dialect import insert
from ..tables import ControlRow

_CONTROL = "rulebook-reload"


@dataclass(frozen=True)
class Reload:
    """一次换手册。"""

    digest: str
    """操作者那些文件的指纹。"""
    at: datetime


async def latest(session: AsyncSession) -> Reload | None:
    """最近一次；从没有过为空。"""
    row = (
        await session.execute(select(ControlRow.value, ControlRow.updated_at).where(ControlRow.name == _CONTROL))
    ).one_or_none()
    return None if row is None else Reload(str(row.value["digest"]), row.updated_at)


async def announce(session: AsyncSession, digest: str, now: datetime) -> None:
    """告诉别的进程：换上了这一份。"""
    statement = insert(session, ControlRow).values(name=_CONTROL, value={"digest": digest}, updated_at=now)
    changed = {"value": statement.excluded.value, "updated_at": statement.excluded.updated_at}
    await session.execute(statement.on_conflict_do_update(index_elements=["name"], set_=changed))
