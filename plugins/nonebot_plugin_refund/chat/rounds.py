"""每隔一会儿做一遍的事：到期的时限、清理、别的进程改的设置和手册、案件换版。

一样出错只记日志，别的照做，下一轮再来；系统的钟可疑时，要看时间的都推迟。
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from ..clock_watch import ClockWatch
from ..delivery.faults.fault_log import FaultLog
from ..delivery.faults.fault_report import where_it_broke
from ..dialogue.assembly import Assembly, settle_memory
from ..dialogue.group.following import catch_up
from ..dialogue.group.memory import GroupMemory
from ..dialogue.rulebooks.in_force import RulebookInForce
from ..domain.understanding.meaning.weights import weights_read
from ..storage.connection.file_watch import FileWatch
from ..storage.owner import controls, daily_numbers
from .sending.file_folder import FileFolder

logger = logging.getLogger(__name__)

TIDY_EVERY = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=10)
"""隔多久记一次现在几点：下次启动对照它，看得出停着的时候钟跳没跳。"""
Done = TypeVar("Done")


@dataclass
class Rounds:
    """一个进程的各轮。"""

    opened: Assembly
    in_force: RulebookInForce
    memory: GroupMemory
    watch: ClockWatch
    files: FileFolder | None = None
    _tidied: datetime | None = None
    _seen: datetime | None = None
    _settled_for: object = field(init=False)
    _file: FileWatch = field(init=False)
    _faults: FaultLog = field(default_factory=lambda: FaultLog(logger))

    def __post_init__(self) -> None:
        self._settled_for = self._lasting()
        self._file = FileWatch(self.opened.database.file)
        self._file.swapped()

    async def go(self, now: datetime) -> bool:
        """做一轮。返回换版还有没有没看完的。"""
        self._notice_a_swapped_file()
        await self._do("catch_up", lambda: catch_up(self.opened.database, self.memory, now))
        await self._do("erasures", lambda: self.opened.due_changes.follow_erasures(now))
        if self.watch.is_steady():
            await self._do("pass_due_timers", lambda: self._pass_due_timers(now))
            await self._do("clock_seen", lambda: self._note_now(now))
            await self._do("owed_replies", self.opened.owed_answers.push)
            await self._do("numbers", lambda: daily_numbers.count_once(self.opened.database, now))
        if (self._tidied is None or abs(now - self._tidied) >= TIDY_EVERY) and self.watch.may_delete():
            await self._tidy(now)
            self._tidied = now
        await self._do("follow", lambda: self._follow(now))
        # 日期先算准了再换版；一趟只换一批，到期的时限不必等它
        return bool(self.watch.is_steady() and await self._do("move_editions", lambda: self.opened.mover.step(now)))

    async def _do(self, what: str, step: Callable[[], Awaitable[Done]]) -> Done | None:
        try:
            return await step()
        except Exception as error:  # 循环停了，案件就不再往下走；种类记下，下一轮再试
            self._faults.error(f"按时办的事出错：{what}", where_it_broke(error), "timekeeping_failed")
            return None

    def _notice_a_swapped_file(self) -> None:
        """只写进日志，不停机：停不停、拿哪一份，由主人定。"""
        if (path := self._file.swapped()) is not None:
            self._faults.error(
                "数据库文件在机器人开着时被换掉或删掉了，现在写下的都会丢",
                f"{path}；改法：马上停下机器人，放回要用的那一份（或 refund restore 备份），再启动",
                "database_file_swapped",
            )

    async def _pass_due_timers(self, now: datetime) -> None:
        if await self.opened.due_changes.pass_due_timers(now):
            self.opened.worker.poke()

    async def _tidy(self, now: datetime) -> None:
        await self._do("redate", lambda: self.opened.due_changes.redate_uncertain(now))
        await self._do("tidy", lambda: self.opened.due_changes.tidy(now))
        files = self.files
        if files is not None:
            await self._do("files", lambda: asyncio.to_thread(files.clear_old))

    async def _follow(self, now: datetime) -> None:
        await self.in_force.follow(self.opened.database, now)
        if self._lasting() != self._settled_for:
            self._settled_for = self._lasting()
            settle_memory()

    def _lasting(self) -> object:
        """装进内存以后不再变的：在用的手册、读过的权重。换了、多了一样，垃圾回收以后不必再走过它们。"""
        return self.in_force.loaded_at, weights_read()

    async def _note_now(self, now: datetime) -> None:
        if self._seen is None or abs(now - self._seen) >= SEEN_EVERY:
            async with self.opened.database.transaction() as session:
                await controls.note_clock(session, now)
            self._seen = now
