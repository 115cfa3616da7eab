"""从运行 ``bot.py`` 到接得了连接要多久，常驻内存多少，时间花在导入谁。

旁边是只有一个回声命令的机器人（``benchmarks/echo_bot.py``），同样的 NoneBot、驱动和适配器；一次一个轮流起。
钟表的秒数看机器当时忙不忙，所以也记处理器的秒数；内存在就绪十二秒以后看，那时启动后的准备（历法、打听的倒排）已经做完。
平常的启动读的是上一次留下的字节码、解析过的手册和数据库：环境里不许写字节码的在这里放开，先各起一次不计。
头一次（空文件夹，要建数据库）另列一行，字节码也是留好的。

用法：``uv run python benchmarks/start.py [--quick]``。两行的中位数都不超过 2.5 秒、150 MiB，退出码为 0，否则为 1；
``--quick`` 只起一次，只看跑不跑得通。只在 Linux 上能量。
"""

import argparse
import asyncio
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.e2e.harness.bot_process import BotProcess

from benchmarks.measuring import table

ROOT = Path(__file__).resolve().parents[1]
OURS, FIRST, ECHO = "退款助手", "退款助手，头一次", "回声"
TARGET_SECONDS, TARGET_MEGABYTES = 2.5, 150
ROUNDS = 5
SETTLED_SECONDS = 12.0
SHOWN = 10
"""列出导入最费时的几个包。"""
_LOADED = (
    "import nonebot; nonebot.init(driver='~fastapi+~httpx+~websockets'); nonebot.load_plugin('nonebot_plugin_refund')"
)
_IMPORTED = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")


@dataclass(frozen=True)
class Start:
    """一次启动。"""

    seconds: float
    cpu: float
    at_first: float
    """刚就绪时的常驻内存，MiB。"""
    megabytes: float
    """准备做完以后的。"""


class Ours(BotProcess):
    """照 README 起的机器人。"""

    program = ROOT / "bot.py"


class Echo(BotProcess):
    """只有回声的机器人。"""

    program = ROOT / "benchmarks" / "echo_bot.py"


def main() -> int:
    """量一遍，印出两张表。返回进程退出码。"""
    parser = argparse.ArgumentParser(description="启动要多久")
    parser.add_argument("--quick", action="store_true", help="只起一次，只看跑不跑得通")
    quick = parser.parse_args().quick
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    starts = asyncio.run(measure(1 if quick else ROUNDS, 0.0 if quick else SETTLED_SECONDS))
    passed = report(starts)
    sys.stdout.write(f"\n{imports(SHOWN)}\n")
    return 0 if passed or quick else 1


async def measure(rounds: int, settled: float) -> Mapping[str, Sequence[Start]]:
    """几样轮流起。"""
    starts: dict[str, list[Start]] = {OURS: [], FIRST: [], ECHO: []}
    with tempfile.TemporaryDirectory(prefix="start-") as folder:
        kept = Path(folder)
        await _once(Ours(kept / OURS), settled)
        await _once(Echo(kept / ECHO), 0.0)
        for round_ in range(rounds):
            starts[OURS].append(await _once(Ours(kept / OURS), settled))
            starts[FIRST].append(await _once(Ours(kept / f"{FIRST}{round_}"), settled))
            starts[ECHO].append(await _once(Echo(kept / ECHO), settled))
    return starts


async def _once(process: BotProcess, settled: float) -> Start:
    begun = time.perf_counter()
    await process.start()
    try:
        seconds = time.perf_counter() - begun
        status = Path("/proc", str(process.pid))
        user, system = (status / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
        at_first = _resident(status)
        await asyncio.sleep(settled)
        megabytes = _resident(status)
    finally:
        await process.stop()
    cpu = (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return Start(seconds, cpu, at_first, megabytes)


def _resident(status: Path) -> float:
    pages = int((status / "statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def report(starts: Mapping[str, Sequence[Start]]) -> bool:
    """印出中位数。返回达没达标。"""
    rows: list[list[str]] = []
    passed = True
    for name, taken in starts.items():
        seconds, cpu, at_first, megabytes = (
            statistics.median(values)
            for values in zip(*((one.seconds, one.cpu, one.at_first, one.megabytes) for one in taken), strict=True)
        )
        rows.append([name, f"{seconds:.2f}", f"{cpu:.2f}", f"{at_first:.0f}", f"{megabytes:.0f}"])
        passed &= name == ECHO or (seconds <= TARGET_SECONDS and megabytes <= TARGET_MEGABYTES)
    rows.append(["目标", f"≤ {TARGET_SECONDS}", "", "", f"≤ {TARGET_MEGABYTES}"])
    sys.stdout.write(table(["中位数", "到就绪，秒", "处理器，秒", "刚就绪，MiB", "准备做完，MiB"], rows) + "\n")
    return passed


def imports(shown: int) -> str:
    """导入各个包自己花的毫秒数，最费时的几个；``-X importtime`` 自己要多花一截，看比例。"""
    with tempfile.TemporaryDirectory(prefix="start-") as folder:
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-c", _LOADED],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "plugins"), str(ROOT)])},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=True,
        )
    spent = Counter[str]()
    for microseconds, module in _IMPORTED.findall(done.stderr):
        spent[module.partition(".")[0]] += int(microseconds)
    whole = sum(spent.values())
    rows = [[name, f"{took / 1000:.0f}", f"{took / whole:.0%}"] for name, took in spent.most_common(shown)]
    return table(["导入", "毫秒", "占"], [*rows, ["合计", f"{whole / 1000:.0f}", "100%"]])


if __name__ == "__main__":
    sys.exit(main())
