"""问过一句，他先问了别的两样再说“是”：答的是还开着的那一问；说不准的，把那一问再问一遍。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_SENT, TIPS_SUBMITTED, said, steps

OF_A_CHILD = ("打赏", "孩子刷的（当时没满 18 岁）")
STILL = "还差你一句：「退款到账了」"
LISTED = "没收到短信正常吗"
"""听不准问的是哪一种，列出来请他挑。"""


@pytest.mark.parametrize("yes", ["是", "对", "嗯"])
@pytest.mark.parametrize(
    "between", [("运费谁出", "要多久到账"), ("运费谁出", "进度"), ("进度", "运费谁出"), ("谢谢", "运费谁出")]
)
async def test_yes_confirms_what_is_still_open(bench: Bench, between: tuple[str, ...], yes: str) -> None:
    await bench.private(*RETURN_SENT, "钱退回来了", *between)

    await bench.private(yes)

    assert (await steps(bench))[-1] == "arrived"


async def test_a_list_of_topics_in_between_does_not_lose_the_question(bench: Bench) -> None:
    await bench.private(*RETURN_SENT, "钱退回来了")
    assert "你问的是哪一个" in await said(bench, LISTED)
    await bench.private("质保从哪天算呀")

    asked = await said(bench, "是")

    assert STILL in asked
    assert (await steps(bench))[-1] == "sent-back"
    await bench.private("是")
    assert (await steps(bench))[-1] == "arrived"


async def test_picking_a_topic_leads_back_to_the_question(bench: Bench) -> None:
    await bench.private(*RETURN_SENT, "钱退回来了", LISTED)

    assert STILL in await said(bench, "1")


async def test_without_an_open_question_yes_is_nothing(bench: Bench) -> None:
    await bench.private(*RETURN_SENT, LISTED)

    await bench.private("是")

    assert (await steps(bench))[-1] == "sent-back"


@pytest.mark.parametrize("no", ["没到账呀", "不是 还没到", "没有 一分没见着"])
async def test_a_denial_is_still_one(bench: Bench, no: str) -> None:
    await bench.private(*RETURN_SENT, "钱退回来了", no)

    assert (await steps(bench))[-1] == "sent-back"


@pytest.mark.parametrize("yes", ["是", "对", "是的"])
async def test_a_question_that_is_no_yes_or_no_is_put_again(bench: Bench, yes: str) -> None:
    await bench.private(*OF_A_CHILD, "要户口本吗", "多久能退")

    asked = await said(bench, yes)

    assert "孩子满几周岁" in asked
    assert "没太看懂" not in asked


async def test_an_offer_to_switch_is_put_again_beside_it(bench: Bench) -> None:
    await bench.private(*OF_A_CHILD, "快手小店买的鞋开胶了想退货退款", "要户口本吗", "多久能退")

    asked = await said(bench, "是")

    assert "孩子满几周岁" in asked
    assert "要换过去就回「换」" in asked
    assert "走到哪一步" in await said(bench, "换")


async def test_repeating_yes_gets_other_words(bench: Bench) -> None:
    await bench.private(*OF_A_CHILD)

    first, second = await said(bench, "是"), await said(bench, "是")

    assert first != second


async def test_yes_after_interludes_still_begins_the_other_matter(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED, "在快手小店买的鞋开胶了 想退", "运费谁出", "要多久到账")

    assert "走到哪一步" in await said(bench, "是")
