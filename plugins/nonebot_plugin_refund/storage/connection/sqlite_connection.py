"""SQLite 的连接：一条语句只去一趟它的线程。

aiosqlite 把建游标、执行、取结果、关游标各当一件事交给连接的线程，一条语句来回四趟；语句本身不到 0.1 毫秒，
时间都花在线程之间的来回上（``docs/performance.md``）。这里一趟办完，结果整批带回来：SQLAlchemy 本来就是整批取的。
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import aiosqlite

_CHUNK = 64
"""aiosqlite 构造时要的“一次取几行”；我们总是整批取，用不着它。"""


def connect(file: str | Path, *, read_only: bool = False) -> "OneTripConnection":
    """还没打开的连接，``await`` 时打开；错误同 ``sqlite3.connect``。

    线程是后台的：忘了关的连接不妨碍进程退出。

    Args:
        read_only: 打开之后什么也写不进去，文件不在也不会建。
    """
    target = f"{Path(file).absolute().as_uri()}?mode=ro" if read_only else str(file)

    def open_file() -> sqlite3.Connection:
        # 每条语句都在这条连接自己的线程里跑，只有关连接可能在别处
        return sqlite3.connect(target, check_same_thread=False, uri=read_only)

    connection = OneTripConnection(open_file, _CHUNK)
    connection._thread.daemon = True
    return connection


class OneTripConnection(aiosqlite.Connection):
    """语句一趟办完的连接；其余同 ``aiosqlite.Connection``。"""

    def cursor(self) -> "OneTripCursor":  # type: ignore[override]  # 上层只用 async with 和下面这些方法
        """新游标。建它不用去线程，执行时才去。"""
        return OneTripCursor(self)

    async def run(
        self, many: bool, sql: str, parameters: Sequence[Any]
    ) -> tuple[Sequence[Any], tuple[Any, ...] | None, int, int]:
        """在线程里执行并取完，返回（各行，列的说明，影响的行数，最后插入的行号）。"""
        return await self._execute(self._run, many, sql, parameters)

    def _run(
        self, many: bool, sql: str, parameters: Sequence[Any]
    ) -> tuple[Sequence[Any], tuple[Any, ...] | None, int, int]:
        cursor = self._conn.cursor()
        try:
            (cursor.executemany if many else cursor.execute)(sql, parameters)
            rows = cursor.fetchall() if cursor.description else []
            return rows, cursor.description, cursor.rowcount, cursor.lastrowid or 0
        finally:
            cursor.close()


class OneTripCursor:
    """执行时就把结果全带回来的游标；SQLAlchemy 用得到的方法都在。"""

    def __init__(self, connection: OneTripConnection) -> None:
        self._connection = connection
        self._rows: Sequence[Any] = []
        self.description: tuple[Any, ...] | None = None
        self.rowcount = -1
        self.lastrowid = 0
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Self:
        """执行一条语句。错误同 ``sqlite3.Cursor.execute``。"""
        return self._keep(await self._connection.run(False, sql, parameters))

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> Self:
        """同一条语句执行多次。错误同 ``sqlite3.Cursor.executemany``。"""
        return self._keep(await self._connection.run(True, sql, parameters))

    async def fetchall(self) -> Sequence[Any]:
        """还没取走的各行。"""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """线程里的游标执行完就关了，这里只放掉结果。"""
        self._rows = []

    def _keep(self, result: tuple[Sequence[Any], tuple[Any, ...] | None, int, int]) -> Self:
        self._rows, self.description, self.rowcount, self.lastrowid = result
        return self
