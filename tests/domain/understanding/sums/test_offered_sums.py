"""对方肯给的数：几成、一个数、一个范围。"""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.understanding.sums.offered_sums import SUM_WRITTEN, OfferedSum, read_offered

DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("七八千", 7000, 8000),
        ("三四百", 300, 400),
        ("300到500", 300, 500),
        ("3到5万", 30000, 50000),
        ("两三千", 2000, 3000),
    ],
)
def test_a_range_keeps_both_ends(written: str, low: int, high: int) -> None:
    assert read_offered(written) == OfferedSum(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("70%", "0.7"), ("一半", "0.5"), ("对半", "0.5"), ("七成", "0.7"), ("七成半", "0.75"), ("7成", "0.7"),
        ("百分之七十", "0.7"), ("四分之三", "0.75"), ("12.5%", "0.125"),
    ],
)  # fmt: skip
def test_a_share_is_a_part_of_what_is_claimed(written: str, share: str) -> None:
    assert read_offered(written) == OfferedSum(Decimal(share), Decimal(share), is_share=True)


@pytest.mark.parametrize("written", ["120%", "0%", "八七千", "500到300", "零元"])
def test_what_makes_no_sense_is_not_read(written: str) -> None:
    assert read_offered(written) is None


@given(st.integers(1, 100))
def test_every_percentage_is_read_as_written(percent: int) -> None:
    offered = read_offered(f"{percent}%")
    assert offered is not None
    assert offered.low * 100 == percent


@given(st.integers(1, 8), st.sampled_from([("十", 10), ("百", 100), ("千", 1000), ("万", 10000)]))
def test_two_neighbouring_digits_are_a_range(low: int, size: tuple[str, int]) -> None:
    written = f"{DIGITS[low]}{DIGITS[low + 1]}{size[0]}"
    assert read_offered(written) == OfferedSum(Decimal(low * size[1]), Decimal((low + 1) * size[1]))


@pytest.mark.parametrize(
    ("said", "written", "value"),
    [
        ("他只退五十七块九", "五十七块九", "57.9"),
        ("赔我69块9", "69块9", "69.9"),
        ("给20块5毛", "20块5毛", "20.5"),
        ("退200块3天内到", "200块", "200"),
        ("退二十块两次", "二十块", "20"),
    ],
)
def test_what_follows_the_yuan_is_jiao_unless_it_counts_something_else(said: str, written: str, value: str) -> None:
    found = re.search(SUM_WRITTEN, said)
    assert found is not None
    assert found[0] == written
    assert read_offered(written) == OfferedSum(Decimal(value), Decimal(value))
