"""问过要多少之后，一句话里说的那个数。"""

from decimal import Decimal

import pytest

from nonebot_plugin_refund.domain.understanding.sums.stated_sums import stated_sum


@pytest.mark.parametrize(
    ("said", "sum_"),
    [
        ("三千九百八", "3980"),
        ("一共就付了3980啊 前面说了", "3980"),
        ("289加236加桌子820 你帮我加加", "1345"),
        ("100块+20块运费", "120"),
        ("一千三百多 1345", "1345"),
        ("锅289医院236桌子820 加起来1345", "1345"),
        ("我最少要三千五", "3500"),
    ],
)
def test_the_sum_is_heard(said: str, sum_: str) -> None:
    assert stated_sum(said) == Decimal(sum_)


@pytest.mark.parametrize(
    "said", ["商家说给我退200", "他们只肯出三十", "到账了 300", "钱退回来 500 了", "不知道要多少", "11月3号买的"]
)
def test_what_the_other_side_pays_or_what_came_is_not_what_one_asks(said: str) -> None:
    assert stated_sum(said) is None
