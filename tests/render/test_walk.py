"""走过的路：照问的次序一张张走到结论；图上描粗的就是走过的卡片。"""

import re
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.days.calendar import WorkCalendar
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.domain.interview.interview import Ask, Settled, next_step
from nonebot_plugin_refund.render.maps.drawing import svg
from nonebot_plugin_refund.render.maps.scenario_map import scenario_map
from nonebot_plugin_refund.render.maps.walk import questions_walked, stages_walked
from nonebot_plugin_refund.rulebook.derived.flow_graph import FlowGraph, flow_graph
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from tests.domain.case.edition_mutations import NOW, any_answer

CALENDAR = WorkCalendar()
BOOK = load_rulebook()
TOP_UP = BOOK.edition("top-up").scenario
NOT_CREDITED = {
    "problem": Answer("not-credited"),
    "paid-by": Answer("others"),
    "bill": Answer("success"),
    "paid-on": Answer((NOW - timedelta(hours=1)).date()),
}


@cache
def graph_of(scenario_id: str) -> FlowGraph:
    return flow_graph(BOOK.edition(scenario_id).scenario)


@pytest.mark.parametrize("scenario_id", [one.id for one in BOOK.scenarios if one.rules])
@given(data=st.data())
@settings(max_examples=25)
def test_the_walk_follows_the_questions_in_the_order_they_are_asked(scenario_id: str, data: st.DataObject) -> None:
    scenario, graph = BOOK.edition(scenario_id).scenario, graph_of(scenario_id)
    asked: list[str] = []
    answers: dict[str, Answer] = {}
    while isinstance(decision := next_step(scenario, answers, NOW, CALENDAR), Ask):
        asked.append(decision.question.id)
        walked = questions_walked(graph, scenario, answers, NOW, CALENDAR)
        assert [re.sub(r"-\d+$", "", key) for key in walked] == [f"ask-{question}" for question in asked]
        answers[decision.question.id] = data.draw(any_answer(decision.question))

    assert isinstance(decision, Settled)
    *_, last = questions_walked(graph, scenario, answers, NOW, CALENDAR)
    node = next(node for node in graph.nodes if node.key == last)
    assert decision.rule in (node.rule, *node.at_other_times)


def test_stages_come_after_the_verdict_and_staying_counts_once() -> None:
    walked = stages_walked("not-credited", ["prepare", "prepare", "submitted", "refunded"])

    assert walked == ("rule-not-credited", "stage-prepare", "stage-submitted", "stage-refunded")


def test_the_map_rings_the_cards_walked_and_the_present_one_twice() -> None:
    walked = questions_walked(
        graph_of("top-up"), TOP_UP, {key: NOT_CREDITED[key] for key in ("problem", "paid-by")}, NOW, CALENDAR
    )

    drawn = svg(scenario_map(TOP_UP), walked)

    rings = dict(re.findall(r'<g data-walked="([^"]+)">(.*?)</g>', drawn))
    assert list(walked) == ["ask-problem", "ask-paid-by", "ask-bill"]
    assert {key: ring.count("<rect") for key, ring in rings.items()} == {
        "ask-problem": 1,
        "ask-paid-by": 1,
        "ask-bill": 2,
    }
    assert drawn.count('data-edge="ask-problem → ask-paid-by"') == 2  # 原来的一条，描粗的一条


def test_a_map_without_a_walk_is_drawn_as_before() -> None:
    assert "data-walked" not in svg(scenario_map(TOP_UP))


def test_an_ending_hung_on_a_stage_is_ringed_too() -> None:
    moves = [(stage.id, event.to) for stage in TOP_UP.stages for event in stage.events]
    endings = {stage.id for stage in TOP_UP.stages if stage.outcome is not None}
    source, ending = next((source, to) for source, to in moves if to in endings)

    drawn = svg(scenario_map(TOP_UP), stages_walked("not-credited", [source, ending]))

    rings = re.findall(r'<g data-walked="([^"]+)">', drawn)
    assert {f"stage-{source}", f"stage-{ending}"} <= set(rings)
