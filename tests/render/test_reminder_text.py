"""提醒怎么说：到期前后、合成一条、问候和回访。"""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.days.due import end_of_day
from nonebot_plugin_refund.render.texts.reminder_text import DueItem, reminder_message
from nonebot_plugin_refund.rulebook.scenario_models.models import Timer, TimerKind
from tests.rulebook.small_book import small_edition

NOW = datetime(2026, 11, 23, 15, tzinfo=SHANGHAI)
SCENARIO = small_edition().scenario


def due_item(code: str, due_at: datetime) -> DueItem:
    """七天期限的一条提醒。"""
    return DueItem(code, SCENARIO, SCENARIO.stage("apply").timers[0], due_at)


def test_a_reminder_before_the_deadline_counts_the_days_left() -> None:
    message = reminder_message([due_item("K7Q2", end_of_day(date(2026, 11, 25)))], NOW)

    assert "K7Q2" in message
    assert "还有 2 天" in message
    assert "七天快到了" in message
    assert "推迟" in message


def test_a_reminder_after_the_deadline_says_it_passed_and_what_is_left_to_do() -> None:
    message = reminder_message([due_item("K7Q2", end_of_day(date(2026, 11, 20)))], NOW)

    assert "过了" in message
    assert "还可以和商家商量" in message
    assert "七天快到了" not in message


@pytest.mark.parametrize(("minutes", "said"), [(30, "不到 1 小时"), (150, "约 2 小时")])
def test_a_reminder_on_the_last_day_counts_the_hours(minutes: int, said: str) -> None:
    assert said in reminder_message([due_item("K7Q2", NOW + timedelta(minutes=minutes))], NOW)


def test_a_passed_deadline_is_reminded_with_the_day_that_may_still_be_argued() -> None:
    passed = replace(due_item("K7Q2", end_of_day(date(2026, 11, 21))), arguable=date(2026, 11, 23))
    too_late = replace(passed, arguable=date(2026, 11, 22))

    assert "11月21日（周六）24 点，已经过了；" in reminder_message([passed], NOW)
    assert "还可主张到 11月23日（周一）" in reminder_message([passed], NOW)
    assert "主张" not in reminder_message([too_late], NOW)


def test_a_check_in_is_only_its_words_and_names_no_day() -> None:
    message = reminder_message([greeting("K7Q2")], NOW)

    assert message.startswith("【K7Q2 小场景】申请交了吗？")
    assert not any(word in message for word in ("月", "过了", "还有", "完成"))
    assert "推迟 2天" in message
    assert "停止" in message


def test_a_case_whose_date_is_told_is_not_greeted_as_well_and_another_is() -> None:
    dated = due_item("K7Q2", end_of_day(date(2026, 11, 25)))

    both = reminder_message([greeting("K7Q2"), dated], NOW)
    two = reminder_message([greeting("AAAA"), dated], NOW)

    assert both == reminder_message([dated], NOW)
    assert two.index("七天快到了") < two.index("申请交了吗")


def test_a_follow_up_says_what_was_reminded_of_and_asks_how_it_went() -> None:
    message = reminder_message([replace(due_item("K7Q2", end_of_day(date(2026, 11, 21))), is_follow_up=True)], NOW)

    assert "七天期限" in message
    assert "已经过了" in message
    assert "跟我说一声" in message
    assert "完成" in message


def greeting(code: str) -> DueItem:
    """还没申请时的一句问候。"""
    timer = Timer(id="hello", kind=TimerKind.CHECK_IN, title="问问申请交了没有", after="申请交了吗？")
    return DueItem(code, SCENARIO, timer, end_of_day(date(2026, 11, 23)))


def test_two_reminders_for_one_person_come_as_one_message_soonest_first() -> None:
    later = due_item("ZZZZ", end_of_day(date(2026, 11, 30)))
    sooner = due_item("AAAA", end_of_day(date(2026, 11, 24)))
    message = reminder_message([later, sooner], NOW)

    assert message.index("AAAA") < message.index("ZZZZ")
    assert message.count("推迟") == 1
