"""日历文件：读得回来，标识不变，序号只升，时刻对得上。"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.days.due import end_of_day
from nonebot_plugin_refund.render.calendar_file import CalendarEntry, calendar_file, calendar_message

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
_START = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""hypothesis 要不带时区的界限。"""
BY_THE_DAY = CalendarEntry(
    "seven-day",
    1,
    "七天无理由截止",
    end_of_day(date(2026, 11, 28)),
    (datetime(2026, 11, 27, 10, 0, tzinfo=SHANGHAI), datetime(2026, 11, 28, 10, 0, tzinfo=SHANGHAI)),
)
BY_THE_HOUR = CalendarEntry("merchant", 3, "商家该答复了", datetime(2026, 11, 25, 9, 30, tzinfo=SHANGHAI))


def _events(*entries: CalendarEntry, code: str = "K7Q2", now: datetime = NOW) -> list[Any]:
    return Calendar.from_ical(calendar_file(code, entries, now)).walk("VEVENT")


def test_a_deadline_by_the_day_is_a_whole_day_with_alarms_at_our_moments() -> None:
    (event,) = _events(BY_THE_DAY)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 11, 28), date(2026, 11, 29))
    assert tuple(alarm.decoded("trigger") for alarm in event.walk("VALARM")) == BY_THE_DAY.alarms
    assert event["summary"] == "七天无理由截止（K7Q2）"
    assert event["status"] == "CONFIRMED"


def test_one_by_the_hour_is_an_instant_in_utc() -> None:
    (event,) = _events(BY_THE_HOUR)
    assert event["dtstart"].to_ical() == b"20261125T013000Z"
    assert event.walk("VALARM") == []


def test_the_stamp_is_the_given_moment_and_the_same_case_gives_the_same_file() -> None:
    (event,) = _events(BY_THE_HOUR)
    assert event["dtstamp"].to_ical() == b"20261123T020000Z"
    assert calendar_file("K7Q2", [BY_THE_DAY], NOW) == calendar_file("K7Q2", [BY_THE_DAY], NOW)


def test_the_identity_depends_on_case_and_timer_only() -> None:
    later = CalendarEntry("seven-day", 2, "改了名的截止", end_of_day(date(2026, 12, 1)), cancelled=True)
    (first,), (second,) = _events(BY_THE_DAY), _events(later, now=NOW + timedelta(days=1))
    assert first["uid"] == second["uid"]
    assert len({event["uid"] for event in (*_events(BY_THE_DAY, BY_THE_HOUR), *_events(BY_THE_DAY, code="P3M8"))}) == 3


def test_what_is_settled_is_cancelled_and_rings_no_more() -> None:
    settled = CalendarEntry("seven-day", 1, "七天无理由截止", BY_THE_DAY.due_at, BY_THE_DAY.alarms, cancelled=True)
    (event,) = _events(settled)
    assert event["status"] == "CANCELLED"
    assert event.walk("VALARM") == []


@given(st.lists(st.tuples(st.integers(1, 500), st.booleans()), min_size=2, max_size=6, unique=True))
def test_the_sequence_rises_with_every_version_and_with_its_settling(history: list[tuple[int, bool]]) -> None:
    ordered = sorted(history)
    numbers = [
        _events(CalendarEntry("t", version, "截止", NOW, cancelled=cancelled))[0]["sequence"]
        for version, cancelled in ordered
    ]
    assert numbers == sorted(set(numbers))


@given(st.text(min_size=1), st.datetimes(_START, _START.replace(year=2040), timezones=st.just(UTC)))
def test_any_title_and_any_moment_is_read_back(title: str, due_at: datetime) -> None:
    # 换行以外的控制字符 RFC 5545 不许有，手册里也写不进来
    title = "".join(letter for letter in title if letter.isprintable())
    (event,) = _events(CalendarEntry("t", 1, title, due_at))
    assert event["summary"] == f"{title}（K7Q2）"
    start = event.decoded("dtstart")
    by_the_day = end_of_day(due_at.astimezone(SHANGHAI).date()) == due_at
    assert start == (due_at.astimezone(SHANGHAI).date() if by_the_day else due_at.replace(microsecond=0))


def test_the_words_say_the_same_dates_and_alarms() -> None:
    settled = CalendarEntry("gone", 1, "用不着的", NOW, cancelled=True)
    unsure = CalendarEntry("unsure", 1, "拿不准的", end_of_day(date(2026, 12, 30)), certain=False)
    lines = calendar_message("K7Q2", [BY_THE_DAY, BY_THE_HOUR, settled, unsure], NOW).splitlines()
    assert lines[1:] == [
        "用不着的：不用了，记过的可以删掉",
        "商家该答复了：11月25日（周三）09:30",
        "七天无理由截止：11月28日（周六）24 点，11月27日（周五）10:00、11月28日（周六）10:00 提醒",
        "拿不准的：12月30日（周三）24 点（那段放假安排还没公布，日期可能有出入）",
    ]
