"""反问、否认、说的是别的：不当成应了，不记反；结了的打得开，不是这种事就换。"""

from datetime import datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN, TIPS_SUBMITTED, said


async def is_open(bench: Bench) -> bool:
    rows = await bench.rows("SELECT closed_at FROM refund_cases ORDER BY id LIMIT 1")
    return rows[0]["closed_at"] is None


@pytest.mark.parametrize(
    "protest", ["什么到账了 我问的是钱到账了没", "哪有到账 一分没到账", "他讲钱到账要等礼拜六之前"]
)
async def test_a_protest_in_the_same_words_is_no_yes(bench: Bench, protest: str) -> None:
    await bench.private(*TIPS_SUBMITTED, "钱到账了")
    await bench.private(protest)
    assert await is_open(bench)


async def test_reopening_finds_what_closed_the_case_past_later_changes(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED, "到账 3280", "就这样了", "是")
    assert not await is_open(bench)
    await bench.private("退货")
    await said(bench, "重新打开", "撤掉")
    assert await is_open(bench)


async def test_a_threat_for_money_is_met_as_blackmail(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED)
    heard = await said(bench, "那个骗子又打电话了 说不交钱就把我老公的事发给他单位 我吓死了")
    assert "110" in heard
    assert "别给钱" in heard


@pytest.mark.parametrize("told", ["夫妻共同的钱", "微信上还单独给那个女主播转过3次钱 加起来6200"])
async def test_money_that_was_spent_did_not_come_back(bench: Bench, told: str) -> None:
    await bench.private(*TIPS_SUBMITTED)
    assert "已经退了" not in await said(bench, told)
    assert "到账了」吗" not in await said(bench, told)


async def test_the_sum_that_did_not_come_is_not_the_one_that_came(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED)
    heard = await said(bench, "5000已经到了 4236没给")
    assert "到账 5,000 元" in heard
    assert "到账 4,236 元" not in heard


async def test_a_refund_for_a_deleted_review_is_answered(bench: Bench) -> None:
    await bench.private(*RETURN)
    assert "不用删" in await said(bench, "商家说删了差评才给退")


async def test_settling_after_a_part_came_asks_whether_it_ends(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED, "到账 3280", "不是")
    heard = await said(bench, "就这样了 不争了")
    assert "到此了结" in heard


async def test_another_matter_than_the_one_asked_about(bench: Bench) -> None:
    await bench.private("孩子刷礼物的事")
    heard = await said(bench, "啥打赏啊 我买的衣服发错了 退货商家不认")
    assert "打赏总额" not in heard
    assert "退货" in heard


async def test_accepting_is_asked_before_it_ends_the_claim_and_then_recorded(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED, "客服打电话说只能退六成 5541")
    await said(bench, "我同意了", "那个协议要不要签啊")
    assert "接受这个数" in await said(bench, "是 我接受了六成")
    await said(bench, "是")
    assert "等待到账" in await said(bench, "进度")


@pytest.mark.parametrize("told", ["不是 我要的是9236 一分没到", "不是 我刷了9236"])
async def test_a_sum_in_a_denial_is_no_arrival(bench: Bench, told: str) -> None:
    await bench.private(*TIPS_SUBMITTED, "钱到账了")
    assert "到账 9,236" not in await said(bench, told)


async def test_a_sum_lost_for_good_is_no_arrival(bench: Bench) -> None:
    await bench.private(*TIPS_SUBMITTED, "到账 3280", "不是")
    await said(bench, "就这样吧 剩下6000当交学费了")
    assert "6,000" not in await said(bench, "能要多少")


async def test_the_day_is_that_of_the_piece_that_tells_it(bench: Bench) -> None:
    bench.clock.moment = datetime(2026, 11, 30, 10, 0, tzinfo=SHANGHAI)
    await bench.private(*TIPS_SUBMITTED, "让我补材料")
    await said(bench, "昨晚他爸拍照发过来了 今天上午材料都传上去了")
    assert "11月30日 材料补好了" in await said(bench, "进度")
