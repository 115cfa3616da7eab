"""*poison*：一个人名下坏了一行（案件、时限、提醒、访谈、等着的话、改动、欠着的话、留底），别的人都好好的。

每一条路都走一遍：两个人说话、到时的提醒、到期的时限、清理、删除。好的那个样样照常；坏的那个有一句老实话，不静默。
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from nonebot_plugin_refund.cli.rehearsing.rehearsal import Rehearsal
from nonebot_plugin_refund.dialogue.base.wording import FAILED, FAILED_CASE
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.tables import ReminderRow

from .driver import report, run_campaign
from .ledger import RunResult
from .worlds.rehearsed import OPENINGS, open_case, stage

SICK, WELL = "1", "2"
POISONS: Mapping[str, str] = {
    "案件的答案不成样子": 'UPDATE refund_cases SET answers = \'{"progress": {"x": 1}}\' WHERE user_id = :who',
    "案件站在没有的阶段": "UPDATE refund_cases SET stage_id = 'no-such-stage' WHERE user_id = :who",
    "案件走着没有的路": "UPDATE refund_cases SET track_id = 'no-such-track' WHERE user_id = :who",
    "案件用着没有的规则": "UPDATE refund_cases SET rule_id = 'no-such-rule' WHERE user_id = :who",
    "案件的场景没有了": "UPDATE refund_cases SET scenario_id = 'no-such-scenario' WHERE user_id = :who",
    "案件的留底丢了": "UPDATE refund_cases SET rulebook_digest = 'lost' WHERE user_id = :who",
    "案件的钱数不是数": 'UPDATE refund_cases SET amounts = \'{"claimed": "x"}\' WHERE user_id = :who',
    "案件的账不成样子": "UPDATE refund_cases SET ledger = '[{\"x\": 1}]' WHERE user_id = :who",
    "留底读不出来": "UPDATE refund_rulebook_snapshots SET body = '{\"broken\": true}' WHERE scenario_id ="
    " (SELECT scenario_id FROM refund_cases WHERE user_id = :who)",
    "事件没听说过": "UPDATE refund_case_events SET event_id = 'no-such-event' WHERE case_id IN"
    " (SELECT id FROM refund_cases WHERE user_id = :who)",
    "时限没听说过": "UPDATE refund_case_timers SET timer_id = 'no-such-timer' WHERE case_id IN"
    " (SELECT id FROM refund_cases WHERE user_id = :who)",
    "时限的算法不成样子": "UPDATE refund_case_timers SET explain = '[1, {}]' WHERE case_id IN"
    " (SELECT id FROM refund_cases WHERE user_id = :who)",
    "提醒没有时限": "UPDATE refund_reminders SET timer_id = 'no-such-timer' WHERE user_id = :who",
    "提醒的版本对不上": "UPDATE refund_reminders SET timer_version = 99 WHERE user_id = :who",
    "访谈的进度不成样子": "UPDATE refund_interviews SET state = '{\"answers\": 5}', status = 'active'"
    " WHERE user_id = :who",
    "访谈的场景没有了": "UPDATE refund_interviews SET scenario_id = 'gone', status = 'active' WHERE user_id = :who",
    "等着的话不认识": "INSERT OR REPLACE INTO refund_notes (platform, user_id, kind, payload, expires_at)"
    " SELECT platform, user_id, 'nonsense', '{}', '2099-01-01 00:00:00.000000' FROM refund_people WHERE user_id = :who",
    "等着的话缺东西": "INSERT OR REPLACE INTO refund_notes (platform, user_id, kind, payload, expires_at)"
    " SELECT platform, user_id, 'confirm_report', '{}', '2099-01-01 00:00:00.000000' FROM refund_people"
    " WHERE user_id = :who",
    "改动的留底是空的": "UPDATE refund_changes SET before = '{}' WHERE user_id = :who",
    "改动的留底指着没有的案件": 'UPDATE refund_changes SET before = \'{"cases": [{"id": 999}]}\' WHERE user_id = :who',
}
"""坏成什么样 -> 怎么坏的；库自己不收的，那一次就算没坏成。"""
SAID = (
    "进度",
    "我的",
    "商家同意了",
    "撤销",
    "材料",
    "文书",
    "能要多少",
    "退款",
    "谢谢",
    "钱到账了",
    "日历",
    "多久能退",
)
"""两个人都说的。"""
_FAILED = (FAILED, FAILED_CASE.partition("}")[2])
_DAYS = 12


@dataclass
class PoisonWorld:
    """一次运行。"""

    rehearsal: Rehearsal
    chance: random.Random
    violations: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    async def say(self, who: str, words: str) -> None:
        """说一句，看有没有回话；好的那个，不许说没办成。"""
        self.rehearsal.user_id = who
        replies = await self.rehearsal.hear(words)
        heard = "\n".join(reply.text for reply in replies)
        failed = any(words in heard for words in _FAILED)
        self.counts["坏的那个听到没办成"] += failed and who == SICK
        if who == WELL and failed:
            self.violations.append(f"好的那个说「{words}」也没办成")
        if not heard:
            self.violations.append(f"{'坏' if who == SICK else '好'}的那个说「{words}」没有回话")

    async def pass_day(self) -> None:
        """过一天：推送、到期、清理，一样坏了别的照做。"""
        assembly, clock = self.rehearsal.assembly, self.rehearsal.clock
        clock.moment = clock.now() + timedelta(days=1)
        await assembly.worker.run_once()
        await assembly.due_changes.pass_due_timers(clock.now())
        await assembly.due_changes.redate_uncertain(clock.now())
        await assembly.due_changes.tidy(clock.now())
        await assembly.mover.step(clock.now())


def register(app: typer.Typer) -> None:
    """挂上子命令。"""
    app.command("poison")(poison)


def poison(
    runs: Annotated[int, typer.Option(help="跑几次")] = 400,
    seed: Annotated[int, typer.Option(help="种子")] = 1,
    workers: Annotated[int, typer.Option(help="几个进程一起跑")] = 2,
    resume: Annotated[bool, typer.Option("--resume", help="接着上次的账跑")] = False,
) -> None:
    """一行坏了：别的人、别的事照常，坏的那件有一句老实话。"""
    summary = run_campaign("poison", run_one, seed=seed, runs=runs, workers=workers, resume=resume)
    report("poison", f"uv run python -m campaigns poison --runs {runs} --seed {seed}", summary)


def run_one(folder: Path, seed: int, index: int) -> RunResult:
    """一次：轮到的那一样坏掉，两个人接着办。"""
    started = time.monotonic()
    world = PoisonWorld(stage(folder, "poison").fresh(), random.Random(f"poison:{seed}:{index}"))
    names = list(POISONS)
    asyncio.run(_play(world, names[index % len(names)]))
    return RunResult(index, round(time.monotonic() - started, 3), dict(world.counts), world.violations)


async def _play(world: PoisonWorld, name: str) -> None:
    chance = world.chance
    try:
        for who in (SICK, WELL):
            # 留底是几个人共用的：两个人用两种，坏的才只是他的
            await open_case(world.rehearsal, who, OPENINGS[0 if who == SICK else 1])
            await world.say(who, "申请交上去了")
        if not await _poisoned(world, name):
            return
        for _ in range(_DAYS):
            for _ in range(chance.randint(0, 2)):
                await world.say(chance.choice((SICK, WELL, WELL)), chance.choice(SAID))
            await world.pass_day()
        await _judge(world)
        await world.say(SICK, "删除我的数据")
        await world.say(SICK, "确认删除")
        await world.say(WELL, "我的")
    finally:
        await world.rehearsal.assembly.database.close()


async def _poisoned(world: PoisonWorld, name: str) -> bool:
    try:
        async with world.rehearsal.assembly.database.transaction() as session:
            done = await session.execute(text(POISONS[name]), {"who": SICK})
    except DBAPIError:
        world.counts["库自己不收的"] += 1
        return False
    world.counts[f"坏了：{name}"] += bool(getattr(done, "rowcount", 0))
    return True


async def _judge(world: PoisonWorld) -> None:
    """好的那个到时的提醒都有了着落。"""
    now = world.rehearsal.clock.now()
    well = Person("replay", WELL)
    async with world.rehearsal.assembly.database.session() as session:
        rows = await session.scalars(
            select(ReminderRow).where(
                ReminderRow.platform == well.platform,
                ReminderRow.user_id == well.user_id,
                ReminderRow.due_at < now - timedelta(days=1),
                ReminderRow.state.not_in(("sent", "cancelled")),
            )
        )
        world.violations += [f"好的那个的提醒 {row.id} 停在 {row.state}" for row in rows]
    world.counts["发出的提醒"] += len(world.rehearsal.messenger.heard)
