"""从启动到退出的一次：在复制出来的进程里跑发件箱，走到定好的地方当场退出，除了盘上的库什么也不留。

进程是真的死（``os._exit``）：没有 finally，没有回滚，数据库的线程也一起断在半路。对方收到了什么由一份
只追加的日志记着，它算是另一台机器上的事。
"""

import asyncio
import json
import os
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nonebot_plugin_refund.delivery.messenger import Account, Receipt
from nonebot_plugin_refund.delivery.queue import claiming, outbox, reconcile, taking_back
from nonebot_plugin_refund.delivery.settings import DeliverySettings
from nonebot_plugin_refund.delivery.worker import DeliveryWorker
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.tables import ReminderRow

from .simulated import (
    ACCOUNT,
    NO_QUIET_HOURS,
    NumberedComposer,
    ReusableDatabase,
    SimulatedClock,
    keep_case,
    no_spacing,
)
from .simulated import reminder_ids as ids_in

CRASHED = 70
"""死在定好的地方时的退出码。"""
FIRST_LIFE = (
    *(f"{side}提交：{what}" for what in ("答应", "收回", "领取", "写明要发", "了结") for side in ("前", "后")),
    "写进连接之前",
    "送到之后、回音之前",
    "回音之后、了结之前",
)
"""第一条命就会走到的边界。"""
LATER_LIVES = (*FIRST_LIFE[2:], "前提交：查证", "后提交：查证", "翻记录之前")
"""以后的命还会走到的边界：要先有结果不明的。"""
_MESSY = ("pending", "claimed", "sending", "unknown")
_PASSES = 40


@dataclass(frozen=True)
class Death:
    """死在哪里：第 ``nth`` 次走到名叫 ``name`` 的边界；``name`` 为空则是第 ``nth`` 次在 await 处醒来。"""

    name: str
    nth: int


@dataclass
class Fate:
    """数着走到了哪里，到了就死。"""

    death: Death | None
    seen: dict[str, int] = field(default_factory=dict)

    def reach(self, name: str) -> None:
        """走到一个边界。"""
        self.seen[name] = self.seen.get(name, 0) + 1
        if self.death is not None and self.death == Death(name, self.seen[name]):
            os._exit(CRASHED)

    def wake(self) -> None:
        """在某个 await 处醒来。"""
        self.reach("")


class MortalDatabase(ReusableDatabase):
    """每个事务提交之前、之后都可能死的数据库。"""

    fate = Fate(None)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        """同原来的，只是提交前后各有一个边界。"""
        async with super().transaction() as session:
            yield session
            what = session.info.get("what", "答应")
            self.fate.reach(f"前提交：{what}")
        self.fate.reach(f"后提交：{what}")


@dataclass(frozen=True)
class LifePlan:
    """一条命要做的事。"""

    moment: datetime
    """醒来时的钟。"""
    promises: tuple[tuple[str, tuple[float, ...]], ...]
    """要答应谁、各在几小时后提醒。"""
    death: Death | None
    """为空就好好活到全部了结。"""
    history_offered: bool
    database: MortalDatabase
    log_file: Path


class MortalMessenger:
    """对方总是收下；死可能发生在一次调用的任何一处。"""

    def __init__(self, fate: Fate, log: Callable[..., None], received: list[tuple[str, str]], history: bool) -> None:
        """``received`` 是以前的命里对方已经收到的（谁，什么），``history`` 是能不能翻记录。"""
        self._fate = fate
        self._log = log
        self._received = received
        self._history = history

    def connected_accounts(self) -> set[Account]:
        """一直连着。"""
        return {ACCOUNT}

    async def is_friend(self, account: Account, user_id: str) -> bool | None:
        """都是好友。"""
        return True

    async def send_private(self, account: Account, user_id: str, text: str) -> Receipt:
        """送到，记进对方的日志，回音。"""
        self._fate.reach("写进连接之前")
        await asyncio.sleep(0)
        self._received.append((user_id, text))
        self._log("received", user_id=user_id, text=text)
        self._fate.reach("送到之后、回音之前")
        await asyncio.sleep(0)
        self._fate.reach("回音之后、了结之前")
        return Receipt(f"m{len(self._received)}")

    async def mention_in_group(self, account: Account, group_id: str, user_id: str, text: str) -> Receipt:
        """这个战役里不会走到：人人都是好友。"""
        self._log("mentioned", user_id=user_id, text=text)
        return Receipt()

    async def sent_recently(self, account: Account, user_id: str, text: str, since: datetime) -> bool | None:
        """翻记录。"""
        self._fate.reach("翻记录之前")
        await asyncio.sleep(0)
        return any(to == user_id and text in said for to, said in self._received) if self._history else None


class Stepped(Coroutine[Any, Any, Any]):
    """替任务一步步往前走的协程，每醒来一次数一下。"""

    def __init__(self, inner: Coroutine[Any, Any, Any], fate: Fate) -> None:
        """``inner`` 是真正的协程。"""
        self._inner = inner
        self._fate = fate

    def send(self, value: Any) -> Any:
        """往前走一步。"""
        self._fate.wake()
        return self._inner.send(value)

    def throw(self, *error: Any) -> Any:
        """把异常送进去。"""
        self._fate.wake()
        return self._inner.throw(*error)

    def close(self) -> None:
        """关掉。"""
        self._inner.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        """等它。"""
        return self._inner.__await__()


def name_transactions() -> None:
    """让每个事务知道自己在做什么，边界才叫得出名字；一个进程里叫一次。"""
    _label(taking_back, "reclaim", "收回")
    _label(claiming, "claim", "领取")
    _label(outbox, "mark_sending", "写明要发")
    _label(outbox, "settle", "了结")
    _label(outbox, "clear_doubt", "查证")
    _label(reconcile, "close_delivery", "查证")


def live(plan: LifePlan) -> None:
    """活一次。走到头就正常返回；死在半路的不返回。"""
    asyncio.run(_live(plan))


async def _live(plan: LifePlan) -> None:
    fate = Fate(plan.death)

    def stepped(loop: asyncio.AbstractEventLoop, inner: Any, **options: Any) -> asyncio.Task[Any]:
        return asyncio.Task(Stepped(inner, fate), loop=loop, **options)

    asyncio.get_running_loop().set_task_factory(stepped)
    with plan.log_file.open("a+", encoding="utf-8") as opened:

        def log(event: str, **values: Any) -> None:
            opened.write(json.dumps({"event": event, **values}, ensure_ascii=False) + "\n")
            opened.flush()

        opened.seek(0)
        past = [json.loads(line) for line in opened]
        received = [(entry["user_id"], entry["text"]) for entry in past if entry["event"] == "received"]
        database = plan.database.reborn()
        database.fate = fate
        clock = SimulatedClock(plan.moment)
        worker = DeliveryWorker(
            database,
            MortalMessenger(fate, log, received, plan.history_offered),
            NumberedComposer(),
            clock,
            DeliverySettings(quiet=NO_QUIET_HOURS),
            spacing=no_spacing(),
            draw=lambda: 0.5,
        )
        await asyncio.create_task(_work(plan, database, worker, clock, log))
        await database.close()


async def _work(
    plan: LifePlan, database: Database, worker: DeliveryWorker, clock: SimulatedClock, log: Callable[..., None]
) -> None:
    for user_id, hours in plan.promises:
        _, _, rows = await keep_case(database, user_id, clock.now(), [timedelta(hours=hour) for hour in hours])
        log("promised", user_id=user_id, ids=[row.id for row in rows])
    await worker.run_once()
    if plan.death is not None:
        return
    for _ in range(_PASSES):
        states = await _states(database)
        if not set(states.values()) & set(_MESSY):
            break
        clock.advance(timedelta(hours=7))
        await worker.run_once()
    await _everybody_speaks(database, worker, log)


async def _everybody_speaks(database: Database, worker: DeliveryWorker, log: Callable[..., None]) -> None:
    """推送不到的，等本人说话时补上。"""
    async with database.session() as session:
        users = sorted(set(await session.scalars(select(ReminderRow.user_id).where(ReminderRow.state == "waiting"))))
    for user_id in users:

        async def reply(top: str | None, user_id: str = user_id) -> Receipt:
            if top and ids_in(top):
                log("received", user_id=user_id, text=top)
            return Receipt()

        await worker.next_message.deliver_with_reply(ACCOUNT, Person(ACCOUNT.platform, user_id), reply)


async def _states(database: Database) -> dict[int, str]:
    async with database.session() as session:
        rows = await session.execute(select(ReminderRow.id, ReminderRow.state))
        return {row.id: row.state for row in rows}


def _label(module: ModuleType, name: str, what: str) -> None:
    """让事务知道自己在做什么；一个事务里先做的那件算数。"""
    original = getattr(module, name)

    async def labelled(session: AsyncSession, *values: Any, **named: Any) -> Any:
        session.info.setdefault("what", what)
        return await original(session, *values, **named)

    setattr(module, name, labelled)
