"""用自己的话了结：说两遍就是“是”，隔着一句别的再问一次，几件一起说的接着问；不追了不替人补出别的事。"""

import pytest

from tests.chat.conversation_harness import Bench

SHOP = ("退货", "1", "1", "昨天", "1", "1")
MEDIATING = (*SHOP, "我提交退货申请了", "商家拒绝了", "我申请平台介入了", "平台没支持我", "12315 提交了", "12315受理了")
RICE = ("退款 场景 refund-only", "还没发货", "还没申请", "过了 还没发")


async def outcomes(bench: Bench) -> list[str | None]:
    return [row["outcome"] for row in await bench.rows("SELECT outcome FROM refund_cases ORDER BY id")]


async def walked(bench: Bench) -> list[str]:
    return [str(row["event_id"]) for row in await bench.rows("SELECT event_id FROM refund_case_events ORDER BY id")]


async def test_said_twice_is_a_yes(bench: Bench) -> None:
    await bench.private(*SHOP, "我提交退货申请了")
    (asked,) = await bench.private("钱到了 全退回来了")
    assert "是说" in asked
    assert await outcomes(bench) == [None]

    await bench.private("退款到账了呀 刚说过")

    assert await outcomes(bench) == ["refunded"]


async def test_a_question_between_does_not_lose_what_was_asked(bench: Bench) -> None:
    await bench.private(*SHOP, "我提交退货申请了", "钱到了 全退回来了")
    *_, again = await bench.private("退到花呗的怎么算啊")
    assert "是不是" in again

    await bench.private("是")

    assert await outcomes(bench) == ["refunded"]


async def test_it_is_asked_again_only_once(bench: Bench) -> None:
    await bench.private(*SHOP, "我提交退货申请了", "钱到了 全退回来了", "退到花呗的怎么算啊")

    said = await bench.private("退货的运费谁出")

    assert "是不是" not in said[-1]


@pytest.mark.parametrize("words", ["就按这个结了", "都完了 谢谢", "两清了"])
async def test_words_of_an_ending_are_a_yes(bench: Bench, words: str) -> None:
    await bench.private(*SHOP, "我提交退货申请了", "钱到了 全退回来了", words)

    assert await outcomes(bench) == ["refunded"]


async def test_two_matters_ended_in_one_sentence_are_both_asked_about(bench: Bench) -> None:
    await bench.private(*SHOP, "我提交退货申请了")
    await bench.private(*RICE)
    await bench.private("钱到了 两个都退了")
    *_, second = await bench.private("是")
    assert "是说" in second

    await bench.private("是")

    assert await outcomes(bench) == ["refunded", "refunded"]


async def test_giving_up_implies_nothing_that_was_not_said(bench: Bench) -> None:
    await bench.private(*MEDIATING)
    before = await walked(bench)
    await bench.private("算了 我不追了")
    await bench.private("是")

    assert [event for event in await walked(bench) if event not in before] == ["stop"]


async def test_a_correction_that_would_end_the_case_is_asked_first(bench: Bench) -> None:
    await bench.private(*MEDIATING)

    await bench.private("记错了 是我不追了 放弃了")

    assert await outcomes(bench) == [None]


async def test_what_is_taken_back_in_the_same_sentence_changes_nothing(bench: Bench) -> None:
    await bench.private(*MEDIATING)
    before = await walked(bench)

    await bench.private("不追了 放弃了 哦不对 说错了 没放弃")

    assert await walked(bench) == before
    assert await outcomes(bench) == [None]


async def test_a_denial_is_never_taken_for_a_yes(bench: Bench) -> None:
    await bench.private(*SHOP, "我提交退货申请了", "钱到了 全退回来了")

    await bench.private("不是都到了 是只有一百八")

    assert await outcomes(bench) == [None]


async def test_a_call_one_doubts_is_not_recorded_as_consent(bench: Bench) -> None:
    await bench.private(*SHOP, "我提交退货申请了")
    before = await walked(bench)

    said = "\n".join(await bench.private("有人打电话说同意退我560 让我报支付宝 这个不会又是骗子吧"))

    assert await walked(bench) == before
    assert "验证码" in said or "骗" in said


async def test_the_police_taking_a_case_is_no_lawsuit(bench: Bench) -> None:
    await bench.private(*MEDIATING, "没谈成 调解终止了")
    before = await walked(bench)

    await bench.private("派出所立案了 民警说是并案")

    assert "sued" not in await walked(bench)
    assert len(await walked(bench)) == len(before)


async def test_denying_what_was_noted_asks_whether_to_take_it_back(bench: Bench) -> None:
    await bench.private(*SHOP, "我提交退货申请了", "商家拒绝了", "我申请平台介入了")

    (asked, *_) = await bench.private("我没点平台介入 还没点呢")
    assert "撤掉吗" in asked
    await bench.private("撤掉")

    (row,) = await bench.rows("SELECT stage_id FROM refund_cases")
    assert row["stage_id"] == "refused"


async def test_what_is_missing_is_not_what_arrived_and_nothing_fails(bench: Bench) -> None:
    await bench.private(*SHOP, "我提交退货申请了", "商家同意退货了")

    said = "\n".join(await bench.private("收到的钱少了十五，运费没给算"))

    assert "没办成" not in said
    (row,) = await bench.rows("SELECT amounts FROM refund_cases")
    assert "15" not in str(row["amounts"])


async def test_two_parts_of_the_money_are_added_up(bench: Bench) -> None:
    await bench.private("孩子十岁 偷拿我手机给快手主播打赏了20800 我们不知道", "他自己偷偷刷的 我们完全不知道")
    await bench.private("最早去年12月3号", "还没申请过", "没有其他证据 就这些", "在App里提交了", "同意退了 全退")
    first = "\n".join(await bench.private("今天到了12000 还差8800"))
    assert await outcomes(bench) == [None]
    assert "是的话" not in first

    await bench.private("剩下的8800也到了 钱都到齐了", "是")

    assert await outcomes(bench) == ["refunded"]
