"""问答里说起的价钱不丢：有了结论记进案件，说回去，后来不再问。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import TIPS, said

COURSE = ("内容或服务和宣传差很多", "是", "没看，或只看了一小部分", "11月15号")


async def test_the_price_of_the_first_message_is_compared_with_the_offer(bench: Bench) -> None:
    opened = await said(bench, "我在快手直播间买了个带货培训课4980 上了3节课想退 快手里下单付的", *COURSE)

    assert "这单 4,980 元" in opened
    heard = await said(bench, "已书面要求退款", "他说退一半")
    assert "你要的是 4,980 元" in heard
    assert "一共是多少" not in heard
    assert "4,980 元" in await said(bench, "能要多少")


@pytest.mark.parametrize(
    "told", ["两罐五百三十六 一罐开了喝了五六天", "昨天刚收到的 458块", "花了三千八学的", "训练营3980 没学多少"]
)
async def test_a_price_told_between_questions_is_kept(bench: Bench, told: str) -> None:
    await bench.private("我在快手直播间买了个带货培训课 想退 快手里下单付的", COURSE[0])
    await bench.private(told)

    heard = await said(bench, *COURSE[1:])

    assert "你说过这单" in heard


@pytest.mark.parametrize("told", ["客服说要扣我30块运费", "他答应退200块", "2026年11月15号买的", "这课一个月赚五千"])
async def test_other_sums_are_no_price(bench: Bench, told: str) -> None:
    await bench.private("我在快手直播间买了个带货培训课 想退 快手里下单付的", COURSE[0])
    await bench.private(told)

    assert "你说过这单" not in await said(bench, *COURSE[1:])


async def test_where_a_question_asks_the_sum_nothing_is_added(bench: Bench) -> None:
    assert "你说过这单" not in await said(bench, *TIPS)


async def test_a_price_put_right_is_the_claim(bench: Bench) -> None:
    await bench.private("我在快手直播间买了个带货培训课4980 上了3节课想退 快手里下单付的", *COURSE)
    await bench.private("价格记错了 不是4980 是4890")

    assert "4,890 元" in await said(bench, "能要多少")
    assert "你要的是 4,890 元" in await said(bench, "已书面要求退款", "他说退一半")


@pytest.mark.parametrize(
    "opening",
    [
        "我妈58 今天晚上直播间报了个8800的课 分期付的 她后悔了",
        "我妈 58，今晚快手直播间报了班，八千八，白条分期，后悔了想退",
        "昨晚给我妈报了个8800的训练营 快手直播间 她后悔了",
    ],
)
async def test_a_price_told_with_the_course_is_kept(bench: Bench, opening: str) -> None:
    assert "你说过这单 8,800 元" in await said(bench, opening)
