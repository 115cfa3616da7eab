"""表里用到的列类型。"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """时刻：存 UTC，取出来带时区。

    不带时区的时刻一律拒收（``ValueError``）：猜错时区会让提醒早八小时或晚八小时。
    SQLite 没有时区类型，存成定长文本，字典序就是时间先后；PostgreSQL 存 ``timestamptz``。
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """写入之前换成 UTC。"""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"时刻 {value.isoformat()} 没有时区，不能入库")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """读出之后补上时区。"""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class DayOrInstant(TypeDecorator[date | datetime]):
    """起算点：用户只知道日子的存日历日，知道钟点的存时刻；存成 ISO 8601 文本，取出来还是原来那一种。"""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: date | datetime | None, dialect: Dialect) -> str | None:
        """写成文本；时刻必须带时区，否则 ``ValueError``。"""
        if isinstance(value, datetime) and value.tzinfo is None:
            raise ValueError(f"时刻 {value.isoformat()} 没有时区，不能入库")
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | datetime | None:
        """按有没有钟点还原。"""
        if value is None:
            return None
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
