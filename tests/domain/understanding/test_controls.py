"""控制语：整句才算，答案不能被吃掉。"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from nonebot_plugin_refund.domain.understanding.controls import Control, ControlKind, parse_control

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("上一步", ControlKind.BACK),
        ("刚才答错了", ControlKind.BACK),
        ("为什么问这个？", ControlKind.WHY),
        ("不清楚", ControlKind.UNSURE),
        ("进度", ControlKind.PROGRESS),
        ("还有几题", ControlKind.PROGRESS),
        ("退出", ControlKind.QUIT),
        ("算了吧", ControlKind.QUIT),
        ("转人工!", ControlKind.HUMAN),
        ("帮助", ControlKind.HELP),
        ("菜单", ControlKind.MENU),
        ("完成", ControlKind.DONE),
        ("弄好了", ControlKind.DONE),
        ("停止", ControlKind.STOP),
        ("别再提醒了", ControlKind.STOP),
        ("晚点提醒", ControlKind.SNOOZE),
    ],
)
def test_control_word_is_recognised(text: str, kind: ControlKind) -> None:
    assert parse_control(text, NOW) == Control(kind)


@pytest.mark.parametrize("text", ["修改2", "改第2题", "修改 第二题", "第2题选错了", "我要改第二题"])
def test_change_names_its_question(text: str) -> None:
    assert parse_control(text, NOW) == Control(ControlKind.CHANGE, number=2)


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("推迟2小时", timedelta(hours=2)),
        ("推迟 半小时", timedelta(minutes=30)),
        ("一个半小时后提醒", timedelta(minutes=90)),
        ("推迟一天", timedelta(days=1)),
        ("推迟到明天上午", timedelta(hours=23)),
        ("明天上午再提醒我", timedelta(hours=23)),
        ("晚上八点提醒我", timedelta(hours=10)),
        ("推迟到后天下午三点", timedelta(hours=53)),
        ("过20分钟再提醒", timedelta(minutes=20)),
    ],
)
def test_snooze_carries_its_delay(text: str, delay: timedelta) -> None:
    assert parse_control(text, NOW) == Control(ControlKind.SNOOZE, delay=delay)


@pytest.mark.parametrize(
    "text",
    [
        "退出直播间之后扣的",
        "3天",
        "2小时",
        "明天",
        "昨天晚上",
        "改成500",
        "3天前",
        "没有",
        "人工审核没通过",
        "商家不给退",
        "",
        "推迟999天",
    ],
)
def test_answers_are_not_taken_for_controls(text: str) -> None:
    assert parse_control(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("推迟到明天中午", "2026-11-24T12:00"),
        ("明天早上再提醒我", "2026-11-24T09:00"),
        ("明早提醒我", "2026-11-24T09:00"),
        ("晚上八点提醒我", "2026-11-23T20:00"),
        ("今晚8点提醒我", "2026-11-23T20:00"),
        ("24点提醒我", "2026-11-24T00:00"),
        ("后天下午三点", "2026-11-25T15:00"),
        ("后天下午三点提醒我", "2026-11-25T15:00"),
        ("下周一提醒我", "2026-11-30T09:00"),
        ("下周再提醒我", "2026-11-30T09:00"),
        ("推迟到下周三上午", "2026-12-02T09:00"),
        ("本周五提醒我", "2026-11-27T09:00"),
        ("周五下午提醒我", "2026-11-27T14:00"),
        ("周一提醒我", "2026-11-30T09:00"),
        ("周末提醒我", "2026-11-28T09:00"),
        ("29号提醒我", "2026-11-29T09:00"),
        ("二十九号晚上8点提醒我", "2026-11-29T20:00"),
        ("推迟到29日", "2026-11-29T09:00"),
        ("23号提醒我", "2026-12-23T09:00"),
        ("31号提醒我", "2026-12-31T09:00"),
        ("12月5号提醒我", "2026-12-05T09:00"),
        ("1月3号提醒我", "2027-01-03T09:00"),
        ("下个月5号提醒我", "2026-12-05T09:00"),
    ],
)
def test_snooze_until_a_moment_is_that_moment_in_shanghai(text: str, moment: str) -> None:
    """钟点和日子都是上海的，不论 ``now`` 用哪个时区写。"""
    expected = datetime.fromisoformat(moment).replace(tzinfo=NOW.tzinfo) - NOW
    assert parse_control(text, NOW.astimezone(UTC)) == Control(ControlKind.SNOOZE, delay=expected)


@pytest.mark.parametrize(
    ("text", "delay"), [("推迟2日", timedelta(days=2)), ("2日后提醒我", timedelta(days=2)), ("推迟一周", timedelta(7))]
)
def test_days_counted_are_not_days_of_the_month(text: str, delay: timedelta) -> None:
    assert parse_control(text, NOW) == Control(ControlKind.SNOOZE, delay=delay)


@pytest.mark.parametrize("text", ["改成29号", "周一告诉我", "29号", "下周一", "周提醒我", "这周提醒我", "32号提醒我"])
def test_days_said_without_asking_are_not_snoozes(text: str) -> None:
    assert parse_control(text, NOW) is None


def test_just_past_midnight_in_shanghai_is_the_new_day() -> None:
    """上海 24 日 1 点，在 UTC 还是 23 日。"""
    now = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    assert parse_control("明天上午提醒我", now) == Control(ControlKind.SNOOZE, delay=timedelta(hours=32))
    assert parse_control("今天上午提醒我", now) == Control(ControlKind.SNOOZE, delay=timedelta(hours=8))
