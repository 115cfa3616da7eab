"""问答途中、还没有结论时说的别的：对方出价、要文书，都不当作答案，答一句再接着问。"""

import pytest

from tests.chat.conversation_harness import Bench

COURSE = "在快手买的一门课，讲师直播里说包学会，我现在想退"
ITEM = "快手小店买的衣服想退货"


@pytest.mark.parametrize("opening", [COURSE, ITEM])
@pytest.mark.parametrize(
    "offer",
    ["他说可以退70%", "那边只肯退一半", "客服说最多退 300 块", "他们愿意退我两百，别的免谈", "商家提出补我20块"],
)
async def test_an_offer_is_no_answer_and_the_question_stays(bench: Bench, opening: str, offer: str) -> None:
    asked = (await bench.private(opening))[-1]
    question = next(line for line in asked.splitlines() if line.endswith("？") or "挑最接近" in line)

    said = "\n".join(await bench.private(offer))

    assert "先别答应" in said
    assert question in said
    assert "好，" not in said


@pytest.mark.parametrize("wanted", ["你帮我写一封投诉信", "需要准备哪些材料"])
async def test_what_needs_a_verdict_is_promised_for_afterwards(bench: Bench, wanted: str) -> None:
    asked = (await bench.private(ITEM))[-1]
    question = next(line for line in asked.splitlines() if line.endswith("？") or "挑最接近" in line)

    said = "\n".join(await bench.private(wanted))

    assert question in said
    assert "你还没有案件" not in said


async def test_less_money_is_the_answer_where_that_is_asked(bench: Bench) -> None:
    await bench.private(ITEM)
    await bench.private("显示已退款，没到账或少了")

    said = "\n".join(await bench.private("商家说只退120"))

    assert "先别答应" not in said


async def test_an_offer_told_where_a_day_is_asked_is_answered(bench: Bench) -> None:
    await bench.private(ITEM, "还没申请", "坏了")

    said = "\n".join(await bench.private("老板刚才说只给退一半 气死我了"))

    assert "先别答应" in said
    assert "哪天签收" in said
