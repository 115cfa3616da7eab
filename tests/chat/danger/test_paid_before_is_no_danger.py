"""早先交的定金、办好的分期、合同里写的、对方分次给的，不是正在被骗；正被催着转钱的照样拦住。"""

import pytest

from nonebot_plugin_refund.domain.understanding.danger import danger_reader
from tests.chat.conversation_harness import Bench

COURSE = ("课程", "内容没毛病就是不想上了")


@pytest.mark.parametrize(
    "said",
    [
        "先交的定金500 后面6480是分期付的 在他们给的链接里办的12期",
        "合同在哪写 怕他不给第二笔 贷款他们说他们去结清",
        "第二笔只给了1000 说年后再补800",
        "第二笔钱他只打了一半 说剩的过完年再给",
        "协议要写清楚先付两千 剩下的过年再付 怕他赖掉第二笔",
        "买课先交了定金500 第二天又补的尾款",
        "合同上写先付定金再付尾款 我都付完了",
    ],
)
def test_money_paid_long_ago_or_received_in_parts_is_no_running_fraud(said: str) -> None:
    assert danger_reader().find(said, veiled=True) is None


@pytest.mark.parametrize(
    "said",
    [
        "他说再交一笔定金才能把前面的退给我",
        "我刚转了第一笔 他说还要第二笔才能解冻",
        "我正在给他转定金 他说转了就退",
        "贷款客服让我先付两千手续费 说付了马上放款",
        "客服叫我把学费的验证码念给他 说这样才能退课",
    ],
)
def test_being_pressed_to_pay_now_is_still_stopped_though_the_same_words_stand_in_it(said: str) -> None:
    found = danger_reader().find(said, veiled=True)

    assert found is not None
    assert found.id == "fraud"


async def test_how_the_course_was_paid_for_is_heard_as_the_story(bench: Bench) -> None:
    told = "\n".join(await bench.private(*COURSE, "先交的定金500 后面6480是分期付的 在他们给的链接里办的12期"))

    assert "停！" not in told
    assert "110" not in told
