"""列出能说的进展之后，说了一整句别的：不照列着的硬记；说的就是那件的，照记。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import TIPS_SUBMITTED, said, steps

PARCEL_NOT_COME = ("羽绒服没发到 物流停了15天 我要仅退款", "还没申请", "申请交了")


@pytest.mark.parametrize(
    "line", ["主播给我打电话了 说愿意谈", "学校老师知道了 找我谈了话", "主播那边说考虑考虑 让我等信"]
)
async def test_a_sentence_of_something_else_is_not_recorded(bench: Bench, line: str) -> None:
    await bench.private(*TIPS_SUBMITTED, "更新")
    before = await steps(bench)

    assert "好，记下" not in await said(bench, line)
    assert await steps(bench) == before


@pytest.mark.parametrize("line", ["显示签收了 我压根没收到", "物流又动了 到我们县里了", "快递说放门口了 门口啥也没有"])
async def test_goods_that_did_not_come_are_no_item_of_the_list(bench: Bench, line: str) -> None:
    await bench.private(*PARCEL_NOT_COME, "更新")
    before = await steps(bench)

    await bench.private(line)

    assert await steps(bench) == before


@pytest.mark.parametrize(
    ("line", "event"), [("客服同意退了 说三天到账", "agreed"), ("让我再补一份材料 孩子的户口本", "asked-more")]
)
async def test_a_sentence_in_the_steps_own_words_is_recorded(bench: Bench, line: str, event: str) -> None:
    await bench.private(*TIPS_SUBMITTED, "更新", line)

    assert (await steps(bench))[-1] == event
