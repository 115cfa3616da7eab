"""docs/coverage.md 说教程的每一件事落在手册的哪里：写到的编号都要真的存在。"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nonebot_plugin_refund.rulebook.loader import Rulebook, load_rulebook
from nonebot_plugin_refund.rulebook.models import Scenario
from nonebot_plugin_refund.rulebook.stage_view import every_timer

DOCUMENT = Path(__file__).parents[2] / "docs" / "coverage.md"
_REFERENCE = re.compile(r"`([a-z][a-z-]*):([a-z0-9][a-z0-9_-]*)`")
_CODE = re.compile(r"`([^`]+)`")
_ROW = re.compile(r"^\| (\d+) \| .+? \| (.+?) \| (.+?) \|$", re.MULTILINE)
_STATEMENTS = 81
"""参考的教程里数得出的说法。"""


@cache
def rulebook() -> Rulebook:
    """随包的手册，整个文件只读一次。"""
    return load_rulebook()


@cache
def document() -> str:
    """对照表的全文。"""
    return DOCUMENT.read_text(encoding="utf-8")


def ids_in(scenario: Scenario) -> Iterator[str]:
    """一个场景里可以被引用的编号。"""
    for group in (scenario.questions, scenario.facts, scenario.rules, scenario.evidence, scenario.sources):
        yield from (item.id for item in group)
    yield from (track.id for track in scenario.tracks)
    yield from (stage.id for stage in scenario.stages)
    yield from (timer.id for timer in every_timer(scenario))


@cache
def known_ids() -> dict[str, set[str]]:
    """``场景`` -> 它的编号；共用的依据记在 ``sources`` 下。"""
    ids = {scenario.id: set(ids_in(scenario)) for scenario in rulebook().scenarios}
    ids["sources"] = {source.id for source in rulebook().shared_sources}
    return ids


def test_every_id_named_exists_in_the_rulebook() -> None:
    references = _REFERENCE.findall(document())

    missing = [f"{place}:{item}" for place, item in references if item not in known_ids().get(place, set())]
    assert references
    assert missing == []


def test_everything_in_backquotes_is_an_id_or_explained_above_the_tables() -> None:
    tables = document()[document().index("## 一") :]

    assert [code for code in _CODE.findall(tables) if not _REFERENCE.fullmatch(f"`{code}`")] == []


def test_each_statement_of_the_tutorial_has_a_place_or_is_left_out_with_a_reason() -> None:
    rows = _ROW.findall(document())

    assert [int(number) for number, _, _ in rows] == list(range(1, _STATEMENTS + 1))
    nowhere = [number for number, place, why in rows if not _REFERENCE.search(place) and not why.startswith("不收：")]
    assert nowhere == []


def test_every_scenario_and_topic_takes_part() -> None:
    places = {place for place, _ in _REFERENCE.findall(document())}

    assert {scenario.id for scenario in rulebook().scenarios} <= places


def test_every_shared_source_it_cites_is_cited_by_a_scenario_too() -> None:
    cited = {item for place, item in _REFERENCE.findall(document()) if place == "sources"}
    used = {source for scenario in rulebook().scenarios for source in rulebook().edition(scenario.id).sources}

    assert cited <= used
