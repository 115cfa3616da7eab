"""同一种的两件列在一起，说买的是什么、多少钱，没有的说哪天立的案；只有一件的不用。说弄错了的是哪种事，不当成哪一题。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said

SHOES = ("在快手小店买的鞋想退 还没申请 不想要了 昨天签收的 完好 199", "普通商品", "完好，只拆开看过、试过")
POT = ("另外记一件 快手买的锅坏了 89 还没申请", "坏了或有质量问题", "前天", "不严重", "有，能看清问题")


@pytest.mark.parametrize("line", ["我的", "进度", "申请交上去了", "文书"])
async def test_two_of_a_kind_are_told_apart_by_what_was_bought(bench: Bench, line: str) -> None:
    await bench.private(*SHOES, *POT)

    answered = await said(bench, line)

    assert "快手小店退货退款（锅" in answered
    assert "快手小店退货退款（鞋" in answered


async def test_one_alone_keeps_its_plain_title(bench: Bench) -> None:
    await bench.private(*SHOES)

    assert "快手小店退货退款 ·" in await said(bench, "我的")


@pytest.mark.parametrize("line", ["你搞错了吧 不是课", "搞错了呀 哪有课"])
async def test_a_wrong_matter_gets_the_menu(bench: Bench, line: str) -> None:
    await bench.private("果树苗课程买错了 699 想退")

    assert "你遇到的是哪一种" in await said(bench, line)


async def test_a_wrong_matter_with_the_right_one_begins_it(bench: Bench) -> None:
    await bench.private("果树苗课程买错了 699 想退")

    assert "这单退货现在走到哪一步了" in await said(bench, "弄错了 我买的是树苗 不是上课")


async def test_a_wrong_answer_is_still_a_wrong_answer(bench: Bench) -> None:
    await bench.private("孩子打赏")

    assert "你遇到的是哪一种" not in await said(bench, "你搞错了吧 不是课")
