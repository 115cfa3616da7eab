"""主人的开关：记在库里，重启后还在，几个进程共用一份。"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from ..connection.dialect import insert
from ..tables import ControlRow, table_of

_SENDING_PAUSED = "sending-paused"
_CLOCK_SEEN = "clock-seen"
_COUNTED = "counted"
_ACCOUNT = "account "
"""后面是平台和机器人自己的账号。"""
_CONTROLS = table_of(ControlRow)
_SINCE = select(_CONTROLS.c.updated_at).where(_CONTROLS.c.name == bindparam("name"))


async def pause_sending(session: AsyncSession, now: datetime) -> bool:
    """暂停推送。返回是不是这次才停的；早就停着的，从什么时候停的不变。"""
    paused = await session.scalar(
        insert(session, ControlRow)
        .values(name=_SENDING_PAUSED, value={}, updated_at=now)
        .on_conflict_do_nothing()
        .returning(ControlRow.name)
    )
    return paused is not None


async def resume_sending(session: AsyncSession) -> bool:
    """恢复推送。返回原来是不是停着。"""
    resumed = await session.scalar(
        delete(ControlRow).where(ControlRow.name == _SENDING_PAUSED).returning(ControlRow.name)
    )
    return resumed is not None


async def sending_paused_since(session: AsyncSession) -> datetime | None:
    """从什么时候起暂停推送（UTC）；没有暂停为空。"""
    return await session.scalar(_SINCE, {"name": _SENDING_PAUSED})


async def note_clock(session: AsyncSession, now: datetime) -> None:
    """记下现在几点。"""
    values = {"name": _CLOCK_SEEN, "value": {}, "updated_at": now}
    await session.execute(
        insert(session, ControlRow)
        .values(values)
        .on_conflict_do_update(index_elements=[ControlRow.name], set_={"updated_at": now})
    )


async def note_account(session: AsyncSession, platform: str, self_id: str, now: datetime) -> None:
    """记下机器人的一个账号此刻连着。"""
    values = {"name": f"{_ACCOUNT}{platform} {self_id}", "value": {}, "updated_at": now}
    await session.execute(
        insert(session, ControlRow)
        .values(values)
        .on_conflict_do_update(index_elements=[ControlRow.name], set_={"updated_at": now})
    )


async def accounts(session: AsyncSession) -> list[tuple[str, datetime]]:
    """连上过的账号（平台和号）各在什么时候最近连上（UTC），新的在前。"""
    rows = await session.execute(
        select(_CONTROLS.c.name, _CONTROLS.c.updated_at)
        .where(_CONTROLS.c.name.startswith(_ACCOUNT))
        .order_by(_CONTROLS.c.updated_at.desc())
    )
    return [(name.removeprefix(_ACCOUNT), at) for name, at in rows]


async def clock_seen(session: AsyncSession) -> datetime | None:
    """上次记下的是几点（UTC）；从没记过为空。"""
    return await session.scalar(_SINCE, {"name": _CLOCK_SEEN})


@dataclass(frozen=True, slots=True)
class Counted:
    """记下的一份数目。"""

    value: dict[str, Any]
    at: datetime
    """什么时候数的（UTC）。"""


async def note_counted(session: AsyncSession, value: dict[str, Any], now: datetime) -> None:
    """记下一份数目，换掉旧的。"""
    await session.execute(
        insert(session, ControlRow)
        .values(name=_COUNTED, value=value, updated_at=now)
        .on_conflict_do_update(index_elements=[ControlRow.name], set_={"value": value, "updated_at": now})
    )


async def counted(session: AsyncSession) -> Counted | None:
    """上次记下的数目；从没记过为空。"""
    row = await session.get(ControlRow, _COUNTED)
    return None if row is None else Counted(row.value, row.updated_at)
