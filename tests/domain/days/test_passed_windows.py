"""过了的期限：是哪天过的，依法还可主张到哪天。"""

from datetime import date, datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.days.passed_windows import passed_windows
from nonebot_plugin_refund.domain.interview.answers import Answer, Answers
from nonebot_plugin_refund.domain.interview.assessment import assess, stage_timers
from nonebot_plugin_refund.domain.interview.interview import Settled, next_step
from nonebot_plugin_refund.rulebook.derived.stage_view import stage_on
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from tests.domain.days.known_calendars import AS_OF_2026

EDITION = load_rulebook().edition("shop-return")


def noon(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=SHANGHAI)


def answers(received: date) -> Answers:
    """不想要了、还没申请的一件普通商品。"""
    said = {
        "progress": "not-applied",
        "reason": "no-reason",
        "goods": "ordinary",
        "condition": "whole",
        "longer_promise": "no",
    }
    return {**{key: Answer(value) for key, value in said.items()}, "received_on": Answer(received)}


def received_fact(received: date, now: datetime) -> str:
    """结论里说签收日期的那一句。"""
    given = answers(received)
    step = next_step(EDITION.scenario, given, now, AS_OF_2026)
    assert isinstance(step, Settled)
    (fact,) = (item for item in assess(EDITION, step.rule, given, now, AS_OF_2026).facts if item.id == "received_on")
    return fact.value


@pytest.mark.parametrize(
    ("received", "now", "said"),
    [
        (date(2026, 9, 25), noon(10, 5), "10月2日已过，还可主张到 10月8日"),
        (date(2026, 9, 25), noon(10, 8), "10月2日已过，还可主张到 10月8日"),
        (date(2026, 9, 25), noon(10, 9), "10月2日已过"),
        (date(2026, 11, 10), noon(11, 23), "11月17日已过"),
    ],
)
def test_a_verdict_names_the_day_that_passed(received: date, now: datetime, said: str) -> None:
    assert received_fact(received, now).endswith(f"：{said}）")


def test_a_day_still_ahead_is_not_called_passed() -> None:
    assert "已过" not in received_fact(date(2026, 11, 20), noon(11, 23))


def test_progress_names_it_where_no_timer_does() -> None:
    given, now = answers(date(2026, 9, 25)), noon(10, 5)
    scenario = EDITION.scenario
    step = next_step(scenario, given, now, AS_OF_2026)
    assert isinstance(step, Settled)
    to_apply = stage_timers(stage_on(scenario, "to-apply", "return"), given, now, AS_OF_2026)

    assert passed_windows(scenario, step.rule, given, (), now, AS_OF_2026) == (
        "签收日期 9月25日：10月2日已过，还可主张到 10月8日",
    )
    assert passed_windows(scenario, step.rule, given, to_apply, now, AS_OF_2026) == ()
    assert passed_windows(scenario, step.rule, {}, (), now, AS_OF_2026) == ()
