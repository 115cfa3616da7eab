"""送达的循环：一个定时器，等到最近的一条到时，或有新的排上。"""

import asyncio
import logging
import random
from collections import defaultdict
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from ..clock import Clock
from ..log_lines import about
from ..storage.connection.database import Database
from ..storage.records import ReminderRecord
from .composer import Composer
from .faults.fault_log import FaultLog
from .faults.fault_report import where_it_broke
from .messenger import Account, Messenger
from .observer import Observer
from .queue import claiming, outbox, taking_back
from .queue.next_message import NextMessage
from .sender import Sender
from .settings import DeliverySettings
from .spacing import Spacing

if TYPE_CHECKING:
    from datetime import datetime

logger = logging.getLogger(__name__)

_DOUBTED_TOGETHER = 2
"""合着发这么多次都不明，就分开发。"""
_SHORTEST_SLEEP = 1.0
"""到时却没领到（那条道正忙，或别的进程正锁着）时，隔一秒再看，不空转。"""


class DeliveryWorker:
    """把到时的提醒送出去。每个在线账号一条道：道内按间隔一条条出手，不等前一条有回音；道与道互不相干。

    Args:
        spacing: 发送间隔；默认按设置建一个。
        draw: [0, 1) 的随机数，用于退避。
        observer: 指标往哪里记；默认不记。
    """

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        composer: Composer,
        clock: Clock,
        settings: DeliverySettings | None = None,
        *,
        spacing: Spacing | None = None,
        draw: Callable[[], float] = random.random,
        observer: Observer | None = None,
    ) -> None:
        self._database = database
        self._messenger = messenger
        self._clock = clock
        self._settings = settings or DeliverySettings()
        self._spacing = spacing or Spacing(self._settings.spacing, self._settings.jitter)
        self._sender = Sender(database, messenger, composer, clock, self._settings, self._spacing, draw, observer)
        self.next_message = NextMessage(database, self._sender, clock, self._settings)
        self._lanes: dict[Account, asyncio.Task[None]] = {}
        self._in_flight: set[asyncio.Task[None]] = set()
        self._in_hand: dict[int, ReminderRecord] = {}
        """领来了还没办完的，停机时交回去。"""
        self.last_pass: datetime | None = None
        """最近走完的一趟在什么时候；还没走完过为空。"""
        self._woken = asyncio.Event()
        self._faults = FaultLog(logger)
        self.may_push: Callable[[], bool] = lambda: True
        """现在的时刻信不信得过；信不过时不领、不收回，也不宣布等得太久。"""

    def poke(self) -> None:
        """叫醒：提交了新的提醒、账号刚连上、或别的什么让最近的时刻变了。"""
        self._woken.set()

    async def run_once(self) -> None:
        """完整的一趟：收回过期的、领到时的、发、了结，直到没有到时的。给测试和端到端用。"""
        if self.may_push():
            await self._sweep()
            self._start_lanes()
        await self._drain()

    async def run(self, stop: asyncio.Event) -> None:
        """一直干到 ``stop``。数据库一时出错只记日志，隔一会儿接着干。"""
        waking = asyncio.create_task(self._wake_on(stop))
        try:
            while not stop.is_set():
                self._woken.clear()
                await self._sleep(await self._pass())
        finally:
            waking.cancel()
            await self._shut_down()

    async def _pass(self) -> float:
        """开一趟，返回可以睡几秒。"""
        if not self.may_push():
            return self._settings.longest_sleep.total_seconds()
        try:
            await self._sweep()
            self._start_lanes()
            seconds = await self._seconds_to_next()
        except Exception as error:
            # 磁盘满、库被锁之类都可能过去；循环停了，答应过的提醒就全停了
            self._faults.error("送达循环出错，稍后再试", where_it_broke(error), "delivery_loop_failed")
            return self._settings.longest_sleep.total_seconds()
        self.last_pass = self._clock.now()
        return seconds

    async def _sweep(self) -> None:
        now = self._clock.now()
        async with self._database.transaction() as session:
            await taking_back.reclaim(session, now, lease=self._settings.lease)
            await outbox.give_up_waiting(session, now, self._settings.wait_for_person)

    def _start_lanes(self) -> None:
        for account in self._messenger.connected_accounts():
            if account not in self._lanes:
                lane = asyncio.create_task(self._guarded(self._lane(account)))
                self._lanes[account] = lane
                lane.add_done_callback(lambda _, account=account: self._lanes.pop(account, None))

    async def _lane(self, account: Account) -> None:
        while self.may_push() and account in self._messenger.connected_accounts():
            async with self._database.transaction() as session:
                claimed = await claiming.claim(
                    session, account, self._clock.now(), limit=self._settings.batch, lease=self._settings.lease
                )
            if not claimed:
                return
            self._in_hand.update((reminder.id, reminder) for reminder in claimed)
            for same_person in _by_person(claimed):
                await self._spacing.wait(account)
                self._launch(self._deliver(account, same_person))
            self.poke()

    async def _deliver(self, account: Account, reminders: Sequence[ReminderRecord]) -> None:
        await self._sender.deliver(account, reminders)
        for reminder in reminders:
            self._in_hand.pop(reminder.id, None)

    def _launch(self, delivering: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._guarded(delivering))
        self._in_flight.add(task)
        task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._in_flight.discard(task)
        self.poke()

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:
            # 这一个人的失败不能连累别人；他的提醒租约过期后会被收回
            self._faults.error("送达一个人的提醒时出错", where_it_broke(error), "delivery_failed")

    async def _drain(self) -> None:
        while self._lanes or self._in_flight:
            await asyncio.wait([*self._lanes.values(), *self._in_flight])

    async def _seconds_to_next(self) -> float:
        async with self._database.session() as session:
            due = await claiming.next_due(session, self._messenger.connected_accounts())
        longest = self._settings.longest_sleep.total_seconds()
        if due is None:
            return longest
        return min(max((due - self._clock.now()).total_seconds(), _SHORTEST_SLEEP), longest)

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _wake_on(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.poke()

    async def _shut_down(self) -> None:
        """不再领新的；正在路上的等一小会儿，等不到的打断，连同没出手的一起交回去。"""
        for lane in list(self._lanes.values()):
            lane.cancel()
        if self._in_flight:
            await asyncio.wait(list(self._in_flight), timeout=self._settings.shutdown_grace.total_seconds())
        leftover = [*self._lanes.values(), *self._in_flight]
        for task in leftover:
            task.cancel()
        await asyncio.gather(*leftover, return_exceptions=True)
        await self._give_back()

    async def _give_back(self) -> None:
        if not self._in_hand:
            return
        settings = self._settings
        try:
            async with self._database.transaction() as session:
                await taking_back.give_back(
                    session,
                    self._in_hand.values(),
                    self._clock.now(),
                    reconcile_delay=settings.reconcile_delay,
                )
        except Exception as error:
            # 交不回去也不丢：租约过期后照样收回，只是晚一会儿
            logger.error("停机时交回提醒出错：%s", where_it_broke(error), extra=about("give_back_failed"))
        self._in_hand.clear()


def _by_person(claimed: Sequence[ReminderRecord]) -> list[list[ReminderRecord]]:
    """按人合并。结果不明的单独成组，免得把没问题的也标成可能重复；不明两次的各自一组，也许是其中一条的缘故。"""
    groups: dict[tuple[str, bool, int], list[ReminderRecord]] = defaultdict(list)
    for reminder in claimed:
        alone = reminder.id if reminder.unknowns - reminder.disproved >= _DOUBTED_TOGETHER else 0
        groups[reminder.user_id, reminder.possible_duplicate, alone].append(reminder)
    return list(groups.values())
