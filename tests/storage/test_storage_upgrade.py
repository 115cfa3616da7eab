"""启动升级：不提问、要么全成要么不变，坏文件说清楚自己。"""

# ruff: noqa: ASYNC240  测试里没有别的任务在等，直接读写临时文件即可

import asyncio
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, make_url

from nonebot_plugin_refund.storage import upgrade as upgrading
from nonebot_plugin_refund.storage.connection.database import Database, parse_target
from nonebot_plugin_refund.storage.errors import StorageError
from nonebot_plugin_refund.storage.tables import metadata
from nonebot_plugin_refund.storage.upgrade import VERSION_TABLE, known_revisions, open_database
from tests.backends import postgres_only


def _tables(file: Path) -> set[str]:
    connection = sqlite3.connect(file)
    try:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    finally:
        connection.close()


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


async def test_a_new_file_gets_all_tables_and_our_own_version_table(file: Path) -> None:
    await (await open_database(file)).close()
    tables = _tables(file)
    assert set(metadata.tables) <= tables
    assert VERSION_TABLE in tables
    assert "alembic_version" not in tables


def test_revisions_read_from_the_file_names_are_those_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(upgrading._MIGRATIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in scripts.walk_revisions()] == known_revisions()[::-1]
    assert scripts.get_heads() == known_revisions()[-1:]


def test_a_database_up_to_date_is_opened_without_loading_what_only_migrations_need(tmp_path: Path) -> None:
    """冷启动的半秒：没有要升的，就不装 Alembic 和它的模板库。"""
    opening = (
        "import asyncio, sys\n"
        "from nonebot_plugin_refund.storage.upgrade import open_database\n"
        "async def main():\n"
        "    await (await open_database(sys.argv[1])).close()\n"
        "asyncio.run(main())\n"
        "print(sorted(name for name in ('alembic', 'mako') if name in sys.modules))\n"
    )
    file = tmp_path / "refund.sqlite3"
    ran = [
        subprocess.run([sys.executable, "-c", opening, str(file)], capture_output=True, text=True, check=True).stdout
        for _ in ("new", "up to date")
    ]
    assert "alembic" in ran[0]
    assert ran[1].strip() == "[]"


async def test_migrations_lead_exactly_to_the_declared_tables(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
        )
        return list(compare_metadata(context, metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def _names(database: Database) -> set[str]:
    async with database.engine.connect() as connection:
        return await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))


async def test_processes_that_start_together_upgrade_once(blank: str | Path) -> None:
    opened = await asyncio.gather(*(open_database(blank) for _ in range(3)))
    assert set(metadata.tables) <= await _names(opened[0])
    for database in opened:
        await database.close()


@postgres_only
@pytest.mark.parametrize("wrong", [{"database": "nowhere"}, {"username": "stranger", "password": "hunter2"}])
async def test_a_server_that_turns_us_away_is_named_without_the_password(target: str, wrong: dict[str, Any]) -> None:
    address = make_url(target).set(**wrong).render_as_string(hide_password=False)
    with pytest.raises(StorageError, match="连不上数据库服务器") as caught:
        await open_database(address)
    assert wrong.get("database", "stranger") in str(caught.value)
    assert "hunter2" not in str(caught.value)


async def test_a_server_that_is_down_is_not_to_be_cured_with_a_backup() -> None:
    with pytest.raises(StorageError, match="连不上数据库服务器") as caught:
        await open_database("postgresql://u:hunter2@127.0.0.1:1/nothing")
    assert "不用恢复备份" in caught.value.cure
    assert "hunter2" not in str(caught.value)


async def test_opening_twice_changes_nothing(file: Path) -> None:
    await (await open_database(file)).close()
    before = file.read_bytes()
    await (await open_database(file)).close()
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hello, this is not a database at all", "不是 SQLite 数据库"),
        (b"SQLite format 3\x00" + b"\xff" * 5000, "损坏"),
    ],
)
async def test_a_file_that_is_no_database_is_refused_untouched(file: Path, content: bytes, words: str) -> None:
    file.write_bytes(content)
    before = _snapshot(file.parent)
    with pytest.raises(StorageError, match=words) as caught:
        await open_database(file)
    assert str(file) in str(caught.value)
    assert _snapshot(file.parent) == before


async def test_a_folder_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="不存在"):
        await open_database(tmp_path / "nowhere" / "refund.db")
    assert list(tmp_path.iterdir()) == []


async def test_a_folder_that_cannot_be_written_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # 测试可能以 root 运行，root 不受权限位约束，所以换掉系统的回答
    monkeypatch.setattr(os, "access", lambda path, mode: mode == os.R_OK)
    with pytest.raises(StorageError, match="不能写") as caught:
        await open_database(file)
    assert str(file.parent) in str(caught.value)
    assert not file.exists()


async def test_a_folder_in_place_of_the_file_is_refused(file: Path) -> None:
    file.mkdir()
    with pytest.raises(StorageError, match="不是文件"):
        await open_database(file)


async def test_our_tables_without_a_version_are_refused(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE refund_cases (id INTEGER)")
    connection.commit()
    connection.close()
    with pytest.raises(StorageError, match="没有版本记录"):
        await open_database(file)
    assert _tables(file) == {"refund_cases"}


@pytest.mark.parametrize("target", ["sqlite://", "sqlite+aiosqlite:///:memory:", "mysql://x/y", "://", "nonsense://["])
def test_an_address_we_cannot_use_is_refused(target: str) -> None:
    with pytest.raises(StorageError):
        Database(target)


def test_a_missing_driver_is_named_with_the_way_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(StorageError, match=r"nonebot-plugin-refund\[postgres\]"):
        Database("postgresql://me@host/refund")


def test_addresses_get_the_asynchronous_driver(tmp_path: Path) -> None:
    assert Database(tmp_path / "a.db").url.drivername == "sqlite+aiosqlite"
    assert Database(f"sqlite:///{tmp_path}/a.db").file == tmp_path / "a.db"
    with pytest.raises(StorageError, match="不带参数"):
        Database(f"sqlite:///{tmp_path}/a.db?timeout=5")
    for scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        assert parse_target(f"{scheme}://me@host/refund").drivername == "postgresql+asyncpg"
