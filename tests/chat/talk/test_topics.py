"""打听：问答途中、有案件时问到手册里的事，先答，再把原来的问题放回来；听不准的列出来，回编号。"""

import pytest

from nonebot_plugin_refund.render.texts.topic_text import OFFER_HEAD
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from tests.chat.conversation_harness import Bench

CASE = ("退货", "还没申请", "不合适", "昨天签收的", "普通商品", "完好")
VAGUE = "钱啥时候能回来谁管"


async def opened_case(bench: Bench) -> str:
    await bench.private(*CASE)
    return await bench.only_code()


async def test_a_question_in_an_interview_is_answered_with_its_source_and_the_question_stands(bench: Bench) -> None:
    answer, still_open = await bench.private("退货", "吊牌剪掉了还给退不")

    assert answer.startswith("看为什么退。假货、有毛病")
    assert answer.endswith("（依据：《网络购买商品七日无理由退货暂行办法》第九条）")
    assert "走到哪一步" in still_open


async def test_a_question_about_a_case_is_answered_with_what_the_case_knows(bench: Bench) -> None:
    code = await opened_case(bench)

    (answer,) = await bench.private("下一步怎么走")

    assert f"{code} 是「" in answer


async def test_an_answer_and_a_question_in_one_message_are_both_heard(bench: Bench) -> None:
    said = "\n".join(await bench.private("退货", "还没申请，吊牌剪了还能退吗"))

    assert "穿过、洗过、剪了标" in said
    assert await bench.answers() == {"progress": "not-applied"}


@pytest.mark.parametrize("number", [1, 2])
async def test_what_is_not_sure_is_listed_and_a_number_picks_it(bench: Bench, number: int) -> None:
    titles = {topic.topic.title: topic.topic.answer for topic in load_rulebook().topics}
    (offer,) = await bench.private("退货", VAGUE)
    head, *listed = offer.splitlines()
    assert head == OFFER_HEAD
    assert 2 <= len(listed) <= 3

    answer, still_open = await bench.private(str(number))

    assert answer.startswith(titles[listed[number - 1].partition(". ")[2]])
    assert "走到哪一步" in still_open
    assert await bench.answers() == {}


async def test_an_answer_of_its_own_after_the_list_is_still_an_answer(bench: Bench) -> None:
    await bench.private("退货", VAGUE)
    await bench.private("还没申请")

    assert await bench.answers() == {"progress": "not-applied"}


async def test_topics_of_another_scenario_are_not_answered(bench: Bench) -> None:
    said = "\n".join(await bench.private("打赏", "吊牌剪了还能退吗"))

    assert "剪了标" not in said


async def test_two_that_are_alike_are_both_answered_at_once(bench: Bench) -> None:
    answers = {topic.topic.title: topic.topic.answer for topic in load_rulebook().topics}
    (said, *_) = await bench.private("退货", "报警会查他吗")

    assert answers["报案带什么"] in said
    assert answers["要不要报警"] in said


@pytest.mark.parametrize("said", ["我能要十倍还是三倍", "退货的快递费选到付行吧"])
async def test_what_sounds_like_no_question_is_still_answered_when_the_topic_is_sure(bench: Bench, said: str) -> None:
    await opened_case(bench)

    (answer, *_) = await bench.private(said)

    assert answer.splitlines()[0] in {topic.topic.answer for topic in load_rulebook().topics}


async def test_a_sentence_sure_as_a_whole_is_not_reread_by_its_asking_clause_alone(bench: Bench) -> None:
    answers = {topic.id: topic.topic.answer for topic in load_rulebook().topics}
    await opened_case(bench)

    (answer, *_) = await bench.private("我爸买的保健品吹能治病 该找谁举报")

    assert answer.startswith(answers["health-claims"])


async def test_a_parent_sorry_for_scolding_is_comforted_not_sent_to_hospital(bench: Bench) -> None:
    answers = {topic.id: topic.topic.answer for topic in load_rulebook().topics}
    await bench.private("娃拿我手机给主播刷了七千多 能要回来不", "十岁", "完全不知道", "1 2", "上个月28号")

    (answer, *_) = await bench.private("我把他骂了一顿 现在心里好难受")

    assert answer.startswith(answers["child-upset"])


async def test_a_question_in_which_no_word_is_known_is_answered_plainly(bench: Bench) -> None:
    (said, *_) = await bench.private("(）^#?…/>%~<\\^；]{]{！[::；")
    assert "没办成" not in said
