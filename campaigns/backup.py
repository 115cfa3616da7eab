"""*backup*：机器人一直在写，备份在随机的一刻被 ``kill -9``，机器随后丢了；在新机器上恢复，接着送完。"""

import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer

from nonebot_plugin_refund.storage.backup.backup_manifest import found_in
from nonebot_plugin_refund.storage.backup.backups import UNFINISHED

from .driver import report, run_campaign
from .ledger import RunResult
from .worlds.backup_world import (
    Machine,
    codes_in,
    die_instead_of,
    kill,
    live_on,
    reminders_in,
    set_up,
    settle_everything,
    spawn,
    wait_for,
)
from .worlds.inline_sqlite import use_inline_sqlite
from .worlds.simulated import NOON, is_marked, reminder_ids

FIRST, SECOND, THIRD = "first.zip", "second.zip", "third.zip"
_TOO_LATE = 4.0
"""杀备份的时刻在它平时用时的这么多倍之内抽：机器人在旁边写，它要慢些；有几次它来得及做完。"""
_MOMENTS = ("随机的一刻", "随机的一刻", "随机的一刻", "改名之前", "改名之后")
"""杀在哪里，从中抽一个。"""
_INSTEAD_OF = {"改名之前": "sync_file", "改名之后": "sync_folder"}


@dataclass(frozen=True)
class Before:
    """旧机器丢了以后，从外面看到的。"""

    at_first: frozenset[str]
    """第一份备份那一刻的案件号，那时没有人在写。"""
    promised: tuple[str, ...]
    """机器人后来开的案件号，按提交的先后。"""
    promised_at_start: int
    """第二份备份开始时，其中有几件已经提交。"""
    received: tuple[str, ...]
    """对方收到过的消息。"""


@dataclass
class After:
    """新机器上送完以后。``held`` 是恢复出来、还没有开始送的提醒，按行号到它那时的状态。"""

    which: str
    codes: list[str]
    rows: list[dict[str, Any]]
    received: list[str]
    held: dict[int, str] = field(default_factory=dict)


def register(app: typer.Typer) -> None:
    """挂上子命令。"""
    app.command("backup")(backup)


def backup(
    runs: Annotated[int, typer.Option(help="跑几次")] = 200,
    seed: Annotated[int, typer.Option(help="种子")] = 1,
    workers: Annotated[int, typer.Option(help="几个进程一起跑")] = 2,
    resume: Annotated[bool, typer.Option("--resume", help="接着上次的账跑")] = False,
) -> None:
    """备份被杀、机器丢了、在新机器上恢复：同样的案件，同样的提醒，没有一条悄悄送两次。"""
    summary = run_campaign("backup", run_one, seed=seed, runs=runs, workers=workers, resume=resume)
    report("backup", f"uv run python -m campaigns backup --runs {runs} --seed {seed}", summary)


def run_one(folder: Path, seed: int, index: int) -> RunResult:
    """一次：做好一份，机器人活起来，第二份做到一半被杀，机器人被杀，恢复最新的一份，送完。"""
    started = time.monotonic()
    chance = random.Random(f"backup:{seed}:{index}")
    machine = _machine(folder, os.getpid())
    machine.reset()
    machine.back_up(FIRST, NOON)
    at_first = frozenset(codes_in(machine.database_file))
    moment = chance.choice(_MOMENTS)
    finished, before = _lose_the_machine(machine, chance, at_first, moment)
    counts: Counter[str] = Counter({f"备份被杀在 {moment}": int(not finished), "备份来得及做完": int(finished)})
    violations = _judge_folder(machine, finished, counts, clear=chance.random() < 0.5)
    newest = next(iter(found_in(machine.backups)), None)
    if newest is None:
        return RunResult(index, time.monotonic() - started, dict(counts), [*violations, "一份好的备份也没有"])
    counts[f"恢复的是 {newest.path.stem}"] += 1
    after = _restore_and_settle(machine, newest.path)
    violations += judge(before, after)
    counts.update(_figures(before, after))
    return RunResult(index, round(time.monotonic() - started, 3), dict(counts), violations)


def judge(before: Before, after: After) -> list[str]:
    """对照承诺：同样的案件，同样的提醒；没有丢的，多送的只有备份以后送过的，而且都注明了。"""
    return [*_judge_cases(before, after), *_judge_reminders(before, after)]


def _judge_cases(before: Before, after: After) -> list[str]:
    found: list[str] = []
    codes = set(after.codes)
    lost = before.at_first - codes
    if lost:
        found.append(f"丢了 {len(lost)} 件旧案")
    later = codes - before.at_first
    if after.which == Path(FIRST).stem:
        return [*found, *(f"多出了案件 {code}" for code in sorted(later))]
    included = [code in later for code in before.promised]
    if not all(included[: before.promised_at_start]):
        found.append("备份开始之前提交的案件不在里面")
    if sorted(included, reverse=True) != included:
        found.append("案件不是同一刻的：后提交的在，先提交的不在")
    # 提交了、还没来得及记进日志就被杀的，至多一件
    if len(later - set(before.promised)) > 1:
        found.append("多出了来历不明的案件")
    return found


def _judge_reminders(before: Before, after: After) -> list[str]:
    found: list[str] = []
    earlier, later = _texts(before.received), _texts(after.received)
    for row in after.rows:
        number, was = row["id"], after.held[row["id"]]
        texts = later.get(number, [])
        if row["state"] != "sent":
            found.append(f"提醒 {number} 停在 {row['state']}（{row['reason']}）")
        if was == "sent":
            if texts:
                found.append(f"提醒 {number} 备份前就送过了，又送了一次")
            continue
        if len(texts) != 1:
            found.append(f"提醒 {number} 恢复以后送了 {len(texts)} 次")
        if number in earlier and not all(is_marked(text) for text in texts):
            found.append(f"提醒 {number} 备份后送过，再送却没有注明")
        if was == "pending" and any(is_marked(text) for text in texts):
            found.append(f"提醒 {number} 还没到时，却注明了可能重复")
    return found


def _judge_folder(machine: Machine, finished: bool, counts: Counter[str], *, clear: bool) -> list[str]:
    """备份文件夹里只有好的备份，至多再加一个名字写明了的半成品；下一次备份会清掉它。"""
    found: list[str] = []
    names = {path.name for path in machine.backups.iterdir()}
    if names - {FIRST, SECOND, UNFINISHED}:
        found.append(f"留下了来历不明的文件：{sorted(names)}")
    if FIRST not in names or (finished and SECOND not in names):
        found.append(f"好的备份不见了：{sorted(names)}")
    counts["留下半成品"] += int(UNFINISHED in names)
    if clear and UNFINISHED in names:
        machine.back_up(THIRD, NOON - timedelta(days=1))
        counts["下一次备份清掉了半成品"] += 1
        if UNFINISHED in {path.name for path in machine.backups.iterdir()}:
            found.append("下一次备份没有清掉半成品")
    return found


def _back_up_and_die(machine: Machine, chance: random.Random, moment: str) -> bool:
    """做第二份备份的进程在 ``moment`` 被杀；来得及做完的返回 ``True``。"""

    def act() -> None:
        if moment in _INSTEAD_OF:
            die_instead_of(_INSTEAD_OF[moment])
        machine.back_up(SECOND, NOON + timedelta(hours=1))

    child = spawn(act)
    if moment in _INSTEAD_OF:
        return wait_for(child) == 0
    time.sleep(chance.uniform(0, machine.backup_seconds * _TOO_LATE))
    return kill(child) == 0


def _lose_the_machine(
    machine: Machine, chance: random.Random, at_first: frozenset[str], moment: str
) -> tuple[bool, Before]:
    """机器人活着，备份做到一半被杀，机器人再活一小会儿也被杀。返回（备份做完了吗，外面看到的）。"""
    bot = spawn(lambda: live_on(machine, random.Random(chance.random())))
    time.sleep(chance.uniform(0.02, 0.15))
    promised_at_start = len(_promised(machine))
    finished = _back_up_and_die(machine, chance, moment)
    time.sleep(chance.uniform(0, 0.05))
    kill(bot)
    received = tuple(entry["text"] for entry in machine.log() if entry["event"] == "received")
    return finished, Before(at_first, tuple(_promised(machine)), promised_at_start, received)


def _restore_and_settle(machine: Machine, path: Path) -> After:
    said = len(machine.log())
    machine.restore(path)
    file = machine.new_place.database
    held = {row["id"]: row["state"] for row in reminders_in(file)}
    settle_everything(machine)
    received = [entry["text"] for entry in machine.log()[said:] if entry["event"] == "received"]
    return After(path.stem, codes_in(file), reminders_in(file), received, held)


def _figures(before: Before, after: After) -> dict[str, int]:
    earlier, later = _texts(before.received), _texts(after.received)
    again = sum(1 for row in after.rows if row["id"] in earlier and row["id"] in later)
    return {
        "恢复出来的案件": len(after.codes),
        "备份之后、出事之前送到的": sum(was != "sent" and number in earlier for number, was in after.held.items()),
        "恢复时没有了结的提醒": sum(state != "sent" for state in after.held.values()),
        "恢复以后送到": sum(len(texts) for texts in later.values()),
        "多送的（备份后送过，都注明了可能重复）": again,
        "丢失": sum(not later.get(row["id"]) for row in after.rows if after.held[row["id"]] != "sent"),
    }


def _texts(received: Sequence[str]) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = {}
    for text in received:
        for number in reminder_ids(text):
            texts.setdefault(number, []).append(text)
    return texts


def _promised(machine: Machine) -> list[str]:
    return [entry["code"] for entry in machine.log() if entry["event"] == "promised"]


@cache
def _machine(folder: Path, process: int) -> Machine:
    """每个进程一台。"""
    # 有线程时复制进程，复制出来的可能卡死
    use_inline_sqlite()
    place = folder / f"machine-{process}"
    shutil.rmtree(place, ignore_errors=True)
    return set_up(place)
