"""案件都了结之后的一问：先答，答不上照实说，不开一场问答；说起新的一件照旧开始。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import TIPS_SUBMITTED, said

_CLOSED = (*TIPS_SUBMITTED, "钱全到了 9236", "是")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("那以后咋个防到娃儿再刷", "改支付密码"),
        ("12315那个要撤吗", "钱没到账别撤"),
        ("强制执行要撤吗 钱都收到了", "钱全到账了再撤"),
        ("举报他会不会知道是我", ""),
        ("还能再去告吗 时间过了没", ""),
        ("谢谢 他的账号还要再限额吗", ""),
        ("平台介入那个单子要不要我自己去关", ""),
    ],
)
async def test_a_question_is_answered_and_opens_nothing(bench: Bench, line: str, answer: str) -> None:
    await bench.private(*_CLOSED)

    answered = await said(bench, line)

    assert answer in answered
    assert "先问几个问题" not in answered
    assert "是哪一类事" not in answered
    assert "刚才的问题还开着" not in await said(bench, "我的")


@pytest.mark.parametrize(
    ("line", "opening"),
    [
        ("我在快手买的锅坏了 商家不退 怎么办", "退货的事我陪你一步步来"),
        ("买的鞋子开胶了可以退吗", "退货的事我陪你一步步来"),
        ("我闺女又刷了两千 咋退", "帮你看这笔打赏"),
        ("申诉", "看看你走到了哪一步"),
    ],
)
async def test_a_new_matter_still_begins(bench: Bench, line: str, opening: str) -> None:
    await bench.private(*_CLOSED)

    assert opening in await said(bench, line)
