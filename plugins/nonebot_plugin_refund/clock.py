"""时钟：程序里唯一读“现在几点”的地方，测试用假的替换它。"""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """给出现在的时刻。"""

    def now(self) -> datetime:
        """现在，带时区的 UTC 时刻。"""
        ...


class SystemClock:
    """操作系统的时钟。"""

    def now(self) -> datetime:
        """现在，带时区的 UTC 时刻。"""
        return datetime.now(UTC)
