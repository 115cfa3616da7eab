"""时限落到日子上，以及此刻还在不在期限里。"""

from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.days.timers import plan_timer, window_value
from nonebot_plugin_refund.rulebook.scenario_models.models import (
    DateWindow,
    LimitRule,
    TimeLimit,
    Timer,
    TimerKind,
    TimerVersion,
)
from tests.domain.days.known_calendars import AS_OF_2026


def limit(rule: LimitRule, n: int) -> TimeLimit:
    return TimeLimit(rule=rule, n=n)


def timer(kind: TimerKind, *lengths: TimerVersion) -> Timer:
    return Timer(
        id="mediation", version=3, kind=kind, title="调解", lengths=lengths, remind=("0h",), after="可以走下一步了"
    )


def version(length: TimeLimit, since: date | None = None, until: date | None = None) -> TimerVersion:
    return TimerVersion(limit=length, effective_from=since, effective_to=until, sources=("civil-203",))


def window(
    length: TimeLimit, perspective: Literal[TimerKind.DEADLINE, TimerKind.EXPECTATION] = TimerKind.DEADLINE
) -> DateWindow:
    return DateWindow(
        kind="date_window",
        id="within",
        question="signed-on",
        limit=length,
        perspective=perspective,
        labels={"inside": "还在", "arguable": "可主张", "past": "已过", "unsure": "不清楚"},
    )


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


SEVEN_DAYS = limit(LimitRule.SEVEN_DAY, 7)
SEVEN_WORKDAYS = limit(LimitRule.WORKDAYS, 7)
HOURS_48 = limit(LimitRule.HOURS, 48)


def test_a_day_deadline_is_due_at_the_last_second_of_the_safe_day_in_utc() -> None:
    plan = plan_timer(timer(TimerKind.DEADLINE, version(SEVEN_DAYS)), date(2026, 11, 21), AS_OF_2026)

    assert plan.due_at == shanghai("2026-11-28T23:59:59")
    assert plan.due_at.utcoffset() == timedelta()
    assert plan.due_local.isoformat() == "2026-11-28T23:59:59+08:00"
    assert (plan.safe, plan.arguable, plan.certain) == (date(2026, 11, 28), date(2026, 11, 30), True)
    assert (plan.timer_id, plan.version, plan.title, plan.rule) == ("mediation", 3, "调解", LimitRule.SEVEN_DAY)
    assert plan.sources == ("civil-203",)
    assert plan.explain


def test_hours_are_due_at_the_instant() -> None:
    start = datetime(2026, 11, 23, 2, tzinfo=UTC)

    plan = plan_timer(timer(TimerKind.EXPECTATION, version(HOURS_48)), start, AS_OF_2026)

    assert plan.due_at == start + timedelta(hours=48)
    assert plan.safe == date(2026, 11, 25)


def test_an_uncertain_range_is_due_early_for_a_deadline_and_late_for_an_expectation() -> None:
    start = date(2026, 12, 28)
    mine = plan_timer(timer(TimerKind.DEADLINE, version(SEVEN_WORKDAYS)), start, AS_OF_2026)
    theirs = plan_timer(timer(TimerKind.EXPECTATION, version(SEVEN_WORKDAYS)), start, AS_OF_2026)

    assert not mine.certain
    assert mine.safe == theirs.safe == mine.due_local.date()
    assert theirs.due_local.date() > theirs.safe


def test_the_length_in_force_on_the_start_day_in_shanghai_is_used() -> None:
    changed = timer(
        TimerKind.EXPECTATION,
        version(limit(LimitRule.WORKDAYS, 45), until=date(2026, 4, 14)),
        version(limit(LimitRule.CALENDAR_DAYS, 60), since=date(2026, 4, 15)),
    )

    assert plan_timer(changed, date(2026, 4, 14), AS_OF_2026).rule is LimitRule.WORKDAYS
    assert plan_timer(changed, date(2026, 4, 15), AS_OF_2026).rule is LimitRule.CALENDAR_DAYS
    late_evening_utc = datetime(2026, 4, 14, 16, tzinfo=UTC)
    assert plan_timer(changed, late_evening_utc, AS_OF_2026).rule is LimitRule.CALENDAR_DAYS


def test_a_start_no_length_covers_names_the_timer() -> None:
    only_new = timer(TimerKind.DEADLINE, version(SEVEN_DAYS, since=date(2026, 4, 15)))

    with pytest.raises(ValueError, match="mediation"):
        plan_timer(only_new, date(2026, 4, 14), AS_OF_2026)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-21T12:00:00", "inside"),
        ("2026-11-28T23:59:59", "inside"),
        ("2026-11-29T00:00:00", "arguable"),
        ("2026-11-30T23:59:59", "arguable"),
        ("2026-12-01T00:00:00", "past"),
    ],
)
def test_a_window_over_a_weekend_is_inside_then_arguable_then_past(now: str, expected: str) -> None:
    assert window_value(window(SEVEN_DAYS), date(2026, 11, 21), shanghai(now), AS_OF_2026) == expected


def test_a_window_that_ends_on_a_workday_is_never_arguable() -> None:
    fact, start = window(SEVEN_DAYS), date(2026, 11, 23)

    assert window_value(fact, start, shanghai("2026-11-30T23:59:59"), AS_OF_2026) == "inside"
    assert window_value(fact, start, shanghai("2026-12-01T00:00:00"), AS_OF_2026) == "past"


def test_now_is_read_in_shanghai_whatever_its_zone() -> None:
    fact, start = window(SEVEN_DAYS), date(2026, 11, 23)

    assert window_value(fact, start, datetime(2026, 11, 30, 15, 59, tzinfo=UTC), AS_OF_2026) == "inside"
    assert window_value(fact, start, datetime(2026, 11, 30, 16, 0, tzinfo=UTC), AS_OF_2026) == "past"


def test_hours_known_only_by_date_are_read_towards_the_users_safety() -> None:
    start, now = date(2026, 11, 23), shanghai("2026-11-25T12:00:00")

    assert window_value(window(HOURS_48), start, now, AS_OF_2026) == "past"
    assert window_value(window(HOURS_48, TimerKind.EXPECTATION), start, now, AS_OF_2026) == "inside"


def test_an_expectation_over_an_unpublished_year_stays_inside_until_the_latest_day() -> None:
    start = date(2026, 12, 28)
    theirs = plan_timer(timer(TimerKind.EXPECTATION, version(SEVEN_WORKDAYS)), start, AS_OF_2026)
    between = theirs.due_at - timedelta(hours=1)

    assert window_value(window(SEVEN_WORKDAYS), start, between, AS_OF_2026) == "past"
    assert window_value(window(SEVEN_WORKDAYS, TimerKind.EXPECTATION), start, between, AS_OF_2026) == "inside"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="时区"):
        window_value(
            window(SEVEN_DAYS), date(2026, 11, 23), shanghai("2026-11-24T00:00").replace(tzinfo=None), AS_OF_2026
        )
