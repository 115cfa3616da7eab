"""整个机器人在真的 WebSocket 上：群里每秒 25 到 150 条，其中 1% 归我们管，答一句要多久。

旁边是只有一个回声命令的机器人（``benchmarks/echo_bot.py``），答同样的那 1%。两个都是自己的进程、照常写日志；
一小段一小段轮流跑，同一段两边的消息和到达时刻完全一样（指数分布的间隔，种子固定）。量的是从把消息写进
WebSocket 到收到回复的调用。

用法：``uv run python benchmarks/bot.py [--quick]``。每秒 100 条时我们的 p95 不超过回声的 1.15 倍，退出码为 0，
否则为 1；``--quick`` 只看跑不跑得通，不论达不达标。
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.e2e.harness.bot_process import BotProcess
from tests.e2e.harness.fake_qq import FakeQQ

from benchmarks.gate import CHATTER
from benchmarks.measuring import percentile, table

OURS, ECHO = "退款助手", "回声"
JUDGED_RATE, TARGET = 100, 1.15
ASKED_EVERY = 100
"""每多少条里有一条归我们管。"""
COMMANDS = ("/退款", "/退款 快手买的衣服不合适能退吗")
"""轮流问：菜单，和一句话的情况。"""
PATIENCE_SECONDS = 30.0

Latencies = Mapping[tuple[str, int], Sequence[float]]
"""``(机器人, 每秒几条)`` → 每句回答的毫秒数。"""


@dataclass(frozen=True)
class Plan:
    """跑多久。"""

    rates: tuple[int, ...]
    slice_seconds: float
    slices: Mapping[int, int]
    """每种速度跑几段；要判达不达标的那一种多跑些，p95 才站得住。"""


FULL = Plan((25, 50, 100, 150), 10.0, {25: 3, 50: 3, 100: 12, 150: 2})
QUICK = Plan((100,), 2.0, {100: 1})


class EchoProcess(BotProcess):
    """只有回声的机器人。"""

    program = Path(__file__).resolve().with_name("echo_bot.py")


def main() -> int:
    """跑一遍，印出倍数表。返回进程退出码。"""
    parser = argparse.ArgumentParser(description="整个机器人的回答要多久")
    parser.add_argument("--quick", action="store_true", help="只跑几秒，只看跑不跑得通")
    quick = parser.parse_args().quick
    plan = QUICK if quick else FULL
    latencies = asyncio.run(measure(plan))
    passed = report(latencies, plan)
    return 0 if passed or quick else 1


async def measure(plan: Plan) -> Latencies:
    """两个机器人一段一段轮流跑。"""
    taken: dict[tuple[str, int], list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as running:
            bots: dict[str, FakeQQ] = {}
            processes = {OURS: BotProcess(Path(folder) / "ours"), ECHO: EchoProcess(Path(folder) / "echo")}
            for name, process in processes.items():
                await process.start()
                running.push_async_callback(process.stop)
                bots[name] = await running.enter_async_context(FakeQQ(process.url, clock=time.perf_counter))
                await play(bots[name], rate=50, seconds=2.0, seed=0)  # 热身，不计
            for number in range(max(plan.slices.values())):
                for rate in plan.rates:
                    if number < plan.slices[rate]:
                        for name, qq in bots.items():
                            taken[name, rate] += await play(qq, rate, plan.slice_seconds, seed=rate * 1000 + number)
    return taken


async def play(qq: FakeQQ, rate: int, seconds: float, seed: int) -> list[float]:
    """群里说一段，返回归我们管的那些各等了多少毫秒。

    每个问题在自己的一个群里问，看回复进了哪个群就知道答的是哪一句。

    Raises:
        TimeoutError: 有一句一直没有回答。
    """
    draw = random.Random(seed)
    asked: dict[int, float] = {}
    first_group = 900_000_000 + len(qq.delivered)
    answered_before = len(qq.delivered)
    at = time.perf_counter()
    for number in range(max(1, int(rate * seconds))):
        at += draw.expovariate(rate)
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        speaker = 30_000 + draw.randrange(500)
        if number % ASKED_EVERY == ASKED_EVERY // 2:
            group, command = first_group + len(asked), COMMANDS[len(asked) % len(COMMANDS)]
            asked[group] = time.perf_counter()
            await qq.say_group(group, speaker, command)
        else:
            await qq.say_group(20_000 + draw.randrange(50), speaker, draw.choice(CHATTER))
    await qq.wait_until(lambda: len(qq.delivered) >= answered_before + len(asked), PATIENCE_SECONDS)
    return [(answer.at - asked[answer.group_id or 0]) * 1e3 for answer in qq.delivered[answered_before:]]


def report(latencies: Latencies, plan: Plan) -> bool:
    """印出各种速度下的 p50、p95 与倍数；返回判的那一种达标没有。"""
    rows: list[list[str]] = []
    ratios: dict[int, float] = {}
    for rate in plan.rates:
        ours, echo = latencies[OURS, rate], latencies[ECHO, rate]
        cells = [f"每秒 {rate} 条", str(len(ours))]
        for percent in (50, 95):
            one, other = percentile(ours, percent), percentile(echo, percent)
            ratios[rate] = one / other
            cells += [f"{one:.1f}", f"{other:.1f}", f"{one / other:.2f}"]
        rows.append(cells)
    header = ["毫秒", "句数", f"{OURS} p50", f"{ECHO} p50", "倍数", f"{OURS} p95", f"{ECHO} p95", "倍数"]
    met = ratios[JUDGED_RATE] <= TARGET
    sys.stdout.write(table(header, rows) + "\n")
    sys.stdout.write(
        f"每秒 {JUDGED_RATE} 条的 p95：{ratios[JUDGED_RATE]:.2f} 倍（目标 ≤ {TARGET}，{'达标' if met else '超出'}）\n"
    )
    return met


if __name__ == "__main__":
    sys.exit(main())
