"""*faults*：会出各种毛病的对方、随时改主意的用户；同样的承诺，加上谁看得到什么、什么时候不许打扰。"""

import asyncio
import logging
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from nonebot_plugin_refund.domain.days.reminders import QuietHours
from nonebot_plugin_refund.storage.records import ReminderRecord

from .driver import report, run_campaign
from .ledger import RunResult
from .worlds.fault_messenger import UNCLEAR, Call
from .worlds.fault_world import CHANGES, FaultWorld
from .worlds.inline_sqlite import use_inline_sqlite
from .worlds.simulated import (
    LEASE,
    NO_QUIET_HOURS,
    NOON,
    ReusableDatabase,
    copy_template,
    is_marked,
    make_template,
    reminder_ids,
)

FINAL = frozenset({"sent", "cancelled", "dead"})
DEAD_REASONS = frozenset({"too_many_failures", "rejected", "person_never_came"})
_LEFT_TO_PUSH = frozenset({"pending", "claimed", "sending", "unknown"})
_CALM_PASSES = 60


def register(app: typer.Typer) -> None:
    """挂上子命令。"""
    app.command("faults")(faults)


def faults(
    runs: Annotated[int, typer.Option(help="跑几次")] = 10_000,
    seed: Annotated[int, typer.Option(help="种子")] = 1,
    workers: Annotated[int, typer.Option(help="几个进程一起跑")] = 2,
    resume: Annotated[bool, typer.Option("--resume", help="接着上次的账跑")] = False,
) -> None:
    """对方出各种毛病、用户随时改主意：一条不丢，不泄露案情，不该发的不发。"""
    summary = run_campaign("faults", run_one, seed=seed, runs=runs, workers=workers, resume=resume)
    report("faults", f"uv run python -m campaigns faults --runs {runs} --seed {seed}", summary)


@dataclass(frozen=True)
class Stage:
    """一个进程里各次运行共用的东西。"""

    template: Path
    file: Path
    database: ReusableDatabase
    other: ReusableDatabase


def run_one(folder: Path, seed: int, index: int) -> RunResult:
    """一次：乱上几天，再太平下来，直到全部了结。"""
    started = time.monotonic()
    stage = _stage(folder)
    copy_template(stage.template, stage.file)
    chance = random.Random(f"faults:{seed}:{index}")
    quiet = chance.choice((NO_QUIET_HOURS, QuietHours()))
    database = stage.database.reborn()
    world = FaultWorld(chance, database, stage.other.reborn().taking_turns_with(database), quiet)
    rows = asyncio.run(_play(world))
    found = [*world.violations, *judge(rows, world.messenger.calls, world.voided, world.is_unwanted)]
    return RunResult(index, round(time.monotonic() - started, 3), dict(_counts(world, rows)), found)


def judge(
    rows: Sequence[ReminderRecord],
    calls: Sequence[Call],
    voided: Mapping[int, int | None],
    unwanted: Callable[[ReminderRecord], bool] = lambda _: False,
) -> list[str]:
    """全部了结以后，对着对方的账看每一条。返回违反的地方。

    Args:
        voided: 用户改主意时还在的、从此不该再发的。
        unwanted: 之后才排出来、但用户早说过不要的。
    """
    found: list[str] = []
    mentioned = {call.user_id for call in calls if call.where.startswith("group") and call.delivered}
    for row in rows:
        told = [call for call in calls if not call.where.startswith("group") and row.id in reminder_ids(call.text)]
        copies = [call for call in told if call.delivered]
        unclear = sum(call.fault in UNCLEAR for call in told)
        if row.state not in FINAL:
            found.append(f"提醒 {row.id} 停在 {row.state}（{row.reason}）")
        if row.state == "sent" and not copies and row.user_id not in mentioned:
            found.append(f"提醒 {row.id} 记着送到了，其实没有")
        if row.state == "cancelled" and row.id not in voided and not unwanted(row):
            found.append(f"提醒 {row.id} 没人不要它，却作废了（{row.reason}）")
        if row.state == "dead" and row.reason not in DEAD_REASONS:
            found.append(f"提醒 {row.id} 没有道理地放弃了（{row.reason}）")
        if len(copies) > 1 + unclear:
            found.append(f"提醒 {row.id} 送了 {len(copies)} 次，结果不明只有 {unclear} 次")
        found += [f"提醒 {row.id} 重复却没有注明" for call in copies[1:] if not is_marked(call.text)]
    return found


async def _play(world: FaultWorld) -> list[ReminderRecord]:
    try:
        await world.open_cases()
        await _storm(world)
        await _calm(world)
        return await world.rows()
    finally:
        await world.database.close()
        await world.other.close()


async def _storm(world: FaultWorld) -> None:
    chance, messenger = world.chance, world.messenger
    messenger.odds, messenger.history = chance.choice((0.3, 0.6, 0.9)), chance.random() < 0.5
    world.meddling = chance.choice((0.0, 0.1, 0.3))
    for _ in range(chance.randint(2, 5)):
        user_id = chance.choice(world.users)
        if chance.random() < 0.3:
            await world.change(user_id, chance.choice(CHANGES))
        if chance.random() < 0.3:
            messenger.friends[user_id] = chance.random() < 0.5
        if chance.random() < 0.3:
            await world.speak(user_id)
        messenger.connected = chance.random() < 0.85
        await world.worker.run_once()
        world.clock.advance(timedelta(minutes=chance.choice((1, 3, 30, 240, 600))))
        if chance.random() < 0.03:
            world.clock.advance(timedelta(days=chance.choice((-1, 1))))


async def _calm(world: FaultWorld) -> None:
    messenger = world.messenger
    messenger.odds = world.meddling = 0.0
    messenger.connected = True
    come = world.chance.random() < 0.8
    for _ in range(_CALM_PASSES):
        await world.worker.run_once()
        rows = await world.rows()
        states = {row.state for row in rows}
        if not states & _LEFT_TO_PUSH and (not come or states <= FINAL):
            break
        if come:
            for user_id in sorted({row.user_id for row in rows if row.state in ("waiting", "dead")}):
                await world.speak(user_id)
        ahead = [row.next_try_at for row in rows if row.state in ("pending", "unknown")]
        # 直接拨到下一条到时；安静时段里的会自己等
        world.clock.moment = max(min(ahead, default=NOON), world.clock.now() + LEASE * 2)
    for _ in range(0 if come else 2):
        world.clock.advance(timedelta(days=61))
        await world.worker.run_once()


def _counts(world: FaultWorld, rows: Sequence[ReminderRecord]) -> Counter[str]:
    calls = world.messenger.calls
    counts: Counter[str] = Counter({"提醒": len(rows)})
    counts.update(f"最后：{row.state}" for row in rows)
    private = [call for call in calls if not call.where.startswith("group")]
    copies = Counter(number for call in private if call.delivered for number in reminder_ids(call.text))
    counts["发送"] = len(calls)
    counts["群里点名"] = len(calls) - len(private)
    counts["结果不明"] = sum(call.fault in UNCLEAR for call in private)
    counts["多送的（都注明了可能重复）"] = sum(times - 1 for times in copies.values())
    counts.update(f"毛病：{call.fault.value}" for call in calls)
    return counts + world.counts


def prepared(folder: Path, campaign: str) -> tuple[Path, Path]:
    """一个进程里各次运行共用的：空库放在哪、每次用的库放在哪；毛病是故意的，不必听发件箱一次次警告。"""
    use_inline_sqlite()
    logging.getLogger("nonebot_plugin_refund").setLevel(logging.CRITICAL)
    process = os.getpid()
    return folder / f"template-{campaign}-{process}.db", folder / f"{campaign}-{process}.db"


@cache
def _stage(folder: Path) -> Stage:
    template, file = prepared(folder, "faults")
    asyncio.run(make_template(template))
    return Stage(template, file, ReusableDatabase(file), ReusableDatabase(file))
