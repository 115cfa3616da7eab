"""这一处安装的密钥：第一次用到时抽一个，记在库里，几个进程共用，跟着备份走。

散列账号、消息号时拌进去：拿到散列而没有库的人，猜不回来。
"""

import secrets
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..connection.dialect import insert
from ..tables import ControlRow

_NAME = "installation"
_BYTES = 32
_KEPT = select(ControlRow.value).where(ControlRow.name == _NAME)


async def secret(session: AsyncSession) -> bytes:
    """密钥；还没有就抽一个记下，所以要在写事务里。"""
    found = await _kept(session)
    if found is None:
        await session.execute(
            insert(session, ControlRow)
            .values(name=_NAME, value={"secret": secrets.token_hex(_BYTES)}, updated_at=datetime.now(UTC))
            .on_conflict_do_nothing()
        )
        found = await _kept(session)
    assert found is not None
    return found


async def _kept(session: AsyncSession) -> bytes | None:
    value = await session.scalar(_KEPT)
    return None if value is None else bytes.fromhex(value["secret"])
