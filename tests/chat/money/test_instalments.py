"""说好分几次给的：先等最早的一次，后面的几次列着；到了一次接着等下一次，都到了才了结。"""

from datetime import datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from tests.chat.conversation_harness import USER, Bench
from tests.chat.told_in_words import RETURN, TIPS_SUBMITTED, said

AUTUMN = datetime(2026, 11, 30, 10, 0, tzinfo=SHANGHAI)
HALVES = "平台同意退了 分两次 12月4号一半 12月15号一半"
REST_LATER = "商家同意直接退款不用寄了 周五给200 月底再给剩下的"


@pytest.fixture
async def tips(bench: Bench) -> Bench:
    """要回 9236 元的一件，等着平台答复。"""
    bench.clock.moment = AUTUMN
    await bench.private(*TIPS_SUBMITTED)
    return bench


@pytest.fixture
async def goods(bench: Bench) -> Bench:
    """不知道要的一共多少的一件，商家刚拒绝。"""
    bench.clock.moment = AUTUMN
    await bench.private(*RETURN)
    return bench


async def test_the_first_day_counts_and_the_later_one_is_named(tips: Bench) -> None:
    heard = await said(tips, HALVES)
    assert "到账：到 12月4日（周五）24 点" in heard
    assert "后面还说好 12月15日（周二）" in heard
    assert "后面还说好 12月15日（周二）" in await said(tips, "进度")


async def test_halves_on_two_days_are_not_an_offer_of_half(tips: Bench) -> None:
    assert "对方肯给" not in await said(tips, HALVES)


async def test_when_the_first_came_it_waits_for_the_second(tips: Bench) -> None:
    await said(tips, HALVES)
    tips.clock.moment = datetime(2026, 12, 4, 15, 0, tzinfo=SHANGHAI)
    heard = await said(tips, "第一笔4618到了")
    assert "还差 4,618 元" in heard
    assert "12月15日（周二）" in heard
    assert "到账：到 12月15日（周二）24 点" in await said(tips, "进度")


async def test_without_a_sum_to_compare_a_part_does_not_end_it(goods: Bench) -> None:
    await said(goods, REST_LATER)
    goods.clock.moment = datetime(2026, 12, 4, 15, 0, tzinfo=SHANGHAI)
    heard = await said(goods, "200到了")
    assert "这一次的 200 元到了" in heard
    assert "12月31日（周四）" in heard
    assert "就到此了结" not in heard


async def test_undoing_the_part_gives_the_first_day_back(goods: Bench) -> None:
    await said(goods, REST_LATER)
    await said(goods, "200到了", "撤销")
    assert "退款到账：到 12月4日（周五）24 点" in await said(goods, "进度")


async def test_said_to_have_come_in_full_ends_it_after_asking(goods: Bench) -> None:
    await said(goods, REST_LATER)
    assert "就到此了结" in await said(goods, "钱都到齐了")


async def test_after_the_last_there_is_nothing_more_to_wait_for(goods: Bench) -> None:
    await said(goods, REST_LATER, "200到了")
    assert "后面还说好" not in await said(goods, "进度")
    assert "就到此了结" in await said(goods, "剩下的也到账了")


async def test_the_later_day_is_kept_over_a_restart_and_reminded(goods: Bench) -> None:
    await said(goods, REST_LATER, "200到了")
    await goods.restart()
    goods.clock.moment = datetime(2027, 1, 1, 10, 1, tzinfo=SHANGHAI)
    await goods.assembly.worker.run_once()
    assert "对方说好的日子到了" in "".join(goods.platform.received_by(USER))


async def test_instalments_told_later_move_the_date(goods: Bench) -> None:
    await said(goods, "商家同意直接退款不用寄了")
    heard = await said(goods, "他又说分两次退 12月9号退一半 12月30号退剩下的")
    assert "退款到账：到 12月9日（周三）24 点" in heard
    assert "后面还说好 12月30日（周三）" in heard
