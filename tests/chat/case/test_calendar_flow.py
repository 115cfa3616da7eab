"""日历命令：文件里的日期就是案件的日期；案件变了，同一标识、更高序号。"""

from typing import Any

from icalendar import Calendar

from nonebot_plugin_refund.dialogue.base import wording
from nonebot_plugin_refund.dialogue.base.turn import Attachment
from nonebot_plugin_refund.dialogue.case import calendaring
from tests.chat.conversation_harness import OTHER, Bench

SHOP = ("退货", "1", "1", "昨天", "1", "1")
"""签收第 1 天的七天无理由：一场说到结论的访谈。"""


async def _file(bench: Bench, text: str = "日历") -> Attachment:
    (reply,) = await bench.replies(text)
    assert reply.attachment is not None
    return reply.attachment


async def _events(bench: Bench) -> dict[str, Any]:
    calendar = Calendar.from_ical((await _file(bench)).made())
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


async def test_a_verdict_with_dates_offers_the_calendar_and_one_without_does_not(bench: Bench) -> None:
    assert wording.CALENDAR_OFFER in (await bench.private(*SHOP))[-1]
    elsewhere = await bench.private("打赏", "3", "1", user=OTHER)
    assert wording.CALENDAR_OFFER not in "".join(elsewhere)
    assert await bench.only_code(OTHER)


async def test_a_check_in_is_no_date_of_the_calendar(bench: Bench) -> None:
    await bench.private("客服", "1", "1")
    (kind,) = await bench.rows("SELECT kind FROM refund_case_timers")
    assert kind == {"kind": "check_in"}
    assert await bench.private("日历") == [calendaring.NO_DATES.format(code=await bench.only_code())]


async def test_the_alarms_are_at_the_moments_of_our_reminders(bench: Bench) -> None:
    await bench.private(*SHOP)
    code = await bench.only_code()
    file = await _file(bench, f"/退款 日历 {code}")
    assert file.name == f"退款日期-{code}.ics"
    (event,) = Calendar.from_ical(file.made()).walk("VEVENT")
    alarms = [alarm.decoded("trigger").strftime("%Y-%m-%d %H:%M") for alarm in event.walk("VALARM")]
    stored = await bench.rows(
        "SELECT due_at FROM refund_reminders WHERE timer_id = 'apply-deadline' AND \"offset\" != 'follow-up'"
        " ORDER BY due_at"
    )
    assert alarms == [row["due_at"][:16] for row in stored]
    assert alarms


async def test_a_changed_date_keeps_the_identity_and_raises_the_sequence(bench: Bench) -> None:
    await bench.private(*SHOP)
    before = await _events(bench)
    await bench.private("修改 3", "前天", "1", "1")
    after = await _events(bench)
    assert set(before) == set(after)
    for uid, event in after.items():
        assert event["sequence"] > before[uid]["sequence"]
        assert event.decoded("dtstart") < before[uid].decoded("dtstart")
        assert event["status"] == "CONFIRMED"


async def test_dates_of_a_stage_left_behind_are_cancelled_under_the_same_identity(bench: Bench) -> None:
    await bench.private(*SHOP)
    before = await _events(bench)
    await bench.private("更新 1")
    after = await _events(bench)
    for uid, event in before.items():
        assert after[uid]["status"] == "CANCELLED"
        assert after[uid]["sequence"] > event["sequence"]


async def test_a_closed_case_takes_its_dates_off_the_phone(bench: Bench) -> None:
    await bench.private(*SHOP)
    code = await bench.only_code()
    await bench.private("结案", "1")
    file = await _file(bench, f"日历 {code}")
    events = Calendar.from_ical(file.made()).walk("VEVENT")
    assert {str(event["status"]) for event in events} == {"CANCELLED"}


async def test_somebody_who_stopped_our_reminders_still_gets_his_own_alarms(bench: Bench) -> None:
    await bench.private(*SHOP, "停止")
    (event,) = (await _events(bench)).values()
    assert len(event.walk("VALARM")) == 3


async def test_nothing_the_person_said_is_in_the_file(bench: Bench) -> None:
    await bench.private("我在快手小店买的碎花裙子不想要了", "1", "1", "昨天", "1", "1")
    assert "碎花" not in (await _file(bench)).made().decode()
    assert "碎花" not in (await _file(bench)).text


async def test_a_case_without_dates_says_so(bench: Bench) -> None:
    await bench.private("打赏", "3", "1")
    code = await bench.only_code()
    assert await bench.private(f"日历 {code}") == [calendaring.NO_DATES.format(code=code)]


async def test_never_in_a_group(bench: Bench) -> None:
    assert await bench.group("/退款 日历") == [wording.ONLY_IN_PRIVATE.format(word="日历")]
