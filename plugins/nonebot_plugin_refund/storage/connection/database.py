"""数据库连接：SQLite 文件或 PostgreSQL，同一套代码。

PostgreSQL 可以由几个进程共用：各写各的，靠行锁和带条件的 UPDATE 分出先后。

SQLite 的写事务用 ``BEGIN IMMEDIATE`` 开始，先拿到写锁再读，所以不会读完才发现 “database is locked”；
同一进程里的写事务再排一次队，免得各自轮询。
"""

import asyncio
import json
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, ExceptionContext, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from ..errors import StorageError
from ..tables.base import tell_postgresql
from . import server_connection, sqlite_connection

BUSY_TIMEOUT_MS = 15_000
"""别的进程占着写锁时最多等多久，毫秒。"""
_WAL_AGAIN_MS = 50
"""别的进程正把同一个新文件改成 WAL 时，隔多久再试，毫秒。"""

_WRITES = "refund_writes"

_dump_json = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


class Database:
    """一个数据库。只建立连接，不检查文件也不升级；那是 :func:`....upgrade.open_database` 的事。

    Args:
        target: SQLite 文件的路径，或 ``sqlite:``、``postgresql:`` 开头的 URL。
        read_only: 只看不写的工具用：SQLite 文件以只读打开，PostgreSQL 只用 :meth:`session`。

    Raises:
        StorageError: URL 看不懂，或指向内存（重启就没了）。
    """

    def __init__(self, target: str | Path, *, read_only: bool = False) -> None:
        self.url = parse_target(target)
        self.engine = _create_engine(self.url, read_only)
        self._write_lock = asyncio.Lock()
        self._writing: set[asyncio.Task[Any] | None] = set()
        reading, writing = self.engine, self.engine.execution_options(**{_WRITES: True})
        if not self.is_sqlite:
            tell_postgresql()
            # 默认每一句各看各的那一刻；导出这样的要前后一致
            reading = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._readers = async_sessionmaker(reading, expire_on_commit=False)
        self._writers = async_sessionmaker(writing, expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        """是 SQLite 吗；否则是 PostgreSQL。"""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """SQLite 文件的路径；PostgreSQL 为空。"""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @asynccontextmanager
    async def session(self) -> AsyncGenerator[AsyncSession]:
        """只读的会话：看到一份前后一致的数据，不挡写事务，结束时回滚。"""
        async with self._readers() as session:
            yield session

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        """读写的事务：正常离开时提交，抛出异常时回滚。不能嵌套。

        Raises:
            RuntimeError: 同一个任务里已经有一个写事务（再等下去就是死锁）。
        """
        task = asyncio.current_task()
        if task in self._writing:
            raise RuntimeError("写事务不能嵌套：请把外层的 session 传进来")
        async with self._turn_to_write():
            self._writing.add(task)
            try:
                async with self._writers.begin() as session:
                    yield session
            finally:
                self._writing.discard(task)

    def _turn_to_write(self) -> AbstractAsyncContextManager[object]:
        return self._write_lock if self.is_sqlite else nullcontext()

    async def wipe_deleted(self) -> bool:
        """把删掉的行从文件的字节里抹去：SQLite 整理一遍文件，再清空 WAL。PostgreSQL 由它自己回收，这里什么也不做。

        删的时候已经抹零（``secure_delete``），但分页时挪过的行在旧页的空隙里还会留下碎片，只有整理才清得掉。
        整理期间写事务要等，读不受影响。返回抹净了没有：有别的进程一直读着旧数据时，WAL 这次清不空。

        Raises:
            sqlite3.OperationalError: 别的进程一直占着写锁，或磁盘放不下整理用的副本。
        """
        return await self._emptied("VACUUM") if self.is_sqlite else True

    async def empty_wal(self) -> bool:
        """把 WAL 里的都写进文件、清空。返回清空了没有；错误同 :meth:`wipe_deleted`。"""
        return await self._emptied() if self.is_sqlite else True

    async def _emptied(self, *first: str) -> bool:
        """先执行 ``first``，再清空 WAL。"""
        async with self._write_lock, self.engine.connect() as pooled:
            # VACUUM 不能在事务里，所以不经 SQLAlchemy 执行：它总要先开一个
            connection = (await pooled.get_raw_connection()).driver_connection
            assert isinstance(connection, sqlite_connection.OneTripConnection)
            for statement in first:
                await connection.run(False, statement, ())
            rows, *_ = await connection.run(False, "PRAGMA wal_checkpoint(TRUNCATE)", ())
            # 检查点答的第一格：零是做成了
            return not rows[0][0]

    async def close(self) -> None:
        """关掉所有连接。aiosqlite 的线程不结束，进程就退不出去。"""
        await self.engine.dispose()


def parse_target(target: str | Path) -> URL:
    """把路径或 URL 变成带异步驱动的 URL；不支持的抛 :class:`StorageError`。"""
    if isinstance(target, Path) or "://" not in target:
        return URL.create("sqlite+aiosqlite", database=str(target))
    try:
        url = make_url(target)
    except (ArgumentError, ValueError) as error:  # 端口不是数字时是 ValueError
        raise StorageError("数据库地址看不懂", "请写文件路径，或 postgresql://用户:密码@主机/库名") from error
    backend = url.get_backend_name()
    if backend == "sqlite":
        if not url.database or url.database == ":memory:" or url.query.get("mode") == "memory":
            raise StorageError("数据库不能放在内存里，重启后案件和提醒就没了", "请写一个文件路径")
        if url.query:
            raise StorageError("SQLite 的地址不带参数", "请去掉问号和它后面的")
        return url.set(drivername="sqlite+aiosqlite")
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+asyncpg")
    raise StorageError(f"不支持“{backend}”数据库", "请用 SQLite 文件，或 postgresql:// 开头的地址")


def _create_engine(url: URL, read_only: bool) -> AsyncEngine:
    options: dict[str, Any] = {}
    if url.get_backend_name() == "postgresql":
        options = server_connection.options()
    elif url.database:
        options = {"async_creator": partial(sqlite_connection.connect, url.database, read_only=read_only)}
    try:
        # 出错时的消息会进日志：不许带上写入的值，里面是用户的答案
        engine = create_async_engine(url, json_serializer=_dump_json, hide_parameters=True, **options)
    except ModuleNotFoundError as error:
        raise StorageError(_driver_missing(error.name)) from error
    if url.get_backend_name() == "postgresql":
        event.listen(engine.sync_engine, "handle_error", _hide_row_in_error)
        server_connection.watch_over(engine.sync_engine)
    else:
        event.listen(engine.sync_engine, "connect", _prepare_to_read if read_only else _prepare_sqlite_connection)
        event.listen(engine.sync_engine, "begin", _begin_sqlite_transaction)
    return engine


def _hide_row_in_error(context: ExceptionContext) -> None:
    """PostgreSQL 会把出错的那一行整个写进错误的详情里，打印时带出用户的答案。"""
    cause = context.original_exception.__cause__
    if getattr(cause, "detail", None):
        vars(cause)["detail"] = None


def _driver_missing(name: str | None) -> str:
    package = "nonebot-plugin-refund[postgres]" if name == "asyncpg" else name
    return f"缺少数据库驱动 {name}：请安装它（pip install '{package}'）后再启动"


def _prepare_sqlite_connection(connection: Any, _record: Any) -> None:
    # 关掉 pysqlite 自作主张的 BEGIN，由下面的 begin 事件来发
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        # 提交返回之后断电也不丢：提醒一旦答应就必须在盘上
        "synchronous=FULL",
        "foreign_keys=ON",
        # 删掉、改掉的内容当场用零盖住，不等那块地方被别的数据占用
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    connection.run_async(_write_ahead)


async def _write_ahead(connection: sqlite_connection.OneTripConnection) -> None:
    """改成 WAL。几个进程同时打开一个新文件时，这一句不理会 ``busy_timeout``，立刻说锁着；隔一会再试，一样最多等那么久。

    Raises:
        sqlite3.OperationalError: 一直锁着，或别的毛病。
    """
    for _ in range(BUSY_TIMEOUT_MS // _WAL_AGAIN_MS):
        try:
            await connection.run(False, "PRAGMA journal_mode=WAL", ())
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            await asyncio.sleep(_WAL_AGAIN_MS / 1000)
        else:
            return
    await connection.run(False, "PRAGMA journal_mode=WAL", ())


def _prepare_to_read(connection: Any, _record: Any) -> None:
    # 只读的连接改不了日志模式，也用不着
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _begin_sqlite_transaction(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
