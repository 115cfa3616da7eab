"""启动时把数据库升到当前结构：不提问，要么全成，要么一点不变。"""

import asyncio
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from .connection.database import Database
from .connection.sqlite_file import check_sqlite_file, make_private, read_version
from .errors import SERVER_DOWN, StorageError, is_out_of_reach
from .tables import metadata

VERSION_TABLE = "refund_alembic_version"
"""自己的版本表：与别的插件共用 ``alembic_version`` 会互相挡住启动。"""

_MIGRATIONS = Path(__file__).parent / "migrations"
_UPGRADE_LOCK = 0x7265_6675_6E64
"""PostgreSQL 的咨询锁号：几个进程同时启动时只有一个在升级。"""


async def open_database(target: str | Path) -> Database:
    """检查、打开并升级数据库。

    Args:
        target: 见 :class:`...database.Database`。

    Raises:
        StorageError: 打不开或升级不了；消息写明文件和解决办法，盘上的东西没有变。
    """
    database = Database(target)
    try:
        if database.file is not None:
            await asyncio.to_thread(_check_before_opening, database.file)
        await _upgrade(database)
    except BaseException:
        await database.close()
        raise
    return database


def known_revisions() -> list[str]:
    """这一版程序认得的结构版本，由旧到新。版本号就是迁移文件名开头的四位数，一个接一个，不分叉。"""
    return sorted(file.name[:4] for file in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


async def _upgrade(database: Database) -> None:
    """在一个事务里升到当前结构；已经是了就什么也不做。

    Raises:
        StorageError: 数据库来自更新的版本，或数据库报错（已回滚）。
    """
    name = str(database.file or database.url.render_as_string(hide_password=True))
    try:
        async with database.transaction() as session:
            connection = await session.connection()
            await connection.run_sync(_run, name)
    except (DBAPIError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        if database.file is None and is_out_of_reach(error):
            raise StorageError(f"连不上数据库服务器 {name}（{cause}）", SERVER_DOWN) from error
        raise StorageError(f"数据库 {name} 打不开或升级失败（{cause}）", "没有改动；请检查它，或用备份恢复") from error


def _run(connection: Connection, name: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
    current = _current(connection)
    _refuse_newer(current, name)
    if current is None:
        _refuse_foreign_tables(connection, name)
    if current == known_revisions()[-1]:
        return
    from .migrating import migrate

    migrate(connection, _MIGRATIONS, VERSION_TABLE)


def _check_before_opening(file: Path) -> None:
    check_sqlite_file(file)
    _refuse_newer(read_version(file, VERSION_TABLE), str(file))
    make_private(file)


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text(f'SELECT version_num FROM "{VERSION_TABLE}"')).scalar()


def _refuse_newer(current: str | None, name: str) -> None:
    if current is not None and current not in known_revisions():
        raise StorageError(
            f"数据库 {name} 来自更新的版本（结构 {current}）", "请升级退款助手，或用旧版本时的备份；数据库没有被改动"
        )


def _refuse_foreign_tables(connection: Connection, name: str) -> None:
    ours = set(metadata.tables) & set(inspect(connection).get_table_names())
    if ours:
        raise StorageError(f"数据库 {name} 里有 {min(ours)} 表却没有版本记录", "请用备份恢复，或换一个空的数据库")
