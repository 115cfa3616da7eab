"""快些启动真正的机器人：先把第三方的库都读进来，要一个就复制一个，再去跑 bot.py。

复制出来的是独立的进程，从 bot.py 的第一行走起：读设置、加载插件、升级数据库、监听端口都照旧，
省掉的只是读库的两三秒。子进程退出后由系统自己收走，杀它的人看得到它没了。
"""

import contextlib
import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
import traceback
from pathlib import Path

from tests.e2e.harness.bot_process import clean_environment
from tests.e2e.harness.run_bot import ROOT, replace_clock

LIBRARIES = (
    "nonebot.adapters.onebot.v11",
    "nonebot.drivers.fastapi",
    "nonebot.drivers.httpx",
    "nonebot.drivers.websockets",
    "sqlalchemy.ext.asyncio",
    "sqlalchemy.dialects.sqlite.aiosqlite",
    "alembic.command",
    "arclet.alconna",
    "holidays",
    "ahocorasick_rs",
    "yaml",
    "uvicorn",
)
"""先读进来的库；插件自己的模块不在里面，必须由 NoneBot 来加载。"""


class Nursery:
    """一个随时能复制出机器人的进程。"""

    def __init__(self) -> None:
        """启动它；读库要几秒，第一次要机器人时才等。"""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "campaigns.worlds.nursery"],
            cwd=ROOT,
            env=clean_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, folder: Path, offset_file: Path) -> int:
        """复制一个机器人，返回进程号；输出接在 ``folder`` 的 bot.log 后面。"""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(folder), str(offset_file)]) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        """不再要了。"""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        self._process.wait(10)


def serve() -> None:
    """读一行、复制一个，直到标准输入关上。"""
    for name in LIBRARIES:
        importlib.import_module(name)
    # 没有人等它们：退出后由系统自己收走
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become_bot(*map(Path, json.loads(line)))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def _become_bot(folder: Path, offset_file: Path) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(folder / "bot.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, nothing), (1, log), (2, log)):
        os.dup2(source, target)
    os.chdir(folder)
    sys.argv = ["bot.py"]
    code = 1
    try:
        replace_clock(offset_file)
        runpy.run_path(str(ROOT / "bot.py"), run_name="__main__")
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve()
