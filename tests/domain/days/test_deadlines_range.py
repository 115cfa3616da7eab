"""放假安排没公布时的工作日范围：罩得住真相，又不宽得没用；以及日期计算的一般性质。"""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.days import workday_range as module
from nonebot_plugin_refund.domain.days.calendar import WorkCalendar, days_after
from nonebot_plugin_refund.domain.days.deadlines import compute_due
from nonebot_plugin_refund.domain.days.workday_range import workday_range
from nonebot_plugin_refund.rulebook.scenario_models.models import LimitRule, TimeLimit
from tests.domain.days.known_calendars import AS_OF_2026, calendar_hiding

KNOWN = WorkCalendar()
LENGTHS = (1, 3, 7, 15)


def misses(year: int) -> list[tuple[date, int]]:
    """假装 ``year`` 没公布，真实答案落在范围外的起算日和天数；起算日从上一年 12 月到这一年 11 月。"""
    unaware = calendar_hiding(lambda asked: asked == year)
    found: list[tuple[date, int]] = []
    for start in days_after(date(year - 1, 11, 30), date(year, 11, 30)):
        for n in LENGTHS:
            earliest, latest = workday_range(start, n, unaware)
            truth = KNOWN.nth_working_day(start, n)
            assert truth is not None
            if not earliest <= truth <= latest:
                found.append((start, n))
    return found


@pytest.mark.parametrize("year", range(2015, 2027))
def test_the_range_holds_the_truth_for_every_start_of_every_published_year(year: int) -> None:
    assert misses(year) == []


def test_only_the_two_years_with_one_off_decrees_need_the_slack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_EXTRA_WORKDAYS", 0)
    monkeypatch.setattr(module, "_EXTRA_REST_DAYS", 0)

    around_the_parade = [start for start, _ in misses(2015)]
    around_the_extension = [start for start, _ in misses(2020)]

    assert around_the_parade
    assert max(around_the_parade) < date(2015, 9, 7)
    assert around_the_extension
    assert max(around_the_extension) < date(2020, 2, 3)
    assert misses(2019) == []


def test_the_range_is_a_week_or_so_and_never_more_than_three() -> None:
    unaware = calendar_hiding(lambda year: year == 2026)
    widths: Counter[int] = Counter()
    for start in days_after(date(2026, 1, 1), date(2026, 11, 1)):
        earliest, latest = workday_range(start, 7, unaware)
        widths[(latest - earliest).days] += 1

    assert max(widths) <= 21
    assert sum(count for width, count in widths.items() if width <= 7) > widths.total() / 2


def test_a_festival_passed_whole_adds_no_doubt_of_its_own() -> None:
    across_spring_festival = workday_range(date(2026, 12, 20), 60, AS_OF_2026)

    assert across_spring_festival == (date(2027, 3, 18), date(2027, 3, 23))


def test_the_range_is_a_single_day_where_everything_is_published() -> None:
    assert workday_range(date(2026, 11, 23), 7, AS_OF_2026) == (date(2026, 12, 2), date(2026, 12, 2))


days = st.dates(date(2020, 1, 1), date(2028, 12, 31))
lengths = st.integers(1, 80)
day_rules = st.sampled_from([LimitRule.SEVEN_DAY, LimitRule.CALENDAR_DAYS, LimitRule.WORKDAYS, LimitRule.MONTHS])


@given(rule=day_rules, start=days, n=lengths)
def test_a_longer_limit_never_ends_earlier(rule: LimitRule, start: date, n: int) -> None:
    shorter = compute_due(TimeLimit(rule=rule, n=n), start, AS_OF_2026)
    longer = compute_due(TimeLimit(rule=rule, n=n + 1), start, AS_OF_2026)

    assert shorter.safe_day <= longer.safe_day
    assert (shorter.latest or shorter.safe_day) <= (longer.latest or longer.safe_day)


@given(rule=day_rules, start=days, n=lengths)
def test_a_later_start_never_ends_earlier(rule: LimitRule, start: date, n: int) -> None:
    limit = TimeLimit(rule=rule, n=n)
    before = compute_due(limit, start, AS_OF_2026)
    after = compute_due(limit, start + timedelta(days=1), AS_OF_2026)

    assert before.safe_day <= after.safe_day
    assert (before.latest or before.safe_day) <= (after.latest or after.safe_day)


@given(rule=day_rules, start=days, n=lengths)
def test_results_are_ordered_and_honest(rule: LimitRule, start: date, n: int) -> None:
    due = compute_due(TimeLimit(rule=rule, n=n), start, AS_OF_2026)

    assert start < due.safe_day
    if due.arguable is not None:
        assert due.safe_day < due.arguable
        assert AS_OF_2026.is_rest_day(due.safe_day) is True
        assert AS_OF_2026.is_rest_day(due.arguable) is False
    if due.latest is not None:
        assert due.safe_day <= due.latest
        assert not due.certain
    if due.certain and rule is LimitRule.WORKDAYS:
        assert AS_OF_2026.is_rest_day(due.safe_day) is False
    if due.safe_day.year > 2026:
        assert not due.certain
