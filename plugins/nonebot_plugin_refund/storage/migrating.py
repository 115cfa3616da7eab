"""跑 Alembic 的迁移。只在真要升级时才导入：Alembic 连同它的模板库要近半秒，而平常的启动没有东西要升。"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from .tables import metadata


def migrate(connection: Connection, folder: Path, version_table: str) -> None:
    """在 ``connection`` 已经开始的事务里升到最新的结构；``folder`` 是迁移所在的文件夹。"""
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, metadata=metadata, version_table=version_table)
    command.upgrade(config, "head")
