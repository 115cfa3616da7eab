"""话里的“今天”“刚刚”从说话那一刻数起，不从办它那一刻数起；晚到的群里的话不接，晚到的私聊照样办。"""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from tests.chat.case.test_case_flow import SHOP
from tests.chat.conversation_harness import Bench

LATE_LAST_NIGHT = datetime(2026, 11, 22, 23, 50, tzinfo=SHANGHAI)
"""钟停在 11 月 23 日 10:00。"""


def _at(moment: datetime) -> dict[str, Any]:
    return {"sent_at": moment.timestamp()}


async def _signed_on(bench: Bench, **changes: Any) -> str:
    await bench.private("退货", "1", "1")
    await bench.private("今天", **changes)
    (answered,) = [value for value in (await bench.answers()).values() if str(value).startswith("2026-11-2")]
    return str(answered)


async def test_today_said_last_night_and_handled_this_morning_is_yesterday(bench: Bench) -> None:
    assert (await _signed_on(bench, **_at(LATE_LAST_NIGHT)))[:10] == "2026-11-22"


async def test_the_deadline_counts_from_the_day_it_was_said(bench: Bench) -> None:
    await bench.private("退货", "1", "1")
    await bench.private("今天", **_at(LATE_LAST_NIGHT))
    await bench.private("1", "1")
    (row,) = await bench.rows("SELECT safe FROM refund_case_timers WHERE kind = 'deadline'")
    assert row["safe"] == "2026-11-29"


@pytest.mark.parametrize(
    "stamped",
    [
        0.0,
        -1.0,
        1e18,
        float("nan"),
        (bench_morning := datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)).timestamp() + 90,
        (bench_morning - timedelta(days=3, minutes=1)).timestamp(),
    ],
)
async def test_a_moment_that_cannot_be_right_is_not_believed(bench: Bench, stamped: float) -> None:
    assert (await _signed_on(bench, sent_at=stamped))[:10] == "2026-11-23"


async def test_a_clock_half_a_minute_ahead_moves_nothing_into_tomorrow(bench: Bench) -> None:
    bench.clock.moment = bench.clock.moment.replace(hour=23, minute=59, second=50)
    assert (await _signed_on(bench, sent_at=bench.clock.moment.timestamp() + 30))[:10] == "2026-11-23"


async def test_news_without_a_day_happened_when_it_was_told(bench: Bench) -> None:
    bench.clock.moment -= timedelta(days=2)
    await bench.private(*SHOP)
    bench.clock.moment += timedelta(days=2)
    said = "".join(await bench.private("更新 1", **_at(LATE_LAST_NIGHT)))
    assert "日子按今天算" not in said
    assert "11月22日" in "".join(await bench.private("进度"))


async def test_a_snooze_counts_from_the_moment_it_was_said(bench: Bench) -> None:
    from tests.chat.terms.test_reminder_answers import reminded

    await reminded(bench)
    earlier = bench.clock.moment - timedelta(hours=1)
    assert "今天 12:00" in (await bench.private("推迟 3小时", **_at(earlier)))[0]


@pytest.mark.parametrize(("minutes", "answered"), [(4, True), (6, False), (9 * 60, False)])
async def test_old_talk_of_a_group_is_left_alone_and_old_private_words_are_not(
    bench: Bench, minutes: int, answered: bool
) -> None:
    stamped = _at(bench.clock.moment - timedelta(minutes=minutes))
    assert bool(await bench.group("/退款", **stamped)) is answered
    assert bool(await bench.group("/退款 设置", is_group_admin=True, **stamped)) is answered
    assert await bench.private("/退款", **stamped)


async def test_old_talk_uses_up_nothing_of_what_a_group_may_say(bench: Bench) -> None:
    from nonebot_plugin_refund.dialogue.limits.flood import Limits

    bench.limits = Limits()
    await bench.restart()
    for _ in range(60):
        assert await bench.group("/退款", **_at(bench.clock.moment - timedelta(hours=9))) == []
    assert await bench.group("/退款")
