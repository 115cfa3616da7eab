"""盘上的数据库文件：只给自己读；开着时被换掉、删掉、拿走了 -wal，看得出来。"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from nonebot_plugin_refund.storage.connection.file_watch import FileWatch
from nonebot_plugin_refund.storage.upgrade import open_database

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows 没有这样的权限位")


@pytest.fixture
def ordinary_umask() -> None:
    os.umask(0o022)


async def test_a_new_database_is_readable_by_its_account_only(file: Path, ordinary_umask: None) -> None:
    database = await open_database(file)
    try:
        kept = [path for path in file.parent.iterdir() if path.name.startswith(file.name)]
        assert len(kept) > 1, "WAL 也要在"
        assert [path.name for path in kept if path.stat().st_mode & 0o077] == []
    finally:
        await database.close()


async def test_an_old_one_is_taken_away_from_others_and_left_to_its_group(file: Path) -> None:
    await (await open_database(file)).close()
    os.chmod(file, 0o664)
    await (await open_database(file)).close()
    assert os.stat(file).st_mode & 0o777 == 0o660


def _replace(file: Path) -> None:
    shutil.copy(file, f"{file}.copy")
    os.replace(f"{file}.copy", file)


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (_replace, ""),
        (lambda file: file.unlink(), ""),
        (lambda file: file.with_name(f"{file.name}-wal").unlink(), "-wal"),
    ],
)
async def test_a_file_swapped_or_removed_under_a_running_bot_is_noticed(
    file: Path, harm: Callable[[Path], object], what: str
) -> None:
    database = await open_database(file)
    try:
        watch = FileWatch(database.file)
        assert [watch.swapped(), watch.swapped()] == [None, None]
        harm(file)
        assert [watch.swapped(), watch.swapped()] == [Path(f"{file}{what}")] * 2
    finally:
        await database.close()


async def test_ordinary_work_swaps_nothing(file: Path) -> None:
    database = await open_database(file)
    try:
        watch = FileWatch(database.file)
        watch.swapped()
        async with database.transaction() as session:
            await session.connection()
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert watch.swapped() is None
    finally:
        await database.close()


def test_a_server_has_no_file_to_be_swapped() -> None:
    assert FileWatch(None).swapped() is None
