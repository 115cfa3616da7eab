"""说的是哪一件：别处的、另外记的、说不是这种的、先前问过换不换的，都不记进手头这件。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN, RETURN_APPLIED, said, steps

RETURN_ASKED = ("退货", "还没申请")
"""退货问到为什么退。"""
REASON = "主要是因为什么想退"


async def asked_about(bench: Bench) -> str:
    """正问着的那场是哪种事。"""
    (row,) = await bench.rows("SELECT scenario_id FROM refund_interviews WHERE status = 'active'")
    return row["scenario_id"]


@pytest.mark.parametrize(
    "line",
    [
        "等等 我妈在拼多多买的保健品 1980 那个能退不",
        "对了我淘宝上买的鞋也坏了 昨天到的 399",
        "我还在京东下单了个风扇 不转",
        "闲鱼买的手机屏坏了 卖家不理 前天收到的",
    ],
)
async def test_an_order_of_another_platform_is_answered_and_kept_out(bench: Bench, line: str) -> None:
    await bench.private(*RETURN_ASKED)

    answered = await said(bench, line)

    assert REASON in answered
    assert "先记着" not in answered
    assert "好，退货原因" not in answered


@pytest.mark.parametrize("line", ["京东买的空调钱到账了 2600", "我妹在淘宝买的裙子也被拒了"])
async def test_news_of_another_platform_is_no_news_of_the_case(bench: Bench, line: str) -> None:
    await bench.private(*RETURN_APPLIED)

    answered = await said(bench, line)

    assert "我这儿只熟快手" in answered
    assert await steps(bench) == ["applied"]


async def test_being_sent_to_another_platform_is_no_order_there(bench: Bench) -> None:
    await bench.private(*RETURN_ASKED)

    assert "我这儿只熟快手" not in await said(bench, "客服让我去淘宝下单补差价 我没听")


@pytest.mark.parametrize(
    "line", ["账号封了 申诉被驳回了", "快手把我号封了 说我恶意退款", "号被禁言了 申诉没通过 怎么弄"]
)
async def test_a_banned_account_is_its_own_matter(bench: Bench, line: str) -> None:
    await bench.private(*RETURN_APPLIED)

    assert "解封申诉" in await said(bench, line)
    assert await steps(bench) == ["applied"]


async def test_a_shop_that_was_banned_is_not_the_persons_account(bench: Bench) -> None:
    await bench.private(*RETURN_APPLIED)

    assert "解封申诉" not in await said(bench, "他把店关了 号也封了 找不到人")


@pytest.mark.parametrize(
    ("line", "scenario"),
    [
        ("新的一件 充电宝没收到货", "refund-only"),
        ("台灯重新立一件吧 一直没发货", "refund-only"),
        ("我还有个锅掉漆了 也想退 你给另立一个", "shop-return"),
        ("再帮我建个新的 孩子打赏的", "live-tip"),
    ],
)
async def test_one_asked_to_be_kept_apart_is_begun(bench: Bench, line: str, scenario: str) -> None:
    await bench.private(*RETURN)

    await bench.private(line)

    assert await asked_about(bench) == scenario


async def test_one_kept_apart_without_its_kind_is_asked_about_then_begun(bench: Bench) -> None:
    await bench.private(*RETURN)

    assert "另外记一件" in await said(bench, "充电宝的另外开一个")
    await bench.private("一直没发货")

    assert await asked_about(bench) == "refund-only"


async def test_how_to_keep_apart_is_told(bench: Bench) -> None:
    await bench.private(*RETURN)

    assert "另外记一件 充电宝没发货" in await said(bench, "怎么分开记")


async def test_other_goods_of_ones_own_are_offered_and_can_be_taken_up_after_other_news(bench: Bench) -> None:
    await bench.private(*RETURN_APPLIED)

    assert "回「换」" in await said(bench, "我自己买的坚果发霉了 59块9")
    await bench.private("商家昨天同意退货了")
    assert await steps(bench) == ["applied", "merchant-agreed"]
    await bench.private("换")

    assert await asked_about(bench) == "refund-only"


async def test_switching_without_an_offer_means_nothing(bench: Bench) -> None:
    await bench.private(*RETURN_APPLIED, "商家昨天同意退货了", "换")

    assert await bench.rows("SELECT id FROM refund_interviews WHERE status = 'active'") == []


@pytest.mark.parametrize(
    ("begun", "line", "scenario"),
    [
        ("我要退课", "不是课 是树苗 苹果树苗", "shop-return"),
        ("我要退课", "你这都是课 我买的是苗子 果树苗 咋退货", "shop-return"),
        ("打赏", "没打赏 我充快币充错了", "top-up"),
        ("打赏", "不是打赏 我是买了双鞋 开胶了", "shop-return"),
    ],
)
async def test_a_denied_kind_gives_way_to_the_one_told(bench: Bench, begun: str, line: str, scenario: str) -> None:
    await bench.private(begun, line)

    assert await asked_about(bench) == scenario


@pytest.mark.parametrize(
    ("begun", "line", "title"),
    [
        ("我要退课", "我要退货退款", "快手小店退货退款"),
        ("退货", "货还没到呢 退什么货 我要仅退款", "快手小店仅退款"),
        ("退货", "我根本没签收 物流停在11月8号义乌", "快手小店仅退款"),
    ],
)
async def test_what_only_another_kind_says_is_offered(bench: Bench, begun: str, line: str, title: str) -> None:
    await bench.private(begun)

    assert title in await said(bench, line)


@pytest.mark.parametrize("line", ["寄回去了 他说没收到货", "货已经寄回 商家没签收"])
async def test_goods_sent_back_and_not_received_stay_a_return(bench: Bench, line: str) -> None:
    await bench.private("退货")

    assert "要换过去" not in await said(bench, line)
