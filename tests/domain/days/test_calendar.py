"""工作日历：哪天上班，哪年说得准。"""

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest

from nonebot_plugin_refund.domain.days.calendar import (
    WorkCalendar,
    YearArrangement,
    days_after,
    library_arrangement,
    new_year_leaves_december_alone,
    shanghai_day,
    statutory_holidays,
)
from tests.domain.days.known_calendars import AS_OF_2026, calendar_hiding


def test_every_published_day_agrees_with_the_librarys_own_answer() -> None:
    library = holidays.country_holidays("CN", years=range(2001, 2027))
    days = days_after(date(2000, 12, 31), date(2026, 12, 31))

    assert [day for day in days if AS_OF_2026.is_rest_day(day) == library.is_working_day(day)] == []


def test_years_with_an_official_notice_are_published_and_others_are_not() -> None:
    calendar = WorkCalendar()

    assert all(calendar.is_published(year) for year in range(2001, 2027))
    assert not any(calendar.is_published(year) for year in (1949, 1999, 2000, 2090, 2150))


def test_a_year_is_published_only_if_the_data_holds_its_swaps_not_merely_its_estimates() -> None:
    estimated = holidays.country_holidays("CN", years=2090)

    assert len(estimated) >= 13
    assert library_arrangement(2090) is None


def test_a_december_day_made_up_for_new_year_belongs_to_the_notice_of_the_new_year() -> None:
    notice = library_arrangement(2002)

    assert notice is not None
    assert date(2001, 12, 29) in notice.made_up


def test_unpublished_days_are_unknown_even_on_weekends_and_statutory_holidays() -> None:
    assert AS_OF_2026.is_rest_day(date(2027, 1, 1)) is None
    assert AS_OF_2026.is_rest_day(date(2027, 3, 6)) is None
    assert AS_OF_2026.next_working_day(date(2026, 12, 31)) is None


def test_a_library_update_extends_the_calendar_without_a_change_here() -> None:
    updated = WorkCalendar(
        lambda year: (
            YearArrangement(holidays={date(2027, 1, 1): "元旦"}, made_up=frozenset({date(2027, 1, 3)}))
            if year == 2027
            else library_arrangement(year)
        )
    )

    assert updated.is_published(2027)
    assert updated.next_working_day(date(2026, 12, 31)) == date(2027, 1, 3)


def test_two_festivals_on_one_day_keep_both_names() -> None:
    assert statutory_holidays(2028)[date(2028, 10, 3)] == ("中秋节", "国庆节")
    assert sum(len(names) for names in statutory_holidays(2028).values()) == 13


def test_one_off_commemorations_are_not_statutory() -> None:
    assert date(2015, 9, 3) not in statutory_holidays(2015)
    assert WorkCalendar().is_rest_day(date(2015, 9, 3)) is True


def test_end_of_december_is_open_when_next_new_year_may_borrow_a_weekend() -> None:
    before_notice_of_2019 = calendar_hiding(lambda year: year >= 2019)

    assert before_notice_of_2019.is_rest_day(date(2018, 12, 29)) is None
    assert before_notice_of_2019.is_rest_day(date(2018, 12, 25)) is False
    assert before_notice_of_2019.unsettled_year(date(2018, 12, 29)) == 2019


def test_end_of_december_2026_is_settled_because_new_year_2027_is_a_friday() -> None:
    assert AS_OF_2026.is_rest_day(date(2026, 12, 31)) is False
    assert AS_OF_2026.is_rest_day(date(2026, 12, 27)) is True


@pytest.mark.parametrize("year", range(2002, 2027))
def test_no_notice_ever_moved_a_december_day_called_settled(year: int) -> None:
    known = WorkCalendar()
    unaware = calendar_hiding(lambda asked: asked >= year)
    december = days_after(date(year - 1, 11, 30), date(year - 1, 12, 31))

    wrong = [day for day in december if unaware.is_rest_day(day) not in (None, known.is_rest_day(day))]

    assert wrong == []
    assert unaware.is_settled(date(year - 1, 12, 31)) == new_year_leaves_december_alone(year)


def test_nth_working_day_counts_made_up_weekends() -> None:
    assert AS_OF_2026.nth_working_day(date(2026, 9, 18), 1) == date(2026, 9, 20)
    assert AS_OF_2026.nth_working_day(date(2026, 11, 23), 7) == date(2026, 12, 2)


def test_nth_working_day_refuses_to_count_from_zero() -> None:
    with pytest.raises(ValueError, match="从 1 数起"):
        AS_OF_2026.nth_working_day(date(2026, 11, 23), 0)


def test_holiday_run_is_named_and_a_plain_weekend_is_none() -> None:
    assert AS_OF_2026.holiday_run(date(2026, 2, 21)) == (date(2026, 2, 15), date(2026, 2, 23))
    assert AS_OF_2026.run_name(date(2026, 2, 15), date(2026, 2, 23)) == "春节"
    assert AS_OF_2026.run_name(date(2025, 10, 1), date(2025, 10, 8)) == "国庆节、中秋节"
    assert AS_OF_2026.holiday_run(date(2026, 11, 28)) is None
    assert AS_OF_2026.holiday_run(date(2027, 1, 1)) is None


def test_a_moment_belongs_to_its_shanghai_day() -> None:
    assert shanghai_day(datetime(2026, 11, 23, 16, 0, tzinfo=UTC)) == date(2026, 11, 24)
    assert shanghai_day(datetime(2026, 11, 23, 23, 59)) == date(2026, 11, 23)  # noqa: DTZ001 没写时区的当作上海时间
    assert shanghai_day(date(2026, 11, 23)) == date(2026, 11, 23)


def test_days_after_excludes_the_start_and_includes_the_end() -> None:
    start = date(2026, 2, 27)

    assert list(days_after(start, start + timedelta(days=2))) == [date(2026, 2, 28), date(2026, 3, 1)]
    assert list(days_after(start, start)) == []
