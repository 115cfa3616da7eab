"""设置里写的时间：多长时间，每天从几点到几点。读不准的不猜。"""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.understanding.hours.daily_spans import read_daily_span
from nonebot_plugin_refund.domain.understanding.hours.durations import read_duration


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("10分钟", 10),
        ("１０ 分鐘", 10),
        ("二十分", 20),
        ("半小时", 30),
        ("半个钟头", 30),
        ("一刻钟", 15),
        ("1小时", 60),
        ("1h30min", 90),
        ("1.5小时", 90),
        ("一个半小时", 90),
        ("1小时半", 90),
        ("2 小时 5 分钟", 125),
        ("90秒", 1.5),
        ("两天", 2880),
        ("0", 0),
        ("0分钟", 0),
    ],
)
def test_a_duration_is_read(said: str, minutes: float) -> None:
    assert read_duration(said) == timedelta(minutes=minutes)


@pytest.mark.parametrize("said", ["", "10", "三四分钟", "-5分钟", "10分钟吧", "很久", "分钟", "1" * 30 + "分钟"])
def test_what_is_no_duration_is_not_guessed(said: str) -> None:
    assert read_duration(said) is None


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("23:00-7:30", time(23), time(7, 30)),
        ("23：00 — 07：30", time(23), time(7, 30)),
        ("每天23:00到第二天7:30", time(23), time(7, 30)),
        ("晚上11点到早上7点", time(23), time(7)),
        ("从晚上十一点至次日早上七点半", time(23), time(7, 30)),
        ("晚上12点到早上6点", time(0), time(6)),
        ("中午12点到下午2点", time(12), time(14)),
        ("22点到8点", time(22), time(8)),
        ("0点到6点", time(0), time(6)),
        ("22:00-24:00", time(22), time(0)),
        ("1:00-6:00", time(1), time(6)),
    ],
)
def test_a_daily_span_is_read(said: str, start: time, end: time) -> None:
    assert read_daily_span(said) == (start, end)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "23:00",
        "11点到7点",
        "晚上10点到8点",
        "8:00-8:00",
        "0:00-24:00",
        "25:00-7:00",
        "24:30-7:00",
        "23:00 7:30",
        "23:00-7:30吧",
        "23:00-7:30和12:00-14:00",
        "别在23:00到7:30说话",
        "晚上到早上",
    ],
)
def test_what_is_no_clear_span_is_not_guessed(said: str) -> None:
    assert read_daily_span(said) is None


@given(st.times(), st.times())
def test_every_pair_of_moments_written_by_the_clock_is_read_back(start: time, end: time) -> None:
    start, end = (moment.replace(second=0, microsecond=0) for moment in (start, end))
    expected = None if start == end else (start, end)
    assert read_daily_span(f"{start:%H:%M}-{end:%H:%M}") == expected


@given(st.text(max_size=60))
def test_nothing_anybody_writes_breaks_the_reading(said: str) -> None:
    gap = read_duration(said)
    assert gap is None or gap >= timedelta()
    span = read_daily_span(said)
    assert span is None or span[0] != span[1]
