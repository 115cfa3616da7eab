"""*outage*：断上几分钟到半天：QQ 掉线而桥还连着、桥没了、HTTP 的桥停了、数据库够不着、群里禁言。

断的时候到时的，一条也不能丢、不能没人知道；断过之后，没出毛病的很快就送出去。
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from nonebot_plugin_refund.delivery.faults.classify_failure import classify_failure
from nonebot_plugin_refund.delivery.messenger import Account, NotConnected, Receipt
from nonebot_plugin_refund.domain.days.reminders import QuietHours
from nonebot_plugin_refund.storage.records import ReminderRecord

from .driver import report, run_campaign
from .faults import FINAL, judge, prepared
from .ledger import RunResult
from .worlds.fault_messenger import UNCLEAR, Call, Fault, FaultyMessenger
from .worlds.fault_world import FaultWorld
from .worlds.simulated import NO_QUIET_HOURS, ReusableDatabase, copy_template, make_template, reminder_ids

SOON = timedelta(minutes=30)
"""断过之后，多久之内该送出去：查不到好友的最多隔二十来分钟再查一次。"""
_ENOUGH_UNKNOWNS = 3
"""不明这么多次，才可以改成等本人说话。"""
_PASSES_EACH = 5
_OFFLINE = (
    (1200, '发送失败 {"result": 1006514, "errMsg": "网络连接异常!"}'),
    (1200, 'EventRet:\n{"result": 1006514,"errMsg": "网络连接异常!"}'),
)


class Outage(Enum):
    """断的是什么。"""

    QQ_OFFLINE = "QQ 掉线，桥还连着"
    BRIDGE_GONE = "桥断了"
    HTTP_DOWN = "HTTP 的桥停了"
    DATABASE_GONE = "数据库够不着"
    MUTED = "群里禁言"


@dataclass
class CutOffMessenger(FaultyMessenger):
    """断着的时候什么也送不到的对方。"""

    outage: Outage | None = None

    def connected_accounts(self) -> set[Account]:
        """桥断了就没有连着的账号。"""
        return set() if self.outage is Outage.BRIDGE_GONE else super().connected_accounts()

    async def is_friend(self, account: Account, user_id: str) -> bool | None:
        """QQ 掉线、HTTP 的桥停了，都查不到。"""
        if self.outage in (Outage.QQ_OFFLINE, Outage.HTTP_DOWN):
            self.looked_up[asyncio.current_task(), user_id] = None
            return None
        return await super().is_friend(account, user_id)

    async def _call(self, where: str, user_id: str, text: str) -> Receipt:
        failed = self._cut_off(where)
        if failed is None:
            return await super()._call(where, user_id, text)
        fault, error = failed
        self.calls.append(Call(self.now(), where, user_id, text, fault))
        raise error

    def _cut_off(self, where: str) -> tuple[Fault, Exception] | None:
        match self.outage:
            case Outage.QQ_OFFLINE:
                return Fault.OFFLINE, classify_failure(*self.chance.choice(_OFFLINE)).as_error()
            case Outage.HTTP_DOWN | Outage.BRIDGE_GONE:
                return Fault.OFFLINE, NotConnected("连不上")
            case Outage.MUTED if where.startswith("group"):
                return Fault.MUTED, classify_failure(120, "").as_error()
            case _:
                return None


class CutOffDatabase(ReusableDatabase):
    """断着的时候每个事务都开不了头的数据库。"""

    gone = False

    @asynccontextmanager
    async def session(self) -> AsyncGenerator[AsyncSession]:
        """同原来的，断着就抛错。"""
        self._reach()
        async with super().session() as session:
            yield session

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        """同原来的，断着就抛错。"""
        self._reach()
        async with super().transaction() as session:
            yield session

    def _reach(self) -> None:
        if self.gone:
            raise OperationalError("SELECT 1", {}, TimeoutError("没有回音"))


@dataclass
class CutOffWorld(FaultWorld):
    """一次运行：一段段断着，别的都正常。"""

    messenger_type: type[FaultyMessenger] = field(default=CutOffMessenger)

    def cut(self, outage: Outage | None) -> None:
        """断开；为空是接上。"""
        assert isinstance(self.messenger, CutOffMessenger)
        assert isinstance(self.database, CutOffDatabase)
        self.messenger.outage = outage
        self.database.gone = outage is Outage.DATABASE_GONE

    async def passes(self, times: int, apart: timedelta) -> None:
        """走几趟，每趟隔这么久；数据库断着，一趟做不成是应当的。"""
        for _ in range(times):
            try:
                await self.worker.run_once()
            except DBAPIError:
                self.counts["数据库断着，一趟没有做成"] += 1
            self.clock.advance(apart)


def register(app: typer.Typer) -> None:
    """挂上子命令。"""
    app.command("outage")(outage)


def outage(
    runs: Annotated[int, typer.Option(help="跑几次")] = 2_000,
    seed: Annotated[int, typer.Option(help="种子")] = 1,
    workers: Annotated[int, typer.Option(help="几个进程一起跑")] = 2,
    resume: Annotated[bool, typer.Option("--resume", help="接着上次的账跑")] = False,
) -> None:
    """断上几分钟到半天：一条不丢，接上之后很快送到。"""
    summary = run_campaign("outage", run_one, seed=seed, runs=runs, workers=workers, resume=resume)
    report("outage", f"uv run python -m campaigns outage --runs {runs} --seed {seed}", summary)


def run_one(folder: Path, seed: int, index: int) -> RunResult:
    """一次：断几回，每回断过之后看送出去没有，最后对账。"""
    started = time.monotonic()
    template, file, database, other = _stage(folder)
    copy_template(template, file)
    chance = random.Random(f"outage:{seed}:{index}")
    quiet = chance.choice((NO_QUIET_HOURS, NO_QUIET_HOURS, QuietHours()))
    database.gone = False
    world = CutOffWorld(chance, database.reborn(), other.reborn().taking_turns_with(database), quiet)
    rows = asyncio.run(_play(world))
    found = [*world.violations, *judge(rows, world.messenger.calls, world.voided, world.is_unwanted)]
    return RunResult(index, round(time.monotonic() - started, 3), dict(_counts(world, rows)), found)


async def _play(world: CutOffWorld) -> list[ReminderRecord]:
    chance = world.chance
    try:
        await world.open_cases()
        world.messenger.odds, world.messenger.history = 0.0, chance.random() < 0.5
        for user_id in world.users:
            world.messenger.friends[user_id] = chance.random() < 0.8
        for _ in range(chance.randint(1, 3)):
            await _one_outage(world, chance.choice(list(Outage)))
        return await _settled(world)
    finally:
        world.cut(None)
        await world.database.close()
        await world.other.close()


async def _one_outage(world: CutOffWorld, kind: Outage) -> None:
    chance = world.chance
    world.counts[f"断过：{kind.value}"] += 1
    await world.passes(1, timedelta(minutes=chance.choice((1, 30, 240))))
    world.cut(kind)
    lasts = timedelta(minutes=chance.choice((2, 20, 90, 300, 720)))
    await world.passes(_PASSES_EACH, lasts / _PASSES_EACH)
    if chance.random() < 0.3 and kind is not Outage.DATABASE_GONE:
        await world.speak(chance.choice(world.users))
    world.cut(None)
    over = world.clock.now()
    await world.passes(_PASSES_EACH, SOON / _PASSES_EACH)
    await _all_out(world, kind, over)


async def _all_out(world: CutOffWorld, kind: Outage, over: datetime) -> None:
    """断过之后 :data:`SOON`：好友的、该发的都出去了；安静时段里的不急。"""
    if world.quiet.covers(over) or world.quiet.covers(world.clock.now()):
        return
    for row in await world.rows():
        due = row.due_at <= over and row.id not in world.voided
        if not due or row.state not in ("pending", "claimed", "sending"):
            continue
        if kind is Outage.MUTED or not world.messenger.friends.get(row.user_id, True):
            continue  # 不是好友的要等他说话，或等禁言过去
        world.violations.append(f"{kind.value}：接上 {SOON} 之后，提醒 {row.id} 还在 {row.state}（{row.reason}）")


async def _settled(world: CutOffWorld) -> list[ReminderRecord]:
    """没有断的了，直到全部了结：到不了的，本人总会来说一句。"""
    for _ in range(60):
        await world.worker.run_once()
        rows = await world.rows()
        _judge_waiting(world, rows)
        if {row.state for row in rows} <= FINAL:
            break
        for user_id in sorted({row.user_id for row in rows if row.state == "waiting"}):
            await world.speak(user_id)
        ahead = [row.next_try_at for row in rows if row.state in ("pending", "unknown")]
        world.clock.moment = max([*ahead[:1], world.clock.now() + timedelta(minutes=10)])
    return await world.rows()


def _judge_waiting(world: CutOffWorld, rows: Sequence[ReminderRecord]) -> None:
    """断过线不是不送的理由：改成等本人说话，要么他不是好友，要么真的不明了几次。"""
    for row in rows:
        if row.state != "waiting" or not world.messenger.friends.get(row.user_id, True):
            continue
        tried = [call for call in world.messenger.calls if row.id in reminder_ids(call.text)]
        if sum(call.fault in UNCLEAR for call in tried) < _ENOUGH_UNKNOWNS:
            world.violations.append(f"提醒 {row.id} 断过之后不推了，改成等本人说话（{row.reason}）")


def _counts(world: CutOffWorld, rows: Sequence[ReminderRecord]) -> Counter[str]:
    calls = world.messenger.calls
    counts: Counter[str] = Counter({"提醒": len(rows), "发送": len(calls)})
    counts.update(f"最后：{row.state}" for row in rows)
    counts["断着时没送到的"] = sum(call.fault is Fault.OFFLINE for call in calls)
    copies = Counter(number for call in calls if call.delivered for number in reminder_ids(call.text))
    counts["多送的（都注明了可能重复）"] = sum(times - 1 for times in copies.values())
    return counts + world.counts


@cache
def _stage(folder: Path) -> tuple[Path, Path, CutOffDatabase, ReusableDatabase]:
    template, file = prepared(folder, "outage")
    asyncio.run(make_template(template))
    return template, file, CutOffDatabase(file), ReusableDatabase(file)
