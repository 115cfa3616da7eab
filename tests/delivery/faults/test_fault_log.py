"""同一个错一再出现，日志一分钟只写一行。"""

import logging

import pytest

from nonebot_plugin_refund.delivery.faults.fault_log import EVERY, FaultLog


def test_the_same_fault_is_written_once_a_minute_with_how_often(caplog: pytest.LogCaptureFixture) -> None:
    now = 100.0
    faults = FaultLog(logging.getLogger("nonebot_plugin_refund.delivery.worker"), lambda: now)
    for _ in range(120):
        faults.error("送达循环出错", "OSError（x.py:1）", "delivery_loop_failed")
        now += 0.49
    assert len(caplog.records) == 1
    faults.error("送达循环出错", "KeyError（y.py:2）", "delivery_loop_failed")
    assert len(caplog.records) == 2
    now += EVERY
    faults.error("送达循环出错", "OSError（x.py:1）", "delivery_loop_failed")
    assert "还有 119 次" in caplog.records[-1].getMessage()
