"""一项体检的结果。"""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from ..installation import Installation


class Health(StrEnum):
    """一项体检的结果分三等。"""

    OK = "ok"
    WARN = "warn"
    """能用，但该看一看。"""
    FAIL = "fail"
    """用不了，或会出事。"""


@dataclass(frozen=True)
class Result:
    """一项的结果。"""

    check: str
    """哪一项，如 ``database``。"""
    health: Health
    message: str
    """看到了什么。"""
    cure: str = ""
    """怎么治；好的不用治。"""

    def line(self) -> str:
        """给人看的一行。"""
        cure = f"　改法：{self.cure}" if self.cure else ""
        return f"{self.health:<4}  {self.check}：{self.message}{cure}"

    def as_json(self) -> dict[str, str]:
        """给机器看的一行。"""
        return asdict(self)


@dataclass(frozen=True)
class CheckedInstallation:
    """要体检的这处安装，和现在的时刻（带时区）。"""

    installation: Installation
    now: datetime


def ok(check: str, message: str) -> Result:
    """这一项没有问题。"""
    return Result(check, Health.OK, message)


def warn(check: str, message: str, cure: str) -> Result:
    """这一项能用，但该看一看；``cure`` 说怎么办。"""
    return Result(check, Health.WARN, message, cure)


def fail(check: str, message: str, cure: str) -> Result:
    """这一项用不了、或会出事；``cure`` 说怎么办。"""
    return Result(check, Health.FAIL, message, cure)
