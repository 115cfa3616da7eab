"""指标：答了多少、多快，提醒怎样了结。装了 prometheus-client 才记，没装时什么也不做。

都是从进程启动起的次数，和隔一会儿看一眼的总数；标签只有固定的几个词，没有账号、群号、案件号，也没有谁说的话。
"""

import asyncio
import logging
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from typing import Protocol

from ...clock import Clock
from ...delivery.faults.fault_report import where_it_broke
from ...delivery.observer import NoObserver, Observer
from ...dialogue.base.incoming import Kind
from ...storage.connection.database import Database
from ...storage.owner.statistics import Gauges, read_gauges
from .loop_lag import LoopLag
from .metrics_page import serve_metrics

logger = logging.getLogger(__name__)

LIBRARY = "prometheus_client"
_LOOK_EVERY = 30.0
"""隔几秒看一眼总数；Prometheus 通常 15 到 60 秒来取一次。"""


class Metrics(Observer, Protocol):
    """记指标。哪个方法都不抛错、不等。"""

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

    def messages_seen(self, messages: int) -> None:
        """从启动起一共收到多少条消息。"""
        ...

    def passed(self, at: datetime) -> None:
        """送提醒的循环最近走完一趟在什么时候。"""
        ...


class NoMetrics(NoObserver):
    """不记。"""

    measures = False

    def answered(self, kind: Kind, seconds: float) -> None:
        """不记。"""

    def lagged(self, seconds: float) -> None:
        """不记。"""

    def saw(self, gauges: Gauges) -> None:
        """不记。"""

    def messages_seen(self, messages: int) -> None:
        """不记。"""

    def passed(self, at: datetime) -> None:
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
    """启动时选一次：装了记指标的库、又没有关掉的，记，并在 ``/metrics`` 上给人取；否则不记。"""
    if not wanted or find_spec(LIBRARY) is None:
        return NoMetrics()
    from .prometheus_metrics import CONTENT_TYPE, PrometheusMetrics

    metrics = PrometheusMetrics()
    serve_metrics(metrics.page, CONTENT_TYPE)
    return metrics


@dataclass(frozen=True)
class Looked:
    """隔一会儿去看一眼的地方；没有的不看。"""

    lag: LoopLag | None = None
    messages: Callable[[], int] = lambda: 0
    last_pass: Callable[[], datetime | None] = lambda: None


async def keep_measuring(
    metrics: Metrics, database: Database, clock: Clock, stop: asyncio.Event, looked: Looked | None = None
) -> None:
    """隔一会儿看一眼总数、循环的耽误、最近的一趟，直到 ``stop``；一次没看成只记日志。"""
    looked = looked or Looked()
    while not stop.is_set():
        if looked.lag is not None:
            metrics.lagged(looked.lag.worst)
        metrics.messages_seen(looked.messages())
        if (at := looked.last_pass()) is not None:
            metrics.passed(at)
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
