"""筛选消息的开销：群里一条与我们无关的消息，要多花机器人多少时间。

四种机器人各在自己的进程里，轮流跑同样的消息，取每种各轮的中位数；再减去空机器人，得到净开销，只比倍数：

- `empty`     什么插件都没有
- `refund`    只有退款助手
- `on_message` 一个最普通的 `on_message` 规则
- `on_command` 十个 `on_command`

用法：`uv run python benchmarks/gate.py`；加 `--own-project` 量装在别人的 NoneBot 里的样子：日志照 NoneBot 原来的接法。
两个目标都达到时退出码为 0，否则为 1。
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import nonebot
from launch import logs
from launch.settings import LaunchSettings

SETUPS = ("empty", "refund", "on_message", "on_command")
TARGETS = {"on_message": 0.5, "on_command": 1 / 60}
ROUNDS = 75
MESSAGES_PER_ROUND = {"empty": 200, "refund": 200, "on_message": 130, "on_command": 16}
"""每轮的消息数：让各种机器人一轮的时间相近又短，机器忙闲的起伏才会平摊。"""
QUIET_SECONDS = 3
QUIET_SHARE = 0.01
CHATTER = (
    "今天中午吃什么",
    "哈哈哈哈哈哈",
    "明天的会改到下午三点了，大家记得带上上次的表格，会议室还是老地方",
    "有人知道这首歌叫什么名字吗",
    "[图片]",
    "收到",
    "这个视频太好笑了，我看了三遍，每次都笑出声，推荐给你们",
    "周末一起去爬山？",
)


def main() -> int:
    """跑一遍，印出倍数表。返回进程退出码。"""
    parser = argparse.ArgumentParser(description="群里一条无关消息的净开销")
    parser.add_argument("--worker", choices=SETUPS, help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="每种机器人跑几轮")
    parser.add_argument("--own-project", action="store_true", help="不照 bot.py 接日志，照 NoneBot 原来的")
    arguments = parser.parse_args()
    share_one_core()
    if arguments.worker:
        work(arguments.worker, own_project=arguments.own_project)
        return 0
    medians = measure(arguments.rounds, own_project=arguments.own_project)
    return report(medians)


def share_one_core() -> None:
    """几种机器人都在同一个核上轮流跑：各个核的邻居忙闲不同，分开跑，差别有一成多。系统不给选核的照旧。"""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def measure(rounds: int, *, own_project: bool = False) -> dict[str, float]:
    """各种机器人轮流跑，返回每条消息用时的中位数，单位微秒。"""
    with tempfile.TemporaryDirectory() as folder:
        workers = {setup: start_worker(setup, Path(folder) / setup, own_project=own_project) for setup in SETUPS}
        timings: dict[str, list[float]] = {setup: [] for setup in SETUPS}
        for setup, worker in workers.items():
            one_round(setup, worker)  # 热身，不计
        for _ in range(rounds):
            for setup, worker in workers.items():
                timings[setup].append(one_round(setup, worker))
        for worker in workers.values():
            worker.communicate("\n", timeout=30)
    return {setup: statistics.median(values) for setup, values in timings.items()}


def report(medians: dict[str, float]) -> int:
    """印出净开销与倍数；全部达标返回 0。"""
    net = {setup: medians[setup] - medians["empty"] for setup in SETUPS}
    lines = [f"{'机器人':<12}{'每条消息 µs':>14}{'净开销 µs':>12}"]
    lines += [f"{setup:<14}{medians[setup]:>14.1f}{net[setup]:>14.1f}" for setup in SETUPS]
    passed = True
    for baseline, target in TARGETS.items():
        ratio = net["refund"] / net[baseline]
        passed &= ratio <= target
        verdict = "达标" if ratio <= target else "超出"
        lines.append(f"退款助手 / {baseline} = {ratio:.4f}（目标 ≤ {target:.4f}，{verdict}）")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if passed else 1


def start_worker(setup: str, folder: Path, *, own_project: bool = False) -> subprocess.Popen[str]:
    """在自己的空目录里启动一种机器人。"""
    folder.mkdir()
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve()), "--worker", setup, *(["--own-project"] if own_project else [])],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def one_round(setup: str, worker: subprocess.Popen[str]) -> float:
    """让一个进程跑一轮，返回每条消息的微秒数。

    Raises:
        RuntimeError: 进程没能跑起来。
    """
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write("go\n")
    worker.stdin.flush()
    answer = worker.stdout.readline()
    if not answer:
        raise RuntimeError(f"{setup} 没有跑起来；单独运行看原因：python benchmarks/gate.py --worker {setup}")
    return float(json.loads(answer)["microseconds"])


def work(setup: str, *, own_project: bool = False) -> None:
    """子进程：启动一种机器人，每收到一行就跑一轮，收到空行或输入关闭就退出。"""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    # 日志照 bot.py 的接法，只是不写到终端：几种机器人待遇相同
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not own_project:
        logs.set_up(LaunchSettings(()))
    nonebot.init(_env_file=(os.devnull,), driver="~none", localstore_use_cwd=True)
    driver = nonebot.get_driver()
    from nonebot.adapters.onebot.v11 import Adapter

    driver.register_adapter(Adapter)
    prepare(setup)

    async def serve() -> None:
        from nonebot.adapters.onebot.v11 import Bot

        bot = Bot(nonebot.get_adapter(Adapter), "10001")
        await settled()
        while (await asyncio.to_thread(sys.stdin.readline)).strip():
            answers.write(json.dumps({"microseconds": await run_round(bot, MESSAGES_PER_ROUND[setup])}) + "\n")
            answers.flush()
        os._exit(0)

    running: list[asyncio.Task[None]] = []

    async def begin() -> None:
        running.append(asyncio.create_task(serve()))

    driver.on_startup(begin)
    nonebot.run()


def prepare(setup: str) -> None:
    """装上这种机器人的响应器。"""
    if setup == "refund":
        if nonebot.load_plugin("nonebot_plugin_refund") is None:
            sys.exit("插件没有加载成功")
    elif setup == "on_message":
        from nonebot.adapters import Event

        async def nothing(event: Event) -> bool:
            return event.get_plaintext() == "从来没有人说的话"

        nonebot.on_message(rule=nothing, priority=10)
    elif setup == "on_command":
        for number in range(10):
            nonebot.on_command(f"没有人用的命令{number}", priority=10)


async def settled() -> None:
    """等启动以后还在后台做的事（装模型、搭手册）做完：一秒里用的 CPU 不到百分之一，连着三次。"""
    quiet = 0
    while quiet < QUIET_SECONDS:
        begin = time.process_time()
        await asyncio.sleep(1)
        quiet = quiet + 1 if time.process_time() - begin < QUIET_SHARE else 0


async def run_round(bot: Any, messages: int) -> float:
    """让机器人处理一轮群消息，返回每条的微秒数。量的是进程用掉的 CPU 时间，别的程序抢占时不会算进来。"""
    events = [group_message(number) for number in range(messages)]
    begin = time.process_time()
    for event in events:
        await bot.handle_event(event)
    return (time.process_time() - begin) / len(events) * 1e6


def group_message(number: int) -> Any:
    """一条无关的群消息。"""
    from nonebot.adapters.onebot.v11 import GroupMessageEvent, Message

    text = CHATTER[number % len(CHATTER)]
    return GroupMessageEvent.model_validate(
        {
            "time": 1_795_000_000 + number,
            "self_id": 10001,
            "post_type": "message",
            "message_type": "group",
            "sub_type": "normal",
            "group_id": 20000 + number % 7,
            "user_id": 30000 + number % 31,
            "message_id": number - 100,
            "message": Message(text),
            "raw_message": text,
            "font": 0,
            "sender": {"user_id": 30000 + number % 31, "nickname": "群友", "role": "member"},
        }
    )


if __name__ == "__main__":
    sys.exit(main())
