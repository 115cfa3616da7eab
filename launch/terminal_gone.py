"""终端没了（窗口关了、远程连接断了）：程序像按了 ``Ctrl+Q`` 一样退出，不留在后台空转。

界面的库不处理终端没了：读的线程一直读到空，写的线程出错后退出，之后要画的都永远等下去，
连 ``SIGTERM`` 也停不下来。
"""

import asyncio
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from textual.driver import Driver

_STDIN = 0
_EVERY_SECONDS = 1.0


class ForgivingFile:
    """写不出去就算了的输出：终端没了以后，画面还要收尾，收尾时写的没有人看。"""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        """写一段；写不出去当作写完了。"""
        with suppress(OSError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        """交给终端；交不出去就算了。"""
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        """那个文件的号。"""
        return self._file.fileno()


def forgiving(driver: type[Driver]) -> type[Driver]:
    """同一个画屏的驱动，输出换成 `ForgivingFile`；没有这个输出的驱动原样还回来。"""

    class ForgivingDriver(driver):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            if file := getattr(self, "_file", None):
                self._file = ForgivingFile(file)

    return ForgivingDriver


def leave_when_hung_up(leave: Callable[[], None]) -> None:
    """终端没了就调用 ``leave``；要在事件循环里调用。Windows 关窗口时系统自己结束程序，不用管。"""
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, leave)
    terminal = select.poll()
    terminal.register(_STDIN, 0)

    def look() -> None:
        if any(happened & select.POLLHUP for _, happened in terminal.poll(0)):
            leave()
        else:
            loop.call_later(_EVERY_SECONDS, look)

    look()
