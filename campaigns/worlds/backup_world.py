"""*backup* 的环境：一台机器上有几千件旧案、几十条要送的提醒，一个一直在写的机器人，一个随时会被杀的备份。

机器人与备份各是复制出来的进程，杀就是 ``kill -9``。对方收到了什么由一份只追加的日志记着，它算是另一台机器上的事。
"""

import asyncio
import gc
import json
import os
import random
import shutil
import signal
import sqlite3
import time
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nonebot_plugin_refund.delivery.queue.restored import Readied, make_ready
from nonebot_plugin_refund.delivery.settings import DeliverySettings
from nonebot_plugin_refund.delivery.worker import DeliveryWorker
from nonebot_plugin_refund.storage.backup import backups
from nonebot_plugin_refund.storage.backup.backups import Subject, make_backup
from nonebot_plugin_refund.storage.backup.restoring import Place, inspect_source, seal_copy, staged, switch
from nonebot_plugin_refund.storage.tables import Base, CaseEventRow, CaseRow, ReminderRow, table_of

from .crash_life import Fate, MortalMessenger
from .simulated import (
    NO_QUIET_HOURS,
    NOON,
    NumberedComposer,
    ReusableDatabase,
    SimulatedClock,
    keep_case,
    make_template,
    no_spacing,
)

AT_REST = 2000
"""早已了结的案件：让备份有东西可抄。"""
LIVE = 20
"""要送的提醒，到时的时刻散在前后两天里。"""
RESTORED_AT = NOON + timedelta(hours=24)
_FAILED = 71
_PASSES = 80


@dataclass
class Machine:
    """一个进程里各次运行共用的机器：库、备份文件夹、新机器，和对方的日志。"""

    folder: Path
    template: Path
    database: ReusableDatabase
    restored: ReusableDatabase
    backup_seconds: float = 0.0
    """没人打扰时做一份备份要几秒。"""

    @property
    def database_file(self) -> Path:
        """原来的机器上的库。"""
        return self.folder / "here" / "refund.sqlite3"

    @property
    def backups(self) -> Path:
        """放备份的文件夹。"""
        return self.folder / "backups"

    @property
    def new_place(self) -> Place:
        """新机器上的位置。"""
        return Place(self.folder / "there" / "refund.sqlite3", self.folder / "there" / "rulebook")

    @property
    def log_file(self) -> Path:
        """对方的日志。"""
        return self.folder / "received.jsonl"

    def reset(self) -> None:
        """回到一开始：旧机器上是模板库，新机器什么也没有。"""
        for folder in (self.database_file.parent, self.backups, self.new_place.database.parent):
            shutil.rmtree(folder, ignore_errors=True)
        self.database_file.parent.mkdir()
        self.backups.mkdir()
        shutil.copy(self.template, self.database_file)
        self.log_file.write_text("", encoding="utf-8")

    def back_up(self, name: str, made_at: datetime) -> None:
        """做一份备份。"""
        subject = Subject(self.database_file, self.folder / "here" / "rulebook", "战役")
        make_backup(subject, self.backups / name, made_at)

    def restore(self, path: Path) -> Readied:
        """恢复到新机器上，走命令行同样的几步。"""
        source = inspect_source(path)
        with staged(source, self.new_place) as ready:
            folder = self.new_place.database.parent
            readied = asyncio.run(make_ready(ready.database, folder, source.made_at, RESTORED_AT))
            seal_copy(ready.database, path.name)
            switch(ready, self.new_place, RESTORED_AT)
        return readied

    def log(self) -> list[dict[str, Any]]:
        """对方的日志。"""
        return [json.loads(line) for line in self.log_file.read_text(encoding="utf-8").splitlines()]


def set_up(folder: Path) -> Machine:
    """布景：一份有几千件旧案的库，量一次备份要多久。"""
    folder.mkdir(parents=True)
    here, there = folder / "here" / "refund.sqlite3", folder / "there" / "refund.sqlite3"
    machine = Machine(folder, folder / "template.db", ReusableDatabase(here), ReusableDatabase(there))
    asyncio.run(_fill(machine.template))
    machine.reset()
    started = time.monotonic()
    machine.back_up("measured.zip", NOON)
    machine.backup_seconds = time.monotonic() - started
    # 先恢复、送一遍，语句都编译好
    machine.restore(machine.backups / "measured.zip")
    settle_everything(machine)
    gc.freeze()
    return machine


def spawn(act: Callable[[], None]) -> int:
    """复制一个进程去做一件事，返回进程号；做完就退出。"""
    child = os.fork()
    if child == 0:
        gc.disable()
        try:
            act()
        except BaseException:
            traceback.print_exc()
            os._exit(_FAILED)
        os._exit(0)
    return child


def kill(child: int) -> int:
    """``kill -9``，返回退出码：负的是被杀的，0 是在那之前已经做完。"""
    os.kill(child, signal.SIGKILL)
    return wait_for(child)


def wait_for(child: int) -> int:
    """等它自己结束，返回退出码。"""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die_instead_of(name: str) -> None:
    """从此这个进程走到 ``storage.backups`` 的这个函数就 ``kill -9`` 自己；只在复制出来的进程里用。"""
    setattr(backups, name, lambda _: os.kill(os.getpid(), signal.SIGKILL))


def live_on(machine: Machine, chance: random.Random) -> None:
    """机器人：送到时的，开新案，一直不停。要由别人来杀。"""
    asyncio.run(_live_on(machine, chance))


def settle_everything(machine: Machine) -> None:
    """新机器上的机器人：一直送到全部了结。"""
    asyncio.run(_settle(machine))


def rows_of(file: Path, table: str, columns: str = "*") -> list[dict[str, Any]]:
    """一张表的全部行，按行号。"""
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT {columns} FROM {table} ORDER BY id")]


def codes_in(file: Path) -> list[str]:
    """全部案件号。"""
    return [row["code"] for row in rows_of(file, "refund_cases", "id, code")]


def reminders_in(file: Path) -> list[dict[str, Any]]:
    """每条提醒的行号、状态、原因。"""
    return rows_of(file, "refund_reminders", "id, state, reason")


async def _fill(file: Path) -> None:
    await make_template(file)
    database = ReusableDatabase(file)
    for number in range(LIVE):
        offset = timedelta(hours=number * 48 / LIVE)
        await keep_case(database, str(20001 + number), NOON, [offset], due_in=timedelta(days=90))
    cases = rows_of(file, "refund_cases")
    reminders = rows_of(file, "refund_reminders")
    events = rows_of(file, "refund_case_events")
    await database.close()
    with closing(sqlite3.connect(file)) as connection:
        for number in range(1, AT_REST + 1):
            settled = {"id": 10_000 + number, "user_id": f"9{number}"}
            case = settled | {"code": f"OLD{number}", "closed_at": cases[0]["opened_at"]}
            _copy_row(connection, CaseRow, cases[0] | case)
            over = settled | {"case_id": case["id"], "state": "sent"}
            _copy_row(connection, ReminderRow, reminders[0] | over)
            for event in events[:1]:
                _copy_row(connection, CaseEventRow, event | {"id": case["id"], "case_id": case["id"]})
        connection.commit()


def _copy_row(connection: sqlite3.Connection, table: type[Base], row: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join("?" for _ in row)
    connection.execute(f'INSERT INTO "{table_of(table).name}" ({names}) VALUES ({places})', tuple(row.values()))


async def _live_on(machine: Machine, chance: random.Random) -> None:
    database, clock = machine.database.reborn(), SimulatedClock(NOON)
    with machine.log_file.open("a", encoding="utf-8") as opened:
        log = _writer(opened)
        worker = _worker(database, clock, log)
        for number in range(100_000):
            user_id = str(30001 + number)
            case, _, rows = await keep_case(
                database, user_id, clock.now(), [timedelta(hours=chance.choice((0, 1, 30)))]
            )
            log("promised", code=case.code, ids=[row.id for row in rows])
            await worker.run_once()
            # 备份慢的机器上它活得久些，也活不过恢复的那一刻：否则它送的会有恢复时还没到时的
            clock.advance(min(timedelta(minutes=chance.uniform(10, 120)), RESTORED_AT - clock.now()))


async def _settle(machine: Machine) -> None:
    database, clock = machine.restored.reborn(), SimulatedClock(RESTORED_AT)
    with machine.log_file.open("a", encoding="utf-8") as opened:
        worker = _worker(database, clock, _writer(opened))
        for _ in range(_PASSES):
            await worker.run_once()
            states = {row["state"] for row in reminders_in(machine.new_place.database)}
            if not states & {"pending", "claimed", "sending", "unknown"}:
                break
            clock.advance(timedelta(hours=6))
        await database.close()


def _worker(database: ReusableDatabase, clock: SimulatedClock, log: Callable[..., None]) -> DeliveryWorker:
    return DeliveryWorker(
        database,
        MortalMessenger(Fate(None), log, [], history=False),
        NumberedComposer(),
        clock,
        DeliverySettings(quiet=NO_QUIET_HOURS),
        spacing=no_spacing(),
        draw=lambda: 0.5,
    )


def _writer(opened: Any) -> Callable[..., None]:
    def log(event: str, **values: Any) -> None:
        opened.write(json.dumps({"event": event, **values}, ensure_ascii=False) + "\n")
        opened.flush()

    return log
