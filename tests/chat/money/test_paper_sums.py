"""文书里的数和日子：说过的钱数写上，私下转账的不向快手要，最早一笔照账。"""

import pytest

from tests.chat.conversation_harness import Bench

SHOP = ("退货", "1", "1", "昨天", "1", "1")
SHOP_FAKE = ("退货", "1", "4", "1")
TIP = ("打赏", "1", "13", "1", "23800", "1", "11月15日")


async def test_a_price_told_for_the_claim_is_asked_back_in_the_letter(bench: Bench) -> None:
    await bench.private(*SHOP, "能要多少 货款399 寄回运费15", "文书")
    assert "请退还货款399 元，原路退回" in "\n".join(await bench.private("发给商家的话"))


async def test_several_items_are_listed_and_added_up_beside_the_price(bench: Bench) -> None:
    await bench.private(*SHOP_FAKE, "能要多少 货款899 鉴定费60", "文书")
    written = "\n".join(await bench.private("12315 投诉书"))
    assert "请求被投诉人退还货款899 元" in written
    assert "合计：3,656 元" in written


@pytest.mark.parametrize("paper", ["请平台客服升级处理", "未成年人退款申请说明"])
async def test_what_was_sent_to_the_streamer_himself_is_not_asked_of_the_platform(bench: Bench, paper: str) -> None:
    ledger = "6月5号 8500 苹果，7月12号 6200 微信，8月3号 9100 私下转给主播"
    await bench.private(*TIP, "记账", ledger, "不说", "文书")
    written = "\n".join(await bench.private(paper))
    assert "9,100" not in written
    assert "23800" not in written
    assert "14700 元" in written
    assert "2026年6月5日" in written
    assert "2026年11月15日" not in written
