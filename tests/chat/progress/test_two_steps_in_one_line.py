"""一句话里先后说了两件进展：两件都记，各按自己的日子；后一件是了结的，记下前一件再问它。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import (
    RETURN_AGREED,
    RETURN_APPLIED,
    RETURN_DISPUTED,
    RETURN_OPENED,
    RETURN_REFUSED,
    RETURN_SENT,
    TIPS,
    TIPS_SUBMITTED,
    said,
    steps,
    steps_with_days,
)

_BEFORE_YESTERDAY, _YESTERDAY, _TODAY = "2026-11-21", "2026-11-22", "2026-11-23"


@pytest.mark.parametrize(
    ("before", "line", "recorded"),
    [
        (RETURN_OPENED, "昨天提交了 今天早上商家就拒了", [("applied", _YESTERDAY), ("merchant-refused", _TODAY)]),
        (
            RETURN_OPENED,
            "前天申请的 今天中午商家给拒了",
            [("applied", _BEFORE_YESTERDAY), ("merchant-refused", _TODAY)],
        ),
        (RETURN_AGREED, "寄回去了 他们也签收了", [("sent-back", _TODAY), ("merchant-signed", _TODAY)]),
        (RETURN_AGREED, "昨天下午寄的 今天他们签收了", [("sent-back", _YESTERDAY), ("merchant-signed", _TODAY)]),
        (RETURN_AGREED, "周六寄的 周日商家拒收了", [("sent-back", _BEFORE_YESTERDAY), ("return-refused", _YESTERDAY)]),
        (
            RETURN_APPLIED,
            "商家昨天同意了 我今天早上把货寄走了",
            [("merchant-agreed", _YESTERDAY), ("sent-back", _TODAY)],
        ),
        (
            RETURN_APPLIED,
            "商家先是拒绝了 后来我申请了平台介入",
            [("merchant-refused", _TODAY), ("platform-asked", _TODAY)],
        ),
        (
            RETURN_REFUSED,
            "我前天点的平台介入 昨天平台叫我补材料",
            [("platform-asked", _BEFORE_YESTERDAY), ("asked-more", _YESTERDAY)],
        ),
        (
            RETURN_SENT,
            "昨天商家收到货了 今天页面显示已退款",
            [("merchant-signed", _YESTERDAY), ("refund-shown", _TODAY)],
        ),
        (
            RETURN_SENT,
            "商家前天收的货 到现在钱没退 今天我申请了介入",
            [("merchant-signed", _BEFORE_YESTERDAY), ("platform-asked", _TODAY)],
        ),
        (RETURN_DISPUTED, "平台让我补材料 我昨晚已经传上去了", [("asked-more", _YESTERDAY), ("sent-more", _YESTERDAY)]),
        (TIPS, "上周四在app里提交的 昨天给我驳回了", [("applied", "2026-11-19"), ("refused", _YESTERDAY)]),
        (
            TIPS_SUBMITTED,
            "上周五让我补材料 周六我就补上去了",
            [("asked-more", "2026-11-20"), ("sent-more", _BEFORE_YESTERDAY)],
        ),
    ],
)
async def test_both_steps_are_recorded_in_order_with_their_days(
    bench: Bench, before: tuple[str, ...], line: str, recorded: list[tuple[str, str]]
) -> None:
    await bench.private(*before)
    known = await steps_with_days(bench)

    answered = await said(bench, line)

    assert (await steps_with_days(bench))[len(known) :] == recorded
    assert answered.count("好，记下：") == len(recorded), "两件都说回去"


@pytest.mark.parametrize("line", ["客服打电话来说同意退 钱也到账了", "客服来电话说同意全退 钱今天也到了"])
async def test_an_ending_told_second_is_asked_about_after_the_first_is_recorded(bench: Bench, line: str) -> None:
    await bench.private(*TIPS_SUBMITTED)

    answered = await said(bench, line)

    assert (await steps(bench))[-1] == "agreed"
    assert "是说「钱都到了」吗" in answered
    assert "现在是「已退款」" in await said(bench, "是")


async def test_both_steps_are_taken_back_at_once(bench: Bench) -> None:
    await bench.private(*RETURN_AGREED, "昨天下午寄的 今天他们签收了")

    assert "现在是「寄回商品」" in await said(bench, "撤销")


async def test_a_plain_step_beside_something_not_understood_is_asked_about(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED)

    answered = await said(bench, "昨天被拒了 我今天重新交了一遍")

    assert "是说「被拒了」吗" in answered
    assert await steps(bench) == ["applied"]
