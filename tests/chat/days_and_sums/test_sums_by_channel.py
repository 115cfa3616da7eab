"""问答里按怎么付的报了几个数：加起来才是一共的，不当成退了钱，也不拿其中一个当总数。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said


@pytest.mark.parametrize(
    "told", ["支付宝1200 微信800 信用卡300", "微信付了800，支付宝付了1200，苹果的300", "花呗1200 零钱一千一"]
)
@pytest.mark.parametrize("before", [(), ("1",), ("1", "完全不知道")])
async def test_they_are_added_up_whatever_is_asked(bench: Bench, told: str, before: tuple[str, ...]) -> None:
    await bench.private("孩子11岁打赏主播", *before)
    heard = await said(bench, told)
    assert "2300 元" in heard
    assert "退了" not in heard


@pytest.mark.parametrize("told", ["四笔 1200 800 300", "爷爷的卡1200 奶奶的卡800", "支付宝退了1200 微信800 信用卡300"])
async def test_one_of_several_is_not_taken_for_the_whole(bench: Bench, told: str) -> None:
    heard = await said(bench, f"孩子11岁打赏主播 {told}")
    assert "打赏总额" not in heard


@pytest.mark.parametrize(
    ("told", "whole"),
    [
        ("刷了4300 手机是我的", "4300"),
        ("一共3600 微信1600 支付宝2000", "3600"),
        ("三笔 1200 800 300", "2300"),
        ("扣了我648 又扣了328", "976"),
        ("支付宝1200微信860信用卡3000", "5060"),
    ],
)
async def test_a_whole_said_as_such_stays(bench: Bench, told: str, whole: str) -> None:
    assert f"{whole} 元" in await said(bench, f"孩子11岁打赏主播 {told}")


async def test_what_was_sent_to_the_streamer_apart_is_not_added(bench: Bench) -> None:
    heard = await said(bench, "女儿11岁 在直播间刷了6000的礼物 又私下微信转给主播14000")
    assert "20000 元" not in heard
