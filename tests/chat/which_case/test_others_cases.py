"""问着自己的一件，说起家里人、朋友的那件怎样了：不当成回答，不记成进展，题还开着。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said

NOT_HERE = "听着是别人的另一件，没记进这里"
RETURNING = ("退货",)
OF_A_CHILD = ("打赏", "孩子刷的（当时没满 18 岁）")


async def _state(bench: Bench) -> list[tuple[str, str]]:
    rows = await bench.rows("SELECT scenario_id, state FROM refund_interviews ORDER BY id")
    return [(row["scenario_id"], row["state"]) for row in rows]


@pytest.mark.parametrize(
    ("before", "line"),
    [
        (RETURNING, "我老公那个客服回了 说不给退"),
        (RETURNING, "我老公那单客服回了 说不给退"),
        (RETURNING, "我闺女那个申请被驳回了"),
        (RETURNING, "我妈买的那个商家同意退了"),
        (RETURNING, "我同事那件早就到账了"),
        (RETURNING, "我媳妇那双鞋商家拒收了"),
        (RETURNING, "我婆婆的那个快递还没收到"),
        (RETURNING, "朋友那个课程机构答应退了"),
        (RETURNING, "我儿子那个充值退下来了"),
        ((*RETURNING, "还没申请"), "我嫂子那个寄回去商家拒收了"),
        (OF_A_CHILD, "我老公那个客服回了 说不给退"),
        (OF_A_CHILD, "我弟那个打赏平台给退了一半"),
        (OF_A_CHILD, "我爸那边12315受理了"),
        (OF_A_CHILD, "闺蜜那笔退了八成"),
    ],
)
async def test_it_is_neither_an_answer_nor_news_of_the_matter_at_hand(
    bench: Bench, before: tuple[str, ...], line: str
) -> None:
    await bench.private(*before)
    known = await _state(bench)

    answered = await said(bench, line)

    assert NOT_HERE in answered
    assert "现在还差这一题" in answered
    assert await _state(bench) == known


@pytest.mark.parametrize(
    ("before", "line", "answer"),
    [
        (OF_A_CHILD, "我儿子13岁", {"age": 13}),
        (OF_A_CHILD, "我女儿那时候12岁", {"age": 12}),
        (RETURNING, "我老婆申请了 商家拒绝了", {"progress": "refused"}),
        (RETURNING, "我妈买的 还没申请", {"progress": "not-applied"}),
    ],
)
async def test_family_doing_it_for_one_is_still_an_answer(
    bench: Bench, before: tuple[str, ...], line: str, answer: dict[str, object]
) -> None:
    await bench.private(*before)

    assert NOT_HERE not in await said(bench, line)
    assert (await bench.answers()).items() >= answer.items()


async def test_the_child_whose_money_it_was_is_not_somebody_else(bench: Bench) -> None:
    await bench.private(*OF_A_CHILD)

    assert NOT_HERE not in await said(bench, "我儿子那个平台说要补材料")


async def test_said_without_whose_it_is_it_counts(bench: Bench) -> None:
    await bench.private(*RETURNING, "我妈那单商家拒绝了")

    await bench.private("商家拒绝了")

    assert await bench.answers() == {"progress": "refused"}
