"""一句里先后说了几步，一步接一步对得上的都记；说了不给退又要补东西的先问；寄的是到付提醒一句。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_AGREED, RETURN_APPLIED, RETURN_DISPUTED, TIPS_SUBMITTED, said, steps


@pytest.mark.parametrize(
    ("before", "line", "recorded"),
    [
        (
            RETURN_DISPUTED,
            "平台支持了 让退货退款 但是商家要我先寄回去两罐 我寄了顺丰 结果快递员送到他门口说拒收 又给我退回来了",
            ["platform-return", "sent-back", "return-refused"],
        ),
        (
            RETURN_DISPUTED,
            "平台叫我退货退款 我昨天下午寄的申通 他今天签收了",
            ["platform-return", "sent-back", "merchant-signed"],
        ),
        (
            RETURN_APPLIED,
            "他同意了 我昨天发的中通 今天说是验货不合格给我退回来了",
            ["merchant-agreed", "sent-back", "return-refused"],
        ),
        (RETURN_AGREED, "前天寄出去的 到付 结果他拒收了 货又回到我这了", ["sent-back", "return-refused"]),
        (
            RETURN_DISPUTED,
            "平台喊我退货 我寄过去他签收了 现在死活不退钱",
            ["platform-return", "sent-back", "merchant-signed"],
        ),
    ],
)
async def test_every_step_is_recorded(bench: Bench, before: tuple[str, ...], line: str, recorded: list[str]) -> None:
    await bench.private(*before)
    known = await steps(bench)

    await said(bench, line)

    assert (await steps(bench))[len(known) :] == recorded


async def test_a_last_step_heard_less_well_is_asked_about(bench: Bench) -> None:
    await bench.private(*RETURN_DISPUTED)

    answered = await said(bench, "平台叫我退货退款 我昨天寄走了 他应该签收了")

    assert (await steps(bench))[-2:] == ["platform-return", "sent-back"]
    assert "是说「商家签收了」吗" in answered


@pytest.mark.parametrize(
    ("before", "line", "event"),
    [
        (RETURN_APPLIED, "商加同意俺退货咧 给了个河北的地址", "merchant-agreed"),
        (RETURN_AGREED, "今天寄走了 单号也填了", "sent-back"),
    ],
)
async def test_one_step_with_its_circumstances_is_one_step(
    bench: Bench, before: tuple[str, ...], line: str, event: str
) -> None:
    await bench.private(*before)
    known = await steps(bench)

    await said(bench, line)

    assert (await steps(bench))[len(known) :] == [event]


async def test_a_refusal_that_demands_something_more_is_asked_about(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED)

    answered = await said(bench, "快手回了 说不是娃儿刷的 不给退 喊我拍娃儿的视频发过去")

    assert "1. 让我补材料" in answered
    assert "2. 被拒了" in answered
    assert await steps(bench) == ["applied"]


async def test_a_refusal_with_its_reason_is_a_refusal(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED)

    await said(bench, "平台拒绝了 说证据不足")

    assert await steps(bench) == ["applied", "refused"]


async def test_goods_sent_on_delivery_are_warned_about(bench: Bench) -> None:
    await bench.private(*RETURN_AGREED)

    answered = await said(bench, "旧的今儿寄走了 顺丰到付")

    assert "好，记下：已寄出，填了单号（今天）" in answered
    assert "改成寄付" in answered


async def test_goods_sent_otherwise_are_not(bench: Bench) -> None:
    await bench.private(*RETURN_AGREED)

    assert "寄付" not in await said(bench, "今儿寄走了 顺丰")
