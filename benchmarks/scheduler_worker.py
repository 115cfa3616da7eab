"""作比较的另一种做法：一条提醒一个 APScheduler 定时任务，任务放在内存里或 SQLAlchemy 的表里。

``python -m benchmarks.scheduler_worker start|fire memory|sqlalchemy 文件``：标准输入每来一行就量一次，``fire`` 的
那一行是这一轮到时几个。文件对 ``memory`` 是一个退款助手的库（重启时要从里面读出全部待发的，一条条重新排上），
对 ``sqlalchemy`` 是任务表所在的库。
"""

import argparse
import asyncio
import pickle
import sqlite3
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.job import Job
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from benchmarks.measuring import answer, resident_megabytes, results_channel

JOB = "benchmarks.scheduler_worker:deliver"
_ROWS = "SELECT id, next_try_at FROM refund_reminders WHERE state = 'pending'"


class Fired:
    """数一数任务还有几个没跑。"""

    left = 0
    all_done = asyncio.Event()


async def deliver(reminder_id: int) -> None:
    """任务本身：对方立刻收下，别的什么也不做。"""
    del reminder_id
    Fired.left -= 1
    if not Fired.left:
        Fired.all_done.set()


def fill_job_table(file: Path, reminders: Path) -> None:
    """照着退款助手库里待发的提醒，把任务表填满。行由 APScheduler 自己的类来序列化，只是成批写入。"""
    store = SQLAlchemyJobStore(url=f"sqlite:///{file}")
    scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone=UTC)
    store.start(scheduler, "default")
    rows: list[dict[str, Any]] = []
    for reminder_id, at in _pending(reminders):
        job: Any = Job(scheduler, id=f"r{reminder_id}", **_definition(reminder_id, at))
        state = pickle.dumps(job.__getstate__(), store.pickle_protocol)
        rows.append({"id": job.id, "next_run_time": at.timestamp(), "job_state": state})
    with store.engine.begin() as connection:
        connection.execute(store.jobs_t.insert(), rows)
    store.shutdown()


async def measure_start(store: str, file: Path) -> dict[str, float]:
    """重启之后到第一次看完该跑什么；任务在内存里的，要先从库里读出来全部重排。"""
    before, cpu_before = time.perf_counter(), time.process_time()
    scheduler = _scheduler(store, file)
    if store == "memory":
        _schedule_all(scheduler, file)
    scheduler.start(paused=True)
    # 恢复时当场看一遍到时的任务
    scheduler.resume()
    milliseconds, cpu = (time.perf_counter() - before) * 1e3, (time.process_time() - cpu_before) * 1e3
    result = {"milliseconds": milliseconds, "cpu": cpu, "megabytes": resident_megabytes()}
    scheduler.shutdown(wait=False)
    return result


async def measure_firing(scheduler: AsyncIOScheduler, due: int) -> dict[str, float]:
    """再添 ``due`` 个到时的任务（不计时），量从看到它们到全部跑完、从任务库里删掉。"""
    Fired.left, Fired.all_done = due, asyncio.Event()
    scheduler.pause()
    now = datetime.now(UTC)
    for number in range(due):
        scheduler.add_job(id=f"due{number}", **_arguments(number, now))
    before, cpu_before = time.perf_counter(), time.process_time()
    scheduler.resume()
    await asyncio.wait_for(Fired.all_done.wait(), 60)
    return {
        "milliseconds": (time.perf_counter() - before) * 1e3,
        "cpu": (time.process_time() - cpu_before) * 1e3,
    }


async def serve(mode: str, store: str, file: Path) -> None:
    """来一行量一次，直到输入关上。"""
    channel = results_channel()
    if mode == "start":
        if sys.stdin.readline():
            answer(channel, await measure_start(store, file))
        return
    scheduler = _scheduler(store, file)
    if store == "memory":
        _schedule_all(scheduler, file)
    scheduler.start()
    while request := await asyncio.to_thread(sys.stdin.readline):
        answer(channel, await measure_firing(scheduler, int(request)))
    scheduler.shutdown(wait=False)


def _scheduler(store: str, file: Path) -> AsyncIOScheduler:
    chosen = MemoryJobStore() if store == "memory" else SQLAlchemyJobStore(url=f"sqlite:///{file}")
    return AsyncIOScheduler(jobstores={"default": chosen}, timezone=UTC)


def _schedule_all(scheduler: AsyncIOScheduler, reminders: Path) -> None:
    for reminder_id, at in _pending(reminders):
        scheduler.add_job(id=f"r{reminder_id}", **_arguments(reminder_id, at))


def _pending(reminders: Path) -> list[tuple[int, datetime]]:
    """待发的提醒。库里的日子是几月几号无所谓，一律挪到一年之后，免得这台机器的钟走到了那天。"""
    with closing(sqlite3.connect(reminders)) as connection:
        rows = connection.execute(_ROWS).fetchall()
    far = datetime.now(UTC) + timedelta(days=365)
    earliest = min(datetime.fromisoformat(at) for _, at in rows)
    return [(reminder_id, far + (datetime.fromisoformat(at) - earliest)) for reminder_id, at in rows]


def _arguments(reminder_id: int, at: datetime) -> dict[str, Any]:
    return {"func": JOB, "trigger": "date", "run_date": at, "args": [reminder_id], "misfire_grace_time": None}


def _definition(reminder_id: int, at: datetime) -> dict[str, Any]:
    """与 :func:`_arguments` 同样的任务，写成 ``Job`` 的全部属性（``add_job`` 会替人补上的默认值）。"""
    return {
        "func": JOB,
        "trigger": DateTrigger(at, UTC),
        "executor": "default",
        "args": [reminder_id],
        "kwargs": {},
        "name": JOB,
        "misfire_grace_time": None,
        "coalesce": True,
        "max_instances": 1,
        "next_run_time": at,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="量 APScheduler 的子进程")
    parser.add_argument("mode", choices=("start", "fire"))
    parser.add_argument("store", choices=("memory", "sqlalchemy"))
    parser.add_argument("file", type=Path)
    arguments = parser.parse_args()
    # 以 __main__ 运行时任务引用的是另一份同名模块，量的人要看它的计数
    from benchmarks import scheduler_worker

    asyncio.run(scheduler_worker.serve(arguments.mode, arguments.store, arguments.file))
