"""有了结论之后，没说是在改，说的数却和答过的不一样：先问要不要改，不当成到账，也不悄悄改掉。"""

import pytest

from tests.chat.conversation_harness import Bench

TOLD = (
    "孩子十岁 偷拿我手机给快手主播打赏了65万 我们不知道",
    "他自己偷偷刷的 我们完全不知道",
    "最早去年12月3号",
    "还没申请过",
    "没有其他证据 就这些",
)


async def text_of(bench: Bench, *lines: str) -> str:
    return "\n".join([said for line in lines for said in await bench.private(line)])


@pytest.mark.parametrize("said", ["一共刷了七万二", "算了下 刷了七万二千块", "总共打赏了7.2万"])
async def test_another_sum_is_asked_about_before_it_is_changed(bench: Bench, said: str) -> None:
    await bench.private(*TOLD)
    asked = await text_of(bench, said)

    assert "650000 元" in asked
    assert "72000 元" in asked
    assert "要改吗" in asked
    assert "到账" not in asked


async def test_yes_changes_the_sum_and_says_what_it_changes(bench: Bench) -> None:
    await bench.private(*TOLD, "一共刷了七万二")

    assert "由「650000 元」改成「72000 元」" in await text_of(bench, "改")


async def test_no_leaves_the_sum(bench: Bench) -> None:
    await bench.private(*TOLD, "一共刷了七万二")

    assert "不改" in await text_of(bench, "2")
    assert "650,000 元" in await text_of(bench, "平台说退三万")


async def test_the_sum_already_known_is_not_asked_about(bench: Bench) -> None:
    await bench.private(*TOLD)

    assert "要改吗" not in await text_of(bench, "一共刷了65万")


async def test_what_was_offered_or_came_back_is_not_taken_for_what_was_paid(bench: Bench) -> None:
    await bench.private(*TOLD)

    assert "要改吗" not in await text_of(bench, "平台说一共退七万二")


async def test_a_yes_after_small_talk_answers_the_small_talk(bench: Bench) -> None:
    await bench.private(*TOLD)
    offered = await text_of(bench, "买的鞋子也有点问题")
    assert "回「换」" in offered
    went_on = await text_of(bench, "女儿16了", "好的")

    assert "退货" not in went_on


async def test_being_unsure_after_the_verdict_asks_for_nothing(bench: Bench) -> None:
    await bench.private(*TOLD)

    assert "删" not in await text_of(bench, "不清楚")


@pytest.mark.parametrize(("said", "sum_in_words"), [("花了2600", "2,600 元"), ("我付款的时候花了两千六", "2,600 元")])
async def test_what_was_spent_is_counted_and_is_not_taken_for_money_that_came_back(
    bench: Bench, said: str, sum_in_words: str
) -> None:
    await bench.private("退货", "商家拒绝了", "怀疑是假货", "昨天收到的", "还没申请介入", "不知道")
    counted = await text_of(bench, said)

    assert "到账" not in counted.partition("能要的")[0]
    assert sum_in_words in counted
