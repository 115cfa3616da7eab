"""对方出的数的别的说法：判一个数、加到多少、要扣多少、后面还问行不行；说了几成又说了数的，照那个数。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.money.test_which_way_money_goes import PRICED
from tests.chat.told_in_words import TIPS_SUBMITTED, said


@pytest.mark.parametrize(
    ("told", "offered"),
    [
        ("平台判150", "150"),
        ("平台裁定商家赔我240", "240"),
        ("老板回话勒 说退俩没拆的 拆的那个不退 退266", "266"),
        ("店家加到400了 说东西不用退", "400"),
        ("店家先给300 后来加到400 我没要", "400"),
        ("商家电话里骂我 说最多赔300 不要拉倒", "300"),
        ("老板打电话 说只赔一百二 合适吗", "120"),
        ("商家说给我退500 要不要答应", "500"),
    ],
)
async def test_the_sum_is_kept_as_a_part(bench: Bench, told: str, offered: str) -> None:
    await bench.private(*PRICED, told)

    assert f"对方肯给 {offered} 元" in await said(bench, "进度")


@pytest.mark.parametrize(("told", "left"), [("他说要扣我50 折旧费", "849"), ("客服说扣60包装费 剩下的退", "839")])
async def test_a_deduction_offers_the_rest_and_is_asked(bench: Bench, told: str, left: str) -> None:
    await bench.private(*PRICED)

    heard = await said(bench, told)

    assert f"对方肯给{left} 元" in heard
    assert "吗？回「是」或「不是」" in heard


async def test_a_deduction_made_is_no_offer(bench: Bench) -> None:
    await bench.private(*PRICED)

    assert "到账 849 元" in await said(bench, "退了849 扣了我50")


@pytest.mark.parametrize(
    ("told", "offered"),
    [
        ("平台说只给退微信那块的一半 3390", "3,390 元"),
        ("平台愿意退七成也就是6465", "6,465 元"),
        ("平台答应退9236的一半", "一半"),
        ("平台说退一半 3天内答复", "一半"),
    ],
)
async def test_a_stated_figure_beats_its_share(bench: Bench, told: str, offered: str) -> None:
    await bench.private(*TIPS_SUBMITTED, told)

    assert f"对方肯给 {offered}；" in await said(bench, "进度")


async def test_my_own_plan_with_a_question_is_no_news(bench: Bench) -> None:
    await bench.private(*PRICED)

    assert "好，记下" not in await said(bench, "我直接起诉他 行不行")
