"""指标：装了插件才记，没装什么也不做；标签里没有谁。"""

import asyncio
from datetime import UTC, datetime
from math import isnan
from typing import Any

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from nonebot_plugin_refund.chat import metrics, prometheus_metrics
from nonebot_plugin_refund.chat.metrics import NoMetrics, choose_metrics, keep_measuring, timing
from nonebot_plugin_refund.chat.prometheus_metrics import PrometheusMetrics
from nonebot_plugin_refund.dialogue.base.incoming import Kind
from nonebot_plugin_refund.storage.database import Database
from nonebot_plugin_refund.storage.reminders import ReminderState
from nonebot_plugin_refund.storage.statistics import Gauges

from .conversation_harness import Bench


class Recorder(NoMetrics):
    """记下听到的。"""

    measures = True

    def __init__(self) -> None:
        self.heard: list[Any] = []
        self.stop = asyncio.Event()

    def answered(self, kind: Kind, seconds: float) -> None:
        self.heard.append((kind, seconds >= 0))

    def saw(self, gauges: Gauges) -> None:
        self.heard.append(gauges)
        self.stop.set()


class FixedClock:
    def now(self) -> datetime:
        return datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


class TestChoosing:
    @pytest.fixture
    def required(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        names: list[str] = []
        monkeypatch.setattr(metrics, "require", names.append)
        return names

    def _installed(self, monkeypatch: pytest.MonkeyPatch, *, installed: bool) -> None:
        monkeypatch.setattr(metrics, "find_spec", lambda name: name if installed else None)

    def test_nothing_is_loaded_where_the_plugin_is_not_installed(
        self, monkeypatch: pytest.MonkeyPatch, required: list[str]
    ) -> None:
        self._installed(monkeypatch, installed=False)
        assert isinstance(choose_metrics(wanted=True), NoMetrics)
        assert required == []

    def test_nothing_is_loaded_where_it_is_not_wanted(
        self, monkeypatch: pytest.MonkeyPatch, required: list[str]
    ) -> None:
        self._installed(monkeypatch, installed=True)
        assert isinstance(choose_metrics(wanted=False), NoMetrics)
        assert required == []

    def test_the_plugin_is_loaded_before_anything_is_kept(
        self,
        monkeypatch: pytest.MonkeyPatch,
        required: list[str],
        registry: CollectorRegistry,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        self._installed(monkeypatch, installed=True)
        monkeypatch.setattr(prometheus_metrics, "PrometheusMetrics", lambda: PrometheusMetrics(registry))
        assert isinstance(choose_metrics(wanted=True), PrometheusMetrics)
        assert required == ["nonebot_plugin_prometheus"]
        assert "不要口令" in caplog.text


class TestAnswers:
    def test_an_answer_is_timed_once_it_is_said(self) -> None:
        recorder = Recorder()
        with timing(recorder, Kind.PRIVATE) as stopwatch:
            stopwatch.stop()
        assert recorder.heard == [(Kind.PRIVATE, True)]

    def test_silence_and_failure_are_no_answers(self) -> None:
        recorder = Recorder()
        with timing(recorder, Kind.KEYWORD):
            pass
        with pytest.raises(LookupError), timing(recorder, Kind.PRIVATE):
            raise LookupError
        assert recorder.heard == []


class TestPrometheus:
    def test_what_is_kept_is_exported(self, registry: CollectorRegistry) -> None:
        kept = PrometheusMetrics(registry)
        kept.answered(Kind.PRIVATE, 0.012)
        kept.answered(Kind.PRIVATE, 0.2)
        kept.reminder_ended(ReminderState.SENT)
        kept.delivery_failed("transient")
        kept.saw(Gauges(12, 3, 2, sending_is_paused=True))
        kept.lagged(0.25)
        for name, labels, value in (
            ("refund_answer_seconds_count", {"kind": "private"}, 2),
            ("refund_answer_seconds_bucket", {"kind": "private", "le": "0.015"}, 1),
            ("refund_reminders_ended_total", {"ending": "sent"}, 1),
            ("refund_delivery_failures_total", {"kind": "transient"}, 1),
            ("refund_reminders_due", {}, 3),
            ("refund_reminders_undelivered", {}, 2),
            ("refund_loop_lag_seconds", {}, 0.25),
            ("refund_sending_paused", {}, 1),
            ("refund_open_cases", {}, 12),
        ):
            assert registry.get_sample_value(name, labels) == value, name

    def test_a_hidden_count_is_not_a_number(self, registry: CollectorRegistry) -> None:
        kept = PrometheusMetrics(registry)
        kept.saw(Gauges(None, 0, 0, sending_is_paused=False))
        value = registry.get_sample_value("refund_open_cases")
        assert value is not None
        assert isnan(value)

    async def test_labels_say_what_kind_and_never_who(self, bench: Bench, registry: CollectorRegistry) -> None:
        kept = PrometheusMetrics(registry)
        with timing(kept, Kind.PRIVATE) as stopwatch:
            await bench.private("快手买的毛衣不合适", user="30009")
            stopwatch.stop()
        kept.reminder_ended(ReminderState.DEAD)
        kept.delivery_failed("unknown")
        labels = {label for metric in registry.collect() for sample in metric.samples for label in sample.labels}
        assert labels == {"kind", "ending", "le"}
        assert "30009" not in generate_latest(registry).decode()


async def test_totals_are_looked_at_until_told_to_stop(bench: Bench) -> None:
    recorder = Recorder()
    await keep_measuring(recorder, bench.office.database, FixedClock(), recorder.stop)
    assert recorder.heard == [Gauges(None, 0, 0, sending_is_paused=False)]


async def test_a_failing_look_is_only_logged(
    bench: Bench, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder()

    def broken(self: Database) -> None:
        recorder.stop.set()
        raise OSError("磁盘坏了")

    monkeypatch.setattr(Database, "session", broken)
    await keep_measuring(recorder, bench.office.database, FixedClock(), recorder.stop)
    assert recorder.heard == []
    assert "OSError" in caplog.text
