"""随包手册里的问候：该问的地方都有，每句都短、都请他说一声；办成是哪件事，写了的都对得上。"""

import pytest

from nonebot_plugin_refund.rulebook.derived.stage_graph import reached_by_tracks
from nonebot_plugin_refund.rulebook.derived.stage_view import every_timer, stage_on
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Clock, Scenario, TimerKind

SCENARIOS = load_rulebook().scenarios
NOT_YET_HANDED_IN = {"applied", "asked", "complained", "platform-asked", "told"}
"""还报告得了这些，就是还没交上去。"""
REFUSALS_AND_OFFERS = {"refused", "merchant-refused", "platform-against", "not-accepted", "offered-part"}

each_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)


def greetings(scenario: Scenario) -> list[str]:
    """每种问候一句；同一种几个阶段照用，算一句。"""
    return list({timer.id: timer.after for timer in every_timer(scenario) if timer.kind is TimerKind.CHECK_IN}.values())


@each_scenario
def test_nobody_waits_in_silence_where_it_is_his_turn(scenario: Scenario) -> None:
    """还没交上去、刚被拒、对方出了数的阶段，要么有日子，要么有问候。"""
    for track_id, stage_ids in reached_by_tracks(scenario).items():
        after_a_no = {
            event.to
            for stage_id in stage_ids
            for event in stage_on(scenario, stage_id, track_id).events
            if event.id in REFUSALS_AND_OFFERS
        }
        for stage_id in stage_ids:
            stage = stage_on(scenario, stage_id, track_id)
            his_turn = stage_id in after_a_no or any(event.id in NOT_YET_HANDED_IN for event in stage.events)
            if stage.outcome is None and his_turn:
                dates = [timer for timer in stage.timers if not isinstance(timer, Clock)]
                assert dates or stage.check_ins, (track_id, stage_id)


@each_scenario
def test_a_check_in_is_asked_with_a_word_of_help_and_said_once(scenario: Scenario) -> None:
    said = greetings(scenario)

    assert said
    assert all(text.endswith("办到哪了跟我说一声。") for text in said)
    assert len(set(said)) == len(said)


def test_the_deadlines_that_one_event_meets_name_it() -> None:
    named = {
        (scenario.id, timer.id): timer.done for scenario in SCENARIOS for timer in every_timer(scenario) if timer.done
    }

    assert named["shop-return", "apply-deadline"] == "applied"
    assert named["shop-return", "send-back-deadline"] == "sent-back"
    assert named["shop-return", "since-agreed"] == "sent-back"
    assert named["live-tip", "supplement"] == "sent-more"
    assert named["live-tip", "tell-today"] == "told"
