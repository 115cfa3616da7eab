"""几件案件都等着同一步：没说是哪件就问；写明案件号、说了是哪种的不问。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.two_cases import codes, steps

BOTH = (
    "在快手小店买的鞋想退 还没申请 不想要了 昨天签收的 完好 普通鞋子",
    "对了 还有孩子打赏主播的事",
    "儿子十二岁偷偷刷的 我们完全不知道",
    "一共三千二",
    "用他自己的手机 有聊天",
    "上周五刷的",
)


@pytest.mark.parametrize(("said", "scenario"), [("退货那个", "shop-return"), ("打赏的", "live-tip"), ("1", "live-tip")])
async def test_a_step_both_wait_for_is_asked_about(bench: Bench, said: str, scenario: str) -> None:
    await bench.private(*BOTH)

    (asked,) = await bench.private("提交了")

    assert "说的是哪一件" in asked
    assert await steps(bench) == []
    await bench.private(said)
    assert await steps(bench) == [(scenario, "applied")]


async def test_a_case_named_by_its_code_is_the_one(bench: Bench) -> None:
    await bench.private(*BOTH)
    code = (await codes(bench))["shop-return"]

    await bench.private(f"{code} 昨天提交了")

    assert await steps(bench) == [("shop-return", "applied")]


async def test_a_kind_named_in_the_sentence_is_not_asked_about(bench: Bench) -> None:
    await bench.private(*BOTH)

    await bench.private("打赏那个已经在 App 里提交申请了")

    assert await steps(bench) == [("live-tip", "applied")]


async def test_two_of_the_same_kind_are_asked_about_whatever_is_said_of_the_kind(bench: Bench) -> None:
    await bench.private(BOTH[0], "提交了")
    await bench.private("另外还有一单 快手小店买的奶粉想退货", "换", "还没申请", "坏了", "昨天签收的", "有照片 能看清")
    await bench.private("提交退货申请了")
    codes = [row["code"] for row in await bench.rows("SELECT code FROM refund_cases")]
    assert len(codes) == 2

    (asked, *_) = await bench.private("鞋那单商家昨天同意退货了")

    assert "说的是哪一件" in asked
    assert all(code in asked for code in codes)
    await bench.private("退货那个")
    assert ("shop-return", "merchant-agreed") not in await steps(bench), "两件都是退货，说不出是哪件"
