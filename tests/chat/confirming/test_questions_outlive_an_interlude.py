"""问过“要改吗”“换不换”“是不是”，先说了别的：过几句回那几个字还算数；碰巧像“是”的话不算。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_APPLIED, RETURN_REFUSED, RETURN_SENT, said, steps, steps_with_days

OF_A_CHILD = (
    "我儿子12岁偷偷拿我手机在快手给主播刷礼物刷了三千四 我们完全不知道",
    "大人的号 别的啥证据都没有",
    "最早9月12号",
)
SENT_BACK = (
    "退货寄回去了 商家说没收到 不给退款怎么办",
    "签收了啊 物流写的11月19号已签收 商家非说没收到",
    "空气炸锅259 我自己垫的运费23 那运费谁出",
    "顺丰寄的 17号寄出",
    "19号啊 不是说了吗",
    "商家现在又改口说有使用痕迹影响二次销售",
    "我就试了一下烤个红薯 烤完里面冒黑烟 才退的",
)
CHANGED = "有聊天记录 他喊主播姐姐说自己六年级"
ANOTHER = "我自己也有个 坚果发霉的 59块9 快手买的 昨天到"


@pytest.mark.parametrize("amends", ["改", "改吧", "嗯 改", "是的 改一下", "帮我改"])
@pytest.mark.parametrize(
    "between", [("今天交上去了",), ("花呗要还款日了 先还吗 会不会影响征信", "那我现在申请被拒了是不是就没机会了")]
)
async def test_amending_is_still_answered_after_other_words(
    bench: Bench, between: tuple[str, ...], amends: str
) -> None:
    assert "要改吗" in await said(bench, *OF_A_CHILD, CHANGED)
    await bench.private(*between)

    assert "改好了：账号、手机和证据" in await said(bench, amends)


async def test_keeping_it_as_it_was_is_heard_after_other_words(bench: Bench) -> None:
    await bench.private(*OF_A_CHILD, CHANGED, "今天交上去了")

    assert "不改，还照原来的" in await said(bench, "不用改")
    assert "改好了" not in await said(bench, "改")


async def test_only_its_own_word_answers_a_question_put_aside(bench: Bench) -> None:
    await bench.private(*OF_A_CHILD, CHANGED, "今天交上去了")

    assert "改好了" not in await said(bench, "是")


async def test_a_question_put_aside_is_forgotten_after_some_lines(bench: Bench) -> None:
    await bench.private(*OF_A_CHILD, CHANGED, "今天交上去了", "好的", "谢谢", "哈哈", "嗯嗯")

    assert "改好了" not in await said(bench, "改")


async def test_an_interlude_brings_the_question_back_once(bench: Bench) -> None:
    await bench.private(*OF_A_CHILD, CHANGED)

    assert "回「改」或「不改」" in await said(bench, "要不要找律师")
    assert "回「改」或「不改」" not in await said(bench, "告主播要花多少钱")
    assert "改好了" in await said(bench, "改")


@pytest.mark.parametrize("switches", ["换", "换过去"])
async def test_switching_is_still_answered_after_news_of_the_case(bench: Bench, switches: str) -> None:
    assert "要换过去就回「换」" in await said(bench, *RETURN_APPLIED, ANOTHER)
    await bench.private("商家昨天同意退货了")

    assert "货现在是什么情况" in await said(bench, switches)


@pytest.mark.parametrize("beside", ["有照片 没吃", "有的", "做了", "有视频"])
async def test_only_a_plain_yes_takes_anything_back(bench: Bench, beside: str) -> None:
    assert "撤掉吗" in await said(bench, *RETURN_APPLIED, "还没申请 我记错了")

    assert "撤销了" not in await said(bench, beside)


@pytest.mark.parametrize("plainly", ["是", "好的 撤了", "撤掉", "1", "可以"])
async def test_a_plain_yes_still_takes_it_back(bench: Bench, plainly: str) -> None:
    assert "撤掉吗" in await said(bench, *RETURN_APPLIED, "还没申请 我记错了")

    assert "撤销了" in await said(bench, plainly)


@pytest.mark.parametrize("beside", ["主播把聊天记录全删了", "他把我拉黑了", "我把视频都拍了"])
async def test_words_about_something_else_confirm_nothing(bench: Bench, beside: str) -> None:
    assert "是说「退款到账了」吗" in await said(bench, *RETURN_SENT, "钱退回来了")

    await bench.private(beside)

    assert (await steps(bench))[-1] == "sent-back"


@pytest.mark.parametrize("deed", ["提交了 要退198", "点了", "刚申请"])
async def test_a_deed_of_ones_own_gives_nothing_up(bench: Bench, deed: str) -> None:
    assert "是说「不退了」吗" in await said(bench, "仅退款", "4", "2", "不退了")

    assert "你决定不退了" not in await said(bench, deed)


@pytest.mark.parametrize("yes", ["到了到了", "收到了 都齐了", "退回来了", "是的 到了"])
async def test_saying_it_again_confirms_it(bench: Bench, yes: str) -> None:
    await bench.private(*RETURN_SENT, "钱退回来了")

    await bench.private(yes)

    assert (await steps(bench))[-1] == "arrived"


async def test_a_day_told_with_a_guess_is_asked_again_after_other_news(bench: Bench) -> None:
    assert "是说「商家签收了退货」吗" in await said(bench, *SENT_BACK, "不是路上 19号就签收了")
    assert "还差你一句：「商家签收了退货」" in await said(bench, "那运费谁出")
    await bench.private("是")
    assert ("merchant-signed", "2026-11-19") in await steps_with_days(bench)


async def test_a_list_of_kinds_comes_back_after_a_question(bench: Bench) -> None:
    listed = await said(bench, *RETURN_REFUSED, "商家现在又改口说有使用痕迹影响二次销售")
    assert "是哪一种" in listed

    assert "刚才那件还没定是哪一种：1 " in await said(bench, "那运费谁出")
