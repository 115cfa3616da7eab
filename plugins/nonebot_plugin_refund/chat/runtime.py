"""起停：读手册、开数据库、让提醒循环转起来，停机时收拾干净。"""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from ..clock import Clock
from ..clock_watch import ClockWatch
from ..config import Config
from ..delivery.observer import Observer
from ..delivery.presence import Presence
from ..dialogue.assembly import Assembly, assemble, settle_memory
from ..dialogue.group.following import catch_up
from ..dialogue.group.memory import GroupMemory
from ..dialogue.rulebooks.editions import Editions
from ..dialogue.rulebooks.in_force import RulebookInForce
from ..domain.days.calendar import SHANGHAI, warm_up
from ..domain.understanding.meaning.options import prepare_untrained
from ..domain.understanding.scenarios import Classifier
from ..log_lines import about
from ..storage.owner import controls
from ..storage.person import erasures
from ..storage.upgrade import open_database
from .incoming.group_roles import is_group_admin
from .rounds import Rounds
from .sending.file_folder import FileFolder
from .sending.messenger import NoneBotMessenger
from .sending.new_friends import NewFriends
from .told_places import where_things_are
from .winding_down import WindingDown

logger = logging.getLogger(__name__)

_NEXT_BATCH = 0.2
"""案件还没换完版时，歇这么多秒接着换：别人的话先办。"""
_PREPARES_AFTER = 3.0
"""启动后过这么多秒再做费时的准备：做的时候占着解释器，回答会慢。"""
_PASS_EVERY = timedelta(seconds=20)
"""到期的阶段变化隔多久看一次；用户来看时总是当场算，所以不急。"""


class Runtime:
    """插件的一次运行。

    Args:
        configuration: 插件设置。
        classifier: 场景识别器，与筛选消息的共用。
        memory: 群的档次与冷却，与筛选消息的共用。
        clock: 时钟。
        command: 在话里怎么写命令。
        observer: 送达的指标往哪里记；默认不记。
    """

    def __init__(
        self,
        configuration: Config,
        classifier: Classifier,
        memory: GroupMemory,
        clock: Clock,
        command: str,
        observer: Observer | None = None,
    ) -> None:
        self._configuration = configuration
        self._classifier = classifier
        self._memory = memory
        self.clock = clock
        self.command = command
        self._observer = observer
        self.winding_down = WindingDown()
        self.watch = ClockWatch(clock)
        self.messenger = NoneBotMessenger(
            clock, configuration.refund_send_timeout_seconds, Presence(returned=self.wake)
        )
        self.new_friends = NewFriends(clock)
        self.opened: Assembly | None = None
        self.files: FileFolder | None = None
        """放文件的地方，开了才有。"""

    async def open(self, data_folder: Callable[[], Path]) -> None:
        """读手册，打开数据库，开始各个循环。

        Args:
            data_folder: 取数据文件夹的办法；手册没问题之后才取，免得白建文件夹。

        Raises:
            RulebookError: 手册有问题。
            StorageError: 数据库打不开。
        """
        today = self.clock.now().astimezone(SHANGHAI).date()
        packaged = Editions.opened(None, today)
        folder = data_folder()
        in_force = RulebookInForce.opened(packaged, folder, self._classifier, self.clock.now())
        database = await open_database(self._configuration.refund_database_url or folder / "refund.sqlite3")
        # 库可能是主人从旧备份拷回来的：删过数据的人不能跟着回来
        await erasures.catch_up(folder, database, self.clock.now())
        await catch_up(database, self._memory, self.clock.now())
        self.files = FileFolder(folder / "files", self.clock)
        self._memory.also_forget.append(self.files.forget)
        async with database.session() as session:
            self.watch.started_after(await controls.clock_seen(session))
        self.opened = assemble(
            self._configuration,
            database=database,
            editions=in_force.editions,
            in_force=in_force,
            classifier=self._classifier,
            groups=self._memory,
            clock=self.clock,
            messenger=self.messenger,
            observer=self._observer,
            is_group_admin=is_group_admin,
            command=self.command,
            data_folder=folder,
        )
        self.opened.worker.may_push = self.watch.is_steady
        await self.opened.owed_answers.learn()
        self.winding_down.keep(self.opened.worker.run(self.winding_down.stop))
        self.winding_down.keep(self._settle(in_force), waited_for=False)
        self.winding_down.keep(self._keep_time(self.opened, in_force))
        kind = "SQLite" if database.is_sqlite else "PostgreSQL"
        logger.info("已就绪：%d 个场景，数据库 %s", len(in_force.editions.scenarios), kind, extra=about("started"))
        told, *unread = where_things_are(folder, in_force.own)
        logger.info(told, extra=about("places"))
        for line in unread:
            logger.warning(line, extra=about("rulebook_file_not_read"))

    async def close(self) -> None:
        """停下循环，关掉数据库；正在答的话和正在路上的提醒等一小会儿。"""
        await self.winding_down.wind_down()
        if self.opened is not None:
            await self.opened.database.close()
            self.opened = None
            logger.info("已停妥：没送完的提醒都在库里，下次启动接着送", extra=about("stopped"))

    def wake(self) -> None:
        """账号刚连上、QQ 刚回来：叫醒送提醒的循环，没说到的回答下一轮补上。"""
        if self.opened is not None:
            self.opened.worker.poke()
            self.opened.owed_answers.account_returned()

    async def _settle(self, in_force: RulebookInForce) -> None:
        """启动几秒之后：装好历法库，建好打听的倒排，解好操作者自己的题，打开垃圾回收。"""
        await asyncio.sleep(_PREPARES_AFTER)
        # 先收一遍：导入时留下的垃圾腾出来的地方，准备时接着用，不必再向系统要
        settle_memory()
        await asyncio.to_thread(warm_up)
        await asyncio.to_thread(in_force.editions.topics.prepare, self.winding_down.stop.is_set)
        await asyncio.to_thread(prepare_untrained, in_force.editions.scenarios, self.winding_down.stop.is_set)
        settle_memory()

    async def _keep_time(self, opened: Assembly, in_force: RulebookInForce) -> None:
        """时限到期的变化、别的进程改的群设置和手册、案件换版、清理；出了错只记日志，下一轮再来。"""
        rounds = Rounds(opened, in_force, self._memory, self.watch, self.files)
        while not self.winding_down.stop.is_set():
            unfinished = await rounds.go(self.clock.now())
            await self.winding_down.stopped_within(_NEXT_BATCH if unfinished else _PASS_EVERY.total_seconds())
