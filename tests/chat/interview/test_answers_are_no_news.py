"""答题时说的钱数不是到账，说好给答复的日子不是同意：问答途中、结论之后都不记成进展。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import TIPS_SUBMITTED, said, steps

TIP = "孩子拿我手机给主播刷了快四千 10岁"


@pytest.mark.parametrize("sum_told", ["三千八百多 具体3860", "具体是3860", "一共3860左右吧"])
async def test_a_sum_told_between_questions_is_no_arrival(bench: Bench, sum_told: str) -> None:
    heard = await said(bench, TIP, sum_told)
    assert "到了一部分" not in heard


@pytest.mark.parametrize("promise", ["快手来电话了 说周五前给答复", "客服说三天内给我答复", "说下周给个结果"])
async def test_a_promised_answer_is_no_agreement_in_an_interview(bench: Bench, promise: str) -> None:
    assert "同意退了" not in await said(bench, TIP, promise)


@pytest.mark.parametrize("promise", ["快手来电话了 说周五前给答复", "客服说三天内给我答复", "说下周给个结果"])
async def test_a_promised_answer_is_no_agreement_in_a_case(bench: Bench, promise: str) -> None:
    await said(bench, *TIPS_SUBMITTED, promise)
    assert "agreed" not in await steps(bench)


async def test_an_answer_that_agrees_is_still_an_agreement(bench: Bench) -> None:
    await said(bench, *TIPS_SUBMITTED, "客服给我答复了 同意退")
    assert "agreed" in await steps(bench)
