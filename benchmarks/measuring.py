"""对照脚本共用的：子进程里量、轮流跑、取中位数和百分位、排成表。"""

import json
import os
import statistics
import subprocess
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self, TextIO

ROOT = Path(__file__).resolve().parents[1]


class Worker:
    """一个量东西的子进程：写一行要求，读一行 JSON 结果；日志照样产生，只是不印出来。"""

    def __init__(self, module: str, *arguments: str) -> None:
        """启动 ``python -m 模块 参数…``。"""
        self._command = [sys.executable, "-m", module, *arguments]
        self._process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, request: str = "go") -> dict[str, Any]:
        """要一个结果。

        Raises:
            RuntimeError: 子进程没有给出结果；消息里是单独重跑它的命令。
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(request + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise RuntimeError(f"没有结果；单独运行看原因：echo go | {' '.join(self._command)}")
        return json.loads(answer)

    def close(self) -> None:
        """关上输入，等它自己退出。"""
        self._process.communicate(timeout=60)


def results_channel() -> TextIO:
    """子进程写结果用的：原来的标准输出。此后别的东西印到标准输出都看不见，不会混进结果里。"""
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return channel


def answer(channel: TextIO, result: Mapping[str, Any]) -> None:
    """交一行结果。"""
    channel.write(json.dumps(result) + "\n")
    channel.flush()


def resident_megabytes() -> float:
    """这个进程此刻常驻内存多少，单位 MiB。只在有 ``/proc`` 的系统（Linux）上能量。"""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def percentile(values: Sequence[float], percent: int) -> float:
    """第几百分位（1–99），线性插值；只有一个值时就是它。"""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """排成对齐的 Markdown 表；汉字按两格宽算。第一列靠左，其余靠右。"""
    widths = [max(_width(row[column]) for row in [header, *rows]) for column in range(len(header))]
    lines = [_line(header, widths), "|" + "|".join(_rule(width, column) for column, width in enumerate(widths)) + "|"]
    return "\n".join(lines + [_line(row, widths) for row in rows])


def _rule(width: int, column: int) -> str:
    return "-" * (width + 2) if column == 0 else "-" * (width + 1) + ":"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = []
    for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        blank = " " * (width - _width(cell))
        padded.append(cell + blank if column == 0 else blank + cell)
    return "| " + " | ".join(padded) + " |"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
