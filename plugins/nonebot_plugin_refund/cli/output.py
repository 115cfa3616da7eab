"""工具的输入输出：JSON 写标准输出，说明写标准错误，时间从 ``--now`` 来。"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, NoReturn

import typer

from ..domain.days.calendar import SHANGHAI

NowOption = Annotated[
    str | None, typer.Option("--now", metavar="ISO", help="当作现在的时刻；不带时区的按上海时间，默认是系统时间。")
]


def moment(now: str | None) -> datetime:
    """``--now`` 的值换成带时区的时刻；没给就取系统时间。写错了直接以退出码 2 结束。"""
    if now is None:
        return datetime.now(UTC).astimezone(SHANGHAI)
    try:
        return read_moment(now)
    except ValueError as error:
        fail(f"--now {error}")


def read_moment(written: str) -> datetime:
    """ISO 写的时刻，不带时区的按上海时间；写错了抛 ``ValueError``，消息写明该怎么写。"""
    try:
        parsed = datetime.fromisoformat(written)
    except ValueError:
        raise ValueError(f"应写成 2026-11-23 或 2026-11-23T10:00 的样子，收到的是“{written}”") from None
    return parsed.replace(tzinfo=SHANGHAI) if parsed.tzinfo is None else parsed.astimezone(SHANGHAI)


def say(message: str) -> None:
    """给人看的一句话，写到标准错误。"""
    print(message, file=sys.stderr)  # noqa: T201 -- 命令行工具就是要打印


def emit(value: Any) -> None:
    """一个 JSON 对象一行，写到标准输出并立刻送出，好让对面一问一答。"""
    print(json.dumps(value, ensure_ascii=False), flush=True)  # noqa: T201 -- 同上


def emit_text(text: str) -> None:
    """原样写到标准输出。"""
    print(text, flush=True)  # noqa: T201 -- 同上


def fail(message: str, code: int = 2) -> NoReturn:
    """说明原因并以 ``code`` 结束。"""
    say(message)
    raise typer.Exit(code)


def input_lines() -> Iterator[str]:
    """标准输入的每一行，去掉行尾换行；不是 UTF-8 的字节换成 �，不让一行坏数据中断整批。"""
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", errors="replace").rstrip("\r\n")
