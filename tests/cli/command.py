"""测试里运行 ``refund``：在本进程里跑，收好退出码、标准输出和标准错误。"""

import json
from dataclasses import dataclass
from typing import Any

from typer.testing import CliRunner

from nonebot_plugin_refund.cli import app

NOW = "2026-11-23T15:00"


@dataclass(frozen=True)
class Ran:
    """一次运行的结果。"""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[Any]:
        """标准输出的每一行 JSON。"""
        return [json.loads(line) for line in self.out.splitlines()]


def refund(*arguments: str, said: str | bytes = "") -> Ran:
    """运行一次；除了正常的退出，别的异常都原样抛出。"""
    result = CliRunner().invoke(app, list(arguments), input=said)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)
