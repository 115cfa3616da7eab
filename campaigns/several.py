"""*several*：三个机器人共用一个 PostgreSQL，一个被 ``kill -9``，或挂起到租约过期以后再醒来。"""

import asyncio
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from tests.e2e.harness.qq_behaviours import Behaviour, Fate
from tests.postgres import PostgresMissing, postgres_database, postgres_server

from .driver import report
from .ledger import Ledger, RunResult, Summary
from .worlds.several_bot import LEASE
from .worlds.several_world import BOTS, FRIENDS, Account, World

PATIENCE = 90.0
"""一次运行至多等多久才算没有了结，秒。"""
_LOOK_EVERY = 0.1
_AFTERMATH = 0.7
"""醒来的进程要这么久才把手上过期的事做完（或被挡下）；做错了什么，这之后都看得见了，秒。"""
_OPEN = ("pending", "claimed", "sending", "unknown")


class Mishap(StrEnum):
    """一次运行里出的一件事。"""

    KILL = "强杀"
    PAUSE_MOVED = "挂起，账号改连别处"
    PAUSE_BOTH = "挂起，账号两处都连着"


@dataclass(frozen=True)
class Plan:
    """由种子与序号决定的一次运行。"""

    mishap: Mishap
    victim_of: int
    """哪个账号所在的机器人出事。"""
    after: float
    """提醒提交之后多久出事，秒。"""
    away: float
    """挂起多久，秒；总比租约长。"""
    has_history: bool
    wave: tuple[tuple[int, int, float, float], ...]
    """每条提醒：第几个账号、哪个好友、几秒后到时、对方的回音迟几秒（0 为不迟）。"""

    @classmethod
    def drawn(cls, seed: int, index: int) -> "Plan":
        """抽一次。"""
        chance = random.Random(f"several:{seed}:{index}")
        mishap = (Mishap.KILL, Mishap.PAUSE_MOVED, Mishap.PAUSE_BOTH, Mishap.PAUSE_MOVED)[index % 4]
        return cls(
            mishap=mishap,
            victim_of=chance.randrange(6),
            after=chance.uniform(0.1, 1.1),
            away=LEASE.total_seconds() + chance.uniform(0.2, 2.0),
            has_history=chance.random() < 0.5,
            wave=tuple(
                (
                    chance.randrange(6),
                    chance.choice(FRIENDS),
                    chance.uniform(0, 0.5),
                    chance.uniform(0.1, 0.7) if chance.random() < 0.85 else 0.0,
                )
                for _ in range(chance.randint(12, 30))
            ),
        )


@dataclass
class Story:
    """一次运行的经过与结果。"""

    plan: Plan
    victim: int
    codes: list[str]
    fenced: int = 0
    violations: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def register(app: typer.Typer) -> None:
    """挂上子命令。"""
    app.command("several")(several)


def several(
    runs: Annotated[int, typer.Option(help="跑几次；一次强杀或挂起一个进程")] = 200,
    seed: Annotated[int, typer.Option(help="种子")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="接着上次的账跑")] = False,
) -> None:
    """三个机器人进程共用 PostgreSQL，一个被杀或被挂起：一条不丢，多的只来自结果不明。"""
    ledger = Ledger("several", seed, resume=resume)
    todo = [index for index in range(runs) if index not in ledger.results()]
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(TextColumn("{task.description}"), *columns) as progress:
        bar = progress.add_task("several", total=runs, completed=runs - len(todo))

        def keep(result: RunResult) -> None:
            ledger.append(result)
            progress.advance(bar)
            for words in result.violations:
                progress.console.print(f"[red]第 {result.index} 次：{words}")

        try:
            run_all(seed, todo, keep)
        except PostgresMissing as missing:
            raise typer.BadParameter(str(missing)) from missing
    kept = Summary.of(result for index, result in ledger.results().items() if index < runs)
    report("several", f"uv run --extra postgres python -m campaigns several --runs {runs} --seed {seed}", kept)


def run_all(seed: int, indexes: Iterable[int], keep: Callable[[RunResult], None]) -> None:
    """布一次景，把各次依次跑完，每跑完一次交给 ``keep``。

    Raises:
        PostgresMissing: 这台机器上没有 PostgreSQL。
        SystemExit: 收到 SIGTERM；机器人和数据库都已停下。
    """
    with (
        postgres_server() as server,
        postgres_database(server) as url,
        tempfile.TemporaryDirectory(prefix="campaign-several-") as folder,
    ):
        try:
            asyncio.run(_run_all(url, Path(folder), seed, indexes, keep))
        except asyncio.CancelledError:
            sys.exit(128 + signal.SIGTERM)


async def _run_all(
    url: str, folder: Path, seed: int, indexes: Iterable[int], keep: Callable[[RunResult], None]
) -> None:
    world = World(url, folder)
    campaign = asyncio.current_task()
    assert campaign is not None
    # 被叫停也要走到下面的收尾：不然三个机器人都留在那里
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, campaign.cancel)
    try:
        await world.start()
        for index in indexes:
            keep(await run_one(world, seed, index))
    finally:
        await world.close()


async def run_one(world: World, seed: int, index: int) -> RunResult:
    """一次：提交一批提醒，让一个机器人出事，等全部了结，对账。"""
    started = time.monotonic()
    plan = Plan.drawn(seed, index)
    victim = min(world.accounts[plan.victim_of].bots)
    story = Story(plan, victim, [f"W{seed}X{index}N{number}" for number in range(len(plan.wave))])
    fenced = world.bots[victim].fenced()
    await _promise(world, story)
    await asyncio.sleep(plan.after)
    if plan.mishap is Mishap.KILL:
        await _kill(world, victim)
    else:
        await _pause(world, story)
    await _until_settled(world, story.codes)
    story.fenced = world.bots[victim].fenced() - fenced
    await judge(world, story)
    await _one_line_each(world)
    return RunResult(index, round(time.monotonic() - started, 3), dict(story.counts), story.violations)


async def _promise(world: World, story: Story) -> None:
    for account in world.accounts:
        account.behave(has_history=story.plan.has_history)
    rows: list[tuple[str, Account, int, float]] = []
    for code, (number, friend, due, late) in zip(story.codes, story.plan.wave, strict=True):
        account = world.accounts[number]
        rows.append((code, account, friend, due))
        if late:
            account.line.next_send(Behaviour(Fate.LATE, delay=late), user_id=friend)
    await world.promise(rows)


async def _kill(world: World, victim: int) -> None:
    """强杀；它的账号改连别的机器人，它自己重新启动。"""
    await world.bots[victim].kill()
    await _move_accounts(world, victim, keep_old=False)
    await world.bots[victim].start()


async def _pause(world: World, story: Story) -> None:
    """挂起到租约过期以后；它的账号改连（或同时连上）别的机器人，然后它醒来。"""
    bot = world.bots[story.victim]
    bot.pause()
    try:
        await _move_accounts(world, story.victim, keep_old=story.plan.mishap is Mishap.PAUSE_BOTH)
        await asyncio.sleep(story.plan.away)
    finally:
        bot.resume()
    await asyncio.sleep(_AFTERMATH)


async def _move_accounts(world: World, victim: int, *, keep_old: bool) -> None:
    others = [index for index in range(BOTS) if index != victim]
    for number, account in enumerate(world.accounts):
        if victim in account.bots:
            if not keep_old:
                await account.drop(victim)
            index = others[number % len(others)]
            await account.connect(index, world.bots[index])


async def _one_line_each(world: World) -> None:
    """两处都连着的断开一处；各机器人的账号差不多一样多，下一次谁出事都有分量。"""
    for number, account in enumerate(world.accounts):
        await account.reconnect()
        home = number % BOTS
        if home not in account.bots:
            await account.connect(home, world.bots[home])
        for index in account.bots - {home}:
            await account.drop(index)


async def _until_settled(world: World, codes: list[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        endings = await world.endings(codes)
        if not any(state in _OPEN for state, _ in endings.values()):
            return
        for account in world.accounts:
            await account.reconnect()
        await asyncio.sleep(_LOOK_EVERY)


async def judge(world: World, story: Story) -> None:
    """对账：对方收到的与库里记的。收到几次只信对方的账。"""
    endings = await world.endings(story.codes)
    found, counts = story.violations, story.counts
    for code in story.codes:
        state, unknowns = endings.get(code, ("不在库里", 0))
        arrivals = world.book.arrivals.get(code, [])
        extra = len(arrivals) - 1
        if state != "sent":
            found.append(f"{story.plan.mishap}：提醒 {code} 停在 {state}")
        if not arrivals:
            found.append(f"{story.plan.mishap}：提醒 {code} 丢了")
        if extra > unknowns:
            found.append(f"{story.plan.mishap}：提醒 {code} 多送了 {extra} 次，结果不明只有 {unknowns} 次")
        counts["丢失"] += not arrivals
        counts["结果不明"] += unknowns
        counts["多送的"] += max(extra, 0)
        counts["查得到聊天记录还多送的"] += max(extra, 0) if story.plan.has_history else 0
        counts["注明可能重复的（不一定真重复）"] += sum(arrival.marked for arrival in arrivals)
        counts["不由出事的进程而来的多送"] += extra > 0 and all(arrival.bot != story.victim for arrival in arrivals)
    counts[str(story.plan.mishap)] += 1
    counts["提醒"] += len(story.codes)
    counts["围栏挡下的过期写入"] += story.fenced
