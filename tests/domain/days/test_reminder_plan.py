"""提醒排在什么时刻。"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.days.reminders import QuietHours, lateness, next_allowed, plan_reminders, snooze_until
from nonebot_plugin_refund.domain.days.timers import TimerPlan, plan_timer
from nonebot_plugin_refund.rulebook.scenario_models.models import LimitRule, TimeLimit, Timer, TimerKind, TimerVersion
from tests.domain.days.known_calendars import AS_OF_2026

QUIET = QuietHours()
NEVER_QUIET = QuietHours(time(0), time(0))


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def timer(*remind: str, rule: LimitRule = LimitRule.SEVEN_DAY, n: int = 7) -> Timer:
    return Timer(
        id="return-window",
        version=2,
        kind=TimerKind.DEADLINE,
        title="七天无理由",
        lengths=(TimerVersion(limit=TimeLimit(rule=rule, n=n), sources=("law",)),),
        remind=remind,
        before="快到期了",
        after="已经过了",
    )


def plan_of(timer: Timer, start: date | datetime = date(2026, 11, 23)) -> TimerPlan:
    """不写起算日的到 2026-11-30 23:59:59 为止。"""
    return plan_timer(timer, start, AS_OF_2026)


def planned(
    timer: Timer, now: str, quiet: QuietHours = QUIET, start: date | datetime = date(2026, 11, 23)
) -> list[str]:
    reminders = plan_reminders(timer, plan_of(timer, start), shanghai(now), quiet)
    return [f"{one.offset} {one.due_at.astimezone(SHANGHAI):%m-%d %H:%M}" for one in reminders]


def hours_timer(*remind: str) -> Timer:
    return timer(*remind, rule=LimitRule.HOURS, n=48)


def test_offsets_count_back_from_the_due_day_and_the_due_instant() -> None:
    found = planned(timer("3h", "2d@10:00", "-1d@10:00"), "2026-11-23T12:00")

    assert found == ["2d@10:00 11-28 10:00", "3h 11-30 20:59", "-1d@10:00 12-01 10:00"]


def test_reminders_carry_the_timers_identity_and_utc() -> None:
    one = timer("1d@10:00")
    (found,) = plan_reminders(one, plan_of(one), shanghai("2026-11-23T12:00"), QUIET)

    assert (found.timer_id, found.timer_version, found.offset) == ("return-window", 2, "1d@10:00")
    assert found.due_at == shanghai("2026-11-29T10:00")
    assert found.due_at.utcoffset() == timedelta()


def test_offsets_already_past_are_dropped() -> None:
    assert planned(timer("3d@10:00", "1d@10:00"), "2026-11-27T10:00") == ["1d@10:00 11-29 10:00"]
    assert planned(timer("3d@10:00", "1d@10:00"), "2026-11-30T12:00") == []


def test_a_quiet_instant_waits_for_the_morning_when_the_deadline_allows() -> None:
    assert planned(timer("1d@23:30"), "2026-11-23T12:00") == ["1d@23:30 11-30 08:00"]
    assert planned(timer("1d@06:00"), "2026-11-23T12:00") == ["1d@06:00 11-29 08:00"]


def test_a_quiet_instant_that_cannot_wait_is_brought_forward() -> None:
    assert planned(timer("1h"), "2026-11-23T12:00") == ["1h 11-30 21:59"]
    at_seven = shanghai("2026-11-23T07:00")
    assert planned(hours_timer("3h"), "2026-11-23T12:00", start=at_seven) == ["3h 11-24 21:59"]


def test_the_first_quiet_instant_is_brought_forward_to_the_same_evening() -> None:
    at_eleven = shanghai("2026-11-23T23:00")

    assert planned(hours_timer("1h"), "2026-11-23T23:00", start=at_eleven) == ["1h 11-25 21:59"]


def test_a_morning_that_begins_exactly_at_the_deadline_is_too_late() -> None:
    at_eight = shanghai("2026-11-23T08:00")

    assert planned(hours_timer("1h"), "2026-11-23T12:00", start=at_eight) == ["1h 11-24 21:59"]


def test_when_it_is_too_late_to_bring_forward_the_planned_instant_stands() -> None:
    assert planned(timer("1h"), "2026-11-30T22:30") == ["1h 11-30 22:59"]


def test_a_reminder_after_the_deadline_waits_for_the_morning() -> None:
    assert planned(timer("0h"), "2026-11-23T12:00") == ["0h 12-01 08:00"]
    assert planned(timer("-2h"), "2026-11-23T12:00") == ["-2h 12-01 08:00"]


def test_two_offsets_on_one_instant_are_one_reminder() -> None:
    assert planned(timer("0h", "-1h", "-1d@08:00"), "2026-11-23T12:00") == ["0h 12-01 08:00"]


def test_without_quiet_hours_nothing_moves() -> None:
    assert planned(timer("1d@23:30", "0h"), "2026-11-23T12:00", NEVER_QUIET) == [
        "1d@23:30 11-29 23:30",
        "0h 11-30 23:59",
    ]


@pytest.mark.parametrize(
    ("quiet", "at", "expected"),
    [
        (QUIET, "22:00", True),
        (QUIET, "03:00", True),
        (QUIET, "07:59", True),
        (QUIET, "08:00", False),
        (QUIET, "21:59", False),
        (QuietHours(time(12), time(14)), "13:00", True),
        (QuietHours(time(12), time(14)), "14:00", False),
        (QuietHours(time(12), time(14)), "11:59", False),
        (NEVER_QUIET, "00:00", False),
    ],
)
def test_quiet_hours_include_their_start_and_not_their_end(quiet: QuietHours, at: str, expected: bool) -> None:
    assert quiet.covers(shanghai(f"2026-11-23T{at}").astimezone(UTC)) is expected


def test_sending_in_quiet_hours_waits_unless_that_passes_the_deadline() -> None:
    night, due = shanghai("2026-11-24T23:00"), shanghai("2026-11-30T23:59:59")

    assert next_allowed(shanghai("2026-11-24T12:00"), due, QUIET) == shanghai("2026-11-24T12:00")
    assert next_allowed(night, due, QUIET) == shanghai("2026-11-25T08:00")
    assert next_allowed(night, shanghai("2026-11-25T07:00"), QUIET) == night
    assert next_allowed(night, shanghai("2026-11-24T22:00"), QUIET) == shanghai("2026-11-25T08:00")


def test_snoozing_moves_by_the_wish_and_out_of_quiet_hours() -> None:
    due = shanghai("2026-11-30T23:59:59")

    assert snooze_until(shanghai("2026-11-24T12:00"), timedelta(hours=2), due, QUIET) == shanghai("2026-11-24T14:00")
    assert snooze_until(shanghai("2026-11-24T21:00"), timedelta(hours=2), due, QUIET) == shanghai("2026-11-25T08:00")
    assert snooze_until(shanghai("2026-12-01T21:00"), timedelta(hours=2), due, QUIET) == shanghai("2026-12-02T08:00")


def test_snoozing_past_the_deadline_is_cut_to_just_before_it() -> None:
    due = shanghai("2026-11-30T18:00")

    assert snooze_until(shanghai("2026-11-29T12:00"), timedelta(days=3), due, QUIET) == shanghai("2026-11-30T17:00")
    assert snooze_until(shanghai("2026-11-30T12:00"), timedelta(hours=6), due, QUIET) == shanghai("2026-11-30T17:00")
    assert snooze_until(shanghai("2026-11-30T17:00"), timedelta(hours=2), due, QUIET) == shanghai("2026-11-30T17:30")


def test_snoozing_needs_a_positive_delay() -> None:
    with pytest.raises(ValueError, match="大于 0"):
        snooze_until(shanghai("2026-11-24T12:00"), timedelta(), shanghai("2026-11-30T18:00"), QUIET)


def test_lateness_turns_at_the_due_instant() -> None:
    due = shanghai("2026-11-30T18:00")

    assert lateness(due, due - timedelta(seconds=1)) == "before"
    assert lateness(due, due) == "after"


def test_moments_without_a_zone_are_refused() -> None:
    naive, due = shanghai("2026-11-24T12:00").replace(tzinfo=None), shanghai("2026-11-30T18:00")
    one = timer("1h")

    with pytest.raises(ValueError, match="时区"):
        plan_reminders(one, plan_of(one), naive, QUIET)
    with pytest.raises(ValueError, match="时区"):
        next_allowed(naive, due, QUIET)
    with pytest.raises(ValueError, match="时区"):
        snooze_until(naive, timedelta(hours=1), due, QUIET)


clock_times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
quiet_hours = st.builds(QuietHours, clock_times, clock_times)
moments = st.integers(0, 14 * 24 * 60).map(lambda minutes: shanghai("2026-11-23T00:00") + timedelta(minutes=minutes))
offsets = st.one_of(
    st.integers(-72, 72).map(lambda hours: f"{hours}h"),
    st.builds(lambda days, at: f"{days}d@{at:%H:%M}", st.integers(-3, 7), clock_times),
)


@given(remind=st.lists(offsets, min_size=1, max_size=5), now=moments, quiet=quiet_hours, start=moments)
def test_plans_are_future_ordered_distinct_and_never_slip_past_the_deadline(
    remind: list[str], now: datetime, quiet: QuietHours, start: datetime
) -> None:
    one = hours_timer(*remind)
    plan = plan_of(one, start)
    calm = {reminder.offset: reminder.due_at for reminder in plan_reminders(one, plan, now, NEVER_QUIET)}
    found = plan_reminders(one, plan, now, quiet)

    instants = [reminder.due_at for reminder in found]
    assert instants == sorted(set(instants))
    assert all(instant > now for instant in instants)
    for reminder in found:
        wished = calm.get(reminder.offset)
        if wished is not None and wished < plan.due_at:
            assert reminder.due_at < plan.due_at
        if wished is not None and wished >= plan.due_at:
            assert not quiet.covers(reminder.due_at)


@given(now=moments, due=moments, hours=st.integers(1, 100), quiet=quiet_hours)
def test_a_snooze_is_in_the_future_and_still_before_a_deadline_ahead(
    now: datetime, due: datetime, hours: int, quiet: QuietHours
) -> None:
    until = snooze_until(now, timedelta(hours=hours), due, quiet)

    assert until > now
    assert now >= due or until < due
