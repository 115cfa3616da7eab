"""连接：落盘方式、并发写、时区。"""

import asyncio
import threading
import traceback
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from nonebot_plugin_refund.storage.connection import server_connection
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.person import people
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.tables import NoteRow, PersonRow
from nonebot_plugin_refund.storage.upgrade import open_database
from tests.backends import postgres_only, sqlite_only


@sqlite_only
async def test_a_commit_is_on_disk_and_references_are_enforced(database: Database) -> None:
    async with database.session() as session:
        pragmas = {
            name: (await session.execute(text(f"PRAGMA {name}"))).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15_000}


@sqlite_only
async def test_concurrent_read_then_write_never_finds_the_database_locked(
    database: Database, file: Path, alice: Person, now: datetime
) -> None:
    async with database.transaction() as session:
        await people.touch(session, alice, now)
    other = Database(file)

    async def add_a_second(opened: Database) -> None:
        async with opened.transaction() as session:
            seen = await session.scalar(select(PersonRow.seen_at))
            assert seen is not None
            await asyncio.sleep(0)
            await people.touch(session, alice, seen + timedelta(seconds=1))

    await asyncio.gather(*(add_a_second(opened) for _ in range(15) for opened in (database, other)))
    async with database.session() as session:
        person = await people.get(session, alice)
    await other.close()
    assert person is not None
    assert person.seen_at == now + timedelta(seconds=30)


async def test_an_error_message_never_carries_the_values_that_were_written(database: Database) -> None:
    """这样的消息会进日志，里面不能有用户的答案。"""

    async def write_to_nowhere() -> None:
        async with database.transaction() as session:
            await session.execute(text("INSERT INTO nowhere (said) VALUES (:said)"), {"said": "孩子的身份证"})

    with pytest.raises(DBAPIError) as caught:
        await write_to_nowhere()
    assert "孩子的身份证" not in str(caught.value)


async def test_nor_does_a_broken_rule_quote_the_row_that_broke_it(database: Database, now: datetime) -> None:
    row = {"platform": "onebot", "user_id": "10001", "kind": None, "expires_at": now, "payload": {"说": "孩子的身份证"}}

    async def leave_out_what_is_required() -> None:
        async with database.transaction() as session:
            await session.execute(insert(NoteRow).values(row))

    with pytest.raises(DBAPIError) as caught:
        await leave_out_what_is_required()
    assert "孩子的身份证" not in "".join(traceback.format_exception(caught.value))


async def test_a_reading_session_sees_one_moment_while_others_write(
    database: Database, alice: Person, bob: Person, now: datetime
) -> None:
    async with database.session() as reading:
        assert await people.get(reading, alice) is None
        async with database.transaction() as writing:
            await people.touch(writing, bob, now)
        assert await people.get(reading, bob) is None
    async with database.session() as reading:
        assert await people.get(reading, bob) is not None


@postgres_only
async def test_a_process_frozen_inside_a_transaction_lets_go_of_its_locks(
    database: Database, monkeypatch: pytest.MonkeyPatch, alice: Person, now: datetime
) -> None:
    """被挂起的进程攥着的行锁，由服务器在一段时间后放开；它醒来以后什么也没写进去。"""
    async with database.transaction() as session:
        await people.touch(session, alice, now)
    monkeypatch.setattr(server_connection, "IDLE_TRANSACTION_TIMEOUT_MS", 50)
    frozen = Database(database.url.render_as_string(hide_password=False))

    async def touch_and_freeze() -> None:
        async with frozen.transaction() as session:
            await people.touch(session, alice, now + timedelta(days=1))
            # 同一行：只有服务器断开了冻住的那个，这里才等得到锁
            async with database.transaction() as other:
                await people.touch(other, alice, now + timedelta(hours=1))

    with pytest.raises(DBAPIError):
        await touch_and_freeze()
    await frozen.close()
    async with database.session() as session:
        person = await people.get(session, alice)
    assert person is not None
    assert person.seen_at == now + timedelta(hours=1)


@postgres_only
async def test_a_connection_the_server_dropped_is_replaced_unnoticed(
    database: Database, alice: Person, now: datetime
) -> None:
    async with database.transaction() as session:
        await people.touch(session, alice, now)
    other = Database(database.url.render_as_string(hide_password=False))
    async with other.transaction() as session:
        await session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    await other.close()
    async with database.session() as session:
        assert await people.get(session, alice) is not None


async def test_an_exception_rolls_everything_back(database: Database, alice: Person, now: datetime) -> None:
    async def change_and_break() -> None:
        async with database.transaction() as session:
            await people.touch(session, alice, now)
            raise RuntimeError("break")

    with pytest.raises(RuntimeError, match="break"):
        await change_and_break()
    async with database.session() as session:
        assert await people.get(session, alice) is None


async def test_a_nested_write_is_refused_instead_of_hanging(database: Database) -> None:
    async with database.transaction():
        with pytest.raises(RuntimeError, match="嵌套"):
            async with database.transaction():
                pass


async def test_a_reading_session_does_not_wait_for_a_writer(database: Database, alice: Person, now: datetime) -> None:
    async with database.transaction() as writing:
        await people.touch(writing, alice, now)
        async with database.session() as reading:
            assert await people.get(reading, alice) is None


async def test_times_come_back_in_utc_whatever_zone_they_had(database: Database, alice: Person) -> None:
    shanghai = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=8)))
    async with database.transaction() as session:
        await people.touch(session, alice, shanghai)
    async with database.session() as session:
        person = await people.get(session, alice)
    assert person is not None
    assert person.seen_at == shanghai
    assert person.seen_at.tzinfo is UTC


async def test_a_time_without_zone_is_refused(database: Database, alice: Person) -> None:
    with pytest.raises(StatementError, match="没有时区"):
        async with database.transaction() as session:
            await people.touch(session, alice, datetime(2026, 11, 23, 10, 0))  # noqa: DTZ001  要测的就是它


async def test_closing_ends_every_thread_of_the_driver(file: Path) -> None:
    before = set(threading.enumerate())
    opened = await open_database(file)
    await opened.close()
    for thread in set(threading.enumerate()) - before:
        if "asyncio" not in thread.name:
            thread.join(timeout=5)
            assert not thread.is_alive()
