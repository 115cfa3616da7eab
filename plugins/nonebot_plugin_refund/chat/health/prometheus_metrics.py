"""把指标记进 prometheus_client，由 :mod:`.metrics_page` 给人取。装了它才会导入这里。"""

from datetime import datetime
from math import nan

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from ...dialogue.base.incoming import Kind
from ...storage.owner.statistics import UNSETTLED, Gauges
from ...storage.reminding.reminders import ReminderState

CONTENT_TYPE = CONTENT_TYPE_LATEST
"""写出来的是 Prometheus 的文本格式。"""
_BUCKETS = (0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""秒。一句回答的目标是 0.015 秒提交，余下是发出去的时间。"""


class PrometheusMetrics:
    """全部指标；名字都以 ``refund_`` 开头。

    Args:
        registry: 记在哪里；默认是自己的一处，别的插件记的不在里面。
    """

    measures = True

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self._registry = registry = registry or CollectorRegistry()
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
        self._messages = Counter("refund_messages", "收到的消息，归不归我们管都算，条", registry=registry)
        self._counted = 0
        self._outbox = Gauge("refund_outbox", "还没了结的提醒，条，按状态", ["state"], registry=registry)
        self._last_pass = Gauge(
            "refund_last_pass_timestamp_seconds", "送提醒的循环最近走完一趟在什么时候，Unix 秒", registry=registry
        )

    def page(self) -> bytes:
        """全部指标，Prometheus 的文本格式。"""
        return generate_latest(self._registry)

    def answered(self, kind: Kind, seconds: float) -> None:
        """见 :class:`.metrics.Metrics`。"""
        self._answer_seconds.labels(kind.value).observe(seconds)

    def reminder_ended(self, ending: ReminderState) -> None:
        """见 :class:`...delivery.observer.Observer`。"""
        self._ended.labels(ending.value).inc()

    def delivery_failed(self, kind: str) -> None:
        """见 :class:`...delivery.observer.Observer`。"""
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
        for state in UNSETTLED:
            self._outbox.labels(str(state)).set(gauges.outbox.get(str(state), 0))

    def messages_seen(self, messages: int) -> None:
        """见 :class:`.metrics.Metrics`。"""
        self._messages.inc(messages - self._counted)
        self._counted = messages

    def passed(self, at: datetime) -> None:
        """见 :class:`.metrics.Metrics`。"""
        self._last_pass.set(at.timestamp())
