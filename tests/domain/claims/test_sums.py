"""各项怎么算：例子、性质，和另写一遍的算法（按分、按分数算，不共用代码）。"""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.claims import sums

cents = st.integers(1, 10_000_000)
money = cents.map(lambda number: Decimal(number) / 100)
few = st.integers(1, 200).map(Decimal)


def exact(value: Decimal) -> Fraction:
    return Fraction(value)


def to_cents(value: Fraction) -> Decimal:
    """到分，四舍五入：用整数算。"""
    doubled = value * 200
    return Decimal((int(doubled) + 1) // 2) / 100


@pytest.mark.parametrize(
    ("price", "extra"), [("100", "500"), ("166.66", "500"), ("166.67", "500.01"), ("1000", "3000")]
)
def test_three_times_and_never_less_than_five_hundred(price: str, extra: str) -> None:
    assert sums.treble(Decimal(price)) == Decimal(extra)


@pytest.mark.parametrize(
    ("price", "loss", "extra"),
    [("20", "0", "1000"), ("200", "0", "2000"), ("20", "900", "2700"), ("300", "900", "3000")],
)
def test_ten_times_or_three_times_the_loss_and_never_less_than_a_thousand(price: str, loss: str, extra: str) -> None:
    assert sums.tenfold(Decimal(price), Decimal(loss)) == Decimal(extra)


def test_a_promise_of_four_is_read_both_ways() -> None:
    assert sums.promised(Decimal(199), Decimal(4), refund_included=False) == Decimal(796)
    assert sums.promised(Decimal(199), Decimal(4), refund_included=True) == Decimal(597)


@pytest.mark.parametrize(
    ("deposit", "whole", "back"),
    [("200", None, "400"), ("200", "1000", "400"), ("300", "1000", "500"), ("0.05", "0.1", "0.07")],
)
def test_a_deposit_comes_back_twice_and_what_is_beyond_a_fifth_once(deposit: str, whole: str | None, back: str) -> None:
    assert sums.deposit_doubled(Decimal(deposit), None if whole is None else Decimal(whole)) == Decimal(back)


@given(money, money)
def test_a_doubled_deposit_agrees_with_counting_in_fractions(deposit: Decimal, whole: Decimal) -> None:
    fifth = exact(whole) / 5
    counted = exact(deposit) * 2 if exact(deposit) <= fifth else exact(deposit) + fifth
    assert sums.deposit_doubled(deposit, whole) == to_cents(counted)


def test_prepaid_courses_by_both_formulas() -> None:
    assert sums.prepaid_by_share(Decimal(3000), Decimal(30), Decimal(6)) == Decimal(2400)
    assert sums.prepaid_with_bonus(Decimal(8000), Decimal(2000), Decimal(3000)) == Decimal(5600)
    assert sums.prepaid_by_list(Decimal(3000), Decimal(6), Decimal(200)) == Decimal(1800)
    assert sums.prepaid_by_list(Decimal(3000), Decimal(20), Decimal(200)) == 0
    assert sums.prepaid_by_days(Decimal(365), Decimal(365), Decimal(100)) == Decimal(100)


@given(cents, st.integers(0, 10_000_000))
def test_the_statutory_extras_agree_with_counting_in_cents(price: int, loss: int) -> None:
    assert sums.treble(Decimal(price) / 100) * 100 == (price * 3 if price * 3 > 50_000 else 50_000)
    largest = 100_000
    for candidate in (price * 10, loss * 3):
        if candidate > largest:
            largest = candidate
    assert sums.tenfold(Decimal(price) / 100, Decimal(loss) / 100) * 100 == largest


@given(money, few, few)
def test_the_share_of_lessons_agrees_with_adding_up_those_left(paid: Decimal, lessons: Decimal, used: Decimal) -> None:
    left = sum((exact(paid) / int(lessons) for _ in range(int(lessons) - min(int(used), int(lessons)))), Fraction(0))
    assert sums.prepaid_by_share(paid, lessons, used) == to_cents(left)


@given(money, money, money)
def test_the_bonus_formula_agrees_with_what_each_used_yuan_cost(paid: Decimal, bonus: Decimal, used: Decimal) -> None:
    cost_of_one = exact(paid) / (exact(paid) + exact(bonus))
    left = exact(paid) - exact(used) * cost_of_one
    assert sums.prepaid_with_bonus(paid, bonus, used) == (to_cents(left) if left > 0 else 0)


@given(money, few, few, money)
def test_a_refund_of_prepaid_money_is_never_less_than_nothing_nor_more_than_was_paid(
    paid: Decimal, lessons: Decimal, used: Decimal, each: Decimal
) -> None:
    for refund in (
        sums.prepaid_by_share(paid, lessons, used),
        sums.prepaid_by_list(paid, used, each),
        sums.prepaid_with_bonus(paid, each, used),
        sums.prepaid_by_days(paid, lessons, used),
    ):
        assert 0 <= refund <= paid


@given(money, few, few)
def test_whoever_used_more_gets_no_more_back(paid: Decimal, lessons: Decimal, used: Decimal) -> None:
    assert sums.prepaid_by_share(paid, lessons, used + 1) <= sums.prepaid_by_share(paid, lessons, used)
