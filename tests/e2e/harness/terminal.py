"""在伪终端里运行真正的 bot.py，像人一样看屏幕、打字、点鼠标。"""

import asyncio
import fcntl
import os
import pty
import re
import signal
import struct
import sys
import termios
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pyte

from tests.e2e.harness.bot_process import WAKEFUL_BOT, clean_environment
from tests.e2e.harness.offset_clock import advance_clock

ROWS, COLUMNS = 45, 120
INPUT_HINT = "Send Message"
_NOT_WORDS = re.compile(r"[\s\u2500-\u257f\u2580-\u259f▎▊▁▔]+")


class Terminal:
    """一个开着机器人界面的终端。"""

    def __init__(self, folder: Path) -> None:
        """`folder` 是工作目录，可以关掉再开，数据还在。没有任何设置文件。"""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.offset_file = folder / "clock-offset"
        if not self.offset_file.exists():
            self.offset_file.write_text("0", encoding="utf-8")
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._changed = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None
        self._master = -1

    async def open(self, seconds: float = 60.0) -> None:
        """启动，等到界面画出来。"""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(WAKEFUL_BOT),
            str(self.offset_file),
            cwd=self.folder,
            env=clean_environment() | {"TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "LINES": str(ROWS)},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        asyncio.get_running_loop().add_reader(self._master, self._read)
        await self.wait_for(INPUT_HINT, seconds)

    async def close(self) -> int:
        """按 Ctrl+Q 关掉界面，返回进程的退出码；关不掉就强杀。"""
        assert self._process is not None
        if self._process.returncode is None:
            with suppress(OSError):
                os.write(self._master, b"\x11")
        try:
            code = await asyncio.wait_for(self._process.wait(), 20)
        except TimeoutError:
            code = await self.kill()
        self._forget()
        return code

    async def tear_away(self, seconds: float = 60.0) -> int:
        """终端没了（窗口关了）：等机器人自己退出，返回退出码；没退出就强杀。

        Raises:
            TimeoutError: 等了 `seconds` 秒还没退出。
        """
        assert self._process is not None
        self._forget()
        try:
            return await asyncio.wait_for(self._process.wait(), seconds)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
            raise

    async def kill(self) -> int:
        """强杀（`kill -9`）。"""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        code = await self._process.wait()
        self._forget()
        return code

    def advance(self, by: timedelta) -> None:
        """把机器人看到的时间往后拨。"""
        advance_clock(self.offset_file, by)

    @property
    def lines(self) -> list[str]:
        """屏幕上现在的每一行。"""
        # 不用 pyte 的 display：宽字的前半格被别的字盖掉、只剩空的后半格时它会出错
        return ["".join(self._cells(row)) for row in range(ROWS)]

    def _cells(self, row: int) -> list[str]:
        """一行的每一格；宽字占两格，第二格是空串。"""
        return [self._screen.buffer[row][column].data for column in range(COLUMNS)]

    def in_input(self, text: str) -> bool:
        """输入框里是不是这行字。"""
        row = next(number for number in range(ROWS - 1, -1, -1) if "╰" in self.lines[number]) - 1
        return _words(self.lines[row].rpartition("││")[2]) == _words(text)

    def shows(self, text: str) -> bool:
        """屏幕上有没有这段话。折行、边框和空白不算数。"""
        return _words(text) in _words("\n".join(self.lines))

    async def wait_for(self, text: str, seconds: float = 60.0) -> None:
        """等到屏幕上出现这段话。

        Raises:
            TimeoutError: 等了 `seconds` 秒还没有；消息里是当时的屏幕。
        """
        await self._wait(lambda: self.shows(text), f"屏幕上没有「{text}」", seconds)

    async def wait_gone(self, text: str, seconds: float = 60.0) -> None:
        """等到屏幕上没有这段话；换一个聊天时，标题先换，下面的字后换。

        Raises:
            TimeoutError: 等了 `seconds` 秒还在；消息里是当时的屏幕。
        """
        await self._wait(lambda: not self.shows(text), f"屏幕上还有「{text}」", seconds)

    async def _wait(self, happened: Callable[[], bool], complaint: str, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not happened():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            screen = "\n".join(line.rstrip() for line in self.lines)
            raise TimeoutError(f"{complaint}：\n{screen}") from None

    async def say(self, text: str, attempts: int = 10) -> None:
        """点输入框，打一行字，看到字进了框再回车。

        界面换焦点要一点时间，字可能落空；没进框就再点一次再打。

        Raises:
            TimeoutError: 试了 `attempts` 次，字都没进输入框。
        """
        for _ in range(attempts):
            if not self.in_input(text):
                await self.click(INPUT_HINT)
                os.write(self._master, text.encode())
            with suppress(TimeoutError):
                await self._wait(lambda: self.in_input(text), f"输入框里没有「{text}」", 5.0)
                os.write(self._master, b"\r")
                await self.wait_for(INPUT_HINT, 5.0)
                return
        raise TimeoutError(f"「{text}」打不进输入框")

    async def click_until(self, text: str, expected: str, attempts: int = 30) -> None:
        """点这段字，直到屏幕上出现 ``expected``。

        界面正忙着重画时点下去会落空，隔两秒再点。

        Raises:
            TimeoutError: 点了 `attempts` 次还没有。
        """
        for _ in range(attempts):
            await self.click(text)
            with suppress(TimeoutError):
                await self.wait_for(expected, 2.0)
                return
        await self.wait_for(expected, 0.0)

    def press(self, key: bytes) -> None:
        """按一个键；``key`` 是终端为它发的字节。"""
        os.write(self._master, key)

    async def click(self, text: str) -> None:
        """用鼠标点屏幕上最先出现的这段字；画到一半、列表重排时还没有，等它出现。

        Raises:
            TimeoutError: 屏幕上一直没有这段字。
        """
        await self._wait(lambda: self._found(text) is not None, f"屏幕上没有「{text}」", 60.0)
        place = self._found(text)
        assert place is not None
        row, column = place
        press, release = f"\x1b[<0;{column};{row}M", f"\x1b[<0;{column};{row}m"
        os.write(self._master, (press + release).encode())

    def _found(self, text: str) -> tuple[int, int] | None:
        """这段字最先出现在第几行第几格，从一数起。"""
        for row, line in enumerate(self.lines, start=1):
            if (position := line.find(text)) >= 0:
                return row, _column_of(self._cells(row - 1), position) + 1
        return None

    def _read(self) -> None:
        try:
            data = os.read(self._master, 65536)
        except OSError:
            data = b""
        if not data:
            asyncio.get_running_loop().remove_reader(self._master)
            return
        self._stream.feed(data)
        self._changed.set()

    def _forget(self) -> None:
        asyncio.get_running_loop().remove_reader(self._master)
        with suppress(OSError):
            os.close(self._master)
        self._screen.reset()


def _words(text: str) -> str:
    return _NOT_WORDS.sub("", text)


def _column_of(cells: list[str], position: int) -> int:
    """显示文字里第 `position` 个字在第几格。"""
    seen = 0
    for column, cell in enumerate(cells):
        if seen >= position and cell:
            return column
        seen += len(cell)
    raise LookupError(position)
