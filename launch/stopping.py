"""停机：先停插件，再停服务器，最多 4.2 秒，退出码 0。

服务器收到信号会马上断开 QQ，正在发的回答和提醒就不知道到没到。所以信号先到这里：插件把正在做的做完（或打断、落库），
再转给服务器。第二次信号不再等。有东西卡住（对方不应答、磁盘不动），到点强行退出：该落库的早已落库。
"""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Any

from nonebot.log import logger

LONGEST = 4.2
"""从收到信号到进程退出最多几秒；`docker stop` 默认等 10 秒，systemd 默认等 90 秒。"""
CONNECTIONS_GRACE = 1
"""服务器等连接关上、处理函数结束最多几秒。只收整数。"""
SIGNALS = (signal.SIGINT, signal.SIGTERM, *((signal.SIGBREAK,) if sys.platform == "win32" else ()))
"""Ctrl+C、`kill`、`docker stop`、systemd；Windows 上还有 Ctrl+Break 和关窗口。"""


def leave_quietly_on_signals() -> None:
    """还没开始服务、或已经停妥时收到信号：退出码 0。容器里的一号进程没有这个就不理会信号。"""
    for number in SIGNALS:
        signal.signal(number, lambda *_: sys.exit(0))


class GracefulStop:
    """收到停机信号之后的次序。

    Args:
        wind_down: 让插件停手，自己管好时间。
        leave: 到点强行退出的办法。
    """

    def __init__(self, wind_down: Callable[[], Awaitable[None]], leave: Callable[[int], Any] = os._exit) -> None:
        self._wind_down = wind_down
        self._leave = leave
        self._asked = False
        self._wound_down = False
        self._task: asyncio.Task[None] | None = None

    def install(self) -> None:
        """接在服务器自己的信号处理前面；在服务器的事件循环里、它装好自己的以后叫。"""
        loop = asyncio.get_running_loop()
        for number in SIGNALS:
            close = signal.getsignal(number)
            if callable(close):
                signal.signal(number, self._handler(loop, close))

    def _handler(
        self, loop: asyncio.AbstractEventLoop, close: Callable[[int, FrameType | None], Any]
    ) -> Callable[[int, FrameType | None], None]:
        def handle(number: int, frame: FrameType | None) -> None:
            if self._asked:
                close(number, frame)
                return
            self._asked = True
            watchdog = threading.Timer(LONGEST, self._force)
            watchdog.daemon = True
            watchdog.start()
            loop.call_soon_threadsafe(self._begin, lambda: close(number, None))

        return handle

    def _begin(self, close: Callable[[], Any]) -> None:
        logger.info("收到停机信号：正在答的话和路上的提醒等一小会儿")
        self._task = asyncio.create_task(self._stop(close))

    async def _stop(self, close: Callable[[], Any]) -> None:
        try:
            await self._wind_down()
            self._wound_down = True
        finally:
            close()

    def _force(self) -> None:
        """停手都没停成的算不正常，别的（连接关不上）不算。"""
        print(f"停机超过 {LONGEST:g} 秒，不再等了：没做完的都在库里，下次启动接着做", file=sys.stderr, flush=True)  # noqa: T201  # 日志器也许正卡着
        self._leave(0 if self._wound_down else 1)
