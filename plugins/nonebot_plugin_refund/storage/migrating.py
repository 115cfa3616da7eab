"""跑 Alembic 的迁移。只在真要升级、退回时才导入：Alembic 连同它的模板库要近半秒，而平常的启动没有东西要升。"""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from .tables import metadata


def upgrade_to(connection: Connection, folder: Path, revision: str, version_table: str) -> None:
    """在 ``connection`` 已经开始的事务里升到 ``revision``；``folder`` 是迁移所在的文件夹。"""
    _run(command.upgrade, connection, folder, revision, version_table)


def downgrade_to(connection: Connection, folder: Path, revision: str, version_table: str) -> None:
    """同 :func:`upgrade_to`，往回退。"""
    _run(command.downgrade, connection, folder, revision, version_table)


def _run(
    migrate: Callable[[Config, str], None], connection: Connection, folder: Path, revision: str, version_table: str
) -> None:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, metadata=metadata, version_table=version_table)
    migrate(config, revision)
