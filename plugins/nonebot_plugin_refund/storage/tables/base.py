"""所有表的公共底子：命名约定与列类型的对应。"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, MetaData, String, Table, text
from sqlalchemy.orm import DeclarativeBase

from ..connection.column_types import UtcDateTime

JsonObject = dict[str, Any]
JsonList = list[Any]

BigKey = BigInteger().with_variant(Integer, "sqlite")
"""自增主键。SQLite 只有 ``INTEGER`` 才会自增。"""

NEVER_REUSE_IDS = {"sqlite_autoincrement": True}
"""删过的行号不再用：正在发送的提醒被删后，它的行号不能落到别的提醒头上。"""


class Base(DeclarativeBase):
    """表名一律以 ``refund_`` 开头：PostgreSQL 的库可能与别的插件共用。"""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy 规定的类属性写法
        datetime: UtcDateTime(),
        JsonObject: JSON(),
        JsonList: JSON(),
        str: String(),
    }


_AMONG = "unique_among"


def unique_among(condition: str) -> dict[str, Any]:
    """只在合条件的行里不许重复的索引。

    PostgreSQL 的那一份由 :func:`tell_postgresql` 补上：在这里写，用 SQLite 的也要把它的整套方言装进来。
    """
    return {"unique": True, "sqlite_where": text(condition), "info": {_AMONG: condition}}


def tell_postgresql() -> None:
    """连的是 PostgreSQL 时，各个索引的条件也照它的写法说一遍。"""
    for table in Base.metadata.tables.values():
        for index in table.indexes:
            if _AMONG in index.info:
                index.dialect_options["postgresql"]["where"] = text(index.info[_AMONG])


def table_of(row: type[Base]) -> Table:
    """这个类的表本身：不经 ORM 读写，快两三倍，给每条消息都要走的语句用。"""
    table = row.__table__
    assert isinstance(table, Table)
    return table
