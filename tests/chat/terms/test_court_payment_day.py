"""判决书、调解书写了哪天付的：等到那天，过了那天提醒；两年的申请执行从那天数。"""

from datetime import datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from tests.chat.conversation_harness import USER, Bench
from tests.chat.told_in_words import RETURN, TIPS_SUBMITTED, said

AUTUMN = datetime(2026, 11, 30, 10, 0, tzinfo=SHANGHAI)
IN_COURT = ("投诉了", "不受理", "起诉了")
SETTLED = "法院调解了 调解书写的12月10日前付"


@pytest.fixture
async def in_court(bench: Bench) -> Bench:
    bench.clock.moment = AUTUMN
    await bench.private(*RETURN, *IN_COURT)
    return bench


async def settled(bench: Bench, line: str) -> str:
    """报告一件；先问了一句的，回是。"""
    heard = await said(bench, line)
    return await said(bench, "是的") if "回「是」" in heard else heard


@pytest.mark.parametrize(
    ("line", "due", "last"),
    [
        (SETTLED, "12月10日", "2028年12月10日"),
        ("法院判了 让他12月20号之前付清", "12月20日", "2028年12月20日"),
        ("法院调解了 对方答应年底前付清", "12月31日", "2028年12月31日"),
        ("判决下来了 十五天内付钱", "12月15日", "2028年12月15日"),
    ],
)
async def test_the_day_on_the_paper_counts(in_court: Bench, line: str, due: str, last: str) -> None:
    heard = await settled(in_court, line)
    assert f"文书写的付款日：到 {due}" in heard
    assert f"申请强制执行：最晚 {last}" in heard


async def test_without_a_day_the_two_years_count_from_the_judgment(in_court: Bench) -> None:
    heard = await settled(in_court, "法院判了 我赢了")
    assert "文书写的付款日" not in heard
    assert "申请强制执行：最晚 2028年11月30日" in heard


async def test_a_day_told_later_moves_both(in_court: Bench) -> None:
    await settled(in_court, "法院判了 我赢了")
    heard = await said(in_court, "判决书写的12月20号之前付")
    assert "文书写的付款日：到 12月20日" in heard
    assert "申请强制执行：最晚 2028年12月20日" in heard


async def test_two_instalments_on_the_paper_are_both_kept(in_court: Bench) -> None:
    heard = await settled(in_court, "法院调解了 分两次付 12月20号前付5000 1月20号前付5000")
    assert "文书写的付款日：到 12月20日（周日）24 点" in heard
    assert "后面还说好 2027年1月20日（周三）" in heard


async def test_it_asks_on_the_day_after_and_says_where_to_go(in_court: Bench) -> None:
    await settled(in_court, SETTLED)
    in_court.clock.moment = datetime(2026, 12, 11, 10, 1, tzinfo=SHANGHAI)
    await in_court.assembly.worker.run_once()
    heard = in_court.platform.received_by(USER)[-1]
    assert "文书写的付款日过了" in heard
    assert "申请强制执行" in heard
    assert "平台客服" not in heard


async def test_an_agreement_at_mediation_waits_for_its_day(bench: Bench) -> None:
    bench.clock.moment = AUTUMN
    await bench.private(*TIPS_SUBMITTED, "平台拒绝了", "在 12315 投诉了", "12315受理了")
    heard = await settled(bench, "调解谈成了 协议写的12月10日前退给我")
    assert "到账：到 12月10日（周四）24 点" in heard
