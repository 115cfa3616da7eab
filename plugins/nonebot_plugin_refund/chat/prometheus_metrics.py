"""把指标记进 prometheus_client；由 nonebot-plugin-prometheus 在 ``/metrics`` 上导出。装了它才会导入这里。"""

from math import nan

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram

from ..dialogue.base.incoming import Kind
from ..storage.reminders import ReminderState
from ..storage.statistics import Gauges

_BUCKETS = (0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""秒。一句回答的目标是 0.015 秒提交，余下是发出去的时间。"""


class PrometheusMetrics:
    """全部指标；名字都以 ``refund_`` 开头。

    Args:
        registry: 记在哪里；默认是插件导出的那一处。
    """

    measures = True

    def __init__(self, registry: CollectorRegistry = REGISTRY) -> None:
        self._answer_seconds = Histogram(
            "refund_answer_seconds",
            "从收下一条消息到说完，秒；_count 就是答了几条",
            ["kind"],
            buckets=_BUCKETS,
            registry=registry,
        )
        self._ended = Counter("refund_reminders_ended", "提醒送达之后的去处，条", ["ending"], registry=registry)
        self._failed = Counter("refund_delivery_failures", "没成的送达，次，按种类", ["kind"], registry=registry)
        self._due = Gauge("refund_reminders_due", "已经到时、还没送出的提醒，条", registry=registry)
        self._undelivered = Gauge(
            "refund_reminders_undelivered", "没送到的提醒，条；主人看得到、能重试", registry=registry
        )
        self._lag = Gauge("refund_loop_lag_seconds", "事件循环一分钟里最多耽误了几秒", registry=registry)
        self._paused = Gauge("refund_sending_paused", "推送停着是 1", registry=registry)
        self._open_cases = Gauge("refund_open_cases", "没结案的案件，件；少数几个人时不报（NaN）", registry=registry)
        self._open_cases.set(nan)

    def answered(self, kind: Kind, seconds: float) -> None:
        """见 :class:`.metrics.Metrics`。"""
        self._answer_seconds.labels(kind.value).observe(seconds)

    def reminder_ended(self, ending: ReminderState) -> None:
        """见 :class:`..delivery.observer.Observer`。"""
        self._ended.labels(ending.value).inc()

    def delivery_failed(self, kind: str) -> None:
        """见 :class:`..delivery.observer.Observer`。"""
        self._failed.labels(kind).inc()

    def lagged(self, seconds: float) -> None:
        """见 :class:`.metrics.Metrics`。"""
        self._lag.set(seconds)

    def saw(self, gauges: Gauges) -> None:
        """见 :class:`.metrics.Metrics`。"""
        self._due.set(gauges.due_reminders)
        self._undelivered.set(gauges.undelivered_reminders)
        self._paused.set(gauges.sending_is_paused)
        self._open_cases.set(nan if gauges.open_cases is None else gauges.open_cases)
