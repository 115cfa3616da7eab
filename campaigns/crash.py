"""*crash*：同一个发件箱，在每个有名字的边界和随机的 await 处死掉，再活过来，直到全部了结。"""

import asyncio
import gc
import json
import os
import random
import sqlite3
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer

from .driver import report, run_campaign
from .ledger import RunResult
from .worlds.crash_life import (
    CRASHED,
    FIRST_LIFE,
    LATER_LIVES,
    Death,
    LifePlan,
    MortalDatabase,
    live,
    name_transactions,
)
from .worlds.inline_sqlite import use_inline_sqlite
from .worlds.simulated import NOON, copy_template, is_marked, make_template, reminder_ids

DEATHS = (1, 1, 1, 1, 1, 1, 2, 3)
"""一次运行里死几次，从中抽一个。"""
_FAILED = 71


@dataclass(frozen=True)
class Stage:
    """一个进程里各次运行共用的东西。"""

    template: Path
    database_file: Path
    log_file: Path
    database: MortalDatabase


@dataclass
class Story:
    """一次运行到目前为止：走到哪里死过、死的那一刻谁正在路上。"""

    deaths: Counter[str] = field(default_factory=Counter)
    in_flight: set[tuple[int, int]] = field(default_factory=set)
    """死的时候正写着“要发”的提醒和它是第几次领取：结果不明只能由此而来。"""
    violations: list[str] = field(default_factory=list)


def register(app: typer.Typer) -> None:
    """挂上子命令。"""
    app.command("crash")(crash)


def crash(
    runs: Annotated[int, typer.Option(help="跑几次")] = 10_000,
    seed: Annotated[int, typer.Option(help="种子")] = 1,
    workers: Annotated[int, typer.Option(help="几个进程一起跑")] = 2,
    resume: Annotated[bool, typer.Option("--resume", help="接着上次的账跑")] = False,
) -> None:
    """发件箱死在每个边界和随机的 await 处：一条不丢，多的只来自结果不明。"""
    summary = run_campaign("crash", run_one, seed=seed, runs=runs, workers=workers, resume=resume)
    report("crash", f"uv run python -m campaigns crash --runs {runs} --seed {seed}", summary)


def run_one(folder: Path, seed: int, index: int) -> RunResult:
    """一次：一两个人、几条提醒，死一到三次，最后活到头。"""
    started = time.monotonic()
    chance = random.Random(f"crash:{seed}:{index}")
    stage = _stage(folder, os.getpid())
    database, log_file = stage.database, stage.log_file
    copy_template(stage.template, stage.database_file)
    log_file.write_text("", encoding="utf-8")
    history = chance.random() < 0.5
    promises = [(str(10001 + number), _hours(chance)) for number in range(chance.choice((1, 1, 2)))]
    story, moment = Story(), NOON
    for life in range(chance.choice(DEATHS)):
        plan = LifePlan(moment, _unkept(promises, log_file), _death(chance, life), history, database, log_file)
        _live_and_die(plan, story)
        # 有时租约还没过就活过来
        moment += timedelta(seconds=chance.choice((10, 150, 3600, 7200)))
    # 最后一条命好好活到头，不必再复制一个进程；它除了盘上的库也什么都不知道
    live(LifePlan(moment, _unkept(promises, log_file), None, history, database, log_file))
    rows, log = _rows(stage.database_file), _log(log_file)
    unknowns = Counter(number for number, _ in story.in_flight)
    story.violations += judge(rows, log, unknowns, history)
    copies = Counter(number for entry in log for number in reminder_ids(entry.get("text", "")))
    counts = {
        "有崩溃的运行": int(bool(story.deaths)),
        "崩溃": story.deaths.total(),
        "提醒": len(rows),
        "死时正在路上（结果不明）": unknowns.total(),
        "多送的（都注明了可能重复）": sum(times - 1 for times in copies.values()),
        "丢失": sum(not copies[row["id"]] for row in rows),
    } | {f"死在 {name or '随机的 await'}": times for name, times in sorted(story.deaths.items())}
    return RunResult(index, round(time.monotonic() - started, 3), counts, story.violations)


def judge(
    rows: Sequence[dict[str, Any]], log: Sequence[dict[str, Any]], unknowns: Counter[int], history: bool
) -> list[str]:
    """对照承诺：看库里的每一行和对方收到的每一条。返回违反的地方。

    Args:
        unknowns: 每条提醒死的时候正在路上几次，是从外面看库得来的，不信它自己记的数。
        history: 翻得到聊天记录：那就一条也不该多。
    """
    found: list[str] = []
    received = [entry["text"] for entry in log if entry["event"] == "received"]
    promised = {number for entry in log if entry["event"] == "promised" for number in entry["ids"]}
    found += [f"答应过的提醒 {number} 不在库里" for number in promised - {row["id"] for row in rows}]
    found += [f"在群里点了名：{entry['text']}" for entry in log if entry["event"] == "mentioned"]
    for row in rows:
        texts = [text for text in received if row["id"] in reminder_ids(text)]
        allowed = 1 if history else 1 + unknowns[row["id"]]
        if row["state"] != "sent":
            found.append(f"提醒 {row['id']} 停在 {row['state']}（{row['reason']}）")
        if not texts:
            found.append(f"提醒 {row['id']} 丢了")
        if len(texts) > allowed:
            found.append(f"提醒 {row['id']} 送了 {len(texts)} 次，至多 {allowed} 次")
        found += [f"提醒 {row['id']} 重复却没有注明" for text in texts[1:] if not is_marked(text)]
        if row["unknowns"] != unknowns[row["id"]]:
            found.append(f"提醒 {row['id']} 记着 {row['unknowns']} 次不明，其实 {unknowns[row['id']]} 次")
    return found


def _death(chance: random.Random, life: int) -> Death:
    if chance.random() < 0.35:
        return Death("", chance.randint(1, 90))
    if life == 0:
        return Death(chance.choice(FIRST_LIFE), 1)
    return Death(chance.choice(LATER_LIVES), chance.choice((1, 1, 2)))


def _hours(chance: random.Random) -> tuple[float, ...]:
    """一个人的提醒在几小时后；头一条总是马上到时，第一条命就有得送。"""
    return (0.0, *(float(chance.choice((0, 1))) for _ in range(chance.randint(0, 1))))


def _live_and_die(plan: LifePlan, story: Story) -> None:
    child = os.fork()
    if child == 0:
        gc.disable()
        try:
            live(plan)
        except BaseException:
            traceback.print_exc()
            os._exit(_FAILED)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in (0, CRASHED):
        story.violations.append(f"进程以 {code} 退出")
    if code == CRASHED and plan.death is not None:
        story.deaths[plan.death.name] += 1
    if code == CRASHED and plan.database.file is not None:
        sending = (row for row in _rows(plan.database.file) if row["state"] == "sending")
        story.in_flight |= {(row["id"], row["attempt"]) for row in sending}


def _unkept(
    promises: Sequence[tuple[str, tuple[float, ...]]], log_file: Path
) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """还没有对人说“我会提醒你”的：他会再说一遍。"""
    kept = {entry["user_id"] for entry in _log(log_file) if entry["event"] == "promised"}
    return tuple(promise for promise in promises if promise[0] not in kept)


def _log(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _rows(file: Path) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute("SELECT * FROM refund_reminders ORDER BY id")]


@cache
def _stage(folder: Path, process: int) -> Stage:
    """每个进程布一次景：空库，和一个把语句都编译过一遍的数据库。"""
    template, database_file = folder / f"template-{process}.db", folder / f"{process}.db"
    # 有线程时复制进程，复制出来的可能卡死
    use_inline_sqlite()
    name_transactions()
    asyncio.run(make_template(template))
    stage = Stage(template, database_file, folder / f"{process}.log", MortalDatabase(database_file))
    for name, history in (("送到之后、回音之前", True), ("写进连接之前", True), ("写进连接之前", False)):
        copy_template(template, database_file)
        stage.log_file.write_text("", encoding="utf-8")
        promises = (("10001", (0.0, 1.0)),)
        _live_and_die(LifePlan(NOON, promises, Death(name, 1), history, stage.database, stage.log_file), Story())
        live(LifePlan(NOON + timedelta(hours=1), promises, None, history, stage.database, stage.log_file))
    gc.freeze()
    return stage
