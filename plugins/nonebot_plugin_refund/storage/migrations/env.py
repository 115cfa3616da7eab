"""Alembic 的入口：在调用方已经打开的连接和事务里执行迁移。"""

from alembic import context

given = context.config.attributes
context.configure(
    connection=given["connection"],
    target_metadata=given["metadata"],
    version_table=given["version_table"],
    transactional_ddl=True,
)
context.run_migrations()
