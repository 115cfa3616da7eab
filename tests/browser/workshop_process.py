"""``refund workshop`` 的真进程：在自己的端口上，地址从它印出来的话里读。"""

import asyncio
import re
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from pathlib import Path

from tests.e2e.harness.bot_process import clean_environment, free_port

ROOT = Path(__file__).parents[2]
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\?key=\S+")


class WorkshopProcess:
    """一个工作台；聊天的钟从 2026-11-23 10:00（上海）开始。"""

    def __init__(self, folder: Path) -> None:
        """``folder``：操作者的手册文件夹。"""
        self.folder = folder
        self.address = ""
        self._process: Process | None = None
        self._reader: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """开起来，等到它说出地址。

        Raises:
            RuntimeError: 没说出地址就退出了；消息里是它的输出。
        """
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", "from nonebot_plugin_refund.cli import main; main()", "workshop"),
            *("--port", str(free_port()), "--own", str(self.folder), "--now", "2026-11-23T10:00"),
            cwd=ROOT,
            env=clean_environment() | {"PYTHONUNBUFFERED": "1"},
            stdout=PIPE,
            stderr=STDOUT,
        )
        assert self._process.stdout is not None
        heard: list[str] = []
        async for line in self._process.stdout:
            heard.append(line.decode())
            if found := _ADDRESS.search(heard[-1]):
                self.address = found[0]
                self._reader = asyncio.create_task(_drain(self._process))
                return
        raise RuntimeError("".join(heard))

    async def stop(self) -> None:
        """按 Ctrl+C 那样结束。"""
        assert self._process is not None
        assert self._reader is not None
        self._process.terminate()
        await self._process.wait()
        await self._reader


async def _drain(process: Process) -> None:
    assert process.stdout is not None
    async for _ in process.stdout:
        pass
