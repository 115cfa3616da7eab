"""说好的日子过了没兑现：听成没到，说清是哪天，走到下一步；日子没到的不算。"""

from datetime import datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN, TIPS_SUBMITTED, said

AUTUMN = datetime(2026, 11, 30, 10, 0, tzinfo=SHANGHAI)
SATURDAY = datetime(2026, 12, 5, 10, 0, tzinfo=SHANGHAI)
PASSED = "说好的12月4日（周五）已经过了"


@pytest.fixture
async def told_friday(bench: Bench) -> Bench:
    """商家同意退款，说周五退。"""
    bench.clock.moment = AUTUMN
    await bench.private(*RETURN, "商家同意直接退款不用寄了 说周五退")
    return bench


@pytest.mark.parametrize(
    "line",
    [
        "说好周五退 现在还没退",
        "答应的日子过了",
        "一直拖 说了三次了",
        "还没到",
        "商家承诺的没兑现",
        "答应周五给的 影子都没见",
    ],
)
async def test_a_day_not_kept_is_named_and_leads_on(told_friday: Bench, line: str) -> None:
    told_friday.clock.moment = SATURDAY
    heard = await said(told_friday, line)
    assert PASSED in heard
    assert "核对没到或少退的钱" in heard


async def test_an_uncertain_line_asks_only_about_that(told_friday: Bench) -> None:
    told_friday.clock.moment = SATURDAY
    assert "是说「过了时间还没到」吗" in await said(told_friday, "周五没退")
    assert PASSED in await said(told_friday, "是")


@pytest.mark.parametrize("line", ["说好周五退 现在还没退", "还没到"])
async def test_before_the_day_it_is_still_in_time(told_friday: Bench, line: str) -> None:
    told_friday.clock.moment = datetime(2026, 12, 2, 10, 0, tzinfo=SHANGHAI)
    heard = await said(told_friday, line)
    assert "那就再等等" in heard
    assert "12月4日（周五）" in heard


async def test_it_happened_now_not_on_the_promised_day(told_friday: Bench) -> None:
    told_friday.clock.moment = SATURDAY
    await said(told_friday, "说好周五退 现在还没退")
    assert "12月5日 过了时间还没到" in await said(told_friday, "进度")


async def test_a_day_never_told_before_is_named_from_the_line(bench: Bench) -> None:
    bench.clock.moment = AUTUMN
    await bench.private(*RETURN, "商家同意直接退款不用寄了")
    heard = await said(bench, "说好上周五退 现在还没退")
    assert "说好的11月27日（周五）已经过了" in heard


async def test_the_platform_that_did_not_answer_by_its_day(bench: Bench) -> None:
    bench.clock.moment = AUTUMN
    await bench.private(*TIPS_SUBMITTED, "平台同意退了 说12月4号前打给我")
    bench.clock.moment = SATURDAY
    heard = await said(bench, "答应的日子过了 钱没到")
    assert PASSED in heard
    assert "往上申诉" in heard


async def test_told_of_the_merchant_who_went_silent(bench: Bench) -> None:
    bench.clock.moment = AUTUMN
    await bench.private(*RETURN, "商家说周五给我答复")
    bench.clock.moment = SATURDAY
    heard = await said(bench, "说好周五答复 到现在没动静")
    assert "商家拒绝或不回应" in heard
