"""到期日对照手工录入的官方安排：2025、2026 年的每一个起算日。"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from nonebot_plugin_refund.domain.days.calendar import WorkCalendar, library_arrangement
from nonebot_plugin_refund.domain.days.deadlines import compute_due, deadline_answer
from nonebot_plugin_refund.rulebook.scenario_models.models import LimitRule, TimeLimit
from tests.oracles import official_days
from tests.oracles.official_days import UnknownYear

AS_OF_2026 = WorkCalendar(lambda year: None if year > 2026 else library_arrangement(year))

STARTS = [date(2025, 1, 1) + timedelta(days=index) for index in range(730)]
LENGTHS = [*range(1, 16), 60, 90]


def test_the_starts_are_every_day_of_both_years() -> None:
    assert (STARTS[0], STARTS[-1]) == (date(2025, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("n", LENGTHS)
@pytest.mark.parametrize(
    ("rule", "count"),
    [(LimitRule.CALENDAR_DAYS, official_days.count_days), (LimitRule.MONTHS, official_days.count_months)],
)
def test_days_and_months_match_the_oracle_for_every_start(
    rule: LimitRule, count: Callable[[date, int], date], n: int
) -> None:
    wrong: list[Any] = []
    for start in STARTS:
        due = compute_due(TimeLimit(rule=rule, n=n), start, AS_OF_2026)
        if (due.safe, due.arguable, due.certain) != expected_day(count(start, n)):
            wrong.append((start, due))
    assert wrong == []


def test_seven_day_answers_match_the_oracle_for_every_start() -> None:
    wrong: list[Any] = []
    for start in STARTS:
        answer = deadline_answer("seven-day", start.isoformat(), None, AS_OF_2026)
        safe, arguable, certain = expected_day(official_days.count_days(start, 7))
        expected = (safe.isoformat(), arguable and arguable.isoformat(), certain)
        if (answer["safe"], answer["arguable"], answer["certain"]) != expected:
            wrong.append((start, answer))
    assert wrong == []


@pytest.mark.parametrize("n", LENGTHS)
def test_workdays_match_the_oracle_for_every_start(n: int) -> None:
    wrong: list[Any] = []
    for start in STARTS:
        due = compute_due(TimeLimit(rule=LimitRule.WORKDAYS, n=n), start, AS_OF_2026)
        try:
            expected = official_days.count_workdays(start, n)
        except UnknownYear:
            fits = not due.certain and due.latest is not None and date(2027, 1, 1) < due.safe_day <= due.latest
        else:
            fits = (due.safe, due.latest, due.certain) == (expected, None, True)
        if not fits or due.arguable is not None:
            wrong.append((start, due))
    assert wrong == []


@pytest.mark.parametrize("n", LENGTHS)
def test_hours_match_a_plain_clock_for_every_start(n: int) -> None:
    wrong: list[Any] = []
    for start in STARTS:
        answer = deadline_answer("hours", f"{start.isoformat()}T21:30", n, AS_OF_2026)
        days, hour = divmod(21 + n, 24)
        expected = f"{official_days.count_days(start, days).isoformat()}T{hour:02}:30"
        if (answer["safe"], answer["arguable"], answer["certain"]) != (expected, None, True):
            wrong.append((start, answer))
    assert wrong == []


def test_a_start_with_a_clock_counts_from_its_shanghai_day() -> None:
    for start in STARTS[:40]:
        late = datetime.fromisoformat(f"{start.isoformat()}T23:59:59+08:00")
        for rule in (LimitRule.CALENDAR_DAYS, LimitRule.WORKDAYS, LimitRule.MONTHS):
            limit = TimeLimit(rule=rule, n=3)
            assert compute_due(limit, late, AS_OF_2026).safe == compute_due(limit, start, AS_OF_2026).safe


def expected_day(last: date) -> tuple[date, date | None, bool]:
    """参照答案：安全日期、可主张日期、是否确定。"""
    try:
        return last, official_days.rolled(last), True
    except UnknownYear:
        return last, None, False
