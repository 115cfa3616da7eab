"""“赢了”没说是谁判的：平台介入中先问是平台定的哪一种；说了官司、寄回、到账的照说的听。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said

AT_THE_PLATFORM = ("买的鞋是假的 申请了退货 商家不理我 昨天收到的 鉴定说是假的", "商家拒绝了", "申请平台介入了")


@pytest.mark.parametrize("told", ["赢了", "我赢啦", "平台判我赢了"])
async def test_won_while_the_platform_decides_offers_what_it_may_have_decided(bench: Bench, told: str) -> None:
    await bench.private(*AT_THE_PLATFORM)

    answer = await said(bench, told)

    assert "平台支持，直接退款" in answer
    assert "平台支持，让我寄回" in answer
    assert "等对方付钱" not in answer


async def test_won_and_to_be_sent_back_is_recorded(bench: Bench) -> None:
    await bench.private(*AT_THE_PLATFORM)

    assert "记下：平台支持，让我寄回" in await said(bench, "判俺赢了 让寄回去")
