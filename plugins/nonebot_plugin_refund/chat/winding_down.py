"""停机：正在做的事给一点时间做完，到点打断；打断的要么整个没做，要么落了库等下次接着做。

时间分配（整个停机要在 5 秒之内）：答话和路上的提醒 1.5 秒，交回提醒等收尾再 1 秒；余下的留给关连接、关库、退出。
"""

import asyncio
from collections.abc import Coroutine, Generator
from contextlib import contextmanager
from typing import Any

ANSWER_GRACE = 1.5
"""正在答的话最多再等几秒。提醒的同一个时长在 ``delivery/settings.py``。"""
LOOP_GRACE = 2.5
"""几个循环最多再等几秒：路上的提醒等完之后，还要把没办完的交回去。"""
_INTERRUPTED = 0.5
"""打断之后等它回滚的时间，秒。"""


class WindingDown:
    """现在有哪些事正在做，以及怎么让它们停下。"""

    def __init__(self) -> None:
        self.stop = asyncio.Event()
        """置位之后循环不再开始新的一轮。"""
        self._loops: set[asyncio.Task[None]] = set()
        self._idle: set[asyncio.Task[None]] = set()
        self._answers: set[asyncio.Task[Any]] = set()
        self._began_at: float | None = None
        self._finished = False

    @property
    def takes_on_more(self) -> bool:
        """还接不接新的话：都停妥之后不接，接了也说不出去。"""
        return not self._finished

    def keep(self, loop: Coroutine[Any, Any, None], *, waited_for: bool = True) -> None:
        """让一个循环转起来；停机时等它，没有什么要收尾的（``waited_for`` 为假）当场打断。"""
        (self._loops if waited_for else self._idle).add(asyncio.create_task(loop))

    async def stopped_within(self, seconds: float) -> bool:
        """等这么多秒；其间要停了为真。"""
        try:
            async with asyncio.timeout(seconds):
                await self.stop.wait()
        except TimeoutError:
            return False
        return True

    @contextmanager
    def answering(self) -> Generator[None]:
        """当前任务正在答一句话。"""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("只能在任务里答话")
        self._answers.add(task)
        try:
            yield
        finally:
            self._answers.discard(task)

    async def wind_down(self) -> None:
        """停下来。可以多次调用：时间从第一次算起，之后的调用只收拾后来的。"""
        now = asyncio.get_running_loop().time()
        began_at = self._began_at = now if self._began_at is None else self._began_at
        self.stop.set()
        for task in self._idle:
            task.cancel()
        await asyncio.gather(
            _settle(self._answers, began_at + ANSWER_GRACE - now),
            _settle(self._loops, began_at + LOOP_GRACE - now),
        )
        self._finished = True


async def _settle(tasks: set[asyncio.Task[Any]], seconds: float) -> None:
    """等这些事做完，最多 ``seconds`` 秒，然后打断。"""
    # 收尾的人自己也可能在其中一件事里：不能等自己
    current = asyncio.current_task()
    waited_for = {task for task in tasks if task is not current}
    if not waited_for:
        return
    _, late = await asyncio.wait(waited_for, timeout=max(seconds, 0))
    for task in late:
        task.cancel()
    if late:
        await asyncio.wait(late, timeout=_INTERRUPTED)
