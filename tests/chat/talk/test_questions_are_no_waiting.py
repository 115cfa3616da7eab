"""话里有“还没”“没开的”，其实在问、在说是怎么回事：先答，不回“那就再等等”；真说还没有的照旧应一声。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_AGREED, RETURN_APPLIED, RETURN_SENT, TIPS_SUBMITTED, said, steps

_WAITING = ("那就再等等", "好，还没有")


@pytest.mark.parametrize(
    ("before", "line"),
    [
        (RETURN_APPLIED, "我们开了吃了还能退吗 另一罐没开的呢"),
        (RETURN_SENT, "还没到期 他昨天签收 明天才两天 我就问他说要质检能不能拖"),
        (RETURN_APPLIED, "我还没撕吊牌 这样算不算影响二次销售"),
        (RETURN_AGREED, "我还没寄 盒子压扁了要紧不"),
        (TIPS_SUBMITTED, "审核还没出 能先催一下不"),
        (RETURN_APPLIED, "商家还没处理 是系统拒的极速退款"),
    ],
)
async def test_a_question_is_not_answered_with_waiting(bench: Bench, before: tuple[str, ...], line: str) -> None:
    await bench.private(*before)
    known = await steps(bench)

    answered = await said(bench, line)

    assert not any(words in answered for words in _WAITING)
    assert await steps(bench) == known


@pytest.mark.parametrize(
    ("before", "line"),
    [(RETURN_APPLIED, "商家还没动静"), (TIPS_SUBMITTED, "还在等 没消息"), (RETURN_APPLIED, "还没处理呢")],
)
async def test_still_waiting_is_answered_with_the_day(bench: Bench, before: tuple[str, ...], line: str) -> None:
    await bench.private(*before)

    answered = await said(bench, line)

    assert any(words in answered for words in _WAITING)
