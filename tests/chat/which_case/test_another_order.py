"""说的进展指名是另一单、另一种事：不悄悄记进手头这件，先问是哪一件。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_AGREED, RETURN_APPLIED, TIPS_SUBMITTED, said, steps

ASKED = "说的是哪一件"
ANOTHER = "2. 另外一件，还没记过的"


@pytest.mark.parametrize(
    "line",
    [
        "耳机那单也被拒了",
        "充电宝那单商家也不同意",
        "衣服那个订单也给我驳回了",
        "我买的平板那件商家也给拒绝了",
        "锅那一单商家同意了",
        "行李箱那单也签收了",
    ],
)
async def test_an_order_named_beside_the_case_is_asked_about(bench: Bench, line: str) -> None:
    await bench.private(*RETURN_APPLIED)

    answered = await said(bench, line)

    assert ASKED in answered
    assert ANOTHER in answered
    assert await steps(bench) == ["applied"]


@pytest.mark.parametrize("pick", ["1", "退货那个"])
async def test_it_is_recorded_once_it_is_said_to_be_this_case(bench: Bench, pick: str) -> None:
    await bench.private(*RETURN_APPLIED, "锅那一单商家昨天同意退货了")

    answered = await said(bench, pick)

    assert "商家同意退货" in answered
    if "吗？" in answered:
        await bench.private("是")
    assert await steps(bench) == ["applied", "merchant-agreed"]


@pytest.mark.parametrize("pick", ["2", "另外一件", "不是这件"])
async def test_another_one_is_begun_with_what_was_said_of_it(bench: Bench, pick: str) -> None:
    await bench.private(*RETURN_APPLIED, "耳机那单也被拒了")

    answered = await said(bench, pick)

    assert "商家拒绝了" in answered, "已经说了走到哪一步，不再问"
    assert await steps(bench) == ["applied"]
    (row,) = await bench.rows("SELECT scenario_id, status FROM refund_interviews WHERE status = 'active'")
    assert row["scenario_id"] == "shop-return"


@pytest.mark.parametrize(
    ("before", "line", "title"),
    [(TIPS_SUBMITTED, "课程那个机构也说不退", "课程和付费内容"), (RETURN_APPLIED, "打赏那笔平台也没批", "直播打赏")],
)
async def test_another_kind_named_is_offered(bench: Bench, before: tuple[str, ...], line: str, title: str) -> None:
    await bench.private(*before)

    answered = await said(bench, line)

    assert f"听着像另一件事：{title}" in answered
    assert await steps(bench) == ["applied"]


@pytest.mark.parametrize(
    ("before", "line", "event"),
    [
        (RETURN_APPLIED, "手机商家同意退货了", "merchant-agreed"),
        (RETURN_APPLIED, "退货那个商家同意了", "merchant-agreed"),
        (RETURN_AGREED, "退货那单寄出去了", "sent-back"),
        (RETURN_AGREED, "盒子和手机都寄回去了", "sent-back"),
        (RETURN_AGREED, "快递那边今天取走了 单号填了", "sent-back"),
        (TIPS_SUBMITTED, "打赏那个客服让补材料", "asked-more"),
        (TIPS_SUBMITTED, "打赏那笔批了", "agreed"),
    ],
)
async def test_the_case_at_hand_named_by_its_kind_is_recorded(
    bench: Bench, before: tuple[str, ...], line: str, event: str
) -> None:
    await bench.private(*before)

    answered = await said(bench, line)

    assert ASKED not in answered
    assert (await steps(bench))[-1] == event
