"""一句里说了几样货：一样一件，别的几样先记着，说的是哪样就记到哪样。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said

THREE = "买了三样 鞋开胶 锅掉漆 还有个台灯没发货"


async def test_they_are_taken_one_by_one(bench: Bench) -> None:
    answered = await said(bench, THREE)

    assert "你说了 3 样" in answered
    assert "先看鞋，锅、台灯我记着" in answered


@pytest.mark.parametrize("line", ["锅的没申请呢 10号到的", "台灯89块 12号下单的", "锅有照片"])
async def test_what_is_told_of_another_thing_stays_out_of_the_open_one(bench: Bench, line: str) -> None:
    await bench.private(THREE)

    answered = await said(bench, line)

    assert "先记着，等这件问完再看" in answered
    assert "这单退货现在走到哪一步了" in answered


async def test_what_is_told_of_both_goes_where_it_belongs(bench: Bench) -> None:
    await bench.private(THREE)

    answered = await said(bench, "鞋的他拒了 锅还没申请 台灯没催")

    assert "商家拒绝了" in answered
    assert "还没申请" not in answered
    assert "锅、台灯的先记着" in answered


async def test_the_next_one_is_offered_after_the_verdict(bench: Bench) -> None:
    answered = await said(bench, THREE, "还没申请", "质量问题", "昨天收到的", "有照片能看清")
    assert "你先前还说到「锅」" in answered

    await bench.private("好", "还没申请", "质量问题", "昨天收到的")

    assert "你先前还说到「台灯」" in await said(bench, "有照片能看清")


@pytest.mark.parametrize(
    "line",
    ["买的鞋发来的是棉袄 棉袄还是破的", "买的平底锅掉漆 菜刀也生锈 一套的", "鞋开胶了 鞋底还断了", "被子掉毛 怎么退"],
)
async def test_one_order_is_one_matter(bench: Bench, line: str) -> None:
    assert "一件一件来" not in await said(bench, line)
