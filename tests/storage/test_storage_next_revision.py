"""换程序：带着数据升到下一版的结构，断在中间就是原来的样子；来自更新版本的库不打开、不改动。

下一版是假想的（``tests/next_revision.py``）：升级的机制不等真有第二版才测。
"""

import asyncio
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, inspect, select, text

from nonebot_plugin_refund.storage import upgrade as upgrading
from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.case.cases import CaseDraft
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.errors import StorageError
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.upgrade import VERSION_TABLE, open_database
from tests.backends import sqlite_only
from tests.next_revision import migrations_with

Contents = dict[str, list[dict[str, Any]]]
_HALF = """\
op.execute("CREATE TABLE refund_half (id INTEGER)")
op.execute("UPDATE refund_cases SET verdict = 'half'")
"""
_BREAKS = _HALF + "op.execute('NONSENSE')"
_IS_KILLED = _HALF + "os.kill(os.getpid(), signal.SIGKILL)"


@pytest.fixture
async def lived_in(blank: str | Path, case_draft: CaseDraft, alice: Person, now: datetime) -> str | Path:
    """现在的结构，里面有一件案件。"""
    database = await open_database(blank)
    async with database.transaction() as session:
        await cases.create(session, alice, case_draft, now)
    await database.close()
    return blank


def _contents(connection: Connection) -> Contents:
    tables = MetaData()
    tables.reflect(connection)
    return {
        table.name: [dict(row._mapping) for row in connection.execute(select(table))] for table in tables.sorted_tables
    }


async def _all(target: str | Path) -> Contents:
    database = Database(target)
    async with database.engine.connect() as connection:
        found = await connection.run_sync(_contents)
    await database.close()
    return found


async def test_the_next_start_upgrades_and_keeps_every_value(lived_in: str | Path, request: Any) -> None:
    before = await _all(lived_in)
    revision = request.getfixturevalue("next_revision")
    await (await open_database(lived_in)).close()
    after = await _all(lived_in)
    assert after.pop(VERSION_TABLE) == [{"version_num": revision}]
    assert [row.pop("from_next") for row in after["refund_cases"]] == [None]
    assert after == {name: rows for name, rows in before.items() if name != VERSION_TABLE}


async def test_a_step_that_fails_leaves_no_trace(
    lived_in: str | Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await _all(lived_in)
    monkeypatch.setattr(upgrading, "_MIGRATIONS", migrations_with(_BREAKS, tmp_path))
    with pytest.raises(StorageError, match="没有改动") as caught:
        await open_database(lived_in)
    assert (lived_in.name if isinstance(lived_in, Path) else "refund_test_") in str(caught.value)
    assert await _all(lived_in) == before


_OPENING = """
import asyncio, pathlib, sys
from nonebot_plugin_refund.storage import upgrade
upgrade._MIGRATIONS = pathlib.Path(sys.argv[1])
asyncio.run(upgrade.open_database(sys.argv[2]))
"""


async def test_killed_between_two_steps_the_old_state_is_left_and_the_database_still_opens(
    lived_in: str | Path, tmp_path: Path
) -> None:
    before = await _all(lived_in)
    killed_there = migrations_with(_IS_KILLED, tmp_path)
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", _OPENING, killed_there, str(lived_in)], capture_output=True, timeout=60
    )
    assert done.returncode == -9, done.stderr
    assert await _all(lived_in) == before
    database = await open_database(lived_in)
    async with database.engine.connect() as connection:
        assert not await connection.run_sync(lambda sync: inspect(sync).has_table("refund_half"))
    await database.close()


async def test_an_older_program_refuses_a_newer_database_and_touches_nothing(
    lived_in: str | Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as next_program:
        adding = "op.execute('ALTER TABLE refund_cases ADD COLUMN from_next VARCHAR')"
        next_program.setattr(upgrading, "_MIGRATIONS", migrations_with(adding, tmp_path))
        await (await open_database(lived_in)).close()
    before = await _all(lived_in)
    assert "from_next" in before["refund_cases"][0]
    with pytest.raises(StorageError, match=r"来自更新的版本.*请升级退款助手，或用旧版本时的备份"):
        await open_database(lived_in)
    assert await _all(lived_in) == before


@sqlite_only
async def test_a_newer_file_is_refused_with_every_byte_kept(lived_in: Path) -> None:
    await _stamp(lived_in, "9999")
    before = _bytes_in(lived_in.parent)
    with pytest.raises(StorageError, match="更新的版本") as caught:
        await open_database(lived_in)
    assert str(lived_in) in str(caught.value)
    assert _bytes_in(lived_in.parent) == before


@sqlite_only
async def test_a_newer_file_killed_with_its_log_unwritten_is_refused_with_every_byte_kept(lived_in: Path) -> None:
    database = await _stamped(lived_in, "9999")
    left = _as_if_killed(lived_in)
    await database.close()
    before = _bytes_in(left)
    with pytest.raises(StorageError, match="更新的版本"):
        await open_database(left / "refund.db")
    after = _bytes_in(left)
    assert {name: after[name] for name in before} == before


async def _stamped(target: str | Path, revision: str) -> Database:
    """还开着的库，记着的结构号是 ``revision``。"""
    database = await open_database(target)
    async with database.transaction() as session:
        await session.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = :revision"), {"revision": revision})
    return database


async def _stamp(target: str | Path, revision: str) -> None:
    await (await _stamped(target, revision)).close()


def _as_if_killed(file: Path) -> Path:
    """机器人还开着时把文件抄一份：日志里的还没并进去，就像被强杀。"""
    left = file.parent / "left"
    left.mkdir()
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{file}{suffix}", left / f"refund.db{suffix}")
    return left


def _bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
