"""docs/coverage.md 说教程的每一件事落在手册的哪里：写到的编号都要真的存在。"""

import re
from functools import cache
from pathlib import Path

from tools.coverage_page import REFERENCE, missing_ids

from nonebot_plugin_refund.rulebook.loader import Rulebook, load_rulebook

DOCUMENT = Path(__file__).parents[2] / "docs" / "coverage.md"
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


def test_every_id_named_exists_in_the_rulebook() -> None:
    assert REFERENCE.search(document())
    assert missing_ids(document(), rulebook()) == []


def test_an_id_that_is_gone_is_missed() -> None:
    page = document().replace("`shop-return:received_on`", "`shop-return:recieved_on`")

    assert set(missing_ids(page, rulebook())) - set(missing_ids(document(), rulebook())) == {"shop-return:recieved_on"}


def test_everything_in_backquotes_is_an_id_or_explained_above_the_tables() -> None:
    tables = document()[document().index("## 一") :]

    assert [code for code in _CODE.findall(tables) if not REFERENCE.fullmatch(f"`{code}`")] == []


def test_each_statement_of_the_tutorial_has_a_place_or_is_left_out_with_a_reason() -> None:
    rows = _ROW.findall(document())

    assert [int(number) for number, _, _ in rows] == list(range(1, _STATEMENTS + 1))
    nowhere = [number for number, place, why in rows if not REFERENCE.search(place) and not why.startswith("不收：")]
    assert nowhere == []


def test_every_scenario_and_topic_takes_part() -> None:
    places = {place for place, _ in REFERENCE.findall(document())}

    assert {scenario.id for scenario in rulebook().scenarios} <= places


def test_every_shared_source_it_cites_is_cited_by_a_scenario_too() -> None:
    cited = {item for place, item in REFERENCE.findall(document()) if place == "sources"}
    used = {source for scenario in rulebook().scenarios for source in rulebook().edition(scenario.id).sources}

    assert cited <= used
