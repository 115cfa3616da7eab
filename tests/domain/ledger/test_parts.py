"""账分成几份：一笔不多一笔不少；生日那天、2 月 29 日生的，另用日历一天天数出来对。"""

from calendar import isleap
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.ledger.entries import Entry, month_ends
from nonebot_plugin_refund.domain.ledger.parts import Age, age_of, age_on, birthday, parts_of, total_of
from nonebot_plugin_refund.domain.ledger.said import with_ages

days = st.dates(date(2000, 1, 1), date(2030, 12, 31))
births = st.one_of(days, st.sampled_from([date(year, 2, 29) for year in range(2000, 2030, 4)]))
entries = st.lists(
    st.builds(
        lambda cents, day, channel, payee: Entry(Decimal(cents) / 100, day, day, channel, payee),
        st.integers(1, 10_000_000),
        st.one_of(st.none(), days),
        st.sampled_from([None, "apple", "kuaishou"]),
        st.sampled_from(["", "小红"]),
    ),
    max_size=30,
)


def years_lived(born: date, day: date) -> tuple[int, bool]:
    """几周岁、是不是生日当天：从出生那天起一年一年往后数。"""
    years, is_birthday = 0, False
    for year in range(born.year + 1, day.year + 1):
        same = born.day if (born.month, born.day) != (2, 29) or isleap(year) else 28
        reached = date(year, born.month, same)
        if reached <= day:
            years, is_birthday = years + 1, reached == day
    return years, is_birthday


def expected(born: date, day: date) -> Age:
    years, is_birthday = years_lived(born, day)
    if is_birthday and years in (8, 18):
        return Age.ON_8 if years == 8 else Age.ON_18
    limits = [(8, Age.UNDER_8), (16, Age.FROM_8), (18, Age.FROM_16)]
    return next((age for below, age in limits if years < below), Age.ADULT)


@given(births, st.integers(0, 9000))
def test_the_age_agrees_with_counting_birthdays_one_by_one(born: date, after: int) -> None:
    day = born + timedelta(days=after)
    assert age_on(born, day) is expected(born, day)


@given(births, st.sampled_from([8, 16, 18]), st.integers(-2, 2))
def test_the_days_around_a_birthday_agree_too(born: date, years: int, beside: int) -> None:
    day = birthday(born, years) + timedelta(days=beside)
    assert age_on(born, day) is expected(born, day)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2016, 2, 29), date(2024, 2, 28), Age.UNDER_8),
        (date(2016, 2, 29), date(2024, 2, 29), Age.ON_8),
        (date(2016, 2, 29), date(2024, 3, 1), Age.FROM_8),
        (date(2008, 2, 29), date(2026, 2, 27), Age.FROM_16),
        (date(2008, 2, 29), date(2026, 2, 28), Age.ON_18),
        (date(2008, 2, 29), date(2026, 3, 1), Age.ADULT),
        (date(2010, 2, 28), date(2026, 2, 28), Age.FROM_16),
    ],
)
def test_the_leap_day(born: date, day: date, age: Age) -> None:
    assert age_on(born, day) is age


@given(births, entries)
def test_every_payment_is_in_exactly_one_part_and_the_parts_make_up_the_whole(born: date, paid: list[Entry]) -> None:
    aged = with_ages(paid, [age_of(born, entry).value for entry in paid])
    parts = parts_of(aged)
    assert sum((part.total for part in parts), Decimal(0)) == total_of(paid)
    assert Counter(entry for part in parts for entry in part.entries) == Counter(aged)
    assert len({(part.age, part.channel, part.payee) for part in parts}) == len(parts)
    for part in parts:
        assert all(entry.age == part.age.value for entry in part.entries)
        if part.earliest is not None and part.sue_by is not None:
            assert part.sue_by.year == part.earliest.year + 3


@given(births, st.integers(2000, 2040), st.integers(1, 12))
def test_a_month_counts_only_when_all_its_days_are_of_one_age(born: date, year: int, month: int) -> None:
    first, last = month_ends(year, month)
    found = {age_on(born, first + timedelta(days=number)) for number in range((last - first).days + 1)}
    age = age_of(born, Entry(Decimal(1), first, last))
    assert age is (found.pop() if len(found) == 1 else Age.ACROSS)


@given(entries)
def test_what_is_stored_comes_back(paid: list[Entry]) -> None:
    assert [Entry.from_plain(entry.to_plain()) for entry in paid] == paid
