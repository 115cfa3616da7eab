"""每个发行过的数据库结构，带着数据升到现在：一行一个值都不少，升完照样用；升到一半被强杀，还是原来的样子。"""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, inspect, select, text
from tests.backends import SQLITE, sqlite_only
from tests.postgres import postgres_database
from tests.storage.old_rows import LATER, as_stored, rows_at, write_rows

from nonebot_plugin_refund.delivery import claiming
from nonebot_plugin_refund.delivery.messenger import Account
from nonebot_plugin_refund.storage import cases, controls, timers
from nonebot_plugin_refund.storage import upgrade as upgrading
from nonebot_plugin_refund.storage.cases import CaseDraft
from nonebot_plugin_refund.storage.database import Database
from nonebot_plugin_refund.storage.errors import StorageError
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.upgrade import VERSION_TABLE, open_database, upgrade

RELEASED = ["0001", "0002", "0003", "0004", "0005"]
DATA = Path(__file__).parent / "data"
A_DAY = timedelta(days=1)


@pytest.fixture
def blank(backend: str, file: Path, request: pytest.FixtureRequest) -> Iterator[str | Path]:
    """一个还没有表的库。"""
    if backend == SQLITE:
        yield file
        return
    with postgres_database(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture(params=RELEASED)
def revision(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
async def old(blank: str | Path, revision: str) -> str | Path:
    """结构是 ``revision``、有数据的库：SQLite 用抄下来的 SQL，PostgreSQL 照迁移建好再写同样的行。"""
    if isinstance(blank, Path):
        restore(blank, revision)
    else:
        database = Database(blank)
        await upgrade(database, revision)
        async with database.transaction() as session:
            await (await session.connection()).run_sync(write_rows, revision)
        await database.close()
    return blank


def restore(file: Path, revision: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((DATA / f"{revision}.sql").read_text(encoding="utf-8"))


def expected(table: str, row: dict[str, Any], revision: str) -> dict[str, Any]:
    """这一行升到现在应有的值。"""
    row = dict(row)
    if "keywords_enabled" in row:
        row["keywords_level"] = "careful" if row.pop("keywords_enabled") else "off"
    if table == "refund_case_timers" and revision < "0006":
        # 0006 把记早了一天的日历日改对
        for column in ("safe", "arguable"):
            row[column] = row[column] and (date.fromisoformat(row[column]) + A_DAY).isoformat()
    return row


def contents(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    metadata = MetaData()
    metadata.reflect(connection)
    return {
        table.name: [dict(row._mapping) for row in connection.execute(select(table))]
        for table in metadata.sorted_tables
    }


async def test_every_row_and_value_is_there_after_the_upgrade(old: str | Path, revision: str) -> None:
    database = await open_database(old)
    async with database.engine.connect() as connection:
        found = await connection.run_sync(contents)

        def typed(sync: Connection) -> dict[str, list[dict[str, Any]]]:
            metadata = MetaData()
            metadata.reflect(sync)
            return {
                name: [
                    {
                        key: as_stored(metadata.tables[name], key, value)
                        for key, value in expected(name, row, revision).items()
                    }
                    for row in rows
                ]
                for name, rows in rows_at(revision).items()
            }

        wanted = await connection.run_sync(typed)
    for name, rows in wanted.items():
        kept = [{key: _comparable(row[key]) for key in rows[0]} for row in found[name]]
        assert kept == [{key: _comparable(value) for key, value in row.items()} for row in rows], name
    await database.close()


def _comparable(value: Any) -> Any:
    """SQLite 存的时刻不带时区，一律是 UTC。"""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return value


async def test_an_upgraded_database_works(old: str | Path) -> None:
    database = await open_database(old)
    now = datetime.fromisoformat(LATER)
    person = Person("onebot", "10001")
    async with database.transaction() as session:
        case = await cases.get(session, person, "K7Q2")
        assert case is not None
        assert case.answers["amount"] == {"value": 99.9, "approximate": True}
        (timer,) = await timers.current_timers(session, case.id)
        assert timer.safe == date(2026, 11, 27)
        await controls.resume_sending(session)
        draft = CaseDraft("9000", "shop-return", "d1", {}, "seven-day", 2, "eligible")
        opened = await cases.create(session, person, draft, now)
        assert {item.code for item in await cases.listed(session, person)} == {"K7Q2", opened.code}
    async with database.transaction() as session:
        claimed = await claiming.claim(session, Account("onebot", "9000"), now, limit=5, lease=timedelta(minutes=1))
        assert [(item.id, item.offset) for item in claimed] == [(2, "3h")]
    await database.close()


async def test_the_frozen_sql_is_what_that_revision_looks_like(file: Path, revision: str) -> None:
    """抄下来的结构与照迁移建出来的一样：谁改了发行过的迁移，这里就看得出。"""
    restore(file, revision)
    fresh = file.with_name("fresh.db")
    database = Database(fresh)
    await upgrade(database, revision)
    await database.close()
    assert _schema(file) == _schema(fresh)


def _schema(file: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    return [(name, " ".join(sql.split())) for name, sql in rows if not name.startswith("sqlite_")]


_KILLED = """
import asyncio, pathlib, sys
from nonebot_plugin_refund.storage import upgrade
upgrade._MIGRATIONS = pathlib.Path(sys.argv[1])
asyncio.run(upgrade.open_database(sys.argv[2]))
"""


@pytest.mark.parametrize("revision", ["0004"], indirect=True)
async def test_killed_between_two_steps_the_old_state_is_left_and_the_next_start_upgrades(
    old: str | Path, tmp_path: Path, revision: str
) -> None:
    broken = await asyncio.to_thread(_with_a_killer, upgrading._MIGRATIONS, tmp_path / "migrations")
    before = await _all(old)
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", _KILLED, broken, str(old)], capture_output=True, timeout=60
    )
    assert done.returncode == -9, done.stderr
    assert await _all(old) == before
    database = await open_database(old)
    async with database.engine.connect() as connection:
        assert not await connection.run_sync(lambda sync: inspect(sync).has_table("refund_half"))
    await database.close()


def _with_a_killer(migrations: Path, copy: Path) -> Path:
    """迁移的副本，最后多一步：改到一半强杀自己。"""
    shutil.copytree(migrations, copy)
    last = sorted(path.name[:4] for path in (copy / "versions").glob("0*.py"))[-1]
    (copy / "versions" / "9999_killed.py").write_text(
        "import os, signal\nfrom alembic import op\n"
        f"revision = '9999'\ndown_revision = '{last}'\n"
        "def upgrade():\n"
        "    op.execute('CREATE TABLE refund_half (id INTEGER)')\n"
        "    op.execute(\"UPDATE refund_cases SET verdict = 'half'\")\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n",
        encoding="utf-8",
    )
    return copy


async def _all(target: str | Path) -> dict[str, list[dict[str, Any]]]:
    database = Database(target)
    async with database.engine.connect() as connection:
        found = await connection.run_sync(contents)
    await database.close()
    return found


@pytest.mark.parametrize("revision", ["0004"], indirect=True)
async def test_an_older_program_refuses_a_newer_database_and_touches_nothing(old: str | Path, revision: str) -> None:
    database = await open_database(old)
    async with database.transaction() as session:
        await session.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
        await session.execute(text("ALTER TABLE refund_cases ADD COLUMN from_the_future VARCHAR"))
    await database.close()
    before = await _all(old)
    with pytest.raises(StorageError, match="请升级退款助手，或用旧版本时的备份"):
        await open_database(old)
    assert await _all(old) == before


@sqlite_only
@pytest.mark.parametrize("revision", ["0005"], indirect=True)
async def test_a_newer_database_killed_with_its_log_unwritten_is_refused_with_every_byte_kept(
    old: Path, revision: str
) -> None:
    database = await open_database(old)
    async with database.transaction() as session:
        await session.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    left = _as_if_killed(old)
    await database.close()
    before = _bytes_in(left)
    with pytest.raises(StorageError, match="更新的版本"):
        await open_database(left / "refund.db")
    after = _bytes_in(left)
    assert {name: after[name] for name in before} == before


def _as_if_killed(file: Path) -> Path:
    """机器人还开着时把文件抄一份：日志里的还没并进去，就像被强杀。"""
    left = file.parent / "left"
    left.mkdir()
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{file}{suffix}", left / f"refund.db{suffix}")
    return left


def _bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
