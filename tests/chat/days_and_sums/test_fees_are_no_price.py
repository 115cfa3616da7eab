"""答题时说的价钱留着，检测、机票、运费这些不是价钱。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said

BASIN = ("快手买的足浴盆不加热 想退货", "还没点退款", "坏了不加热")


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("269块", "269"),
        ("298", "298"),
        ("1899 一分不能少", "1,899"),
        ("329 8号买的", "329"),
        ("49块9", "49.9"),
    ],
)
async def test_a_price_told_beside_the_question_is_kept(bench: Bench, told: str, kept: str) -> None:
    await bench.private(*BASIN, told)

    assert f"这单 {kept} 元" in await said(bench, "15号到的", "不清楚", "不清楚")


@pytest.mark.parametrize("told", ["我还有张机票去哪儿买的改签费收了我600", "检测报告也有 妈的花了老子80"])
async def test_a_fee_is_no_price(bench: Bench, told: str) -> None:
    await bench.private(*BASIN, told)

    assert "你说过这单" not in await said(bench, "15号到的", "不清楚", "不清楚")


async def test_which_sum_was_a_fee_can_be_told(bench: Bench) -> None:
    await bench.private(*BASIN, "600块", "15号到的", "不清楚", "不清楚")

    assert "钱数改成 269 元" in await said(bench, "足浴盆269块 600是机票的")
