"""SQLite 与 PostgreSQL 写法不同的地方，只在这里分岔。

每条消息都要走的语句只搭一次（``@cache``，参数用 ``bindparam``）：搭一遍、算一遍编译缓存的键，比执行它贵两三倍。
"""

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from ..tables import Base

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def insert(session: AsyncSession, table: type[Base]) -> "sqlite.Insert | postgresql.Insert":
    """支持 ``ON CONFLICT`` 的 INSERT。"""
    return insert_into(dialect_of(session), table)


def insert_into(dialect: str, table: type[Base] | Table) -> "sqlite.Insert | postgresql.Insert":
    """同 :func:`insert`，按数据库的名字（:func:`dialect_of`）；给搭一次反复用的语句。"""
    if dialect != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # 用 SQLite 的不必装它

    return postgresql.insert(table)


def dialect_of(session: AsyncSession) -> str:
    """这个会话连的是哪种数据库。"""
    return session.get_bind().dialect.name


def skip_locked(statement: Select[Any]) -> Select[Any]:
    """多个进程同时领取时各领各的：PostgreSQL 加 ``FOR UPDATE SKIP LOCKED``。

    SQLite 的编译器会略去这一句；它的写事务本来就一个一个来。
    """
    return statement.with_for_update(skip_locked=True)
