"""对方说了哪天答复、开庭，交了的是哪样：日子记得住的记，记不住的说清是哪天；法定的期限照旧。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import TIPS, TIPS_SUBMITTED, said, steps

_ESCALATED = (*TIPS_SUBMITTED, "被拒了", "直接往外投诉或起诉")


@pytest.mark.parametrize("line", ["12月8号前答复你给我记一下", "他们说12月8号前给我答复"])
async def test_the_day_of_an_answer_is_kept_beside_what_the_law_sets(bench: Bench, line: str) -> None:
    await bench.private(*_ESCALATED, "12315投诉了")
    assert "说好的答复：到 12月8日" in await said(bench, line)
    assert "是否受理：到 12月2日" in await said(bench, "进度")


async def test_whether_it_will_be_taken_is_no_refusal(bench: Bench) -> None:
    await bench.private(*_ESCALATED)
    await said(bench, "去12315投诉了 说七个工作日内告诉我受不受理")
    assert "not-accepted" not in await steps(bench)


@pytest.mark.parametrize("line", ["材料今天交的法院", "昨天网上立案提交了", "法院立案庭今天收了材料"])
async def test_papers_handed_to_the_court_wait_for_its_filing(bench: Bench, line: str) -> None:
    await bench.private(*_ESCALATED)
    await said(bench, line)
    assert (await steps(bench))[-1] == "filing-sent"


@pytest.mark.parametrize("line", ["今天去法院起诉了", "法院立案了 案号下来了", "诉状递了 立案成功"])
async def test_a_suit_that_is_filed_is_not_put_back(bench: Bench, line: str) -> None:
    await bench.private(*_ESCALATED)
    heard = await said(bench, line)
    assert (await steps(bench))[-1] == "sued"
    assert "开庭、调解：11月23日" not in heard


@pytest.mark.parametrize("line", ["12月8号上午九点开庭", "调解员约我12月8号上午十点谈"])
async def test_a_day_at_the_court_is_kept(bench: Bench, line: str) -> None:
    await bench.private(*_ESCALATED, "昨天法院立案了")
    assert "开庭、调解：12月8日" in await said(bench, line)


async def test_a_limit_told_during_the_questions_is_said_back(bench: Bench) -> None:
    await bench.private(TIPS[0])
    assert "最晚是11月26日" in await said(bench, "来短信了说材料不够 让补充孩子操作的证据 三天之内")
