"""算日期：``deadline``，一行一个 JSON 进，一行一个 JSON 出。"""

import json
from typing import Any

import typer

from ...domain.days.deadlines import deadline_answer
from ..output import emit, input_lines, say


def register(app: typer.Typer) -> None:
    """把这个命令挂到 ``refund`` 上。"""
    app.command("deadline")(deadline)


def deadline() -> None:
    """每行 {"rule", "start", "n"}，答 {"safe", "arguable", "certain", "explain"}。

    写错的行答 {"error": 原因}，接着算下一行；有错行时退出码 1。
    """
    failed = False
    for line in input_lines():
        if not line.strip():
            continue
        try:
            emit(_answer(line))
        except ValueError as error:
            failed = True
            emit({"error": str(error)})
            say(str(error))
    raise typer.Exit(1 if failed else 0)


def _answer(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"这一行不是 JSON：{error.msg}") from error
    if not isinstance(asked, dict):
        raise ValueError('每行应是一个对象，如 {"rule": "seven-day", "start": "2026-11-23"}')
    return deadline_answer(asked.get("rule"), asked.get("start"), asked.get("n"))
