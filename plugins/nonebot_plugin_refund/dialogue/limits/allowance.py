"""额度：先攒着一批，用掉以后慢慢补。按人或按群各一份，条数有上限。"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Allowance:
    """一份额度。"""

    burst: int
    """攒满是几句，可以一口气用完。"""
    per_second: float
    """每秒补几句。"""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: datetime


class Buckets:
    """一种额度，按人或按群各一份；攒满了的等于没来过，不必记。时刻都由调用方给，带时区。

    Args:
        allowance: 各人的额度。
        remembered: 至多记多少份；多了先忘最久没说话的。
    """

    def __init__(self, allowance: Allowance, remembered: int) -> None:
        self._allowance = allowance
        self._remembered = remembered
        self._buckets: OrderedDict[Key, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def has(self, key: Key, now: datetime) -> bool:
        """够不够扣一句。"""
        return self._tokens(key, now) >= 1

    def take(self, key: Key, now: datetime) -> bool:
        """扣一句；不够扣就不扣，返回 ``False``。"""
        tokens = self._tokens(key, now)
        taken = tokens >= 1
        self._buckets[key] = _Bucket(tokens - 1 if taken else tokens, now)
        self._buckets.move_to_end(key)
        self._forget(now)
        return taken

    def _tokens(self, key: Key, now: datetime) -> float:
        bucket = self._buckets.get(key)
        if bucket is None:
            return self._allowance.burst
        elapsed = max(0.0, (now - bucket.at).total_seconds())  # 钟往回拨过也不倒扣
        return min(self._allowance.burst, bucket.tokens + elapsed * self._allowance.per_second)

    def _forget(self, now: datetime) -> None:
        """最久没说话的排在最前：攒满了的忘掉，多了的也忘掉。"""
        while self._buckets:
            oldest = next(iter(self._buckets))
            full = self._tokens(oldest, now) >= self._allowance.burst
            if not full and len(self._buckets) <= self._remembered:
                return
            del self._buckets[oldest]
