"""处理过的消息：同一事件投递两次，只处理一次。"""

from datetime import datetime
from functools import cache

from sqlalchemy import Executable, delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from ..connection.dialect import dialect_of, insert_into
from ..tables import HandledMessageRow, table_of

_HANDLED = table_of(HandledMessageRow)
_BATCH = 5000


async def first_time(session: AsyncSession, platform: str, self_id: str, message_id: str, now: datetime) -> bool:
    """登记这条消息。返回是不是第一次见；与它引起的改动放在同一个事务里，就不会做两遍。"""
    message = {"platform": platform, "self_id": self_id, "message_id": message_id, "handled_at": now}
    return await session.scalar(_register(dialect_of(session)), message) is not None


async def is_known(session: AsyncSession, platform: str, self_id: str, message_id: str) -> bool:
    """这条消息登记过没有：登记过，它引起的改动就都在库里。"""
    key = {"platform": platform, "self_id": self_id, "message_id": message_id}
    return bool(await session.get(HandledMessageRow, key))


async def forget(session: AsyncSession, before: datetime) -> int:
    """忘掉一批 ``before`` 之前登记的。返回忘了几条，零就是没有了。"""
    key = (HandledMessageRow.platform, HandledMessageRow.self_id, HandledMessageRow.message_id)
    old = select(*key).where(HandledMessageRow.handled_at < before).limit(_BATCH)
    removed = await session.scalars(
        delete(HandledMessageRow)
        .where(tuple_(*key).in_(old))
        .returning(HandledMessageRow.message_id)
        .execution_options(synchronize_session=False)
    )
    return len(removed.all())


@cache
def _register(dialect: str) -> Executable:
    return insert_into(dialect, _HANDLED).on_conflict_do_nothing().returning(_HANDLED.c.message_id)
