"""事件循环耽误了多久：每隔一秒计一次时，比该到的时刻晚了多少就是耽误了多少。

循环卡住时这里也停着，所以另有一个地址给外面查（:mod:`.aliveness`）：没有回应就是卡住了。
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

_EVERY = 1.0
_KEPT = 60
"""记最近这么多次：一分钟。"""
_WORTH_SAYING = 2.0
"""耽误这么多秒以上的，写进日志。"""


class LoopLag:
    """一个事件循环的耽误。

    Args:
        tell: 耽误得久时调用，参数是秒。
        sleep, monotonic: 睡眠与单调时钟；测试里换成假的。
    """

    def __init__(
        self,
        tell: Callable[[float], object] = lambda _: None,
        *,
        sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tell = tell
        self._sleep = sleep
        self._monotonic = monotonic
        self._seen: deque[float] = deque(maxlen=_KEPT)

    @property
    def worst(self) -> float:
        """一分钟里最多耽误了几秒。"""
        return max(self._seen, default=0.0)

    async def keep_watching(self, stop: asyncio.Event) -> None:
        """一直看到 ``stop``。"""
        while not stop.is_set():
            began = self._monotonic()
            await self._sleep(_EVERY)
            late = max(0.0, self._monotonic() - began - _EVERY)
            self._seen.append(late)
            if late >= _WORTH_SAYING:
                self._tell(late)
