"""同一句话隔一阵才再说一遍：对方每几秒试一次，日志不必每次都写。"""

import time
from collections.abc import Callable
from dataclasses import dataclass

_EVERY = 600.0
"""秒。"""


@dataclass
class RepeatFilter:
    """同一件事十分钟说一次；换了一件马上说。"""

    every: float = _EVERY
    monotonic: Callable[[], float] = time.monotonic
    _said: str | None = None
    _at: float = 0.0

    def may_say(self, what: str = "") -> bool:
        """这会儿说不说；说的就记下。"""
        now = self.monotonic()
        if what == self._said and now - self._at < self.every:
            return False
        self._said, self._at = what, now
        return True

    def forget(self) -> None:
        """事情过去了，再有就马上说。"""
        self._said = None
