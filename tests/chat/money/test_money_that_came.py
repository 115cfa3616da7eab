"""钱到没到：到了多少要说数，几笔合起来算，说没到、骂人、算尺寸的都不当成到账，也不拿“到此了结”去问还在等的人。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN, TIPS_SUBMITTED, said


@pytest.mark.parametrize("told", ["只退了一部分 剩下的没退", "退了一点点 没退全"])
async def test_a_part_without_a_sum_is_asked_for_the_sum_not_for_the_end(bench: Bench, told: str) -> None:
    await bench.private(*TIPS_SUBMITTED)

    heard = await said(bench, told)

    assert "到此了结" not in heard
    assert "到了多少" in heard


@pytest.mark.parametrize(
    "told",
    [
        "说了半天一点用没有 我这三万多是攒了两年的",
        "结案吧 一分没要回来",
        "放屁 谁说到账三万了",
        "一分钱都没到 我说的是我刷了9236",
    ],
)
async def test_what_says_nothing_came_is_no_arrival(bench: Bench, told: str) -> None:
    await bench.private(*TIPS_SUBMITTED)

    heard = await said(bench, told)

    assert "到账 " not in heard
    assert "钱都到了」吗" not in heard
    assert "只到了一部分」吗" not in heard


async def test_a_second_payment_is_added_to_the_first(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED, "到账 3280", "不是")

    heard = await said(bench, "快手昨天又退了1860")

    assert "到账 5,140 元" in heard
    assert "还差 4,096 元" in heard


async def test_of_several_sums_the_one_that_came_counts(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED)

    assert "到账 4,618 元" in await said(bench, "平台同意全退9236 今天4618到了 剩的还没到")


async def test_a_yes_that_says_go_on_does_not_close(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED, "到账 4618")

    heard = await said(bench, "是 但我不认 还想再争 别关")

    assert "没有了结" in heard
    assert "已退款" not in await said(bench, "进度")


async def test_what_was_denied_is_not_asked_again(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED)
    asked = await said(bench, "钱都到了")
    heard = await said(bench, "不是 我就问问 户口本要拍吗")

    assert "是说「" in asked
    assert "还差你一句" not in heard


@pytest.mark.parametrize("told", ["商家说要补他200块拆装费才退", "他要我再给他两百才肯退", "不是他给我200 是我给他200"])
async def test_money_they_want_from_me_is_no_offer(bench: Bench, told: str) -> None:
    await bench.private(*RETURN)

    assert "对方肯给" not in await said(bench, told)


async def test_several_amounts_asked_for_are_all_noted(bench: Bench) -> None:
    await bench.private(*RETURN, "能要多少")

    heard = await said(bench, "实付459 寄回运费18 我自己付的")

    assert "459 元" in heard
    assert "记下：" not in heard


async def test_a_whole_said_with_its_parts_is_the_whole(bench: Bench) -> None:
    await bench.private(*RETURN, "商家只肯退一半")

    assert "999 元" in await said(bench, "999 定金200尾款799加一起")


@pytest.mark.parametrize("told", ["算了 起诉还得花钱 不弄了 认栽", "我想通了 不追了", "行吧 算我倒霉 我放弃了"])
async def test_giving_up_in_so_many_words_is_asked_about_once(bench: Bench, told: str) -> None:
    await bench.private(*TIPS_SUBMITTED)

    asked = await said(bench, told)

    assert "是的话就不再要这笔钱了" in asked
    assert "提醒" not in await said(bench, "是")
    assert "现在是" not in await said(bench, "进度")


@pytest.mark.parametrize("told", ["要不我放弃了行不行", "他劝我放弃了 我不认 还要争"])
async def test_thinking_of_giving_up_is_not_giving_up(bench: Bench, told: str) -> None:
    await bench.private(*TIPS_SUBMITTED)

    assert "就不再要这笔钱了" not in await said(bench, told)
