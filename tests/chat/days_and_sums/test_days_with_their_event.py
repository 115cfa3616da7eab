"""问着哪天：说了几个日子、带着气说的、先前说过的，话里说清了是哪件事就用它；别的话不当作没读懂的日子。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said

REFUSED = ("快手卖的翻新手机 说全新的 1899 我退货他给我拒了", "全新的是翻新的 跟说的不一样")
ASKED = (*REFUSED, "有视频 检测报告也有")
QUESTION = "商家哪天拒绝的？"


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("我他妈22号拒的上面说过了", "11月22日"),
        ("昨天拒的行了吧", "11月22日"),
        ("20号申请的 22号拒的", "11月22日"),
        ("19号我点的退货 隔天21号被拒", "11月21日"),
        ("15号收的货21号拒我退款", "11月21日"),
        ("前天他给拒的 操", "11月21日"),
        ("你管他哪天拒的 反正是前天", "11月21日"),
        ("就22号呗", "11月22日"),
    ],
)
async def test_the_day_of_the_asked_event_is_taken(bench: Bench, told: str, day: str) -> None:
    assert QUESTION in await said(bench, *ASKED)

    await bench.private(told)

    assert f"2026年{day}" in await said(bench, "改答案")


@pytest.mark.parametrize("told", ["22号23号拒的", "20号申请的", "他说22号给我退", "昨天他骂我", "15号到的货"])
async def test_days_of_something_else_are_not(bench: Bench, told: str) -> None:
    await bench.private(*ASKED)

    assert "【看材料】" not in await said(bench, told)


async def test_a_day_told_before_is_not_asked_again(bench: Bench) -> None:
    await bench.private(*REFUSED, "上面问过了 20号申请的 22号拒的 说激活了不退")

    assert QUESTION not in await said(bench, "有视频 检测报告也有")


@pytest.mark.parametrize("told", ["22号拒的", "是22号驳回的", "就是11月22号拒的我"])
async def test_an_unknown_day_is_filled_in_after_the_verdict(bench: Bench, told: str) -> None:
    await bench.private(*ASKED, "不清楚")

    assert "由「不清楚」改成「11月22日」" in await said(bench, told)


async def test_a_wish_at_a_date_question_is_answered_and_the_day_asked_once_more(bench: Bench) -> None:
    await bench.private(*ASKED)

    for wish, answer in {
        "客服他妈的永远是机器人 转人工转不了": "转人工",
        "我要找人工客服 找不着": "联系客服",
        "王婶不会弄手机 我替她弄行不": "委托书",
    }.items():
        heard = await said(bench, wish)
        assert answer in heard
        assert QUESTION in heard


@pytest.mark.parametrize("beside", ["有视频", "有的", "弄好了"])
async def test_something_there_is_no_yes_to_a_day(bench: Bench, beside: str) -> None:
    asked = await said(bench, "我儿子12岁偷偷给主播刷了三千四 我们不知道 我昨天才发现", "大人的号 别的啥证据都没有")
    assert "就是这天回「是」" in asked

    assert "打赏日期：11月22日" not in await said(bench, beside)
