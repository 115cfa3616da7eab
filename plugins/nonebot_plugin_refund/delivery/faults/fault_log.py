"""同一个错一再出现时，一分钟只写一行，写明这期间还有几次：磁盘满了，日志不该再去占它。"""

import logging
import time
from collections.abc import Callable

from ...log_lines import about

EVERY = 60.0
"""同一个错隔几秒才再写一行。"""
_MOST = 64


class FaultLog:
    """往日志里写错误。

    Args:
        logger: 写到哪里。
        monotonic: 单调时钟，秒。
    """

    def __init__(self, logger: logging.Logger, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._logger = logger
        self._monotonic = monotonic
        self._said: dict[tuple[str, str], tuple[float, int]] = {}

    def error(self, what: str, fault: str, event: str) -> None:
        """记一个错。

        Args:
            what: 做什么的时候出的错。
            fault: 哪种错、在哪一行。
            event: 日志里的事件名。
        """
        now = self._monotonic()
        at, missed = self._said.get((what, fault), (-EVERY, 0))
        if now - at < EVERY:
            self._said[what, fault] = (at, missed + 1)
            return
        again = f"（上一行之后还有 {missed} 次没写）" if missed else ""
        self._logger.error("%s：%s%s", what, fault, again, extra=about(event))
        self._said[what, fault] = (now, 0)
        if len(self._said) > _MOST:
            del self._said[next(iter(self._said))]
