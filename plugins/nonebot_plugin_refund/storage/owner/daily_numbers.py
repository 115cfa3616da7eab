"""给主人看的数目一天只数一次：隔一会儿再看、两次一减，看得出刚才是谁的哪件变了。

每天头一轮数好（``chat/rounds.py``），记在库里，几个进程看到的是同一份；没送到、暂停没有这些要当场办的，照现在的说。
"""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from ...domain.days.calendar import SHANGHAI
from ...domain.small_groups import Block
from ..connection.database import Database
from ..reminding.undelivered import undelivered_count
from . import controls
from .statistics import Numbers, count_all

_TABLES = ("cases", "verdicts", "reminders", "failures")


async def of_today(session: AsyncSession, now: datetime) -> Numbers | None:
    """今天（上海日历日）已经数过的那一份，没送到、暂停照现在的；今天还没有数过为 ``None``。只读。"""
    kept = await controls.counted(session)
    if kept is None or _day(kept.at) != _day(now):
        return None
    tables = {name: _block(kept.value.get(name)) for name in _TABLES}
    return Numbers(
        **tables,
        anything_dead=bool(await undelivered_count(session, now)),
        paused_since=await controls.sending_paused_since(session),
    )


async def count_once(database: Database, now: datetime) -> bool:
    """今天还没有数过就数一遍记下：在只读的会话里数，写的只是一行。返回这次数了没有。"""
    async with database.session() as session:
        if await of_today(session, now) is not None:
            return False
        numbers = await count_all(session, now)
    async with database.transaction() as session:
        await controls.note_counted(session, {name: _plain(getattr(numbers, name)) for name in _TABLES}, now)
    return True


def _day(moment: datetime) -> object:
    return moment.astimezone(SHANGHAI).date()


def _plain(block: Block | None) -> dict[str, Any] | None:
    """一行和它往下的各行；哪些格并在里面不记。"""
    if block is None:
        return None
    return {"name": block.name, "count": block.count, "parts": [_plain(part) for part in block.parts]}


def _block(plain: dict[str, Any] | None) -> Block | None:
    if plain is None:
        return None
    parts = tuple(part for part in map(_block, plain["parts"]) if part is not None)
    return Block(plain["name"], plain["count"], frozenset(), parts)
