"""日子是哪件事的：问拒绝那天，答的是到货、下单、申请那天的，再问一句；刚记下的进展说错了哪天就改那天，别的事的日子不动它。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_DISPUTED, RETURN_SENT, said, steps_with_days

ASKED_WHEN_REFUSED = ("退货", "商家拒绝了", "和描述不一样", "有，能看清问题")
ASKED_FOR_MORE = (*RETURN_DISPUTED, "平台让我补凭证")


@pytest.mark.parametrize(
    "told",
    ["11月14到的", "14号收到货的", "13号下单", "15号申请的", "上礼拜五才到货", "货是12号到家的", "昨天付的钱"],
)
async def test_the_day_of_another_thing_is_asked_back(bench: Bench, told: str) -> None:
    await bench.private(*ASKED_WHEN_REFUSED)

    heard = await said(bench, told)

    assert "已记成案件" not in heard
    assert "先记着" not in heard
    assert "听到了" not in heard
    assert "哪天拒绝的" in heard or "「驳回日期」就是" in heard


@pytest.mark.parametrize("told", ["20号", "20号拒的", "14号拿到手 拒绝是20号"])
async def test_the_day_asked_for_is_taken(bench: Bench, told: str) -> None:
    await bench.private(*ASKED_WHEN_REFUSED)

    assert "已记成案件" in await said(bench, told)


async def test_arriving_answers_when_it_was_signed_for(bench: Bench) -> None:
    await bench.private("退货", "还没申请", "和描述不一样")

    assert "照片、视频" in await said(bench, "18号到的")


@pytest.mark.parametrize(
    "told",
    ["不对 平台是昨天才通知的", "是昨天让我补的 不是今天", "平台是昨晚说的 还有那个商家同意是假的 没这回事"],
)
async def test_the_day_of_the_last_report_is_moved(bench: Bench, told: str) -> None:
    await bench.private(*ASKED_FOR_MORE)
    (_, before), *_ = reversed(await steps_with_days(bench))

    heard = await said(bench, told)

    assert "平台让我补凭证（昨天）" in heard
    assert (await steps_with_days(bench))[-1][1] < before


async def test_a_limit_told_in_between_does_not_hide_the_report(bench: Bench) -> None:
    passed = await said(bench, *RETURN_DISPUTED, "平台前天让我补凭证", "24小时内交")
    assert "已经过了" in passed

    heard = await said(bench, "不对 平台是今天才通知的")

    assert "平台让我补凭证（今天）" in heard
    assert "已经过了" not in heard


async def test_not_that_day_but_this_one(bench: Bench) -> None:
    await bench.private(*RETURN_SENT)

    assert "已寄出，填了单号（前天）" in await said(bench, "不是昨天寄的 是前天寄的")


async def test_another_call_moves_no_day(bench: Bench) -> None:
    await bench.private(*ASKED_FOR_MORE)

    assert "记下：" not in await said(bench, "昨天商家又打电话")


async def test_the_day_the_parcel_came_and_a_price_move_no_report(bench: Bench) -> None:
    await bench.private("退货", "申请了在等商家处理", "昨天中午", "今天点了平台介入")
    before = await steps_with_days(bench)

    heard = await said(bench, "不对不对 我前头说错了 鞋是17号到手的 钱是859不是869 闺女刚给我翻的订单")

    assert "只退了一部分" not in heard
    assert "859" in heard
    assert await steps_with_days(bench) == before


async def test_a_day_and_a_record_that_never_was_are_both_put_right(bench: Bench) -> None:
    await bench.private(*ASKED_FOR_MORE)

    heard = await said(bench, "平台是昨晚通知的 还有那个商家拒绝了没有这回事")

    assert "平台让我补凭证（昨天）" in heard
    assert "「商家拒绝了」" in heard
