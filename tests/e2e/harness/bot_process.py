"""真正的机器人进程：自己的工作目录、自己的端口、可以强杀、重启、把时间拨快。"""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from tests.e2e.harness.offset_clock import advance_clock

RUN_BOT = Path(__file__).with_name("run_bot.py")
WAKEFUL_BOT = Path(__file__).with_name("wakeful_bot.py")
READY = "Uvicorn running on"


class BotDied(RuntimeError):
    """进程自己退出了；消息里是它的退出码和最后的输出。"""


class BotProcess:
    """一个机器人。同一个 `BotProcess` 可以反复 `start`，工作目录（数据库在里面）一直是同一个。"""

    program: Path = RUN_BOT
    """要运行的脚本，唯一的参数是偏移文件。"""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        """
        Args:
            folder: 工作目录，`.env` 与 `data/` 都在里面。
            settings: 写进 `.env` 的设置；端口与监听地址已经写好，可以盖过。
        """
        self.folder = folder
        self.port = free_port()
        self.output: list[str] = []
        self.offset_file = folder / "clock-offset"
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._more_output = asyncio.Condition()
        # 多数测试看的是说了什么：先不发图，要看图的自己打开
        defaults = {"HOST": "127.0.0.1", "PORT": str(self.port), "LOG_LEVEL": "INFO", "REFUND_PICTURES": "false"}
        lines = [f"{name}={value}" for name, value in (defaults | dict(settings or {})).items()]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".env").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.offset_file.write_text("0", encoding="utf-8")

    @property
    def url(self) -> str:
        """反向 WebSocket 的地址。"""
        return f"ws://127.0.0.1:{self.port}/onebot/v11/ws"

    @property
    def pid(self) -> int:
        """进程号；要先启动。"""
        assert self._process is not None
        return self._process.pid

    @property
    def text(self) -> str:
        """到目前为止的全部输出（标准输出与标准错误）。"""
        return "\n".join(self.output)

    async def start(self, seconds: float = 60.0) -> None:
        """启动并等到能接受连接。

        Raises:
            BotDied: 没等到就绪，进程自己退出了。
            TimeoutError: 等了 `seconds` 秒还没就绪。
        """
        await self.launch()
        assert self._process is not None
        ready = asyncio.create_task(self._ready.wait())
        died = asyncio.create_task(self._process.wait())
        await asyncio.wait({ready, died}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if self._ready.is_set():
            died.cancel()
            return
        ready.cancel()
        if died.done():
            raise BotDied(f"退出码 {died.result()}\n{self.text[-3000:]}")
        died.cancel()
        raise TimeoutError(f"{seconds} 秒还没就绪\n{self.text[-3000:]}")

    async def launch(self) -> None:
        """只启动，不等就绪。"""
        self._ready.clear()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(self.program),
            str(self.offset_file),
            cwd=self.folder,
            env=clean_environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reader = asyncio.create_task(self._read())

    async def wait_exit(self, seconds: float = 60.0) -> int:
        """等进程自己退出，返回退出码。"""
        assert self._process is not None
        code = await asyncio.wait_for(self._process.wait(), seconds)
        await self._drain()
        return code

    async def kill(self) -> None:
        """强杀（`kill -9`）：不给它任何收尾的机会。"""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """好好地停下。没在跑时什么也不做。"""
        await self._end(signal.SIGTERM)

    async def asked_to_stop(self, by: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """像系统那样叫它停，返回退出码和用了几秒。

        Raises:
            TimeoutError: 20 秒还没退出。
        """
        assert self._process is not None
        began = time.monotonic()
        self._process.send_signal(by)
        code = await self.wait_exit(20)
        return code, time.monotonic() - began

    async def wait_for_output(self, text: str, *, times: int = 1, seconds: float = 60.0) -> None:
        """等到输出里至少有 `times` 行含有 `text`。

        Raises:
            TimeoutError: 等了 `seconds` 秒还没有。
        """
        async with asyncio.timeout(seconds), self._more_output:
            await self._more_output.wait_for(lambda: sum(text in line for line in self.output) >= times)

    def advance(self, by: timedelta) -> None:
        """把机器人看到的时间往后拨。重启以后仍然有效。"""
        advance_clock(self.offset_file, by)

    async def _end(self, by: signal.Signals) -> None:
        if self._process is None:
            return
        if self._process.returncode is None:
            self._process.send_signal(by)
        try:
            await asyncio.wait_for(self._process.wait(), 20)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await self._drain()
        self._process = None

    async def _drain(self) -> None:
        if self._reader is not None:
            await self._reader
            self._reader = None

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.output.append(line.decode(errors="replace").rstrip("\n"))
            if READY in self.output[-1]:
                self._ready.set()
            async with self._more_output:
                self._more_output.notify_all()


class WakefulBot(BotProcess):
    """钟拨快以后马上看有没有到时的提醒的机器人；见 `wakeful_bot`。"""

    program = WAKEFUL_BOT


def free_port() -> int:
    """本机此刻没有人用的端口。"""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def clean_environment() -> dict[str, str]:
    """子进程的环境变量：去掉开发者自己可能设过的机器人设置。"""
    settings = ("ONEBOT_", "REFUND_", "LOCALSTORE_", "CONSOLE_", "HOST", "PORT", "DRIVER", "ENVIRONMENT", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(settings)}
    return kept | {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
