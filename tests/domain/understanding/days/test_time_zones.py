"""日子和钟点都是上海的：``now`` 用哪个时区写，读出来的都一样。"""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI, WorkCalendar
from nonebot_plugin_refund.domain.hearing.hearing import Listener
from nonebot_plugin_refund.domain.understanding.controls import parse_control
from nonebot_plugin_refund.domain.understanding.days import dates
from nonebot_plugin_refund.rulebook.loader import load_rulebook

DATA = Path(__file__).parents[3] / "data"
ROWS = [
    json.loads(line)
    for path in sorted(DATA.glob("answers-*.jsonl"))
    for line in path.read_text("utf-8").split("\n")
    if line
]
DATE_PHRASES = tuple(dict.fromkeys(row["text"] for row in ROWS if row["kind"] == "date"))
SNOOZES = ("推迟到明天中午", "今晚八点提醒我", "下周一提醒我", "29号提醒我", "后天下午三点", "周日提醒我", "推迟2小时")
SCENARIO = load_rulebook().edition("shop-return").scenario
JUST_PAST_MIDNIGHT = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
"""上海 11 月 23 日凌晨 1 点。"""
MOMENTS = st.datetimes(datetime(2025, 6, 1), datetime(2027, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001 —— 时区另给
ZONES = st.sampled_from([ZoneInfo("UTC"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Kiritimati")])


def read_everything(text: str, now: datetime) -> tuple[object, ...]:
    heard = Listener(SCENARIO, WorkCalendar(), now, now).begin(f"{text}签收")
    return dates.parse_date(text, now), dates.date_problem(text, now), parse_control(text, now), heard


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(DATE_PHRASES + SNOOZES), MOMENTS, ZONES)
@example("昨天", JUST_PAST_MIDNIGHT, ZoneInfo("UTC"))
@example("推迟到明天中午", JUST_PAST_MIDNIGHT, ZoneInfo("UTC"))
def test_the_zone_now_is_written_in_changes_nothing(text: str, moment: datetime, zone: ZoneInfo) -> None:
    assert read_everything(text, moment.astimezone(zone)) == read_everything(text, moment.astimezone(SHANGHAI))


def test_every_labelled_day_is_the_same_in_utc() -> None:
    local = JUST_PAST_MIDNIGHT.astimezone(SHANGHAI)
    moved = [t for t in DATE_PHRASES if dates.parse_date(t, JUST_PAST_MIDNIGHT) != dates.parse_date(t, local)]
    assert moved == []


@pytest.mark.parametrize(
    ("text", "day"), [("昨天", "2026-11-22"), ("今天", "2026-11-23"), ("刚刚", "2026-11-23"), ("上周日", "2026-11-22")]
)
def test_just_past_midnight_the_day_is_shanghais(text: str, day: str) -> None:
    assert dates.json_value(dates.parse_date(text, JUST_PAST_MIDNIGHT)) == day
