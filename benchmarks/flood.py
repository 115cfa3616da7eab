"""一个人发来一千条，另外五十个人正在访谈：他们等回答的时间变成原来的几倍。

同一次运行里三种轮次轮流来，同样的人数、同样的话，各人说完一句、隔一两秒再说下一句：没有人刷屏；一千条在中间
一下子到；一千条从头到尾一路不停。两种量法：

- 接待：进程里直接叫 ``Reception``，SQLite 文件，照常每句都提交到盘上；量一句话从收到到办完提交。
- 线路（``--bot``）：真的 bot.py、真的 WebSocket；量从写进连接到收到回复。

用法：``uv run python benchmarks/flood.py [--bot] [--rounds N]``。别人的 p95 都不超过没人刷屏时的 2.0 倍，退出码为 0，
否则为 1。
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.e2e.harness.bot_process import BotProcess
from tests.e2e.harness.fake_qq import FakeQQ

from benchmarks.measuring import percentile, table
from benchmarks.stock import CONVERSATION, AcceptingMessenger, Furniture, assembled, private_message
from nonebot_plugin_refund.clock import SystemClock
from nonebot_plugin_refund.dialogue.assembly import settle_memory
from nonebot_plugin_refund.storage.upgrade import open_database

if TYPE_CHECKING:
    from nonebot_plugin_refund.dialogue.base.turn import Reply

PEOPLE = 50
FLOOD = 1000
TARGET = 2.0
PAUSES = (1.0, 2.0)
"""说下一句之前歇几秒，在这之间随机。"""
_PATIENCE_SECONDS = 60.0

Ask = Callable[[int, str], Awaitable[None]]
"""（第几个人，说什么）：说出去，等到回答为止。"""
Throw = Callable[[], Awaitable[None]]
"""刷屏的人说一句，不等回答。"""


class Shape(Enum):
    """怎样刷屏。"""

    NONE = "没人刷屏"
    AT_ONCE = "一下子一千条"
    STEADY = "一路一千条"


Taken = dict[Shape, list[float]]
"""每种轮次里别人各句等了多少毫秒。"""


def main() -> int:
    """跑一遍，印出倍数表。返回进程退出码。"""
    parser = argparse.ArgumentParser(description="一个人刷屏时别人等多久")
    parser.add_argument("--rounds", type=int, default=3, help="每种轮次跑几轮")
    parser.add_argument("--bot", action="store_true", help="再经真的机器人和 WebSocket 量一遍")
    arguments = parser.parse_args()
    met = report("接待", asyncio.run(measure_reception(arguments.rounds)))
    if arguments.bot:
        met &= report("线路", asyncio.run(measure_bot(arguments.rounds)))
    return 0 if met else 1


async def measure_reception(
    rounds: int, people: int = PEOPLE, pauses: tuple[float, float] = PAUSES, messages: int = FLOOD
) -> Taken:
    """进程里量。"""
    taken: Taken = {shape: [] for shape in Shape}
    with tempfile.TemporaryDirectory() as folder:
        database = await open_database(Path(folder) / "refund.sqlite3")
        assembly = assembled(database, Furniture(), AcceptingMessenger(), SystemClock())
        settle_memory()
        waiting: set[asyncio.Task[list[Reply]]] = set()
        for number in range(rounds + 1):
            for shape in Shape:

                async def ask(person: int, words: str, name: str = f"{shape.name}-{number}") -> None:
                    await assembly.reception.receive(private_message(f"{name}-{person}", words))

                async def throw(name: str = f"{shape.name}-{number}") -> None:
                    task = asyncio.create_task(
                        assembly.reception.receive(private_message(f"{name}-刷", CONVERSATION[0]))
                    )
                    waiting.add(task)
                    task.add_done_callback(waiting.discard)

                one = await one_round(ask, throw, shape, number, people, pauses, messages)
                taken[shape] += one if number else []  # 第一轮热身，不计
        await asyncio.gather(*waiting)  # 还没答完的也答完，库才能关
        await database.close()
    return taken


async def measure_bot(rounds: int) -> Taken:
    """经真的机器人量。"""
    taken: Taken = {shape: [] for shape in Shape}
    with tempfile.TemporaryDirectory() as folder:
        process = BotProcess(Path(folder))
        await process.start()
        try:
            async with FakeQQ(process.url, clock=time.perf_counter) as qq:
                for number in range(rounds + 1):
                    for place, shape in enumerate(Shape):
                        base = 100_000 + 1000 * (number * len(Shape) + place)
                        qq.friends |= {base + person for person in range(PEOPLE + 1)}

                        async def ask(person: int, words: str, base: int = base) -> None:
                            await qq.ask_private(base + person, words, _PATIENCE_SECONDS)

                        async def throw(base: int = base) -> None:
                            await qq.say_private(base + PEOPLE, CONVERSATION[0])

                        one = await one_round(ask, throw, shape, number, PEOPLE, PAUSES, FLOOD)
                        taken[shape] += one if number else []  # 第一轮热身，不计
        finally:
            await process.stop()
    return taken


async def one_round(
    ask: Ask, throw: Throw, shape: Shape, seed: int, people: int, pauses: tuple[float, float], messages: int
) -> list[float]:
    """这些人各走完一场访谈，返回每一句等了多少毫秒。同一个种子，各人歇的时间相同。"""
    draw = random.Random(seed)
    rests = [[draw.uniform(*pauses) for _ in CONVERSATION] for _ in range(people)]
    length = len(CONVERSATION) * sum(pauses) / 2

    async def interview(person: int) -> list[float]:
        taken: list[float] = []
        for words, rest in zip(CONVERSATION, rests[person], strict=True):
            await asyncio.sleep(rest)
            before = time.perf_counter()
            await ask(person, words)
            taken.append((time.perf_counter() - before) * 1e3)
        return taken

    async def flood() -> None:
        if shape is Shape.AT_ONCE:
            await asyncio.sleep(length / 2)
        for _ in range(messages if shape is not Shape.NONE else 0):
            await throw()
            if shape is Shape.STEADY:
                await asyncio.sleep(length / messages)

    flooding = asyncio.create_task(flood())
    taken = await asyncio.gather(*map(interview, range(people)))
    await flooding
    return [milliseconds for one in taken for milliseconds in one]


def report(name: str, taken: Taken) -> bool:
    """印出别人的 p50、p95 与倍数；返回达标没有。"""
    calm = percentile(taken[Shape.NONE], 95)
    rows: list[list[str]] = []
    for shape, values in taken.items():
        p95 = percentile(values, 95)
        rows.append(
            [
                f"{name}，{shape.value}",
                str(len(values)),
                f"{percentile(values, 50):.1f}",
                f"{p95:.1f}",
                f"{p95 / calm:.2f}",
                f"{max(values):.1f}",
            ]
        )
    worst = max(percentile(taken[shape], 95) / calm for shape in Shape)
    met = worst <= TARGET
    sys.stdout.write(table(["毫秒", "句数", "p50", "p95", "倍数", "最久"], rows) + "\n")
    sys.stdout.write(f"{name}：别人的 p95 最多 {worst:.2f} 倍（目标 ≤ {TARGET}，{'达标' if met else '超出'}）\n")
    return met


if __name__ == "__main__":
    sys.exit(main())
