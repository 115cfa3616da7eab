"""SQLite 的连接：一条语句只去一趟它的线程，结果与原来的游标一样。"""

import sqlite3
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.connection.sqlite_connection import OneTripConnection, connect
from nonebot_plugin_refund.storage.person import people
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.upgrade import open_database


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncGenerator[OneTripConnection]:
    opened = connect(tmp_path / "a.db")
    await opened
    async with opened.cursor() as cursor:
        await cursor.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)")
    yield opened
    await opened.close()


async def test_rows_columns_counts_and_row_numbers_come_back_with_the_statement(connection: OneTripConnection) -> None:
    async with connection.cursor() as cursor:
        await cursor.executemany("INSERT INTO t (name) VALUES (?)", [("a",), ("b",)])
        assert cursor.rowcount == 2
        await cursor.execute("INSERT INTO t (name) VALUES ('c')")
        assert (cursor.lastrowid, cursor.description) == (3, None)
        await cursor.execute("SELECT id, name FROM t WHERE id > ? ORDER BY id", (1,))
        assert [column[0] for column in cursor.description or ()] == ["id", "name"]
        assert await cursor.fetchall() == [(2, "b"), (3, "c")]
        assert await cursor.fetchall() == []


async def test_a_failed_statement_raises_what_sqlite_raised_and_the_connection_goes_on(
    connection: OneTripConnection,
) -> None:
    async with connection.cursor() as cursor:
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            await cursor.execute("SELECT 1 FROM nowhere")
        await cursor.execute("SELECT 1")
        assert await cursor.fetchall() == [(1,)]


async def test_a_statement_makes_one_trip_to_the_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = await open_database(tmp_path / "a.db")
    trips: list[str] = []
    original: Any = OneTripConnection._execute

    async def counted(self: OneTripConnection, function: Any, *arguments: Any, **named: Any) -> Any:
        trips.append(function.__name__)
        return await original(self, function, *arguments, **named)

    async with database.session() as session:
        await session.connection()
        monkeypatch.setattr(OneTripConnection, "_execute", counted)
        assert await people.get(session, Person("onebot", "10001")) is None
        monkeypatch.undo()
    await database.close()
    assert trips == ["_run"]


async def test_an_engine_opens_the_file_through_it(tmp_path: Path) -> None:
    database = Database(tmp_path / "b.db")
    async with database.session() as session:
        raw = await (await session.connection()).get_raw_connection()
        assert isinstance(raw.driver_connection, OneTripConnection)
    await database.close()
    assert (tmp_path / "b.db").exists()
