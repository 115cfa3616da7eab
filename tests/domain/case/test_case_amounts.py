"""要的、肯给的、差的：怎么算都对得上。"""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.case.case_amounts import compared, read_amount, stored
from nonebot_plugin_refund.domain.understanding.sums.offered_sums import OfferedSum

money = st.integers(1, 10_000_000).map(lambda cents: Decimal(cents) / 100)


@given(money, money, money)
def test_what_is_offered_and_what_is_short_make_up_the_claim(one: Decimal, other: Decimal, claimed: Decimal) -> None:
    low, high = sorted((one, other))
    found = compared(OfferedSum(low, high), claimed)
    assert (found.low, found.high) == (low, high)
    for given_, short in ((found.low, found.short_high), (found.high, found.short_low)):
        assert given_ + short == max(claimed, given_)
    assert found.is_enough == (low >= claimed)


@given(st.integers(1, 100), money)
def test_a_share_is_within_half_a_cent_of_the_exact_part(percent: int, claimed: Decimal) -> None:
    share = Decimal(percent) / 100
    found = compared(OfferedSum(share, share, is_share=True), claimed)
    exact = Fraction(percent, 100) * Fraction(claimed)
    assert abs(Fraction(found.low) - exact) <= Fraction(1, 200)


@given(money)
def test_a_stored_amount_comes_back_to_the_cent(value: Decimal) -> None:
    assert read_amount({"claimed": stored(value)}, "claimed") == value


def test_nothing_is_compared_with_a_claim_of_nothing() -> None:
    with pytest.raises(ValueError, match="大于零"):
        compared(OfferedSum(Decimal(1), Decimal(1)), Decimal(0))
