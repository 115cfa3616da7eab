"""到期日的规矩：例子、解释、坏输入。"""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.days.deadlines import compute_due, deadline_answer
from nonebot_plugin_refund.rulebook.scenario_models.models import LimitRule, TimeLimit, TimerKind
from tests.domain.days.known_calendars import AS_OF_2026, calendar_hiding

HOURS_48 = TimeLimit(rule=LimitRule.HOURS, n=48)


def answer(rule: Any, start: Any, n: Any = None) -> dict[str, Any]:
    return deadline_answer(rule, start, n, AS_OF_2026)


@pytest.mark.parametrize(
    ("rule", "start", "n", "safe", "arguable", "certain"),
    [
        ("seven-day", "2026-09-24", None, "2026-10-01", "2026-10-08", True),
        ("seven-day", "2026-11-21", None, "2026-11-28", "2026-11-30", True),
        ("seven-day", "2026-11-23", None, "2026-11-30", None, True),
        ("seven-day", "2026-09-13", None, "2026-09-20", None, True),  # 调休上班的周日，不顺延
        ("seven-day", "2026-12-25", None, "2027-01-01", None, False),
        ("calendar-days", "2026-12-02", 60, "2027-01-31", None, False),
        ("workdays", "2026-11-23", 7, "2026-12-02", None, True),
        ("workdays", "2026-12-24", 5, "2026-12-31", None, True),
        ("hours", "2026-11-23T10:00", 48, "2026-11-25T10:00", None, True),
        ("months", "2026-08-31", 1, "2026-09-30", None, True),
        ("months", "2024-01-31", 1, "2024-02-29", None, True),
    ],
)
def test_known_examples(rule: str, start: str, n: int | None, safe: str, arguable: str | None, certain: bool) -> None:
    found = answer(rule, start, n)

    assert (found["safe"], found["arguable"], found["certain"]) == (safe, arguable, certain)
    assert "latest" not in found


def test_seven_day_ignores_n() -> None:
    assert answer("seven-day", "2026-11-23", 90) == answer("seven-day", "2026-11-23")


def test_workdays_into_an_unpublished_year_give_a_range_and_say_so() -> None:
    found = answer("workdays", "2026-12-28", 7)

    assert found["certain"] is False
    assert found["arguable"] is None
    assert date(2027, 1, 1) < date.fromisoformat(found["safe"]) < date.fromisoformat(found["latest"])
    assert any("2027 年的放假安排还没有公布" in line for line in found["explain"])


def test_a_roll_that_runs_into_an_unpublished_year_is_uncertain() -> None:
    before_notice_of_2022 = calendar_hiding(lambda year: year >= 2022)

    due = compute_due(TimeLimit(rule=LimitRule.SEVEN_DAY, n=7), date(2021, 12, 18), before_notice_of_2022)
    assert (due.safe, due.arguable, due.certain) == (date(2021, 12, 25), date(2021, 12, 27), True)

    before_notice_of_2023 = calendar_hiding(lambda year: year >= 2023)
    due = compute_due(TimeLimit(rule=LimitRule.SEVEN_DAY, n=7), date(2022, 12, 18), before_notice_of_2023)
    assert (due.safe, due.arguable, due.certain) == (date(2022, 12, 25), None, False)
    due = compute_due(TimeLimit(rule=LimitRule.SEVEN_DAY, n=7), date(2022, 12, 24), before_notice_of_2023)
    assert (due.safe, due.arguable, due.certain) == (date(2022, 12, 31), None, False)
    assert any("2023 年的放假安排还没有公布" in line for line in due.explain)


@pytest.mark.parametrize(
    ("start", "safe"),
    [
        ("2026-11-23T10:00", "2026-11-25T10:00"),
        ("2026-11-23 10:00", "2026-11-25T10:00"),
        ("2026-11-23T10:00:05", "2026-11-25T10:00:05"),
        ("2026-11-23T10:00:05.25", "2026-11-25T10:00:05.250000"),
        ("2026-11-23T10:00+08:00", "2026-11-25T10:00+08:00"),
        ("2026-11-23T10:00:00Z", "2026-11-25T18:00:00+08:00"),
        ("2026-11-23", "2026-11-25T00:00"),
    ],
)
def test_hours_are_written_the_way_they_were_asked(start: str, safe: str) -> None:
    assert answer("hours", start, 48)["safe"] == safe


def test_hours_from_a_bare_date_start_early_for_a_deadline_and_late_for_an_expectation() -> None:
    mine = compute_due(HOURS_48, date(2026, 11, 23), AS_OF_2026, TimerKind.DEADLINE)
    theirs = compute_due(HOURS_48, date(2026, 11, 23), AS_OF_2026, TimerKind.EXPECTATION)

    assert mine.safe == datetime(2026, 11, 25, tzinfo=SHANGHAI)
    assert theirs.safe == datetime(2026, 11, 26, tzinfo=SHANGHAI)
    assert "当天 0 时" in mine.explain[0]
    assert "当天 24 时" in theirs.explain[0]


def test_an_aware_start_is_the_same_instant_in_shanghai() -> None:
    due = compute_due(HOURS_48, datetime(2026, 11, 23, 2, tzinfo=UTC), AS_OF_2026)

    assert due.safe == datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)
    assert due.safe_day == date(2026, 11, 25)


def test_an_uncertain_range_advises_the_end_that_is_safe_for_the_perspective() -> None:
    limit = TimeLimit(rule=LimitRule.WORKDAYS, n=7)
    mine = compute_due(limit, date(2026, 12, 28), AS_OF_2026, TimerKind.DEADLINE)
    theirs = compute_due(limit, date(2026, 12, 28), AS_OF_2026, TimerKind.EXPECTATION)

    assert (mine.safe, mine.latest) == (theirs.safe, theirs.latest)
    assert f"请在 {mine.safe}" in mine.explain[-1]
    assert f"请等到 {theirs.latest}" in theirs.explain[-1]


def test_explanation_names_start_what_is_skipped_what_is_counted_rule_and_result() -> None:
    lines = "\n".join(answer("workdays", "2026-09-15", 15)["explain"])

    for expected in ("2026-09-15", "周末 2 天", "中秋节 09-25 至 09-27", "国庆节 10-01 至 10-07", "09-20、10-10"):
        assert expected in lines
    assert "民法典第二百零一条" in lines
    assert "2026-10-12" in lines


def test_a_count_wholly_in_an_unpublished_year_claims_nothing_about_what_is_skipped() -> None:
    assert not any(line.startswith("跳过") for line in answer("workdays", "2027-01-30", 7)["explain"])


def test_explanation_of_a_roll_names_the_holiday_and_the_article() -> None:
    lines = "\n".join(answer("seven-day", "2026-09-24")["explain"])

    assert "国庆节假期（10-01 至 10-07）" in lines
    assert "第二百零三条" in lines
    assert "第二百零三条" not in "\n".join(answer("seven-day", "2026-11-23")["explain"])


@pytest.mark.parametrize("rule", list(LimitRule))
@pytest.mark.parametrize("start", ["2026-01-01", "2026-02-10", "2026-09-24", "2026-11-21", "2026-12-24", "2027-01-30"])
@pytest.mark.parametrize("n", [1, 7, 60, 120])
def test_explanations_are_three_to_six_short_lines(rule: str, start: str, n: int) -> None:
    lines = answer(rule, start, n)["explain"]

    assert 3 <= len(lines) <= 6
    assert all(0 < len(line) <= 120 for line in lines)


@pytest.mark.parametrize(
    ("rule", "start", "n", "expected"),
    [
        ("week", "2026-11-23", 7, "rule 应是"),
        (None, "2026-11-23", 7, "rule 应是"),
        (["workdays"], "2026-11-23", 7, "rule 应是"),
        ("workdays", "2026-11-23", None, "n 应是"),
        ("workdays", "2026-11-23", 0, "n 应是"),
        ("calendar-days", "2026-11-23", -3, "n 应是"),
        ("hours", "2026-11-23", 10**9, "n 应是"),
        ("hours", "2026-11-23", 1.5, "n 应是"),
        ("hours", "2026-11-23", "48", "n 应是"),
        ("hours", "2026-11-23", True, "n 应是"),
        ("seven-day", "2026-02-30", None, "start 应是"),
        ("seven-day", "2026-13-01T10:00", None, "start 应是"),
        ("seven-day", "昨天", None, "start 应是"),
        ("seven-day", "", None, "start 应是"),
        ("seven-day", 20261123, None, "start 应是"),
        ("seven-day", None, None, "start 应是"),
        ("seven-day", "20261123", None, "start 应是"),
        ("seven-day", "２０２６-11-23", None, "start 应是"),
        ("seven-day", "2026-11-23\n", None, "start 应是"),
        ("hours", "2026-11-23T25:00", 1, "start 应是"),
        ("hours", "0001-01-01T00:00+14:00", 1, "起算日期应在"),
        ("calendar-days", "9999-12-31", 1, "起算日期应在"),
        ("seven-day", "x" * 5000, None, "start 应是"),
    ],
)
def test_bad_input_is_answered_with_what_was_expected(rule: Any, start: Any, n: Any, expected: str) -> None:
    with pytest.raises(ValueError, match=expected) as caught:
        answer(rule, start, n)

    assert len(str(caught.value)) < 150


@pytest.mark.parametrize("rule", list(LimitRule))
@pytest.mark.parametrize("start", ["1900-01-01", "2089-12-31T23:59:59-12:00"])
def test_the_ends_of_the_accepted_range_can_be_computed(rule: str, start: str) -> None:
    longest = {"hours": 87600, "workdays": 1000, "months": 120}.get(rule, 3650)

    assert answer(rule, start, longest)["safe"] > start[:4]


def test_a_limit_over_the_longest_is_refused_in_the_rulebook_too() -> None:
    with pytest.raises(ValueError, match="期限长度"):
        compute_due(TimeLimit(rule=LimitRule.WORKDAYS, n=1001), date(2026, 11, 23), AS_OF_2026)


def test_computing_with_the_real_library_needs_no_calendar() -> None:
    assert deadline_answer("workdays", "2026-11-23", 7)["safe"] == "2026-12-02"
