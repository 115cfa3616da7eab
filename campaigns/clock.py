"""*clock*：系统的钟忽然跳了，几秒到几年，往前往回，过一阵子又对回来。

真的时刻另记着。钟错着的时候，不早发一条提醒，不把没到的日子记成过了，不删一件东西；对回来以后，该发的照发。
"""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from sqlalchemy import func, select

from nonebot_plugin_refund.chat.rounds import Rounds
from nonebot_plugin_refund.cli.rehearsing.rehearsal import Rehearsal
from nonebot_plugin_refund.clock_watch import FAR, FAR_SETTLES_IN, SETTLES_IN, TOLERANCE, ClockWatch
from nonebot_plugin_refund.dialogue.group.memory import GroupMemory
from nonebot_plugin_refund.storage.tables import CaseRow, InterviewRow, PersonRow, ReminderRow, TimerRow

from .driver import report, run_campaign
from .ledger import RunResult
from .worlds.rehearsed import OPENINGS, START, open_case, stage

if TYPE_CHECKING:
    from nonebot_plugin_refund.dialogue.rulebooks.in_force import RulebookInForce

_SECONDS, _MINUTES, _HOURS, _DAYS = (timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1))
JUMPS = (
    *(count * _SECONDS for count in (5, 30, 59, 90)),
    *(count * _MINUTES for count in (5, 45)),
    *(count * _HOURS for count in (3, 13)),
    *(count * _DAYS for count in (1, 8, 40, 200, 400, 2000)),
)
"""钟跳多远；往前往回都有。"""
_BEATS = (timedelta(seconds=20), timedelta(minutes=2), timedelta(minutes=40), timedelta(hours=5))
_ROUNDS_WHILE_WRONG = 4
_UNTIL_ALL_DUE = timedelta(days=30)
_STRIDE = timedelta(hours=31)
"""一步跨这么久：每次落在一天里不同的钟点，不会总赶上安静时段。"""
_COUNTED = (PersonRow, CaseRow, InterviewRow, TimerRow)


class _Still:
    """不换版的手册：这里看的是钟。"""

    loaded_at: datetime | None = None

    async def follow(self, *_: object) -> None:
        """没有新的。"""


@dataclass
class ClockWorld:
    """一次运行：真的时刻，和墙上错了多少。"""

    rehearsal: Rehearsal
    chance: random.Random
    true: datetime = START
    wrong_by: timedelta = timedelta(0)
    violations: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """钟由一只拨不动的看着；发件箱照它等。"""
        assembly = self.rehearsal.assembly
        self.watch = ClockWatch(_Wall(self), lambda: (self.true - START).total_seconds())
        assembly.worker.may_push = self.watch.is_steady
        in_force = cast("RulebookInForce", cast("Any", _Still()))
        self.rounds = Rounds(assembly, in_force, GroupMemory(), self.watch)

    def pass_time(self, by: timedelta) -> None:
        """真的过了这么久。"""
        self.true += by
        self._show()

    def jump(self, to: timedelta) -> None:
        """墙上的钟从此错这么多；零是对回来。"""
        self.wrong_by = to
        self._show()

    async def round(self) -> None:
        """走一轮：到期的、清理的、要发的，再看有没有早办了什么。"""
        now = self.rehearsal.clock.now()
        await self.rounds.go(now)
        await self.rehearsal.assembly.worker.run_once()
        await self._judge()

    async def rows(self) -> dict[str, int]:
        """各样还有几行。"""
        async with self.rehearsal.assembly.database.session() as session:
            return {
                table.__tablename__: await session.scalar(select(func.count()).select_from(table)) or 0
                for table in _COUNTED
            }

    def _show(self) -> None:
        self.rehearsal.clock.moment = self.true + self.wrong_by

    async def _judge(self) -> None:
        """照真的时刻看：早发的、早记成过了的。"""
        late_enough = self.true + TOLERANCE
        async with self.rehearsal.assembly.database.session() as session:
            early = await session.scalars(
                select(ReminderRow.id).where(ReminderRow.state == "sent", ReminderRow.due_at > late_enough)
            )
            passed = await session.scalars(
                select(TimerRow.id).where(TimerRow.state == "passed", TimerRow.due_at > late_enough)
            )
            self.violations += [f"钟错了 {self.wrong_by}：提醒 {number} 没到时就发了" for number in early]
            self.violations += [f"钟错了 {self.wrong_by}：时限 {number} 没到就记成过了" for number in passed]


@dataclass(frozen=True)
class _Wall:
    world: ClockWorld

    def now(self) -> datetime:
        """墙上的时刻。"""
        return self.world.true + self.world.wrong_by


def register(app: typer.Typer) -> None:
    """挂上子命令。"""
    app.command("clock")(clock)


def clock(
    runs: Annotated[int, typer.Option(help="跑几次")] = 1_000,
    seed: Annotated[int, typer.Option(help="种子")] = 1,
    workers: Annotated[int, typer.Option(help="几个进程一起跑")] = 2,
    resume: Annotated[bool, typer.Option("--resume", help="接着上次的账跑")] = False,
) -> None:
    """钟跳了又对回来：不早发，不早算，不误删，之后一条不漏。"""
    summary = run_campaign("clock", run_one, seed=seed, runs=runs, workers=workers, resume=resume)
    report("clock", f"uv run python -m campaigns clock --runs {runs} --seed {seed}", summary)


def run_one(folder: Path, seed: int, index: int) -> RunResult:
    """一次：立一两件案件，钟跳几回，最后走到都该到期了。"""
    started = time.monotonic()
    rehearsal = stage(folder, "clock").fresh()
    world = ClockWorld(rehearsal, random.Random(f"clock:{seed}:{index}"))
    asyncio.run(_play(world))
    return RunResult(index, round(time.monotonic() - started, 3), dict(world.counts), world.violations)


async def _play(world: ClockWorld) -> None:
    chance = world.chance
    try:
        for number in range(chance.choice((1, 2))):
            await open_case(world.rehearsal, str(1 + number), chance.choice(OPENINGS))
        await world.round()
        for _ in range(chance.randint(1, 3)):
            world.pass_time(chance.choice(_BEATS) * chance.randint(1, 4))
            await world.round()
            await _one_jump(world)
        await _until_all_due(world)
    finally:
        await world.rehearsal.assembly.database.close()


async def _one_jump(world: ClockWorld) -> None:
    """跳一回，过一阵子对回来；错着的时候什么也不该少。"""
    chance = world.chance
    by = chance.choice(JUMPS) * chance.choice((1, -1))
    world.counts["钟跳了，往前" if by > timedelta(0) else "钟跳了，往回"] += 1
    before = await world.rows()
    settles = FAR_SETTLES_IN if abs(by) > FAR else SETTLES_IN
    world.jump(by)
    for _ in range(_ROUNDS_WHILE_WRONG):
        await world.round()
        world.pass_time(settles * chance.uniform(0.05, 0.2))
    await world.round()
    world.jump(timedelta(0))
    await world.round()
    after = await world.rows()
    world.violations += [f"钟错了 {by}：{name} 少了几行" for name, count in before.items() if after[name] < count]


async def _until_all_due(world: ClockWorld) -> None:
    """钟对着，慢慢走到都该到期了：到时的都发了。"""
    end = world.true + _UNTIL_ALL_DUE
    while world.true < end:
        world.pass_time(_STRIDE)
        await world.round()
    async with world.rehearsal.assembly.database.session() as session:
        left = await session.scalars(
            select(ReminderRow.id).where(
                ReminderRow.state.in_(("pending", "claimed", "sending", "unknown")),
                ReminderRow.due_at < end - _STRIDE,
            )
        )
        world.violations += [f"提醒 {number} 钟对回来以后也没有发" for number in left]
        world.counts["发出的提醒"] += len(world.rehearsal.messenger.heard)
    assert world.rehearsal.clock.now().tzinfo is UTC
