"""时钟：程序里唯一读“现在几点”的地方，测试用假的替换它。"""

import sys
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """给出现在的时刻。"""

    def now(self) -> datetime:
        """现在，带时区的 UTC 时刻。"""
        ...


def unadjusted_seconds() -> float:
    """拨不动、休眠时也走的钟，秒；没有这种钟的系统用单调时钟（休眠之后会当成跳了一次）。"""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class SystemClock:
    """操作系统的时钟。"""

    def now(self) -> datetime:
        """现在，带时区的 UTC 时刻。"""
        return datetime.now(UTC)
