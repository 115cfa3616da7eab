"""系统的钟忽然跳了：先不推送、不宣布到期、不删东西，等它稳一阵子。

跳没跳，与一只拨不动的钟对照得知；停着的时候跳的，与上次记下的时刻对照。钟对回来就当没有跳过；一直稳在新的时刻上，
就认它是对的：多半是时钟服务把错的改对了。
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from .clock import Clock, unadjusted_seconds
from .log_lines import about

logger = logging.getLogger(__name__)

TOLERANCE = timedelta(minutes=1)
"""对时的小调整，不算跳。"""
SETTLES_IN = timedelta(minutes=10)
"""跳了以后稳住这么久，就认新的时刻。"""
FAR = timedelta(days=1)
"""跳得比这远的，多稳一会儿，也久久不删东西。"""
FAR_SETTLES_IN = timedelta(hours=1)
NO_DELETING_FOR = timedelta(days=1)
LONG_STOPPED = timedelta(days=30)
"""停了这么久才启动，也许真停了这么久，也许是钟错了：当作跳远了。"""


class ClockWatch:
    """一个进程的钟。

    Args:
        clock: 墙上的钟。
        elapsed: 拨不动的钟，秒。
    """

    def __init__(self, clock: Clock, elapsed: Callable[[], float] = unadjusted_seconds) -> None:
        self._clock = clock
        self._elapsed = elapsed
        self._trusted = self._anchor()
        """信得过的：拨不动的钟为零的那一刻，墙上是几点。"""
        self._suspected: datetime | None = None
        self._suspected_at = 0.0
        self._deletes_from = 0.0
        self._settles_in = SETTLES_IN

    def started_after(self, last_seen: datetime | None) -> None:
        """启动时告诉它：上次停下之前记着的时刻；第一次启动为空。"""
        if last_seen is None:
            return
        stopped = self._clock.now() - last_seen
        if stopped < -SETTLES_IN or stopped > LONG_STOPPED:
            self._suspect(self._anchor(), stopped)
            self._trusted = self._anchor() - stopped
        elif stopped > FAR:
            self._hold_deleting()

    def is_steady(self) -> bool:
        """现在的时刻信得过：可以推送、宣布到期。"""
        anchor = self._anchor()
        jump = anchor - self._trusted
        if abs(jump) <= TOLERANCE:
            self._trusted, self._suspected = anchor, None
            return True
        if self._suspected is None or abs(anchor - self._suspected) > TOLERANCE:
            self._suspect(anchor, jump)
        elif self._elapsed() - self._suspected_at >= self._settles_in.total_seconds():
            logger.warning("钟已经稳住，照现在的时刻办", extra=about("clock_settled"))
            self._trusted, self._suspected = anchor, None
            return True
        return False

    def may_delete(self) -> bool:
        """可以按日子删东西：钟稳着，也很久没有跳远过。"""
        return self.is_steady() and self._elapsed() >= self._deletes_from

    def _suspect(self, anchor: datetime, jump: timedelta) -> None:
        self._suspected, self._suspected_at = anchor, self._elapsed()
        is_far = abs(jump) > FAR
        self._settles_in = FAR_SETTLES_IN if is_far else SETTLES_IN
        if is_far:
            self._hold_deleting()
        logger.error(
            "钟跳了 %s：先不推送、不删东西，稳住 %d 分钟再办。请对好系统的钟",
            _in_words(jump),
            self._settles_in // timedelta(minutes=1),
            extra=about("clock_jumped"),
        )

    def _hold_deleting(self) -> None:
        self._deletes_from = self._elapsed() + NO_DELETING_FOR.total_seconds()

    def _anchor(self) -> datetime:
        return self._clock.now() - timedelta(seconds=self._elapsed())


def _in_words(jump: timedelta) -> str:
    ahead, size = ("往前" if jump > timedelta() else "往回"), abs(jump)
    return f"{ahead} {size.days} 天" if size >= FAR else f"{ahead} {size // timedelta(minutes=1)} 分钟"
