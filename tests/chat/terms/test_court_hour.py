"""约好的开庭、调解说了几点，和那天一起记着：进度、提醒、日历里都有；只说几点、改期的接着改；说了几号还没到的不是起诉那天。"""

from datetime import date, datetime

import pytest

from nonebot_plugin_refund.domain.case.told_limit import ToldLimit, told_limit_from
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.understanding.terms.told_limits import told_limit
from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_REFUSED, said, steps_with_days

IN_COURT = (*RETURN_REFUSED, "起诉了 法院立案了")
NOW = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("line", "day", "at"),
    [
        ("15号上午9点半开庭", (12, 15), "9:30"),
        ("法院通知12月15日上午9点半开庭", (12, 15), "9:30"),
        ("开庭时间定了 12月15号下午两点", (12, 15), "14:00"),
        ("20号下午两点半去调解", (12, 20), "14:30"),
        ("25号下午三点一刻网上开庭", (11, 25), "15:15"),
        ("12月15号开庭", (12, 15), ""),
        ("12月15号3点开庭", (12, 15), ""),
    ],
)
def test_the_hour_is_heard_with_the_day(line: str, day: tuple[int, int], at: str) -> None:
    told = told_limit(line, NOW)

    assert told is not None
    assert told.appointed
    assert told.day is not None
    assert ((told.day.month, told.day.day), told.at) == (day, at)
    assert told_limit_from(told.to_plain()) == told


@pytest.mark.parametrize("line", ["15号开庭了 还没判", "15号上午开过庭了"])
def test_a_hearing_that_has_been_is_not_to_come(line: str) -> None:
    assert told_limit(line, NOW) is None


def test_a_day_kept_before_hours_were_is_still_read() -> None:
    kept = {"day": "2026-12-15", "appointed": True}

    assert told_limit_from(kept) == ToldLimit(day=date(2026, 12, 15), appointed=True)


async def test_the_hour_is_said_back_and_reminded_of(bench: Bench) -> None:
    await bench.private(*IN_COURT)
    before = await steps_with_days(bench)

    assert "开庭、调解：12月15日（周二） 9:30" in await said(bench, "15号上午9点半开庭")
    assert await steps_with_days(bench) == before
    assert "12月15日（周二） 9:30" in await said(bench, "进度")


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("是下午2点", "12月15日（周二） 14:00"),
        ("记错了 是上午10点的", "12月15日（周二） 10:00"),
        ("改到16号下午3点了", "12月16日（周三） 15:00"),
        ("换了个法官 说12月17再开", "12月17日（周四）"),
        ("书记员发短信 庭改在12.18上午10点了", "12月18日（周五） 10:00"),
        ("推迟到22号", "12月22日（周二）"),
        ("换了个法官", "12月15日（周二） 9:30"),
    ],
)
async def test_the_hour_and_the_day_are_put_right(bench: Bench, line: str, when: str) -> None:
    await bench.private(*IN_COURT, "15号上午9点半开庭")

    assert when in await said(bench, line)


async def test_an_hour_alone_moves_no_day_when_no_hearing_is_kept(bench: Bench) -> None:
    await bench.private(*IN_COURT)
    before = await steps_with_days(bench)

    assert "开庭、调解：" not in await said(bench, "下午2点")
    assert await steps_with_days(bench) == before


@pytest.mark.parametrize("line", ["开庭改期了", "延期了 等通知", "书记员说排不开 另外通知"])
async def test_a_hearing_put_off_is_no_longer_reminded_of(bench: Bench, line: str) -> None:
    await bench.private(*IN_COURT, "15号上午9点半开庭")

    assert "原来约的 12月15日（周二） 不算了" in await said(bench, line)
    assert "12月15日" not in await said(bench, "进度")


@pytest.mark.parametrize("line", ["推迟到明天", "对方说付款推迟到20号", "能申请延期开庭不"])
async def test_reminders_payments_and_questions_move_no_hearing(bench: Bench, line: str) -> None:
    await bench.private(*IN_COURT, "15号上午9点半开庭", line)

    assert "开庭、调解：12月15日（周二） 9:30" in await said(bench, "进度")
