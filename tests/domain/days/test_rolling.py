"""末日碰上休息日：法律定的期限可以主张顺延，平台自己的倒计时不等人。"""

from datetime import date

import pytest

from nonebot_plugin_refund.domain.days.timers import plan_timer
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Timer, TimerKind
from tests.domain.hearing.hearing_bench import CALENDAR

FRIDAY = date(2026, 11, 27)


def _timer(*, rolls: bool) -> Timer:
    return Timer.model_validate(
        {
            "id": "two-days",
            "kind": "deadline",
            "title": "补材料",
            "lengths": [{"limit": {"rule": "calendar-days", "n": 2}, "rolls": rolls, "sources": ["habit"]}],
            "remind": ["1d@10:00"],
            "before": "今天就补。",
            "after": "看看还收不收。",
        }
    )


@pytest.mark.parametrize(("rolls", "arguable"), [(True, date(2026, 11, 30)), (False, None)])
def test_only_what_the_law_sets_may_be_argued_past_a_weekend(rolls: bool, arguable: date | None) -> None:
    plan = plan_timer(_timer(rolls=rolls), FRIDAY, CALENDAR)

    assert plan.safe == date(2026, 11, 29)
    assert plan.arguable == arguable
    assert plan.certain
    assert any("顺延" in line for line in plan.explain) is rolls


def test_no_packaged_deadline_of_the_platform_is_said_to_roll() -> None:
    book = load_rulebook()
    laws = {source.id for source in book.shared_sources if source.kind == "law"}
    for scenario in book.scenarios:
        laws |= {source.id for source in scenario.sources if source.kind == "law"}
    timers = [timer for scenario in book.scenarios for stage in scenario.stages for timer in stage.timers]
    deadlines = [timer for timer in timers if timer.kind is TimerKind.DEADLINE]

    unfounded = {
        timer.id
        for timer in deadlines
        for length in timer.lengths
        if length.rolls and length.limit.rule == "calendar-days" and not laws.intersection(length.sources)
    }

    assert deadlines
    assert unfounded == set()
