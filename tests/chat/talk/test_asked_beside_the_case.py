"""案件旁边问的：跟客服怎么说、材料遮不遮、谁会知道、说好的写在哪、寄不回去、几岁算成年；答的是问的那一样。"""

import pytest

from nonebot_plugin_refund.rulebook.loader import load_rulebook
from tests.chat.conversation_harness import Bench

CASE = ("退货", "还没申请", "不合适", "昨天签收的", "普通商品", "完好")
TIP = ("打赏", "1", "10", "1", "5000", "1 3", "上周五")


def answer_of(topic: str) -> str:
    return next(each.topic.answer for each in load_rulebook().topics if each.id == topic)


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("跟客服咋讲啊 给我写一段", "say-to-service"),
        ("上夜班的考勤我能拿来当证据不", "away-proof"),
        ("要不要我把微信账单给她 上面有我真名和别的消费", "what-to-cover"),
        ("会不会他单位知道 我不想闹大", "who-is-told"),
        ("会影响我儿子快手号吗 要不要先注销", "close-account"),
        ("拿孩子身份证行不行", "guardian-proof"),
        ("不是说19岁在校生没收入吗 我不算未成年人吗", "adult-age"),
        ("她要是打5000我能不能收了还接着告", "rest-after-part"),
        ("这个也算在里头吗", "tip-streamer-wechat"),
    ],
)
async def test_a_question_beside_a_tip_case_gets_its_own_answer(bench: Bench, said: str, topic: str) -> None:
    await bench.private(*TIP)

    (answer, *_) = await bench.private(said)

    assert answer.startswith(answer_of(topic))


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("卫生院那87能不能叫他出", "hurt-and-damage"),
        ("穿过一次 会影响吗", "tag-cut"),
        ("那鞋要不要先留着", "keep-rotten"),
        ("俺要不要打12315", "regulator-when"),
        ("地板已经铺上了 寄不回去怎么退", "cannot-send-back"),
        ("衣柜都装好了 拆不下来 还能退钱不", "cannot-send-back"),
        ("我妈不识字 材料上怎么签名", "cannot-write"),
        ("烤完里面冒黑烟 才退的", "goods-unsafe"),
    ],
)
async def test_a_question_beside_a_return_gets_its_own_answer(bench: Bench, said: str, topic: str) -> None:
    await bench.private(*CASE)

    (answer, *_) = await bench.private(said)

    assert answer.startswith(answer_of(topic))


async def test_a_robot_complained_of_in_an_interview_is_answered_and_the_question_stands(bench: Bench) -> None:
    answer, still_open = await bench.private("退货", "商家拒绝了", "质量问题", "有照片", "转人工转不了 永远是机器人")

    assert answer.startswith(answer_of("service-robot"))
    assert "商家哪天拒绝的" in still_open


async def test_the_price_beside_a_question_is_no_offer(bench: Bench) -> None:
    said = "\n".join(await bench.private("退货", "那面膜能退吗 199的"))

    assert answer_of("early-offer") not in said


async def test_an_offer_before_the_verdict_is_still_an_offer(bench: Bench) -> None:
    said = "\n".join(await bench.private("退货", "商家说可以退我100块"))

    assert answer_of("early-offer") in said


async def test_what_was_paid_with_is_no_question_about_papers(bench: Bench) -> None:
    await bench.private(*CASE)

    said = "\n".join(await bench.private("申请交上去了"))

    assert "好，记下" in said
    assert answer_of("say-to-service") not in said
