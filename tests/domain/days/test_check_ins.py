"""问候与回访排在什么时候，什么时候用不着。"""

from datetime import UTC, date, datetime, time

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.days.check_ins import FOLLOW_UP, follow_up, is_needless, next_check_in
from nonebot_plugin_refund.domain.days.reminders import QuietHours, plan_reminders
from nonebot_plugin_refund.domain.days.timers import next_date, plan_timer
from nonebot_plugin_refund.rulebook.scenario_models.models import LimitRule, TimeLimit, Timer, TimerKind, TimerVersion
from tests.domain.days.known_calendars import AS_OF_2026

QUIET = QuietHours()
GREETING = Timer(id="hello", kind=TimerKind.CHECK_IN, title="问问", after="怎么样了？")


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def deadline(*remind: str, kind: TimerKind = TimerKind.DEADLINE) -> Timer:
    """从起算日数七天。"""
    lengths = (TimerVersion(limit=TimeLimit(rule=LimitRule.CALENDAR_DAYS, n=7), sources=("law",)),)
    return Timer(id="limit", kind=kind, title="期限", lengths=lengths, remind=remind, before="快了", after="过了")


def test_a_check_in_comes_on_the_third_day_outside_quiet_hours() -> None:
    since = shanghai("2026-11-23T21:00")

    assert next_check_in(GREETING, since, since, AS_OF_2026, QUIET) == shanghai("2026-11-26T10:30")
    late_riser = QuietHours(time(22), time(11))
    assert next_check_in(GREETING, since, since, AS_OF_2026, late_riser) == shanghai("2026-11-26T11:00")
    assert next_check_in(GREETING, since, shanghai("2026-11-26T10:30"), AS_OF_2026, QUIET) is None


def test_a_follow_up_comes_two_days_after_the_last_reminder() -> None:
    timer = deadline("2d@10:00", "0d@10:00")
    plan = plan_timer(timer, date(2026, 11, 20), AS_OF_2026)
    planned = plan_reminders(timer, plan, shanghai("2026-11-23T10:00"), QUIET)

    asked = follow_up(planned, QUIET)

    assert asked is not None
    assert (asked.timer_id, asked.timer_version, asked.offset) == ("limit", 1, FOLLOW_UP)
    assert asked.due_at == shanghai("2026-11-29T10:30")
    assert asked.due_at.tzinfo is UTC


def test_what_is_not_reminded_of_is_not_followed_up() -> None:
    assert follow_up((), QUIET) is None


def test_a_follow_up_waits_for_the_end_of_the_quiet_hours() -> None:
    timer = deadline("0d@12:00")
    plan = plan_timer(timer, date(2026, 11, 20), AS_OF_2026)
    late_riser = QuietHours(time(22), time(12))

    asked = follow_up(plan_reminders(timer, plan, shanghai("2026-11-23T13:00"), late_riser), late_riser)

    assert asked is not None
    assert asked.due_at == shanghai("2026-11-29T12:00")


@pytest.mark.parametrize(
    ("start", "needless"),
    [("2026-11-20", False), ("2026-11-19", True), ("2026-11-16", True), ("2026-11-15", False)],
)
def test_a_date_due_before_the_end_of_that_day_makes_a_check_in_needless(start: str, needless: bool) -> None:
    """起算日往后七天到期：27 号的不碍事，26 号、23 号的碍事，22 号的早过了。"""
    plan = plan_timer(deadline("0h"), date.fromisoformat(start), AS_OF_2026)
    asked_at, now = shanghai("2026-11-26T10:30"), shanghai("2026-11-23T10:00")

    assert is_needless(asked_at, [plan], [], now) is needless


@pytest.mark.parametrize(("moment", "needless"), [("2026-11-26T20:00", True), ("2026-11-27T10:00", False)])
def test_a_reminder_by_the_end_of_that_day_makes_a_check_in_needless(moment: str, needless: bool) -> None:
    asked_at, now = shanghai("2026-11-26T10:30"), shanghai("2026-11-23T10:00")

    assert is_needless(asked_at, [], [shanghai(moment)], now) is needless


def test_the_next_date_is_the_nearest_ahead_or_else_the_deadline_missed_last() -> None:
    now = shanghai("2026-11-23T10:00")
    older, newer, ahead, further = (
        plan_timer(deadline("0h"), date(2026, 11, day), AS_OF_2026) for day in (1, 10, 17, 20)
    )
    theirs = plan_timer(deadline("0h", kind=TimerKind.EXPECTATION), date(2026, 11, 12), AS_OF_2026)

    assert next_date([further, older, ahead], now) == ahead
    assert next_date([older, newer, theirs], now) == newer
    assert next_date([theirs], now) is None
