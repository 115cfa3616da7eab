"""同一个测试对着两种数据库各跑一遍；只关 SQLite 的事用 ``sqlite_only`` 标出来。"""

import pytest

SQLITE = "sqlite"
POSTGRES = "postgres"

sqlite_only = pytest.mark.parametrize("backend", [SQLITE], indirect=True)
"""测的是 SQLite 自己的行为（文件、WAL、查询计划），换了库没有意义。"""

postgres_only = pytest.mark.parametrize("backend", [POSTGRES], indirect=True)
"""测的是只有 PostgreSQL 才有的行为。"""
