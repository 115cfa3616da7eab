"""对方说的答复期限不是发生了什么：“说七个工作日内告诉我受不受理”记的是投诉了，期限照算。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_REFUSED, TIPS, TIPS_SUBMITTED, said, steps

_TO_COMPLAIN = (*TIPS_SUBMITTED, "昨天被拒了", "直接往外投诉")


@pytest.mark.parametrize(
    ("before", "line", "event"),
    [
        (_TO_COMPLAIN, "今天在12315上投诉了 填的是杭州的公司 说七个工作日内告诉我受不受理", "complained"),
        (_TO_COMPLAIN, "刚在小程序里把投诉递上去了 页面说七个工作日回复受理不受理", "complained"),
        (RETURN_REFUSED, "平台介入点好了 页面写3天内告诉我支不支持", "platform-asked"),
    ],
)
async def test_a_term_beside_news_does_not_hide_it(
    bench: Bench, before: tuple[str, ...], line: str, event: str
) -> None:
    await bench.private(*before)
    known = await steps(bench)

    answered = await said(bench, line)

    assert (await steps(bench))[len(known) :][-1] == event
    assert "哪一种" not in answered


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("我喊隔壁小妹帮我在快手上交了 说是七个工作日", "12月2日"),
        ("我妈今天帮弟弟那300在app交了", ""),
        ("我姐今天帮侄子那480在快手上交了", ""),
    ],
)
async def test_what_a_helper_submitted_is_asked_about_at_least(bench: Bench, line: str, day: str) -> None:
    await bench.private(*TIPS)

    answered = await said(bench, line)

    assert "停！先别转钱" not in answered
    assert "已在 App 里提交" in answered
    assert day in await said(bench, "是")
    assert await steps(bench) == ["applied"]


@pytest.mark.parametrize("line", ["客服让我先交300才给退 我妈正在交", "客服让我妈在app上交480才给退"])
async def test_money_demanded_first_is_still_danger(bench: Bench, line: str) -> None:
    await bench.private(*TIPS)

    assert "停！先别转钱" in await said(bench, line)


async def test_a_term_for_the_goods_is_no_mere_term(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED)

    await said(bench, "客服让我三天内补材料")

    assert (await steps(bench))[-1] == "asked-more"
