"""指标：答了多少、多快，提醒怎样了结。装了 nonebot-plugin-prometheus 才记，没装时什么也不做。

都是从进程启动起的次数，和隔一会儿看一眼的总数；标签只有固定的几个词，没有账号、群号、案件号，也没有谁说的话。
"""

import asyncio
import logging
import time
from collections.abc import Generator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Protocol

from nonebot import require

from ..clock import Clock
from ..delivery.fault_report import where_it_broke
from ..delivery.observer import NobodyWatching, Observer
from ..dialogue.base.incoming import Kind
from ..storage.database import Database
from ..storage.statistics import Gauges, read_gauges
from .loop_lag import LoopLag

logger = logging.getLogger(__name__)

PLUGIN = "nonebot_plugin_prometheus"
EXPOSED = (
    "指标由 nonebot-plugin-prometheus 导出：/metrics 不要口令，里面有它自己记的、收发过消息的账号；"
    "HOST 对外时请在外面拦住这个地址。不想要就设 REFUND_METRICS=false"
)
_LOOK_EVERY = 30.0
"""隔几秒看一眼总数；Prometheus 通常 15 到 60 秒来取一次。"""


class Metrics(Observer, Protocol):
    """记指标的人。哪个方法都不抛错、不等。"""

    measures: bool
    """要不要隔一会儿看一眼总数给它。"""

    def answered(self, kind: Kind, seconds: float) -> None:
        """答了一条消息；``seconds`` 是从收下到说完。没有话说的不算。"""
        ...

    def lagged(self, seconds: float) -> None:
        """事件循环一分钟里最多耽误了几秒。"""
        ...

    def saw(self, gauges: Gauges) -> None:
        """刚看到的总数。"""
        ...


class NoMetrics(NobodyWatching):
    """不记。"""

    measures = False

    def answered(self, kind: Kind, seconds: float) -> None:
        """不记。"""

    def lagged(self, seconds: float) -> None:
        """不记。"""

    def saw(self, gauges: Gauges) -> None:
        """不记。"""


class Stopwatch:
    """一条消息的表；``stop`` 之后才算答过。"""

    def __init__(self) -> None:
        self._began_at = time.perf_counter()
        self.seconds: float | None = None

    def stop(self) -> None:
        """说完了。"""
        self.seconds = time.perf_counter() - self._began_at


@contextmanager
def timing(metrics: Metrics, kind: Kind) -> Generator[Stopwatch]:
    """给一条消息计时；没按停的（没有话说、出了错）不记。"""
    stopwatch = Stopwatch()
    yield stopwatch
    if stopwatch.seconds is not None:
        metrics.answered(kind, stopwatch.seconds)


def choose_metrics(*, wanted: bool) -> Metrics:
    """启动时选一次：装了插件、又没有关掉的，加载它，指标由它导出；否则不记。

    只能在插件加载期间调用（``require`` 的规矩）。
    """
    if not wanted or find_spec(PLUGIN) is None:
        return NoMetrics()
    require(PLUGIN)
    logger.warning(EXPOSED)
    from .prometheus_metrics import PrometheusMetrics

    return PrometheusMetrics()


async def keep_measuring(
    metrics: Metrics, database: Database, clock: Clock, stop: asyncio.Event, lag: LoopLag | None = None
) -> None:
    """隔一会儿看一眼总数和循环的耽误，直到 ``stop``；一次没看成只记日志。"""
    while not stop.is_set():
        if lag is not None:
            metrics.lagged(lag.worst)
        try:
            async with database.session() as session:
                metrics.saw(await read_gauges(session, clock.now()))
        except Exception as error:  # 看不成数目不能连累别的，下一次再看
            logger.warning("看指标的总数时出错：%s", where_it_broke(error))
        try:
            async with asyncio.timeout(_LOOK_EVERY):
                await stop.wait()
        except TimeoutError:
            continue
