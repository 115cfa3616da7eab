"""流程图：画全了没有，有没有压着、出边、断线的地方，docs/maps 是不是现在的手册画的。"""

import re
from functools import cache
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from nonebot_plugin_refund.cli.rulebooks.graphs import maps_page
from nonebot_plugin_refund.render.maps.composing import MapPicture, composed
from nonebot_plugin_refund.render.maps.drawing import drawn, legend_width
from nonebot_plugin_refund.render.maps.picture import png
from nonebot_plugin_refund.render.maps.placing.measuring import width, wrapped
from nonebot_plugin_refund.render.maps.placing.sizing import MARK_ROOM, PADDING, TEXT, TITLE
from nonebot_plugin_refund.render.maps.scenario_map import scenario_map
from nonebot_plugin_refund.render.typesetting import Typesetter
from nonebot_plugin_refund.rulebook.derived.flow_graph import FlowEdge, in_fewest_facts
from nonebot_plugin_refund.rulebook.derived.stage_view import every_timer, label_in
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Scenario, TimerKind

MAPS = Path(__file__).parents[2] / "docs" / "maps"
_SVG = "{http://www.w3.org/2000/svg}"
_REDRAW = "手册改了：uv run --extra maps refund maps --output docs/maps"
SCENARIOS = load_rulebook().scenarios

Box = tuple[str, float, float, float, float]
each_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)


@cache
def _picture_of(scenario_id: str) -> MapPicture:
    scenario = next(one for one in SCENARIOS if one.id == scenario_id)
    return composed(scenario_map(scenario), legend_width())


@cache
def _drawing_of(scenario_id: str) -> str:
    return drawn(_picture_of(scenario_id))


def _boxes(picture: MapPicture) -> list[Box]:
    """全部卡片和小框：名字、左、上、右、下。"""
    boxes: list[Box] = []
    for placed in (card for panel in picture.panels for card in panel.cards):
        key, sized = placed.sized.card.key, placed.sized
        boxes.append((key, placed.left, placed.top, placed.left + sized.width, placed.top + sized.height))
        for row in sized.rows:
            if row.tab is not None:
                left, middle = placed.left + row.tab.left, placed.top + row.block.middle
                half = row.tab.height / 2
                boxes.append((f"{key}→{row.tab.tab.key}", left, middle - half, left + row.tab.width, middle + half))
    return boxes


@each_scenario
def test_the_map_in_the_docs_is_drawn_from_the_rulebook_as_it_is(scenario: Scenario) -> None:
    kept = (MAPS / f"{scenario.id}.svg").read_text(encoding="utf-8")

    assert kept == _drawing_of(scenario.id), _REDRAW


def test_the_docs_show_every_map_and_no_other() -> None:
    assert (MAPS / "README.md").read_text(encoding="utf-8") == maps_page(SCENARIOS), _REDRAW
    assert {path.stem for path in MAPS.glob("*.svg")} == {scenario.id for scenario in SCENARIOS}


@each_scenario
def test_every_rule_question_stage_event_and_timer_is_on_the_map(scenario: Scenario) -> None:
    root = ElementTree.fromstring(_drawing_of(scenario.id))
    keys = {group.get("data-card") or group.get("data-tab") for group in root.iter(f"{_SVG}g")}
    cards = [card.sized.card for panel in _picture_of(scenario.id).panels for card in panel.cards]
    asked = {re.sub(r"^问题 ", "", card.tag) for card in cards if card.tag.startswith("问题 ")}
    notes = [note.text for card in cards for note in card.notes]
    exits = {(card.key, exit_.text) for card in cards for exit_ in card.exits}

    assert {f"rule-{rule.id}" for rule in scenario.rules} <= keys
    assert {f"stage-{stage.id}" for stage in scenario.stages} <= keys
    for question in scenario.questions:
        assert question.id in asked or any("算日期还要问" in note and question.short in note for note in notes)
    for stage in scenario.stages:
        assert {(f"stage-{stage.id}", label_in(scenario, event)) for event in stage.events} <= exits
    greetings = [timer for timer in every_timer(scenario) if timer.kind is TimerKind.CHECK_IN]
    dates = [timer for timer in every_timer(scenario) if timer.kind is not TimerKind.CHECK_IN]
    assert all(any(note.startswith(timer.title) for note in notes) for timer in dates)
    assert not any(note.startswith(timer.title) for note in notes for timer in greetings)


@each_scenario
def test_no_two_boxes_overlap_and_none_leaves_its_panel_or_the_picture(scenario: Scenario) -> None:
    picture = _picture_of(scenario.id)

    for (one, left, top, right, bottom), (other, left_2, top_2, right_2, bottom_2) in combinations(_boxes(picture), 2):
        apart = right <= left_2 or right_2 <= left or bottom <= top_2 or bottom_2 <= top
        assert apart, f"{one} 压着 {other}"
    for panel in picture.panels:
        inside = MapPicture(picture.title, 0, 0, (panel,))
        for key, left, top, right, bottom in _boxes(inside):
            assert panel.left <= left, key
            assert right <= panel.left + panel.width, key
            assert panel.top <= top, key
            assert bottom <= panel.top + panel.height, key
        assert panel.left + panel.width <= picture.width
        assert panel.top + panel.height <= picture.height


@each_scenario
def test_every_edge_leaves_its_own_row_and_ends_at_the_left_of_its_box(scenario: Scenario) -> None:
    for panel in _picture_of(scenario.id).panels:
        cards = {card.sized.card.key: card for card in panel.cards}
        drawn_exits = {(line.source, line.row) for line in panel.lines}
        wanted = {
            (key, number)
            for key, card in cards.items()
            for number, row in enumerate(card.sized.rows)
            if row.tab is None
        }
        assert drawn_exits == wanted
        for line in panel.lines:
            source, target = cards[line.source], cards[line.target]
            row = source.sized.rows[line.row]
            assert row.exit.target == line.target
            assert line.points[0] == pytest.approx(
                (source.left + source.sized.reach, source.top + row.block.middle), abs=1
            )
            assert line.points[-1] == pytest.approx((target.left, target.top + target.sized.head_height / 2), abs=1)
            for across, down in line.points:
                assert panel.left <= across <= panel.left + panel.width
                assert panel.top <= down <= panel.top + panel.height


@each_scenario
def test_every_line_of_text_fits_in_its_card(scenario: Scenario) -> None:
    for card in (card.sized for panel in _picture_of(scenario.id).panels for card in panel.cards):
        blocks = [*card.blocks, *(row.block for row in card.rows)]
        for block in blocks:
            for line in block.lines:
                room = card.width - 2 * PADDING - (MARK_ROOM if block.mark.value != "plain" else 0)
                assert width(line, block.letter) <= room + 0.01, line
        assert blocks[-1].top + blocks[-1].height <= card.height


def test_a_picture_of_a_map_has_the_size_of_the_drawing() -> None:
    made = png(_drawing_of("contact"), Typesetter())
    picture = _picture_of("contact")

    assert made.startswith(b"\x89PNG")
    size = int.from_bytes(made[16:20], "big"), int.from_bytes(made[20:24], "big")
    assert size == pytest.approx((picture.width, picture.height), abs=2)


def test_wrapping_keeps_words_whole_and_punctuation_off_the_start_of_a_line() -> None:
    text = "提交以后等平台答复，最多等 service-contact 三天。"

    lines = wrapped(text, TITLE, 120)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert any("service-contact" in line for line in lines)
    assert not any(line[0] in "，。" for line in lines)


def test_a_word_wider_than_the_line_is_cut_rather_than_let_out_of_the_box() -> None:
    lines = wrapped("a" * 90, TEXT, 100)

    assert "".join(lines) == "a" * 90
    assert all(width(line, TEXT) <= 100 for line in lines)


def test_an_edge_names_only_the_facts_that_decide_where_it_leads() -> None:
    edges = [
        FlowEdge("ask", "fresh", ({"week": "inside", "years": "under"}, {"week": "inside", "years": "over"})),
        FlowEdge("ask", "late", ({"week": "past", "years": "under"},)),
        FlowEdge("ask", "gone", ({"week": "past", "years": "over"},)),
    ]

    assert [edge.answers for edge in in_fewest_facts(edges)] == [
        ({"week": "inside"},),
        ({"week": "past", "years": "under"},),
        ({"week": "past", "years": "over"},),
    ]
