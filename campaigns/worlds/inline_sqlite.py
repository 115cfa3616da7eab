"""让 aiosqlite 不用线程：语句当场执行，结果排到事件循环的下一轮才给。

战役里要的是次数和可重复：线程之间谁先谁后每次不同，同一个种子就走不出同一条路；来回切换也占掉大半时间。
等结果的地方照样让出，别的任务照样插得进来。真的线程由 kill 战役和整套测试来走。
"""

from collections.abc import Callable
from typing import Any

from aiosqlite import core


class InlineQueue:
    """代替 aiosqlite 递活给线程的队列。"""

    def put_nowait(self, work: tuple[Any, Callable[[], Any]]) -> None:
        """当场做完，下一轮再报告。"""
        future, function = work
        try:
            result = function()
        except Exception as error:
            if future is None:
                raise
            future.get_loop().call_soon(core.set_exception, future, error)
            return
        if future is not None:
            future.get_loop().call_soon(core.set_result, future, result)


class NoThread:
    """代替 aiosqlite 的线程：什么也不做。"""

    daemon = True

    def __init__(self, **_: Any) -> None:
        """参数同 ``threading.Thread``，都用不着。"""

    def start(self) -> None:
        """不必启动。"""

    def join(self, timeout: float | None = None) -> None:
        """不必等。"""


REPLACED = (("SimpleQueue", InlineQueue), ("Thread", NoThread))
"""``aiosqlite.core`` 里换掉的两个名字。"""


def use_inline_sqlite() -> None:
    """从此这个进程里新开的连接都不用线程。"""
    for name, replacement in REPLACED:
        setattr(core, name, replacement)
