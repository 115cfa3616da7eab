"""只看不写地打开：两种数据库都认得出版本不对，什么也不改。"""

from datetime import datetime

import pytest
from sqlalchemy import text

from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.connection.reading import open_to_read
from nonebot_plugin_refund.storage.errors import StorageError
from nonebot_plugin_refund.storage.owner import controls
from nonebot_plugin_refund.storage.upgrade import known_revisions


async def _record_version(database: Database, version: str) -> None:
    async with database.transaction() as session:
        await session.execute(text("UPDATE refund_alembic_version SET version_num = :version"), {"version": version})


async def test_what_is_committed_is_seen(database: Database, target: str, now: datetime) -> None:
    async with database.transaction() as session:
        await controls.pause_sending(session, now)
    reading = await open_to_read(target)
    async with reading.session() as session:
        assert await controls.sending_paused_since(session) == now
    await reading.close()


async def test_a_newer_database_is_refused(database: Database, target: str) -> None:
    await _record_version(database, "9999")
    try:
        await _refused(database, target, "9999", "更新的版本")
    finally:
        # PostgreSQL 的库是各个测试共用的
        await _record_version(database, known_revisions()[-1])


async def test_an_older_database_is_refused(database: Database, target: str, next_revision: str) -> None:
    await _refused(database, target, known_revisions()[-2], f"旧版本的.*这一版是 {next_revision}")


async def _refused(database: Database, target: str, version: str, said: str) -> None:
    with pytest.raises(StorageError, match=said):
        await open_to_read(target)
    async with database.session() as session:
        assert await session.scalar(text("SELECT version_num FROM refund_alembic_version")) == version


async def test_an_unreachable_server_is_told_without_the_password() -> None:
    with pytest.raises(StorageError, match="连不上数据库服务器") as refused:
        await open_to_read("postgresql://u:secret@127.0.0.1:1/nothing")
    assert "secret" not in str(refused.value)
