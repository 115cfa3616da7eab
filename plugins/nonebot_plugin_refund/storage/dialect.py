"""SQLite 与 PostgreSQL 写法不同的地方，只在这里分岔。"""

from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from .tables import Base


def insert(session: AsyncSession, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """支持 ``ON CONFLICT`` 的 INSERT。"""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def skip_locked(statement: Select[Any]) -> Select[Any]:
    """多个进程同时领取时各领各的：PostgreSQL 加 ``FOR UPDATE SKIP LOCKED``。

    SQLite 的编译器会略去这一句；它的写事务本来就一个一个来。
    """
    return statement.with_for_update(skip_locked=True)
