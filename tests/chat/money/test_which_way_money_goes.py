"""钱往哪边去、一个数是什么钱：花出去的、要的、对方不给的，都不是到账，也不是说好给。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_DISPUTED, TIPS_SUBMITTED, said

GRANDFATHER = (
    "替我爷爷问的 他在快手被一个女主播忽悠打赏了好多钱",
    "爷爷78了 主播私聊说要来看他认他当干爹 让他刷火箭",
    "上周日我回家翻他手机才知道的",
)
PRICED = (*RETURN_DISPUTED, "价格记错了 是899")


@pytest.mark.parametrize("told", ["从国庆节刷到现在 一万三左右吧 微信", "他前后总共送出去一万三 都是支付宝付的"])
async def test_money_spent_is_what_is_wanted_not_what_came(bench: Bench, told: str) -> None:
    await bench.private(*GRANDFATHER)

    assert "你要的是 13,000 元" in await said(bench, told)
    assert "到账" not in await said(bench, "进度")


async def test_a_further_payment_is_stopped_first_and_added(bench: Bench) -> None:
    await bench.private(*GRANDFATHER, "从国庆节刷到现在 一万三左右吧 微信")

    heard = await said(bench, "爷爷今天早上又被那女的叫去刷了800")

    assert heard.startswith("先别让钱再出去")
    assert "一共 13,800 元" in heard


async def test_a_further_payment_is_no_total(bench: Bench) -> None:
    await bench.private(*GRANDFATHER)

    assert "前后一共多少" in await said(bench, "爷爷昨晚又让人哄着送了1200")


@pytest.mark.parametrize(
    "told", ["剩的4618平台说不谈了 我打算去12315", "余下那4618他们不肯再给", "差的4618客服说没得商量"]
)
async def test_a_refused_rest_is_no_promise(bench: Bench, told: str) -> None:
    await bench.private(*TIPS_SUBMITTED, "到账 4618", "不是")

    assert "说好再给" not in await said(bench, told)
    assert "说好的是" not in await said(bench, "进度")


async def test_a_sum_still_wanted_did_not_come(bench: Bench) -> None:
    await bench.private(*PRICED)

    await said(bench, "后悔了 还有148要他给")

    assert "到账 148" not in await said(bench, "进度")


@pytest.mark.parametrize(
    ("told", "wanted"),
    [("我要899加运费23 一共922", "922"), ("我要他们退我950", "950"), ("我总共要退1020", "1,020")],
)
async def test_a_wanted_total_is_kept(bench: Bench, told: str, wanted: str) -> None:
    await bench.private(*PRICED)

    assert f"你要的是 {wanted} 元" in await said(bench, told)


async def test_the_price_correction_the_bot_suggests_undoes_nothing(bench: Bench) -> None:
    await bench.private(*PRICED)

    assert "钱数改成 869 元" in await said(bench, "价格记错了 是869")


@pytest.mark.parametrize("told", ["钱到勒 899 昨天到的 这事完了", "899到了 原路退的 结束吧"])
async def test_the_whole_sum_and_it_is_over_closes_unasked(bench: Bench, told: str) -> None:
    await bench.private(*PRICED)

    assert "退款到账" in await said(bench, told)
    assert "没有在办的案件" in await said(bench, "进度")


@pytest.mark.parametrize("told", ["到账899", "到了500 这事完了", "899到了 这事就完了吗"])
async def test_a_smaller_sum_or_no_word_of_the_end_closes_nothing(bench: Bench, told: str) -> None:
    await bench.private(*PRICED, told)

    assert "走过的" in await said(bench, "进度")
