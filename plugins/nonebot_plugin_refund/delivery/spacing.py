"""同一账号的发送间隔：一条接一条会被风控，几个群同时推送后面的会超时。"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

from .messenger import Account


class Spacing:
    """给每个账号排发送时刻。账号之间互不耽误。

    没有用 aiolimiter：它允许攒着一次放出去，时钟和睡眠也换不掉，间隔就没法测。

    Args:
        gap: 两次发送至少隔多久。
        jitter: 再随机加多少，[0, jitter)。
        sleep, monotonic, draw: 睡眠、单调时钟（秒）、[0, 1) 的随机数；测试里换成假的。
    """

    def __init__(
        self,
        gap: timedelta,
        jitter: timedelta,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        draw: Callable[[], float] = random.random,
    ) -> None:
        self._gap = gap.total_seconds()
        self._jitter = jitter.total_seconds()
        self._sleep = sleep
        self._monotonic = monotonic
        self._draw = draw
        self._free_at: dict[Account, float] = {}

    async def wait(self, account: Account) -> None:
        """等到这个账号可以发下一条。先占位再睡，几处同时等也各有各的时刻。"""
        now = self._monotonic()
        slot = max(now, self._free_at.get(account, now))
        self._free_at[account] = slot + self._gap + self._jitter * self._draw()
        if slot > now:
            await self._sleep(slot - now)
