"""只看不写地打开数据库：机器人开着也能看，不升级，不改一个字节的内容。"""

from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from ..errors import SERVER_DOWN, StorageError, is_out_of_reach
from ..upgrade import VERSION_TABLE, known_revisions
from .database import Database


async def open_to_read(target: str | Path) -> Database:
    """打开来看；结构要正好是这一版程序的。用完要 ``close``。

    Args:
        target: 见 :class:`....database.Database`。

    Raises:
        StorageError: 文件不在、连不上，不是退款助手的数据库，或结构比这一版程序旧或新；消息写明怎么办。
    """
    database = Database(target, read_only=True)
    name = str(database.file or database.url.render_as_string(hide_password=True))
    try:
        if database.file is not None and not database.file.is_file():
            raise StorageError(f"没有数据库 {name}", "机器人启动过吗？在启动它的目录里运行，或用 --database 指明")
        _require_this_version(await _version(database, name), name)
    except BaseException:
        await database.close()
        raise
    return database


async def _version(database: Database, name: str) -> str | None:
    try:
        async with database.engine.connect() as connection:
            return await _version_in(connection)
    except (DBAPIError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        if database.file is None and is_out_of_reach(error):
            raise StorageError(f"连不上数据库服务器 {name}（{cause}）", SERVER_DOWN) from error
        raise StorageError(f"数据库 {name} 打不开（{cause}）", "请检查路径、权限，或用备份恢复；没有改动") from error


async def _version_in(connection: AsyncConnection) -> str | None:
    if not await connection.run_sync(lambda opened: inspect(opened).has_table(VERSION_TABLE)):
        return None
    return await connection.scalar(text(f'SELECT version_num FROM "{VERSION_TABLE}"'))


def _require_this_version(version: str | None, name: str) -> None:
    known = known_revisions()
    if version is None:
        raise StorageError(f"{name} 里没有退款助手的数据", "请检查路径，或先启动一次机器人")
    if version not in known:
        raise StorageError(f"数据库 {name} 来自更新的版本（结构 {version}）", "请升级退款助手再看；没有改动")
    if version != known[-1]:
        raise StorageError(
            f"数据库 {name} 是旧版本的（结构 {version}，这一版是 {known[-1]}）",
            "先用这一版启动一次机器人，它会自己升级",
        )
