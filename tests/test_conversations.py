"""文档里的对话就是现在的流程会说的话：逐字重放。"""

import asyncio
import dataclasses
import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nonebot_plugin_refund.cli.rehearsing.replaying import play
from nonebot_plugin_refund.dialogue.base.wording_cards import HELP_TITLE, SCENARIOS_TITLE
from nonebot_plugin_refund.rulebook.loader import load_rulebook

FOLDER = Path(__file__).parent.parent / "docs" / "conversations"
GALLERY = FOLDER.parent / "gallery"
FILES = sorted(FOLDER.glob("*.txt"))
STORIES = sorted((FOLDER.parent / "stories").glob("*.txt"))
"""三十件事，各从头说到底，用自己的话。"""
TOLD_EVERY_TIME = STORIES[::10]
"""平时也重放的几件；其余的和跑得久的一起。"""
LONGEST = 420
"""一条消息的上限：结论后的第二条最长，含三步、防骗、日期和案件号。"""


played = functools.cache(lambda path: asyncio.run(play(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    "path",
    [
        *FILES,
        *(pytest.param(path, marks=() if path in TOLD_EVERY_TIME else pytest.mark.thorough) for path in STORIES),
    ],
    ids=lambda path: path.stem,
)
def test_a_documented_conversation_is_what_the_flows_say(path: Path) -> None:
    assert played(path).transcript == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_everything_on_a_card_is_in_the_texts_too(path: Path) -> None:
    transcript = played(path).transcript
    headings = {HELP_TITLE, SCENARIOS_TITLE, *(scenario.title for scenario in load_rulebook().scenarios)}

    for _, card in played(path).cards:
        missing = [text for text in _words(dataclasses.asdict(card)) if text not in transcript]
        # 卡片写得下每个日子怎么数出来的；几年以后的时钟，文字里只写日子
        counted = {text for text in missing if text.startswith(("起算：", "数法：", "注意："))}
        assert set(missing) - counted <= headings


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_gallery_shows_what_the_flows_show(path: Path) -> None:
    entries = json.loads((GALLERY / "cards.json").read_text(encoding="utf-8"))
    kept = [entry["card"] for entry in entries if entry["conversation"] == path.stem]
    shown = json.loads(json.dumps([dataclasses.asdict(card) for _, card in played(path).cards]))

    assert all(card in shown for card in kept)
    assert {card["kind"] for card in shown} == {card["kind"] for card in [*kept, *_shown_elsewhere(path, shown)]}


def test_every_kind_of_card_is_in_the_gallery_light_and_dark() -> None:
    entries = json.loads((GALLERY / "cards.json").read_text(encoding="utf-8"))

    assert {(entry["card"]["kind"], entry["theme"]) for entry in entries} == {
        (kind, theme)
        for kind in ("menu", "verdict", "case", "evidence", "answer", "help", "reminder")
        for theme in ("light", "dark")
    }
    assert {entry["file"] for entry in entries} == {path.name for path in GALLERY.glob("*.png")}


def _words(data: Any) -> Iterator[str]:
    """卡片上的每一段字；种类和基调是给模板看的，不算。"""
    if isinstance(data, dict):
        for key, value in data.items():
            if key not in ("kind", "tone"):
                yield from _words(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _words(value)
    elif isinstance(data, str):
        yield from data.splitlines()


def _shown_elsewhere(path: Path, shown: list[Any]) -> list[Any]:
    """别的对话已经画过一模一样的。"""
    entries = json.loads((GALLERY / "cards.json").read_text(encoding="utf-8"))
    others = [entry["card"] for entry in entries if entry["conversation"] != path.stem]
    return [card for card in shown if card in others]


def test_every_scenario_has_a_conversation() -> None:
    assert {path.stem for path in FILES} >= {scenario.id for scenario in load_rulebook().scenarios}


def test_the_thirty_matters_are_told_in_words_with_hardly_a_number_typed() -> None:
    lines = [line for path in STORIES for line in path.read_text(encoding="utf-8").splitlines()]
    said = [line.removeprefix("私聊：") for line in lines if line.startswith("私聊：")]

    assert len(STORIES) == 30
    assert len(said) >= 200
    assert [words for words in said if len(words) <= 2 and words.isdigit()] == []


@pytest.mark.parametrize("path", [*FILES, *STORIES], ids=lambda path: path.stem)
def test_no_message_in_a_conversation_is_long(path: Path) -> None:
    said = path.read_text(encoding="utf-8").split("    退款助手：")[1:]
    messages = [part.split("\n私聊：")[0].split("\n群里：")[0].split("\n[")[0] for part in said]

    assert max(len(message) for message in messages) <= LONGEST
