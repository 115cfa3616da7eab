"""快手小店两个场景的案件怎样往前走，以及手册本身的规矩。

日期都是照条文和 2026 年放假安排手算的，不由被测的代码得出。
"""

from datetime import date

import pytest

from nonebot_plugin_refund.domain.case.cases import (
    CasePosition,
    open_timers,
    outcome_of,
    report_event,
    starting_position,
)
from nonebot_plugin_refund.domain.interview.interview import Misread, read_answer
from nonebot_plugin_refund.domain.understanding.options import match_options
from nonebot_plugin_refund.rulebook.derived.paths import path_figures
from nonebot_plugin_refund.rulebook.scenario_models.models import Option, Timer
from tests.rulebook.content.shop_interviews import CALENDAR, TODAY, at, rulebook
from tests.rulebook.spoken_interview import stages_on_every_track

SCENARIOS = ("shop-return", "refund-only")


def events(scenario_id: str, track_id: str, *reported: str) -> CasePosition:
    """一件案件依次报告这些事之后的位置。"""
    scenario = rulebook().edition(scenario_id).scenario
    position = starting_position(scenario, track_id, at(TODAY))
    for event_id in reported:
        position = report_event(scenario, position, event_id, position.entered_at).position
    return position


def test_a_return_walks_from_application_to_the_money() -> None:
    scenario = rulebook().edition("shop-return").scenario
    steps = ["applied", "merchant-agreed", "sent-back", "merchant-signed", "refund-shown", "arrived"]
    passed = [events("shop-return", "return", *steps[:count]).stage_id for count in range(len(steps) + 1)]

    assert passed == ["to-apply", "waiting", "send-back", "returning", "checking", "arriving", "refunded"]
    assert outcome_of(scenario, events("shop-return", "return", *steps)) == "refunded"


def test_a_refusal_climbs_to_the_platform_and_then_to_12315() -> None:
    position = events(
        "shop-return", "return", "applied", "merchant-refused", "platform-asked", "platform-against", "complained"
    )

    assert position.stage_id == "complained"


@pytest.mark.parametrize(
    ("reported", "due"),
    [
        (["applied"], {"merchant-48h": date(2026, 11, 25)}),
        (["applied", "merchant-agreed"], {"send-back-deadline": date(2026, 11, 30)}),
        (
            ["applied", "merchant-agreed", "sent-back", "merchant-signed"],
            {"refund-seven-days": date(2026, 11, 30)},
        ),
        (["money-agreed"], {"money-arrives": date(2026, 12, 2)}),
    ],
)
def test_each_stage_counts_its_own_time_from_the_day_it_was_entered(reported: list[str], due: dict[str, date]) -> None:
    scenario = rulebook().edition("shop-return").scenario
    timers = open_timers(scenario, events("shop-return", "return", *reported), {}, CALENDAR)

    assert {timer.timer_id: timer.safe for timer in timers} == due


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_interviews_are_short(scenario_id: str) -> None:
    figures = path_figures(rulebook().edition(scenario_id).scenario)

    assert figures.median_questions <= 5
    assert figures.longest_questions <= 7


@pytest.mark.parametrize("scenario_id", SCENARIOS)
@pytest.mark.parametrize("said", ["退了一部分", "只退一部分", "退了一半", "还没到账", "没同意"])
def test_half_a_refund_or_none_is_never_heard_as_a_whole_one(scenario_id: str, said: str) -> None:
    for stage in stages_on_every_track(rulebook().edition(scenario_id).scenario):
        options = [Option(id=event.id, label=event.label, aliases=event.said) for event in stage.events]
        assert match_options(said, options, multi=False).ids != ("arrived",), stage.id


def _deadlines(scenario_id: str) -> list[Timer]:
    stages = rulebook().edition(scenario_id).scenario.stages
    return [timer for stage in stages for timer in stage.timers if timer.kind == "deadline"]


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_every_deadline_is_reminded_of_before_its_last_day(scenario_id: str) -> None:
    for timer in _deadlines(scenario_id):
        assert any(offset[0] in "123" for offset in timer.remind), timer.id


@pytest.mark.parametrize(
    ("scenario_id", "question_id", "said", "option"),
    [
        ("shop-return", "progress", "商家签收了不点确认", "sent"),
        ("shop-return", "progress", "商家驳回我了 说人为损坏", "refused"),
        ("shop-return", "progress", "他同意了但是没给我地址", "agreed"),
        ("shop-return", "reason", "鞋子开胶了", "quality"),
        ("shop-return", "reason", "收到的跟直播间图片不一样", "mismatch"),
        ("shop-return", "condition", "包装盒扔了", "whole"),
        ("shop-return", "condition", "吊牌剪了", "tag-cut"),
        ("shop-return", "goods", "羽绒服", "ordinary"),
        ("refund-only", "situation", "付款好几天还是待发货", "not-shipped"),
        ("refund-only", "situation", "显示签收了但我没收到", "signed"),
        ("refund-only", "situation", "海鲜化冻臭了", "received"),
        ("refund-only", "transit", "一直已揽收没动", "stalled"),
        ("refund-only", "merchant_says", "只给我退一半", "part"),
    ],
)
def test_people_are_understood_in_their_own_words(scenario_id: str, question_id: str, said: str, option: str) -> None:
    read = read_answer(rulebook().edition(scenario_id).scenario.question(question_id), said, at(TODAY))

    assert not isinstance(read, Misread)
    assert read.value == option
