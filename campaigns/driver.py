"""跑一个战役：分给几个进程，显示进度，记账，最后列表。"""

import multiprocessing
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from .ledger import Ledger, RunResult, Summary

RunOne = Callable[[Path, int, int], RunResult]
"""跑一次：工作文件夹（同一个进程里的各次共用）、种子、序号。要能传给别的进程，所以是模块里的函数。"""

SHOWN_VIOLATIONS = 20
_MEMORY = Path("/dev/shm")
"""内存盘：只放每次运行自己的库，跑完就删。"""
_AHEAD = 2
"""每个进程手里排着几次，免得等派活。"""


def run_campaign(
    campaign: str, run_one: RunOne, *, seed: int, runs: int, workers: int, resume: bool, on_disk: bool = False
) -> Summary:
    """跑序号 0 到 ``runs`` 的各次，返回总数；违反承诺时仍把其余的跑完。

    Args:
        resume: 跳过账本里已有的。
        on_disk: 工作文件夹放在真的盘上；否则有内存盘就放内存盘。
    """
    ledger = Ledger(campaign, seed, resume=resume)
    todo = [index for index in range(runs) if index not in ledger.results()]
    base = None if on_disk or not _MEMORY.is_dir() else _MEMORY
    folder = Path(tempfile.mkdtemp(prefix=f"campaign-{campaign}-", dir=base))
    try:
        with _progress() as progress:
            bar = progress.add_task(campaign, total=runs, completed=runs - len(todo))
            for result in _results(run_one, folder, seed, todo, workers):
                ledger.append(result)
                progress.advance(bar)
                for words in result.violations:
                    progress.console.print(f"[red]第 {result.index} 次：{words}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Summary.of(result for index, result in ledger.results().items() if index < runs)


def report(campaign: str, command: str, summary: Summary) -> None:
    """印出总数；有违反承诺的，退出码 1。"""
    console = Console()
    table = Table(title=f"{campaign}：{command}")
    table.add_column("数的是什么")
    table.add_column("数目", justify="right")
    for name, count in summary.counts.items():
        table.add_row(name, str(count))
    table.add_row("违反承诺", str(len(summary.violations)), style="red" if summary.violations else "green")
    console.print(table)
    console.print(f"{summary.runs} 次，各次用时合计 {summary.seconds:.0f} 秒")
    for index, words in summary.violations[:SHOWN_VIOLATIONS]:
        console.print(f"[red]第 {index} 次：{words}")
    if summary.violations:
        raise typer.Exit(1)


def _results(run_one: RunOne, folder: Path, seed: int, todo: Iterable[int], workers: int) -> Iterator[RunResult]:
    # 新起进程而不是复制自己：画进度的线程若在复制时握着锁，子进程就卡死了
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting = iter(todo)
        ahead: set[Future[RunResult]] = set()
        try:
            while True:
                room = workers * _AHEAD - len(ahead)
                ahead |= {pool.submit(run_one, folder, seed, index) for index in islice(waiting, room)}
                if not ahead:
                    return
                done, ahead = wait(ahead, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        finally:
            # 中断时不等还没开始的
            pool.shutdown(wait=True, cancel_futures=True)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn()
    )
