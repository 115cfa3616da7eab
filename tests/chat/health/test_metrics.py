"""指标：装了库才记，没装什么也不做；标签里没有谁，去取要口令。"""

import asyncio
from datetime import UTC, datetime
from math import isnan
from typing import Any

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from nonebot_plugin_refund.chat.health import metrics
from nonebot_plugin_refund.chat.health.metrics import NoMetrics, choose_metrics, keep_measuring, timing
from nonebot_plugin_refund.chat.health.metrics_page import may_look
from nonebot_plugin_refund.chat.health.prometheus_metrics import PrometheusMetrics
from nonebot_plugin_refund.dialogue.base.incoming import Kind
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.owner.statistics import Gauges
from nonebot_plugin_refund.storage.reminding.reminders import ReminderState
from tests.chat.conversation_harness import Bench


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
    def served(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        types: list[str] = []
        monkeypatch.setattr(metrics, "serve_metrics", lambda page, content_type: types.append(content_type))
        return types

    @pytest.mark.parametrize(("wanted", "installed"), [(True, False), (False, True)])
    def test_nothing_is_kept_where_it_is_not_installed_or_not_wanted(
        self, monkeypatch: pytest.MonkeyPatch, served: list[str], wanted: bool, installed: bool
    ) -> None:
        monkeypatch.setattr(metrics, "find_spec", lambda name: name if installed else None)
        assert isinstance(choose_metrics(wanted=wanted), NoMetrics)
        assert served == []

    def test_it_is_kept_and_served_otherwise(self, served: list[str]) -> None:
        assert isinstance(choose_metrics(wanted=True), PrometheusMetrics)
        assert len(served) == 1


class TestPage:
    @pytest.mark.parametrize(
        ("authorization", "token", "is_local", "allowed"),
        [
            ("Bearer right", "right", False, True),
            ("bearer right", "right", True, True),
            ("Bearer wrong", "right", True, False),
            ("Bearer", "right", True, False),
            ("Basic right", "right", True, False),
            ("", "right", True, False),
            ("", "", True, True),
            ("", "", False, False),
        ],
    )
    def test_the_token_is_asked_for(self, authorization: str, token: str, is_local: bool, allowed: bool) -> None:
        assert may_look(authorization, token, is_local=is_local) is allowed


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
        kept.saw(Gauges(12, 3, 2, sending_is_paused=True, outbox={"pending": 4, "waiting": 1}))
        kept.messages_seen(7)
        kept.messages_seen(9)
        kept.passed(FixedClock().now())
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
            ("refund_messages_total", {}, 9),
            ("refund_outbox", {"state": "pending"}, 4),
            ("refund_outbox", {"state": "dead"}, 0),
            ("refund_last_pass_timestamp_seconds", {}, FixedClock().now().timestamp()),
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
            await bench.private("快手买的毛衣不合适", user="somebody-30009")
            stopwatch.stop()
        kept.reminder_ended(ReminderState.DEAD)
        kept.delivery_failed("unknown")
        kept.saw(Gauges(None, 0, 0, sending_is_paused=False))
        labels = {label for metric in registry.collect() for sample in metric.samples for label in sample.labels}
        assert labels == {"kind", "ending", "le", "state"}
        # 号里有字母：光是数字，会碰巧出现在量出来的秒数里
        assert "somebody-30009" not in generate_latest(registry).decode()


async def test_totals_are_looked_at_until_told_to_stop(bench: Bench) -> None:
    recorder = Recorder()
    await keep_measuring(recorder, bench.assembly.database, FixedClock(), recorder.stop)
    assert recorder.heard == [Gauges(None, 0, 0, sending_is_paused=False)]


async def test_a_failing_look_is_only_logged(
    bench: Bench, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder()

    def broken(self: Database) -> None:
        recorder.stop.set()
        raise OSError("磁盘坏了")

    monkeypatch.setattr(Database, "session", broken)
    await keep_measuring(recorder, bench.assembly.database, FixedClock(), recorder.stop)
    assert recorder.heard == []
    assert "OSError" in caplog.text
