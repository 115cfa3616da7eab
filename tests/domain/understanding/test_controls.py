"""控制语：整句才算，答案不能被吃掉。"""

from datetime import datetime, timedelta
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
