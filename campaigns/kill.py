"""*kill*：真的机器人、真的 WebSocket，在随机的一刻 ``kill -9``，再启动，直到全部了结。"""

import asyncio
import atexit
import math
import os
import random
import shutil
import time
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from .driver import report, run_campaign
from .ledger import RunResult
from .worlds.kill_world import KILLS, KillWorld
from .worlds.nursery import Nursery


def register(app: typer.Typer) -> None:
    """挂上子命令。"""
    app.command("kill")(kill)


def kill(
    runs: Annotated[int, typer.Option(help="强杀几次")] = 600,
    seed: Annotated[int, typer.Option(help="种子")] = 1,
    workers: Annotated[int, typer.Option(help="几个机器人一起跑")] = 2,
    resume: Annotated[bool, typer.Option("--resume", help="接着上次的账跑")] = False,
) -> None:
    """强杀真的机器人：假 QQ 那边的账说，一条不丢，多的只来自结果不明。"""
    worlds = math.ceil(runs / KILLS)
    summary = run_campaign("kill", run_one, seed=seed, runs=worlds, workers=workers, resume=resume, on_disk=True)
    report("kill", f"uv run python -m campaigns kill --runs {runs} --seed {seed}", summary)


def run_one(folder: Path, seed: int, index: int) -> RunResult:
    """一个世界：杀若干次。跑完就删。"""
    started = time.monotonic()
    world = KillWorld(folder / f"world-{index}", random.Random(f"kill:{seed}:{index}"), _nursery(os.getpid()))
    found = asyncio.run(world.play())
    shutil.rmtree(world.folder, ignore_errors=True)
    return RunResult(index, round(time.monotonic() - started, 3), dict(world.counts), found)


@cache
def _nursery(process: int) -> Nursery:
    """每个进程一个。"""
    nursery = Nursery()
    atexit.register(nursery.close)
    return nursery
