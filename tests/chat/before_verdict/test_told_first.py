"""头一句里、问答途中说起的不丢：几笔的总数、对方出的数、进展；结论仍是两条话。"""

import pytest

from tests.chat.conversation_harness import Bench


async def test_a_total_told_first_is_what_an_offer_is_compared_with_though_it_was_never_asked(bench: Bench) -> None:
    await bench.private("孩子10岁 刷礼物5000", "1", "4", "快手今天回了说只退一半")
    said = await bench.private("上个月20号")
    assert len(said) == 2
    assert "你要的是 5,000 元：约 50%，差 2,500 元" in said[1]


async def test_an_offer_told_first_is_kept_and_what_a_contract_says_is_none(bench: Bench) -> None:
    begun = "\n".join(await bench.private("商家说只给我退20，我买的139的鞋开胶了"))
    assert "对方出的 20 元，也先记着" in begun
    await bench.private("删除我的数据", "确认删除")
    assert "对方出的" not in "\n".join(await bench.private("课上了三节 想退 合同说上了三节机构只退15%"))


async def test_after_news_told_early_the_verdict_is_two_messages_and_tells_the_step_it_stands_at(bench: Bench) -> None:
    await bench.private("快手买的锅掉漆 128块 11月20号签收", "还没申请", "我昨天申请了 商家今天拒绝了", "是")
    said = await bench.private("1")
    assert len(said) == 2
    assert "现在是「商家拒绝或不回应」" in said[1]
    assert "你现在点哪里" not in said[1]
    assert said[1].count("你要做的") == 1
    assert "128 元" in said[1]


async def test_a_verdict_with_an_offer_told_first_tells_its_dates_and_the_day_of_applying_told_later_counts(
    bench: Bench,
) -> None:
    told = "儿子13岁 用苹果手机给主播刷了七万块 快手客服说只退百分之七十 我该怎么办"
    await bench.private(told, "看账单才知道", "用的他自己的号 跟主播的聊天都在")
    said = await bench.private("最早一笔是今年5月12号")
    assert len(said) == 2
    assert "三年诉讼时效：最晚 2029年5月12日" in said[1]
    assert "改好了：已在 App 里提交（昨天）" in "\n".join(await bench.private("材料我昨天在快手里交上去了"))
    assert "先前已经记过了" in "\n".join(await bench.private("材料我在快手里交上去了"))


async def test_quitting_at_the_menu_starts_nothing(bench: Bench) -> None:
    await bench.private("在直播间被忽悠买了三盒保健品一共2394，我妈68岁")
    assert "没有进行中的问答" in "\n".join(await bench.private("退出"))
    assert await bench.rows("SELECT state FROM refund_interviews") == []


@pytest.mark.parametrize(
    ("arrived", "due"), [((), "退还打赏款50,600 元"), (("快手退了20000到账了",), "退还打赏款30,600 元")]
)
async def test_papers_ask_for_what_is_still_due_and_for_interest(
    bench: Bench, arrived: tuple[str, ...], due: str
) -> None:
    await bench.private(
        "孩子11岁偷刷主播 支付宝12000微信8600信用卡30000", "1", "4", "上个月20号", "快手说退2万", "不接受"
    )
    for said in arrived:
        await bench.private(said, "不是")
    assert due in "\n".join(await bench.private("文书", "请平台客服升级处理"))
    complaint = "\n".join(await bench.private("12315投诉书"))
    assert "自2026年10月20日起按一年期 LPR 计算到退清之日" in complaint
