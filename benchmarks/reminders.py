"""提醒的规模：库里积了一千、十万、一百万条待发的，送一百条、启动、内存各要多少。

在同一次运行里轮流量，旁边是“一条提醒一个 APScheduler 定时任务”的做法；只比倍数：

- 领取、发出、了结一百条到时的提醒：一百万 / 一千 ≤ 1.3
- 启动（打开数据库、装配、走完第一趟）用的时间，和之后的常驻内存：一百万 / 一千 ≤ 1.1

用法：``uv run --group benchmark python benchmarks/reminders.py [--quick]``。
SQLite 总要量；给了 ``REFUND_TEST_POSTGRES_URL`` 或本机装了 PostgreSQL 就也量。
全部达标退出码为 0，否则为 1；``--quick`` 的规模太小，只看跑不跑得通，不论达不达标。
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.postgres import PostgresMissing, postgres_database, postgres_server

from benchmarks.measuring import Worker, table
from benchmarks.scheduler_worker import fill_job_table
from benchmarks.stock import Stock, fill

OURS_SQLITE, OURS_POSTGRES = "退款助手 SQLite", "退款助手 PostgreSQL"
JOBS_IN_MEMORY, JOBS_IN_TABLE = "APScheduler 内存", "APScheduler SQLAlchemy"
CLAIM_TARGET, GROWTH_TARGET = 1.3, 1.1


@dataclass(frozen=True)
class Scale:
    """量多大、几轮。"""

    pending: tuple[int, ...]
    """库里待发的提醒，由少到多；倍数是最多的比最少的。"""
    jobs: tuple[int, ...]
    """一条一个任务的做法量到多少：一百万个在内存里要几个 GiB、排上要几分钟，不量。"""
    due: int
    """一轮到时几条。"""
    claim_rounds: int
    start_rounds: int


FULL = Scale((1_000, 100_000, 1_000_000), (1_000, 100_000), 100, claim_rounds=11, start_rounds=21)
QUICK = Scale((30, 300), (30,), 5, claim_rounds=1, start_rounds=1)


@dataclass(frozen=True)
class Setup:
    """一种做法在一种规模下怎么量。"""

    name: str
    pending: int
    module: str
    claim: tuple[str, ...]
    start: tuple[str, ...]


Figures = Mapping[tuple[str, int], Mapping[str, float]]
"""``(做法, 规模)`` → 各项的中位数。"""


def main() -> int:
    """跑一遍，印出倍数表。返回进程退出码。"""
    parser = argparse.ArgumentParser(description="提醒的规模")
    parser.add_argument("--quick", action="store_true", help="规模很小、各跑一轮，只看跑不跑得通")
    quick = parser.parse_args().quick
    scale = QUICK if quick else FULL
    with tempfile.TemporaryDirectory() as folder, ExitStack() as resources:
        setups = list(prepare(Path(folder), scale, resources))
        figures = measure(setups, scale)
    passed = report(setups, figures, scale)
    return 0 if passed or quick else 1


def prepare(folder: Path, scale: Scale, resources: ExitStack) -> Iterator[Setup]:
    """填好各个库，给出要量的全部做法。"""
    stocks: dict[int, Stock] = {}
    for pending in scale.pending:
        stocks[pending] = asyncio.run(fill(str(folder / f"{pending}.sqlite3"), pending=pending))
        note(f"已填好 SQLite：{stocks[pending].cases} 件案件，{stocks[pending].pending} 条待发")
        yield _ours(OURS_SQLITE, pending, stocks[pending].target)
    server = resources.enter_context(_postgres())
    for pending in scale.pending:
        if server is None:
            break
        target = resources.enter_context(postgres_database(server))
        asyncio.run(fill(target, pending=pending))
        note(f"已填好 PostgreSQL：{pending} 条待发")
        yield _ours(OURS_POSTGRES, pending, target)
    for pending in scale.jobs:
        reminders, jobs = stocks[pending].target, folder / f"{pending}-jobs.sqlite3"
        fill_job_table(jobs, Path(reminders))
        note(f"已填好任务表：{pending} 个任务")
        yield _jobs(JOBS_IN_MEMORY, pending, "memory", reminders)
        yield _jobs(JOBS_IN_TABLE, pending, "sqlalchemy", str(jobs))


def measure(setups: Sequence[Setup], scale: Scale) -> Figures:
    """全部做法轮流量，各取中位数：送一百条的毫秒与 CPU 毫秒、启动的毫秒、内存的 MiB。"""
    taken: dict[tuple[str, int], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for _ in range(scale.start_rounds):
        for setup in setups:
            with Worker(setup.module, *setup.start) as worker:
                started = worker.ask()
            figures = taken[setup.name, setup.pending]
            figures["start"].append(started["milliseconds"])
            figures["memory"].append(started["megabytes"])
    note("启动量完了")
    with ExitStack() as running:
        workers = [(setup, running.enter_context(Worker(setup.module, *setup.claim))) for setup in setups]
        for _, worker in workers:
            worker.ask(str(scale.due))  # 热身，不计
        for _ in range(scale.claim_rounds):
            for setup, worker in workers:
                once = worker.ask(str(scale.due))
                taken[setup.name, setup.pending]["claim"].append(once["milliseconds"])
                taken[setup.name, setup.pending]["cpu"].append(once["cpu"])
    note("送一百条量完了")
    return {key: {name: statistics.median(values) for name, values in each.items()} for key, each in taken.items()}


def report(setups: Sequence[Setup], figures: Figures, scale: Scale) -> bool:
    """印出各表，返回是否全部达标。"""
    judged = [
        (f"送 {scale.due} 条，毫秒", "claim", CLAIM_TARGET),
        (f"送 {scale.due} 条，CPU 毫秒", "cpu", None),
        ("启动，毫秒", "start", GROWTH_TARGET),
        ("启动后的常驻内存，MiB", "memory", GROWTH_TARGET),
    ]
    passed = True
    for title, figure, target in judged:
        passed &= _report_growth(title, figure, target, setups, figures)
    return passed


def note(words: str) -> None:
    """进度，写到标准错误。"""
    sys.stderr.write(words + "\n")


def say(words: str) -> None:
    """结果，写到标准输出。"""
    sys.stdout.write(words + "\n")


def _ours(name: str, pending: int, target: str) -> Setup:
    return Setup(name, pending, "benchmarks.reminder_worker", ("claim", target), ("start", target))


def _jobs(name: str, pending: int, store: str, file: str) -> Setup:
    return Setup(name, pending, "benchmarks.scheduler_worker", ("fire", store, file), ("start", store, file))


@contextmanager
def _postgres() -> Iterator[str | None]:
    """一个 PostgreSQL；没有就说明，给出空。"""
    with ExitStack() as running:
        try:
            server = running.enter_context(postgres_server())
        except PostgresMissing as missing:
            note(f"只量 SQLite。{missing}")
            server = None
        yield server


def _report_growth(title: str, figure: str, target: float | None, setups: Sequence[Setup], figures: Figures) -> bool:
    """一项的表：每种做法在各规模下的中位数和最多比最少的倍数；返回我们的是否达标。"""
    sizes = sorted({setup.pending for setup in setups})
    passed, rows = True, []
    for name in dict.fromkeys(setup.name for setup in setups):
        medians = {size: figures[name, size][figure] for size in sizes if (name, size) in figures}
        ratio = medians[max(medians)] / medians[min(medians)]
        verdict = ""
        if target is not None and name in (OURS_SQLITE, OURS_POSTGRES):
            verdict = f"≤ {target}，" + ("达标" if ratio <= target else "超出")
            passed &= ratio <= target
        cells = [f"{medians[size]:.1f}" if size in medians else "—" for size in sizes]
        rows.append([name, *cells, f"{ratio:.2f}", verdict])
    say("\n" + table([title, *[f"{size:,} 条" for size in sizes], "最多 / 最少", "目标"], rows))
    return passed


if __name__ == "__main__":
    sys.exit(main())
