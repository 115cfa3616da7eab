"""案件：用户报告的事和时钟带来的事，怎样把案件带到下一个阶段。"""

from datetime import date, datetime, timedelta

import pytest

from nonebot_plugin_refund.domain.case.cases import (
    CasePosition,
    clock_change,
    current_stage,
    open_timers,
    outcome_of,
    report_event,
    starting_position,
)
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI, WorkCalendar
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Outcome, Scenario
from tests.rulebook.small_book import small_edition

NOW = datetime(2026, 11, 23, 15, tzinfo=SHANGHAI)
CALENDAR = WorkCalendar()
SMALL = small_edition().scenario
SCENARIOS = [SMALL, *load_rulebook().scenarios]
TRACKS = [(scenario, track.id) for scenario in SCENARIOS for track in scenario.tracks]
BOUGHT = {"bought-on": Answer(date(2026, 11, 20))}


def at(stage_id: str, entered_at: datetime = NOW) -> CasePosition:
    """小手册里站在某个阶段的案件。"""
    return CasePosition("return", stage_id, entered_at)


def test_a_new_case_stands_at_its_tracks_start() -> None:
    position = starting_position(SMALL, "return", NOW)

    assert position == CasePosition("return", "apply", NOW)
    assert current_stage(SMALL, position).title == "去申请"
    assert outcome_of(SMALL, position) is None


def test_an_event_moves_the_case_from_the_moment_it_happened() -> None:
    change = report_event(SMALL, at("apply"), "applied", NOW + timedelta(hours=3))

    assert (change.event_id, change.from_stage) == ("applied", "apply")
    assert change.position == at("waiting", NOW + timedelta(hours=3))


def test_an_event_counts_from_the_day_it_happened_even_before_its_stage_was_told() -> None:
    change = report_event(SMALL, at("apply"), "applied", NOW - timedelta(days=2))

    assert change.position.entered_at == NOW - timedelta(days=2)


@pytest.mark.parametrize("event_id", ["refused", "", "nonsense"])
def test_an_event_of_another_stage_is_refused(event_id: str) -> None:
    with pytest.raises(ValueError, match="去申请"):
        report_event(SMALL, at("apply"), event_id, NOW)


def test_an_ended_case_takes_no_more_events() -> None:
    end = report_event(SMALL, at("apply"), "stop", NOW).position

    assert outcome_of(SMALL, end) is Outcome.WITHDRAWN
    assert current_stage(SMALL, end).events == ()
    assert open_timers(SMALL, end, BOUGHT, CALENDAR) == ()
    with pytest.raises(ValueError, match="不退了"):
        report_event(SMALL, end, "stop", NOW)


def test_a_timer_counts_from_its_date_question_or_from_entering_the_stage() -> None:
    (seven_days,) = open_timers(SMALL, at("apply"), BOUGHT, CALENDAR)
    (reply,) = open_timers(SMALL, at("waiting"), BOUGHT, CALENDAR)

    assert seven_days.safe == date(2026, 11, 27)
    assert reply.due_at == NOW + timedelta(hours=48)


@pytest.mark.parametrize("answers", [{}, {"bought-on": Answer(None)}])
def test_a_timer_whose_start_is_unknown_is_left_out(answers: dict[str, Answer]) -> None:
    assert open_timers(SMALL, at("apply"), answers, CALENDAR) == ()


# 时钟


def test_nothing_changes_until_the_timer_is_over() -> None:
    due = NOW + timedelta(hours=48)

    assert clock_change(SMALL, at("waiting"), BOUGHT, due, CALENDAR) is None


def test_when_it_is_over_the_next_stage_begins_at_the_due_moment_however_late_we_wake() -> None:
    due = NOW + timedelta(hours=48)
    for woken in (due + timedelta(seconds=1), due + timedelta(days=40)):
        change = clock_change(SMALL, at("waiting"), BOUGHT, woken, CALENDAR)

        assert change is not None
        assert (change.event_id, change.from_stage) == ("merchant-reply", "waiting")
        assert change.position == at("arbitration", due)


def test_a_timer_without_a_next_stage_leaves_the_case_where_it_is() -> None:
    assert clock_change(SMALL, at("apply"), BOUGHT, NOW + timedelta(days=400), CALENDAR) is None


def test_of_two_passed_timers_the_earlier_one_leads() -> None:
    waiting = SMALL.stage("waiting")
    (reply,) = waiting.timers
    sooner = reply.model_copy(
        update={
            "id": "sooner",
            "next_stage": "withdrawn",
            "lengths": (
                reply.lengths[0].model_copy(update={"limit": reply.lengths[0].limit.model_copy(update={"n": 24})}),
            ),
        }
    )
    stages = tuple(
        stage.model_copy(update={"timers": (reply, sooner)}) if stage.id == "waiting" else stage
        for stage in SMALL.stages
    )
    scenario = SMALL.model_copy(update={"stages": stages})

    change = clock_change(scenario, at("waiting"), BOUGHT, NOW + timedelta(days=9), CALENDAR)

    assert change is not None
    assert change.event_id == "sooner"


# 随包的每条路


def next_positions(scenario: Scenario, position: CasePosition) -> list[CasePosition]:
    """从这里一步能到的位置：报告每一件事，或等每一个会自动往下走的时限到期。"""
    stage = current_stage(scenario, position)
    found = [report_event(scenario, position, event.id, position.entered_at).position for event in stage.events]
    for timer in stage.timers:
        if timer.next_stage is not None:
            alone = scenario.stage(stage.id).model_copy(update={"timers": (timer,)})
            others = tuple(alone if item.id == stage.id else item for item in scenario.stages)
            change = clock_change(
                scenario.model_copy(update={"stages": others}),
                position,
                {timer.start: Answer(position.entered_at)} if timer.start else {},
                position.entered_at + timedelta(days=4000),
                CALENDAR,
            )
            assert change is not None
            found.append(change.position)
    return found


@pytest.mark.parametrize(("scenario", "track_id"), TRACKS, ids=[f"{item.id}-{track}" for item, track in TRACKS])
def test_every_track_walks_from_its_start_to_an_end(scenario: Scenario, track_id: str) -> None:
    waiting, seen = [starting_position(scenario, track_id, NOW)], dict[str, list[str]]()
    while waiting:
        position = waiting.pop()
        if position.stage_id not in seen:
            later = next_positions(scenario, position)
            seen[position.stage_id] = [item.stage_id for item in later]
            waiting.extend(later)
    ends = {stage for stage in seen if scenario.stage(stage).outcome is not None}

    assert ends
    for stage, later in seen.items():
        assert stage in ends or later


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[item.id for item in SCENARIOS])
def test_every_stage_lies_on_some_track(scenario: Scenario) -> None:
    waiting = [starting_position(scenario, track.id, NOW) for track in scenario.tracks]
    seen = set[tuple[str, str]]()
    while waiting:
        position = waiting.pop()
        if (position.track_id, position.stage_id) not in seen:
            seen.add((position.track_id, position.stage_id))
            waiting.extend(next_positions(scenario, position))

    assert {stage_id for _, stage_id in seen} == {stage.id for stage in scenario.stages}
