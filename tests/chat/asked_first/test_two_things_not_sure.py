"""问着一件是不是，又问起另一件：回了后一件，先前那件接着问；说了几步又问一句的，都记都答。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said

TO_THE_END = ("快手买的锅坏了 还没申请", "坏了", "昨天到的", "没有照片")


async def _events(bench: Bench) -> list[str]:
    return [row["event_id"] for row in await bench.rows("SELECT event_id FROM refund_case_events ORDER BY id")]


@pytest.mark.parametrize("answer", ["是", "不是"])
async def test_the_first_of_two_guesses_comes_back(bench: Bench, answer: str) -> None:
    await bench.private(*TO_THE_END)
    assert "是说「已在 12315 提交」吗" in await said(bench, "打了12315吧好像")
    assert "是说「商家同意退货」吗" in await said(bench, "他好像同意退货了")

    assert "是说「已在 12315 提交」吗" in await said(bench, answer)


async def test_another_answer_of_the_same_side_takes_its_place(bench: Bench) -> None:
    await bench.private(*TO_THE_END, "他好像同意退货了", "不是 他好像是拒绝了")

    assert "同意退货」吗" not in await said(bench, "是")


async def test_several_steps_and_a_question_are_all_heard(bench: Bench) -> None:
    await bench.private(*TO_THE_END)
    await bench.advance(days=6)

    told = await said(bench, "24号交的申请 26号他同意了 昨天寄走了 运费18谁出啊")

    assert await _events(bench) == ["applied", "merchant-agreed", "sent-back"]
    assert "运费险" in told


async def test_a_question_with_a_supposed_step_records_nothing(bench: Bench) -> None:
    await bench.private(*TO_THE_END)
    await bench.advance(days=2)

    await bench.private("要是24号交了申请 26号他同意了 运费谁出啊")

    assert await _events(bench) == []
